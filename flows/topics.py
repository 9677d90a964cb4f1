"""What a metric is about, broadly: also one that the app has never heard of, by the noun that its name ends in.

Unlike a family, a topic never makes two metrics one: picking errors and billing errors are both about quality.
"""

import re

from flows.metrics import recognise, simplify
from flows.word_lists import word_set

_FAMILIES = {
    "engagement": "time_on_platform traffic visits ad_load open_rate bounce_rate footfall",
    "growth": "growth donors leads members beneficiaries market_share",
    "revenue": "ad_revenue revenue donations",
    "conversion": "conversion win_rate cart_abandonment",
    "churn": "churn retention unsubscribes staff_turnover no_shows",
    "cloud_cost": "cloud_bill training_cost serving_cost",
    "other_cost": """label_cost support_cost operating_cost error_cost delivery_cost fuel_cost energy_cost labour_cost
        material_cost marketing_cost acquisition_cost administrative_cost production_cost travel_cost unit_cost""",
    "latency": "latency",
    "reliability": """reliability outages recovery_time uptime_between_failures on_time_delivery late_deliveries
        service_level""",
    "throughput": "throughput vaccinations",
    "productivity": """review_load time_to_market onboarding_time handling_time processing_time resolution_time
        lead_time delivery_time waiting_time time_to_hire length_of_stay build_time backlog manual_work overtime
        absence""",
    "quality": """accuracy precision recall error_rate false_alarms missed_cases forecast_error defects scrap
        first_pass_yield returns bugs readmissions""",
    "satisfaction": "satisfaction complaints employee_satisfaction",
    "fairness": "fairness_gap pay_gap women_share",
    "privacy": "privacy privacy_incidents",
    "risk": """fraud_loss incidents accidents infections stockouts vulnerabilities default_rate shrinkage
        detection_time""",
    "sustainability": "energy emissions waste water_use fuel_use paper_use recycling_rate",
}
_OF_FAMILY = {family: topic for topic, families in _FAMILIES.items() for family in families.split()}

_NOUNS = {
    "cloud_cost": """cloud, aws, azure, gcp, gpu, hosting, kubernetes, snowflake, bigquery, llm, token, inference,
        compute, server, infrastructure, infra, data warehouse, api call""",
    "other_cost": """cost, bill, spend, spending, expense, expenditure, budget, price, fee, opex, capex, overhead,
        wage, payroll, invoice, kosten, coût, subsidy, procurement, inventory, stock, working capital, premium,
        rent""",
    "revenue": """revenue, sale, income, profit, margin, ebit, ebitda, arr, mrr, gmv, booking, turnover, donation,
        umsatz, order value, basket, earning, grant, fundraising, upsell, cross sell, roi, cash flow, cashflow""",
    "quality": """accuracy, error, mistake, quality, precision, recall, defect, false positive, false negative, false
        alarm, alert, scrap, rework, yield, return, refund, bug, mape, rmse, auc, f1, f1 score, sensitivity,
        specificity, misdiagnosis, hallucination, duplicate, completeness, typo, mismatch, readmission, prediction,
        forecast, coverage, detection, detected, classification, diagnosis, test coverage, correctness, relevance""",
    "latency": """latency, response time, load time, loading time, answer time, inference time, query time, p50, p90,
        p95, p99, speed, page speed, lag""",
    "productivity": """time, duration, effort, hour, workload, backlog, handling, turnaround, cycle, productivity,
        paperwork, manual, review, overtime, absence, ticket, queue, workload, efficiency, utilisation, utilization,
        automation, automation rate, meeting, admin, self service rate, lead time, stay, first contact resolution""",
    "risk": """risk, incident, accident, injury, stockout, fraud, loss, vulnerability, default, shrinkage, theft, near
        miss, infection, exposure, write off, fine, violation, phishing, breach, attack, bad debt, mortality, death,
        sepsis, fall, intrusion, malware, audit finding, finding, delinquency, arrears""",
    "sustainability": """emission, co2, carbon, waste, energy, water, fuel, paper, plastic, recycling, footprint, kwh,
        electricity, packaging, diesel, renewable, spoilage, empty mile""",
    "satisfaction": """satisfaction, complaint, nps, csat, rating, review score, happiness, experience, morale, enps,
        wellbeing, feedback, escalation, trust""",
    "growth": """user, sign up, signup, customer, subscriber, download, registration, member, lead, donor, referral,
        follower, applicant, application, client, beneficiary, growth, volunteer, account, enrolment, enrollment,
        installation, install, adoption, student, patient, attendee, uptake, acquisition, market share""",
    "engagement": """visit, visitor, click, session, ctr, click rate, click through rate, open rate, page view,
        engagement, time on site, watch time, view, footfall, stickiness, dau/mau, like, comment, share of voice,
        participation, attendance, reach""",
    "conversion": """conversion, conversion rate, checkout, win rate, close rate, purchase rate, abandonment,
        acceptance rate""",
    "churn": """churn, attrition, retention, cancellation, unsubscribe, dropout, drop out, staff turnover, renewal,
        employee turnover, no show, loyalty, fluctuation, resignation, quit rate, dropout rate, turnover rate""",
    "reliability": """uptime, availability, downtime, outage, reliability, mttr, mtbf, failure, breakdown, delay, on
        time delivery, punctuality, service level, sla, crash, late delivery, delivery, disruption, stoppage,
        fault""",
    "throughput": """throughput, output, capacity, unit, parcel, oee, volume, request per second, case handled, order,
        transaction, production, shipment, pick rate, vaccination, test""",
    "fairness": "fairness, bias, parity, gap, diversity, inclusion, women, fair, disparity, discrimination, equity",
    "privacy": """privacy, personal data, gdpr, data protection, leak, re identification, data breach, consent,
        anonymisation, anonymization, pii, confidentiality""",
}
_OF_NOUN = {simplify(noun): topic for topic, nouns in _NOUNS.items() for noun in nouns.split(",")}
_LONGEST_NOUN = max(len(noun) for noun in _OF_NOUN)
_COUNTERS = word_set(
    "number share amount rate percentage level volume proportion count total fraction frequency ratio value "
    "quantity average"
)
_BEHIND_THE_HEAD = re.compile(r"\b(?:of|in|on|for|per|across|among|between|from|at|to|with|by|we|during|and)\b")
_MADE_BY_CLOUD = word_set(
    "cloud aws azure gcp gpu hosting kubernetes snowflake llm token inference compute server infra"
)


def find_topic(metric: str, family: str | None = None) -> str | None:
    """What the metric is about: "quality", "other_cost" and so on; None when not one of its words is known."""
    if family is None and (known := recognise(metric)):
        family = known.family
    if family in _OF_FAMILY:
        return _OF_FAMILY[family]
    parts = [simplify(part) for part in _BEHIND_THE_HEAD.split(metric.casefold())]
    heads = [part for part in parts if part and not _COUNTERS.issuperset(part)]
    ends = (topic for part in heads if (topic := _by_its_end(part)))
    return next(ends, None) or next((topic for part in heads if (topic := _by_any_word(part))), None)


def _by_its_end(words: tuple[str, ...]) -> str | None:
    topic = _longest_end(words)
    while topic is None and words and words[-1] in _COUNTERS:
        words = words[:-1]
        topic = _longest_end(words)
    return topic


def _longest_end(words: tuple[str, ...]) -> str | None:
    ends = (words[-count:] for count in range(min(_LONGEST_NOUN, len(words)), 0, -1))
    topic = next((_OF_NOUN[end] for end in ends if end in _OF_NOUN), None)
    return "cloud_cost" if topic == "other_cost" and _MADE_BY_CLOUD & {*words} else topic


def _by_any_word(words: tuple[str, ...]) -> str | None:
    return next((topic for end in range(len(words), 0, -1) if (topic := _longest_end(words[:end]))), None)

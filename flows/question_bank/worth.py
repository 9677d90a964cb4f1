"""How much there is to gain, and what a mistake costs (sections 2.1.1 and 2.1.2; K3, K5, K6, K13)."""

from flows.facts import CurrentWay, ErrorConsequence
from flows.question_bank.stand_ins import ANYBODY, FOR_LIVE_USE, MONEY, WHO_KNOW_TODAY
from flows.questions import Feed, Kind, Option, Question, When
from flows.roles import Role

CURRENT_WAY = Question(
    id="current_way",
    label="Today's way",
    kind=Kind.CHOICE,
    wording="How is this done today?",
    why="Replacing many hand-written rules, or much work by hand, is where machine learning pays most.",
    rows=("K3",),
    roles=(Role.PRODUCT_OWNER, Role.DOMAIN_EXPERT, Role.SOFTWARE_ENGINEER),
    stand_ins=ANYBODY,
    feeds=(Feed.IMPACT,),
    options=(
        Option(value=CurrentWay.RULES, label="Software with rules"),
        Option(value=CurrentWay.BY_HAND, label="People do it by hand"),
        Option(value=CurrentWay.NOT_DONE, label="It is not done yet"),
    ),
    find_out="Follow one case from the moment it arrives until it is settled.",
)

CASES_PER_MONTH = Question(
    id="cases_per_month",
    label="Cases a month",
    kind=Kind.NUMBER,
    wording="How many cases a month would it have to handle? A rough number is fine.",
    why="Many small savings add up; a handful of cases rarely pays for a model.",
    rows=("K5",),
    roles=(Role.PRODUCT_OWNER,),
    stand_ins=ANYBODY,
    feeds=(Feed.IMPACT,),
    example="12,000",
    unit="cases a month",
    find_out="Count last week's cases and multiply by four.",
)

MINUTES_PER_CASE = Question(
    id="minutes_per_case",
    label="Minutes a case",
    kind=Kind.NUMBER,
    wording="How many minutes does one case take a person today?",
    why="Cases times minutes are the hours that could be saved.",
    rows=("K5",),
    roles=(Role.PRODUCT_OWNER,),
    stand_ins=WHO_KNOW_TODAY,
    feeds=(Feed.IMPACT,),
    example="5",
    when=(When(question="current_way", values=(CurrentWay.BY_HAND,)),),
    unit="minutes a case",
    find_out="Sit beside someone for ten cases with a watch.",
)

EASY_SHARE = Question(
    id="easy_share",
    label="Easy cases",
    kind=Kind.PERCENTAGE,
    wording="Out of 100 cases, how many are so easy that a beginner could settle them?",
    why="A model that only picks out the easy ones already leaves people more time for the hard ones.",
    rows=("K5",),
    roles=(Role.DOMAIN_EXPERT,),
    stand_ins=ANYBODY,
    feeds=(Feed.IMPACT,),
    example="60",
    find_out="Take 50 recent cases and count those that took less than a minute.",
)

ERROR_CONSEQUENCE = Question(
    id="error_consequence",
    label="When it's wrong",
    kind=Kind.CHOICE,
    wording="What happens when the model gets one wrong?",
    why="Mistakes that a person catches are cheap; mistakes that nobody sees need a better, dearer model.",
    rows=("K6",),
    roles=(Role.PRODUCT_OWNER,),
    stand_ins=ANYBODY,
    feeds=(Feed.IMPACT, Feed.RISK),
    options=(
        Option(value=ErrorConsequence.CAUGHT, label="Someone catches it"),
        Option(value=ErrorConsequence.COSTLY, label="It costs us money"),
        Option(value=ErrorConsequence.UNNOTICED, label="Nobody would notice"),
    ),
    find_out="Take one mistake from last month and trace who noticed it, and when.",
)

ERROR_REACHES_PERSON = Question(
    id="error_reaches_person",
    label="Failure reaches someone",
    kind=Kind.YES_NO,
    wording="When software can't handle a case, does that case always end up with a person?",
    why="Then a wrong guess costs a detour and does no harm, so a modest model will do.",
    rows=("K6",),
    roles=(Role.SOFTWARE_ENGINEER,),
    stand_ins=FOR_LIVE_USE,
    feeds=(Feed.IMPACT, Feed.RISK),
    find_out="Send one odd case through the system and see where it ends up.",
)

FALSE_ALARM_COST = Question(
    id="false_alarm_cost",
    label="False alarm cost",
    kind=Kind.MONEY,
    wording="What does it cost each time the model acts or warns when it should not?",
    why="The two kinds of mistake seldom cost the same. The balance says how careful the model must be.",
    rows=("K13",),
    roles=(Role.FINANCE,),
    stand_ins=MONEY,
    feeds=(Feed.COST, Feed.RISK),
    example="€12",
    find_out="Take the last five false alarms and add up the time and money they took.",
)

MISS_COST = Question(
    id="miss_cost",
    label="Missed case cost",
    kind=Kind.MONEY,
    wording="What does it cost each time the model misses a case that it should have caught?",
    why="When a miss is dear, it pays to catch more, even with some false alarms.",
    rows=("K13",),
    roles=(Role.FINANCE,),
    stand_ins=MONEY,
    feeds=(Feed.COST, Feed.RISK),
    example="€400",
    find_out="Take the last five missed cases and add up what each one cost.",
)

"""Money: what people's work costs, and sums with their ranges (K10)."""

from collections.abc import Mapping
from dataclasses import dataclass

from flows.objectives import Unit, describe_amount
from flows.scoring.draws import Spread
from flows.scoring.label_bill import HOURS_A_WEEK


@dataclass(frozen=True)
class Money:
    """A sum with its range, in `currency` (ISO 4217)."""

    spread: Spread
    currency: str

    @property
    def words(self) -> str:
        """The middle with its range: "€40,000 (€20,000 to €90,000)"."""
        return f"{say_sum(self.spread.p50, self.currency)} ({self.ends})"

    @property
    def ends(self) -> str:
        """The range alone: "€20,000 to €90,000"."""
        return f"{say_sum(self.spread.p10, self.currency)} to {say_sum(self.spread.p90, self.currency)}"


@dataclass(frozen=True)
class HourlyCost:
    """What an hour of work costs an employer on average, wages and all else, and who says so."""

    amount: float
    source: str


_HOURLY_COSTS: Mapping[str, HourlyCost] = {
    # Eurostat, "EU hourly labour costs ranged from €11 to €55 in 2024", data set lc_lci_lev.
    "EUR": HourlyCost(37.3, "the euro area's average labour cost, Eurostat 2024"),
    # Bureau of Labor Statistics, Employer Costs for Employee Compensation, December 2024 (USDL-25-0335).
    "USD": HourlyCost(44.67, "the average cost in US private industry, BLS 2024"),
}

SPECIALISTS = 2.0
"""Specialists cost up to this many times the average of all who are employed."""


def hourly_cost(currency: str | None) -> HourlyCost | None:
    """What an hour of work costs, in this currency; None where no source is known."""
    return _HOURLY_COSTS.get(currency or "")


def weekly_costs(currency: str | None) -> tuple[float, float] | None:
    """What a person's week costs at least and at most, to two digits; None where no source is known."""
    hourly = hourly_cost(currency)
    if hourly is None:
        return None
    average = hourly.amount * HOURS_A_WEEK
    return round_sum(average), round_sum(average * SPECIALISTS)


def round_sum(amount: float) -> float:
    """To two digits, which is more than is known."""
    return float(f"{amount:.2g}")


def say_sum(amount: float, currency: str | None) -> str:
    """A sum to two digits: "€40,000", "−€2,000"."""
    said = describe_amount(round_sum(abs(amount)), Unit.MONEY, currency=currency)
    return f"−{said}" if amount < 0 else said

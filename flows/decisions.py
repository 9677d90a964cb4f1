"""What was decided on the way from colliding goals to one balance, as a ledger to which lines are only added.

Every line says what, who, when and, where somebody said so, why. What stands now follows from the lines
(`flows.agreement`), so nothing is ever overwritten (section 2.3.2; K35, K46, K47).
"""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter

from flows.balance import Option
from flows.closing import Outcome
from flows.edge_verdicts import EdgeVerdict, NewFactor
from flows.failure_reasons import Reason
from flows.scoring.draws import Spread
from flows.scoring.scales import Calibration


class Line(BaseModel):
    """One line of the ledger.

    Attributes:
        by: Slack user id of whoever decided; empty where it follows from a rule, such as a vote that ends.
        at: When.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    by: str
    at: AwareDatetime


class LinkJudged(Line):
    """Somebody said whether a link between two metrics holds here, or how strongly."""

    kind: Literal["link_judged"] = "link_judged"
    verdict: EdgeVerdict


class MetricExplained(Line):
    """A metric that nobody knew joined the graph under its own words; what moves it are links of their own."""

    kind: Literal["metric_explained"] = "metric_explained"
    factor: NewFactor


class RoundOpened(Line):
    """The options of one round of votes.

    Attributes:
        number: 1, 2 or 3.
        options: What there is to rank.
        voters: Who is asked.
        due: The last day for votes, wherever the voter is.
        basis: Digest of the goals and links from which the options were worked out.
        why: Why the vote began anew, in mrkdwn; empty where it did not.
    """

    kind: Literal["round_opened"] = "round_opened"
    number: int = Field(ge=1)
    options: tuple[Option, ...]
    voters: tuple[str, ...]
    due: date
    basis: str
    why: str = ""

    @property
    def key(self) -> str:
        """Names this round among all rounds of its kickoff: after a vote began anew there is another first one."""
        return f"{self.number}@{self.at.timestamp():.6f}"


class BallotCast(Line):
    """One person's vote, which replaces their earlier one in the same round. It stays with the app.

    Attributes:
        number: The round.
        ranking: Ids of options, the best first; those left out rank last, all alike.
        floors: The least change that they still accept, in percent and signed, by the key of a goal of theirs.
        reason: Why, in their words; may be empty.
        shown: Whether the others may read the reason, without a name.
    """

    kind: Literal["ballot_cast"] = "ballot_cast"
    number: int
    ranking: tuple[str, ...] = Field(min_length=1)
    floors: dict[str, float] = Field(default_factory=dict)
    reason: str = ""
    shown: bool = False


class RoundClosed(Line):
    """A round ended; `absent` did not vote, and `outcome` says what follows."""

    kind: Literal["round_closed"] = "round_closed"
    number: int
    absent: tuple[str, ...]
    outcome: str


class Dissent(BaseModel):
    """Somebody who wanted another option more, and why; the reason is empty where they keep it to themselves."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    person: str
    preferred: str
    reason: str = ""


class BalanceSettled(Line):
    """One option was settled on: by all (`by` is empty), or by the owner, with whoever wanted another one."""

    kind: Literal["balance_settled"] = "balance_settled"
    option: Option
    dissent: tuple[Dissent, ...] = ()
    why: str = ""
    basis: str


class BalanceDropped(Line):
    """The settled balance, or the vote under way, no longer fits what the goals are now."""

    kind: Literal["balance_dropped"] = "balance_dropped"
    why: str


class Signed(Line):
    """Somebody approves the goal card as it stands; `digests` are those of its lines, by their titles."""

    kind: Literal["signed"] = "signed"
    digests: dict[str, str]


class Objected(Line):
    """Somebody objects to the goal card, and why."""

    kind: Literal["objected"] = "objected"
    reason: str


class RisksAcknowledged(Line):
    """The owner or client has read what may go wrong (K35); `risks` are the sentences that they saw."""

    kind: Literal["risks_acknowledged"] = "risks_acknowledged"
    risks: tuple[str, ...]
    note: str = ""


class SignatureReopened(Line):
    """What somebody signed has changed since; `lines` are the titles on the goal card, `why` says what changed."""

    kind: Literal["signature_reopened"] = "signature_reopened"
    person: str
    lines: tuple[str, ...]
    why: str


class CharterKept(Line):
    """A version of the charter that differs from the one before it; `charter` is the document as JSON."""

    kind: Literal["charter_kept"] = "charter_kept"
    version: int = Field(ge=1)
    charter: str


class UnknownStatus(StrEnum):
    """How far something that nobody knew is found out (2.2.1)."""

    OPEN = "open"
    LOOKING = "looking"
    FOUND = "found"
    ACCEPTED = "accepted"


class UnknownChanged(Line):
    """Somebody changed a row of the unknowns register, or added one of their own (K16 to K21).

    Attributes:
        key: Which row: a checklist row, a question's id, or "own:" and more.
        name: What is not known, in their words; empty for rows that the app knows.
        status: How far it is found out.
        owner: Slack user id of who looks into it; empty for nobody.
        experiment: The cheapest way to find out, in their words; empty for the app's own.
        evidence: What was found, in their words.
        level: How well that is known, one of `flows.scoring.evidence.Evidence`; empty where nobody said.
        due: Until when; None for no day.
    """

    kind: Literal["unknown_changed"] = "unknown_changed"
    key: str = Field(min_length=1)
    name: str = ""
    status: UnknownStatus = UnknownStatus.OPEN
    owner: str = ""
    experiment: str = ""
    evidence: str = ""
    level: str = ""
    due: date | None = None


class JobNamed(Line):
    """Somebody was named for a job that the goal needs; an empty `person` takes that back (K49, K50, K53)."""

    kind: Literal["job_named"] = "job_named"
    job: str = Field(min_length=1)
    person: str = ""


class PlateauReason(StrEnum):
    """Why the error does not fall just now: what is being built meanwhile (K34)."""

    FEATURE = "feature"
    OUTSIDE_DATA = "outside_data"
    LABELS = "labels"
    OUTSOURCED = "outsourced"
    SPENT = "spent"


class PlateauExplained(Line):
    """Somebody said why the error has stood still `since` a day, and `until` when it is expected to (K34)."""

    kind: Literal["plateau_explained"] = "plateau_explained"
    since: date
    reason: PlateauReason
    until: date


class ShownToBusiness(Line):
    """Somebody said whether the business side has seen anything in the last two weeks (section 2.2.3)."""

    kind: Literal["shown_to_business"] = "shown_to_business"
    seen: bool


class HelpAsked(Line):
    """Somebody is blocked, and said who has to do what by when (section 2.2.3).

    Attributes:
        entry: The entry of the log that says so.
        what: What has to be done, in their words.
        owner: Slack user id of who has to do it.
        due: By when.
    """

    kind: Literal["help_asked"] = "help_asked"
    entry: int
    what: str = Field(min_length=1)
    owner: str
    due: date


class HelpAnswered(Line):
    """Whoever was asked said whether it is done; if not, it is not by then."""

    kind: Literal["help_answered"] = "help_answered"
    entry: int
    done: bool


class PilotPlanned(Line):
    """Somebody told what the problem is made of, and what its pilot takes (section 2.2.2; K26 to K29).

    Attributes:
        classes: How many classes the whole has; None where it has none, or nobody knows.
        taken: How many of them the pilot takes beside "Other"; 0 without classes.
        first_share: Of 100 cases, how many are in the classes that the pilot takes; None where nobody knows.
        slice: The slice that the pilot takes, in people's words; empty for none.
        slices: How many slices there are; 0 where there are none, or nobody knows.
    """

    kind: Literal["pilot_planned"] = "pilot_planned"
    classes: int | None = Field(default=None, ge=1)
    taken: int = Field(default=0, ge=0)
    first_share: float | None = Field(default=None, gt=0, le=100)
    slice: str = ""
    slices: int = Field(default=0, ge=0)


class PilotSolved(Line):
    """Somebody said that the pilot is solved, or that it is not after all (K32)."""

    kind: Literal["pilot_solved"] = "pilot_solved"
    solved: bool = True


class ProjectClosed(Line):
    """The project has ended: what it took, beside what was predicted at the time.

    Attributes:
        outcome: How it ended.
        weeks: The person-weeks that it took; 0 where it never began.
        accuracy: How many of 100 cases were right in the end; None where nobody said.
        money: What it cost, in `currency` (ISO 4217); None where nobody said.
        currency: The currency; None without a sum.
        note: What they would do differently next time, in their words; may be empty.
        went_well: What went well, in their words; may be empty.
        went_badly: What went badly, in their words; may be empty.
        predicted: The person-weeks as the score had them, worked out with `calibration`.
        uncalibrated: The same without any calibration.
        calibration: What earlier projects had taught the score.
    """

    kind: Literal["project_closed"] = "project_closed"
    outcome: Outcome
    weeks: float = Field(ge=0, allow_inf_nan=False)
    accuracy: float | None = Field(default=None, ge=0, le=100)
    money: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    currency: str | None = None
    note: str = ""
    went_well: str = ""
    went_badly: str = ""
    predicted: Spread
    uncalibrated: Spread
    calibration: Calibration


class ProjectReopened(Line):
    """The project goes on after all; what was said of its end counts no more, and stays on record."""

    kind: Literal["project_reopened"] = "project_reopened"


class PremortemOpened(Line):
    """Everybody is asked to look back from failure; `due` is the last day for answers, wherever the person is."""

    kind: Literal["premortem_opened"] = "premortem_opened"
    voters: tuple[str, ...]
    due: date

    @property
    def key(self) -> str:
        """Names this look back among all of its kickoff."""
        return f"{self.at.timestamp():.6f}"


class PremortemAnswered(Line):
    """One person's answer, which replaces their earlier one. Who said what stays with the app.

    Attributes:
        ratings: How much each reason had to do with the failure, 0 to 4; one that they have no view on is left out.
        line: What they add, in their words; the others read it without a name. May be empty.
    """

    kind: Literal["premortem_answered"] = "premortem_answered"
    ratings: dict[Reason, Annotated[int, Field(ge=0, le=4)]] = Field(default_factory=dict)
    line: str = ""


class PremortemClosed(Line):
    """The look back ended; the answers of `counted` are those that count."""

    kind: Literal["premortem_closed"] = "premortem_closed"
    counted: tuple[str, ...]


class CheckSet(Line):
    """A check was taken on, or changed: what to look at, who looks, and by when.

    Attributes:
        check: Names it among the checks of its kickoff, such as "risk:silos".
    """

    kind: Literal["check_set"] = "check_set"
    check: str
    what: str = Field(min_length=1)
    owner: str
    due: date


class CheckState(StrEnum):
    """What somebody saw who looked."""

    FINE = "fine"
    STILL = "still"
    HAPPENED = "happened"


class CheckAnswered(Line):
    """Somebody looked, and said what they saw; `again` is when to look once more at what is still a risk."""

    kind: Literal["check_answered"] = "check_answered"
    check: str
    state: CheckState
    again: date | None = None


Decision = (
    CharterKept
    | JobNamed
    | PlateauExplained
    | ShownToBusiness
    | HelpAsked
    | HelpAnswered
    | PilotPlanned
    | PilotSolved
    | LinkJudged
    | MetricExplained
    | RoundOpened
    | BallotCast
    | RoundClosed
    | BalanceSettled
    | BalanceDropped
    | Signed
    | Objected
    | RisksAcknowledged
    | SignatureReopened
    | UnknownChanged
    | ProjectClosed
    | ProjectReopened
    | PremortemOpened
    | PremortemAnswered
    | PremortemClosed
    | CheckSet
    | CheckAnswered
)

_ANY: TypeAdapter[Decision] = TypeAdapter(Annotated[Decision, Field(discriminator="kind")])


def load_decision(stored: dict[str, object]) -> Decision:
    """A line as it was stored by `model_dump(mode="json")`."""
    return _ANY.validate_python(stored)

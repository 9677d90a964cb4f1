"""Lines of a ledger, and rounds of votes, for tests."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from types import MappingProxyType

from flows.agreement import Round, follow
from flows.balance import Option, OptionKind, Share
from flows.closing import Outcome
from flows.decisions import (
    BalanceDropped,
    BalanceSettled,
    BallotCast,
    CharterKept,
    CheckAnswered,
    CheckSet,
    CheckState,
    Decision,
    Dissent,
    HelpAnswered,
    HelpAsked,
    JobNamed,
    LinkJudged,
    MetricExplained,
    Objected,
    PilotPlanned,
    PilotSolved,
    PlateauExplained,
    PlateauReason,
    PremortemAnswered,
    PremortemClosed,
    PremortemOpened,
    ProjectClosed,
    ProjectReopened,
    RisksAcknowledged,
    RoundClosed,
    RoundOpened,
    ShownToBusiness,
    SignatureReopened,
    Signed,
    UnknownChanged,
    UnknownStatus,
)
from flows.edge_verdicts import EdgeVerdict, NewFactor, Verdict
from flows.failure_reasons import Reason
from flows.influence import Horizon, Sign, Strength
from flows.objectives import Bound, Direction, Mode, Objective, Unit
from flows.premortem import Premortem
from flows.scoring.draws import Spread
from flows.scoring.scales import Calibration
from flows.wishes import Stake
from tests.flows.assumptions import UP, ask, stakes_of

AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
VOTERS = ("U1", "U2", "U3")
(STAKE,) = stakes_of(ask("time", UP, 15))


def option(name: str) -> Option:
    return Option(name, OptionKind.LEAD, STAKE, (Share(STAKE, 15.0, 10.0, 0.0),))


A, B, C = (option(name) for name in "ABC")


def opened(number: int = 1, voters: Sequence[str] = VOTERS, options: Sequence[Option] = (A, B, C)) -> RoundOpened:
    return RoundOpened(
        by="",
        at=AT,
        number=number,
        options=tuple(options),
        voters=tuple(voters),
        due=date(2026, 11, 26),
        basis=f"basis {number}",
    )


def ballot(person: str, ranking: str, number: int = 1, **more: object) -> BallotCast:
    return BallotCast.model_validate({"by": person, "at": AT, "number": number, "ranking": tuple(ranking), **more})


def closed(number: int = 1) -> RoundClosed:
    return RoundClosed(by="", at=AT, number=number, absent=(), outcome="again")


def looked_back(voters: Sequence[str] = VOTERS) -> PremortemOpened:
    return PremortemOpened(by="U1", at=AT, voters=tuple(voters), due=date(2026, 11, 30))


def feared(
    person: str, said: str = "", given: Mapping[str, int] = MappingProxyType({}), /, **ratings: int
) -> PremortemAnswered:
    """One answer, with ratings by the names of the reasons."""
    values = {"by": person, "at": AT, "ratings": {**given, **ratings}, "line": said}
    return PremortemAnswered.model_validate(values)


def looking_ended(*counted: str) -> PremortemClosed:
    return PremortemClosed(by="", at=AT, counted=counted)


def after_looking(*answers: PremortemAnswered, voters: Sequence[str] = VOTERS, is_over: bool = True) -> Premortem:
    """A look back with these answers."""
    lines: list[Decision] = [looked_back(voters), *answers]
    found = follow([*lines, looking_ended(*(one.by for one in answers))] if is_over else lines).premortem
    assert found is not None
    return found


def settled(chosen: Option = A, **more: object) -> BalanceSettled:
    return BalanceSettled.model_validate({"by": "", "at": AT, "option": chosen, "basis": "basis", **more})


def held(*ballots: BallotCast, number: int = 1, voters: Sequence[str] = VOTERS) -> Round:
    return Round(opened(number, voters), {one.by: one for one in ballots})


LATENCY = Objective(
    metric="p95 latency – “checkout”",
    family="latency",
    direction=Direction.AT_MOST,
    amount=200.0,
    unit=Unit.DURATION,
    mode=Mode.LEVEL,
    baseline=350.0,
    bound=Bound.AT_MOST,
    deadline=date(2027, 6, 30),
    floor=250.0,
)
LATENCY_STAKE = Stake("U1", LATENCY)
BARE = Stake("U2", Objective(metric="trust", direction=Direction.INCREASE))
FULL_OPTION = Option(
    id="o1",
    kind=OptionKind.STAGED,
    leading=LATENCY_STAKE,
    shares=(Share(LATENCY_STAKE, -42.857142857142854, -30.1, -28.5), Share(BARE, None, None, 0.0)),
    moves=(("model_size", -12.5),),
    multipliers=((BARE, 0.1 + 0.2),),
    later=(BARE,),
)
VERDICT = EdgeVerdict(
    "ad_load", "satisfaction", Horizon.SHORT, Verdict.CHANGED, "U1", AT, Sign.LOWERS, Strength(0.1, 0.3, 0.8), "Seen."
)
FACTOR = NewFactor("own:warmth", "brand warmth", "more warmth", "less warmth", "U1", AT)
LINES: tuple[Decision, ...] = (
    LinkJudged(by="U1", at=AT, verdict=VERDICT),
    MetricExplained(by="U1", at=AT, factor=FACTOR),
    RoundOpened(by="", at=AT, number=1, options=(FULL_OPTION,), voters=("U1", "U2"), due=date(2026, 11, 26), basis="b"),
    BallotCast(by="U1", at=AT, number=1, ranking=("o1",), floors={"k": -2.5}, reason="Für alle. \u2028", shown=True),
    RoundClosed(by="", at=AT, number=1, absent=("U2",), outcome="again"),
    BalanceSettled(
        by="U1",
        at=AT,
        option=FULL_OPTION,
        dissent=(Dissent(person="U2", preferred="o2", reason="No."),),
        why="So",
        basis="b",
    ),
    BalanceDropped(by="", at=AT, why="A goal changed."),
    Signed(by="U1", at=AT, digests={"does": "d"}),
    Objected(by="U1", at=AT, reason="Too slow."),
    RisksAcknowledged(by="U1", at=AT, risks=("No certainty: it may fail.",), note=""),
    SignatureReopened(by="", at=AT, person="U1", lines=("Input",), why="It changed."),
    ProjectClosed(
        by="U1",
        at=AT,
        outcome=Outcome.PART,
        weeks=70.5,
        accuracy=93.0,
        money=80_000.0,
        currency="EUR",
        note="Labels took longest.",
        predicted=Spread(18.0, 33.0, 62.0),
        uncalibrated=Spread(15.0, 27.5, 50.0),
        calibration=Calibration(1.2, 1.1, 4),
    ),
    ProjectReopened(by="U2", at=AT),
    UnknownChanged(
        by="U1", at=AT, key="own:tide", name="the tide", status=UnknownStatus.LOOKING, due=date(2026, 12, 4)
    ),
    JobNamed(by="U1", at=AT, job="ml_engineer", person="U2"),
    CharterKept(by="", at=AT, version=1, charter='{"name": "Churn radar"}'),
    UnknownChanged(by="U1", at=AT, key="K17", status=UnknownStatus.LOOKING, owner="U2", due=date(2026, 12, 7)),
    JobNamed(by="U1", at=AT, job="labeller", person="U2"),
    ShownToBusiness(by="U1", at=AT, seen=True),
    HelpAsked(by="U1", at=AT, entry=7, what="access to the orders", owner="U2", due=date(2026, 11, 27)),
    HelpAnswered(by="U2", at=AT, entry=7, done=False),
    HelpAnswered(by="U2", at=AT, entry=7, done=True),
    PilotPlanned(by="U1", at=AT, classes=1000, taken=10),
    PilotSolved(by="U1", at=AT),
    PilotSolved(by="U1", at=AT, solved=False),
    PlateauExplained(by="U1", at=AT, since=date(2026, 11, 9), reason=PlateauReason.LABELS, until=date(2026, 12, 7)),
    PremortemOpened(by="U1", at=AT, voters=VOTERS, due=date(2026, 11, 30)),
    PremortemAnswered(by="U2", at=AT, ratings={Reason.SILOS: 4, Reason.LABELS: 0}, line="Für alle zu spät. \u2028"),
    PremortemClosed(by="", at=AT, counted=("U2",)),
    CheckSet(by="U1", at=AT, check="risk:silos", what="Get 100 rows.", owner="U2", due=date(2026, 12, 7)),
    CheckAnswered(by="U2", at=AT, check="risk:silos", state=CheckState.STILL, again=date(2026, 12, 21)),
)

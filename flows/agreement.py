"""Where a kickoff stands on the way to one balance: what follows from the ledger (section 2.3.2; K35, K46, K47)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from flows import dated_checks, premortem
from flows.dated_checks import DatedCheck
from flows.decisions import (
    BalanceDropped,
    BalanceSettled,
    BallotCast,
    CharterKept,
    CheckAnswered,
    CheckSet,
    Decision,
    HelpAnswered,
    HelpAsked,
    JobNamed,
    LinkJudged,
    MetricExplained,
    Objected,
    PilotPlanned,
    PilotSolved,
    PlateauExplained,
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
)
from flows.edge_verdicts import EdgeVerdict, NewFactor
from flows.premortem import Premortem

MOST_ROUNDS = 3
"""After so many rounds without agreement the owner decides."""


@dataclass(frozen=True)
class Round:
    """One round of blind votes, with each voter's last ballot; `is_open` while votes are taken."""

    opened: RoundOpened
    ballots: Mapping[str, BallotCast] = field(default_factory=dict)
    is_open: bool = True

    @property
    def missing(self) -> tuple[str, ...]:
        """Those who are asked and have not voted."""
        return tuple(person for person in self.opened.voters if person not in self.ballots)


@dataclass(frozen=True)
class Signature:
    """What somebody says of the goal card now: approved, or objected with a reason.

    Attributes:
        digests: Those of the card's lines that they approved; empty for an objection.
        objection: Why they object; empty for an approval.
        reopened: Lines that changed since they approved; until they sign anew they count as open.
    """

    person: str
    at: datetime
    digests: Mapping[str, str] = field(default_factory=dict)
    objection: str = ""
    reopened: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether they approve of the card as it stands."""
        return not self.objection and not self.reopened


@dataclass(frozen=True)
class Agreement:
    """Where it stands.

    Attributes:
        verdicts: What was said of links, oldest first.
        factors: Metrics that joined the graph.
        rounds: The votes since the goals last changed, oldest first.
        settled: The balance that counts.
        signatures: What each says of the goal card.
        acknowledged: Who accepted the risks last, and when.
        charters: The versions of the charter, oldest first.
        closed: How the project ended; None while it goes on.
        premortem: The newest look back from failure.
        checks: What is looked at on a date, by its key.
        pilot: What the pilot takes; None where there is none.
        pilot_since: When work on it may have begun: when it was first planned.
        pilot_solved: Who said last that it is solved; None while it is not.
        unknowns: What people did last about rows of the register of unknowns, by the row's key.
    """

    verdicts: tuple[EdgeVerdict, ...] = ()
    factors: tuple[NewFactor, ...] = ()
    rounds: tuple[Round, ...] = ()
    settled: BalanceSettled | None = None
    signatures: Mapping[str, Signature] = field(default_factory=dict)
    acknowledged: RisksAcknowledged | None = None
    charters: tuple[CharterKept, ...] = ()
    closed: ProjectClosed | None = None
    premortem: Premortem | None = None
    checks: Mapping[str, DatedCheck] = field(default_factory=dict)
    unknowns: Mapping[str, UnknownChanged] = field(default_factory=dict)
    pilot: PilotPlanned | None = None
    pilot_since: datetime | None = None
    pilot_solved: PilotSolved | None = None

    @property
    def round(self) -> Round | None:
        """The newest round."""
        return self.rounds[-1] if self.rounds else None

    @property
    def open_round(self) -> Round | None:
        """The round in which votes are taken."""
        return self.round if self.round and self.round.is_open else None

    @property
    def awaits_owner(self) -> bool:
        """Whether the last round ended without agreement, so that the owner has to decide."""
        over = self.round is not None and not self.round.is_open and self.settled is None
        return over and len(self.rounds) == MOST_ROUNDS

    @property
    def basis(self) -> str:
        """Digest of the goals and links on which the balance, or the vote on it, rests; empty without either."""
        if self.settled:
            return self.settled.basis
        return self.round.opened.basis if self.round else ""

    @property
    def floors(self) -> dict[str, float]:
        """The floors that people named with their votes, by the goal's key; the last word of each counts."""
        ballots = (ballot for one in self.rounds for ballot in one.ballots.values())
        return {key: floor for ballot in ballots for key, floor in ballot.floors.items()}


def follow(decisions: Iterable[Decision]) -> Agreement:
    """What stands after these lines of the ledger, in their order."""
    stands = Agreement()
    for line in decisions:
        stands = _then(line, stands)
    return stands


def _then(line: Decision, stands: Agreement) -> Agreement:
    match line:
        case CharterKept():
            return replace(stands, charters=(*stands.charters, line))
        case LinkJudged():
            return replace(stands, verdicts=(*stands.verdicts, line.verdict))
        case MetricExplained():
            return replace(stands, factors=(*stands.factors, line.factor))
        case RoundOpened():
            return _open(line, stands)
        case BallotCast() | RoundClosed():
            return _in_round(line, stands)
        case BalanceSettled():
            return replace(stands, settled=line)
        case BalanceDropped():
            return replace(stands, rounds=(), settled=None)
        case RisksAcknowledged():
            return replace(stands, acknowledged=line)
        case Signed() | Objected() | SignatureReopened():
            return _sign(line, stands)
        case _:
            return _beside(line, stands)


_Beside = (
    CheckSet
    | CheckAnswered
    | HelpAnswered
    | HelpAsked
    | JobNamed
    | PilotPlanned
    | PilotSolved
    | PlateauExplained
    | PremortemOpened
    | PremortemAnswered
    | PremortemClosed
    | ProjectClosed
    | ProjectReopened
    | ShownToBusiness
    | UnknownChanged
)


def _beside(line: _Beside, stands: Agreement) -> Agreement:
    """What happens beside the agreeing: what is feared, looked at on a date or found out, and the project's end."""
    match line:
        case CheckSet() | CheckAnswered():
            return replace(stands, checks=dated_checks.go_on(line, stands.checks))
        case PremortemOpened() | PremortemAnswered() | PremortemClosed():
            return replace(stands, premortem=premortem.go_on(line, stands.premortem))
        case ProjectClosed() | ProjectReopened():
            return replace(stands, closed=line if isinstance(line, ProjectClosed) else None)
        case PilotPlanned():
            return _plan_pilot(line, stands)
        case PilotSolved():
            return replace(stands, pilot_solved=line if line.solved else None)
        case UnknownChanged():
            return replace(stands, unknowns={**stands.unknowns, line.key: line})
        case _:
            # Who is named for a job, and who has seen what, is read from the ledger itself where it is needed.
            return stands


def _plan_pilot(line: PilotPlanned, stands: Agreement) -> Agreement:
    """A plan that is put right stays the same pilot, with what was done for it; a solved one may give way to the next.

    Of a pilot without classes or slices nobody had said what it takes, so that is only told now.
    """
    before = stands.pilot
    is_other = before is not None and (line.taken, line.slice) != (before.taken, before.slice)
    was_told = before is not None and (before.taken or before.slice)
    if before is None or (stands.pilot_solved and is_other and was_told):
        return replace(stands, pilot=line, pilot_since=line.at, pilot_solved=None)
    return replace(stands, pilot=line)


def _open(line: RoundOpened, stands: Agreement) -> Agreement:
    """A round takes the place of an earlier one with its number and of all behind; the same line twice is one."""
    if any(one.opened == line for one in stands.rounds):
        return stands
    earlier = (one for one in stands.rounds if one.opened.number < line.number)
    return replace(stands, rounds=(*earlier, Round(line)), settled=None)


def _in_round(line: BallotCast | RoundClosed, stands: Agreement) -> Agreement:
    """Only the newest round changes, only while it is open, and only those who are asked have a vote in it."""
    newest = stands.open_round
    if newest is None or newest.opened.number != line.number:
        return stands
    if isinstance(line, RoundClosed):
        newest = replace(newest, is_open=False)
    elif line.by in newest.opened.voters:
        newest = replace(newest, ballots={**newest.ballots, line.by: line})
    return replace(stands, rounds=(*stands.rounds[:-1], newest))


def _sign(line: Signed | Objected | SignatureReopened, stands: Agreement) -> Agreement:
    before = stands.signatures.get(line.person if isinstance(line, SignatureReopened) else line.by)
    match line:
        case Signed():
            signature = Signature(line.by, line.at, digests=line.digests)
        case Objected():
            signature = Signature(line.by, line.at, objection=line.reason)
        case _ if before is None:
            return stands
        case _:
            signature = replace(before, reopened=line.lines)
    return replace(stands, signatures={**stands.signatures, signature.person: signature})

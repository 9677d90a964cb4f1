"""A kickoff as a whole: who is asked, how far each is, and who owns it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from flows.absence import Absence
from flows.answers import Answer, Status
from flows.cadence import Cadence
from flows.conflicts import Stake
from flows.digest_days import DigestKind, Told
from flows.interview import Interview
from flows.questions import QuestionSet
from flows.reminders import Silence
from flows.roles import Role


class Place(StrEnum):
    """Where the interviews are held."""

    THREADS = "threads"
    PRIVATE = "private"


class Standing(StrEnum):
    """How far one stakeholder's interview is.

    It is closed when the project goes on without the rest of the answers; whoever answers after all opens it again. Of
    somebody who was removed nothing counts any more.
    """

    INVITED = "invited"
    OPEN = "open"
    FINISHED = "finished"
    UNAVAILABLE = "unavailable"
    CLOSED = "closed"
    REMOVED = "removed"


_NOT_THERE = frozenset({Standing.UNAVAILABLE, Standing.REMOVED})


@dataclass(frozen=True)
class Participant:
    """One stakeholder in one kickoff.

    Attributes:
        interview_id: The key of their interview.
        person: Their Slack user id.
        standing: How far they are.
        channel: Where their interview is held; None until a private conversation is open.
        interview: What they were asked and said.
        note: Why they are unavailable, or why their interview is held elsewhere, in plain words.
        gone: Whether their account was closed. What they said before stays.
        zone: Their IANA time zone; empty when it is not known.
        away: When they said to be away, if they did.
        silence: When they last did something, or were taken out, and how often they were reminded since; None before
            they were asked.
        remind_at: When, in UTC, they are reminded next, or the owner is told of their silence; None for never.
        opened_home: Whether they look at the app's Home tab, which shows what waits for them.
    """

    interview_id: int
    person: str
    standing: Standing
    channel: str | None
    interview: Interview
    note: str = ""
    gone: bool = False
    zone: str = ""
    away: Absence | None = None
    silence: Silence | None = None
    remind_at: datetime | None = None
    opened_home: bool = False

    @property
    def is_called_off(self) -> bool:
        """Whether nothing is asked of them any more, and nothing taken from them."""
        return self.standing in _NOT_THERE


@dataclass(frozen=True)
class Nudge:
    """When and where the owner is asked for progress.

    Attributes:
        cadence: How often.
        zone: The owner's IANA time zone.
        next_due_at: The next time in UTC; None while nudges are off.
        last_at: When it was last time to ask, in UTC; None before the first time.
        unanswered: How many nudges in a row nobody answered.
        pause: Days on which nobody is asked, because somebody said so; None for none.
        snoozed_until: Until when, in UTC, somebody has put it off; None where nobody has.
        asked: How many nudges there were.
    """

    cadence: Cadence
    zone: str
    next_due_at: datetime | None
    last_at: datetime | None = None
    unanswered: int = 0
    pause: Absence | None = None
    snoozed_until: datetime | None = None
    asked: int = 0

    def after(self, now: datetime, unanswered: int, *, is_asked: bool) -> "Nudge":
        """The nudge once its time has come, with so many before it unanswered; when the next one comes is not set."""
        return replace(
            self,
            last_at=now,
            unanswered=unanswered + is_asked,
            snoozed_until=None,
            asked=self.asked + is_asked,
        )


@dataclass(frozen=True)
class Digests:
    """Which digests come of a kickoff.

    Attributes:
        kinds: Those that are wanted.
        next_due_at: When the next one comes, in UTC; None for never.
        declined: Slack user ids of those who want none for themselves.
        told: How far each has told; without those of which none has come yet.
    """

    kinds: frozenset[DigestKind] = frozenset()
    next_due_at: datetime | None = None
    declined: frozenset[str] = frozenset()
    told: Mapping[DigestKind, Told] = field(default_factory=dict)


@dataclass(frozen=True)
class Kickoff:
    """One project's kickoff.

    Attributes:
        id: Its key.
        workspace: The Slack team id.
        channel: The channel in which it was started.
        name: The project's name, as typed.
        problem: What it should solve, as typed; may be empty.
        starter: Slack user id of whoever started it.
        place: Where the interviews are held.
        participants: Its stakeholders, in the order of the form.
        nudge: When progress is asked for.
        question_set: The questions that its stakeholders are asked.
        concluded_at: When the results were last posted; None before.
        starter_gone: Whether the account of whoever started it was closed.
        answers_due: The last day for answers, wherever the person is; None for no such day.
        observers: Slack user ids of those who watch without being asked.
        starter_opened_home: Whether whoever started it looks at the app's Home tab.
        starter_away: When whoever started it said to be away, if they did.
        digests: Which digests come.
        closed_at: When somebody said that the project has ended; None while it goes on.
    """

    id: int
    workspace: str
    channel: str
    name: str
    problem: str
    starter: str
    place: Place
    participants: tuple[Participant, ...]
    nudge: Nudge
    question_set: QuestionSet
    concluded_at: datetime | None = None
    starter_gone: bool = False
    answers_due: date | None = None
    observers: tuple[str, ...] = ()
    starter_opened_home: bool = False
    starter_away: Absence | None = None
    digests: Digests = Digests()
    closed_at: datetime | None = None

    @property
    def owner(self) -> str:
        """Who is asked for progress: the product owner, or else whoever started it."""
        for participant in self.participants:
            there = not participant.is_called_off and not participant.gone
            if there and Role.PRODUCT_OWNER in participant.interview.roles:
                return participant.person
        return self.starter

    @property
    def caretaker(self) -> str:
        """Who is told what the kickoff needs: whoever started it, or else the owner."""
        return self.owner if self.starter_gone else self.starter

    @property
    def is_orphaned(self) -> bool:
        """Whether nobody is left to ask for progress: there is no product owner any more, and the starter is gone."""
        return self.starter_gone and self.owner == self.starter

    def takes_part(self, person: str) -> bool:
        """Whether somebody is asked in it, or started it."""
        return person == self.starter or any(one.person == person for one in self.counted)

    def may_change_nudges(self, person: str) -> bool:
        """Whether this person may set, snooze and stop nudges: owner and starter, and anybody once both are gone."""
        return self.is_orphaned or person in {self.owner, self.starter}

    def may_close(self, person: str) -> bool:
        """Whether this person may say that the project has ended, or goes on after all: as for its nudges."""
        return self.may_change_nudges(person)

    @property
    def shown_at_home_of(self) -> tuple[str, ...]:
        """Those who see it on the app's Home tab, or saw it there before they were taken out."""
        starter = (self.starter,) if self.starter_opened_home else ()
        return tuple(dict.fromkeys((*starter, *(one.person for one in self.participants if one.opened_home))))

    @property
    def waiting_for(self) -> tuple[Participant, ...]:
        """The stakeholders whose interviews are not finished."""
        return tuple(one for one in self.participants if one.standing in {Standing.INVITED, Standing.OPEN})

    def with_participant(self, changed: Participant) -> "Kickoff":
        """The kickoff with one participant as they are now."""
        others = (changed if one.interview_id == changed.interview_id else one for one in self.participants)
        return replace(self, participants=tuple(others))

    @property
    def counted(self) -> tuple[Participant, ...]:
        """The stakeholders whose goals and answers count: all but those who were taken out."""
        return tuple(one for one in self.participants if one.standing is not Standing.REMOVED)

    @property
    def reachable(self) -> tuple[str, ...]:
        """Slack user ids of the stakeholders who can still be asked something, such as to vote or to sign."""
        return tuple(one.person for one in self.counted if not one.is_called_off and not one.gone)

    def find(self, person: str) -> Participant | None:
        """The stakeholder who is this person (Slack user id)."""
        return next((one for one in self.participants if one.person == person), None)

    @property
    def stakes(self) -> tuple[Stake, ...]:
        """All confirmed objectives with their owners."""
        return tuple(Stake(one.person, goal) for one in self.counted for goal in one.interview.objectives)

    @property
    def confidential_owners(self) -> frozenset[str]:
        """Slack user ids of those whose goals are not shown to others."""
        return frozenset(one.person for one in self.counted if one.interview.keeps_goals_confidential)

    @property
    def answers(self) -> dict[str, Answer]:
        """One given answer to each question that has any, by its id: of several people's, the last one's."""
        given = (answer for one in self.counted for answer in one.interview.answers.values())
        return {answer.question: answer for answer in given if answer.status is Status.GIVEN}

    @property
    def shown_answers(self) -> dict[str, Answer]:
        """As `answers`, without those that their authors keep between them and the app."""
        open_to_all = (
            answer
            for one in self.counted
            for answer in one.interview.answers.values()
            if answer.question not in one.interview.confidential
        )
        return {answer.question: answer for answer in open_to_all if answer.status is Status.GIVEN}


def group_roles(chosen: Sequence[tuple[Role, str]]) -> tuple[tuple[str, tuple[Role, ...]], ...]:
    """People with their roles, each person once, in the order in which they were first chosen."""
    people: dict[str, tuple[Role, ...]] = {}
    for role, person in chosen:
        people[person] = (*people.get(person, ()), role)
    return tuple(people.items())

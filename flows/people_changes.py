"""Who is asked from now on: people join, leave, come back, or answer for something else, at any time.

Nothing that anybody said is lost. Whoever is taken out keeps their answers, which do not count until they come back. A
question that nobody in a role asks for any more falls away, unless it was answered.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from flows.interview import DONE, REVIEW, Handed, Interview, Turn
from flows.interviews import begin, go_on, repeat
from flows.kickoffs import Kickoff, Participant, Standing, group_roles
from flows.questions import AT_MOST, QuestionSet
from flows.roles import Role

_AT_THE_END = frozenset({REVIEW, DONE})
_CLOSED_ACCOUNT = "this account is closed"


@dataclass(frozen=True)
class Moved:
    """One stakeholder before and after a change, and what their thread asks or tells them now, if anything."""

    before: Participant
    after: Participant
    turn: Turn | None = None


@dataclass(frozen=True)
class PeopleChange:
    """What follows from people being picked anew.

    Attributes:
        added: Those who were no part of the kickoff; they are not stored yet.
        returned: Those who were taken out before and are back, with what they had said.
        removed: Those who are taken out.
        changed: Those who stay, with other roles or other questions.
        observers: Those who watch without being asked.
    """

    added: tuple[Participant, ...]
    returned: tuple[Moved, ...]
    removed: tuple[Moved, ...]
    changed: tuple[Moved, ...]
    observers: tuple[str, ...]

    @property
    def moves_nobody(self) -> bool:
        """Whether the stakeholders are and are asked what they were before."""
        return not (self.added or self.returned or self.removed or self.changed)


def list_asked(kickoff: Kickoff) -> dict[Role, tuple[str, ...]]:
    """Who is asked in which role; those who only have questions handed on to them have none."""
    return {role: tuple(one.person for one in kickoff.counted if role in one.interview.roles) for role in Role}


def list_observers(observers: Sequence[str], chosen: Sequence[tuple[Role, str]]) -> tuple[str, ...]:
    """Those who only watch: whoever is asked as well is a stakeholder."""
    asked = {person for _, person in chosen}
    return tuple(person for person in dict.fromkeys(observers) if person not in asked)


def change_people(kickoff: Kickoff, chosen: Sequence[tuple[Role, str]], observers: Sequence[str]) -> PeopleChange:
    """What follows when exactly these people are to be asked, each in their roles, and these are to watch."""
    picked = dict(group_roles(chosen))
    present = frozenset(role for person, roles in picked.items() if _is_there(kickoff.find(person)) for role in roles)
    moved = [_move(one, picked.get(one.person, ()), present) for one in kickoff.participants]
    moved = [one for one in moved if one.after != one.before]
    returned = tuple(one for one in moved if one.before.standing is Standing.REMOVED)
    removed = tuple(one for one in moved if one.after.standing is Standing.REMOVED)
    return PeopleChange(
        added=tuple(
            _invite(kickoff.question_set, person, roles, present)
            for person, roles in picked.items()
            if kickoff.find(person) is None
        ),
        returned=returned,
        removed=removed,
        changed=tuple(one for one in moved if one not in returned and one not in removed),
        observers=list_observers(observers, chosen),
    )


def _is_there(known: Participant | None) -> bool:
    """Whether somebody who is picked can answer for their roles, or has."""
    if known is None:
        return True
    if known.standing is Standing.REMOVED:
        return not known.gone or known.interview.step == DONE
    return known.standing is not Standing.UNAVAILABLE


def _invite(questions: QuestionSet, person: str, roles: tuple[Role, ...], present: Collection[Role]) -> Participant:
    interview = begin(questions, roles, questions.plan(roles, present)).interview
    return Participant(0, person, Standing.INVITED, None, interview)


def _move(one: Participant, roles: tuple[Role, ...], present: Collection[Role]) -> Moved:
    """One stakeholder as they are when they have these roles; with none, they are taken out."""
    if not roles:
        return _take_out(one) if one.interview.roles else Moved(one, one)
    if one.standing is Standing.INVITED or (one.standing is Standing.REMOVED and one.channel is None):
        return Moved(one, _begin_anew(one, roles, present))
    interview = _renew(one.interview, roles, present)
    if one.standing is Standing.REMOVED:
        return _bring_back(one, interview)
    if interview.roles == one.interview.roles:
        # Whoever is done, or cannot be asked, is not disturbed when only others change.
        return Moved(one, replace(one, interview=interview) if one.standing is Standing.OPEN else one)
    return _go_on(one, interview)


def _take_out(one: Participant) -> Moved:
    # Why somebody could not be asked is no reason any more once they are back.
    note = "" if one.standing is Standing.UNAVAILABLE else one.note
    return Moved(one, replace(one, standing=Standing.REMOVED, note=note, remind_at=None))


def _begin_anew(one: Participant, roles: tuple[Role, ...], present: Collection[Role]) -> Participant:
    """Somebody who has seen no question yet."""
    questions = one.interview.question_set
    turn = begin(questions, roles, questions.plan(roles, present), _still_handed(one.interview, ()))
    return replace(one, standing=Standing.INVITED, interview=turn.interview)


def _bring_back(one: Participant, interview: Interview) -> Moved:
    done = interview.step == DONE and (one.gone or not interview.open_questions)
    if one.gone:
        standing = Standing.FINISHED if done else Standing.UNAVAILABLE
        return Moved(one, replace(one, standing=standing, interview=interview, note="" if done else _CLOSED_ACCOUNT))
    turn = repeat(interview) if done else _ask_on(one.interview, interview)
    standing = Standing.FINISHED if done else Standing.OPEN
    return Moved(one, replace(one, standing=standing, interview=turn.interview), turn)


def _go_on(one: Participant, interview: Interview) -> Moved:
    """Somebody who stays, and answers for something else from now on."""
    grew = not set(interview.roles) <= set(one.interview.roles)
    reopens = one.standing in {Standing.FINISHED, Standing.CLOSED} and grew and not one.gone
    if one.standing is Standing.OPEN or (reopens and interview.open_questions):
        turn = _ask_on(one.interview, interview)
        return Moved(one, replace(one, standing=Standing.OPEN, interview=turn.interview), turn)
    return Moved(one, replace(one, interview=interview))


def _ask_on(before: Interview, after: Interview) -> Turn:
    """Ask what was being asked, if it still is, or else the first question that is new."""
    if before.question is not None and before.question in after.open_questions:
        return go_on(after)
    new = (one.id for one in after.open_questions if one not in before.open_questions)
    return go_on(after, first=next(new, ""))


def _renew(interview: Interview, roles: tuple[Role, ...], present: Collection[Role]) -> Interview:
    """The interview of somebody with these roles from now on; answered questions keep their places before new ones."""
    gained, lost = set(roles) - set(interview.roles), set(interview.roles) - set(roles)
    wanted = interview.question_set.plan(roles, present)
    needed = {*wanted, *interview.answers} if lost else {*wanted, *interview.answers, interview.step}
    kept = tuple(question for question in interview.plan if question in needed)
    # What was shown as a whole, or is submitted, is opened again only for a role that is new to the person.
    may_grow = gained or interview.step not in _AT_THE_END
    new = tuple(question for question in wanted if question not in interview.plan) if may_grow else ()
    renewed = replace(
        interview,
        roles=roles if gained or lost else interview.roles,
        plan=(*kept, *new),
        handed=_still_handed(interview, needed),
    )
    return replace(renewed, handed=(*renewed.handed, *_beyond_the_limit(renewed, gained)))


def _still_handed(interview: Interview, needed: Collection[str]) -> tuple[Handed, ...]:
    return tuple(one for one in interview.handed if one.by or one.question in needed)


def _beyond_the_limit(interview: Interview, gained: Collection[Role]) -> tuple[Handed, ...]:
    """Questions of a new role for which the person's first ones left no room.

    They are handed on by nobody, as the limit of an interview is for those it began with.
    """
    known, asked = interview.question_set.by_id, interview.questions
    own = tuple(one for one in interview.plan if set(known[one].roles) & set(gained) and known[one] not in asked)
    room = max(0, AT_MOST - len(interview.open_questions))
    fitting = replace(interview, plan=own, handed=(), objectives=(), pending=()).open_questions[:room]
    return tuple(Handed(question.id, "") for question in fitting)

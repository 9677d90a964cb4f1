"""Goals in an interview: each is read, shown back, and kept only on its owner's word (section 2.3.2; K45)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from flows.answers import Answer, Status
from flows.interview import Interview, Pending, Turn
from flows.interview_course import ask, ask_again, drop_what_no_longer_applies, move_on, settle, show
from flows.objectives import Objective, describe
from flows.questions import ABOUT_GOALS, Kind, Question
from flows.reading import Reading, read_objectives
from flows.wishes import same_metric

_YOURS_STAYS = "Your goal stays as it was."


def hear_goal(interview: Interview, question: Question, text: str, today: date) -> Turn:
    """Read goals in words that answer a question about goals, and show the first."""
    found = read_goals(text, today)
    fresh = [one for one in found if one.reading.objective not in interview.objectives]
    if not fresh:
        lead = f"I could not find a goal in that. For example: {question.example}. You can also fill in the form."
        if found:
            lead = "You gave this goal already."
        return show(interview, lead) if interview.pending else ask(interview, question, lead)
    shown = interview.pending[0].replaces if interview.pending else None
    return show_readings(interview, fresh, shown)


def read_goals(text: str, today: date) -> list[Pending]:
    """The goals in a text, as readings that wait for their owner's word."""
    return [Pending(reading) for reading in read_objectives(text, today) if reading.objective is not None]


def show_readings(interview: Interview, found: Sequence[Pending], shown: int | None = None, lead: str = "") -> Turn:
    """Show the first of the readings in place of what waits; `shown` is the kept goal that they are likely about."""
    if len(found) > 1:
        lead = f"{lead} I found {len(found)} goals. Here is the first.".strip()
    return show(_find_its_place(replace(interview, pending=tuple(found)), shown), lead)


def place_of(interview: Interview, readings: Sequence[Pending]) -> int | None:
    """The kept goal that came from one of these readings, or that is one of them in new words."""
    for one in readings:
        if one.reading.objective in interview.objectives:
            return interview.objectives.index(one.reading.objective)
        twin = _find_twin(interview, one.reading.objective)
        if twin is not None:
            return twin
    return None


def confirm_reading(interview: Interview) -> Turn:
    """Keep the reading that is being shown; a doubtful one cannot be kept this way."""
    reading = interview.pending[0].reading
    if reading.objective is None or reading.doubts:
        lead = "A yes is not enough here. Please press Change it, or write your goal again in other words."
        return show(interview, lead)
    return keep_goal(interview, reading.objective)


def correct_goal(interview: Interview, objective: Objective) -> Turn:
    """Keep this objective, as its owner wrote it in the form, in place of the reading that is being shown.

    One that looks like a kept goal in new words is shown first, so that its owner says whether it changes that one.
    """
    if interview.replaced_goal is None and objective not in interview.objectives:
        twin = _find_twin(interview, objective)
        if twin is not None:
            return show(replace(interview, pending=(Pending(Reading(objective, ()), twin), *interview.pending[1:])))
    return keep_goal(interview, objective)


def reject_reading(interview: Interview) -> Turn:
    """Drop the reading that is being shown: it was not a goal. A kept goal that is shown again is removed."""
    removed = interview.pending[0].replaces if interview.shows_kept_goal else None
    lead = "I dropped it." if interview.replaced_goal is None else f"I dropped it. {_YOURS_STAYS}"
    kept = tuple(objective for place, objective in enumerate(interview.objectives) if place != removed)
    interview = replace(interview, objectives=kept, pending=interview.pending[1:])
    return _after_reading(interview, lead if removed is None else "I removed that goal.")


def keep_both(interview: Interview) -> Turn:
    """Keep the reading beside the goal that it seemed to change."""
    first, *rest = interview.pending
    return confirm_reading(replace(interview, pending=(replace(first, replaces=None), *rest)))


def keep_goal(interview: Interview, objective: Objective) -> Turn:
    """Keep an objective, in the place of the goal that the reading being shown would replace."""
    place = interview.pending[0].replaces if interview.pending else None
    kept = list(interview.objectives)
    if place is None:
        kept.append(objective)
    else:
        kept[place] = objective
    interview = replace(interview, objectives=tuple(dict.fromkeys(kept)), pending=interview.pending[1:])
    return _after_reading(interview, lead=f"Kept: {describe(objective)}.")


def leave_reading(interview: Interview, status: Status) -> Turn:
    """Leave the reading that is being shown. The question is settled by that only if no other goal is in sight."""
    left = replace(interview, pending=interview.pending[1:])
    if interview.shows_kept_goal:
        if left.pending:
            return _after_reading(left, "I left it as it was.")
        return move_on(left, after=_first_of(left, Kind.MORE_OBJECTIVES).id, lead="I left it as it was.")
    if left.pending or left.objectives:
        stays = "" if interview.replaced_goal is None else f" {_YOURS_STAYS}"
        return _after_reading(left, f"I dropped that reading.{stays}")
    goal = _first_of(left, Kind.OBJECTIVE)
    if status is Status.SKIPPED and goal.id in left.answers:
        return move_on(left, after=goal.id, lead="I dropped that reading and left the rest as it was.")
    lead = "I dropped that reading and went on."
    if status is Status.UNKNOWN:
        lead = "I dropped that reading. Your goal is on the list of things to find out."
    return settle(left, Answer(question=goal.id, status=status), lead)


def leave_goals(interview: Interview) -> Turn:
    """Go on with the goals that are kept."""
    return move_on(interview, after=_first_of(interview, Kind.MORE_OBJECTIVES).id, lead="")


def go_back_from_reading(interview: Interview) -> Turn:
    """Return from the reading that is being shown to the kept goal before it, or to what came before all goals."""
    place = interview.pending[0].replaces
    if place is None:
        count = len(interview.pending)
        lead = "I dropped that reading." if count == 1 else f"I dropped those {count} readings."
        return _after_reading(replace(interview, pending=()), lead)
    if not interview.shows_kept_goal:
        return show_kept(interview, place, f"I dropped that reading. {_YOURS_STAYS}")
    if place > 0:
        return show_kept(interview, place - 1)
    before = interview.questions[: interview.questions.index(_first_of(interview, Kind.OBJECTIVE))]
    if not before:
        return show(interview, "This is where your interview began.")
    return revisit(replace(interview, pending=()), before[-1])


def revisit(interview: Interview, question: Question) -> Turn:
    """Return to a question: to a kept goal, or to the answer that stands."""
    if question.kind in ABOUT_GOALS and interview.objectives:
        return show_newest_kept(interview)
    return ask_again(interview, question)


def show_newest_kept(interview: Interview) -> Turn:
    """Show the goal that was kept last."""
    return show_kept(interview, len(interview.objectives) - 1)


def show_kept(interview: Interview, place: int, lead: str = "") -> Turn:
    """Show a kept goal again, as a reading for its own place; readings that wait behind it go on waiting."""
    count = len(interview.objectives)
    which = "This is the goal you gave." if count == 1 else f"This is goal {place + 1} of the {count} you gave."
    again = Pending(Reading(interview.objectives[place], ()), replaces=place)
    question = _first_of(interview, Kind.MORE_OBJECTIVES)
    interview = replace(interview, step=question.id, pending=(again, *interview.pending[1:]))
    return show(interview, f"{lead} {which}".strip())


def _find_its_place(interview: Interview, shown: int | None = None) -> Interview:
    """Let the first reading take the place of a kept goal: its twin's, or else that of the goal being `shown`."""
    first, *rest = interview.pending
    twin = _find_twin(interview, first.reading.objective, shown)
    question = _first_of(interview, Kind.MORE_OBJECTIVES if interview.objectives else Kind.OBJECTIVE)
    pending = (replace(first, replaces=shown if twin is None else twin), *rest)
    return replace(interview, step=question.id, pending=pending)


def _find_twin(interview: Interview, objective: Objective | None, preferred: int | None = None) -> int | None:
    """The place of the kept goal that this may be in new words: of the same metric, and in the same direction."""
    kept = interview.objectives
    twins = [place for place, one in enumerate(kept) if objective is not None and _are_twins(one, objective)]
    return preferred if preferred in twins else max(twins, default=None)


def _are_twins(one: Objective, other: Objective) -> bool:
    return same_metric(one, other) and one.direction is other.direction


def _after_reading(interview: Interview, lead: str) -> Turn:
    """Show the next reading, or ask for another goal; without any, ask for the first again."""
    left = tuple(one for one in interview.pending if one.reading.objective not in interview.objectives)
    interview = _note_goals(replace(interview, pending=left))
    if interview.pending:
        return show(_find_its_place(interview), lead)
    return ask(interview, _first_of(interview, Kind.MORE_OBJECTIVES if interview.objectives else Kind.OBJECTIVE), lead)


def _note_goals(interview: Interview) -> Interview:
    """Let the question for a goal be answered by the goals that are kept, and only by those."""
    goal = _first_of(interview, Kind.OBJECTIVE)
    answers = {key: one for key, one in interview.answers.items() if key != goal.id or one.status is not Status.GIVEN}
    if interview.objectives:
        given = "; ".join(describe(objective) for objective in interview.objectives)
        answers[goal.id] = Answer(question=goal.id, status=Status.GIVEN, given=given)
    return drop_what_no_longer_applies(replace(interview, answers=answers))


def _first_of(interview: Interview, kind: Kind) -> Question:
    return interview.question_set.of_kind(kind)

"""The answers of an interview, shown before they are submitted: a page at a time, each with a button to change it."""

from bot.blocks import (
    MESSAGE_CHARACTERS,
    Block,
    Button,
    Words,
    actions,
    context,
    fitting,
    mention,
    quote,
    section,
    section_with_button,
    words,
)
from bot.brevity import MOST_WORDS, count_words, cut_sentences, cut_words, split_pages
from bot.interview_buttons import BACK, EDIT, SUBMIT, TURN_PAGE, button_value
from flows.answers import Answer, Status, describe_answer, named_person
from flows.interview import REVIEW, Interview
from flows.objectives import describe
from flows.questions import Kind, Question

LOCK = ":lock:"

_TITLE = "*These are your answers.*"
_SAID = f"{_TITLE} Edit any, then press Submit."
_LEAD_WORDS = 12
_PAGE_WORDS = 4
_ROW_WORDS = 14
_ROOM = MOST_WORDS - count_words(_SAID) - _LEAD_WORDS - _PAGE_WORDS
# Where there is room for all of them, the rest of it is for what stands above the answers, and for the buttons below.
_ROWS_AT_HOME = 40
_CHARACTERS_AT_HOME = MESSAGE_CHARACTERS - 3000

Row = tuple[str, str]
"""A goal or an answer in a line, and what its Edit button names."""


def draw_review(
    interview_id: int, interview: Interview, lead: str = "", page: int = 0, *, title_only: bool = False
) -> Words:
    """One page of the answers. They can be submitted from each.

    Args:
        interview_id: Whose interview.
        interview: Where it stands.
        lead: A short remark on what was done just now.
        page: Which page, from 0; the last one if there are fewer.
        title_only: Whether something else above says what to do.
    """
    pages = _list_pages(interview)
    page = min(page, len(pages) - 1)
    remark = quote(cut_sentences(lead, _LEAD_WORDS), 500)
    blocks = [section(remark)] if remark else []
    blocks.append(section(_TITLE if title_only else _SAID))
    blocks += [_draw_row(interview_id, interview, row) for row in pages[page]]
    if len(pages) > 1:
        blocks.append(context(f"Page {page + 1} of {len(pages)}"))
    blocks.append(_draw_buttons(interview_id, interview, page, len(pages)))
    return words(f"{remark} {_SAID}".strip(), blocks)


def draw_review_at_home(interview_id: int, interview: Interview) -> Words:
    """All answers at once, where there is room for them."""
    rows = [_draw_row(interview_id, interview, row) for row in _list_answers(interview)]
    shown = fitting(rows[:_ROWS_AT_HOME], _CHARACTERS_AT_HOME)
    blocks = [section(_SAID), *shown]
    if len(rows) > len(shown):
        blocks.append(context(f"{len(rows) - len(shown)} more are not shown. Press Back to reach them."))
    blocks.append(_draw_buttons(interview_id, interview, 0, 1))
    return words(_SAID, blocks)


def find_page(before: Interview, after: Interview) -> int:
    """The page to show after a turn: that of the answer which was changed, or else the first.

    Whoever has answered their last question for the first time begins with the first page, too.
    """
    if after.step != REVIEW:
        return 0
    pages = _list_pages(after)
    changed = _find_changed(before, after)
    is_last = any(changed == target for _, target in pages[-1][-1:])
    if is_last and before.step not in {REVIEW, *before.answers}:
        return 0
    return next((place for place, page in enumerate(pages) if changed in {target for _, target in page}), 0)


def _find_changed(before: Interview, after: Interview) -> str:
    """What the Edit button of the answer names that was changed in this turn."""
    if before.pending and before.pending[0].replaces is not None:
        return _name_goal(before.question_set.goal, before.pending[0].replaces)
    if before.step != REVIEW:
        return before.step
    old = {target: text for text, target in _list_answers(before)}
    return next((target for text, target in _list_answers(after) if old.get(target, text) != text), "")


def _list_pages(interview: Interview) -> list[list[Row]]:
    return split_pages(_list_answers(interview), lambda row: count_words(row[0]), _ROOM)


def _draw_row(interview_id: int, interview: Interview, row: Row) -> Block:
    text, target = row
    return section_with_button(text, Button("Edit", EDIT, button_value(interview_id, interview.turn, target)))


def _draw_buttons(interview_id: int, interview: Interview, page: int, pages: int) -> Block:
    def value(carried: str = "") -> str:
        return button_value(interview_id, interview.turn, carried)

    buttons = [Button("Submit", SUBMIT, value(), primary=True), Button("Back", BACK, value())]
    if page > 0:
        buttons.append(Button("Previous page", TURN_PAGE, value(str(page - 1))))
    if page < pages - 1:
        buttons.append(Button("Next page", TURN_PAGE, value(str(page + 1))))
    return actions(buttons)


def draw_submitted(interview: Interview) -> Words:
    """What is left of a review once it was submitted; each answer stands beside its question above."""
    count = len(_list_answers(interview))
    said = f":white_check_mark: *Submitted:* {count} {'answer' if count == 1 else 'answers'}."
    return words(said)


def _list_answers(interview: Interview) -> list[Row]:
    lock = f"{LOCK} " if interview.keeps_goals_confidential else ""
    goals = [
        (f"{lock}*Goal:* {quote(cut_words(describe(goal), _ROW_WORDS), 400)}", _name_goal(question, place))
        for question in interview.questions
        if question.kind is Kind.OBJECTIVE
        for place, goal in enumerate(interview.objectives)
    ]
    others = [
        (_say_answer(interview, question, answer), question.id)
        for question in interview.main_questions
        if (answer := interview.answers.get(question.id))
        and not (question.kind is Kind.OBJECTIVE and interview.objectives)
    ]
    return [*goals, *others]


def _say_answer(interview: Interview, question: Question, answer: Answer) -> str:
    lock = f"{LOCK} " if question.id in interview.confidential else ""
    return f"{lock}*{quote(question.label, 40)}:* {show_answer(question, answer, most_words=_ROW_WORDS)}"


def show_answer(question: Question, answer: Answer, *, most_words: int) -> str:
    """An answer in plain words, cut and escaped; a person in it is mentioned."""
    person = named_person(question, answer)
    if person:
        return f"asked {mention(person)}" if answer.status is Status.HANDED else mention(person)
    return quote(cut_words(describe_answer(question, answer), most_words), 150)


def _name_goal(question: Question, place: int) -> str:
    return f"{question.id}#{place}"


def read_edit_target(value: str) -> tuple[str, int | None]:
    """The question that an Edit button names, and the place of a kept goal."""
    question, _, place = value.partition("#")
    return question, int(place) if place else None

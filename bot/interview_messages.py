"""How an interview looks in Slack: its opening, its turns, and the answers shown before they are submitted."""

from math import ceil

from bot.blocks import (
    MESSAGE_CHARACTERS,
    Block,
    Button,
    Choice,
    Menu,
    Words,
    actions,
    context,
    fitting,
    mention,
    quote,
    section,
    section_with_button,
    select,
    words,
)
from bot.slack_api import is_direct
from flows.answers import Answer, Status, describe_answer, named_person
from flows.interview import DONE, REVIEW, Ask, Finished, Interview, Remark, Review, ShowReading, Turn
from flows.interview_course import what_waits
from flows.kickoffs import Kickoff, Participant
from flows.objectives import describe
from flows.questions import ABOUT_GOALS, NO, NO_MORE_OBJECTIVES, SEPARATE_GOAL, YES, Kind, Question
from flows.roles import ROLE_NAMES

CHOOSE = "interview.choose"
UNKNOWN = "interview.unknown"
SKIP = "interview.skip"
BACK = "interview.back"
CONFIRM = "interview.confirm"
CHANGE = "interview.change"
REJECT = "interview.reject"
FORM = "interview.form"
WHY = "interview.why"
MORE = "interview.more"
EDIT = "interview.edit"
SUBMIT = "interview.submit"
IN_PRIVATE = "interview.in_private"

ASK_SOMEBODY = "ask"
BETWEEN_US = "between_us"
NOT_BETWEEN_US = "not_between_us"

_QUESTIONS_A_MINUTE = 2
_PROBLEM = 200
_ROWS_SHOWN = 40
# The rest of a message is for what stands above the answers, and for the buttons below.
_ROOM = MESSAGE_CHARACTERS - 3000
_BUTTONS_AT_MOST = 5
_FORM_LABELS = {Kind.DATE: "Pick a date", Kind.PERSON: "Pick a person", Kind.CHOICES: "Choose"}
_LOCK = ":lock:"


def button_value(interview_id: int, turn: int, value: str = "") -> str:
    """What a button of a turn carries."""
    return f"{interview_id}:{turn}:{value}"


def read_button_value(carried: str) -> tuple[int, int, str]:
    """Interview, turn and value of a button."""
    interview_id, turn, value = carried.split(":", 2)
    return int(interview_id), int(turn), value


def minutes_for(questions: int) -> int:
    """About how long so many questions take."""
    return ceil(questions / _QUESTIONS_A_MINUTE)


def draw_opening(kickoff: Kickoff, participant: Participant, due: str = "") -> Words:
    """The message under which an interview is held: who asks, about what, how long it takes, who sees the answers.

    Args:
        kickoff: What it is about.
        participant: Who is asked.
        due: The last day for answers, in words.
    """
    asked = _say_who_asks(kickoff, participant)
    total = participant.interview.progress[1]
    minutes = minutes_for(total)
    questions = "1 short question" if total == 1 else f"{total} short questions"
    by = f" Please answer by {due}." if due else ""
    effort = f"{questions}, about {minutes} {'minute' if minutes == 1 else 'minutes'}. “I don't know” is fine.{by}"
    channel = f"<#{kickoff.channel}>"
    if participant.channel == kickoff.channel:
        seen = f"Everyone in {channel} can read this thread."
    else:
        seen = f"{channel} sees your goals with your name, and your other answers without it."
    blocks = [section(asked), section(effort), context(seen)]
    if kickoff.problem:
        blocks.insert(1, section(f"*The problem:* {quote(kickoff.problem, _PROBLEM)}"))
    if participant.channel == kickoff.channel and not is_direct(kickoff.channel):
        value = button_value(participant.interview_id, 0)
        blocks.append(actions([Button("Answer in private instead", IN_PRIVATE, value)]))
    return words(f"{asked} {effort} {seen}", blocks)


def draw_moved(kickoff: Kickoff, participant: Participant) -> Words:
    """What is left of an opening in the channel, once the interview goes on in private."""
    return words(f"{mention(participant.person)} answers on *{quote(kickoff.name, 150)}* in private.")


def _say_who_asks(kickoff: Kickoff, participant: Participant) -> str:
    who, project = mention(participant.person), f"*{quote(kickoff.name, 150)}*"
    if not participant.interview.roles:
        by = participant.interview.handed[0].by if participant.interview.handed else kickoff.starter
        return f"{who}, {mention(by)} thinks that you can help with {project}."
    asks = "please give" if participant.person == kickoff.starter else f"{mention(kickoff.starter)} would like"
    return f"{who}, {asks} your view as {name_roles(participant)} on {project}."


def name_roles(participant: Participant) -> str:
    """What a stakeholder answers for, in words."""
    if not participant.interview.roles:
        return "somebody who knows"
    *others, last = (ROLE_NAMES[role] for role in participant.interview.roles)
    return f"{', '.join(others)} and {last}" if others else last


def draw_say(interview_id: int, turn: Turn, project: str, outlook: str = "", notice: str = "") -> Words:
    """The message that answers what the stakeholder did.

    Args:
        interview_id: Whose interview.
        turn: What they did led to.
        project: The project's name, which a question may speak of.
        outlook: What becomes of the results, once the answers are in.
        notice: A line in mrkdwn above it all.
    """
    said = _draw_say(interview_id, turn, project, outlook)
    return words(f"{notice} {said.text}", [section(notice), *said.blocks]) if notice else said


def draw_waiting(interview_id: int, interview: Interview, project: str) -> Words:
    """What an interview waits for, anywhere else than in its thread: the buttons are those of the message there."""
    return draw_say(interview_id, Turn(interview, what_waits(interview)), project)


def _draw_say(interview_id: int, turn: Turn, project: str, outlook: str) -> Words:
    at = turn.interview.turn
    match turn.say:
        case Ask() as ask:
            return _draw_ask(interview_id, turn.interview, ask, project)
        case ShowReading() as reading:
            return _draw_reading(interview_id, turn.interview, reading)
        case Review(lead):
            return _draw_review(interview_id, turn.interview, lead)
        case Finished():
            return _draw_finished(interview_id, at, outlook)
        case Remark(text):
            return words(f"{quote(text, 1000)} {outlook}".strip())


def _draw_ask(interview_id: int, interview: Interview, ask: Ask, project: str) -> Words:
    question, turn = ask.question, interview.turn
    wording = quote(question.worded(project), 1000)
    blocks: list[Block] = [section(quote(ask.lead, 1000))] if ask.lead else []
    blocks.append(section(f"*{wording}*"))
    if question.kind is Kind.CHOICES:
        blocks.append(section("\n".join(f"{n}. {quote(one.label, 75)}" for n, one in enumerate(question.options, 1))))
    blocks.append(context(_say_where_it_stands(interview, ask)))
    if question.kind is Kind.CHOICE and len(question.options) > _BUTTONS_AT_MOST:
        choices = [Choice(one.label, button_value(interview_id, turn, one.value)) for one in question.options]
        blocks.append(select(CHOOSE, "Choose", choices))
        buttons = _always(interview_id, turn)
    else:
        buttons = [*_answers(interview_id, turn, question), *_always(interview_id, turn)]
    blocks.append(actions(buttons, _draw_menu(interview_id, interview, question)))
    return words(f"{quote(ask.lead, 1000)} {wording}".strip(), blocks)


def _say_where_it_stands(interview: Interview, ask: Ask) -> str:
    question = ask.question
    said = ["One more" if question.kind is Kind.MORE_OBJECTIVES else f"Question {ask.number} of {ask.total}"]
    if question.example and question.kind not in {Kind.DATE, Kind.MORE_OBJECTIVES}:
        said.append(f"for example: {quote(question.example, 100)}")
    by = interview.handed_by(question.id)
    if by:
        said.append(f"{mention(by)} thinks that you may know")
    if _is_confidential(interview, question):
        said.append(f"{_LOCK} stays between us")
    return " · ".join(said)


def _is_confidential(interview: Interview, question: Question) -> bool:
    if question.kind in ABOUT_GOALS:
        return interview.keeps_goals_confidential
    return question.id in interview.confidential


def _answers(interview_id: int, turn: int, question: Question) -> list[Button]:
    """The buttons that answer a question, or that open a form for its answer."""
    match question.kind:
        case Kind.CHOICE | Kind.SCALE:
            offered = [(option.label, option.value) for option in question.options]
        case Kind.YES_NO:
            offered = [("Yes", YES), ("No", NO)]
        case Kind.MORE_OBJECTIVES:
            offered = [("That's all", NO_MORE_OBJECTIVES)]
        case _:
            offered = []
    buttons = [Button(label, CHOOSE, button_value(interview_id, turn, value)) for label, value in offered]
    if question.kind in ABOUT_GOALS:
        return [*buttons, Button("Fill in a form", CHANGE, button_value(interview_id, turn))]
    if not buttons:
        label = _FORM_LABELS.get(question.kind, "Fill in a form")
        buttons = [Button(label, FORM, button_value(interview_id, turn, question.id))]
    return buttons


def _always(interview_id: int, turn: int) -> list[Button]:
    value = button_value(interview_id, turn)
    return [
        Button("I don't know", UNKNOWN, value),
        Button("Skip", SKIP, value),
        Button("Back", BACK, value),
        Button("Why?", WHY, value),
    ]


def _draw_menu(interview_id: int, interview: Interview, question: Question) -> Menu:
    def choice(label: str, what: str) -> Choice:
        return Choice(label, button_value(interview_id, interview.turn, what))

    kept = _is_confidential(interview, question)
    privacy = (
        choice("Do not keep it between us", NOT_BETWEEN_US) if kept else choice("Keep this between us", BETWEEN_US)
    )
    if question.kind in ABOUT_GOALS:
        return Menu(MORE, (privacy,))
    return Menu(MORE, (choice("Ask someone else", ASK_SOMEBODY), privacy))


def _draw_reading(interview_id: int, interview: Interview, shown: ShowReading) -> Words:
    turn = interview.turn
    value = button_value(interview_id, turn)
    doubts = [doubt.sentence for doubt in shown.reading.doubts]
    sentence = quote(shown.sentence, 1000)
    blocks: list[Block] = [section(quote(shown.lead, 1000))] if shown.lead else []
    blocks.append(section(f"_{sentence}_"))
    if doubts:
        blocks.append(section("\n".join(f":grey_question: {quote(doubt, 300)}" for doubt in doubts[:8])))
        buttons = [Button("Change it", CHANGE, value, primary=True)]
    else:
        buttons = [Button("Yes, that's right", CONFIRM, value, primary=True), Button("Change it", CHANGE, value)]
    if shown.replaces and not shown.is_kept:
        buttons.append(Button("Keep both", CHOOSE, button_value(interview_id, turn, SEPARATE_GOAL)))
    buttons.append(Button("Not a goal", REJECT, value))
    question = interview.question
    menu = _draw_menu(interview_id, interview, question) if question else None
    hint = f"{_LOCK} Your goals stay between us. " if interview.keeps_goals_confidential else ""
    blocks.append(context(f"{hint}{_what_can_be_done(shown)}"))
    blocks.append(actions([*buttons, *_always(interview_id, turn)], menu))
    return words(f"{quote(shown.lead, 1000)} {sentence}".strip(), blocks)


def _what_can_be_done(shown: ShowReading) -> str:
    if shown.reading.doubts:
        return "Please check it with Change it, or write it again in other words."
    if shown.is_kept:
        return "It stays as it is, unless you change it, write it anew, or remove it with Not a goal."
    if shown.replaces:
        return "Nothing changes before you say so. If these are two goals, press Keep both."
    return "Nothing is kept before you say so. You can also write it again in other words."


def _draw_review(interview_id: int, interview: Interview, lead: str) -> Words:
    turn = interview.turn
    said = "These are your answers. Change what you like, then press Submit."

    def row(text: str, target: str) -> Block:
        return section_with_button(text, Button("Edit", EDIT, button_value(interview_id, turn, target)))

    blocks = [section(quote(lead, 500))] if lead else []
    blocks.append(section(f"*{said}*"))
    rows = [row(text, target) for text, target in _list_answers(interview)]
    shown = fitting(rows[:_ROWS_SHOWN], _ROOM)
    blocks += shown
    if len(rows) > len(shown):
        blocks.append(context(f"{len(rows) - len(shown)} more are not shown. Press Back to reach them."))
    submit = Button("Submit", SUBMIT, button_value(interview_id, turn), primary=True)
    blocks.append(actions([submit, Button("Back", BACK, button_value(interview_id, turn))]))
    return words(f"{quote(lead, 500)} {said}".strip(), blocks)


def _list_answers(interview: Interview) -> list[tuple[str, str]]:
    """Each goal and each answer in a line, with what its Edit button names."""
    lock = f"{_LOCK} " if interview.keeps_goals_confidential else ""
    goals = [
        (f"{lock}*Goal:* {quote(describe(goal), 400)}", f"{question.id}#{place}")
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
    lock = f"{_LOCK} " if question.id in interview.confidential else ""
    return f"{lock}*{quote(question.label, 40)}:* {show_answer(question, answer)}"


def show_answer(question: Question, answer: Answer, *, limit: int = 150) -> str:
    """An answer in plain words, escaped; a person in it is mentioned."""
    person = named_person(question, answer)
    if person:
        return f"asked {mention(person)}" if answer.status is Status.HANDED else mention(person)
    return quote(describe_answer(question, answer), limit)


def read_edit_target(value: str) -> tuple[str, int | None]:
    """The question that an Edit button names, and the place of a kept goal."""
    question, _, place = value.partition("#")
    return question, int(place) if place else None


def _draw_finished(interview_id: int, turn: int, outlook: str) -> Words:
    thanks = f"Thank you, your answers are in. {outlook}".strip()
    change = Button("Change an answer", BACK, button_value(interview_id, turn))
    return words(thanks, [section(thanks), actions([change])])


def draw_closed(before: Interview, after: Interview, project: str) -> Words:
    """What becomes of a turn's message once it was answered: no buttons, and the answer beside the question."""
    if before.pending:
        text = _say_what_became_of_reading(before, after)
        return words(text, [section(text)])
    if before.step == DONE:
        return words("Reopened.", [section("_Reopened._")])
    if before.step == REVIEW:
        return _close_review(after)
    question = before.question
    if question is None:
        return words("Passed over.", [section("_Passed over._")])
    asked = f"*{quote(question.worded(project), 1000)}*"
    answer = after.answers.get(question.id)
    if answer is None or answer == before.answers.get(question.id) or question.kind in ABOUT_GOALS:
        return words(asked, [section(asked)])
    sign = ":white_check_mark:" if answer.status is Status.GIVEN else ":heavy_minus_sign:"
    answered = f"{asked}\n{sign} {show_answer(question, answer, limit=300)}"
    return words(answered, [section(answered)])


def _close_review(after: Interview) -> Words:
    if after.step != DONE:
        return words("Reopened.", [section("_Your answers are shown again below._")])
    listed = [section(f"• {text}") for text, _ in _list_answers(after)]
    return words("Your answers", [section(":white_check_mark: *Submitted*"), *listed])


def _say_what_became_of_reading(before: Interview, after: Interview) -> str:
    objective = before.pending[0].reading.objective
    sentence = quote(describe(objective), 400) if objective else ""
    if before.pending[:1] == after.pending[:1]:
        return f"_{sentence}_ Shown again below."
    changed = [describe(one) for one in after.objectives if one not in before.objectives]
    if objective in after.objectives:
        return f":white_check_mark: Kept: {sentence}"
    if changed:
        return f":white_check_mark: Changed to: {quote(changed[0], 400)}"
    return f":heavy_minus_sign: {'Removed' if before.shows_kept_goal else 'Not kept'}: {sentence}"

"""How an interview looks in Slack: its opening, its turns, and the answers shown before they are submitted."""

from collections.abc import Sequence
from math import ceil

from bot.blocks import (
    Block,
    Button,
    Choice,
    Menu,
    Words,
    actions,
    context,
    mention,
    quote,
    section,
    select,
    words,
)
from bot.brevity import MOST_WORDS, count_words, cut_sentences, cut_words, room_beside, split_pages
from bot.interview_buttons import (
    ASK_SOMEBODY,
    BACK,
    BETWEEN_US,
    CHANGE,
    CHOOSE,
    CONFIRM,
    FORM,
    IN_PRIVATE,
    MORE,
    NOT_BETWEEN_US,
    REJECT,
    SKIP,
    UNKNOWN,
    WHY,
    button_value,
)
from bot.projects import name_project
from bot.review import LOCK, draw_review, draw_review_at_home, draw_submitted, show_answer
from bot.slack_api import is_direct
from flows.answers import Status
from flows.doubts import Doubt
from flows.interview import DONE, REVIEW, Ask, Finished, Interview, Remark, Review, ShowReading, Turn
from flows.interview_course import what_waits
from flows.kickoffs import Kickoff, Participant
from flows.objectives import describe
from flows.questions import ABOUT_GOALS, NO, NO_MORE_OBJECTIVES, SEPARATE_GOAL, YES, Kind, Question
from flows.roles import ROLE_NAMES

_QUESTIONS_A_MINUTE = 2
_PROBLEM_WORDS = 20
_LEAST_OF_PROBLEM = 5
_QUESTION_WORDS = 40
_GOAL_WORDS = 24
_TWO_GOALS_WORDS = 38
_DOUBT_WORDS = 16
_MORE_WORDS = 3
_ANSWER_WORDS = 16
_ROLES_NAMED = 3
_BUTTONS_AT_MOST = 5
_FORM_LABELS = {Kind.DATE: "Pick a date", Kind.PERSON: "Pick a person", Kind.CHOICES: "Choose"}


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
    title = "*The problem:*"
    room = min(room_beside(*blocks, title), _PROBLEM_WORDS)
    if kickoff.problem and room >= _LEAST_OF_PROBLEM:
        blocks.insert(1, section(f"{title} {quote(cut_words(kickoff.problem, room))}"))
    if participant.channel == kickoff.channel and not is_direct(kickoff.channel):
        value = button_value(participant.interview_id, 0)
        blocks.append(actions([Button("Answer in private instead", IN_PRIVATE, value)]))
    return words(f"{asked} {effort} {seen}", blocks)


def draw_moved(kickoff: Kickoff, participant: Participant) -> Words:
    """What is left of an opening in the channel, once the interview goes on in private."""
    return words(f"{mention(participant.person)} answers on {name_project(kickoff)} in private.")


def _say_who_asks(kickoff: Kickoff, participant: Participant) -> str:
    who, project = mention(participant.person), name_project(kickoff)
    if not participant.interview.roles:
        by = participant.interview.handed[0].by if participant.interview.handed else kickoff.starter
        return f"{who}, {mention(by)} thinks that you can help with {project}."
    asks = "please give" if participant.person == kickoff.starter else f"{mention(kickoff.starter)} would like"
    return f"{who}, {asks} your view as {name_roles(participant)} on {project}."


def name_roles(participant: Participant) -> str:
    """What a stakeholder answers for, in words."""
    if not participant.interview.roles:
        return "somebody who knows"
    names = [ROLE_NAMES[role] for role in participant.interview.roles]
    if len(names) > _ROLES_NAMED:
        names = [*names[: _ROLES_NAMED - 1], f"{len(names) - _ROLES_NAMED + 1} more"]
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def draw_say(
    interview_id: int, turn: Turn, project: str, outlook: str = "", notice: str = "", *, page: int = 0
) -> Words:
    """The message that answers what the stakeholder did.

    Args:
        interview_id: Whose interview.
        turn: What they did led to.
        project: The project's name, which a question may speak of.
        outlook: What becomes of the results, once the answers are in.
        notice: A line in mrkdwn above it all.
        page: Which page of the answers, where these are shown.
    """
    top = [section(notice)] if notice else []
    said = _draw_say(interview_id, turn, project, outlook, room_beside(*top), page)
    return words(f"{notice} {said.text}", [*top, *said.blocks]) if notice else said


def draw_waiting(interview_id: int, interview: Interview, project: str) -> Words:
    """What an interview waits for, on the Home tab: the buttons are those of the message in its thread."""
    said = what_waits(interview)
    if isinstance(said, Review):
        return draw_review_at_home(interview_id, interview)
    return draw_say(interview_id, Turn(interview, said), project)


def _draw_say(interview_id: int, turn: Turn, project: str, outlook: str, room: int, page: int) -> Words:
    match turn.say:
        case Ask() as ask:
            return _draw_ask(interview_id, turn.interview, ask, project, room)
        case ShowReading() as reading:
            return _draw_reading(interview_id, turn.interview, reading, room)
        case Review(lead):
            return draw_review(interview_id, turn.interview, lead, page, title_only=room < MOST_WORDS)
        case Finished():
            return _draw_finished(interview_id, turn.interview.turn, outlook)
        case Remark(text):
            return words(f"{quote(cut_words(text, room - count_words(outlook)), 1000)} {outlook}".strip())


def _draw_ask(interview_id: int, interview: Interview, ask: Ask, project: str, room: int) -> Words:
    question, turn = ask.question, interview.turn
    wording = quote(cut_words(question.worded(project), _QUESTION_WORDS), 1000)
    asked = [section(f"*{wording}*"), *_list_options(question), context(_say_where_it_stands(interview, ask))]
    if count_words(*asked) > room - count_words(ask.lead):
        asked[-1] = context(_say_where_it_stands(interview, ask, example=False))
    if count_words(*asked) > room:
        # The options stand in the form, too.
        asked = [asked[0], asked[-1]]
    lead = quote(cut_sentences(ask.lead, room - count_words(*asked)), 1000)
    blocks: list[Block] = [section(lead), *asked] if lead else asked
    if question.kind is Kind.CHOICE and len(question.options) > _BUTTONS_AT_MOST:
        choices = [Choice(one.label, button_value(interview_id, turn, one.value)) for one in question.options]
        blocks.append(select(CHOOSE, "Choose", choices))
        buttons = _always(interview_id, turn)
    else:
        buttons = [*_answers(interview_id, turn, question), *_always(interview_id, turn)]
    blocks.append(actions(buttons, _draw_menu(interview_id, interview, question)))
    return words(f"{lead} {wording}".strip(), blocks)


def _list_options(question: Question) -> list[Block]:
    """The options of which several can be chosen, for which there are no buttons."""
    if question.kind is not Kind.CHOICES:
        return []
    return [section("\n".join(f"{n}. {quote(one.label, 75)}" for n, one in enumerate(question.options, 1)))]


def _say_where_it_stands(interview: Interview, ask: Ask, *, example: bool = True) -> str:
    question = ask.question
    said = ["One more" if question.kind is Kind.MORE_OBJECTIVES else f"Question {ask.number} of {ask.total}"]
    if example and question.example and question.kind not in {Kind.DATE, Kind.MORE_OBJECTIVES}:
        said.append(f"for example: {quote(question.example, 100)}")
    by = interview.handed_by(question.id)
    if by:
        said.append(f"{mention(by)} thinks that you may know")
    if _is_confidential(interview, question):
        said.append(f"{LOCK} stays between us")
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


def _draw_reading(interview_id: int, interview: Interview, shown: ShowReading, room: int) -> Words:
    turn = interview.turn
    value = button_value(interview_id, turn)
    # Whoever is to say yes to a change has to see what comes in place of what.
    changes = shown.replaces and not shown.is_kept and not shown.reading.doubts
    sentence = quote(cut_words(shown.sentence, _TWO_GOALS_WORDS if changes else _GOAL_WORDS), 1000)
    hint = f"{LOCK} Your goals stay between us. " if interview.keeps_goals_confidential else ""
    read = [section(f"_{sentence}_"), context(f"{hint}{_what_can_be_done(shown)}")]
    if shown.reading.doubts:
        read.insert(1, section(_list_doubts(shown.reading.doubts, room - count_words(*read))))
        buttons = [Button("Change it", CHANGE, value, primary=True)]
    else:
        buttons = [Button("Yes, that's right", CONFIRM, value, primary=True), Button("Change it", CHANGE, value)]
    if shown.replaces and not shown.is_kept:
        buttons.append(Button("Keep both", CHOOSE, button_value(interview_id, turn, SEPARATE_GOAL)))
    buttons.append(Button("Not a goal", REJECT, value))
    question = interview.question
    menu = _draw_menu(interview_id, interview, question) if question else None
    lead = quote(cut_sentences(shown.lead, room - count_words(*read)), 1000)
    blocks: list[Block] = [section(lead), *read] if lead else read
    blocks.append(actions([*buttons, *_always(interview_id, turn)], menu))
    return words(f"{lead} {sentence}".strip(), blocks)


def _list_doubts(doubts: Sequence[Doubt], room: int) -> str:
    """The doubts for which there is room, and how many more there are; the form shows all that was read."""
    most = min(room, _DOUBT_WORDS)
    pages = split_pages([quote(cut_words(one.sentence, most), 300) for one in doubts], count_words, room - _MORE_WORDS)
    lines = [f":grey_question: {doubt}" for doubt in pages[0]]
    left = len(doubts) - len(lines)
    return "\n".join([*lines, f"And {left} more."] if left else lines)


def _what_can_be_done(shown: ShowReading) -> str:
    if shown.reading.doubts:
        return "Please check it with Change it, or write it again in other words."
    if shown.is_kept:
        return "It stays as it is, unless you change it, write it anew, or remove it with Not a goal."
    if shown.replaces:
        return "Nothing changes before you say so. If these are two goals, press Keep both."
    return "Nothing is kept before you say so. You can also write it again in other words."


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
        return words("_Reopened._")
    if before.step == REVIEW:
        return draw_submitted(after) if after.step == DONE else words("_Your answers are shown again below._")
    question = before.question
    if question is None:
        return words("_Passed over._")
    asked = f"*{quote(cut_words(question.worded(project), _QUESTION_WORDS), 1000)}*"
    answer = after.answers.get(question.id)
    if answer is None or answer == before.answers.get(question.id) or question.kind in ABOUT_GOALS:
        return words(asked, [section(asked)])
    sign = ":white_check_mark:" if answer.status is Status.GIVEN else ":heavy_minus_sign:"
    answered = f"{asked}\n{sign} {show_answer(question, answer, most_words=_ANSWER_WORDS)}"
    return words(answered, [section(answered)])


def _say_what_became_of_reading(before: Interview, after: Interview) -> str:
    objective = before.pending[0].reading.objective
    sentence = quote(cut_words(describe(objective), _GOAL_WORDS), 400) if objective else ""
    if before.pending[:1] == after.pending[:1]:
        return f"_{sentence}_ Shown again below."
    changed = [describe(one) for one in after.objectives if one not in before.objectives]
    if objective in after.objectives:
        return f":white_check_mark: Kept: {sentence}"
    if changed:
        return f":white_check_mark: Changed to: {quote(cut_words(changed[0], _GOAL_WORDS), 400)}"
    return f":heavy_minus_sign: {'Removed' if before.shows_kept_goal else 'Not kept'}: {sentence}"

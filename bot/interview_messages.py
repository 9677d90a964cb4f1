"""How an interview's turns look in Slack."""

from bot.blocks import Block, Button, Words, actions, context, quote, section, words
from flows.answers import Status, describe_answer
from flows.interviews import Ask, Finished, Interview, Remark, ShowReading, Turn
from flows.objectives import describe
from flows.questions import Kind

CHOOSE = "interview.choose"
UNKNOWN = "interview.unknown"
SKIP = "interview.skip"
BACK = "interview.back"
CONFIRM = "interview.confirm"
CHANGE = "interview.change"
REJECT = "interview.reject"

_OBJECTIVES = {Kind.OBJECTIVE, Kind.MORE_OBJECTIVES}


def button_value(interview_id: int, turn: int, value: str = "") -> str:
    """What a button of a turn carries."""
    return f"{interview_id}:{turn}:{value}"


def read_button_value(carried: str) -> tuple[int, int, str]:
    """Interview, turn and value of a button."""
    interview_id, turn, value = carried.split(":", 2)
    return int(interview_id), int(turn), value


def draw_say(interview_id: int, turn: Turn) -> Words:
    """The message that answers what the stakeholder did."""
    at = turn.interview.turn
    match turn.say:
        case Ask() as ask:
            return _draw_ask(interview_id, at, ask)
        case ShowReading() as reading:
            return _draw_reading(interview_id, at, reading)
        case Finished(lead):
            return _draw_finished(interview_id, turn.interview, lead)
        case Remark(text):
            return words(quote(text, 1000))


def _draw_ask(interview_id: int, turn: int, ask: Ask) -> Words:
    question = ask.question
    counted = "One more" if question.kind is Kind.MORE_OBJECTIVES else f"Question {ask.number} of {ask.total}"
    buttons = [
        Button(option.label, CHOOSE, button_value(interview_id, turn, option.value)) for option in question.options
    ]
    if question.kind in _OBJECTIVES:
        buttons.append(Button("Fill in a form", CHANGE, button_value(interview_id, turn)))
    blocks: list[Block] = [section(quote(ask.lead, 1000))] if ask.lead else []
    blocks += [
        section(f"*{quote(question.wording, 1000)}*"),
        context(f"{counted} · {quote(question.why, 500)}"),
        actions([*buttons, *_always(interview_id, turn)]),
    ]
    return words(f"{quote(ask.lead, 1000)} {quote(question.wording, 1000)}".strip(), blocks)


def _always(interview_id: int, turn: int) -> list[Button]:
    value = button_value(interview_id, turn)
    return [Button("I don't know", UNKNOWN, value), Button("Skip", SKIP, value), Button("Back", BACK, value)]


def _draw_reading(interview_id: int, turn: int, shown: ShowReading) -> Words:
    value = button_value(interview_id, turn)
    doubts = [doubt.sentence for doubt in shown.reading.doubts]
    sentence = quote(shown.sentence, 1000)
    blocks: list[Block] = [section(quote(shown.lead, 1000))] if shown.lead else []
    blocks.append(section(f"_{sentence}_"))
    if doubts:
        blocks.append(section("\n".join(f":grey_question: {quote(doubt, 300)}" for doubt in doubts[:8])))
        blocks.append(context("Please check it with Change it, or write it again in other words."))
        buttons = [Button("Change it", CHANGE, value, primary=True)]
    else:
        blocks.append(context("Nothing is kept before you say so. You can also write it again in other words."))
        buttons = [Button("Yes, that's right", CONFIRM, value, primary=True), Button("Change it", CHANGE, value)]
    buttons.append(Button("Not a goal", REJECT, value))
    blocks.append(actions([*buttons, *_always(interview_id, turn)]))
    return words(f"{quote(shown.lead, 1000)} {sentence}".strip(), blocks)


def _draw_finished(interview_id: int, interview: Interview, lead: str) -> Words:
    goals = [f"• {quote(describe(objective), 400)}" for objective in interview.objectives]
    facts = [
        f"• {quote(question.wording, 150)} _{quote(describe_answer(question, answer), 150)}_"
        for question in interview.questions
        if question.kind not in _OBJECTIVES and (answer := interview.answers.get(question.id))
    ]
    thanks = "Thank you, that was all. When everyone is done, I set the goals side by side in the channel."
    blocks = [section(f"{quote(lead, 500)} {thanks}".strip())]
    if goals:
        blocks.append(section("*Your goals*\n" + "\n".join(goals)))
    if facts:
        blocks.append(section("*Your answers*\n" + "\n".join(facts)))
    blocks.append(actions([Button("Back", BACK, button_value(interview_id, interview.turn))]))
    return words(thanks, blocks)


def draw_closed(before: Interview, after: Interview) -> Words:
    """What becomes of a turn's message once it was answered: no buttons, and the answer beside the question."""
    if before.pending:
        objective = before.pending[0].reading.objective
        sentence = quote(describe(objective), 400) if objective else ""
        changed = [describe(one) for one in after.objectives if one not in before.objectives]
        if objective in after.objectives:
            text = f":white_check_mark: Kept: {sentence}"
        elif changed:
            text = f":white_check_mark: Changed to: {quote(changed[0], 400)}"
        else:
            text = f":heavy_minus_sign: Not kept: {sentence}"
        return words(text, [section(text)])
    question = before.question
    if question is None:
        return words("Reopened.", [section("_Reopened._")])
    asked = f"*{quote(question.wording, 1000)}*"
    answer = after.answers.get(question.id)
    if answer is None or answer == before.answers.get(question.id) or question.kind in _OBJECTIVES:
        return words(asked, [section(asked)])
    sign = ":white_check_mark:" if answer.status is Status.GIVEN else ":heavy_minus_sign:"
    answered = f"{asked}\n{sign} {quote(describe_answer(question, answer), 300)}"
    return words(answered, [section(answered)])

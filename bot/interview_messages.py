"""How an interview looks in Slack: its opening and its turns."""

from math import ceil

from bot.blocks import Block, Button, Words, actions, context, mention, quote, section, words
from flows.answers import Status, describe_answer
from flows.interviews import Ask, Finished, Interview, Remark, ShowReading, Turn
from flows.kickoffs import Kickoff, Participant
from flows.objectives import describe
from flows.questions import ROLE_NAMES, SEPARATE_GOAL, Kind

CHOOSE = "interview.choose"
UNKNOWN = "interview.unknown"
SKIP = "interview.skip"
BACK = "interview.back"
CONFIRM = "interview.confirm"
CHANGE = "interview.change"
REJECT = "interview.reject"

_OBJECTIVES = {Kind.OBJECTIVE, Kind.MORE_OBJECTIVES}
_QUESTIONS_A_MINUTE = 2
_PROBLEM = 200


def button_value(interview_id: int, turn: int, value: str = "") -> str:
    """What a button of a turn carries."""
    return f"{interview_id}:{turn}:{value}"


def read_button_value(carried: str) -> tuple[int, int, str]:
    """Interview, turn and value of a button."""
    interview_id, turn, value = carried.split(":", 2)
    return int(interview_id), int(turn), value


def draw_opening(kickoff: Kickoff, participant: Participant) -> Words:
    """The message under which an interview is held: who asks, about what, how long it takes, who sees the answers."""
    *others, last = (ROLE_NAMES[role] for role in participant.interview.roles)
    roles = f"{', '.join(others)} and {last}" if others else last
    own = participant.person == kickoff.starter
    who = "please give" if own else f"{mention(kickoff.starter)} would like"
    asked = f"{mention(participant.person)}, {who} your view as {roles} on *{quote(kickoff.name, 150)}*."
    total = participant.interview.progress[1]
    minutes = ceil(total / _QUESTIONS_A_MINUTE)
    effort = (
        f"{total} short questions, about {minutes} {'minute' if minutes == 1 else 'minutes'}, here in this thread. "
        "“I don't know” is always a fine answer."
    )
    channel = f"<#{kickoff.channel}>"
    if participant.channel == kickoff.channel:
        seen = f"Everyone in {channel} can read this thread. At the end I set all goals side by side there."
    else:
        seen = (
            f"At the end I show your goals in {channel}, with your name. "
            "Your other answers, sums included, go into the score, without your name."
        )
    blocks = [section(asked), section(effort), context(seen)]
    if kickoff.problem:
        blocks.insert(1, section(f"*The problem:* {quote(kickoff.problem, _PROBLEM)}"))
    return words(f"{asked} {effort} {seen}", blocks)


def draw_say(interview_id: int, turn: Turn, outlook: str = "") -> Words:
    """The message that answers what the stakeholder did; `outlook` is what becomes of the results, at the end."""
    at = turn.interview.turn
    match turn.say:
        case Ask() as ask:
            return _draw_ask(interview_id, at, ask)
        case ShowReading() as reading:
            return _draw_reading(interview_id, at, reading)
        case Finished(lead):
            return _draw_finished(interview_id, turn.interview, lead, outlook)
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
        buttons = [Button("Change it", CHANGE, value, primary=True)]
    else:
        buttons = [Button("Yes, that's right", CONFIRM, value, primary=True), Button("Change it", CHANGE, value)]
    if shown.replaces and not shown.is_kept:
        buttons.append(Button("Keep both", CHOOSE, button_value(interview_id, turn, SEPARATE_GOAL)))
    buttons.append(Button("Not a goal", REJECT, value))
    blocks += [context(_what_can_be_done(shown)), actions([*buttons, *_always(interview_id, turn)])]
    return words(f"{quote(shown.lead, 1000)} {sentence}".strip(), blocks)


def _what_can_be_done(shown: ShowReading) -> str:
    if shown.reading.doubts:
        return "Please check it with Change it, or write it again in other words."
    if shown.is_kept:
        return "It stays as it is, unless you change it, write it anew, or remove it with Not a goal."
    if shown.replaces:
        return "Nothing changes before you say so. If these are two goals, press Keep both."
    return "Nothing is kept before you say so. You can also write it again in other words."


def _draw_finished(interview_id: int, interview: Interview, lead: str, outlook: str) -> Words:
    goals = [f"• {quote(describe(objective), 400)}" for objective in interview.objectives]
    facts = [
        f"• {quote(question.wording, 150)} _{quote(describe_answer(question, answer), 150)}_"
        for question in interview.questions
        if question.kind not in _OBJECTIVES and (answer := interview.answers.get(question.id))
    ]
    thanks = f"Thank you, that was all. {outlook}".strip()
    blocks = [section(f"{quote(lead, 500)} {thanks}".strip())]
    if goals:
        blocks.append(section("*Your goals*\n" + "\n".join(goals)))
    if facts:
        blocks.append(section("*Your answers*\n" + "\n".join(facts)))
    blocks.append(context("Press Back to change an answer."))
    blocks.append(actions([Button("Back", BACK, button_value(interview_id, interview.turn))]))
    return words(thanks, blocks)


def draw_closed(before: Interview, after: Interview) -> Words:
    """What becomes of a turn's message once it was answered: no buttons, and the answer beside the question."""
    if before.pending:
        text = _say_what_became_of_reading(before, after)
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

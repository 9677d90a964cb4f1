"""What is said while people look back from failure, and what came of it (section 2.5; K54 to K60)."""

from collections.abc import Iterator, Sequence

from bot.blocks import Block, Button, Words, actions, header, mention, quote, section, words
from bot.brevity import count_words, cut_words, room_beside, split_pages
from bot.charts import bar_chart
from bot.projects import name_project
from flows.failure_reasons import NAMES, STORIES
from flows.kickoffs import Kickoff
from flows.premortem import FEWEST, LEVELS, Premortem, Risk
from flows.working_days import describe_day

OPEN = "premortem.open"
ANSWER = "premortem.answer"
CLOSE = "premortem.close"
ALL = "premortem.all"

LOOK_BACK = "Look back from failure"
"""What stands on the button that begins it."""

_NAME_WORDS = 6
_NAME = 150
_SHOWN = 3
_AND_MORE = 3
_CHART = "How much each had to do with it"
_BARS = "0 nothing, 4 main reason"


def round_value(kickoff: Kickoff, premortem: Premortem) -> str:
    """What the buttons of one look back carry."""
    return f"{kickoff.id}|{premortem.opened.key}"


def draw_round(kickoff: Kickoff, premortem: Premortem) -> Words:
    """The message in the channel while answers come in, and once they are in: how many, and not what they say."""
    title = f"{cut_words(kickoff.name, _NAME_WORDS)}: looking back from failure"
    blocks: list[Block] = [header(title)]
    if premortem.is_open:
        value = round_value(kickoff, premortem)
        story = "It is a year from now, and it failed. What went wrong? I ask each of you in private."
        buttons = [Button("Say what went wrong", ANSWER, value, primary=True), Button("End it now", CLOSE, value)]
        blocks += [section(f"{story} {_say_answers(premortem)}"), actions(buttons)]
    else:
        blocks.append(section(_say_answers(premortem)))
    return words(f"{quote(kickoff.name, _NAME)}: looking back from failure.", blocks)


def _say_answers(premortem: Premortem) -> str:
    answered, asked = len(premortem.answers), len(premortem.answers) + len(premortem.missing)
    if not premortem.is_open:
        return f"The look back is over: {answered} of {asked} answered."
    due = describe_day(premortem.opened.due, premortem.opened.at.date())
    return f"{answered} of {asked} have answered. Last day: {due}."


def draw_invitation(kickoff: Kickoff, premortem: Premortem, person: str) -> Words:
    """What one person is asked, in the place of their interview."""
    due = describe_day(premortem.opened.due, premortem.opened.at.date())
    text = (
        f"{mention(person)}, it is a year from now, and {name_project(kickoff)} failed. What went wrong? "
        f"It takes two minutes. Nobody learns who said what. Last day: {due}."
    )
    return words(text, [section(text), actions([_answer_button(kickoff, premortem)])])


def draw_reminder(kickoff: Kickoff, premortem: Premortem) -> Words:
    """The same on the last day."""
    text = f"Today is the last day to say what could make {name_project(kickoff)} fail. It takes two minutes."
    return words(text, [section(text), actions([_answer_button(kickoff, premortem)])])


def _answer_button(kickoff: Kickoff, premortem: Premortem) -> Button:
    return Button("Say what went wrong", ANSWER, round_value(kickoff, premortem), primary=True)


def draw_result(kickoff: Kickoff, premortem: Premortem, risks: Sequence[Risk]) -> Words:
    """What came of it: a bar for each reason, the highest risks in words, and a button for the rest."""
    title = header(f"{cut_words(kickoff.name, _NAME_WORDS)}: why it could fail")
    few = [] if premortem.is_shown else [section(say_too_few(premortem))]
    high = [_say_high(risk) for risk in risks if risk.is_high]
    shown = split_pages(high, count_words, room_beside(title, *few) - _AND_MORE)[0][:_SHOWN]
    if len(high) > len(shown):
        shown.append(f"And {len(high) - len(shown)} more.")
    blocks = [
        title,
        *few,
        *_draw_bars(risks),
        section("\n".join(shown) or "Nothing stands out."),
        actions([Button("See all", ALL, str(kickoff.id), primary=True)]),
    ]
    return words(f"{quote(kickoff.name, _NAME)}: why it could fail.", blocks)


def _say_high(risk: Risk) -> str:
    rated = f": {LEVELS[round(risk.rated.median)]}" if risk.rated else ""
    return f":red_circle: {STORIES[risk.reason]}{rated}"


def _draw_bars(risks: Sequence[Risk]) -> Iterator[Block]:
    rated = [(NAMES[risk.reason], risk.rated.median) for risk in risks if risk.rated]
    if rated:
        rated.sort(key=lambda one: -one[1])
        yield bar_chart(_CHART, [name for name, _ in rated], {_BARS: [median for _, median in rated]})


def say_too_few(premortem: Premortem) -> str:
    """Why nothing of the answers is shown."""
    answered = len(premortem.answers)
    if not answered:
        return "Nobody answered, so this is what the interviews show."
    return (
        f"{answered} answered. Of fewer than {FEWEST} I show nothing, as you could tell whose it is. "
        "This is what the interviews show."
    )

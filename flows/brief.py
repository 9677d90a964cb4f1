"""The brief for executives: half a page in plain words, from the same answers as the charter (section 2.5.2; K55).

What to expect by when and how surely, what it costs, what is asked of them, and what could stop it. No technical words,
short sentences, and never more than `MOST_WORDS` words, whatever people have written.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flows.balance import Option, Share
from flows.card_risks import high_risks
from flows.failure_reasons import STORIES
from flows.kickoffs import Kickoff
from flows.objectives import format_number
from flows.own_numbers import say_gain
from flows.premortem import Premortem
from flows.questions import Question
from flows.roles import Role
from flows.scoring.budget import TOO_WIDE
from flows.scoring.heard import hear
from flows.scoring.project_score import score_project
from flows.scoring.scales import Scale
from flows.shown import Shown, join_sentences, name_people
from flows.wishes import say_metric, say_wish

MOST_WORDS = 180

_LEADERS = (Role.EXECUTIVE_SPONSOR, Role.PRODUCT_OWNER, Role.FINANCE)
_MOST_ASKED = 3
_MOST_GIVING = 2
_NOTICED = 0.05
"""Percent: what shows once it is rounded."""
_LONGEST_WORD = 30


@dataclass(frozen=True)
class Paragraph:
    """A few sentences under a title; a person is `<@U123>`, all else is plain text."""

    title: str
    text: str


@dataclass(frozen=True)
class Brief:
    """Half a page for an executive."""

    title: str
    paragraphs: tuple[Paragraph, ...]

    @property
    def word_count(self) -> int:
        """How many words it has, titles included."""
        said = (self.title, *(f"{one.title} {one.text}" for one in self.paragraphs))
        return sum(len(words.split()) for words in said)


def write_brief(kickoff: Kickoff, option: Option | None, premortem: Premortem | None = None) -> Brief:
    """Write the brief.

    Args:
        kickoff: The project with its answers.
        option: The balance that was settled; None as long as none is.
        premortem: The newest look back from failure; None where there was none.
    """
    shown = Shown(kickoff)
    return Brief(
        title=_few(kickoff.name, 5) or "…",
        paragraphs=(
            Paragraph("What it is for", _purpose(shown, option)),
            Paragraph("What to expect, and when", _expectation(shown)),
            Paragraph("What it costs", _cost(shown)),
            Paragraph("What we ask of you", _requests(shown, option)),
            Paragraph("What could stop it", _dangers(shown, premortem)),
        ),
    )


def _purpose(shown: Shown, option: Option | None) -> str:
    problem = _few(shown.kickoff.problem, 9)
    return join_sentences((f"It should help with this: {problem}" if problem else "", *_aim(shown, option)))


def _aim(shown: Shown, option: Option | None) -> tuple[str, ...]:
    if option is None:
        return ("The main goal is not agreed yet",)
    if option.leading not in shown.stakes:
        return ("Its main goal is not public",)
    goal = option.leading.objective
    aim = f"We want {_few(say_wish(goal), 11)}"
    share = next((one for one in option.shares if one.stake == option.leading), None)
    expected = f"We expect about {say_gain(goal, share.gets)}" if share and share.gets is not None else ""
    return aim, expected, *_who_gives_way(shown, option)


def _who_gives_way(shown: Shown, option: Option) -> Iterator[str]:
    """The goals that get less than they ask for, what is given up most first."""
    short = [one for one in option.shares if one.stake in shown.stakes and _gives_way(one, option)]
    short.sort(key=lambda one: (one.stake not in option.later, one.part or 0.0))
    for share in short[:_MOST_GIVING]:
        goal = share.stake.objective
        metric = _few(say_metric(goal), 4)
        if share.stake in option.later:
            yield f"{metric} waits for what a pilot shows"
        else:
            yield f"{metric} gets {say_gain(goal, share.gets or 0.0)}, not {say_gain(goal, share.wanted or 0.0)}"
    if len(short) > _MOST_GIVING:
        more = len(short) - _MOST_GIVING
        yield f"{more} more {'gives' if more == 1 else 'give'} way"


def _gives_way(share: Share, option: Option) -> bool:
    is_short = share.gives_up is not None and share.gives_up >= _NOTICED
    return share.stake != option.leading and (is_short or share.stake in option.later)


def _expectation(shown: Shown) -> str:
    months, sure = shown.says("expected_months"), shown.says("sureness").rpartition(": ")[2]
    hoped = f"A first result is hoped for in {_few(months, 3)}" if months else ""
    sureness = f"How sure: {_few(sure, 4)}" if sure else ""
    open_still = f"{name_people(_first(shown.waits_for('expected_months')))} has yet to say when to expect a result"
    jumps = "Nobody can promise a date, as it moves fast at first and then slowly"
    return join_sentences((hoped or open_still, sureness, jumps))


def _cost(shown: Shown) -> str:
    budget, running = shown.says("budget"), shown.says("serve_budget")
    whole = f"At most {_few(budget, 2)} in all" if budget else ""
    monthly = f"{_few(running, 2)} a month to run it" if running else ""
    open_still = f"{name_people(_first(shown.waits_for('budget')))} has yet to say what it may cost"
    return join_sentences((whole or open_still, monthly, _size(score_project(hear(shown.kickoff)).cost)))


def _size(cost: Scale) -> str:
    if cost.p90 - cost.p10 > TOO_WIDE:
        return "We know too little to say how much work it is"
    return f"The work it takes: {cost.meaning[:1].lower()}{cost.meaning[1:]}"


def _requests(shown: Shown, option: Option | None) -> str:
    """What leaders can do now: agree, answer, look, and bear with slow weeks."""
    agree = "Agree which goal comes first" if option is None else ""
    review, cadence = shown.says("first_review"), shown.says("feedback_cadence")
    look = f"Look at a first rough result on {_few(review, 3)}" if review else ""
    steady = f"Tell the team if results help: {_lower(_few(cadence, 3))}" if cadence else ""
    return join_sentences((agree, _missing_answers(shown), look, steady, "Bear with weeks that show nothing new"))


def _missing_answers(shown: Shown) -> str:
    """The answers that wait for leaders, the first of them by name."""
    asked = [one for one in shown.kickoff.question_set.questions if _waits_for_leaders(shown, one)]
    if not asked:
        return ""
    labels = [_few(one.label, 3) for one in asked[:_MOST_ASKED]]
    more = len(asked) - len(labels)
    return f"Tell us what is still open: {', '.join(labels)}{f', and {more} more' if more else ''}"


def _waits_for_leaders(shown: Shown, question: Question) -> bool:
    return question.id in _ASKED_OF_LEADERS and question.id not in shown.answered


_ASKED_OF_LEADERS = frozenset({
    "expected_months", "budget", "accept_when", "business_metric", "stop_when", "smallest_version", "feedback_cadence",
    "first_review", "serve_budget",
})  # fmt: skip


def _dangers(shown: Shown, premortem: Premortem | None) -> str:
    stop, level = shown.says("stop_when"), shown.number("accuracy_needed")
    end = f"We stop at this point: {_few(stop, 9)}" if stop else "No point is set yet at which we stop"
    quality = f"{format_number(level)} right out of 100" if level is not None else "the quality we need"
    human = shown.number("human_accuracy")
    hard = f"People get {format_number(human)} right" if human is not None and level is not None else ""
    reach = f"It may turn out that {quality} is out of reach"
    feared = _feared(shown, premortem)
    # There is room for what people fear most, or for what the interviews show of it.
    return join_sentences((end, reach, feared) if feared else (end, reach, hard, _hurdles(shown)))


def _feared(shown: Shown, premortem: Premortem | None) -> str:
    """The first of what people fear most, told as if it had happened."""
    feared = high_risks(shown, premortem)[:1]
    return f"We fear most: {STORIES[feared[0].reason].lower()}" if feared else ""


def _hurdles(shown: Shown) -> str:
    hurdles = shown.value("data_hurdles")
    if not hurdles or hurdles == ("none",):
        return ""
    return f"This stands between us and the data: {_few(shown.says('data_hurdles').replace(';', ','), 8)}"


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def _first(people: Sequence[str]) -> Sequence[str]:
    return people[:1]


def _few(words: str, most: int) -> str:
    """The first words, without the full stop; what is left out leaves an ellipsis."""
    split = [word if len(word) <= _LONGEST_WORD else f"{word[: _LONGEST_WORD - 1]}…" for word in words.split()]
    kept = " ".join(split[:most])
    return f"{kept.rstrip(',;:.')}…" if len(split) > most else kept.removesuffix(".")

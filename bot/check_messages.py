"""What is said of checks with a date: proposed, taken on, asked about, and what was seen (section 2.5)."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.blocks import Block, Button, Words, actions, mention, quote, section, words
from bot.brevity import cut_words
from bot.projects import name_project
from flows.dated_checks import SAYS, DatedCheck
from flows.decisions import CheckState
from flows.kickoffs import Kickoff
from flows.objectives import describe_day

TAKE = "check.take"
CHANGE = "check.change"
SEEN = "check.seen"

_WHAT_WORDS = 26
_OVERDUE_WORDS = 8
_LABELS: Mapping[CheckState, str] = {
    CheckState.FINE: "Fine",
    CheckState.STILL: "Still a risk",
    CheckState.HAPPENED: "It happened",
}


def check_name(kickoff_id: int, key: str) -> str:
    """The name of the newest message that proposes a check, or says that it was taken on."""
    return f"results:{kickoff_id}:check:{key}"


def say_check(check: DatedCheck) -> str:
    """A check in one line, in mrkdwn: what, who and by when, or what was seen at the end."""
    what = quote(cut_words(check.what, _WHAT_WORDS), 300)
    seen = f" _{SAYS[check.seen].capitalize()}._" if check.seen else ""
    when = "" if check.is_over else f" {mention(check.owner)}, by {describe_day(check.due)}."
    return f"{what}{when}{seen}"


def draw_proposed(kickoff: Kickoff, check: DatedCheck, risk: str) -> Words:
    """A check that the owner of the kickoff can take on with one press."""
    text = f"*{quote(risk)}.*\nA check: {say_check(check)}"
    take = Button("Take it on", TAKE, _carry(kickoff, check), primary=True)
    return words(text, [section(text), actions([take, _change_button(kickoff, check)])])


def draw_taken(kickoff: Kickoff, check: DatedCheck) -> Words:
    """A check that was taken on."""
    text = f":white_check_mark: Taken on: {say_check(check)}"
    return words(text, [section(text), actions([_change_button(kickoff, check)])])


def _change_button(kickoff: Kickoff, check: DatedCheck) -> Button:
    return Button("Change it", CHANGE, _carry(kickoff, check))


def _carry(kickoff: Kickoff, check: DatedCheck) -> str:
    """A check as its buttons carry it, so that exactly what people see is taken on."""
    return f"{kickoff.id}|{check.key}|{check.owner}|{check.due}|{check.what}"


def read_carried(value: str) -> tuple[int, DatedCheck]:
    """The kickoff and the check that a button carries."""
    kickoff_id, key, owner, due, what = value.split("|", 4)
    return int(kickoff_id), DatedCheck(key, what, owner, date.fromisoformat(due))


def draw_question(kickoff: Kickoff, check: DatedCheck) -> Words:
    """What the owner of a check is asked when its day comes."""
    text = f"Today you look at this for {name_project(kickoff)}: {quote(cut_words(check.what, _WHAT_WORDS), 300)}"
    return words(text, [section(f"{text}\nWhat did you see?"), draw_answers(kickoff, check)])


def draw_answers(kickoff: Kickoff, check: DatedCheck) -> Block:
    """The buttons under the question; with the day, so that an old one answers nothing newer."""
    value = f"{kickoff.id}|{check.key}|{check.due}"
    return actions([Button(label, SEEN, f"{value}|{state.value}") for state, label in _LABELS.items()])


def draw_seen(kickoff: Kickoff, check: DatedCheck, by: str) -> Words:
    """What somebody saw, for all: under the kickoff's card, and in place of the question."""
    state = SAYS[check.seen] if check.seen else ""
    what = quote(cut_words(check.what, _WHAT_WORDS), 300)
    match check.seen:
        case CheckState.STILL:
            then = f" I ask again on {describe_day(check.due)}."
        case CheckState.HAPPENED:
            then = f" {mention(kickoff.owner)}, what follows from it?"
        case _:
            then = ""
    return words(f"{mention(by)} looked: {what} *{state.capitalize()}.*{then}")


def say_overdue(overdue: Sequence[DatedCheck]) -> str:
    """The oldest check that nobody has looked at in time, for a nudge; empty where there is none."""
    if not overdue:
        return ""
    first, *others = overdue
    more = f" And {len(others)} more." if others else ""
    what = quote(cut_words(first.what, _OVERDUE_WORDS), 150)
    return f"Overdue: {mention(first.owner)}, {what}{more}"

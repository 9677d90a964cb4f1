"""What a digest says, in plain words: what was learned, what it took, what is due, and the one thing to decide."""

from collections.abc import Iterator
from datetime import timedelta

from bot.blocks import Block, Button, Words, actions, header, mention, quote, section, words
from bot.brevity import count_words, cut_words
from bot.pictures.progress import say_error
from flows.activity import round_hours
from flows.dates import say_day
from flows.digest import Digest, Need
from flows.digest_days import DigestKind
from flows.forecast import Forecast
from flows.kickoffs import Kickoff
from flows.scoring.draws import say_roughly
from flows.time_report import name_stage
from flows.wishes import say_count

OFF = "digest.off"

MOST_WORDS = 119
"""A digest is read once a week, so it may be longer than other messages; still under 120 words."""

_NAME_WORDS = 6
_NOTE_WORDS = 7
_ROW_WORDS = 5
_SHOWN = 2
_STAGES = 3
_WORSE = 0.02
"""Errors that are larger by less than this share are as they were."""
_WEEK = timedelta(days=7)


def draw_digest(kickoff: Kickoff, kind: DigestKind, digest: Digest) -> Words:
    """The digest, with a button that turns it off."""
    span = _say_span(kind, digest)
    hours = list(_say_hours(digest))
    forecasts = [_say_forecast(digest.forecast)] if digest.forecast else []
    lines = [
        *_say_learned(digest), *hours, *_say_found(digest), *_say_asked(digest), *_say_due(digest), *forecasts
    ]  # fmt: skip
    need = f"*To decide:* {say_need(kickoff, digest)}"
    if count_words(span, kickoff.name, *lines, need) > MOST_WORDS:
        # Where so much happened, the hours are what most readers miss least; `/ml-kickoff time` has them.
        lines = [line for line in lines if line not in hours]
    label = "Turn weekly digests off" if kind is DigestKind.WEEKLY else "Send me none of these"
    blocks: list[Block] = [
        header(f"{cut_words(kickoff.name, _NAME_WORDS)}: {span}"),
        section("\n".join(lines)),
        section(need),
        actions([Button(label, OFF, f"{kickoff.id}|{kind}")]),
    ]
    return words(f"{quote(kickoff.name, 150)}: {span}", blocks)


def _say_span(kind: DigestKind, digest: Digest) -> str:
    if kind is DigestKind.MONTHLY:
        first, last = f"{digest.first:%B %Y}", f"{digest.last:%B %Y}"
        return last if first == last else f"{first} to {last}"
    # Around holidays it comes later, and what is logged late is about earlier days.
    is_longer = digest.last - digest.first > _WEEK
    return f"{say_day(digest.first)} to {say_day(digest.last)}" if is_longer else f"the week to {say_day(digest.last)}"


def _say_learned(digest: Digest) -> Iterator[str]:
    progress, best = digest.progress, digest.best
    tried = "; ".join(f"“{quote(cut_words(note, _NOTE_WORDS), 150)}”" for note in digest.ruled_out[:_SHOWN])
    ruled_out = f" Tried without gain, so ruled out: {tried}." if tried else ""
    if progress is None or best is None:
        yield "*Learned:* nothing was measured."
    elif digest.before is None:
        yield f"*Learned:* the first measurement is an error of {say_error(best, progress.unit)}.{ruled_out}"
    elif best < digest.before:
        fell = f"{say_error(digest.before, progress.unit)} to {say_error(best, progress.unit)}"
        yield f"*Learned:* the error fell from {fell}.{ruled_out}"
    elif best > digest.before + abs(digest.before) * _WORSE:
        worse = f"{say_error(best, progress.unit)} at best; it was {say_error(digest.before, progress.unit)} before"
        yield f"*Learned:* the error is {worse}.{ruled_out}"
    else:
        yield f"*Learned:* the error stays at {say_error(digest.before, progress.unit)}.{ruled_out}"


def _say_hours(digest: Digest) -> Iterator[str]:
    report = digest.time
    if report.hours:
        stages = list(report.by_stage.items())[:_STAGES]
        each = ", ".join(f"{name_stage(stage)} {round_hours(spent)}" for stage, spent in stages)
        yield f"*Hours:* {round_hours(report.hours)}: {each}."


def _say_found(digest: Digest) -> Iterator[str]:
    if digest.found:
        names = "; ".join(f"“{quote(cut_words(name, _ROW_WORDS), 120)}”" for name in digest.found[:_SHOWN])
        more = f" and {len(digest.found) - _SHOWN} more" if len(digest.found) > _SHOWN else ""
        yield f"*Found out:* {names}{more}. {digest.open_rows} still open."


def _say_asked(digest: Digest) -> Iterator[str]:
    if digest.asked and digest.need is not Need.BLOCKED:
        asked = digest.asked
        what = quote(cut_words(asked.what, _NOTE_WORDS), 150)
        yield f"*Waits:* {mention(asked.by)} for {mention(asked.owner)}, by {say_day(asked.due)}: “{what}”"


def _say_due(digest: Digest) -> Iterator[str]:
    if digest.due:
        check = digest.due[0]
        more = f" And {len(digest.due) - 1} more." if len(digest.due) > 1 else ""
        late = "overdue since" if check.is_overdue(digest.last) else "due by"
        what = quote(cut_words(check.what, _NOTE_WORDS), 150)
        yield f"*Risk to look at:* “{what}” {mention(check.owner)}, {late} {say_day(check.due)}.{more}"


def _say_forecast(told: Forecast) -> str:
    low, likely, high = (say_roughly(one) for one in (told.expected.p10, told.expected.p50, told.expected.p90))
    spent = f"*Forecast:* {say_roughly(told.spent)} of about {likely} person-weeks ({low} to {high}) are logged."
    if told.is_beyond:
        return f"{spent} That is more than was thought possible."
    if told.done is None:
        return spent
    good, middle, bad = (f"{day:%B %Y}" for day in told.done)
    if good == bad:
        return f"{spent} At this pace it is done in {middle}."
    return f"{spent} At this pace it is done in {middle} ({good} to {bad})."


def say_need(kickoff: Kickoff, digest: Digest) -> str:
    """The one thing that somebody has to decide or do, in mrkdwn."""
    owner = mention(kickoff.owner)
    match digest.need:
        case Need.BLOCKED if digest.blocked:
            if digest.asked:
                what = quote(cut_words(digest.asked.what, _NOTE_WORDS), 150)
                late = f"due by {say_day(digest.asked.due)}"
                return f"{mention(digest.asked.owner)}, {mention(digest.asked.by)} still waits: “{what}”, {late}."
            note = quote(cut_words(digest.blocked.entry.note, _NOTE_WORDS), 150)
            return f"{owner}, {mention(digest.blocked.person)} waits: “{note}” Who does what, by when?"
        case Need.DECIDE:
            return f"{owner} says which balance it is."
        case Need.STOP:
            return f"{owner}, the error stood still twice and nobody said why. Go on, or stop?"
        case Need.CHECK:
            check = digest.due[0]
            return f"{mention(check.owner)} says what they saw of the risk above."
        case Need.UNKNOWN if digest.unknown:
            name = quote(cut_words(digest.unknown.name, _ROW_WORDS), 120)
            return f"{mention(digest.unknown.owner or kickoff.owner)}, is it found out: “{name}”?"
        case Need.BALANCE:
            return f"{owner} presses *Find a balance* under the goals."
        case Need.SIGN:
            return f"{say_count(len(digest.unsigned), 'person has', 'people have')} not signed the goal card yet."
        case _:
            return "nothing this time."

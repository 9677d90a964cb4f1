"""What follows `/ml-kickoff`, and what was probably meant when it is none of what the app knows."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from flows.plain_text import as_typed


@dataclass(frozen=True)
class Start:
    """Open the form that starts a kickoff; `name` is the project's, if it was typed."""

    name: str | None = None


@dataclass(frozen=True)
class Status:
    """Say how far each kickoff is, or the one of `project`, named by `for`."""

    project: str | None = None


@dataclass(frozen=True)
class Help:
    """Say what can be typed."""


@dataclass(frozen=True)
class Log:
    """Log progress; `project` is named by `for`."""

    text: str
    project: str | None = None


@dataclass(frozen=True)
class Nudge:
    """Set when progress is asked for; `project` is named by `for`."""

    text: str
    project: str | None = None


@dataclass(frozen=True)
class Away:
    """Keep on which days the person is away, as `flows.absence` reads them, or that they are back."""

    text: str


@dataclass(frozen=True)
class Facts:
    """Say what a project knows; `project` is named by `for`."""

    project: str | None = None


@dataclass(frozen=True)
class Balance:
    """Look for a balance among the goals; `project` is named by `for`."""

    project: str | None = None


@dataclass(frozen=True)
class Charter:
    """Write the charter into the channel; `project` is named by `for`."""

    project: str | None = None


@dataclass(frozen=True)
class Export:
    """Send the charter as files: `form` is pdf, md or json, or empty for all; `project` is named by `for`."""

    form: str
    project: str | None = None


@dataclass(frozen=True)
class Brief:
    """Show the brief for executives; `project` is named by `for`."""

    project: str | None = None


@dataclass(frozen=True)
class Decisions:
    """Show what was decided; `project` is named by `for`."""

    project: str | None = None


@dataclass(frozen=True)
class Risks:
    """Show what could make a project fail; `project` is named by `for`."""

    project: str | None = None


@dataclass(frozen=True)
class People:
    """Show who is asked, and let it be changed; `project` is named by `for`."""

    project: str | None = None


@dataclass(frozen=True)
class Unknowns:
    """Show what nobody knows yet; `project` is named by `for`."""

    project: str | None = None


@dataclass(frozen=True)
class Team:
    """Show the people that a goal needs; `project` is named by `for`."""

    project: str | None = None


@dataclass(frozen=True)
class Progress:
    """Show how the error moved; `project` is named by `for`."""

    project: str | None = None


@dataclass(frozen=True)
class Time:
    """Show how the hours were spent; `project` is named by `for`."""

    project: str | None = None


@dataclass(frozen=True)
class Pilot:
    """Plan a simpler problem that is solved first, or show how far it is; `project` is named by `for`."""

    project: str | None = None


@dataclass(frozen=True)
class Timer:
    """Start or stop a timer, as `text` says, or show it; `project` is named by `for`."""

    text: str = ""
    project: str | None = None


@dataclass(frozen=True)
class Digest:
    """Show the digest of the last seven days, or turn one on or off, as `text` says; `project` is named by `for`."""

    text: str = ""
    project: str | None = None


@dataclass(frozen=True)
class Rank:
    """Put the projects in order that the asker may see."""


@dataclass(frozen=True)
class Capacity:
    """Ask how many people there are for projects."""


@dataclass(frozen=True)
class Close:
    """Say how a project ended."""

    project: str | None = None


@dataclass(frozen=True)
class Reopen:
    """Let a closed project go on."""

    project: str | None = None


@dataclass(frozen=True)
class Unknown:
    """Nothing that the app knows; `guess` is what may have been meant."""

    text: str
    guess: str | None


Command = (
    Start
    | Status
    | Help
    | Log
    | Nudge
    | Digest
    | Timer
    | Pilot
    | Away
    | Facts
    | Balance
    | Charter
    | Export
    | Brief
    | Decisions
    | Risks
    | People
    | Unknowns
    | Team
    | Progress
    | Time
    | Rank
    | Capacity
    | Close
    | Reopen
    | Unknown
)

_SYNONYMS = {
    "new": "new",
    "start": "new",
    "create": "new",
    "status": "status",
    "list": "status",
    "progress": "progress",
    "curve": "progress",
    "time": "time",
    "hours": "time",
    "timesheet": "time",
    "pilot": "pilot",
    "timer": "timer",
    "clock": "timer",
    "digest": "digest",
    "digests": "digest",
    "summary": "digest",
    "help": "help",
    "?": "help",
    "usage": "help",
    "log": "log",
    "track": "log",
    "nudge": "nudge",
    "nudges": "nudge",
    "remind": "nudge",
    "reminder": "nudge",
    "reminders": "nudge",
    "away": "away",
    "ooo": "away",
    "vacation": "away",
    "holiday": "away",
    "holidays": "away",
    "back": "back",
    "facts": "facts",
    "fact": "facts",
    "known": "facts",
    "charter": "charter",
    "export": "export",
    "brief": "brief",
    "decisions": "decisions",
    "ledger": "decisions",
    "risks": "risks",
    "risk": "risks",
    "premortem": "risks",
    "pre-mortem": "risks",
    "balance": "balance",
    "options": "balance",
    "vote": "balance",
    "unknowns": "unknowns",
    "unknown": "unknowns",
    "register": "unknowns",
    "team": "team",
    "roles": "team",
    "jobs": "team",
    "rank": "rank",
    "ranking": "rank",
    "backlog": "rank",
    "projects": "rank",
    "portfolio": "rank",
    "capacity": "capacity",
    "capacities": "capacity",
    "close": "close",
    "end": "close",
    "finish": "close",
    "autopsy": "close",
    "reopen": "reopen",
    "people": "people",
    "person": "people",
    "stakeholders": "people",
    "observers": "people",
    "add": "people",
    "replace": "people",
    "remove": "people",
}
VERBS = (
    "new",
    "status",
    "people",
    "facts",
    "balance",
    "charter",
    "export",
    "brief",
    "decisions",
    "unknowns",
    "team",
    "rank",
    "capacity",
    "close",
    "reopen",
    "risks",
    "log",
    "progress",
    "time",
    "digest",
    "timer",
    "pilot",
    "nudge",
    "away",
    "back",
    "help",
)
"""What can be typed first."""

_WITH_WORDS = frozenset({"new", "log", "nudge", "away", "back", "close", "reopen"})
_SHORT_WORD = 4
"""Up to this many letters only one slip is forgiven, else two."""

_COMMAND = re.compile(r"^/?ml-kickoff\b\s*", re.IGNORECASE)
_NAMED_FIRST = re.compile(r"^for\s+(?P<project>[^:]+):\s*(?P<text>.*)$", re.IGNORECASE | re.DOTALL)
_NAMED_LAST = re.compile(r"^(?P<text>.*?)\s+for\s+(?P<project>.+)$", re.IGNORECASE | re.DOTALL)
_NAMED_ONLY = re.compile(r"^for\s+(?P<project>.+)$", re.IGNORECASE | re.DOTALL)
_AROUND = " \n\t\u00a0,:;`"


def parse_command(text: str) -> Command:
    """Read what was typed after the command's name; the name typed once more is left out."""
    said = text.replace("\u00a0", " ").replace("“", '"').replace("”", '"').replace("‘", "'").replace("’", "'").strip()
    said = _COMMAND.sub("", said)
    if not said:
        return Start()
    word, *more = said.split(maxsplit=1)
    rest = more[0] if more else ""
    plain = as_typed(rest)
    read = _READERS.get(_SYNONYMS.get(word.casefold().rstrip(".,!:"), ""))
    return read(plain) if read else Unknown(said, _guess(word, rest))


@dataclass(frozen=True)
class Mention:
    """Words in which the app is mentioned: what is asked of it, and whether they begin with the mention."""

    text: str
    first: bool


def read_mention(text: str, app: str) -> Mention | None:
    """What a message asks of the app (its Slack user id), which is mentioned in it; None if it is not.

    What follows the mention counts, or else what stands before it: "@app status", "status please, @app".
    """
    before, *after = re.split(rf"<@{re.escape(app)}(?:\|[^>]*)?>", text)
    if not after:
        return None
    asked = " ".join(after).strip(_AROUND) or before.strip(_AROUND)
    return Mention(asked, not before.strip())


def split_project(text: str, names: Iterable[str]) -> tuple[str, str | None]:
    """The text without the "for Churn radar" at its beginning or end, and that name.

    "for" is a common word in a note, so only a name among `names` counts. Of two that fit, the longer one is meant.
    """
    for name in sorted(names, key=len, reverse=True):
        words = r"\s+".join(re.escape(word) for word in name.split())
        first = re.match(rf"^for\s+{words}(?::\s*|\s+|$)", text, re.IGNORECASE)
        if first:
            return text[first.end() :].strip(), name
        last = re.search(rf"(?:^|\s)for\s+{words}[.!]?\s*$", text, re.IGNORECASE)
        if last:
            return text[: last.start()].strip().rstrip(","), name
    return text, None


def _read_name(rest: str) -> str | None:
    named = _NAMED_ONLY.match(rest)
    return named["project"].strip().rstrip(".:") if named else None


def _read_export(rest: str) -> Export:
    form, name = _split_form(rest)
    return Export(form, _read_name(name))


def _split_form(rest: str) -> tuple[str, str]:
    """The kind of file that is asked for, without its dot, and what follows."""
    first, _, more = rest.strip().partition(" ")
    if not first or first.casefold() == "for":
        return "", rest.strip()
    form = first.casefold().strip(".,")
    return _FORMS.get(form, form), more.strip()


_FORMS = {"markdown": "md", "all": ""}


def _read_log(rest: str) -> Log:
    # "for" is a common word in a note, so only a name in front counts here; `split_project` knows the names.
    named = _NAMED_FIRST.match(rest)
    return Log(named["text"].strip(), named["project"].strip()) if named else Log(rest)


def _split_last(rest: str) -> tuple[str, str | None]:
    """The words, and the project that `for` names behind them."""
    named = _NAMED_LAST.match(rest)
    if named:
        return named["text"].strip(), named["project"].strip()
    only = _NAMED_ONLY.match(rest)
    return ("", only["project"].strip()) if only else (rest.strip(), None)


_SOME_TIME = re.compile(r"(?:(?:the )?next |another )?(?:[0-9]+|[a-z]+) (?:days?|weeks?|months?)\b", re.IGNORECASE)


def _read_nudge(rest: str) -> Nudge:
    named = _NAMED_FIRST.match(rest) or _NAMED_LAST.match(rest)
    if named and _SOME_TIME.match(named["project"]):
        # "pause for two weeks" names a time, and what may follow it a project.
        after = _NAMED_LAST.match(named["project"])
        return Nudge(f"{named['text']} for {after['text']}", after["project"].strip()) if after else Nudge(rest)
    if named:
        return Nudge(named["text"].strip(), named["project"].strip())
    only = _NAMED_ONLY.match(rest)
    return Nudge("", only["project"].strip()) if only else Nudge(rest)


_READERS: Mapping[str, Callable[[str], Command]] = {
    "new": lambda rest: Start(rest or None),
    "status": lambda rest: Status(_read_name(rest)),
    "people": lambda rest: People(_read_name(rest)),
    "balance": lambda rest: Balance(_read_name(rest)),
    "charter": lambda rest: Charter(_read_name(rest)),
    "export": _read_export,
    "brief": lambda rest: Brief(_read_name(rest)),
    "decisions": lambda rest: Decisions(_read_name(rest)),
    "risks": lambda rest: Risks(_read_name(rest)),
    "facts": lambda rest: Facts(_read_name(rest)),
    "log": _read_log,
    "nudge": _read_nudge,
    "away": Away,
    "back": lambda rest: Away(f"back {rest}".strip()),
    "unknowns": lambda rest: Unknowns(_read_name(rest)),
    "team": lambda rest: Team(_read_name(rest)),
    "progress": lambda rest: Progress(_read_name(rest)),
    "time": lambda rest: Time(_read_name(rest)),
    "digest": lambda rest: Digest(*_split_last(rest)),
    "timer": lambda rest: Timer(*_split_last(rest)),
    "pilot": lambda rest: Pilot(_read_name(rest)),
    "rank": lambda _: Rank(),
    "capacity": lambda _: Capacity(),
    "close": lambda rest: Close(_read_name(rest) or rest.strip() or None),
    "reopen": lambda rest: Reopen(_read_name(rest) or rest.strip() or None),
    "help": lambda _: Help(),
}
"""What becomes of the words behind each verb."""


def _guess(word: str, rest: str) -> str | None:
    """What may have been meant by a word with letters missing, wrong or changed round; None when nothing is near."""
    typed = word.casefold().strip("/.,!?:")
    begun = [known for known in (*VERBS, *_SYNONYMS) if known.startswith(typed)] if len(typed) > 1 else []
    slips = 1 if len(typed) <= _SHORT_WORD else 2
    near = sorted((OSA.distance(typed, known), known) for known in _SYNONYMS if len(known) > 1)
    if not begun and (near[0][0] > slips or len(typed) <= near[0][0] + 1):
        return None
    meant = _SYNONYMS[begun[0] if begun else near[0][1]]
    return f"{meant} {rest}" if rest and meant in _WITH_WORDS else meant

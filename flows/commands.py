"""What follows `/ml-kickoff`, and what was probably meant when it is none of what the app knows."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz.distance import OSA


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
class People:
    """Show who is asked, and let it be changed; `project` is named by `for`."""

    project: str | None = None


@dataclass(frozen=True)
class Unknown:
    """Nothing that the app knows; `guess` is what may have been meant."""

    text: str
    guess: str | None


Command = Start | Status | Help | Log | Nudge | People | Unknown

USAGE = (
    ("/ml-kickoff", "starts a kickoff: I interview each person and set their goals side by side"),
    ("/ml-kickoff new Churn radar", "the same, with the name filled in"),
    ("/ml-kickoff status", "says how far each kickoff is, and what comes next"),
    ("/ml-kickoff status for Churn radar", "the same for one kickoff; `for` works with log, nudge and people as well"),
    ("/ml-kickoff people", "shows who is asked: add, replace or take out anybody, or let them watch"),
    ("/ml-kickoff log 2h labelled 300 tickets, error 0.21", "logs progress; without text it opens a form"),
    ("/ml-kickoff nudge weekly mon 09:30", "sets when I ask for progress"),
    ("/ml-kickoff nudge weekdays 10:00", "every weekday"),
    ("/ml-kickoff nudge every 2 weeks fri 16:00", "every two weeks"),
    ('/ml-kickoff nudge cron "30 9 * * 1-5"', "any other rhythm"),
    ("/ml-kickoff nudge off", "stops asking"),
    ("/ml-kickoff help", "shows this list"),
)

_SYNONYMS = {
    "new": "new",
    "start": "new",
    "create": "new",
    "status": "status",
    "list": "status",
    "progress": "status",
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
    "people": "people",
    "person": "people",
    "stakeholders": "people",
    "observers": "people",
    "add": "people",
    "replace": "people",
    "remove": "people",
}
VERBS = ("new", "status", "people", "log", "nudge", "help")
"""What can be typed first."""

_SHORT_WORD = 4
"""Up to this many letters only one slip is forgiven, else two."""

_COMMAND = re.compile(r"^/?ml-kickoff\b\s*", re.IGNORECASE)
_NAMED_FIRST = re.compile(r"^for\s+(?P<project>[^:]+):\s*(?P<text>.*)$", re.IGNORECASE | re.DOTALL)
_NAMED_LAST = re.compile(r"^(?P<text>.*?)\s+for\s+(?P<project>.+)$", re.IGNORECASE | re.DOTALL)
_NAMED_ONLY = re.compile(r"^for\s+(?P<project>.+)$", re.IGNORECASE | re.DOTALL)


def parse_command(text: str) -> Command:
    """Read what was typed after the command's name; the name typed once more is left out."""
    said = text.replace("\u00a0", " ").replace("“", '"').replace("”", '"').replace("‘", "'").replace("’", "'").strip()
    said = _COMMAND.sub("", said)
    if not said:
        return Start()
    word, _, rest = said.partition(" ")
    rest = rest.strip()
    match _SYNONYMS.get(word.casefold().rstrip(".,!:")):
        case "new":
            return Start(rest or None)
        case "status":
            return Status(_read_project(rest))
        case "people":
            return People(_read_project(rest))
        case "help":
            return Help()
        case "log":
            return _read_log(rest)
        case "nudge":
            return _read_nudge(rest)
        case _:
            return Unknown(said, _guess(word, rest))


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


def _read_project(rest: str) -> str | None:
    named = _NAMED_ONLY.match(rest)
    return named["project"].strip().rstrip(".:") if named else None


def _read_log(rest: str) -> Log:
    # "for" is a common word in a note, so only a name in front counts here; `split_project` knows the names.
    named = _NAMED_FIRST.match(rest)
    return Log(named["text"].strip(), named["project"].strip()) if named else Log(rest)


def _read_nudge(rest: str) -> Nudge:
    named = _NAMED_FIRST.match(rest) or _NAMED_LAST.match(rest)
    if named:
        return Nudge(named["text"].strip(), named["project"].strip())
    only = _NAMED_ONLY.match(rest)
    return Nudge("", only["project"].strip()) if only else Nudge(rest)


def _guess(word: str, rest: str) -> str | None:
    """What may have been meant by a word with letters missing, wrong or changed round; None when nothing is near."""
    typed = word.casefold().strip("/.,!?:")
    begun = [known for known in (*VERBS, *_SYNONYMS) if known.startswith(typed)] if len(typed) > 1 else []
    slips = 1 if len(typed) <= _SHORT_WORD else 2
    near = sorted((OSA.distance(typed, known), known) for known in _SYNONYMS if len(known) > 1)
    if not begun and (near[0][0] > slips or len(typed) <= near[0][0] + 1):
        return None
    meant = _SYNONYMS[begun[0] if begun else near[0][1]]
    return f"{meant} {rest}" if rest and meant in {"new", "log", "nudge"} else meant

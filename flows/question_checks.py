"""Whether one entry of a file of questions makes a question, told as mistakes with a mend."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from flows.file_entries import Place
from flows.file_mistakes import Mistake, listed, meant, nearest, shown
from flows.question_entries import Entry, derived
from flows.questions import (
    _UNITS_OF_TIME,
    _WITH_OPTIONS,
    _WITH_UNIT,
    _WITHOUT_EXAMPLE,
    ABOUT_GOALS,
    Feed,
    Kind,
    Question,
    QuestionSet,
)
from flows.roles import Role

_FEWEST_OPTIONS = 2
_KINDS = tuple(kind.value for kind in Kind if kind not in ABOUT_GOALS)
_REQUIRED = {
    "label": "Say in two or three words what the question is about.",
    "kind": f"Use one of: {', '.join(_KINDS)}.",
    "wording": "Write what the person reads.",
    "why": "Say in one sentence why it is asked.",
    "roles": "List who is asked, such as [product_owner].",
}
_NAMED: dict[str, tuple[str, tuple[str, ...]]] = {
    "kind": ("kind", _KINDS),
    "roles": ("role", tuple(Role)),
    "stand_ins": ("role", tuple(Role)),
    "feeds": ("use of an answer", tuple(Feed)),
}


def check(entry: Entry, base: QuestionSet, found: list[Mistake]) -> Question | None:
    """The question as the entry changes or adds it; what is wrong goes to `found`, and then there is none."""
    known = base.by_id.get(entry.id)
    data = {**(known.model_dump() if known else {}), **entry.given, "id": entry.id}
    mistakes = list(_guesses(entry, base)) if known is None else []
    mistakes = mistakes or [*_about_goals(entry, known), *_invalid(entry, data)]
    found.extend(mistakes)
    entry.sound = entry.sound and not mistakes
    return Question.model_validate(data) if entry.sound else None


def _guesses(entry: Entry, base: QuestionSet) -> Iterator[Mistake]:
    """An id that is not known, with fields that make no new question, is a slip."""
    lacking = [name for name in _REQUIRED if name not in entry.given and name not in entry.broken]
    guess = nearest(entry.id, base.by_id)
    line = entry.line("id")
    if entry.off and lacking:
        yield Mistake(line, "id", f"{shown(entry.id)} is no question", meant(entry.id, base.by_id))
    elif lacking and guess:
        problem = f"{shown(entry.id)} is no known question, and {', '.join(lacking)} would be missing for a new one"
        yield Mistake(line, "id", problem, f"Did you mean {guess}?")


def _about_goals(entry: Entry, known: Question | None) -> Iterator[Mistake]:
    fixed = known is not None and known.kind in ABOUT_GOALS
    if fixed and entry.off:
        yield Mistake(entry.line("off"), "off", f"{entry.id} cannot be switched off", "Leave off: true out.")
    kind = entry.given.get("kind")
    if kind is None or (known is not None and kind == known.kind):
        return
    if not fixed and kind not in ABOUT_GOALS:
        return
    # The other fields are not held against a kind that cannot be.
    entry.broken.add("kind")
    if fixed:
        yield Mistake(entry.line("kind"), "kind", f"of {entry.id} cannot be changed", "Leave kind out.")
    else:
        yield Mistake(entry.line("kind"), "kind", f"{kind} is taken by a built-in question", "Use another kind.")


def _invalid(entry: Entry, data: dict[str, Any]) -> list[Mistake]:
    mistakes: list[Mistake] = []
    try:
        Question.model_validate(data)
    except ValidationError as error:
        misfits = [] if "kind" in entry.broken else [_misfit(entry, *told) for told in _misfits(data)]
        for one in error.errors():
            if one["type"] == "value_error":
                # So that nothing passes that the question itself refuses.
                mistakes += misfits or [Mistake(entry.line("kind"), "kind", str(one["ctx"]["error"]), "Change it.")]
                misfits = []
            elif one["type"] != "too_short" or not one["input"]:
                # A list of which nothing is valid counts as empty, too.
                mistakes.append(_translated(entry, one["loc"], one))
        mistakes += misfits
    return [mistake for mistake in mistakes if mistake.field not in entry.broken]


def _translated(entry: Entry, place: Place, error: Any) -> Mistake:
    field = str(place[0])
    return Mistake(entry.line(*place), field, *_TRANSLATIONS[error["type"]](field, error))


def _missing(field: str, _: Any) -> tuple[str, str]:
    return "is missing", _REQUIRED[field]


def _too_long(field: str, error: Any) -> tuple[str, str]:
    text, most = error["input"], error["ctx"]["max_length"]
    which = f"has {shown(text)}, which is" if field == "options" else "is"
    return f"{which} {len(text)} characters long", f"Cut it to {most}."


def _empty(field: str, error: Any) -> tuple[str, str]:
    if field != "options":
        return "is empty", _REQUIRED[field]
    # A label of signs only has no letter of which a value could be made.
    what = "value" if error["loc"][-1] == "value" else "label"
    return f"has an option without a {what}", "Write value: Label."


def _too_few(field: str, _: Any) -> tuple[str, str]:
    if field == "roles":
        return "is empty, so nobody is asked", "Name a role, or write off: true instead."
    return "names a question without an answer", "List at least one answer, such as [rules]."


def _too_many(_: str, error: Any) -> tuple[str, str]:
    return f"are {len(error['input'])}", f"Keep at most {error['ctx']['max_length']}."


def _unknown(field: str, error: Any) -> tuple[str, str]:
    what, names = _NAMED[field]
    return f"{shown(error['input'])} is no {what}", meant(error["input"], names)


def _malformed(field: str, error: Any) -> tuple[str, str]:
    if field == "rows":
        return f"{shown(error['input'])} is no row of the checklist", "Write K and a number, such as K14."
    name = derived(error["input"]).encode("ascii", "ignore").decode()[:40].strip("_")
    mend = f"Write {name}." if name[:1].isalpha() else "Begin with a small letter."
    return f"{shown(error['input'])} is not made of at most 40 small letters, digits and _", mend


_TRANSLATIONS = {
    "missing": _missing,
    "string_too_long": _too_long,
    "string_too_short": _empty,
    "too_short": _too_few,
    "too_long": _too_many,
    "enum": _unknown,
    "string_pattern_mismatch": _malformed,
}


def _misfit(entry: Entry, field: str, problem: str, mend: str) -> Mistake:
    at = field if (field,) in entry.lines else "kind"
    return Mistake(entry.line(at), field, problem, mend)


def _misfits(data: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """What does not go with the kind, all of it: the question itself stops at the first."""
    kind = next((kind for kind in Kind if kind == data.get("kind")), None)
    if kind is None:
        return
    options, unit = data.get("options", ()), data.get("unit", "")
    yield from _unfit_options(kind, [option["value"] for option in options])
    if kind not in _WITHOUT_EXAMPLE and not data.get("example"):
        yield "example", f"is missing for the kind {kind}", "Write an answer that can be read."
    if kind is Kind.DURATION and unit not in _UNITS_OF_TIME:
        what = f"{shown(unit)} is no unit of time" if unit else "is missing for the kind duration"
        yield "unit", what, f"Use one of: {listed(_UNITS_OF_TIME)}."
    elif kind in _WITH_UNIT and not unit:
        yield "unit", f"is missing for the kind {kind}", "Say what is counted, such as cases a week."


def _unfit_options(kind: Kind, values: list[str]) -> Iterator[tuple[str, str, str]]:
    if kind in _WITH_OPTIONS and len(values) < _FEWEST_OPTIONS:
        what = "is only one" if values else "are missing"
        yield "options", f"{what} for the kind {kind}", "List at least two, as value: Label."
    if kind not in {*_WITH_OPTIONS, Kind.MORE_OBJECTIVES} and values:
        yield "options", f"do not go with the kind {kind}", "Write options: [] or use the kind choice."
    twice = [value for value, times in Counter(values).items() if times > 1]
    if twice:
        yield "options", f"{shown(twice[0])} is the value of two of them", "Write them as value: Label."

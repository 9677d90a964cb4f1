"""Which of a question's options some words mean. Nothing is guessed: words that fit two options give both."""

import re
from collections.abc import Callable, Sequence

from rapidfuzz.distance import OSA

from flows.plain_text import to_plain_text
from flows.quantities import NUMBER_WORDS
from flows.questions import Option

_LONGEST = 1000
_TOKEN = re.compile(r"(?:(?<!\w)-)?[0-9]+(?:[.,][0-9]+)*|[^\W0-9_]+")
_SHORTEST_PART_OF_WORD = 4
_SHORTEST_WITH_TYPO, _SHORTEST_WITH_TWO = 5, 9
_NOT_DISTINCTIVE = frozenset({"the", "a", "an", "we", "it", "i", "they", "there", "this", "that", "our", "not"})

Options = Sequence[Option]


def find_option(options: Options, text: str) -> tuple[Option, ...]:
    """The options that the words may mean: one when it is clear, several when it is not, none when nothing fits.

    An option is meant by its label or value, by a beginning of it, or by a spelling close to it.
    """
    if len(text) > _LONGEST:
        return ()
    return _first_fitting(options, text, (_same_signs, _same_words, _begins, _close))


def _first_fitting(
    options: Options, text: str, tests: Sequence[Callable[[str, str], bool]], *, labels_only: bool = False
) -> tuple[Option, ...]:
    for fits in tests:
        found = tuple(option for option in options if any(fits(text, name) for name in _names(option, labels_only)))
        if found:
            return found
    return ()


def _names(option: Option, labels_only: bool) -> tuple[str, ...]:  # noqa: FBT001 - private, and clear where it is called
    return (option.label,) if labels_only else (option.label, option.value.replace("_", " "))


def bare_words(text: str) -> str:
    """The words and numbers of a text in lower case, without punctuation: "4 of 5", "dont know"."""
    return " ".join(_TOKEN.findall(to_plain_text(text).casefold()))


def _same_signs(text: str, name: str) -> bool:
    return to_plain_text(text).casefold().replace("_", " ") == to_plain_text(name).casefold().replace("_", " ")


def _same_words(text: str, name: str) -> bool:
    said = bare_words(text)
    return bool(said) and said == bare_words(name)


def _begins(text: str, name: str) -> bool:
    said, whole = bare_words(text), bare_words(name)
    if not re.search(r"[^\W0-9_]", said) or said in _NOT_DISTINCTIVE or not whole.startswith(said):
        return False
    return len(said) >= _SHORTEST_PART_OF_WORD or whole[len(said) :].startswith(" ")


def _close(text: str, name: str) -> bool:
    said, meant = bare_words(text).split(), bare_words(name).split()
    return len(said) == len(meant) > 0 and all(map(_is_typo, said, meant))


def _is_typo(said: str, meant: str) -> bool:
    """Whether one word is the other with a slip; "available" is no slip for "unavailable"."""
    if said == meant:
        return True
    shortest = min(len(said), len(meant))
    if shortest < _SHORTEST_WITH_TYPO or said[0] != meant[0] or {said, meant} & NUMBER_WORDS.keys():
        return False
    slips = 2 if shortest >= _SHORTEST_WITH_TWO else 1
    return not (said + meant).isdigit() and OSA.distance(said, meant) <= slips


_ALL = frozenset({"all", "all of them", "all of these", "all of the above", "everything", "all options"})
_NONE = frozenset({"none", "nothing", "neither", "none of them", "none of these", "none of the above"})
_NEGATIONS = frozenset({"no", "not", "but", "except", "without", "neither", "nor", "never", "non"})
_PARTED = re.compile(r"[;,\n&+/|•]|\band\b|\bas well as\b|\bplus\b")


def find_options(options: Options, text: str) -> tuple[Option, ...]:
    """The several options that the words name, in the options' order; empty when some of the words name none, or two.

    They can be named as in `find_option`, by their numbers ("1 and 3"), by "all", or by "none" if that is an option.
    """
    if len(text) > _LONGEST:
        return ()
    exact = _first_fitting(options, text, (_same_signs, _same_words))
    if exact:
        return exact if len(exact) == 1 else ()
    said = bare_words(text)
    if said in _ALL or (said in {"both", "both of them"} and len(_real(options)) == 2):  # noqa: PLR2004 - both
        return _real(options)
    if said in _NONE:
        nothing = tuple(option for option in options if says_none(option))
        return nothing if len(nothing) == 1 else ()
    return agreeing(options, _find_named(options, text))


def says_none(option: Option) -> bool:
    """Whether the option says that none of the others holds, so that it goes with no other."""
    return option.value in _NONE or bare_words(option.label).split()[:1] in (["none"], ["nothing"], ["neither"])


def agreeing(options: Options, values: Sequence[str]) -> tuple[Option, ...]:
    """The options with these values, in order; empty when "none of these" stands beside another."""
    chosen = tuple(option for option in options if option.value in values)
    return () if len(chosen) > 1 and any(map(says_none, chosen)) else chosen


def _real(options: Options) -> tuple[Option, ...]:
    return tuple(option for option in options if not says_none(option))


def _find_named(options: Options, text: str) -> list[str]:
    """The values that are named, piece by piece; empty when one piece cannot be told."""
    named, rest = _cut_labels(options, text)
    for piece in _PARTED.split(rest):
        words = piece.strip(" .!:-*")
        if not words:
            continue
        found = [] if bare_words(words) in _NEGATIONS else _find_piece(options, words)
        if not found:
            return []
        named += found
    return named


def _cut_labels(options: Options, text: str) -> tuple[list[str], str]:
    """The options whose labels stand in the text as they are, and the text without them: labels may hold commas."""
    rest, named = to_plain_text(text).casefold(), []
    for option in sorted(options, key=lambda one: -len(one.label)):
        words = r"\s+".join(map(re.escape, to_plain_text(option.label).casefold().split()))
        if words:
            rest, times = re.subn(rf"(?<!\w){words}(?!\w)", ";", rest)
            named += [option.value] if times else []
    return named, rest


def _find_piece(options: Options, words: str) -> list[str]:
    numbered = not any(option.label[0].isdigit() for option in options)
    if numbered and re.fullmatch(r"(?:#?[0-9]{1,2}[.)]?\s*)+", words):
        places = [int(place) for place in re.findall(r"[0-9]+", words)]
        return [options[place - 1].value for place in places] if all(0 < p <= len(options) for p in places) else []
    found = find_option(options, words)
    return [found[0].value] if len(found) == 1 else []


_STEP = re.compile(
    r"(?P<number>-?[0-9]+|[a-z]+)(?:\s*(?:/|of|out\sof)\s*(?P<top>[0-9]+|[a-z]+)\b)?(?P<rest>.*)", re.DOTALL
)


def find_step(options: Options, text: str) -> tuple[Option, ...]:
    """The step of a scale that is meant: "4", "4 of 5", "four", "4: rarely", or its label as in `find_option`."""
    if len(text) > _LONGEST:
        return ()
    said = to_plain_text(text).casefold().strip(" .")
    labelled = tuple(option for option in options if option.label.casefold() == said)
    if labelled:
        # A label may begin with a number that is not its step's, such as "One department".
        return labelled
    match = _STEP.fullmatch(said)
    number = _whole(match["number"]) if match else None
    if match is None or number is None:
        return find_option(options, text)
    top, rest = match["top"], match["rest"]
    steps = step_numbers(options)
    if number not in steps or (top and _whole(top) != max(steps)):
        return ()
    step = options[steps.index(number)]
    return (step,) if not rest.strip() or find_option(options, rest.strip(" .:-–—()=,")) == (step,) else ()


def step_numbers(options: Options) -> list[int]:
    """The number of each step: its value where all values are numbers, else its place, from 1."""
    if all(re.fullmatch(r"-?[0-9]+", option.value) for option in options):
        return [int(option.value) for option in options]
    return list(range(1, len(options) + 1))


def _whole(word: str) -> int | None:
    if re.fullmatch(r"-?[0-9]{1,9}", word):
        return int(word)
    return int(NUMBER_WORDS[word]) if word in NUMBER_WORDS else None


_YES = frozenset({
    "yes", "y", "yep", "yeah", "yea", "yup", "yess", "aye", "sure", "of course", "definitely", "absolutely", "indeed",
    "certainly", "correct", "right", "true", "i do", "we do", "i am", "we are", "i have", "we have", "it is", "it does",
    "they do", "there is", "there are", "affirmative", "ja", "oui", "si",
})  # fmt: skip
_NO = frozenset({
    "no", "n", "nope", "nah", "not really", "not yet", "not at all", "no way", "never", "false", "not", "negative",
    "definitely not", "absolutely not", "certainly not", "of course not", "i do not", "we do not", "i am not",
    "we are not", "i have not", "we have not", "it is not", "it does not", "they do not", "there is not",
    "there are not", "not that i know of", "not so far", "nein", "non",
})  # fmt: skip
_POLITE = re.compile(r"\s(?:please|thanks|thank you)$")
_SIGNS = {":+1:": "yes", ":thumbsup:": "yes", ":white_check_mark:": "yes", "👍": "yes", "✅": "yes"}
_SIGNS |= {":-1:": "no", ":thumbsdown:": "no", "👎": "no"}


def find_yes_or_no(text: str) -> bool | None:
    """What plain words of agreeing or denying say; None for hedges, for "yes and no", and for anything else."""
    if len(text) > _LONGEST or "?" in text:
        return None
    said = _POLITE.sub("", bare_words(_SIGNS.get(text.strip(), text)))
    for words, truth in ((_YES, True), (_NO, False)):
        plain = "yes" if truth else "no"
        if said in words or (said.startswith(f"{plain} ") and said.removeprefix(f"{plain} ") in words):
            return truth
    return None

"""A line of the log in one spelling, and its clauses, in which a number belongs to what stands beside it (2.2.3)."""

import re

_ENDS = re.compile(r"[;()]|[,.!?](?=\s|$)|\s-\s|\s(?:and|but|then|while|so|because)\s")


def clause_around(said: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and behind a place in the same clause."""
    before = said[:start]
    for found in _ENDS.finditer(said[:start]):
        before = said[found.end() : start]
    following = _ENDS.search(said, end)
    return before, said[end : following.start()] if following else said[end:]


def blank(said: str, start: int, end: int) -> str:
    """The line with spaces in one place, so that all else stays where it is."""
    return f"{said[:start]}{' ' * (end - start)}{said[end:]}"


def simplify(text: str) -> str:
    """The line in lower case, with one sign for things that are typed in several ways."""
    said = text.casefold()
    for signs, plain in (("’‘`´", "'"), ("–—−", "-"), ("½", " 1/2"), ("¼", " 1/4"), ("¾", " 3/4")):
        for sign in signs:
            said = said.replace(sign, plain)
    return " ".join(said.split())

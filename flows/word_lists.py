"""Word lists written as one text."""


def word_set(words: str, separator: str | None = None) -> frozenset[str]:
    """The words of a text, which are apart by blanks or else by `separator`."""
    return frozenset(word.strip() for word in words.split(separator))

"""How old one has to be to read a text: the grade of Flesch and Kincaid, in years of school."""

import re

from pyphen import Pyphen

_HYPHENS = Pyphen(lang="en_US", left=1, right=1)
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
_SENTENCE = re.compile(r"(?:[.?](?:\s|$)|\n|\s·\s)+")
_VOWELS = re.compile(r"[aeiouy]+")
_MUTE = re.compile(r"(?:[^aeiouyl]e|[^aeiouytd]ed|[^aeiouysxzcg]es)$")


def list_words(text: str) -> list[str]:
    return _WORD.findall(text)


def grade(text: str) -> float:
    """The grade of a text; each line, and each part of one between dots, counts as a sentence."""
    words = list_words(text)
    sentences = sum(bool(list_words(sentence)) for sentence in _SENTENCE.split(text))
    syllables = sum(_count_syllables(word.casefold()) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59


def _count_syllables(word: str) -> int:
    """The places where a word can be hyphenated miss some syllables and its vowels miss others."""
    groups = len(_VOWELS.findall(word))
    spoken = groups - 1 if groups > 1 and _MUTE.search(word) else groups
    return max(1, spoken, len(_HYPHENS.positions(word)) + 1)

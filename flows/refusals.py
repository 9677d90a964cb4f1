"""What is said when words are no answer to a question: kindly, with an example, and in fewer than thirty words."""

from collections.abc import Sequence

from flows.choices import step_numbers
from flows.questions import Kind, Option, Question

_MOST_WORDS = 29
_MOST_WORDS_OF_LABEL = 5
_FEW = 3


class NotRead(Exception):
    """The words are no answer to this question; the message says kindly what is missing, with an example."""


def refuse(question: Question, lead: str, among: Sequence[Option] = ()) -> NotRead:
    """The refusal that begins with `lead` and says how to answer: with the options (only those `among`), or an example.

    Args:
        question: What was asked.
        lead: What could not be read, in at most 22 words.
        among: The options between which the words did not decide.
    """
    room = _MOST_WORDS - len(lead.split())
    return NotRead(f"{lead} {_how(question, among, room)}")


def _how(question: Question, among: Sequence[Option], room: int) -> str:
    match question.kind:
        case Kind.YES_NO:
            return "Please answer Yes or No."
        case Kind.PERSON:
            return "Please type @ and a name, or use the form."
        case Kind.SCALE:
            numbers = step_numbers(question.options)
            ends = [
                f"{number} ({cut_words(option.label, _MOST_WORDS_OF_LABEL)})"
                for number, option in zip(numbers, question.options, strict=True)
            ]
            return f"Please give a number from {ends[0]} to {ends[-1]}."
        case Kind.CHOICE | Kind.CHOICES:
            return f"Please choose: {_list_options(among or question.options, room - 2)}"
        case _:
            return f"For example: {cut_words(question.example, room - 2)}"


def _list_options(options: Sequence[Option], room: int) -> str:
    """The labels, of which the last ones are left out where there is no room for all."""
    each = room // len(options) if len(options) <= _FEW else room - 1
    labels = [cut_words(option.label, each) for option in options]
    kept = len(labels)
    while kept > 1 and sum(len(label.split()) for label in labels[:kept]) + (kept < len(labels)) > room:
        kept -= 1
    return "; ".join([*labels[:kept], *(["…"] if kept < len(labels) else [])])


def cut_words(text: str, most: int) -> str:
    """The text if it has at most so many words, else its beginning with an ellipsis."""
    words = text.split()
    return text.strip() if len(words) <= most else f"{' '.join(words[: max(1, most)])}…"

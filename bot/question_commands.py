"""`ml-kickoff questions`: check the file of a workspace's own questions, and print the questions as such a file."""

from pathlib import Path

from bot.own_files import read_own_file
from flows.question_file import compare, read_question_file, write_question_file
from flows.questions import QuestionSet

_TOLD = {
    "added": "added",
    "reworded": "reworded",
    "altered": "changed otherwise",
    "switched_off": "switched off",
    "moved": "moved",
}


def effective_questions(file: Path | None) -> QuestionSet:
    """The built-in questions, with the file laid over them if there is one.

    Raises:
        Unusable: The file cannot be read, or has mistakes; the message has a line for each of them.
    """
    built_in = _built_in()
    return built_in if file is None else read_own_file(file, lambda text: read_question_file(text, built_in))


def check(file: Path) -> str:
    """What the file changes, in one sentence.

    Raises:
        Unusable: The file cannot be read, or has mistakes.
    """
    changes = compare(_built_in(), effective_questions(file))
    counts = {words: len(getattr(changes, name)) for name, words in _TOLD.items()}
    total = sum(counts.values())
    if not total:
        return "No changes: the questions stay as they are built in."
    told = ", ".join(f"{count} {words}" for words, count in counts.items() if count)
    return f"{total} {'change' if total == 1 else 'changes'}, all good: {told}."


def export(file: Path | None) -> str:
    """All questions, as the text of a file to be changed; with the file laid over them if there is one.

    Raises:
        Unusable: The file cannot be read, or has mistakes.
    """
    return write_question_file(effective_questions(file), _built_in()).rstrip("\n")


def _built_in() -> QuestionSet:
    # Only here, so that the other commands need not build it.
    from flows.question_bank import BANK  # noqa: PLC0415

    return BANK

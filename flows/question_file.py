"""A file with which a workspace adds, rewords, moves or switches off questions.

The file is YAML: below `questions:` stands a list of entries with an `id`. A known id changes the fields that are
given, an unknown one adds a question. docs/questions.md describes it.
"""

from flows.question_changes import Changes, compare
from flows.question_entries import read_entries
from flows.question_export import write_question_file
from flows.question_merging import merge
from flows.question_mistakes import Mistake, QuestionFileError
from flows.question_yaml import MOST_BYTES, compose
from flows.questions import QuestionSet

__all__ = [
    "MOST_BYTES",
    "Changes",
    "Mistake",
    "QuestionFileError",
    "compare",
    "read_question_file",
    "write_question_file",
]


def read_question_file(text: str, base: QuestionSet) -> QuestionSet:
    """The set that comes of laying the file over `base`. A file with only comments changes nothing.

    Raises:
        QuestionFileError: Something is wrong with the file; all mistakes that were found are in it.
    """
    found: list[Mistake] = []
    questions = merge(read_entries(compose(text), base, found), base, found)
    if found:
        raise QuestionFileError(found)
    return QuestionSet(questions=questions)

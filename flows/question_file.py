"""A file with which a workspace adds, rewords, moves or switches off questions.

The file is YAML: below `questions:` stands a list of entries with an `id`. A known id changes the fields that are
given, an unknown one adds a question. docs/questions.md describes it.
"""

from flows.file_mistakes import FileMistakes, Mistake
from flows.question_changes import Changes, compare
from flows.question_entries import read_entries
from flows.question_export import write_question_file
from flows.question_merging import merge
from flows.questions import QuestionSet
from flows.yaml_tree import compose

__all__ = [
    "Changes",
    "FileMistakes",
    "Mistake",
    "compare",
    "read_question_file",
    "write_question_file",
]


def read_question_file(text: str, base: QuestionSet) -> QuestionSet:
    """The set that comes of laying the file over `base`. A file with only comments changes nothing.

    Raises:
        FileMistakes: Something is wrong with the file; all mistakes that were found are in it.
    """
    found: list[Mistake] = []
    questions = merge(read_entries(compose(text), base, found), base, found)
    if found:
        raise FileMistakes(found)
    return QuestionSet(questions=questions)

"""A set of questions as the text of a file that can be changed by hand."""

import yaml

from flows.question_changes import in_place
from flows.questions import Question, QuestionSet
from flows.yaml_writing import mapping, names, plain, text, written

_HEADER = """\
# The questions of the interviews, in the order in which they are asked.
# Keep only what you change: a question that is not in the file stays as it is built in.
# A known id changes the fields that are given; a new id adds a question.
# off: true switches one off; after: other_id or first: true moves one.
# Check the file with: ml-kickoff questions check FILE. More is in docs/questions.md.
"""
_TEXTS = ("label", "kind", "wording", "why", "example", "unit")
_NAMES = ("roles", "stand_ins")
_LAST_NAMES = ("feeds", "rows")


def write_question_file(question_set: QuestionSet, base: QuestionSet | None = None) -> str:
    """The set as a file. Read over `base`, from which the set was made, it gives the same set again.

    Args:
        question_set: What is written.
        base: The set that the file will be read over; `question_set` itself, if left out.
    """
    base = base or question_set
    places = _places(question_set, base)
    entries = [_entry(question, base.by_id.get(question.id), places) for question in question_set.questions]
    gone = [question.id for question in base.questions if question.id not in question_set.by_id]
    entries += [mapping({"id": text(name), "off": plain("true")}) for name in gone]
    return _HEADER + written({"questions": entries})


def _places(question_set: QuestionSet, base: QuestionSet) -> dict[str, dict[str, yaml.Node]]:
    """How each question that does not stand where it would by itself gets to its place."""
    staying = in_place(base, question_set)
    ids = [question.id for question in question_set.questions]
    last = max((place for place, name in enumerate(ids) if name in base.by_id), default=-1)
    places: dict[str, dict[str, yaml.Node]] = {}
    for place, name in enumerate(ids):
        if name not in staying and place <= last:
            places[name] = {"after": text(ids[place - 1])} if place else {"first": plain("true")}
    return places


def _entry(question: Question, known: Question | None, places: dict[str, dict[str, yaml.Node]]) -> yaml.Node:
    fields = {"id": text(question.id), **places.get(question.id, {})}
    fields |= {name: text(str(getattr(question, name))) for name in _TEXTS}
    fields["options"] = mapping({option.value: text(option.label) for option in question.options})
    fields |= {name: names(getattr(question, name)) for name in _NAMES}
    fields["when"] = mapping({when.question: names(when.values) for when in question.when})
    fields |= {name: names(getattr(question, name)) for name in _LAST_NAMES}
    fields["find_out"] = text(question.find_out)
    # What is empty is left out, unless it was not and has to be emptied.
    return mapping({name: node for name, node in fields.items() if node.value or getattr(known, name, None)})

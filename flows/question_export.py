"""A set of questions as the text of a file that can be changed by hand."""

import re

import yaml

from flows.question_changes import in_place
from flows.questions import Question, QuestionSet

_HEADER = """\
# The questions of the interviews, in the order in which they are asked.
# Keep only what you change: a question that is not in the file stays as it is built in.
# A known id changes the fields that are given; a new id adds a question.
# off: true switches one off; after: other_id or first: true moves one.
# Check the file with: ml-kickoff questions check FILE. More is in docs/questions.md.
"""
_WIDTH = 100
_FOLDED_FROM = 80
_TEXTS = ("label", "kind", "wording", "why", "example", "unit")
_NAMES = ("roles", "stand_ins")
_LAST_NAMES = ("feeds", "rows")
_BREAKS = re.compile("[\r\n\x85\u2028\u2029]")


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
    entries += [_mapping({"id": _text(name), "off": _plain("true")}) for name in gone]
    tree = _mapping({"questions": yaml.SequenceNode("tag:yaml.org,2002:seq", entries, flow_style=False)})
    # Entries alone begin in the first column.
    written: str = yaml.serialize(tree, Dumper=yaml.SafeDumper, width=_WIDTH, allow_unicode=True)
    return _HEADER + re.sub("^- id: |^questions:", r"\n\g<0>", written, flags=re.MULTILINE)


def _places(question_set: QuestionSet, base: QuestionSet) -> dict[str, dict[str, yaml.Node]]:
    """How each question that does not stand where it would by itself gets to its place."""
    staying = in_place(base, question_set)
    ids = [question.id for question in question_set.questions]
    last = max((place for place, name in enumerate(ids) if name in base.by_id), default=-1)
    places: dict[str, dict[str, yaml.Node]] = {}
    for place, name in enumerate(ids):
        if name not in staying and place <= last:
            places[name] = {"after": _text(ids[place - 1])} if place else {"first": _plain("true")}
    return places


def _entry(question: Question, known: Question | None, places: dict[str, dict[str, yaml.Node]]) -> yaml.Node:
    fields = {"id": _text(question.id), **places.get(question.id, {})}
    fields |= {name: _text(str(getattr(question, name))) for name in _TEXTS}
    fields["options"] = _mapping({option.value: _text(option.label) for option in question.options})
    fields |= {name: _list(getattr(question, name)) for name in _NAMES}
    fields["when"] = _mapping({when.question: _list(when.values) for when in question.when})
    fields |= {name: _list(getattr(question, name)) for name in _LAST_NAMES}
    fields["find_out"] = _text(question.find_out)
    # What is empty is left out, unless it was not and has to be emptied.
    return _mapping({name: node for name, node in fields.items() if node.value or getattr(known, name, None)})


def _mapping(fields: dict[str, yaml.Node]) -> yaml.MappingNode:
    pairs = [(_text(name), node) for name, node in fields.items()]
    return yaml.MappingNode("tag:yaml.org,2002:map", pairs, flow_style=not pairs)


def _list(names: tuple[str, ...]) -> yaml.Node:
    return yaml.SequenceNode("tag:yaml.org,2002:seq", [_text(str(name)) for name in names], flow_style=True)


def _plain(word: str) -> yaml.Node:
    return yaml.ScalarNode("tag:yaml.org,2002:bool", word)


def _text(text: str) -> yaml.ScalarNode:
    return yaml.ScalarNode("tag:yaml.org,2002:str", text, style=_style(text))


def _style(text: str) -> str | None:
    lines = text.split("\n")
    if any(line != line.strip() or not line or _BREAKS.search(line) for line in lines):
        return '"' if _BREAKS.search(text) else None
    if len(lines) > 1:
        return "|"
    # Text below > can hold colons and quotes, so that nobody stumbles over them who rewords it.
    return ">" if len(text) > _FOLDED_FROM and "  " not in text else None

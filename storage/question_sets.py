"""Sets of questions, kept for as long as a kickoff may ask them."""

from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql, sqlite

from flows.questions import QuestionSet
from storage import tables as t

_DIALECTS = {"postgresql": postgresql, "sqlite": sqlite}

# A set never changes under its version, so none has to be read twice.
_read: dict[str, QuestionSet] = {}


def keep(connection: Connection, question_set: QuestionSet) -> str:
    """Keep a set of questions, and return the version under which it is found."""
    row = {
        "version": question_set.version,
        "questions": [question.model_dump(mode="json") for question in question_set.questions],
    }
    insert = _DIALECTS[connection.dialect.name].insert(t.question_set).values(**row)
    connection.execute(insert.on_conflict_do_nothing())
    return question_set.version


def load(connection: Connection, version: str) -> QuestionSet:
    """The set of questions of this version.

    Raises:
        sqlalchemy.exc.NoResultFound: There is none.
    """
    if version not in _read:
        query = select(t.question_set.c.questions).where(t.question_set.c.version == version)
        _read[version] = QuestionSet.model_validate({"questions": connection.execute(query).scalar_one()})
    return _read[version]

"""The unknowns register: what nobody knows, who was asked first, how to find out (section 2.2.1; K16 to K21)."""

from dataclasses import replace

from flows.kickoffs import Kickoff
from flows.known import Known, list_not_known
from flows.scoring.project_score import Score
from flows.unknowns import ANSWERED_BY, Unknown


def list_register(kickoff: Kickoff, score: Score) -> tuple[Unknown, ...]:
    """All that is not known: what would change the score most, what people did not know, and the chapter's six."""
    not_known = {known.question.id: known for known in list_not_known(kickoff)}
    owners = {question: _owner(kickoff, known) for question, known in not_known.items()}
    scored = [replace(one, owner=owners.get(_asked_by(one), "")) for one in score.unknowns]
    listed = {_asked_by(one) for one in scored}
    asked = [_unknown(known, kickoff.name, owners[key]) for key, known in not_known.items() if key not in listed]
    answerable = [one for one in scored if one.is_answerable]
    return (*answerable, *asked, *(one for one in scored if not one.is_answerable))


def _asked_by(unknown: Unknown) -> str:
    """The question that asked for it; each of the chapter's six has one too."""
    return unknown.question or ANSWERED_BY.get(unknown.row, "")


def _owner(kickoff: Kickoff, known: Known) -> str:
    """Who was asked first where all could read it; who did not know it in private is not named."""
    in_channel = {one.person for one in kickoff.counted if one.channel == kickoff.channel}
    return next((said.person for said in known.said if said.person in in_channel), "")


def _unknown(known: Known, project: str, owner: str) -> Unknown:
    question = known.question
    return Unknown(
        name=question.worded(project),
        why=question.why,
        way_to_find_out=question.find_out or "Ask somebody who may know.",
        row=next(iter(question.rows), ""),
        is_answerable=True,
        question=question.id,
        owner=owner,
    )

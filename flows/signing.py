"""Who has signed the goal card, and whose signature is open again since what they signed has changed (K35, K47).

A signature is for the lines as they stood. When a line changes, exactly those are asked anew who signed it as it was,
and they are told which lines.
"""

from collections.abc import Iterator, Mapping

from flows.agreement import Agreement, Signature
from flows.goal_card import GoalCard
from flows.kickoffs import Kickoff


def signers_of(kickoff: Kickoff) -> tuple[str, ...]:
    """Who is asked to sign: all stakeholders who can be reached."""
    return kickoff.reachable


def changed_lines(signature: Signature, card: GoalCard) -> tuple[str, ...]:
    """The titles of the lines that say something else than what was signed; each once, from top to bottom."""
    now = card.digests()
    changed = [line.title for line in card.lines if signature.digests.get(line.key) != now[line.key]]
    gone = len(set(signature.digests) - set(now))
    return tuple(dict.fromkeys([*changed, *(["A line that is gone"] if gone else [])]))


def to_reopen(kickoff: Kickoff, stands: Agreement, card: GoalCard) -> Iterator[tuple[Signature, tuple[str, ...]]]:
    """The approvals that hold no longer, with the lines that changed; those that are open already are left out."""
    asked = signers_of(kickoff)
    for signature in (one for one in stands.signatures.values() if one.person in asked):
        lines = changed_lines(signature, card) if not signature.objection else ()
        if lines and lines != signature.reopened:
            yield signature, lines


def missing_signatures(kickoff: Kickoff, signatures: Mapping[str, Signature]) -> tuple[str, ...]:
    """Those who have not said anything of the card as it stands."""
    return tuple(person for person in signers_of(kickoff) if person not in signatures or signatures[person].reopened)

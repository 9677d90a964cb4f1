"""What is waited for while somebody is blocked (section 2.2.3)."""

from datetime import UTC, date, datetime

from flows.decisions import Decision, HelpAnswered, HelpAsked, PlateauExplained, PlateauReason
from flows.help_asked import find_asked

AT = datetime(2026, 11, 23, tzinfo=UTC)
DUE = date(2026, 11, 27)


def asked(entry: int, what: str = "access") -> HelpAsked:
    return HelpAsked(by="U1", at=AT, entry=entry, what=what, owner="U2", due=DUE)


def answered(entry: int, *, done: bool) -> HelpAnswered:
    return HelpAnswered(by="U2", at=AT, entry=entry, done=done)


def test_it_is_waited_for_until_it_is_done() -> None:
    other = PlateauExplained(by="U1", at=AT, since=DUE, reason=PlateauReason.LABELS, until=DUE)
    ledger: list[Decision] = [asked(1), asked(2), other, answered(1, done=False)]
    assert find_asked(ledger, 1) == asked(1)
    assert find_asked([*ledger, answered(1, done=True)], 1) is None
    assert find_asked([*ledger, answered(1, done=True), asked(1, "more")], 1) == asked(1, "more")
    assert find_asked(ledger, 3) is None

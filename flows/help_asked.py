"""What is waited for while somebody is blocked: who does what by when, and whether it is done (section 2.2.3)."""

from collections.abc import Iterable

from flows.decisions import Decision, HelpAnswered, HelpAsked


def find_asked(ledger: Iterable[Decision], entry: int) -> HelpAsked | None:
    """The newest thing that was asked for because of an entry of the log, while it is not done."""
    found: HelpAsked | None = None
    for line in ledger:
        match line:
            case HelpAsked() if line.entry == entry:
                found = line
            case HelpAnswered() if line.entry == entry and line.done:
                found = None
            case _:
                pass
    return found

"""What is waited for while somebody is blocked: who does what by when, and whether it is done (section 2.2.3)."""

from collections.abc import Iterable

from flows.decisions import Decision, HelpAnswered, HelpAsked


def find_asked(ledger: Iterable[Decision], entry: int) -> HelpAsked | None:
    """The newest thing that was asked for because of an entry of the log, while it is not done."""
    asked, is_done = _follow(ledger, entry)
    return None if is_done else asked


def is_helped(ledger: Iterable[Decision], entry: int) -> bool:
    """Whether what was asked for last because of an entry of the log is done."""
    return _follow(ledger, entry)[1]


def _follow(ledger: Iterable[Decision], entry: int) -> tuple[HelpAsked | None, bool]:
    """What was asked for last because of an entry, and whether it is done."""
    asked: HelpAsked | None = None
    is_done = False
    for line in ledger:
        match line:
            case HelpAsked() if line.entry == entry:
                asked, is_done = line, False
            case HelpAnswered() if line.entry == entry:
                is_done = is_done or line.done
            case _:
                pass
    return asked, is_done

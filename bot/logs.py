"""Logging that tells an engineer where something went wrong and never what somebody wrote.

Exceptions of databases, validators and HTTP clients repeat the data that they stumbled over. So their messages are not
logged: only their kind and where they came from.
"""

import logging
import sys
import traceback
from types import TracebackType

_CHATTY = ("slack_bolt", "slack_sdk", "aiohttp", "apscheduler", "alembic", "sqlalchemy", "asyncio", "matplotlib")
_ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def describe_error(error: BaseException) -> str:
    """The kind of an exception and the lines that it came through, without its message."""
    frames = traceback.extract_tb(error.__traceback__)
    where = " < ".join(f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} {frame.name}" for frame in reversed(frames))
    return f"{type(error).__name__} at {where}" if where else type(error).__name__


class _Formatter(logging.Formatter):
    def formatException(self, ei: _ExceptionInfo) -> str:  # noqa: N802 - named by logging
        return describe_error(ei[1]) if ei[1] else ""


def set_up_logging(level: int = logging.INFO) -> None:
    """Log to standard error; libraries only from warnings on, since their details hold what people wrote."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)

"""Processes of their own, forked from one that has loaded the app's modules, which takes most of a start.

They end by being killed, so nothing that coverage.py counted in them would be kept; it is left out, as it costs time.
"""

import asyncio
import multiprocessing
import os
import sys
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from unittest import mock

from bot.command_line import main

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["bot.run", "bot.try_out", "tests.browser.gallery", __name__])
_MEASURED = ("COVERAGE_PROCESS_CONFIG", "COVERAGE_PROCESS_START")


def fork(act: Callable[..., None], *arguments: object) -> ForkServerProcess:
    """Start a process that acts; it ends with this one at the latest."""
    process = _FORKS.Process(target=act, args=arguments, daemon=True)
    # The first one starts the process from which all are forked.
    with mock.patch.dict(os.environ):
        for name in _MEASURED:
            os.environ.pop(name, None)
        process.start()
    return process


def run_app(environment: dict[str, str]) -> None:
    """Be the app, as `ml-kickoff run` is."""
    os.environ.update(environment)
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
    sys.exit(main(["run"]))


def run_playground(said: Connection, options: Sequence[str]) -> None:
    """Be a playground, as `ml-kickoff playground` is; what it prints is said."""
    os.dup2(said.fileno(), sys.stdout.fileno())
    sys.exit(main(["playground", *options]))


def run_gallery(said: Connection) -> None:
    """Serve the page with an app that has one of everything; what it prints is said."""
    from tests.browser import gallery

    os.dup2(said.fileno(), sys.stdout.fileno())
    asyncio.run(gallery.main())

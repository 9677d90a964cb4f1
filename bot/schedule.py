"""The scheduler: a tick in every process. What is due is a row of the database, and claimed there."""

import logging
from datetime import timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger
from sqlalchemy import Connection

from bot.app import App
from bot.digests import send_due_digests
from bot.logs import describe_error
from bot.nudges import send_due_nudges
from bot.own_nudges import send_due_own_nudges
from bot.reminders import claim_due_reminders
from bot.voting import close_due_votes
from storage import deliveries, outbox

_log = logging.getLogger(__name__)

_LOOKS = (send_due_nudges, send_due_own_nudges, claim_due_reminders, close_due_votes, send_due_digests)
_TICK_SECONDS = 5
_HOUR = 3600
_DELIVERIES_KEPT = timedelta(days=3)
_PARCELS_KEPT = timedelta(days=7)
_GIVEN_UP_KEPT = timedelta(days=30)


async def tick(app: App) -> None:
    """Send every nudge, reminder and digest that is due, and close every vote whose time is up."""
    try:
        while any([await look(app) for look in _LOOKS]):
            pass
    except Exception as error:
        _log.error("A tick failed: %s", describe_error(error))


async def checkpoint(app: App) -> None:
    """Keep SQLite's write-ahead log short, so that no answer has to wait for it."""
    try:
        await app.database.checkpoint()
    except Exception as error:
        _log.error("A checkpoint failed: %s", describe_error(error))


async def tidy(app: App) -> None:
    """Forget deliveries and sent messages that nobody can ask for any more."""

    def forget(connection: Connection) -> None:
        now = app.clock()
        deliveries.forget_before(connection, now - _DELIVERIES_KEPT)
        outbox.forget_before(connection, now - _PARCELS_KEPT)
        outbox.forget_given_up_before(connection, now - _GIVEN_UP_KEPT)

    try:
        await app.transact_behind(forget)
    except Exception as error:
        _log.error("Tidying failed: %s", describe_error(error))


def create_scheduler(app: App) -> AsyncIOScheduler:
    """A scheduler with its jobs, not started yet."""
    # By default a job that comes a second late is dropped without a word.
    scheduler = AsyncIOScheduler(job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1})
    scheduler.add_job(tick, IntervalTrigger(seconds=_TICK_SECONDS), args=[app])
    scheduler.add_job(checkpoint, IntervalTrigger(seconds=_TICK_SECONDS), args=[app])
    scheduler.add_job(tidy, IntervalTrigger(seconds=_HOUR), args=[app])
    return scheduler

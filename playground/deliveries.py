"""Getting things to the app: retries, duplicates, things held back, and knowing when all is quiet."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass

from playground.delivery import OK, Answer, Delivery, Door, Retry
from playground.log import Log
from playground.records import Exchange

SLACKS_RETRIES = (0.0, 60.0, 300.0)
_SOON = 1.0


@dataclass
class Strangeness:
    """How deliveries misbehave, as Slack's sometimes do.

    Attributes:
        duplicate: How often each thing is delivered, with the same payload.
        at_once: Whether duplicates come at the same time rather than one after the other.
        delay: How long events wait before they go out, in seconds.
    """

    duplicate: int = 1
    at_once: bool = False
    delay: float = 0.0


class Deliveries:
    """Delivers to the app through its door.

    Args:
        door: The way to the app.
        log: Takes the traffic.
        retries: The waits before each retry of an event, in seconds.
    """

    def __init__(self, door: Door, log: Log, retries: Sequence[float] = SLACKS_RETRIES) -> None:
        self.door = door
        self.strangeness = Strangeness()
        self.last: Delivery | None = None
        self.last_event: Delivery | None = None
        self._log = log
        self._retries = retries
        self._under_way = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._held: list[Delivery] | None = None

    async def deliver(self, delivery: Delivery) -> Answer:
        """Deliver what a person did and wait for the answer; nothing but events is retried.

        Returns:
            The answer to the first copy.
        """
        self.last = delivery
        copies = [self._send(delivery, None) for _ in range(self.strangeness.duplicate)]
        if self.strangeness.at_once:
            return (await asyncio.gather(*copies))[0]
        answers = [await copy for copy in copies]
        return answers[0]

    def tell(self, event: Delivery) -> None:
        """Deliver an event in the background, with retries."""
        self.last = self.last_event = event
        if self._held is not None:
            self._held.append(event)
            return
        self._start(event)

    def hold(self) -> None:
        """Keep events back until they are released."""
        self._held = []

    def release(self, *, backwards: bool = False) -> None:
        """Let go of the events kept back, the newest first if they are to come out of order."""
        held, self._held = self._held or [], None
        for event in reversed(held) if backwards else held:
            self._start(event)

    async def again(self, delivery: Delivery | None = None) -> Answer:
        """Deliver something once more, as Slack does when an acknowledgement got lost on its way.

        Args:
            delivery: What; without it the last one.

        Raises:
            LookupError: If nothing was delivered yet.
        """
        again = delivery or self.last
        if again is None:
            raise LookupError("nothing was delivered yet")
        retry = Retry(1, "http_timeout") if again.kind == "events_api" else None
        return await self._send(again, retry)

    @property
    def under_way(self) -> int:
        """How many deliveries wait for their answer, or are about to be tried again."""
        return self._under_way

    async def stop(self) -> None:
        """Drop what is still to be delivered."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _start(self, event: Delivery) -> None:
        for _ in range(self.strangeness.duplicate):
            task = asyncio.create_task(self._persist(event))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _persist(self, event: Delivery) -> None:
        await self._wait(self.strangeness.delay)
        answer = await self._send(event, None)
        for number, wait in enumerate(self._retries, 1):
            if answer.status == OK or answer.no_retry:
                return
            await self._wait(wait)
            answer = await self._send(event, Retry(number, answer.failure or "http_error"))

    async def _wait(self, seconds: float) -> None:
        soon = seconds <= _SOON
        self._under_way += soon
        try:
            await asyncio.sleep(seconds)
        finally:
            self._under_way -= soon

    async def _send(self, delivery: Delivery, retry: Retry | None) -> Answer:
        began = time.monotonic()
        self._under_way += 1
        try:
            answer = await self.door.send(delivery, retry)
        finally:
            self._under_way -= 1
        self._log.exchanged(
            Exchange(
                "delivery",
                delivery.name,
                delivery.payload,
                answer.body,
                answer.status,
                time.monotonic() - began,
                retry.number if retry else 0,
                answer.failure or "",
            )
        )
        return answer

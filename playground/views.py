"""Modals and home tabs: what triggers open, stacks of three, hashes."""

import secrets
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from playground.clock import Clock
from playground.log import Log
from playground.numbering import with_ids
from playground.records import Happening, Json, Refused, View

TRIGGER_LIFETIME = timedelta(seconds=3)
STACK = 3
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass
class Trigger:
    """What lets an app open a modal for someone, once and for three seconds.

    Attributes:
        person: Who acted.
        expires: When it is too late.
        spent: Whether it was used.
    """

    person: str
    expires: datetime
    spent: bool = False


class Views:
    """Every view, and which of them each person has open."""

    def __init__(self, clock: Clock, log: Log) -> None:
        self._clock = clock
        self._log = log
        self._all: dict[str, View] = {}
        self._stacks: dict[str, list[str]] = {}
        self._homes: dict[str, str] = {}
        self._triggers: dict[str, Trigger] = {}

    def new_trigger(self, person: str) -> str:
        """A trigger for something a person just did."""
        trigger_id = f"{self._clock.seconds()}.{len(self._triggers)}.{secrets.token_hex(16)}"
        self._triggers[trigger_id] = Trigger(person, self._clock.now() + TRIGGER_LIFETIME)
        return trigger_id

    def spend(self, trigger_id: str) -> str:
        """Use a trigger.

        Returns:
            The id of the person it stands for.

        Raises:
            Refused: ``invalid_trigger_id``, ``exchanged_trigger_id`` or ``expired_trigger_id``.
        """
        trigger = self._triggers.get(trigger_id)
        if trigger is None:
            raise Refused("invalid_trigger_id", breach=True)
        if trigger.spent:
            raise Refused("exchanged_trigger_id", breach=True)
        if self._clock.now() > trigger.expires:
            raise Refused("expired_trigger_id", breach=True)
        trigger.spent = True
        return trigger.person

    def open(self, person: str, body: Json) -> View:
        """Open a modal on an empty stack."""
        self._forbid_twin(body)
        self._stacks[person] = []
        return self._put_on_top(person, body)

    def push(self, person: str, body: Json) -> View:
        """Put a modal on top of the open ones.

        Raises:
            Refused: ``not_found`` without an open one, ``push_limit_reached`` above three.
        """
        stack = self._stacks.get(person, [])
        if not stack:
            raise Refused("not_found", breach=True)
        if len(stack) == STACK:
            raise Refused("push_limit_reached", breach=True)
        self._forbid_twin(body)
        return self._put_on_top(person, body)

    def _put_on_top(self, person: str, body: Json) -> View:
        stack = self._stacks[person]
        view_id = self._id()
        root, previous = (stack[0], stack[-1]) if stack else (view_id, None)
        view = View(view_id, person, _complete(body), self._hash(), root, previous)
        self._all[view_id] = view
        stack.append(view_id)
        self._note("view_opened", view)
        return view

    def update(self, view_id: str, body: Json, expected_hash: str | None = None) -> View:
        """Replace what a view shows; entries stay where block and action ids stay.

        Raises:
            Refused: ``not_found`` or ``hash_conflict``.
        """
        view = self.view(view_id)
        if expected_hash is not None and expected_hash != view.hash:
            raise Refused("hash_conflict")
        self._forbid_twin(body, besides=view_id)
        after = replace(view, body=_complete(body), hash=self._hash())
        self._all[view_id] = after
        self._note("view_updated", after)
        return after

    def publish(self, person: str, body: Json, expected_hash: str | None = None) -> View:
        """Show a home tab to a person.

        Raises:
            Refused: ``hash_conflict``.
        """
        old = self._all.get(self._homes.get(person, ""))
        if old and expected_hash is not None and expected_hash != old.hash:
            raise Refused("hash_conflict")
        view_id = old.id if old else self._id()
        self._all[view_id] = View(view_id, person, _complete(body), self._hash(), view_id)
        self._homes[person] = view_id
        self._note("home_published", self._all[view_id])
        return self._all[view_id]

    def enter(self, view: View, values: Json) -> View:
        """Keep what a person entered."""
        self._all[view.id] = replace(self.view(view.id), values=values)
        return self._all[view.id]

    def close(self, view_id: str) -> None:
        """Close the view on top; the one below shows again."""
        view = self.view(view_id)
        self._stacks[view.person].remove(view_id)
        del self._all[view_id]
        self._note("view_closed", view)

    def clear(self, person: str) -> None:
        """Close every modal of a person."""
        for view_id in reversed(list(self._stacks.get(person, []))):
            self.close(view_id)

    def view(self, view_id: str) -> View:
        """The view with this id as it stands now.

        Raises:
            Refused: ``not_found``.
        """
        if view_id not in self._all:
            raise Refused("not_found")
        return self._all[view_id]

    def by_external_id(self, external_id: str) -> View:
        """The view an app named itself.

        Raises:
            Refused: ``not_found``.
        """
        for view in self._all.values():
            if external_id and view.body.get("external_id") == external_id:
                return view
        raise Refused("not_found")

    def top(self, person: str) -> View | None:
        """The modal a person has before them."""
        stack = self._stacks.get(person)
        return self._all[stack[-1]] if stack else None

    def home(self, person: str) -> View | None:
        """The home tab a person sees."""
        return self._all.get(self._homes.get(person, ""))

    def _forbid_twin(self, body: Json, besides: str = "") -> None:
        external_id = body.get("external_id")
        twins = [view for view in self._all.values() if external_id and view.body.get("external_id") == external_id]
        if any(view.id != besides for view in twins):
            raise Refused("duplicate_external_id", breach=True)

    def _note(self, kind: str, view: View) -> None:
        self._log.note(Happening(0, _LONG_AGO, kind, person=view.person, view=view))

    def _id(self) -> str:
        return f"V{secrets.token_hex(5).upper()}"

    def _hash(self) -> str:
        return f"{self._clock.seconds()}.{secrets.token_hex(4)}"


def _complete(body: Json) -> Json:
    return {**body, "blocks": list(with_ids(body["blocks"]))}

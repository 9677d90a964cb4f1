"""What blocks need to know of where they stand: in whose eyes, with which entries, and what a use of them does."""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from playground.forms import CannotEnter
from playground.page.markup import Markup
from playground.page.sight import Sight
from playground.records import Json, Message, View

Use = Callable[[Json, Json, Any], Awaitable[None]]
"""Uses an element of a block: the block, the element, and what was chosen (None for buttons)."""
Enter = Callable[[Json, Json, Any], None]
"""Keeps what was entered into an input of a block, without telling the app."""


@dataclass(frozen=True)
class Surface:
    """A message, modal or home tab as one person sees it.

    Attributes:
        markup: Turns Slack's markup into HTML for this person.
        reader: The id of this person.
        zone: Their time zone.
        people: Names of the people who can be picked, by id.
        channels: Names of the channels that can be picked, by id.
        conversations: Names of what can be picked where direct messages can be too, by id.
        state: Gives what was entered so far: block id, action id, Slack's state value.
        use: What using a button or menu does.
        enter: What filling in an input does.
        errors: What is wrong with an input, by its block id.
        typed: What stands in an input although it cannot be sent, by its block id.
        picture: Gives the address of a file that a block refers to.
    """

    markup: Markup
    reader: str
    zone: str
    people: Mapping[str, str]
    channels: Mapping[str, str]
    conversations: Mapping[str, str]
    state: Callable[[], Json]
    use: Use
    enter: Enter
    picture: Callable[[Json], str]
    errors: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)

    def entry(self, block: Json, element: Json) -> Any:
        """What stands in an element: what was entered, without Slack's wrapping; None or an empty list if nothing."""
        kept = self.state().get(block["block_id"], {}).get(element["action_id"], {})
        return next((value for key, value in kept.items() if key != "type"), None)


def surface_for(
    sight: Sight,
    where: Message | View,
    use: Use,
    enter: Enter | None = None,
    errors: Mapping[str, str] | None = None,
    typed: Mapping[str, str] | None = None,
) -> Surface:
    """A message, modal or home tab in the eyes of the one who acts.

    Args:
        sight: What they see.
        where: The message or view.
        use: What using a button or menu does.
        enter: What filling in an input does, where it is not just kept as far as it fits.
        errors: What is wrong with an input, by its block id.
        typed: What stands in an input although it cannot be sent, by its block id.
    """
    person = sight.person

    def keep(block: Json, element: Json, value: object) -> None:
        with suppress(CannotEnter):
            person.enter(where, block, element, value)

    return Surface(
        markup=sight.markup,
        reader=person.id,
        zone=person.tz,
        people=sight.names_of_people(),
        channels=sight.names_of_channels(),
        conversations=sight.names_of_conversations(),
        state=lambda: person.entries(where),
        use=use,
        enter=enter or keep,
        picture=sight.address_of_picture,
        errors=errors or {},
        typed=typed or {},
    )

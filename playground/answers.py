"""What Slack does with the app's answer to a command, a button or a modal."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from playground.delivery import OK, Answer
from playground.limits import check_message, check_view
from playground.records import Channel, Json, Message, Refused, View

if TYPE_CHECKING:
    from playground.person import Person

_MISSING = "the app did not acknowledge"


class AppFailed(Exception):
    """The person saw Slack's own trouble notice: the app did not answer in time, or with nonsense."""


@dataclass(frozen=True)
class Reply:
    """The app's answer to a command, button or menu.

    Attributes:
        status: The HTTP status, None where no answer came.
        error: What Slack shows the person instead, such as ``operation_timeout``; None if all went well.
        message: The message in the answer, if any.
    """

    status: int | None = None
    error: str | None = None
    message: Message | None = None

    @property
    def text(self) -> str:
        """The text in the answer, empty without."""
        return self.message.text if self.message else ""

    @property
    def blocks(self) -> tuple[Json, ...]:
        """The blocks in the answer."""
        return self.message.blocks if self.message else ()

    def words(self) -> str:
        """Everything readable in the answer."""
        return self.message.words() if self.message else ""


class Complaints(dict[str, str]):
    """The app's complaints about a modal, by the label of the input.

    Attributes:
        by_block: The same by the id of the block, since two inputs may have one label.
    """

    def __init__(self, by_block: dict[str, str], labels: dict[str, str]) -> None:
        super().__init__({labels[block_id]: complaint for block_id, complaint in by_block.items()})
        self.by_block = by_block


def after_command(person: "Person", channel: Channel, answer: Answer) -> Reply:
    """Show the message in the acknowledgement of a command."""
    if answer.status != OK:
        return after_action(answer)
    body = answer.body or {}
    if not (body.get("text") or body.get("blocks")):
        return Reply(answer.status)
    try:
        check_message(body, is_image=person.workspace.files.is_image)
    except Refused as refusal:
        person.workspace.log.breached("command", refusal.error, "; ".join(refusal.messages))
        return Reply(answer.status, refusal.error)
    everyone = body.get("response_type") == "in_channel"
    message = person.workspace.post(
        channel,
        person.workspace.app.user_id,
        body.get("text", ""),
        blocks=body.get("blocks"),
        only_for=None if everyone else person.id,
    )
    return Reply(answer.status, None, message)


def after_action(answer: Answer) -> Reply:
    """Buttons and menus are only acknowledged."""
    if answer.failure == "http_timeout":
        return Reply(answer.status, "operation_timeout")
    return Reply(answer.status, None if answer.status == OK else "dispatch_failed")


def after_submission(person: "Person", view: View, answer: Answer) -> Complaints | None:
    """Close, replace or keep the modal, as the app says.

    Returns:
        The complaints by the label of the input, None if there are none.

    Raises:
        AppFailed: If the app did not answer in time, or Slack refused its answer.
    """
    if answer.status != OK:
        raise AppFailed(f"{_MISSING} {view.title!r}: {answer.failure or answer.status}")
    body = answer.body or {}
    try:
        return _follow(person, view, body)
    except Refused as refusal:
        person.workspace.log.breached("view_submission", refusal.error, "; ".join(refusal.messages))
        raise AppFailed(f"Slack refused the answer to {view.title!r}: {refusal}") from refusal


def _follow(person: "Person", view: View, body: Json) -> Complaints | None:
    views, is_image = person.workspace.views, person.workspace.files.is_image
    match body.get("response_action"):
        case None:
            views.close(view.id)
        case "clear":
            views.clear(person.id)
        case "update":
            views.update(view.id, check_view(body.get("view"), is_image=is_image))
        case "push":
            views.push(person.id, check_view(body.get("view"), is_image=is_image))
        case "errors":
            return _complaints(view, body.get("errors"))
        case other:
            raise Refused("invalid_arguments", [f"[ERROR] unknown response_action: {other}"], breach=True)
    return None


def _complaints(view: View, errors: object) -> Complaints:
    labels = {block["block_id"]: block["label"]["text"] for block in view.blocks if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or set(errors) - set(labels):
        raise Refused("invalid_arguments", [f"[ERROR] errors must name input blocks, got {errors}"], breach=True)
    return Complaints({block_id: str(complaint) for block_id, complaint in errors.items()}, labels)

"""What the app can do at Slack, as data that waits in the outbox."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from bot.blocks import Block, Words
from flows.digest_days import DigestKind
from storage.outbox import Parcel


class Effect(BaseModel):
    """Something to be done at Slack; its `kind` finds the function that does it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: str

    def parcel(self, workspace: str, lane: str) -> Parcel:
        """This effect as a row of the outbox."""
        return Parcel(workspace, lane, self.kind, self.model_dump(mode="json"))


class Picture(BaseModel):
    """A picture in a message: drawn and uploaded when the message is sent.

    Attributes:
        place: The block id of its place among the blocks.
        kind: Finds the function that draws it.
        data: What it shows.
        file_name: What the file is called.
        alt: The same in words.
        fallback: What stands there where Slack takes no picture.
        file: Its id at Slack, once it is uploaded.
        tries: How often it could not be shown yet.
        refused: Whether Slack does not take it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    place: str
    kind: str
    data: dict[str, Any]
    file_name: str = "picture.png"
    alt: str
    fallback: list[Block] = Field(default_factory=list)
    file: str = ""
    tries: int = 0
    refused: bool = False


class Post(Effect):
    """Post a message.

    Attributes:
        channel: Where; empty to write to `person` directly.
        person: Slack user id, for a direct message.
        thread: Name of the posted message under which it goes.
        name: The name under which it can be found again.
        interview_id: The interview that is held under this message.
        pictures: Those whose places are among the blocks.
    """

    kind: Literal["post"] = "post"
    channel: str = ""
    person: str = ""
    thread: str = ""
    name: str = ""
    interview_id: int | None = None
    text: str
    blocks: list[Block] = Field(default_factory=list)
    pictures: list[Picture] = Field(default_factory=list)


class Edit(Effect):
    """Change a posted message, which is found by its name."""

    kind: Literal["edit"] = "edit"
    name: str
    text: str
    blocks: list[Block]
    pictures: list[Picture] = Field(default_factory=list)


class Whisper(Effect):
    """Say something that only one person sees, beside what they just did; directly where Slack cannot show it there.

    It may get lost; nothing hangs on it.
    """

    kind: Literal["whisper"] = "whisper"
    channel: str
    person: str
    thread_ts: str = ""
    text: str
    blocks: list[Block] = Field(default_factory=list)


class MadeFile(BaseModel):
    """A file that is made when it is sent, so that it does not wait in the outbox.

    Attributes:
        kind: Finds the function that makes it.
        data: What it is made of.
        name: What it is called, with its ending.
        title: What people read above it; its name by default.
        alt: What a picture shows, in words.
        file: Its id at Slack, once it is uploaded.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: str
    data: dict[str, Any]
    name: str
    title: str = ""
    alt: str = ""
    file: str = ""


class Upload(Effect):
    """Share files in one message.

    Attributes:
        channel: Where; empty to write to `person` directly.
        person: Slack user id, for a direct message.
        thread: Name of the posted message under which they go.
        comment: What is said with them.
        files: What is shared.
        text: What is said instead where Slack takes no files.
        blocks: The same in blocks.
        sharing: Whether Slack was asked to share them, so that it may have.
    """

    kind: Literal["upload"] = "upload"
    channel: str = ""
    person: str = ""
    thread: str = ""
    comment: str
    files: list[MadeFile] = Field(min_length=1)
    text: str
    blocks: list[Block] = Field(default_factory=list)
    sharing: bool = False

    @property
    def fallback(self) -> Post:
        """The message that takes its place."""
        return Post(channel=self.channel, person=self.person, thread=self.thread, text=self.text, blocks=self.blocks)


class WriteCanvas(Effect):
    """Write a canvas of a channel: a new one at first, later the one that is known by its name, as a whole.

    Attributes:
        name: The name under which it is found again.
        channel: In which channel it is a tab.
        title: What stands above it, from the first time on.
        content: What it says, as Markdown.
        fallback: What is shared where Slack has no canvases; None for nothing.
    """

    kind: Literal["canvas"] = "canvas"
    name: str
    channel: str
    title: str
    content: MadeFile
    fallback: Upload | None = None


class ShowRanking(Effect):
    """Put the projects in order that somebody may see, and write it to them.

    Attributes:
        person: Slack user id.
        first: The place of the project with which the list begins: 0 for the best.
        channel: Where the message stands that is redrawn; empty to post a new one.
        ts: Its name there.
    """

    kind: Literal["ranking"] = "ranking"
    person: str
    first: int = 0
    channel: str = ""
    ts: str = ""


class ShowReasons(Effect):
    """Say why projects stand in this order, in a window that is open already.

    Attributes:
        person: Slack user id.
        first: The place of the project with which the page begins.
        window: What the app called the window when it opened it.
        view: What Slack calls the window; either is enough.
    """

    kind: Literal["rank_reasons"] = "rank_reasons"
    person: str
    first: int = 0
    window: str = ""
    view: str = ""


class ShowFit(Effect):
    """Work out what fits this quarter of what somebody may see, and write it to them.

    Attributes:
        person: Slack user id.
        first: The row with which the list begins.
        channel: Where the message stands that is redrawn; empty to post a new one.
        ts: Its name there.
    """

    kind: Literal["fit"] = "fit"
    person: str
    first: int = 0
    channel: str = ""
    ts: str = ""


class RefreshCard(Effect):
    """Bring a kickoff's card up to date; it is drawn when it is sent."""

    kind: Literal["card"] = "card"
    kickoff_id: int


class RefreshHome(Effect):
    """Bring somebody's Home tab up to date; it is drawn when it is sent."""

    kind: Literal["home"] = "home"
    person: str


class ShowResults(Effect):
    """Work out the results of a kickoff and show them.

    Attributes:
        kickoff_id: Whose.
        since: When results were posted before; None for the first ones. What changed since stands on top.
        anew: Whether to post them, or to redraw those that are there.
        lines: How many lines the ledger had before and after somebody judged a link or explained a metric. Who said
            what, and what became of the conflicts, is said on top of the redrawn board and in its thread.
    """

    kind: Literal["results"] = "results"
    kickoff_id: int
    since: AwareDatetime | None = None
    anew: bool = True
    lines: tuple[int, int] | None = None


class RefreshScore(Effect):
    """Draw the posted score of a kickoff anew, after what scores are made with has changed."""

    kind: Literal["score"] = "score"
    kickoff_id: int


class ShowDigest(Effect):
    """Say what the week or the month up to a day brought; it is drawn when it is sent."""

    kind: Literal["digest"] = "digest"
    kickoff_id: int
    digest: DigestKind
    day: date


class TurnBoard(Effect):
    """Show the page of a kickoff's board that begins with this finding; it is drawn when it is sent."""

    kind: Literal["turn_board"] = "turn_board"
    kickoff_id: int
    first: int


class ProposeOptions(Effect):
    """Work out how the goals can be balanced, and open a round of votes on it; `why` it begins anew, in mrkdwn."""

    kind: Literal["options"] = "options"
    kickoff_id: int
    why: str = ""


class ShowGoalCard(Effect):
    """Post the goal card of a kickoff; it is drawn when it is sent."""

    kind: Literal["goal_card"] = "goal_card"
    kickoff_id: int


class ReviewAgreement(Effect):
    """Look whether what was agreed on still fits, after something changed.

    Attributes:
        kickoff_id: Whose.
        what: What changed, in mrkdwn.
        hides: Whether somebody keeps their goals between them and the app now, or no longer does.
    """

    kind: Literal["review"] = "review"
    kickoff_id: int
    what: str = ""
    hides: bool = False


class RemindVoter(Effect):
    """Remind somebody of a vote, if they have not voted by then; `round` is the key of the round."""

    kind: Literal["remind_voter"] = "remind_voter"
    kickoff_id: int
    round: str
    person: str


class CloseLookBack(Effect):
    """End a look back from failure, if it is still the one of this key and open."""

    kind: Literal["close_look_back"] = "close_look_back"
    kickoff_id: int
    look_back: str


class RemindToLookBack(Effect):
    """Remind somebody of a look back, if they have not answered by then; `look_back` is its key."""

    kind: Literal["remind_look_back"] = "remind_look_back"
    kickoff_id: int
    look_back: str
    person: str


class AskCheck(Effect):
    """Ask the owner of a check what they saw, if it is still due on that day."""

    kind: Literal["ask_check"] = "ask_check"
    kickoff_id: int
    check: str
    due: date


class RemindToHelp(Effect):
    """Ask once more whoever has to do something for somebody who is blocked, on the day by which they need it."""

    kind: Literal["remind_to_help"] = "remind_to_help"
    kickoff_id: int
    entry: int
    due: date


class InviteAll(Effect):
    """Invite every stakeholder of a kickoff, each in a lane of their own."""

    kind: Literal["invite_all"] = "invite_all"
    kickoff_id: int


class Invite(Effect):
    """Look a stakeholder up and open their interview."""

    kind: Literal["invite"] = "invite"
    interview_id: int


class MoveToPrivate(Effect):
    """Go on with an interview in direct messages."""

    kind: Literal["move_to_private"] = "move_to_private"
    interview_id: int


class Remind(Effect):
    """Look after a stakeholder who has not finished: remind them, or tell the owner."""

    kind: Literal["remind"] = "remind"
    interview_id: int


class FindOwnersZone(Effect):
    """Look up the owner's time zone and set the next nudge by it."""

    kind: Literal["owners_zone"] = "owners_zone"
    kickoff_id: int


def post(
    said: Words,
    *,
    channel: str = "",
    person: str = "",
    thread: str = "",
    name: str = "",
    interview_id: int | None = None,
    pictures: Sequence[Picture] = (),
) -> Post:
    """A message to a channel or a person."""
    return Post(
        channel=channel,
        person=person,
        thread=thread,
        name=name,
        interview_id=interview_id,
        text=said.text,
        blocks=list(said.blocks),
        pictures=list(pictures),
    )


def edit(name: str, said: Words, pictures: Sequence[Picture] = ()) -> Edit:
    """New words for a posted message."""
    return Edit(name=name, text=said.text, blocks=list(said.blocks), pictures=list(pictures))


def kickoff_lane(kickoff_id: int) -> str:
    """What is said of a kickoff as a whole, in order."""
    return f"kickoff:{kickoff_id}"


def card_lane(kickoff_id: int) -> str:
    """The card's updates, which hold nothing else up."""
    return f"card:{kickoff_id}"


def vote_lane(kickoff_id: int, round_key: str, person: str) -> str:
    """One voter's reminder of one round, which holds nothing else up."""
    return f"vote:{kickoff_id}:{round_key}:{person}"


def look_back_lane(kickoff_id: int, key: str, person: str = "") -> str:
    """The end of one look back, or one person's reminder of it, which hold nothing else up."""
    return f"look_back:{kickoff_id}:{key}:{person}"


def check_lane(kickoff_id: int, check: str, due: date) -> str:
    """The question about one check on one day, which holds nothing else up."""
    return f"check:{kickoff_id}:{check}:{due.isoformat()}"


def help_lane(kickoff_id: int, entry: int, due: date) -> str:
    """The lane of the reminder of what somebody who is blocked waits for."""
    return f"help:{kickoff_id}:{entry}:{due}"


def nudge_lane(kickoff_id: int) -> str:
    """A kickoff's nudges and what becomes of them, which hold nothing else up."""
    return f"nudge:{kickoff_id}"


def zone_lane(kickoff_id: int) -> str:
    """The look-ups of the owner's time zone, which hold nothing else up."""
    return f"zone:{kickoff_id}"


def invite_lane(interview_id: int) -> str:
    """One stakeholder's invitation, which holds up nobody else's."""
    return f"invite:{interview_id}"


def remind_lane(interview_id: int) -> str:
    """One stakeholder's reminders, which hold nothing else up."""
    return f"remind:{interview_id}"


def interview_lane(interview_id: int) -> str:
    """One interview's messages, in order."""
    return f"interview:{interview_id}"


def closing_lane(interview_id: int) -> str:
    """The edits that close answered questions, which hold nothing else up."""
    return f"closing:{interview_id}"


def direct_lane(person: str) -> str:
    """What is written to one person directly, beside interviews."""
    return f"direct:{person}"


def window_lane(person: str) -> str:
    """What is worked out for windows that one person has open, which holds nothing else up."""
    return f"window:{person}"


def home_lane(person: str) -> str:
    """The updates of one person's Home tab, which hold nothing else up."""
    return f"home:{person}"


def refresh_home(workspace: str, person: str) -> Parcel:
    """Bring somebody's Home tab up to date."""
    return RefreshHome(person=person).parcel(workspace, home_lane(person))


def card_name(kickoff_id: int) -> str:
    """The name of a kickoff's card."""
    return f"card:{kickoff_id}"


def opening_name(interview_id: int) -> str:
    """The name of the message under which an interview is held."""
    return f"interview:{interview_id}"


def turn_name(interview_id: int, turn: int) -> str:
    """The name of the message of one turn of an interview."""
    return f"interview:{interview_id}:turn:{turn}"

"""Which kickoff somebody means: by its name, by the thread that they are in, or by the channel."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from bot.blocks import mention, quote
from bot.brevity import cut_words
from bot.deliveries import Command, Press, Shortcut
from bot.slack_api import is_direct
from flows.kickoffs import Kickoff
from storage import kickoffs, outbox

NO_PROJECT = "There is no kickoff here yet. Type `/ml-kickoff` to start one."
CLOSED = "This project is closed. `/ml-kickoff reopen` takes that back."

_NAME_WORDS = 8
_SHOWN = 5
_OF_KICKOFFS = frozenset({"card", "nudge", "results", "balance"})
_OF_INTERVIEWS = frozenset({"interview", "silence"})
_OF_ALL = _OF_KICKOFFS | _OF_INTERVIEWS


@dataclass(frozen=True)
class Projects:
    """The kickoffs that can be named where somebody is, newest first, and the one that their thread is about."""

    known: tuple[Kickoff, ...]
    of_thread: Kickoff | None = None

    def choose(self, name: str | None, *, with_closed: bool = False) -> tuple[Kickoff, ...]:
        """Those of this name; without one, the thread's own, or else all that go on, and the closed ones if asked."""
        wanted = (name or "").strip().casefold()
        if wanted:
            return tuple(project for project in self.known if project.name.casefold() == wanted)
        if self.of_thread:
            return (self.of_thread,)
        going_on = tuple(project for project in self.known if project.closed_at is None)
        return self.known if with_closed else going_on or self.known

    @property
    def names(self) -> str:
        """Their names, in mrkdwn."""
        more = f" and {len(self.known) - _SHOWN} more" if len(self.known) > _SHOWN else ""
        return list_names(self.known[:_SHOWN]) + more

    def say_unknown(self, name: str | None) -> str:
        """That there is none of this name."""
        return f"I know no project called “{quote(name or '', 80)}” here. There are: {self.names}."

    def ask_which(self, example: str) -> str:
        """Ask which one is meant; `example` is a command, in mrkdwn, that a name is put behind."""
        name = quote(self.known[0].name, 80)
        return f"Which project do you mean: {self.names}? Type for example `/ml-kickoff {example} for {name}`."


def find_projects(connection: Connection, where: Command | Press | Shortcut) -> Projects:
    """The kickoffs of this channel; where there are none, those of the person."""
    here = kickoffs.of_channel(connection, where.workspace, where.channel)
    known = here or kickoffs.of_person(connection, where.workspace, where.person)
    meant = kickoff_of_thread(connection, where.workspace, where.channel, where.thread) if where.thread else None
    if meant and is_direct(where.channel) and not meant.takes_part(where.person):
        # A thread of direct messages stays with whoever was taken out of the project since.
        meant = None
    if meant and meant.id not in {one.id for one in known}:
        known = (meant, *known)
    return Projects(known, meant)


def find_one(
    connection: Connection, where: Command | Press | Shortcut, name: str | None, example: str
) -> Kickoff | str:
    """The one kickoff that somebody means; or what to say where there is none, or more than one, in mrkdwn.

    Args:
        connection: The transaction.
        where: Where they are.
        name: The name that they gave; None for none.
        example: The command that they typed, for asking which one is meant.
    """
    projects = find_projects(connection, where)
    if not projects.known:
        return NO_PROJECT
    chosen = projects.choose(name)
    if len(chosen) == 1:
        return chosen[0]
    return projects.ask_which(example) if chosen else projects.say_unknown(name)


def kickoff_of_thread(
    connection: Connection, workspace: str, channel: str, thread: str, of: Collection[str] = _OF_ALL
) -> Kickoff | None:
    """The kickoff whose card, results, nudge or interview heads this thread; `of` names which of these count."""
    head = outbox.find_posted_at(connection, workspace, channel, thread)
    kind, _, rest = head.name.partition(":") if head else ("", "", "")
    number = rest.partition(":")[0]
    if kind not in of:
        return None
    if kind in _OF_KICKOFFS:
        return kickoffs.load(connection, int(number))
    return kickoffs.load_interview(connection, int(number))[0] if kind in _OF_INTERVIEWS else None


def name_project(project: Kickoff) -> str:
    """A kickoff's name in mrkdwn; of a very long one, the beginning."""
    return f"*{quote(cut_words(project.name, _NAME_WORDS), 80)}*"


def owner_or_starter(kickoff: Kickoff, word: str = "or") -> str:
    """Those who may change what is the whole project's, in mrkdwn; one person who is both is named once."""
    return f" {word} ".join(dict.fromkeys(mention(person) for person in (kickoff.owner, kickoff.starter)))


def list_names(projects: Sequence[Kickoff]) -> str:
    """Names of kickoffs side by side, in mrkdwn."""
    return ", ".join(name_project(project) for project in projects)

"""Who and what is in a workspace at first, from the command line or a file."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from playground.person import Person
from playground.workspace import Workspace

_CHANNEL = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}")


class NotACompany(ValueError):
    """The description cannot be used; the message says where and what to write instead."""


class Employee(BaseModel):
    """Somebody: their name, what they do, and their IANA time zone."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(min_length=1, max_length=80)
    title: str = ""
    zone: str = "UTC"

    @field_validator("zone")
    @classmethod
    def _is_known(cls, zone: str) -> str:
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError):
            raise ValueError(f"{zone!r} is no time zone; write one such as Europe/Berlin") from None
        return zone


class Room(BaseModel):
    """A channel: its name, who is in it (everyone if nobody is named), whether it is private or has the app in it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    members: tuple[str, ...] = ()
    private: bool = False
    app: bool = True

    @field_validator("name")
    @classmethod
    def _is_like_slacks(cls, name: str) -> str:
        if not _CHANNEL.fullmatch(name):
            raise ValueError(f"{name!r} is no channel name; write small letters, digits and hyphens, such as team-a")
        return name


class Company(BaseModel):
    """People and channels."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    people: tuple[Employee, ...] = ()
    channels: tuple[Room, ...] = ()


CHAPTER = Company(
    people=(
        Employee(name="Priya Patel", title="Product owner", zone="Europe/Berlin"),
        Employee(name="Victor Vance", title="Executive VP", zone="America/New_York"),
        Employee(name="Fiona Feld", title="Finance", zone="Europe/London"),
        Employee(name="Dmitri Dahl", title="Domain expert", zone="Europe/Oslo"),
        Employee(name="Ines Ibarra", title="Data engineer", zone="Europe/Madrid"),
        Employee(name="Mei Mori", title="ML engineer", zone="Asia/Tokyo"),
        Employee(name="Lara Lopes", title="Labelling lead", zone="America/Sao_Paulo"),
        Employee(name="Omar Okafor", title="DevOps engineer", zone="Africa/Lagos"),
        Employee(name="Sana Siddiqui", title="Data scientist", zone="Asia/Kolkata"),
        Employee(name="Bruno Becker", title="Software engineer", zone="Europe/Vienna"),
        Employee(name="Uma Underwood", title="User representative", zone="America/Los_Angeles"),
        Employee(name="Laszlo Lukacs", title="Legal and privacy counsel", zone="Europe/Budapest"),
    ),
    channels=(
        Room(name="streaming-platform"),
        Room(name="general"),
        Room(name="finance", members=("Fiona Feld", "Victor Vance"), private=True),
        Room(name="without-the-app", app=False),
    ),
)
"""The people of the chapter's example, and those whom such a project needs beside them: twelve, each in a role."""


@dataclass(frozen=True)
class Described:
    """What the command line says of a company; what is left out is the chapter's."""

    file: Path | None = None
    people: Sequence[str] = ()
    channels: Sequence[str] = ()


def read_company(described: Described) -> Company:
    """The company that is meant.

    Args:
        described: A TOML file with ``[[people]]`` (name, title, zone) and ``[[channels]]`` (name, members, private,
            app); or people as ``Name, title, zone`` and channels by their names.

    Raises:
        NotACompany: It cannot be read.
    """
    try:
        if described.file:
            company = Company.model_validate(tomllib.loads(described.file.read_text(encoding="utf-8")))
        else:
            people = tuple(_read_employee(words) for words in described.people) or CHAPTER.people
            rooms = tuple(Room(name=name.removeprefix("#")) for name in described.channels)
            company = Company(people=people, channels=rooms or _rooms_for(people))
    except OSError as error:
        raise NotACompany(f"{described.file} cannot be read: {error.strerror}.") from None
    except tomllib.TOMLDecodeError as error:
        raise NotACompany(f"{described.file} is not TOML: {error}.") from None
    except ValidationError as error:
        raise NotACompany("\n".join(_sentence(wrong["loc"], wrong["msg"]) for wrong in error.errors())) from None
    _check(company)
    return company


def _read_employee(words: str) -> Employee:
    name, title, zone = ([part.strip() for part in words.split(",", 2)] + ["", ""])[:3]
    return Employee(name=name, title=title, zone=zone or "UTC")


def _rooms_for(people: tuple[Employee, ...]) -> tuple[Room, ...]:
    return CHAPTER.channels if people == CHAPTER.people else (Room(name="general"),)


def _sentence(where: tuple[int | str, ...], said: str) -> str:
    place = " ".join(str(part + 1) if isinstance(part, int) else part for part in where)
    return f"{place or 'the description'}: {said.removeprefix('Value error, ')}."


def _check(company: Company) -> None:
    if not company.people or not company.channels:
        raise NotACompany("There must be at least one of [[people]] and one of [[channels]].")
    names = {one.name for one in company.people}
    for room in company.channels:
        for member in room.members:
            if member not in names:
                raise NotACompany(f"channels {room.name}: {member!r} is not among the people.")


def populate(workspace: Workspace, company: Company) -> None:
    """Add a company's people and channels to a workspace."""
    people = {one.name: workspace.add_person(one.name, tz=one.zone, title=one.title) for one in company.people}
    for room in company.channels:
        members = [people[name] for name in room.members] or list(people.values())
        workspace.add_channel(room.name, members, app_is_member=room.app, private=room.private)


def hire(workspace: Workspace, employee: Employee, *rooms: str) -> Person:
    """Let somebody join a workspace that is running; the app hears of it, and of each channel they join.

    Args:
        workspace: Where.
        employee: Who.
        rooms: The names of the channels they join.

    Raises:
        LookupError: There is no such channel.
    """
    by_name = {channel.name: channel for channel in workspace.channels.values() if channel.kind != "im"}
    if unknown := set(rooms) - set(by_name):
        raise LookupError(f"no channels {sorted(unknown)} among {sorted(by_name)}")
    person = workspace.welcome(employee.name, tz=employee.zone, title=employee.title)
    for room in rooms:
        workspace.join(by_name[room], person)
    return person

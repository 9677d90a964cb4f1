"""Describing another workspace on the command line or in a file."""

import re
from pathlib import Path

import pytest

from playground import Playground
from playground.company import CHAPTER, Described, Employee, NotACompany, hire, populate, read_company
from tests.playground.apps import last_sent, recording


async def test_the_chapters_people_are_there_without_a_word() -> None:
    company = read_company(Described())
    assert company == CHAPTER
    async with Playground() as slack:
        populate(slack.workspace, company)
        names = {person.real_name: person for person in slack.workspace.people.values()}
        assert names["Priya Patel"].tz == "Europe/Berlin"
        channels = {channel.name: channel for channel in slack.workspace.channels.values()}
        assert set(channels["finance"].members) == {
            names["Fiona Feld"].id,
            names["Victor Vance"].id,
            slack.workspace.app.user_id,
        }
        assert slack.workspace.app.user_id not in channels["without-the-app"].members
        assert len(channels["general"].members) == len(CHAPTER.people) + 1


def test_people_and_channels_by_words() -> None:
    company = read_company(
        Described(people=["Ana Ruiz, Product owner, Europe/Madrid", "Bo Li"], channels=["#radar", "team-a"])
    )
    assert [(one.name, one.title, one.zone) for one in company.people] == [
        ("Ana Ruiz", "Product owner", "Europe/Madrid"),
        ("Bo Li", "", "UTC"),
    ]
    assert [room.name for room in company.channels] == ["radar", "team-a"]
    assert [room.name for room in read_company(Described(people=["Bo Li"])).channels] == ["general"]


def test_a_file(tmp_path: Path) -> None:
    file = tmp_path / "company.toml"
    file.write_text(
        '[[people]]\nname = "Ana Ruiz"\nzone = "Asia/Tokyo"\n[[channels]]\nname = "radar"\nmembers = ["Ana Ruiz"]\n'
    )
    company = read_company(Described(file=file))
    assert company.people[0].zone == "Asia/Tokyo"
    assert company.channels[0].members == ("Ana Ruiz",)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("[[people]]\nname =", "is not TOML"),
        ('[[people]]\nname = "A"\nzone = "Mars"\n[[channels]]\nname = "a"', "people 1 zone: 'Mars' is no time zone"),
        ('[[people]]\nname = "A"\n[[channels]]\nname = "Not good"', "channels 1 name: 'Not good' is no channel name"),
        (
            '[[people]]\nname = "A"\n[[channels]]\nname = "a"\nmembers = ["B"]',
            "channels a: 'B' is not among the people.",
        ),
        ('[[channels]]\nname = "a"', "There must be at least one"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(tmp_path: Path, written: str, said: str) -> None:
    file = tmp_path / "company.toml"
    file.write_text(written)
    with pytest.raises(NotACompany, match=re.escape(said)):
        read_company(Described(file=file))


def test_a_missing_file_is_said() -> None:
    with pytest.raises(NotACompany, match=r"nowhere\.toml cannot be read"):
        read_company(Described(file=Path("nowhere.toml")))


def test_the_chapters_company_has_everyone_such_a_project_needs() -> None:
    titles = [one.title for one in CHAPTER.people]
    assert len(titles) == len(set(titles)) == 12
    assert [one.name for one in CHAPTER.people][:3] == ["Priya Patel", "Victor Vance", "Fiona Feld"]


async def test_somebody_is_hired_while_it_runs(slack: Playground) -> None:
    populate(slack.workspace, CHAPTER)
    ana = Employee(name="Ana Ruiz", title="Intern", zone="Europe/Madrid")
    async with recording(slack):
        person = hire(slack.workspace, ana, "general", "without-the-app")
        await slack.quiet()
        with pytest.raises(LookupError, match="no channels"):
            hire(slack.workspace, ana, "nowhere")
    joined = last_sent(slack, "event team_join")["event"]
    assert (joined["user"]["id"], joined["user"]["tz"]) == (person.id, "Europe/Madrid")
    assert joined["user"]["profile"]["title"] == "Intern"
    heard = [exchange.sent["event"] for exchange in slack.workspace.traffic if "member_joined" in exchange.name]
    general = next(channel for channel in slack.workspace.channels.values() if channel.name == "general")
    assert [(event["user"], event["channel"]) for event in heard] == [(person.id, general.id)]
    assert (await person.say(general, "Hello")).user == person.id

"""One's own entries are changed and deleted, and nobody else's."""

from datetime import date

from bot.own_entries import draw_list
from flows.activity import Entry
from flows.activity import Stage as Kind
from playground.records import View
from storage import activities
from storage.activities import Logged
from tests.bot.conftest import COMMAND, Stage
from tests.bot.test_results import view_texts
from tests.conftest import MONDAY_EVENING
from tests.flows.ten_kickoffs import kickoff_of


def entries(stage: Stage) -> list[Entry]:
    return [one.entry for one in stage.log()]


async def opened(stage: Stage) -> View:
    """Priya's own entries, of which there are two; Fiona has one."""
    await stage.start_with_all()
    await stage.priya.command(stage.channel, COMMAND, "log 2h labelled 300 tickets, error 0.21")
    await stage.priya.command(stage.channel, COMMAND, "log 1h met the team")
    await stage.fiona.command(stage.channel, COMMAND, "log 3h counted money")
    await stage.priya.command(stage.channel, COMMAND, "time")
    report = await stage.priya.sees(": hours", channel=stage.priya.dm)
    await stage.priya.press(report, "My entries")
    return await stage.priya.view("My entries")


async def test_an_entry_is_changed(stage: Stage) -> None:
    view = await opened(stage)
    assert "2 hours, labelling, error 0.21" in view.words()
    assert "counted money" not in view.words()
    await stage.priya.press(view, "Edit", "labelled 300")
    form = await stage.priya.view("Change the entry")
    wrong = await stage.priya.submit(form, {"On which day?": "2026-12-24"})
    assert "Please pick today, or a day before." in str(wrong)
    changed = {
        "What happened?": "labelled 400 tickets",
        "Hours, if not said above": "2.5",
        "On which day?": "2026-11-20",
    }
    assert (
        await stage.priya.submit(form, {**changed, "Error or other measure now, if not said above": "error 20 %"})
        is None
    )
    first = entries(stage)[0]
    assert (first.hours, first.stage, first.value, first.percent) == (2.5, Kind.LABEL, 20.0, True)
    assert first.day == date(2026, 11, 20)


async def test_an_entry_is_deleted(stage: Stage) -> None:
    view = await opened(stage)
    await stage.priya.press(view, "Edit", "met the team")
    form = await stage.priya.view("Change the entry")
    await stage.priya.press(form, "Delete this entry")
    left = await stage.priya.view("My entries")
    assert "met the team" not in left.words()
    assert "labelled 300" in left.words()
    assert len(entries(stage)) == 2
    await stage.card("Log: 2 entries")


async def test_a_delete_that_is_delivered_twice_says_nothing(stage: Stage) -> None:
    view = await opened(stage)
    await stage.priya.press(view, "Edit", "met the team")
    stage.slack.duplicate = 2
    await stage.priya.press(await stage.priya.view("Change the entry"), "Delete this entry")
    await stage.card("Log: 2 entries")
    await stage.all_due_is_done()
    assert stage.said("This entry is gone") == []


async def test_what_the_form_does_not_show_stays_and_a_timers_entry_needs_no_words(stage: Stage) -> None:
    await stage.start_with_all()
    at = stage.clock()
    kept = [
        Entry(hours=2.0, stage=Kind.LABEL, note="", unknown="K17"),
        Entry(hours=1.0, stage=Kind.COLLECT, note="asked for orders", is_blocked=True),
        Entry(hours=1.0, stage=Kind.COLLECT, note="blocked by access", is_blocked=True),
    ]
    for one in kept:
        add = Logged(stage.priya.id, one, at)
        stage.started.app.database.run(lambda connection, add=add: activities.add(connection, 1, add))  # type: ignore[misc]
    await stage.priya.command(stage.channel, COMMAND, "time")
    report = await stage.priya.sees(": hours", channel=stage.priya.dm)
    changes = [
        ("labelling", {"Hours, if not said above": "3"}),
        ("asked for orders", {"What happened?": "asked for the orders"}),
        ("blocked by access", {"What happened?": "got access"}),
    ]
    for words, filled in changes:
        await stage.priya.press(report, "My entries")
        await stage.priya.press(await stage.priya.view("My entries"), "Edit", words)
        assert await stage.priya.submit(await stage.priya.view("Change the entry"), filled) is None
    after = entries(stage)
    assert [(one.hours, one.unknown, one.is_blocked) for one in after] == [
        (3.0, "K17", False),
        (1.0, "", True),
        (1.0, "", False),
    ]


async def test_what_was_left_open_stays_so_while_other_things_are_changed(stage: Stage) -> None:
    await stage.start_with_all()
    await stage.priya.command(stage.channel, COMMAND, "log 2h training, error fell by 3 %")
    await stage.priya.command(stage.channel, COMMAND, "time")
    await stage.priya.press(await stage.priya.sees(": hours", channel=stage.priya.dm), "My entries")
    await stage.priya.press(await stage.priya.view("My entries"), "Edit", "error fell")
    form = await stage.priya.view("Change the entry")
    assert await stage.priya.submit(form, {"On which day?": "2026-11-20"}) is None
    assert [(one.hours, one.value, one.day) for one in entries(stage)] == [(2.0, None, date(2026, 11, 20))]


async def test_an_entry_that_says_nothing_is_not_kept(stage: Stage) -> None:
    view = await opened(stage)
    await stage.priya.press(view, "Edit", "met the team")
    form = await stage.priya.view("Change the entry")
    emptied = {"What happened?": "", "Hours, if not said above": ""}
    assert "Say what happened" in str(await stage.priya.submit(form, emptied))


async def test_in_a_closed_project_entries_stay_as_they_are(stage: Stage) -> None:
    await stage.start_with_all()
    await stage.fiona.command(stage.channel, COMMAND, "log 3h counted money")
    await stage.fiona.command(stage.channel, COMMAND, "time")
    await stage.fiona.press(await stage.fiona.sees(": hours", channel=stage.fiona.dm), "My entries")
    await stage.fiona.press(await stage.fiona.view("My entries"), "Edit", "counted money")
    form = await stage.fiona.view("Change the entry")
    await stage.close_project()
    assert "This project is closed." in str(await stage.fiona.submit(form, {"Hours, if not said above": "9"}))
    said = await stage.priya.command(stage.channel, COMMAND, "log 2h labelled 300 tickets")
    assert "This project is closed." in said.words()
    assert [one.hours for one in entries(stage)] == [3.0]


async def test_what_cannot_be_kept_is_said_beside_the_field(stage: Stage) -> None:
    view = await opened(stage)
    await stage.priya.press(view, "Edit", "met the team")
    form = await stage.priya.view("Change the entry")
    assert "such as 1.5" in str(await stage.priya.submit(form, {"Hours, if not said above": "long"}))


async def test_an_entry_that_is_gone_is_not_changed(stage: Stage) -> None:
    view = await opened(stage)
    await stage.priya.press(view, "Edit", "met the team")
    form = await stage.priya.view("Change the entry")
    for number in (1, 2, 3):
        stage.started.app.database.run(lambda connection, number=number: activities.remove(connection, number))  # type: ignore[misc]
    assert "This entry is gone" in str(await stage.priya.submit(form))
    await stage.priya.press(form, "Delete this entry")
    await stage.priya.sees("This entry is gone, or it is not yours.")


def test_many_entries_and_none_fit_the_window() -> None:
    kickoff = kickoff_of("ticket_routing")
    many = [Logged("U1", Entry(note="<and> so on " * 200), MONDAY_EVENING, number) for number in range(60)]
    view = draw_list(kickoff, many)
    assert len(view["blocks"]) <= 100
    assert any("30 older ones are not shown." in text for text in view_texts(view))
    assert not any("<and>" in text for text in view_texts(view))
    assert any("You have logged nothing here yet" in text for text in view_texts(draw_list(kickoff, [])))

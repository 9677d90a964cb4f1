"""Looking back from failure: everybody is asked in private, and what came of it is shown once it is over (2.5)."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

from bot import premortem
from bot.app import App
from bot.deliveries import Press
from bot.premortem_messages import LOOK_BACK
from bot.projects import CLOSED
from flows.decisions import PremortemAnswered, PremortemClosed, PremortemOpened
from playground.person import Person
from playground.records import Message, View
from tests.bot.balance_stage import everything_shown, ledger, settled, shown, stands
from tests.bot.conftest import COMMAND, Stage
from tests.bot.test_closing import close
from tests.bot.test_home import at_home
from tests.bot.test_people_form import newcomer, open_people
from tests.bot.test_signing import approve
from tests.bot.test_votes_in_time import at

SAY = "Say what went wrong"
SILOS = "Teams kept their data, or did not work together"
LABELS = "The examples with right answers came late, or were wrong"
TOO_HIGH = "We aimed too high, and it took too long"
WHAT_ELSE = "What else went wrong?"
LAST_DAY = datetime(2026, 11, 30, tzinfo=UTC)
RESULT = ": why it could fail"


async def results(stage: Stage) -> Message:
    """All interviews are done; the message with the score."""
    await stage.start_with_all()
    await stage.finish_all()
    score = await stage.priya.sees("a first score", channel=stage.channel)
    await stage.all_is_sent()
    return score


async def begun(stage: Stage) -> Message:
    """The owner has everybody look back; the message that counts."""
    await stage.priya.press(await results(stage), LOOK_BACK)
    await stage.priya.sees("I ask 3 people in private")
    return await stage.priya.sees("0 of 3 have answered", channel=stage.channel)


async def asked(stage: Stage, person: Person) -> View:
    """The form, opened from where the person's interview was held."""
    invitation = await person.sees("What went wrong?", thread=await stage.opening(person))
    await person.press(invitation, SAY)
    return await person.view(LOOK_BACK)


async def look_back(stage: Stage, person: Person, line: str = "", **ratings: str) -> None:
    form = await asked(stage, person)
    filled = {{"silos": SILOS, "labels": LABELS, "high": TOO_HIGH}[name]: said for name, said in ratings.items()}
    errors = await person.submit(form, {**filled, **({WHAT_ELSE: line} if line else {})})
    assert errors is None, errors


async def press_late(
    stage: Stage, pressed: Callable[[App, Press], Awaitable[None]], person: Person, value: str
) -> None:
    """Press a button that is gone by now, as somebody does who still sees the old message."""
    key = f"press:late:{value}"
    press = Press(key, stage.slack.workspace.team_id, stage.channel.id, person.id, "", value, "", "")
    await pressed(stage.started.app, press)
    await pressed(stage.started.app, press)


def lines(stage: Stage, kind: type) -> list:  # type: ignore[type-arg]
    return [one for one in ledger(stage) if isinstance(one, kind)]


async def everything(stage: Stage, person: Person) -> str:
    """All that the window shows to somebody."""
    await person.command(stage.channel, COMMAND, "risks")
    view = await person.view("Why it could fail")
    await person.close(view)
    return view.words()


async def test_from_the_score_to_the_risks(stage: Stage) -> None:
    round_ = await begun(stage)
    await look_back(stage, stage.priya, silos="A lot", high="Nothing", line="Nobody asked the *users*")
    await stage.priya.sees("1 of 3 have answered", channel=stage.channel)
    await look_back(stage, stage.victor, silos="The main reason", high="A little", line="<!channel> it was late")
    await stage.priya.sees("2 of 3 have answered", channel=stage.channel)
    for secret in ("users", "late", RESULT):
        assert secret not in everything_shown(stage)
    assert "users" not in await everything(stage, stage.victor)

    await look_back(stage, stage.fiona, silos="Some", labels="A lot", high="A lot")
    result = await stage.fiona.sees(RESULT, channel=stage.channel)
    await stage.all_due_is_done()
    assert "3 of 3 answered" in shown(stage, round_)
    assert f"{SILOS}: a lot" in shown(stage, result)
    assert "users" not in everything_shown(stage)
    chart = next(block for block in result.blocks if block["type"] == "data_visualization")
    (bars,) = chart["chart"]["series"]
    assert {one["label"]: one["value"] for one in bars["data"]} == {"Teams apart": 3, "Aimed too high": 1}

    await stage.victor.press(result, "See all")
    told = (await stage.victor.view("Why it could fail")).words()
    assert "a lot, from some to the main reason (3 people)" in told
    assert "between" not in told
    assert told.count("Fewer than 3 people had a view on it.") == 5
    assert told.index("&lt;!channel&gt; it was late") < told.index("Nobody asked the *users*")
    assert "A first result in use is expected in 6 months." in told
    assert "No project in your own log has come into use yet." in told
    assert not any(person.mention in told for person in (stage.priya, stage.victor, stage.fiona))
    assert len(lines(stage, PremortemOpened)) == len(lines(stage, PremortemClosed)) == 1
    assert len(lines(stage, PremortemAnswered)) == 3
    assert stage.victor.id not in await decided(stage)


async def decided(stage: Stage) -> str:
    """What the list of decisions says of it: that it was held, and not who answered when."""
    await stage.fiona.command(stage.channel, COMMAND, "decisions")
    said = (await stage.fiona.view("Decisions")).words()
    assert "asked 3 people to look back from failure" in said
    assert "ended, with 3 answers" in said
    return said


async def test_of_too_few_answers_nothing_is_shown(stage: Stage) -> None:
    round_ = await begun(stage)
    await look_back(stage, stage.priya, silos="The main reason", line="Nobody asked the users")
    await look_back(stage, stage.victor, silos="The main reason")
    await stage.victor.press(round_, "End it now")
    await stage.victor.sees("Only the product owner and whoever started this kickoff can end it.")
    await stage.priya.press(round_, "End it now")
    result = await stage.priya.sees(RESULT, channel=stage.channel)
    await stage.all_due_is_done()
    assert "2 answered. Of fewer than 3 I show nothing" in result.words()
    assert not any(block["type"] == "data_visualization" for block in result.blocks)
    told = await everything(stage, stage.priya)
    assert "2 answered. Of fewer than 3 I show nothing" in told
    assert "How much" not in told
    assert "Nobody asked" not in told
    (opened,) = lines(stage, PremortemOpened)
    await press_late(stage, premortem.press_close, stage.priya, f"{stage.kickoffs()[0].id}|{opened.key}")
    await stage.priya.sees("This look back is over already.")


async def test_nobody_answers_and_the_last_day_ends_everywhere(stage: Stage) -> None:
    await begun(stage)
    await at(stage, LAST_DAY + timedelta(hours=14, minutes=1))
    # In Berlin, London and New York it is past nine.
    assert len(stage.said("Today is the last day to say what could make")) == 3
    assert not lines(stage, PremortemClosed)
    await at(stage, LAST_DAY + timedelta(hours=36, minutes=1))
    result = await stage.priya.sees(RESULT, channel=stage.channel)
    assert "Nobody answered, so this is what the interviews show." in result.words()
    assert len(lines(stage, PremortemClosed)) == 1


async def test_who_has_answered_is_not_reminded(stage: Stage) -> None:
    await begun(stage)
    await look_back(stage, stage.priya, silos="Some")
    await stage.victor.command(stage.channel, COMMAND, "away until 4 december")
    await at(stage, LAST_DAY + timedelta(hours=14, minutes=1))
    (reminder,) = stage.said("Today is the last day to say what could make")
    assert reminder.channel == stage.fiona.dm.id
    await stage.fiona.press(reminder, SAY)
    assert await stage.fiona.submit(await stage.fiona.view(LOOK_BACK), {SILOS: "Some"}) is None
    await stage.priya.sees("2 of 3 have answered", channel=stage.channel)


async def test_an_answer_can_be_changed_and_is_filled_in(stage: Stage) -> None:
    await begun(stage)
    await look_back(stage, stage.victor, silos="A lot", line="Too late")
    form = await asked(stage, stage.victor)
    assert await stage.victor.submit(form, {WHAT_ELSE: "Much too late"}) is None
    first, second = lines(stage, PremortemAnswered)
    assert (first.ratings, first.line, second.line) == (second.ratings, "Too late", "Much too late")
    await stage.priya.sees("1 of 3 have answered", channel=stage.channel)


async def test_an_empty_form_is_sent_back_and_i_dont_know_is_an_answer(stage: Stage) -> None:
    await begun(stage)
    form = await asked(stage, stage.victor)
    errors = await stage.victor.submit(form, {WHAT_ELSE: "   "})
    assert errors is not None
    assert "Please pick something for at least one of them" in next(iter(errors.values()))
    assert await stage.victor.submit(form, {SILOS: "I don't know"}) is None
    (answer,) = lines(stage, PremortemAnswered)
    assert (answer.ratings, answer.line) == ({}, "")


async def test_who_may_begin_and_when(stage: Stage) -> None:
    score = await results(stage)
    await stage.victor.press(score, LOOK_BACK)
    await stage.victor.sees("can have everybody look back. Please talk to them.")
    told = await everything(stage, stage.victor)
    assert "nobody has looked back from failure yet" in told
    await stage.priya.command(stage.channel, COMMAND, "risks")
    await stage.priya.press(await stage.priya.view("Why it could fail"), LOOK_BACK)
    await stage.priya.sees("I ask 3 people in private")
    await stage.priya.sees("0 of 3 have answered", channel=stage.channel)
    await stage.priya.press(score, LOOK_BACK)
    await stage.priya.sees("People look back already.")
    assert "0 of 3 have looked back so far" in await everything(stage, stage.priya)
    assert len(lines(stage, PremortemOpened)) == 1


async def test_the_interviews_come_first(stage: Stage) -> None:
    await stage.start_with_all()
    await stage.card("0 of 3")
    told = await everything(stage, stage.priya)
    assert LOOK_BACK not in told
    kickoff = stage.kickoffs()[0]
    await stage.priya.command(stage.channel, COMMAND, "risks")
    view = await stage.priya.view("Why it could fail")
    block = {"type": "actions", "block_id": "old"}
    button = {"type": "button", "action_id": "premortem.open:0", "value": str(kickoff.id), "text": {"text": LOOK_BACK}}
    await stage.priya.use(view, block, button)
    await stage.priya.sees("The interviews come first. I wait for")


async def test_only_stakeholders_are_asked_and_only_while_it_is_open(stage: Stage) -> None:
    round_ = await begun(stage)
    stranger = newcomer(stage)
    await stranger.press(round_, SAY)
    await stranger.sees("Only the stakeholders of this kickoff are asked.")
    late = await asked(stage, stage.victor)
    await stage.priya.press(round_, "End it now")
    await stage.priya.sees(RESULT, channel=stage.channel)
    errors = await stage.victor.submit(late, {SILOS: "Some"})
    assert errors is not None
    assert "This look back is over." in next(iter(errors.values()))
    invitation = await stage.fiona.sees("What went wrong?", thread=await stage.opening(stage.fiona))
    await stage.fiona.press(invitation, SAY)
    await stage.fiona.sees("This look back is over.")


async def test_it_goes_on_without_whoever_is_taken_out(stage: Stage) -> None:
    await begun(stage)
    await look_back(stage, stage.priya, silos="Some")
    await look_back(stage, stage.victor, silos="Some")
    view = await open_people(stage)
    assert await stage.priya.submit(view, {"Finance": []}) is None
    await stage.priya.sees(RESULT, channel=stage.channel)
    (closed,) = lines(stage, PremortemClosed)
    assert set(closed.counted) == {stage.priya.id, stage.victor.id}


async def test_home_asks_too(stage: Stage) -> None:
    await stage.fiona.open_home()
    await begun(stage)
    home = await at_home(stage, stage.fiona, "It is a year from now, and it failed.")
    await stage.fiona.press(home, SAY)
    assert await stage.fiona.submit(await stage.fiona.view(LOOK_BACK), {SILOS: "Some"}) is None
    await stage.priya.sees("1 of 3 have answered", channel=stage.channel)


async def test_what_people_fear_opens_signatures_again(stage: Stage) -> None:
    card = await settled(stage)
    await approve(stage, card, stage.priya, stage.victor, stage.fiona)
    assert all(one.holds for one in stands(stage).signatures.values())
    await stage.priya.command(stage.channel, COMMAND, "risks")
    await stage.priya.press(await stage.priya.view("Why it could fail"), LOOK_BACK)
    for person in (stage.priya, stage.victor, stage.fiona):
        await look_back(stage, person, silos="The main reason")
    await stage.priya.sees("the goal card has changed since you approved it: Looking back from failure")
    assert not any(one.holds for one in stands(stage).signatures.values())


async def test_the_log_of_other_projects_says_how_long_they_took(stage: Stage) -> None:
    await stage.start(None, "Old radar", Product_owner=stage.priya)
    await stage.priya.command(stage.channel, COMMAND, "log 2h collected data for Old radar")
    await stage.all_due_is_done()
    stage.clock.skip(days=152)
    await stage.priya.command(stage.channel, COMMAND, "log 2h deployed it for Old radar")
    await stage.start_with_all()
    await stage.finish_all()
    await stage.priya.sees("a first score", channel=stage.channel)
    await stage.priya.command(stage.channel, COMMAND, "risks for Churn radar")
    told = (await stage.priya.view("Why it could fail")).words()
    assert "In your own log one project came into use, after 5 months." in told


async def test_projects_that_ended_well_count_for_how_long_such_things_take(stage: Stage) -> None:
    for name in ("Old radar", "Stopped radar", "Open radar"):
        await stage.start(None, name, Product_owner=stage.priya)
    stage.clock.skip(days=243)
    await close(stage, stage.priya, name="for Old radar", ended="It is in use and reached a part of it")
    await close(stage, stage.priya, name="for Stopped radar", ended="It was stopped")
    await stage.start_with_all()
    await stage.finish_all()
    await stage.priya.sees("a first score", channel=stage.channel)
    await stage.priya.command(stage.channel, COMMAND, "risks for Churn radar")
    told = (await stage.priya.view("Why it could fail")).words()
    assert "In your own log one project came into use, after 8 months." in told


async def test_a_closed_project_has_no_look_back(stage: Stage) -> None:
    round_ = await begun(stage)
    await close(stage, stage.priya)
    await stage.all_due_is_done()
    await at(stage, LAST_DAY + timedelta(hours=14, minutes=1))
    assert stage.said("Today is the last day to say what could make") == []
    await stage.priya.press(round_, "End it now")
    await stage.priya.sees(CLOSED)
    invitation = await stage.fiona.sees("What went wrong?", thread=await stage.opening(stage.fiona))
    await stage.fiona.press(invitation, SAY)
    await stage.fiona.sees(CLOSED)
    await at(stage, LAST_DAY + timedelta(hours=36, minutes=1))
    assert stage.said(RESULT, stage.channel) == []
    assert LOOK_BACK not in await everything(stage, stage.priya)
    await press_late(stage, premortem.press_open, stage.priya, str(stage.kickoffs()[0].id))
    await stage.priya.sees(CLOSED)
    # Its last day is over, so it ends as soon as the project goes on.
    await stage.priya.command(stage.channel, COMMAND, "reopen")
    await stage.priya.sees(RESULT, channel=stage.channel)
    assert len(lines(stage, PremortemClosed)) == 1

"""People are added, replaced and taken out at any time, and their threads are never confused."""

from typing import Any

import pytest

from flows.kickoffs import Standing
from playground.faults import ServerError
from playground.person import Person
from playground.records import Message, View
from tests.bot.conftest import BILL, COMMAND, FINANCES, REVENUE, SPONSORS, Stage

LABELS = {"Product owner", "Executive sponsor", "Finance", "Domain expert", "Legal or privacy", "ML engineer"}


async def open_people(stage: Stage, by: Person | None = None, text: str = "people") -> View:
    by = by or stage.priya
    reply = await by.command(stage.channel, COMMAND, text)
    assert not reply.text, reply.text
    return await by.view("People")


async def pick(stage: Stage, by: Person | None = None, /, text: str = "people", **fields: Any) -> dict[str, str] | None:
    """Open the form and save it; `fields` by their labels, with _ for spaces."""
    by = by or stage.priya
    view = await open_people(stage, by, text)
    return await by.submit(view, {label.replace("_", " "): value for label, value in fields.items()})


def picked(view: View) -> dict[str, list[str]]:
    """Who stands in each picker as it opens; empty ones are left out."""
    inputs = [block for block in view.blocks if block["type"] == "input"]
    chosen = {block["label"]["text"]: block["element"].get("initial_users", []) for block in inputs}
    return {label: people for label, people in chosen.items() if people}


def standings(stage: Stage, name: str = "Churn radar") -> dict[str, Standing]:
    kickoff = next(one for one in stage.kickoffs() if one.name == name)
    return {one.person: one.standing for one in kickoff.participants}


def newcomer(stage: Stage, name: str = "Gita Gupta") -> Person:
    person = stage.slack.workspace.add_person(name, tz="Europe/Paris")
    stage.slack.workspace.join(stage.channel, person)
    return person


async def results_with(stage: Stage, words: str, count: int) -> Message:
    """The newest results, once there were so many; of the others, of a board and a score each, a line is left."""

    def find() -> Message | None:
        found = stage.said(words, stage.channel)
        overtaken = stage.said("These results are out of date", stage.channel)
        return found[-1] if found and len(overtaken) == 2 * (count - 1) else None

    found = await stage.slack.workspace.log.wait_for(find, 5)
    assert found is not None, [one.words()[:200] for one in stage.said(words, stage.channel)]
    return found


async def finished_by_victor_and_fiona(stage: Stage) -> None:
    await stage.start(Executive_sponsor=stage.victor, Finance=stage.fiona)
    await stage.play(stage.victor, SPONSORS)
    await stage.play(stage.fiona, FINANCES)
    await stage.fiona.sees("a first score", channel=stage.channel)


async def test_the_form_shows_who_is_asked_in_each_of_the_twelve_roles(stage: Stage) -> None:
    await stage.start(Product_owner=stage.priya, Finance=stage.fiona)
    view = await open_people(stage)
    inputs = [block["label"]["text"] for block in view.blocks if block["type"] == "input"]
    assert len(inputs) == 13
    assert set(inputs) > LABELS
    assert inputs[-1] == "Watch without being asked"
    assert picked(view) == {"Product owner": [stage.priya.id], "Finance": [stage.fiona.id]}


async def test_the_card_has_a_button_for_it(stage: Stage) -> None:
    await stage.start(Finance=stage.fiona)
    await stage.priya.press(await stage.card("0 of 2"), "People")
    view = await stage.priya.view("People")
    assert await stage.priya.submit(view, {"Executive sponsor": [stage.victor]}) is None
    await stage.opening(stage.victor)
    await stage.card("Victor Vance")


async def test_a_form_that_slack_does_not_open_is_asked_for_again(stage: Stage) -> None:
    await stage.start(Finance=stage.fiona)
    card = await stage.card("0 of 2")
    stage.slack.faults.add("views.open", ServerError(), times=1)
    await stage.priya.press(card, "People")
    await stage.priya.sees("Please press the button once more")


async def test_somebody_is_added_in_the_midst_of_it(stage: Stage) -> None:
    await stage.start(Finance=stage.fiona)
    await stage.opening(stage.fiona)
    assert await pick(stage, Executive_sponsor=[stage.victor]) is None
    await stage.play(stage.victor, SPONSORS)
    assert stage.said("a first score") == []
    await stage.play(stage.fiona, FINANCES)
    goals = await stage.priya.sees("Churn radar: goals side by side", channel=stage.channel)
    assert "advertising revenue" in stage.slack.workspace.plain(goals)
    assert standings(stage) == {stage.fiona.id: Standing.FINISHED, stage.victor.id: Standing.FINISHED}


async def test_late_answers_count_and_say_what_they_changed(stage: Stage) -> None:
    await stage.start(Finance=stage.fiona)
    await stage.play(stage.fiona, FINANCES)
    await results_with(stage, "a first score", 1)
    assert await pick(stage, Executive_sponsor=[stage.victor]) is None
    await stage.card("answers a few questions. Then I bring the results up to date")
    last = await stage.play(stage.victor, SPONSORS)
    assert "brought up to date" in last.words()
    new = stage.slack.workspace.plain(await stage.priya.sees("Brought up to date.", channel=stage.channel))
    assert "@Victor Vance joined and answered 1 question. " in new
    assert "@Victor Vance added “increase advertising revenue by 20 %”." in new
    await stage.slack.quiet()
    assert len(stage.said("a first score", stage.channel)) == 1
    assert len(stage.said("These results are out of date", stage.channel)) == 2


async def test_who_is_taken_out_is_told_once_and_does_not_count(stage: Stage) -> None:
    await finished_by_victor_and_fiona(stage)
    assert await pick(stage, Finance=[]) is None
    told = await stage.fiona.sees("took you out of", thread=await stage.opening(stage.fiona))
    assert told.words() == (
        f"{stage.fiona.mention}, {stage.priya.mention} took you out of *Churn radar*, so you need not answer any more. "
        "What you said no longer counts."
    )
    new = stage.slack.workspace.plain(await stage.priya.sees("Brought up to date.", channel=stage.channel))
    assert "@Fiona Feld was taken out." in new
    assert "cloud bill" not in new
    await stage.slack.quiet()
    assert "Fiona" not in stage.slack.workspace.plain(stage.cards()[-1])
    assert "Fiona" not in (await stage.priya.command(stage.channel, COMMAND, "status")).words()
    assert [one.owner for one in stage.kickoffs()[0].stakes] == [stage.victor.id]
    assert len(stage.said("took you out of")) == 1


async def test_words_and_presses_of_somebody_who_was_taken_out_change_nothing(stage: Stage) -> None:
    await stage.start(Executive_sponsor=stage.victor, Finance=stage.fiona)
    opening = await stage.opening(stage.fiona)
    question = await stage.fiona.sees("What should this project achieve", thread=opening)
    assert await pick(stage, Finance=[]) is None
    told = await stage.fiona.sees("you need not answer any more", thread=opening)
    assert "no longer counts" not in told.words()
    await stage.fiona.say(stage.channel, BILL, thread=opening)
    await stage.slack.quiet()
    assert "These questions are closed." in stage.slack.workspace.current(question).words()
    assert standings(stage)[stage.fiona.id] is Standing.REMOVED
    assert stage.kickoffs()[0].participants[1].interview.pending == ()


async def test_taking_out_the_last_who_is_waited_for_brings_the_results(stage: Stage) -> None:
    await stage.start(Executive_sponsor=stage.victor, Finance=stage.fiona)
    await stage.play(stage.victor, SPONSORS)
    await stage.opening(stage.fiona)
    assert await pick(stage, Finance=[]) is None
    goals = await stage.priya.sees("Churn radar: goals side by side", channel=stage.channel)
    assert "advertising revenue" in stage.slack.workspace.plain(goals)
    await stage.card("presses Find a balance")


async def test_replacing_somebody_after_the_results_names_both(stage: Stage) -> None:
    await finished_by_victor_and_fiona(stage)
    gita = newcomer(stage)
    assert await pick(stage, Finance=[gita]) is None
    await stage.fiona.sees("took you out of")
    await stage.opening(gita)
    assert len(stage.said("a first score", stage.channel)) == 1
    await stage.play(gita, (*FINANCES[:3], ("whole project cost", "€90,000")))
    new = stage.slack.workspace.plain(await stage.priya.sees("Brought up to date.", channel=stage.channel))
    assert "@Fiona Feld was taken out. @Gita Gupta joined and answered 1 question." in new


async def test_who_is_picked_again_comes_back_with_what_they_had_said(stage: Stage) -> None:
    await finished_by_victor_and_fiona(stage)
    assert await pick(stage, Finance=[]) is None
    out = await results_with(stage, "Brought up to date.", 2)
    assert await pick(stage, Finance=[stage.fiona]) is None
    back = await stage.fiona.sees("you are back in *Churn radar* as finance. What you said counts again.", after=out)
    assert "your answers are in" in back.words()

    def told_of_return() -> Message | None:
        return next((one for one in stage.said("Brought up to date.", stage.channel) if "joined" in one.words()), None)

    new = await stage.slack.workspace.log.wait_for(told_of_return, 5)
    assert new is not None
    told = stage.slack.workspace.plain(new)
    assert "@Fiona Feld joined and answered 1 question. " in told
    assert "“reduce monthly cloud bill by 10 %”" in told
    assert standings(stage)[stage.fiona.id] is Standing.FINISHED
    await stage.fiona.press(back, "Change an answer")
    await stage.fiona.sees("These are your answers", after=back)


async def test_who_comes_back_in_the_midst_of_it_goes_on_there(stage: Stage) -> None:
    await stage.start(Executive_sponsor=stage.victor, Finance=stage.fiona)
    opening = await stage.opening(stage.fiona)
    question = await stage.fiona.sees("What should this project achieve", thread=opening)
    await stage.fiona.press(question, "Skip")
    await stage.fiona.sees("whole project cost", thread=opening)
    assert await pick(stage, Finance=[]) is None
    out = await stage.fiona.sees("you need not answer any more")
    assert await pick(stage, Finance=[stage.fiona]) is None
    again = await stage.fiona.sees("whole project cost", thread=opening, after=out)
    assert "you are back in *Churn radar* as finance. What you said counts again. 1 question is left." in again.words()
    await stage.fiona.say(stage.channel, "€80,000", thread=opening)
    await stage.fiona.sees("These are your answers", after=again)
    assert stage.kickoffs()[0].participants[1].remind_at is not None


async def test_who_could_not_be_asked_is_tried_again(stage: Stage) -> None:
    stage.slack.workspace.deactivate(stage.fiona)
    await stage.start(Executive_sponsor=stage.victor, Finance=stage.fiona)
    await stage.card("this account is closed")
    assert await pick(stage, Finance=[]) is None
    stage.slack.workspace.change(stage.fiona, deleted=False)
    await stage.slack.quiet()
    assert stage.said("took you out of") == []
    assert await pick(stage, Finance=[stage.fiona]) is None
    await stage.opening(stage.fiona, channel=stage.fiona.dm)


async def test_a_new_role_reopens_a_finished_interview_at_its_question(stage: Stage) -> None:
    await finished_by_victor_and_fiona(stage)
    assert await pick(stage, Executive_sponsor=[stage.victor, stage.fiona]) is None
    opening = await stage.opening(stage.fiona)
    asked = await stage.fiona.sees("In how many months", thread=opening)
    assert asked.words().startswith(
        f"{stage.fiona.mention}, from now on you answer as executive sponsor and finance in *Churn radar*. "
        "2 questions are left."
    )
    await stage.card("2 of 4")
    await stage.play(stage.fiona, (("In how many months", "3"), ("How many teams", "[Skip]")))
    new = stage.slack.workspace.plain(await stage.priya.sees("Brought up to date.", channel=stage.channel))
    assert "@Fiona Feld changed the answer on" in new
    assert "joined" not in new
    assert len(stage.kickoffs()[0].stakes) == 2


async def test_one_person_in_two_kickoffs_answers_each_in_its_thread(stage: Stage) -> None:
    await stage.start(name="Churn radar", Finance=stage.fiona)
    await stage.start(name="Price guard", Executive_sponsor=stage.victor)
    assert await pick(stage, text="people for Price guard", Finance=[stage.fiona]) is None
    churn = await stage.opening(stage.fiona, "Churn radar")
    price = await stage.opening(stage.fiona, "Price guard")
    await stage.play(stage.fiona, (("What should", REVENUE), *FINANCES[1:]), price)
    await stage.play(stage.fiona, FINANCES, churn)
    goals = {one.name: [stake.objective.metric for stake in one.stakes] for one in stage.kickoffs()}
    assert goals == {"Churn radar": ["monthly cloud bill"], "Price guard": ["advertising revenue"]}
    assert await pick(stage, text="people for Price guard", Finance=[]) is None
    told = await stage.fiona.sees("took you out of *Price guard*", thread=price)
    assert told.thread_ts == price.ts
    assert standings(stage, "Churn radar")[stage.fiona.id] is Standing.FINISHED


async def test_with_several_projects_it_asks_which(stage: Stage) -> None:
    assert "no kickoff here yet" in (await stage.priya.command(stage.channel, COMMAND, "people")).words()
    await stage.start(name="Churn radar", Finance=stage.fiona)
    await stage.start(name="Price guard", Finance=stage.victor)
    asked = (await stage.priya.command(stage.channel, COMMAND, "people")).words()
    assert "Which project do you mean: *Price guard*, *Churn radar*?" in asked
    assert "`/ml-kickoff people for Price guard`" in asked
    assert "press *People* on its card" in asked
    unknown = (await stage.priya.command(stage.channel, COMMAND, "people for x")).words()
    assert "I know no project called “x” here" in unknown
    assert picked(await open_people(stage, text="people for churn radar")) == {"Finance": [stage.fiona.id]}


async def test_observers_watch_without_being_asked(stage: Stage) -> None:
    gita = newcomer(stage)
    await stage.start(Finance=stage.fiona)
    assert await pick(stage, Watch_without_being_asked=[gita, stage.victor]) is None
    await stage.card("Watching: @Gita Gupta, @Victor Vance")
    assert f"Watching: {gita.mention}" in (await stage.priya.command(stage.channel, COMMAND, "status")).words()
    await stage.play(stage.fiona, FINANCES)
    await stage.fiona.sees("a first score", channel=stage.channel)
    await stage.slack.quiet()
    (told,) = stage.said("For your information", stage.channel)
    assert "For your information: @Gita Gupta, @Victor Vance" in stage.slack.workspace.plain(told)
    assert standings(stage) == {stage.fiona.id: Standing.FINISHED}
    view = await open_people(stage)
    assert picked(view)["Watch without being asked"] == [gita.id, stage.victor.id]
    assert await stage.priya.submit(view, {"Executive sponsor": [stage.victor]}) is None
    await stage.opening(stage.victor)
    assert stage.kickoffs()[0].observers == (gita.id,)


async def test_the_form_sent_twice_changes_nothing_more(stage: Stage) -> None:
    stage.slack.duplicate = 3
    await stage.start(Executive_sponsor=stage.victor, Finance=stage.fiona)
    await stage.opening(stage.fiona)
    gita = newcomer(stage)
    assert await pick(stage, Finance=[gita]) is None
    await stage.opening(gita)
    await stage.fiona.sees("took you out of")
    await stage.slack.quiet()
    assert len(stage.said("took you out of")) == 1
    assert len(stage.said("your view as finance")) == 2
    assert await pick(stage) is None
    await stage.slack.quiet()
    assert len(stage.said("took you out of")) == 1


async def test_a_form_from_before_somebody_elses_change_undoes_nothing(stage: Stage) -> None:
    await stage.start(stage.victor, Product_owner=stage.priya, Finance=stage.fiona)
    await stage.opening(stage.fiona)
    old = await open_people(stage, stage.priya)
    assert await pick(stage, stage.victor, Executive_sponsor=[stage.victor]) is None
    errors = await stage.priya.submit(old, {"Finance": []})
    assert errors == {
        "Product owner": "Somebody changed the people meanwhile. Please close this form and press People again."
    }
    assert standings(stage)[stage.fiona.id] is Standing.OPEN


async def test_somebody_has_to_remain(stage: Stage) -> None:
    await stage.start(Finance=stage.fiona)
    errors = await pick(stage, Finance=[])
    assert errors == {"Product owner": "Please pick at least one person to interview, here or below."}
    assert stage.kickoffs()[0].counted


async def test_others_may_look_and_not_change(stage: Stage) -> None:
    await stage.start(Product_owner=stage.victor, Finance=stage.fiona)
    await stage.opening(stage.fiona)
    view = await open_people(stage, stage.fiona)
    assert not [block for block in view.blocks if block["type"] == "input"]
    said = str(view.blocks)
    assert f"{stage.fiona.mention} · finance" in said
    assert f"Only {stage.victor.mention} and {stage.priya.mention} can change this." in said


async def test_who_may_no_longer_change_people_is_told_so(stage: Stage) -> None:
    await stage.start(stage.victor, Product_owner=stage.priya, Finance=stage.fiona)
    await stage.opening(stage.priya)
    old = await open_people(stage, stage.priya)
    assert await pick(stage, stage.victor, Product_owner=[]) is None
    errors = await stage.priya.submit(old, {"Executive sponsor": [stage.priya]})
    assert errors is not None
    assert "Only the product owner and whoever started this kickoff can change its people." in errors["Product owner"]


async def test_a_new_product_owner_is_asked_for_progress(stage: Stage) -> None:
    await stage.start(Product_owner=stage.priya, Finance=stage.fiona)
    await stage.card("09:30 (Europe/Berlin)")
    await stage.opening(stage.priya)
    assert await pick(stage, Product_owner=[stage.victor]) is None
    await stage.priya.sees(f"from now on I ask {stage.victor.mention} how it is going", channel=stage.channel)
    await stage.card("09:30 (America/New_York)")
    taken = await stage.priya.sees("you took yourself out of", channel=stage.channel)
    assert "need not answer any more" in taken.words()


async def test_in_private_the_one_taken_out_is_told_in_private(stage: Stage) -> None:
    await stage.start(Executive_sponsor=stage.victor, Finance=stage.fiona, Interviews="In private messages")
    await stage.opening(stage.fiona, channel=stage.fiona.dm)
    assert await pick(stage, Finance=[]) is None
    told = await stage.fiona.sees("took you out of", channel=stage.fiona.dm)
    assert told.thread_ts
    assert not stage.said("took you out of", stage.channel)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_name_in_the_words_is_escaped(stage: Stage) -> None:
    await stage.start(name="A < B & Co", Executive_sponsor=stage.victor, Finance=stage.fiona)
    await stage.fiona.sees("your view as finance", channel=stage.channel)
    assert await pick(stage, Finance=[]) is None
    told = await stage.fiona.sees("took you out of")
    assert "*A &lt; B &amp; Co*" in told.words()

"""The shortcut Add to kickoff: a message becomes a goal, for its author's word, or a fact of a project."""

from bot.message_shortcut import CALLBACK
from playground.faults import ServerError
from playground.person import Person
from playground.records import Message, View
from storage import notes
from storage.notes import Note
from tests.bot.conftest import BILL, FINANCES, GOAL, REVENUE, Stage

FACT = "The labels of 2024 are wrong & nobody fixed them"


async def open_form(stage: Stage, message: Message, by: Person | None = None) -> View:
    by = by or stage.priya
    reply = await by.use_shortcut(message, CALLBACK)
    assert reply.status == 200
    return await by.view("Add to kickoff")


def notes_of(stage: Stage, place: int = 0) -> tuple[Note, ...]:
    kickoff = stage.kickoffs()[place]
    return stage.started.app.database.run(lambda connection: notes.of_kickoff(connection, kickoff.id))


async def test_a_fact_is_kept_and_said_under_the_card(stage: Stage) -> None:
    await stage.start_with_all()
    await stage.all_is_sent()
    said = await stage.victor.say(stage.channel, FACT)
    form = await open_form(stage, said)
    values = [value for block in stage.priya.entries(form).values() for value in block.values()]
    assert FACT in str(values)
    assert "Churn radar" in str(values)
    assert await stage.priya.submit(form, {"What is it?": "A fact"}) is None
    (card,) = stage.cards()
    line = await stage.victor.sees("added a fact", thread=card)
    assert f"{stage.priya.mention} added a fact by {stage.victor.mention}" in line.words()
    assert "wrong &amp; nobody" in line.words()
    (note,) = notes_of(stage)
    assert (note.author, note.words, note.added_by) == (stage.victor.id, FACT, stage.priya.id)


async def test_the_same_message_is_kept_once(stage: Stage) -> None:
    await stage.start_with_all()
    said = await stage.victor.say(stage.channel, FACT)
    assert await stage.priya.submit(await open_form(stage, said), {"What is it?": "A fact"}) is None
    form = await open_form(stage, said, stage.fiona)
    errors = await stage.fiona.submit(form, {"What is it?": "A fact", "What it says": "other words"})
    assert errors == {"What is it?": "This message is already among the facts of that kickoff."}
    assert len(notes_of(stage)) == 1


async def test_a_goal_is_shown_to_its_author_who_is_being_asked(stage: Stage) -> None:
    await stage.start_with_all()
    opening = await stage.opening(stage.fiona)
    await stage.fiona.sees("What should this project achieve", thread=opening)
    said = await stage.fiona.say(stage.channel, BILL)
    assert await stage.priya.submit(await open_form(stage, said)) is None
    shown = await stage.fiona.sees("I read this as", thread=opening)
    assert f"{stage.fiona.mention}, {stage.priya.mention} found a goal in your message" in shown.words()
    told = await stage.priya.sees("who decides whether it is kept")
    assert told.only_for == stage.priya.id
    await stage.fiona.press(shown, "Yes, that's right")
    await stage.play(stage.fiona, FINANCES[2:])
    fiona = stage.kickoffs()[0].find(stage.fiona.id)
    assert fiona is not None
    assert len(fiona.interview.objectives) == 1


async def test_a_finished_interview_is_opened_again(stage: Stage) -> None:
    await stage.start(Finance=stage.fiona, Product_owner=stage.priya)
    await stage.play(stage.fiona, FINANCES)
    said = await stage.fiona.say(stage.channel, REVENUE)
    assert await stage.fiona.submit(await open_form(stage, said, stage.fiona)) is None
    opening = await stage.opening(stage.fiona)
    shown = await stage.fiona.sees("you found a goal in your message", thread=opening)
    await stage.fiona.sees("I show you the goal in your thread")
    await stage.card(f"{stage.fiona.shown_name} · finance · ▰")
    fiona = stage.kickoffs()[0].find(stage.fiona.id)
    assert fiona is not None
    assert fiona.remind_at is not None
    await stage.fiona.press(shown, "Yes, that's right")
    await stage.fiona.press(await stage.fiona.sees("another goal", thread=opening, after=shown), "That's all")
    review = await stage.fiona.sees("These are your answers", thread=opening, after=shown)
    await stage.fiona.press(review, "Submit")
    await stage.fiona.sees("your answers are in", thread=opening, after=shown)
    again = await open_form(stage, said, stage.fiona)
    errors = await stage.fiona.submit(again, {"What is it?": "A goal"})
    assert errors == {"What it says": "That goal is there already."}


async def test_a_goal_of_somebody_else_is_shown_to_who_found_it(stage: Stage) -> None:
    await stage.start(Finance=stage.fiona)
    opening = await stage.opening(stage.fiona)
    await stage.fiona.sees("What should this project achieve", thread=opening)
    said = await stage.victor.say(stage.channel, GOAL)
    assert await stage.fiona.submit(await open_form(stage, said, stage.fiona)) is None
    shown = await stage.fiona.sees("I read this as", thread=opening)
    assert "you found a goal in the message" in shown.words()


async def test_an_author_who_takes_no_part_is_asked_for_their_goal(stage: Stage) -> None:
    await stage.start(Finance=stage.fiona)
    await stage.opening(stage.fiona)
    said = await stage.victor.say(stage.channel, GOAL)
    assert await stage.priya.submit(await open_form(stage, said)) is None
    opening = await stage.victor.sees("thinks that you can help with *Churn radar*")
    assert stage.priya.mention in opening.words()
    await stage.victor.sees("What should this project achieve", thread=opening)
    assert (await stage.priya.sees("takes no part in")).only_for == stage.priya.id
    await stage.card(stage.victor.shown_name)


async def test_words_without_a_goal_stay_in_the_form(stage: Stage) -> None:
    await stage.start_with_all()
    await stage.opening(stage.victor)
    said = await stage.victor.say(stage.channel, "good morning")
    form = await open_form(stage, said)
    errors = await stage.priya.submit(form, {"What is it?": "A goal"})
    assert errors is not None
    assert errors["What it says"].startswith("I found no goal in that. For example: ")
    errors = await stage.priya.submit(form, {"What it says": "\u200b"})
    assert errors == {"What it says": "Please leave some words here."}
    assert await stage.priya.submit(form, {"What it says": GOAL, "What is it?": "A goal"}) is None
    await stage.victor.sees("I read this as")


async def test_who_cannot_be_asked(stage: Stage) -> None:
    await stage.start_with_all()
    await stage.opening(stage.victor)
    said = await stage.victor.say(stage.channel, GOAL)
    stage.slack.workspace.change(stage.victor, deleted=True)
    await stage.card("this account is closed")
    elsewhere = stage.slack.workspace.add_person("Otto Other")
    stage.slack.workspace.join(stage.channel, elsewhere)
    errors = await elsewhere.submit(await open_form(stage, said, elsewhere))
    assert errors is not None
    assert "I cannot ask its author in this project" in errors["What it says"]


async def test_who_is_only_being_invited(stage: Stage) -> None:
    stage.slack.faults.add("users.info", ServerError(), times=3)
    await stage.start(Finance=stage.fiona)
    said = await stage.fiona.say(stage.channel, GOAL)
    errors = await stage.priya.submit(await open_form(stage, said))
    assert errors is not None
    assert "I am still inviting them" in errors["What it says"]
    await stage.opening(stage.fiona)


async def test_with_several_kickoffs_the_form_asks_which(stage: Stage) -> None:
    await stage.start(name="Churn radar", Finance=stage.fiona)
    await stage.start(name="Price guard", Finance=stage.fiona)
    await stage.all_is_sent()
    said = await stage.victor.say(stage.channel, FACT)
    form = await open_form(stage, said)
    assert await stage.priya.submit(form, {"Kickoff": "Price guard", "What is it?": "A fact"}) is None
    assert len(notes_of(stage, 0)) == 1
    (card,) = stage.cards("Churn radar")
    within = await stage.victor.say(stage.channel, f"{FACT}!", thread=card)
    assert await stage.priya.submit(await open_form(stage, within), {"What is it?": "A fact"}) is None
    assert len(notes_of(stage, 1)) == 1


async def test_it_works_where_the_app_is_not(stage: Stage) -> None:
    await stage.start(Finance=stage.fiona)
    await stage.opening(stage.fiona)
    elsewhere = stage.slack.workspace.add_channel("elsewhere", [stage.priya, stage.fiona], app_is_member=False)
    said = await stage.fiona.say(elsewhere, FACT)
    assert await stage.priya.submit(await open_form(stage, said), {"What is it?": "A fact"}) is None
    await stage.victor.sees("added a fact", channel=stage.channel)
    goal = await stage.fiona.say(elsewhere, BILL)
    assert await stage.priya.submit(await open_form(stage, goal)) is None
    await stage.priya.sees("who decides whether it is kept", channel=stage.priya.dm)


async def test_without_a_kickoff_it_says_how_to_start_one(stage: Stage) -> None:
    said = await stage.victor.say(stage.channel, FACT)
    await stage.victor.use_shortcut(said, CALLBACK)
    told = await stage.victor.sees("no kickoff here yet that I could add this to")
    assert told.only_for == stage.victor.id
    elsewhere = stage.slack.workspace.add_channel("elsewhere", [stage.victor], app_is_member=False)
    await stage.victor.use_shortcut(await stage.victor.say(elsewhere, FACT), CALLBACK)
    await stage.victor.sees("no kickoff here yet", channel=stage.victor.dm)


async def test_messages_without_words_of_a_person(stage: Stage) -> None:
    await stage.start(Finance=stage.fiona)
    await stage.all_is_sent()
    (card,) = stage.cards()
    file = await stage.priya.share(stage.channel, "plan.pdf", b"plan")
    for message in (card, file):
        await stage.priya.use_shortcut(message, CALLBACK)
    await stage.all_is_sent()
    told = [one for one in stage.slack.workspace.visible_to(stage.priya) if one.only_for]
    assert [one.words() for one in told] == [
        "There are no words in this message that I could add. Choose one that somebody wrote."
    ] * 2


async def test_a_form_that_slack_does_not_open(stage: Stage) -> None:
    await stage.start(Finance=stage.fiona)
    said = await stage.victor.say(stage.channel, FACT)
    stage.slack.faults.add("views.open", ServerError(), times=1)
    await stage.priya.use_shortcut(said, CALLBACK)
    await stage.priya.sees("Please choose Add to kickoff once more")


async def test_long_words_are_cut_to_what_the_form_takes(stage: Stage) -> None:
    await stage.start(Finance=stage.fiona)
    said = await stage.victor.say(stage.channel, "words " * 800)
    assert await stage.priya.submit(await open_form(stage, said), {"What is it?": "A fact"}) is None
    assert len(notes_of(stage)[0].words) <= 2900

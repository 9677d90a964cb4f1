"""The conflict board through the door: its pages and windows, links that people judge, metrics that nobody knew."""

import asyncio
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from flows.edge_verdicts import Verdict
from flows.kickoffs import Standing
from playground.person import Person
from playground.records import Message, View
from storage import decisions, kickoffs
from tests.bot.conftest import BILL, FINANCES, GOAL, OWNERS, SPONSORS, Stage
from tests.bot.test_signing import keep_private

BOARD = ": goals side by side"


async def board(stage: Stage) -> Message:
    return await stage.priya.sees(BOARD, channel=stage.channel)


async def shown(stage: Stage, **fields: object) -> Message:
    """All interviews are done; the board."""
    await stage.start_with_all(**fields)
    await stage.finish_all()
    return await board(stage)


async def explained(person: Person, message: Message, place: int = 0) -> View:
    """The window behind one *Explain* of the board."""
    lines = [block for block in person.workspace.current(message).blocks if "accessory" in block]
    await person.use(message, lines[place], lines[place]["accessory"])
    return await person.view()


def said_in(view: View) -> str:
    texts = [block.get("text", {}).get("text", "") for block in view.blocks]
    texts += [element["text"] for block in view.blocks if block["type"] == "context" for element in block["elements"]]
    return "\n".join(texts)


def links_in(view: View) -> list[tuple[str, int]]:
    """The links in a window by their first line, each with the place of its block."""
    texts = [(block.get("text", {}).get("text", ""), place) for place, block in enumerate(view.blocks)]
    return [(text.partition("\n")[0], place) for text, place in texts if " → " in text and text.startswith("*")]


async def judge(person: Person, view: View, link: str, button: str) -> View:
    """Press a button of the first link with these words; the window as it is then."""
    place = next(place for line, place in links_in(view) if link in line)
    row = view.blocks[place + 1]
    *buttons, menu = row["elements"]
    pressed = next((one for one in buttons if one["text"]["text"] == button), None)
    if pressed:
        await person.use(view, row, pressed)
    else:
        options = [one["text"]["text"] for one in menu["options"]]
        await person.use(view, row, menu, next(one for one in options if one.startswith(button)))
    return person.workspace.views.view(view.id)


def in_thread(stage: Stage, of: Message, words: str) -> list[Message]:
    return [one for one in stage.said(words, stage.channel) if one.thread_ts == of.ts and one.ts != of.ts]


def verdicts(stage: Stage) -> list[tuple[str, Verdict]]:
    kickoff = stage.kickoffs()[0]
    lines = stage.started.app.database.run(lambda connection: decisions.of_kickoff(connection, kickoff.id))
    return [(line.by, line.verdict.verdict) for line in lines if line.kind == "link_judged"]


async def test_every_finding_opens_and_pages_go_both_ways(stage: Stage) -> None:
    posted = await shown(stage)
    explained_ones: set[str] = set()
    for _ in range(9):
        current = stage.slack.workspace.current(posted)
        for place, line in enumerate(one for one in current.blocks if "accessory" in one):
            explained_ones.add(line["accessory"]["value"])
            view = await explained(stage.fiona, posted, place)
            assert "What could ease it" in said_in(view)
            assert "not in the way" not in said_in(view)
            await stage.fiona.close(view)
        if "[Weaker ones]" not in current.words():
            break
        await stage.victor.press(posted, "Weaker ones")
        await stage.all_is_sent()
    first = stage.slack.workspace.current(posted)
    assert len(explained_ones) >= 4
    assert "[Worse ones]" in first.words()
    while "[Worse ones]" in stage.slack.workspace.current(posted).words():
        await stage.victor.press(posted, "Worse ones")
        await stage.all_is_sent()
    assert stage.slack.workspace.current(posted).words() == posted.words()
    await stage.victor.press(posted, "All goals")
    assert "time on platform" in str((await stage.victor.view("Goals side by side")).blocks)
    assert len(stage.said(BOARD, stage.channel)) == 1


async def test_a_stakeholder_judges_a_link_and_another_one_sees_it_otherwise(stage: Stage) -> None:
    posted = await shown(stage)
    view = await explained(stage.fiona, posted, place=1)
    link = "more traffic → more advertising revenue"
    denied = await judge(stage.fiona, view, link, "Not here")
    assert "*You said so.*\nGone: " in said_in(denied)
    assert "This is not in the way any more" in said_in(denied)
    assert f"Left out, as {stage.fiona.mention} does not hold it to be so." in said_in(denied)
    told = await stage.priya.sees("does not hold here.\nGone:", channel=stage.channel, thread=posted)
    assert told.words().startswith(f"{stage.fiona.mention} says: *")
    await stage.all_is_sent()
    redrawn = stage.slack.workspace.current(posted)
    assert "does not hold here. Conflicts: " in redrawn.words()
    assert redrawn.edited
    assert len(stage.said(BOARD, stage.channel)) == 1

    # The same once more, from the window as it is now, changes nothing and tells nobody.
    again = await judge(stage.fiona, denied, link, "Not here")
    assert "You said so already" in said_in(again)
    await stage.all_is_sent()
    assert len(in_thread(stage, posted, " says: ")) == 1
    assert verdicts(stage) == [(stage.fiona.id, Verdict.DENIED)]
    await stage.fiona.close(again)

    # Somebody else finds the link that is gone in the thread.
    await stage.priya.press(told, "I see it otherwise")
    alone = await stage.priya.view("What I assume")
    assert [line.strip("*") for line, _ in links_in(alone)] == [link]
    held = await judge(stage.priya, alone, link, "It is so")
    assert f"Disputed: {stage.priya.mention} holds it to be so, {stage.fiona.mention} does not." in said_in(held)
    await stage.priya.sees("holds here.\nNew: ", channel=stage.channel, thread=posted)
    await stage.all_is_sent()

    # Back on the board; and the other way round is understood the same way by two.
    turned = await judge(stage.priya, held, link, "The other way round")
    line = links_in(turned)[0][0].strip("*")
    assert line != link
    await stage.priya.sees("works the other way round", channel=stage.channel, thread=posted)
    stronger = await judge(stage.priya, turned, line, "Strongly")
    assert links_in(stronger)[0][0].strip("*") == line
    assert len(verdicts(stage)) == 4


async def test_whoever_has_no_say_is_told_so(stage: Stage) -> None:
    await stage.start(Finance=stage.fiona, Executive_sponsor=stage.fiona)
    await stage.play(
        stage.fiona,
        (
            *(("What should this project achieve", GOAL), ("I read this as", "[Yes, that's right]")),
            *(("another goal", BILL), ("I read this as", "[Yes, that's right]")),
            *(("another goal", "[That's all]"), ("In how many months", "6"), ("How many teams", "[Skip]")),
            ("whole project cost", "€80,000"),
        ),
    )
    posted = await board(stage)
    view = await explained(stage.victor, posted)
    refused = await judge(stage.victor, view, "", "Not here")
    assert "Only the stakeholders of this kickoff can say so" in said_in(refused)
    assert "*What could ease it:*" in said_in(refused)
    await stage.slack.quiet()
    assert verdicts(stage) == []
    assert in_thread(stage, posted, "says") == []


async def test_two_people_judge_two_links_at_once(stage: Stage) -> None:
    posted = await shown(stage)
    views = [await explained(person, posted) for person in (stage.fiona, stage.priya)]
    links = [line for line, _ in links_in(views[0])]
    await asyncio.gather(
        judge(stage.fiona, views[0], links[0].strip("*"), "Strongly"),
        judge(stage.priya, views[1], links[-1].strip("*"), "Not here"),
    )
    await stage.all_is_sent()
    assert sorted(verdict for _, verdict in verdicts(stage)) == [Verdict.CHANGED, Verdict.DENIED]
    assert len(in_thread(stage, posted, " says: ")) == 2
    assert len(in_thread(stage, posted, "is stronger or weaker here")) == 1
    gone = (await stage.priya.sees("does not hold here", channel=stage.channel, thread=posted)).text
    await stage.victor.press(in_thread(stage, posted, "is stronger or weaker here")[0], "I see it otherwise")
    said = said_in(await stage.victor.view("What I assume"))
    assert f"Confirmed by {stage.fiona.mention}" in said
    assert gone.startswith(stage.priya.mention)


async def test_a_conflict_that_is_gone_says_so(stage: Stage) -> None:
    posted = await shown(stage)
    view = await explained(stage.fiona, posted, place=1)
    old = [one for one in posted.blocks if "accessory" in one][1]
    await judge(stage.fiona, view, "more traffic → more advertising revenue", "Not here")
    await stage.all_is_sent()
    await stage.victor.use(posted, old, old["accessory"])
    assert "This is not in the way any more" in said_in(await stage.victor.view("Why they collide"))


async def test_without_files_a_table_says_what_the_picture_would(stage: Stage) -> None:
    stage.slack.workspace.files.taken = "none"
    posted = await shown(stage)
    assert not [block for block in posted.blocks if block["type"] == "image"]
    assert "Product owner: time on platform +15\u00a0%" in stage.slack.workspace.plain(posted)


async def test_confidential_goals_are_nowhere(stage: Stage) -> None:
    await stage.start_with_all()
    await stage.play(stage.priya, OWNERS)
    await stage.play(stage.victor, SPONSORS)
    opening = await stage.opening(stage.fiona)
    await stage.fiona.sees("What should this project achieve", channel=stage.channel, thread=opening)
    await stage.fiona.say(stage.channel, "between us", thread=opening)
    await stage.fiona.sees("I keep your goals between us", channel=stage.channel, thread=opening)
    await stage.play(stage.fiona, FINANCES)
    posted = await board(stage)
    await stage.all_is_sent()
    assert ":lock: 1 goal is kept private" in posted.words()
    image = next(block for block in posted.blocks if block["type"] == "image")
    seen: list[Any] = [posted.blocks, image["alt_text"]]
    for place in range(sum("accessory" in one for one in posted.blocks)):
        view = await explained(stage.victor, posted, place)
        seen.append([block for block in view.blocks if " → " not in str(block)])
        await stage.victor.close(view)
    await stage.victor.press(posted, "All goals")
    seen.append((await stage.victor.view("Goals side by side")).blocks)
    assert "monthly cloud bill" not in str(seen).casefold()
    assert stage.fiona.mention not in str(seen)
    drawn = [
        exchange.sent
        for exchange in stage.slack.workspace.log.traffic
        if exchange.name == "files.completeUploadExternal"
    ]
    assert "bill" not in str(drawn)


ODD = "*shiny* <!channel> & badges"


async def name_goal(stage: Stage, person: Person, metric: str) -> None:
    opening = await stage.opening(person)
    await person.sees("What should this project achieve", channel=stage.channel, thread=opening)
    await person.say(stage.channel, "increase the number of badges by 30%", thread=opening)
    reading = await person.sees("I read this as", channel=stage.channel, thread=opening)
    await person.press(reading, "Change it")
    await person.submit(await person.view(), {"What should change?": metric})


async def test_a_metric_that_nobody_knows_is_asked_about(stage: Stage) -> None:
    await stage.start_with_all()
    await name_goal(stage, stage.priya, ODD)
    await stage.play(stage.priya, OWNERS[2:])
    await name_goal(stage, stage.victor, "wow factor")
    await stage.play(stage.victor, SPONSORS[2:])
    await stage.play(stage.fiona, FINANCES)
    posted = await board(stage)
    asked = await stage.priya.sees("I do not know what moves", channel=stage.channel, thread=posted)
    await stage.all_is_sent()
    assert "<!channel>" not in asked.words()
    questions = in_thread(stage, posted, "I do not know what moves")
    assert len(questions) == 2
    mine = next(one for one in questions if "shiny" in one.words())
    other = next(one for one in questions if "wow" in one.words())

    await stage.priya.press(mine, "Say what moves it")
    form = await stage.priya.view("What moves it?")
    assert "say what it is like" in str(await stage.priya.submit(form, {}))
    both = {"Or else: more of what raises it?": ["Advertising load"], "More of what lowers it?": ["Advertising load"]}
    assert "take it out of one" in str(await stage.priya.submit(form, both))
    raised = {
        "Or else: more of what raises it?": ["Breadth of the project"],
        "More of what lowers it?": ["Advertising load"],
    }
    errors = await stage.priya.submit(form, raised)
    assert errors is None, errors
    told = await stage.priya.sees("said what moves", channel=stage.channel, thread=posted)
    assert "<!channel>" not in told.words()
    await stage.all_is_sent()
    assert "said what moves" in stage.slack.workspace.current(posted).words()

    await stage.priya.press(mine, "Say what moves it")
    await stage.priya.sees("This was explained already", channel=stage.channel)

    await stage.victor.press(other, "Say what moves it")
    form = await stage.victor.view("What moves it?")
    errors = await stage.victor.submit(form, {"Is it one of these, by another name?": "Win rate"})
    assert errors is None, errors
    await stage.all_is_sent()
    assert len(in_thread(stage, posted, "said what moves")) == 2


async def test_a_metric_is_explained_by_those_who_are_asked_while_all_may_see_it(stage: Stage) -> None:
    await stage.start_with_all()
    await name_goal(stage, stage.priya, "wow factor")
    await stage.play(stage.priya, OWNERS[2:])
    await stage.play(stage.victor, SPONSORS)
    await stage.play(stage.fiona, FINANCES)
    posted = await board(stage)
    asked = await stage.priya.sees("I do not know what moves", channel=stage.channel, thread=posted)
    await stage.fiona.press(asked, "Say what moves it")
    form = await stage.fiona.view("What moves it?")
    filled = {"Or else: more of what raises it?": ["Advertising load"]}

    app, kickoff = stage.started.app, stage.kickoffs()[0]
    participant = kickoff.find(stage.fiona.id)
    assert participant is not None
    now = app.clock()

    def move(connection: Connection, before: Standing, after: Standing) -> None:
        one, other = replace(participant, standing=before), replace(participant, standing=after)
        kickoffs.save_participant(connection, one, other, now)

    app.database.run(lambda connection: move(connection, participant.standing, Standing.REMOVED))
    assert "Only the stakeholders" in str(await stage.fiona.submit(form, filled))
    app.database.run(lambda connection: move(connection, Standing.REMOVED, participant.standing))

    await keep_private(stage, stage.priya)
    assert "the goal has changed" in str(await stage.fiona.submit(form, filled))
    await stage.fiona.press(asked, "Say what moves it")
    await stage.fiona.sees("This was explained already, or the goal has changed", channel=stage.channel)
    assert not in_thread(stage, posted, "said what moves")

"""The backlog through the door: the list and its picture, who sees what, what matters, and what fits (K1)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection

from bot.backlog import Backlog, decides
from bot.blocks import Words
from bot.brevity import MOST_WORDS, count_words
from bot.capacity_form import draw_form
from bot.criteria_form import draw_criteria
from bot.fit import draw_fit
from bot.pictures.plane import QUARTERS, PlanePicture, PlanePoint, alt_text
from bot.pictures.plane_drawing import draw
from bot.ranking import draw_ranking
from bot.ranking_reasons import CRITERIA_SAY, draw_reasons
from flows.kickoffs import Kickoff, Standing
from flows.portfolio.candidates import make_candidate
from flows.portfolio.quarter import choose
from flows.portfolio.ranking import rank
from flows.portfolio.team import weeks_of
from flows.portfolio.weights import Order
from flows.roles import Role
from flows.scoring.draws import say_roughly
from flows.scoring.heard import hear
from flows.scoring.project_score import CRITERIA
from playground.faults import ApiError
from playground.person import Person
from playground.records import Channel, Message
from storage import backlog as kept
from storage import kickoffs
from storage.backlog import ToldCapacity
from tests.bot.conftest import COMMAND, Stage
from tests.bot.test_pictures import opened
from tests.flows.scoring.heard import BY_HAND, heard
from tests.flows.ten_kickoffs import kickoff_of, names

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
TOLD = ToldCapacity({"ml_engineer": 2, "data_engineer": 1, "machine": 3}, "U9", NOON)


def numbered() -> tuple[Kickoff, ...]:
    return tuple(replace(kickoff_of(name), id=place) for place, name in enumerate(names(), 1))


def backlog(
    projects: Sequence[Kickoff] | None = None, *, orders: Sequence[Order] = (), capacity: ToldCapacity | None = TOLD
) -> Backlog:
    kept = tuple(numbered() if projects is None else projects)
    candidates = tuple(make_candidate(str(one.id), one.name, hear(one)) for one in kept)
    return Backlog(kept, candidates, tuple(orders), capacity)


def texts(said: Words | dict[str, Any]) -> str:
    blocks = said.blocks if isinstance(said, Words) else said["blocks"]
    parts = [block.get("text", {}).get("text", "") for block in blocks]
    parts += [one["text"] for block in blocks if block["type"] == "context" for one in block["elements"]]
    return "\n".join(parts)


def rows_of(said: Words) -> list[list[str]]:
    (table,) = [block for block in said.blocks if block["type"] == "table"]
    return [[cell["text"] for cell in row] for row in table["rows"]]


def test_every_number_in_the_list_is_the_ranking_of_the_scores() -> None:
    seen = backlog()
    said, _ = draw_ranking(seen, "U01")
    head, *rows = rows_of(said)
    assert head[1:4] == ["Project", "Impact", "Cost"]
    for row, one in zip(rows, rank(seen.candidates), strict=True):
        impact, cost = one.candidate.impact, one.candidate.cost
        assert row[:4] == [
            str(one.rank),
            one.candidate.name,
            f"{impact.p50:.0f} ({impact.p10:.0f} to {impact.p90:.0f})",
            f"{cost.p50:.0f} ({cost.p10:.0f} to {cost.p90:.0f})",
        ]
        assert row[4] == ("–" if one.before_next is None else f"{one.before_next * 100:.0f}")
        assert row[5] == f"{one.first * 100:.0f}"
    assert ":no_entry: *Not ranked yet:* Office plants (no job for a model)" in texts(said)
    assert count_words(*said.blocks) <= MOST_WORDS


def test_why_this_order_says_what_turns_neighbours_round() -> None:
    orders = [Order("UP", CRITERIA), Order("UF", tuple(reversed(CRITERIA)))]
    seen = backlog(orders=orders)
    told = texts(draw_reasons(seen))
    first, second = rank(seen.candidates)[:2]
    assert f"Before {second.candidate.name} in {(first.before_next or 0) * 100:.0f} of 100." in told
    assert first.flip is not None
    then = (first.flip.before - first.flip.moved) * 100
    assert f"“{CRITERIA_SAY[first.flip.less]}” counts {then:.0f} of 100 instead of 20" in told
    assert "<@UP> cares most that it replaces something complicated. First for them: *Pricing rules*." in told
    assert "• That it takes little work stands first for <@UF> and last for <@UP>." in told
    assert "*Office plants* is not ranked yet: no job for a model." in told
    assert "Nobody has said yet what matters most" in texts(draw_reasons(backlog()))


def test_what_fits_names_all_that_is_taken_and_what_the_others_are_short_of() -> None:
    seen = backlog()
    said = draw_fit(seen)
    rows = rows_of(said)[1:]
    choice = choose([one.candidate for one in rank(seen.candidates)], weeks_of(TOLD.people))
    names_by_key = {one.key: one.name for one in seen.candidates}
    assert [row[0] for row in rows] == [names_by_key[key] for key in (*choice.taken, *(o.key for o in choice.left_out))]
    assert [row[2] for row in rows] == ["yes"] * len(choice.taken) + ["no"] * len(choice.left_out)
    assert all(" weeks of " in row[3] for row in rows if row[2] == "no")
    used = {job: say_roughly(weeks) for job, weeks in choice.used.items()}
    told = texts(said)
    assert f":white_check_mark: *{len(choice.taken)} of 9 fit*, worth most together." in told
    assert f"That takes {used['ml_engineer']} of 26 weeks of machine-learning engineers." in told
    assert "Of the projects that you may see. 1 not ranked yet is left out. No limit known for:" in told
    assert count_words(*said.blocks) <= MOST_WORDS
    assert count_words(*draw_fit(replace(seen, is_partial=True)).blocks) <= MOST_WORDS
    for nothing in (None, ToldCapacity({}, "U9", NOON)):
        assert "/ml-kickoff capacity" in draw_fit(backlog(capacity=nothing)).text
    nobody = ToldCapacity(dict.fromkeys(TOLD.people, 0.0), "U9", NOON)
    assert "*Nothing fits whole.*" in texts(draw_fit(backlog(capacity=nobody)))
    everybody = ToldCapacity(dict.fromkeys(TOLD.people, 9999.0), "U9", NOON)
    assert "no" not in {row[2] for row in rows_of(draw_fit(backlog(capacity=everybody)))}
    gated = [one for one in numbered() if one.name == "Office plants"]
    assert "No project is ranked yet" in draw_fit(backlog(gated)).text


def test_what_fits_gives_no_kept_answer_away() -> None:
    some = [replace(one, needs={"machine": 66.0}, kept=frozenset({"machine"})) for one in backlog().candidates]
    nothing = replace(backlog(capacity=ToldCapacity({"machine": 4}, "U9", NOON)), candidates=tuple(some))
    one_fits = replace(nothing, capacity=ToldCapacity({"machine": 6}, "U9", NOON))
    for seen in (nothing, one_fits):
        rows = rows_of(draw_fit(seen))[1:]
        assert {row[3].strip() for row in rows if row[2] == "no"} == {"Too few machines for experiments"}
        assert "66" not in str(draw_fit(seen).blocks)


def test_what_opens_a_gate_gives_no_kept_answer_away() -> None:
    said = heard("reduce support cost by 10%", kept="accuracy_needed", **{**BY_HAND, "accuracy_target": 80})
    gated = make_candidate("1", "Kept", said)
    window = texts(draw_reasons(replace(backlog(), candidates=(gated,))))
    assert "*Kept* is not ranked yet: a target under the floor. Hope for what is needed at least" in window
    assert "90" not in window


def test_a_project_that_comes_or_goes_moves_no_other() -> None:
    def told(projects: Sequence[Kickoff]) -> list[list[str]]:
        return [row[1:4] for row in rows_of(draw_ranking(backlog(projects), "U01")[0])]

    whole = numbered()
    before = told(whole)
    for gone in whole:
        assert told([one for one in whole if one is not gone]) == [row for row in before if row[0] != gone.name]


def test_projects_that_are_as_good_as_level_are_said_to_be_so() -> None:
    one, *_ = backlog().candidates
    twins = replace(backlog(), candidates=(one, replace(one, key="twin", name="Twin")))
    assert "The two are as good as level." in texts(draw_reasons(twins))


def test_a_list_that_may_miss_projects_says_so() -> None:
    seen = replace(backlog(), is_partial=True)
    said, _ = draw_ranking(seen, "U01")
    for shown in (said, draw_reasons(seen), draw_fit(seen)):
        assert "projects may be missing" in texts(shown)
    assert count_words(*said.blocks) <= MOST_WORDS
    assert "projects may be missing" in draw_ranking(replace(backlog([]), is_partial=True), "U01")[0].text


def test_a_backlog_of_gates_alone_and_an_empty_one() -> None:
    gated = [one for one in numbered() if one.name == "Office plants"]
    said, pictures = draw_ranking(backlog(gated), "U01")
    assert not pictures
    assert "0 projects in order" in said.text
    assert "No project is there to rank" in draw_ranking(backlog([]), "U01")[0].text


def test_hundreds_are_paged_and_each_is_shown_once() -> None:
    some = backlog().candidates
    many = tuple(replace(one, key=f"{one.key}-{copy}", name=f"{one.name} {copy}") for copy in range(32) for one in some)
    seen = replace(backlog(), candidates=many)
    shown: list[str] = []
    for first in range(0, 288, 10):
        said, pictures = draw_ranking(seen, "U01", first)
        assert len(pictures[0].data["points"]) == 288
        assert len(rows_of(said)) <= 11
        shown += [row[1] for row in rows_of(said)[1:]]
        texts(draw_reasons(seen, first))
    assert sorted(shown) == sorted(one.name for one in many if not one.gate)
    assert "And 12 more are not ranked yet." in texts(draw_reasons(seen, 280))
    assert draw_ranking(seen, "U01", 5000)[0] == draw_ranking(seen, "U01")[0]
    assert draw_reasons(seen, 5000) == draw_reasons(seen)
    more = replace(seen, candidates=(*many, *(replace(one, key=f"more {one.key}") for one in many)))
    assert "The picture shows the first 300." in texts(draw_ranking(more, "U01")[0])


def test_what_fits_is_paged_and_each_is_shown_once() -> None:
    some = backlog().candidates
    many = tuple(replace(one, key=f"{one.key}-{copy}", name=f"{one.name} {copy}") for copy in range(3) for one in some)
    seen = replace(backlog(), candidates=many)
    shown = [row[0] for first in (0, 10, 20) for row in rows_of(draw_fit(seen, first))[1:]]
    assert sorted(shown) == sorted(one.name for one in many if not one.gate)
    assert draw_fit(seen, 5000) == draw_fit(seen)


def test_the_picture_says_which_quarter_and_can_be_drawn() -> None:
    points = [
        PlanePoint(name=f"a rather long name {place}", impact=(x, x, x), cost=(x, x, x), is_own=place == 1)
        for place, x in enumerate((0.0, 50.0, 50.0, 50.0, 50.0, 50.0, 50.0, 50.0, 100.0))
    ]
    picture = PlanePicture(points=(*points, *points))
    assert opened(draw(picture.model_dump(mode="json"))).width == 1080
    assert [one.quarter for one in (points[0], points[1])] == [QUARTERS[2], QUARTERS[1]]
    assert alt_text(picture).startswith("Plan well: a rather long name 1 (impact 50, cost 50)")
    foreign = PlanePicture(points=(PlanePoint(name="財務財務", impact=(1, 2, 3), cost=(1, 2, 3)),))
    assert opened(draw(foreign.model_dump(mode="json"))).width == 1080


def test_the_windows_say_where_they_stand() -> None:
    assert "Press what matters most to you first." in texts(draw_criteria(()))
    two = texts(draw_criteria(("effort", "users")))
    assert "1. It takes little work\n2. It helps the users" in two
    assert "3 left" in two
    assert "left;" not in texts(draw_criteria(CRITERIA))
    form = draw_form(TOLD)
    assert "Last told by <@U9> on 23 November 2026." in texts(form)
    assert "Last told" not in texts(draw_form(None))


def test_who_decides() -> None:
    project = kickoff_of("card_fraud")
    by_role = {one.interview.roles[0]: one.person for one in project.participants}
    assert all(decides((project,), by_role[role]) for role in (Role.PRODUCT_OWNER, Role.FINANCE))
    assert decides((project,), project.starter)
    assert not decides((project,), by_role[Role.ML_ENGINEER])


async def ranked(stage: Stage, person: Person, channel: Channel | None = None) -> Message:
    reply = await person.command(channel or stage.channel, COMMAND, "rank")
    assert "direct message" in reply.text
    return await person.sees("The backlog:")


async def played(stage: Stage) -> None:
    await stage.start_with_all()
    await stage.finish_all()
    await stage.priya.sees(": a first score", channel=stage.channel)


async def test_from_the_command_to_what_fits(stage: Stage) -> None:
    await played(stage)
    told = await ranked(stage, stage.priya)
    assert any(block["type"] == "image" for block in told.blocks)
    await stage.priya.press(told, "What fits this quarter")
    await stage.priya.sees("I do not know yet how many people there are")
    await stage.priya.command(stage.channel, COMMAND, "capacity")
    form = await stage.priya.view("People for projects")
    complaints = await stage.priya.submit(form, {"Data engineers": "some", "Machine-learning engineers": "2"})
    assert complaints is not None
    assert "Please write a number such as 3" in str(complaints)
    assert await stage.priya.submit(form, {"Data engineers": "0.5", "Machine-learning engineers": "40"}) is None
    await stage.priya.sees("Kept: how many people there are.")
    await stage.priya.press(told, "What fits this quarter")
    await stage.priya.sees("What fits this quarter: ")
    await stage.priya.press(told, "Why this order?")
    await stage.priya.view("Why this order", showing="*1. Churn radar*")


async def test_what_matters_is_pressed_in_order_and_can_begin_anew(stage: Stage) -> None:
    await played(stage)
    told = await ranked(stage, stage.fiona)
    await stage.fiona.press(told, "What matters to you")
    window = await stage.fiona.view("What matters to you")
    await stage.fiona.press(window, "It takes little work")
    window = await stage.fiona.view("What matters to you")
    await stage.fiona.press(window, "It helps the users")
    assert "2. It helps the users" in texts({"blocks": (await stage.fiona.view("What matters to you")).blocks})
    await stage.fiona.press(told, "Why this order?")
    await stage.fiona.view("Why this order", showing=f"{stage.fiona.mention} cares most that it takes little work.")
    await stage.fiona.press(told, "What matters to you")
    await stage.fiona.press(await stage.fiona.view("What matters to you"), "Start over")
    assert "Press what matters most" in texts({"blocks": (await stage.fiona.view("What matters to you")).blocks})


async def test_a_project_of_a_channel_that_somebody_is_not_in_is_not_theirs_to_see(stage: Stage) -> None:
    await played(stage)
    workspace = stage.slack.workspace
    stranger = workspace.add_person("Sam Stranger", tz="Europe/Berlin")
    elsewhere = workspace.add_channel("elsewhere", [stranger], app_is_member=True)
    await stranger.command(elsewhere, COMMAND, "rank")
    await stranger.sees("No project is there to rank that you may see.")
    told = await ranked(stage, stage.victor)
    await stranger.press(told, "What matters to you")
    await stranger.sees("Only those who decide can say what matters")
    reply = await stranger.command(elsewhere, COMMAND, "capacity")
    assert "Only those who decide" in reply.text


async def test_nothing_of_a_private_channel_reaches_those_outside(stage: Stage) -> None:
    """Not in the list, its picture, the reasons, what fits, nor whose order it is; nor once somebody has left."""
    await played(stage)
    sam, maya = (stage.slack.workspace.add_person(name, tz="Europe/Berlin") for name in ("Sam Stranger", "Maya Member"))
    theirs = stage.slack.workspace.add_channel("theirs", [sam], private=True, app_is_member=True)
    stage.slack.workspace.join(stage.channel, maya)
    app, team = stage.started.app, stage.slack.workspace.team_id

    def prepare(connection: Connection) -> None:
        made = replace(numbered()[0], workspace=team, channel=theirs.id, name="Own idea", starter=sam.id)
        kickoffs.create(connection, replace(made, participants=()), app.clock())
        for one, named in ((stage.fiona, "effort"), (stage.victor, "users"), (sam, "complexity")):
            kept.add_criteria(connection, team, one.id, [named], app.clock())
        kept.tell_capacity(connection, team, ToldCapacity({"ml_engineer": 99}, stage.fiona.id, app.clock()))

    app.database.run(prepare)

    async def gather(person: Person, channel: Channel) -> str:
        seen = await ranked(stage, person, channel)
        await person.press(seen, "Why this order?")
        window = await person.view("Why this order", showing="The list weighs")
        await person.press(seen, "What fits this quarter")
        await stage.all_due_is_done()
        said = stage.slack.workspace.messages(person.dm)
        return str([one.blocks for one in said]) + str(window.blocks)

    inside = await gather(maya, stage.channel)
    assert "Churn radar" in inside
    assert stage.fiona.mention in inside
    assert "Own idea" not in inside
    assert sam.mention not in inside
    outside = await gather(sam, theirs)
    assert "Own idea" in outside
    assert sam.mention in outside
    for secret in ("Churn radar", stage.fiona.mention, stage.victor.mention):
        assert secret not in outside
    stage.slack.workspace.leave(stage.channel, maya)
    await maya.command(theirs, COMMAND, "rank")
    await maya.sees("No project is there to rank that you may see.")


async def test_where_slack_does_not_tell_the_channels_ones_own_projects_are_ranked(stage: Stage) -> None:
    await played(stage)
    stage.slack.faults.add("users.conversations", ApiError("missing_scope"))
    assert "projects may be missing" in texts(Words("", tuple((await ranked(stage, stage.priya)).blocks)))


async def test_the_list_that_was_pressed_is_the_one_that_turns(stage: Stage) -> None:
    await played(stage)
    create_many(stage, 2)
    first = await ranked(stage, stage.priya)
    await stage.priya.command(stage.channel, COMMAND, "rank")
    second = await stage.priya.sees("The backlog:", after=first)
    before = second.blocks
    await stage.priya.press(first, "Next")
    await stage.priya.sees(lambda one: one.ts == first.ts and "'Back'" in str(one.blocks))
    assert stage.slack.workspace.current(second).blocks == before
    app, team = stage.started.app, stage.slack.workspace.team_id
    nobody = ToldCapacity({"ml_engineer": 0}, stage.priya.id, app.clock())
    app.database.run(lambda connection: kept.tell_capacity(connection, team, nobody))
    await stage.priya.press(second, "What fits this quarter")
    fits = await stage.priya.sees("What fits this quarter: ")
    await stage.priya.press(fits, "Next")
    await stage.priya.sees(lambda one: one.ts == fits.ts and "'Back'" in str(one.blocks))


async def test_who_no_longer_decides_is_told_so_and_nothing_changes(stage: Stage) -> None:
    await played(stage)
    told = await ranked(stage, stage.fiona)
    await stage.fiona.press(told, "What matters to you")
    window = await stage.fiona.view("What matters to you")
    await stage.fiona.command(stage.channel, COMMAND, "capacity")
    form = await stage.fiona.view("People for projects")
    (project,) = stage.kickoffs()
    one = project.find(stage.fiona.id)
    assert one is not None
    gone = replace(one, standing=Standing.REMOVED)
    app = stage.started.app
    app.database.run(lambda connection: kickoffs.save_participant(connection, one, gone, app.clock()))
    complaints = await stage.fiona.submit(form, {"Data engineers": "3"})
    assert "Only those who decide can say how many people" in str(complaints)
    stage.slack.workspace.views.close(form.id)
    await stage.fiona.press(window, "It takes little work")
    await stage.fiona.sees("Only those who decide can say what matters")
    team = stage.slack.workspace.team_id
    assert app.database.run(lambda connection: kept.capacity_of(connection, team)) is None
    assert app.database.run(lambda connection: kept.orders_of(connection, team)) == ()


async def test_a_form_left_empty_sets_nothing(stage: Stage) -> None:
    await played(stage)
    told = await ranked(stage, stage.priya)
    await stage.priya.command(stage.channel, COMMAND, "capacity")
    assert await stage.priya.submit(await stage.priya.view("People for projects"), {}) is None
    await stage.priya.sees("Kept: how many people there are is not known.")
    await stage.priya.press(told, "What fits this quarter")
    await stage.priya.sees("I do not know yet how many people there are")


def create_many(stage: Stage, copies: int) -> None:
    """The ten kickoffs so many times, with all answers, in the stage's channel."""
    app, workspace = stage.started.app, stage.slack.workspace.team_id

    def create(connection: Connection) -> None:
        for copy in range(copies):
            for one in numbered():
                made = replace(one, workspace=workspace, channel=stage.channel.id, name=f"{one.name} {copy}")
                kept_one = kickoffs.create(connection, made, app.clock())
                for before, after in zip(kept_one.participants, one.participants, strict=True):
                    asked = replace(before, interview=replace(before.interview, answers={}, objectives=()))
                    told = replace(before, interview=after.interview)
                    kickoffs.save_participant(connection, asked, told, app.clock())

    app.database.run(create)


async def test_many_projects_are_ranked_from_the_database(stage: Stage) -> None:
    await played(stage)
    create_many(stage, 2)
    told = await ranked(stage, stage.priya)
    await stage.priya.press(told, "Next")
    await stage.priya.sees(lambda one: one.ts == told.ts and "'Back'" in str(one.blocks))

"""*Ask this next*: what an answer may do, whom it concerns, and that it is really asked."""

from bot.asking_next import draw_form, list_worth_asking, whom_it_concerns
from flows.question_bank import BANK
from flows.roles import Role
from flows.scoring.heard import hear
from flows.scoring.otherwise import list_others, locate
from flows.scoring.project_score import draw_project
from playground.records import Message
from tests.bot.conftest import Stage
from tests.bot.test_ranking import texts
from tests.flows.whole_kickoffs import GOALS, project


def test_what_an_answer_may_do_is_what_it_does() -> None:
    kickoff = project({}, GOALS)
    worth = list_worth_asking(kickoff)
    best = worth[0]
    heard = hear(kickoff)
    others = [heard, *(heard.with_answer(one) for one in list_others(BANK.by_id[best.question], heard))]
    places = [locate(draw_project(one)).on(best.scale) for one in others]
    told = texts(draw_form(kickoff, worth))
    said = f"The answer may bring {best.scale} anywhere from {min(places):.0f} to {max(places):.0f} of 100."
    assert said in told


def test_it_concerns_whoever_has_to_know_it() -> None:
    kickoff = project({}, GOALS)
    by_role = {one.interview.roles[0]: one.person for one in kickoff.participants}
    assert whom_it_concerns(kickoff, BANK.by_id["experience"]) == by_role[Role.DATA_SCIENTIST]
    assert whom_it_concerns(kickoff, BANK.by_id["cases_per_month"]) == by_role[Role.PRODUCT_OWNER]


async def scored(stage: Stage) -> Message:
    await stage.start_with_all()
    await stage.finish_all()
    return await stage.priya.sees(": a first score", channel=stage.channel)


async def test_a_question_is_sent_to_whom_it_concerns(stage: Stage) -> None:
    told = await scored(stage)
    await stage.priya.press(told, "Ask this next")
    form = await stage.priya.view("Ask this next")
    assert "The answer may bring" in texts({"blocks": form.blocks})
    complaints = await stage.priya.submit(form, {"Who may know?": stage.victor})
    assert complaints is None, complaints
    await stage.priya.sees("is asked about")
    (kickoff,) = stage.kickoffs()
    asked = kickoff.find(stage.victor.id)
    assert asked is not None
    assert [one.by for one in asked.interview.handed] == [stage.priya.id]


async def test_who_takes_no_part_sends_nothing(stage: Stage) -> None:
    told = await scored(stage)
    stranger = stage.slack.workspace.add_person("Sam Stranger", tz="Europe/Berlin")
    stage.slack.workspace.join(stage.channel, stranger)
    await stranger.press(told, "Ask this next")
    await stranger.sees("Only those who take part in this kickoff", channel=stage.channel)

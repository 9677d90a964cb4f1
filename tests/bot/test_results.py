"""The results in the channel: plain words, and never the same twice."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.blocks import OPTION, Block, Words
from bot.brevity import MOST_WORDS, count_words
from bot.conflict_board import draw_board
from bot.conflict_detail import draw_detail
from bot.first_score import draw_score
from bot.goals_view import draw_goals
from bot.reasons import About, draw_reasons
from flows import interviews
from flows.answers import Answer, Status
from flows.cadence import MONDAYS
from flows.conflicts import Severity
from flows.decisions import UnknownChanged, UnknownStatus
from flows.edge_verdicts import EdgeVerdict, Verdict, apply_verdicts, list_links, new_factor
from flows.findings import Findings, find
from flows.influence import GRAPH, Horizon, Sign
from flows.kickoffs import Kickoff, Nudge, Participant, Place, Standing
from flows.roles import Role
from flows.scoring.heard import hear
from flows.scoring.otherwise import find_otherwise
from flows.scoring.project_score import score_project
from flows.shortage import Shortage, ShortageKind
from playground.records import Message
from tests.bot.conftest import BILL, FINANCES, GOAL, REVENUE, SPONSORS, Stage
from tests.questions import FIRST, begin

TODAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
WORDS_A_MESSAGE = 60
JARGON = ("KDD", "edge", "metric", "sign", "graph", "coupled", "None", "!")


def participant(number: int, role: Role, *goals: str, answers: tuple[Answer, ...] = ()) -> Participant:
    interview = begin(role).interview
    for goal in goals:
        interview = interviews.confirm(interviews.hear(interview, goal, TODAY).interview).interview
    given = {**interview.answers, **{answer.question: answer for answer in answers}}
    return Participant(number, f"U{number}", Standing.FINISHED, "C1", replace(interview, answers=given))


def kickoff(*participants: Participant) -> Kickoff:
    return Kickoff(1, "T1", "C1", "Radar", "", "U9", Place.THREADS, participants, Nudge(MONDAYS, "UTC", None), FIRST)


def chapter() -> Kickoff:
    return kickoff(
        participant(1, Role.PRODUCT_OWNER, GOAL),
        participant(2, Role.EXECUTIVE_SPONSOR, REVENUE),
        participant(3, Role.FINANCE, BILL),
    )


NUMBERS = {"cases_per_month": 12_000.0, "minutes_per_case": 5.0, "accuracy_needed": 99.5, "expected_months": 6.0}


def given(*roles: Role) -> tuple[Answer, ...]:
    """An answer to every question but that for a goal: the first option, or a number."""
    questions = [
        question for question in FIRST.questions if set(question.roles) & set(roles) and "K45" not in question.rows
    ]
    return tuple(
        Answer(
            question=question.id,
            status=Status.GIVEN,
            value=question.values[0] if question.values else NUMBERS.get(question.id, 80_000.0),
            currency="EUR" if question.id == "budget" else None,
        )
        for question in questions
    )


def answered() -> Kickoff:
    """The chapter's kickoff with every question answered, so that nothing is left out for want of words."""
    people = ((Role.PRODUCT_OWNER, GOAL), (Role.EXECUTIVE_SPONSOR, REVENUE), (Role.FINANCE, BILL))
    return kickoff(*(participant(n, role, goal, answers=given(role)) for n, (role, goal) in enumerate(people, 1)))


def texts(said: Words) -> list[str]:
    """What each block says."""
    parts = [[block.get("text"), *block.get("elements", []), *block.get("fields", [])] for block in said.blocks]
    return ["\n".join(part["text"] for part in block if part and isinstance(part.get("text"), str)) for block in parts]


def found(told: Kickoff) -> Findings:
    return find(told.stakes, GRAPH, hidden=told.confidential_owners)


def board(told: Kickoff, first: int = 0, top: str = "") -> Words:
    return draw_board(told, found(told), first=first, top=top).said


def explained(told: Kickoff, place: int = 0) -> list[str]:
    """What the window behind *Explain* says of a conflict, a text for each block."""
    findings = found(told)
    return view_texts(draw_detail(told, findings, list_links(GRAPH, ()), findings.conflicts[place].id))


def view_texts(view: Block) -> list[str]:
    return texts(Words("", tuple(view["blocks"])))


def test_the_board_names_people_and_goals_worst_first_in_few_words() -> None:
    said = [text for text in texts(board(chapter())) if text]
    assert said[:2] == ["Radar: goals side by side", "They collide in 4 places, worst first."]
    together = "not all at once: advertising revenue, monthly cloud bill, time on platform"
    assert said[2] == f":large_orange_circle: *Pull apart:* {together}"
    assert sum(":large_orange_circle: *Pull apart:*" in text for text in said) == 3


def test_a_board_without_conflicts_shows_the_goals_for_which_there_is_room() -> None:
    alone = board(kickoff(participant(1, Role.PRODUCT_OWNER, GOAL)))
    assert [one for one in texts(alone) if "time on platform" in one] == ["• <@U1> time on platform +15 %"]
    people = [participant(n, Role.FINANCE, BILL) for n in range(1, 13)]
    many = board(kickoff(*people))
    assert texts(many)[1] == "I see no conflict among these goals."
    assert texts(many)[2].splitlines()[-1].endswith(" more")
    assert count_words(*many.blocks) <= MOST_WORDS


def test_a_board_of_many_conflicts_has_pages() -> None:
    goals = (GOAL, REVENUE, BILL, BILL.replace("10", "12"), "reduce churn by 5%")
    many = kickoff(*(participant(n, Role.FINANCE, goal) for n, goal in enumerate(goals, 1)))
    pages = [0]
    while (onward := buttons(board(many, pages[-1])).get("Weaker ones")) is not None:
        pages.append(int(onward.partition("|")[2]))
    assert len(pages) > 1
    explained = [
        block["accessory"]["value"].partition("|")[2]
        for first in pages
        for block in board(many, first).blocks
        if "accessory" in block
    ]
    assert explained == [one.id for one in found(many).ranked]
    assert list(buttons(board(many))) == ["Weaker ones", "All goals", "Find a balance"]
    assert list(buttons(board(many, pages[-1]))) == ["Worse ones", "All goals", "Find a balance"]


def test_no_conflict_is_lost_between_a_page_with_a_long_line_on_top_and_the_next() -> None:
    goals = (GOAL, REVENUE, BILL, BILL.replace("10", "12"), "reduce churn by 5%")
    many = kickoff(*(participant(n, Role.FINANCE, goal) for n, goal in enumerate(goals, 1)))
    top = "*Brought up to date.* " + "Somebody changed a goal to another one. " * 5
    begun = board(many, top=top)
    shown = sum("accessory" in block for block in begun.blocks)
    assert buttons(begun)["Weaker ones"] == f"1|{shown}"
    following = board(many, shown)
    back = int(buttons(following)["Worse ones"].partition("|")[2])
    assert back + sum("accessory" in block for block in board(many, back).blocks) >= shown
    assert count_words(*begun.blocks) <= MOST_WORDS
    assert board(many, 99).blocks == board(many).blocks


def buttons(said: Words) -> dict[str, str]:
    return {one["text"]["text"]: one["value"] for one in said.blocks[-1]["elements"]}


def test_an_explained_conflict_says_that_its_steps_are_assumed() -> None:
    said = explained(chapter(), 3)
    assert said[0] == ":large_orange_circle: *Pull apart:* <@U1>, <@U3>"
    assert said[1].startswith("One goal is for “time on platform” to rise by at least 15 %")
    assert said[2] == "*Who else pays:* A smaller model would also mean more wrong answers; nobody has a goal for that."
    assert said[3].startswith("*What could ease it:* ")
    assert said[4].startswith("*How sure:* Each link is an assumption until someone here confirms it.")
    assert "*more time on platform → more traffic*\nLonger stays mean more pages served." in said
    assert "*more traffic → a higher cloud bill*\nEach page served costs computing." in said


def test_it_says_why_the_options_give_less_than_the_goals_reach_together() -> None:
    (paid,) = (text for text in explained(chapter()) if text.startswith("*Who else pays:*"))
    assert "a higher cost of errors" in paid
    assert paid.endswith("*Find a balance* holds it as it is, so its options give less.")


def test_a_direct_conflict_rests_on_the_goals_themselves() -> None:
    others = kickoff(participant(1, Role.PRODUCT_OWNER, BILL), participant(2, Role.FINANCE, BILL.replace("10", "12")))
    said = explained(others)
    assert said[0] == ":large_yellow_circle: *Differ a little:* <@U1>, <@U2>"
    assert not any("What I assume" in text for text in said)
    assert said[-1].startswith("*How sure:* This follows from the two goals as they were confirmed.")


def test_a_person_at_odds_with_themselves_is_named_once() -> None:
    twice = participant(1, Role.FINANCE, BILL)
    interview = interviews.hear(twice.interview, BILL.replace("10", "12"), TODAY).interview
    interview = interviews.choose(interview, "separate").interview
    assert explained(kickoff(replace(twice, interview=interview)))[0].endswith("*Differ a little:* <@U1>")


def test_all_goals_stand_side_by_side_with_what_is_open_about_them() -> None:
    told = chapter()
    said = "\n".join(view_texts(draw_goals(told, found(told))))
    assert "<@U1>\nproduct owner\nincrease time on platform by at least 15 %" in said
    assert "*Still open about the goals*\n• <@U" in said
    nobody = kickoff(participant(1, Role.FINANCE))
    assert "Nobody named a goal yet" in "\n".join(view_texts(draw_goals(nobody, found(nobody))))


def test_what_is_kept_private_is_counted_and_not_shown() -> None:
    told = chapter()
    first, *others = told.participants
    kept = replace(first, interview=replace(first.interview, confidential=frozenset({"goal"})))
    told = kickoff(kept, *others)
    said = "\n".join(texts(board(told)))
    assert ":lock: 1 goal is kept private. 3 more conflicts touch it." in said
    assert "time" not in said
    assert "time" not in "\n".join(view_texts(draw_goals(told, found(told))))


@pytest.mark.parametrize("draw", [board, draw_score])
def test_each_message_is_short_enough_for_a_phone(draw: Callable[..., Words]) -> None:
    for told in (chapter(), answered(), kickoff(participant(1, Role.FINANCE))):
        said = " ".join(texts(draw(told)))
        assert len(said.split()) <= WORDS_A_MESSAGE, said
        assert not any(word in said for word in JARGON), said


def test_the_reasons_of_a_score_name_what_is_open() -> None:
    owner = participant(1, Role.PRODUCT_OWNER, GOAL)
    said = "\n".join(view_texts(draw_reasons(About(kickoff(owner)))))
    assert "_Not known yet: cases a month" in said
    assert "things nobody knows yet*" in said
    told = "\n".join(view_texts(draw_reasons(About(answered()))))
    assert "How it is done today. Software with rules does this today" in told
    assert "<@U1>, an expert's word." in told
    assert "_Not known yet: cases a month" not in told


def test_why_this_number_tells_what_it_would_be_otherwise() -> None:
    heard = hear(answered())
    score = score_project(heard)
    (way,) = [one for one in score.impact.contributions if one.name == "how it is done today"]
    other = find_otherwise(heard, way, "impact", score.impact.p50)
    assert other is not None
    said = "\n".join(view_texts(draw_reasons(About(answered()))))
    would_be = score_project(heard.with_answer(other.answer)).impact.p50
    assert f"Were it “{other.words}” (today's way), impact would be {would_be:.0f} of 100." in said


def test_what_was_found_out_or_accepted_is_not_listed_as_unknown() -> None:
    kickoff = answered()
    at = datetime(2026, 11, 24, 9, tzinfo=UTC)
    accepted = {"K16": UnknownChanged(by="U1", at=at, key="K16", status=UnknownStatus.ACCEPTED)}
    before, after = (
        next(line for line in view_texts(draw_reasons(About(kickoff, unknowns=one))) if "nobody knows yet" in line)
        for one in ({}, accepted)
    )
    counts = [int(line.removeprefix("*").split()[0]) for line in (before, after)]
    assert counts[0] == counts[1] + 1


def test_what_it_may_cost_to_run_is_said_unless_it_is_kept() -> None:
    run = Answer(question="serve_budget", status=Status.GIVEN, value=900.0, currency="EUR")
    told = kickoff(participant(1, Role.FINANCE, GOAL, answers=(run,)))
    line = "*To run it:* at most €900 a month, which comes on top of the work."
    assert line in "\n".join(view_texts(draw_reasons(About(told))))
    (one,) = told.participants
    kept = replace(one, interview=replace(one.interview, confidential=frozenset({"serve_budget"})))
    assert "To run it" not in "\n".join(view_texts(draw_reasons(About(replace(told, participants=(kept,))))))


def test_what_is_kept_back_counts_and_no_word_of_it_is_shown() -> None:
    owner, others = answered().participants[0], answered().participants[1:]
    kept = replace(owner, interview=replace(owner.interview, confidential=frozenset({"cases_per_month"})))
    told, open_told = (replace(answered(), participants=(one, *others)) for one in (kept, owner))
    assert score_project(hear(told)).impact.p50 == score_project(hear(open_told)).impact.p50
    cases = f"{hear(told).number('cases_per_month'):,.0f} cases"
    assert cases in "\n".join(view_texts(draw_reasons(About(open_told))))
    said = "\n".join(view_texts(draw_reasons(About(told))))
    assert cases not in said
    assert "Number of decisions. :lock: An answer that stays between its author and the app." in said


SHORT = Shortage(
    kind=ShortageKind.LABELS,
    severity=Severity.HIGH,
    people=("U3",),
    questions=("labels",),
    reason="It takes about 2,000 <labelled> examples, and 350 are at hand.",
    how_sure="From two answers.",
    dissolve="More labels.",
)


def test_what_is_short_stands_on_the_board_and_can_be_explained() -> None:
    told = chapter()
    findings = replace(found(told), shortages=(SHORT,))
    said = texts(draw_board(told, findings).said)
    assert "They collide in 4 places, worst first. 1 more thing is short or unclear." in said
    line = ":red_circle: *Too little:* It takes about 2,000 &lt;labelled&gt; examples, and 350 are at hand."
    assert line in said
    view = draw_detail(told, findings, {}, SHORT.id)
    assert view["title"]["text"] == "What is short"
    assert view_texts(view)[2:] == [
        "It concerns <@U3>.",
        "*What could ease it:* More labels.",
        "*How sure:* From two answers.",
    ]


def test_the_own_words_of_those_who_told_a_link_mention_nobody() -> None:
    objective = chapter().stakes[0].objective.model_copy(update={"metric": "*shiny* <!channel> badges", "family": None})
    factor = new_factor(objective, "U1", NOON)
    told = EdgeVerdict(
        "ad_load", factor.id, Horizon.SHORT, Verdict.ADDED, "U1", NOON, Sign.RAISES, why="<!here> says & so <@U9>"
    )
    links = list_links(GRAPH, [told], [factor])
    findings = find(chapter().stakes, apply_verdicts(GRAPH, [told], [factor]))
    (name,) = [name for name, link in links.items() if link.edge.target == factor.id]
    view = draw_detail(chapter(), findings, links, link=name)
    said = "\n".join(view_texts(view))
    assert "&lt;!here&gt; says &amp; so &lt;@U9&gt;" in said
    assert "→ a rise in *shiny* &lt;!channel&gt; badges*" in said
    assert "Confirmed by <@U1>." in said
    menu = view["blocks"][-1]["elements"][-1]
    assert all(len(option["value"]) <= OPTION and len(option["text"]["text"]) <= OPTION for option in menu["options"])


def test_a_goal_that_is_kept_private_is_not_named_as_one_that_pays() -> None:
    goals = (GOAL, REVENUE, BILL, "reduce complaints by 20%", "cut support costs by 5%")
    people = [participant(n, Role.FINANCE, goal) for n, goal in enumerate(goals, 1)]
    for place, goal in enumerate(goals):
        kept = replace(people[place], interview=replace(people[place].interview, confidential=frozenset({"goal"})))
        told = kickoff(*people[:place], kept, *people[place + 1 :])
        findings = found(told)
        metric = kept.interview.objectives[0].metric
        assert findings.goals_kept_back == 1, goal
        for one in findings.ranked:
            said = view_texts(draw_detail(told, findings, {}, one.id))
            assert f"“{metric}”" not in "\n".join(said)
        drawn = draw_board(told, findings)
        assert metric not in str([picture.model_dump() for picture in drawn.pictures])
        assert f"<@U{place + 1}>" not in "\n".join(texts(drawn.said))


async def reopen(stage: Stage, last: Message) -> Message:
    """Change the budget after the end; the message that asks again."""
    again = await stage.reopen(stage.fiona, last, "€80,000")
    assert "You answered: €80,000" in again.text
    return again


async def finished(stage: Stage) -> Message:
    await stage.start(Finance=stage.fiona)
    last = await stage.play(stage.fiona, FINANCES)
    await stage.fiona.sees("a first score", channel=stage.channel)
    return last


async def test_reopening_without_a_change_posts_nothing_again(stage: Stage) -> None:
    last = await finished(stage)
    for _ in range(2):
        again = await reopen(stage, last)
        await stage.card("2 of 2")
        await stage.fiona.press(again, "Skip")
        last = await stage.submit(stage.fiona, again)
        assert "Nothing changed, so the results in the channel stay as they are" in last.text
        await stage.card("done")
    await stage.slack.quiet()
    assert len(stage.said("a first score", stage.channel)) == 1
    assert len(stage.said(": goals side by side", stage.channel)) == 1
    assert not stage.said("out of date")


async def test_a_changed_goal_brings_new_results_that_say_what_changed(stage: Stage) -> None:
    last = await finished(stage)
    again = await reopen(stage, last)
    await stage.fiona.press(again, "Back")
    shown = await stage.fiona.sees("Your goal: reduce monthly cloud bill by 10 %", after=again)
    await stage.fiona.say(
        stage.channel, "reduce the monthly cloud bill by 12 %", thread=await stage.opening(stage.fiona)
    )
    changed = await stage.fiona.sees("This changes your goal", after=shown)
    await stage.fiona.press(changed, "Yes, that's right")
    more = await stage.fiona.sees("another goal", after=changed)
    await stage.fiona.press(more, "That's all")
    assert "The results in the channel are brought up to date" in (await stage.submit(stage.fiona, more)).text
    new = await stage.fiona.sees("Brought up to date.", channel=stage.channel)
    words = stage.slack.workspace.plain(new)
    assert "changed “reduce monthly cloud bill by 10 %” to “reduce monthly cloud bill by 12 %”." in words
    assert "@Fiona Feld" in words
    await stage.slack.quiet()
    assert len(stage.said("goals side by side", stage.channel)) == 1
    assert len(stage.said("a first score", stage.channel)) == 1
    assert len(stage.said("These results are out of date", stage.channel)) == 2
    assert [goal.amount for goal in stage.kickoffs()[0].participants[0].interview.objectives] == [12]
    assert not stage.said("These goals collide")


async def test_a_changed_answer_brings_a_new_score_alone_and_keeps_the_answer_to_itself(stage: Stage) -> None:
    again = await reopen(stage, await finished(stage))
    await stage.fiona.say(stage.channel, "€90,000", thread=await stage.opening(stage.fiona))
    assert "brought up to date" in (await stage.submit(stage.fiona, again)).text
    new = await stage.fiona.sees("Brought up to date.", channel=stage.channel)
    said = new.blocks[0]["text"]["text"]
    assert said == f"*Brought up to date.* {stage.fiona.mention} changed the answer on “Budget”."
    await stage.slack.quiet()
    assert len(stage.said(": goals side by side", stage.channel)) == 1
    assert len(stage.said("a first score", stage.channel)) == 1
    assert len(stage.said("These results are out of date", stage.channel)) == 1


async def test_results_wait_for_everyone_who_reopened(stage: Stage) -> None:
    await stage.start(Executive_sponsor=stage.victor, Finance=stage.fiona)
    victors = await stage.play(stage.victor, SPONSORS)
    assert "When everyone is done, I set the goals side by side" in victors.words()
    fionas = await stage.play(stage.fiona, FINANCES)
    assert "Everyone is done, so the goals are side by side" in fionas.words()
    await stage.fiona.sees("a first score", channel=stage.channel)
    again = await reopen(stage, fionas)
    teams = await stage.reopen(stage.victor, victors, "skipped")
    assert "How many teams" in teams.text
    await stage.fiona.say(stage.channel, "€90,000", thread=await stage.opening(stage.fiona))
    fionas = await stage.submit(stage.fiona, again)
    assert "When everyone is done, I bring the results in the channel up to date" in fionas.text
    assert not stage.said("Brought up to date.")
    await stage.victor.press(teams, "Skip")
    assert "The results in the channel are brought up to date" in (await stage.submit(stage.victor, teams)).text
    new = await stage.fiona.sees("Brought up to date.", channel=stage.channel)
    assert "@Fiona Feld" in stage.slack.workspace.plain(new)

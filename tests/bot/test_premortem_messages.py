"""What is said of the look back and of checks is short and escaped, with long names and whatever people write."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.blocks import Words
from bot.brevity import MOST_WORDS, count_words, read_texts
from bot.check_messages import draw_proposed, draw_question, draw_seen, draw_taken, say_overdue
from bot.nudge_messages import Nudging, draw_nudge
from bot.premortem_form import form
from bot.premortem_messages import draw_invitation, draw_reminder, draw_result, draw_round
from bot.risk_list import draw_all
from flows.agreement import Agreement
from flows.dated_checks import DatedCheck
from flows.decisions import CheckState
from flows.failure_reasons import STORIES, Reason
from flows.kickoffs import Kickoff
from flows.nudge_questions import AskProgress
from flows.premortem import Premortem, weigh_risks
from flows.risk_checks import check_key
from flows.risk_signs import find_signs
from flows.shown import Shown
from tests.bot.test_balance_messages import LONG, crowd
from tests.conftest import MONDAY_EVENING
from tests.flows.ledgers import after_looking, feared
from tests.flows.whole_kickoffs import FULL, GOALS, project
from tests.flows.whole_kickoffs import given as answers

PEOPLE = tuple(f"U{number}" for number in range(12))
GRAVE = {**FULL} | answers(
    experience="practice",
    slow_month="yes",
    live_data="neither",
    label_source="by_hand",
    label_duties=("none",),
    data_hurdles=("consent", "budget"),
    ambition="5",
    feedback_cadence="at_end",
    team_pairs=LONG,
)
ALL: Kickoff = replace(project(GRAVE, GOALS), name=LONG)


EACH = tuple(one.value for one in Reason)


def looked(answered: int, *, line: str = LONG, is_over: bool = True, every: int | None = None, **one: int) -> Premortem:
    """What so many said, `every` reason rated alike or just one."""
    ratings = one if every is None else dict.fromkeys(EACH, every)
    answers = (feared(person, f"{line} {person}", ratings) for person in PEOPLE[:answered])
    return after_looking(*answers, voters=PEOPLE, is_over=is_over)


def check(what: str = LONG * 3, seen: CheckState | None = None, *, is_over: bool = False) -> DatedCheck:
    return DatedCheck(check_key(Reason.SILOS), what, "U1", date(2026, 12, 7), seen, is_over)


def everything() -> Iterator[tuple[str, Words]]:
    by_name: Mapping[str, Premortem] = {
        "open": looked(3, is_over=False),
        "few": looked(2),
        "none": looked(0),
        "all": looked(12, every=4),
        "calm": looked(12, every=1),
        "without ratings": looked(12),
    }
    for name, one in by_name.items():
        for kickoff in (ALL, crowd()):
            risks = weigh_risks(one, find_signs(Shown(kickoff)))
            yield f"round {name}", draw_round(kickoff, one)
            yield f"result {name}", draw_result(kickoff, one, risks)
            yield f"invitation {name}", draw_invitation(kickoff, one, "U1")
            yield f"reminder {name}", draw_reminder(kickoff, one)
    for reason in Reason:
        yield f"proposed {reason}", draw_proposed(ALL, check(), STORIES[reason])
    for state in (None, *CheckState):
        for over in (False, True):
            yield f"taken {state}", draw_taken(ALL, check(seen=state, is_over=over))
            yield f"seen {state}", draw_seen(ALL, check(seen=state, is_over=over), "U1")
    yield "question", draw_question(ALL, check())
    nudging = Nudging(crowd(), "nudge:1:1", AskProgress(), overdue=[check(), check()])
    yield "nudge", draw_nudge(nudging, MONDAY_EVENING)


@pytest.mark.parametrize(("name", "said"), [pytest.param(*one, id=one[0]) for one in everything()])
def test_every_message_is_short_and_escaped(name: str, said: Words) -> None:
    assert count_words(*said.blocks) <= MOST_WORDS, (name, said)
    shown = [text for block in said.blocks for text in read_texts(block)]
    assert not any("<https://example.com" in text for text in (*shown, said.text))


def test_the_result_names_three_and_counts_the_rest() -> None:
    every = looked(12, every=4)
    said = str(draw_result(project(GRAVE, GOALS), every, weigh_risks(every, find_signs(Shown(project(GRAVE, GOALS))))))
    assert said.count(":red_circle:") == 3
    assert "And 4 more." in said
    calm = looked(3, silos=1)
    assert "Nothing stands out." in str(draw_result(crowd(), calm, weigh_risks(calm, {})))


def test_what_is_overdue_is_counted() -> None:
    assert say_overdue([]) == ""
    assert say_overdue([check("Ask them.")]) == "Overdue: <@U1>, Ask them."
    assert say_overdue([check("Ask them."), check(), check()]) == "Overdue: <@U1>, Ask them. And 2 more."


def test_the_window_takes_all_that_there_can_be() -> None:
    stands = replace(
        Agreement(premortem=looked(12, every=4)),
        checks={check_key(reason): check(seen=CheckState.STILL) for reason in Reason},
    )
    view = draw_all(ALL, stands, may_begin=True)
    assert len(view["blocks"]) <= 100
    assert all(len(block["text"]["text"]) <= 3000 for block in view["blocks"] if block["type"] == "section")
    told = str(view)
    assert "<https://example.com" not in told
    assert told.count("_Still a risk._") == 7


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 2), st.text(min_size=1, max_size=200))
def test_the_window_and_the_result_show_nothing_of_fewer_than_three(answered: int, line: str) -> None:
    few = looked(answered, line=f"zz{line}", silos=4, labels=0)
    kickoff = replace(project(FULL, GOALS))
    nobody = draw_all(kickoff, Agreement(premortem=looked(answered, line="other", talent=2)))
    assert draw_all(kickoff, Agreement(premortem=few)) == nobody
    assert "zz" not in str(draw_result(kickoff, few, weigh_risks(few, {})))


def test_the_form_has_seven_rows_and_one_line() -> None:
    view = form(ALL, looked(0, is_over=False), "U1")
    kinds = [block["type"] for block in view["blocks"]]
    assert kinds.count("input") == 8
    filled = form(ALL, looked(1, is_over=False, silos=3), PEOPLE[0])
    row = next(block for block in filled["blocks"] if block.get("block_id") == "silos")
    assert row["element"]["initial_option"]["text"]["text"] == "A lot"

"""How an option is called, and what its table says."""

from dataclasses import replace

import pytest

from bot.balance_messages import describe_option, draw_option, draw_settled, name_option
from bot.ballot_form import form, own_shares
from flows.agreement import Agreement, Round
from flows.balance import Option, OptionKind, Share
from flows.decisions import Dissent
from flows.objectives import Bound, Direction, Mode, Unit
from flows.wishes import Stake
from tests.flows.assumptions import DOWN, UP, ask, stakes_of
from tests.flows.ledgers import opened, settled
from tests.flows.whole_kickoffs import project

TIME, ADS, BILL = stakes_of(ask("time", UP, 15), ask("ads", UP, 20), ask("bill", DOWN, 10))
SHARES = (Share(TIME, 15.0, 12.0, 0.0), Share(ADS, 20.0, 25.0, 5.0), Share(BILL, -10.0, 2.0, 3.0))


def option(kind: OptionKind, shares: tuple[Share, ...] = SHARES, *later: Stake) -> Option:
    return Option("o", kind, shares[0].stake, shares, later=later)


@pytest.mark.parametrize(
    ("kind", "name", "words"),
    [
        (OptionKind.LEAD, "Lead with time", "The model is built for time. Every other goal keeps its floor"),
        (OptionKind.EVENLY, "Share evenly", "Everybody gets the same part of what they ask for, and more where"),
        (
            OptionKind.EVERYTHING,
            "Meet every goal in full",
            "Nothing has to give way, if the links are as strong as I assume.",
        ),
        (OptionKind.STAGED, "Stage it: time first", "how far ads and bill can go; until"),
    ],
)
def test_an_option_is_called_by_what_it_puts_first(kind: OptionKind, name: str, words: str) -> None:
    chosen = option(kind, SHARES, ADS, BILL)
    assert name_option(project(), chosen) == name
    assert words in describe_option(project(), chosen)


def test_sharing_evenly_says_what_each_gets_at_least() -> None:
    shares = (Share(TIME, 15.0, 12.0, 0.0), Share(ADS, 20.0, 20.0, 0.0))
    assert name_option(project(), option(OptionKind.EVENLY, shares)) == "Share evenly: 80 % or more each"


def test_of_many_that_wait_two_are_named() -> None:
    many = [Stake(f"U{number}", ask(f"goal {number}", UP, 5)) for number in range(5)]
    said = describe_option(project(), option(OptionKind.STAGED, SHARES, *many))
    assert "how far goal 0 and goal 1 and 3 more can go" in said


def test_goals_about_one_metric_are_told_apart_by_what_they_ask() -> None:
    more, less = stakes_of(ask("ads", UP, 20), ask("ads", DOWN, 5))
    shares = (Share(more, 20.0, 20.0, -5.0), Share(less, -5.0, 20.0, 20.0))
    assert name_option(project(), option(OptionKind.LEAD, shares)) == "Lead with ads +20 %"
    assert "Whoever asks for the opposite gives way." in describe_option(project(), option(OptionKind.LEAD, shares))
    assert "how far ads −5 % can go" in describe_option(project(), option(OptionKind.STAGED, shares, less))


def test_where_a_number_is_not_known_not_all_is_promised() -> None:
    for unknown in (Share(ADS, None, 0.0, 0.0), Share(ADS, 20.0, None, 0.0)):
        vague = option(OptionKind.EVERYTHING, (Share(TIME, 15.0, 15.0, 0.0), unknown))
        assert name_option(project(), vague) == "Meet every goal, as far as I can tell"
        assert "stay at least as they are" in describe_option(project(), vague)


def test_a_limit_that_is_kept_is_met_in_full() -> None:
    (kept,) = stakes_of(ask("privacy", Direction.MAINTAIN, bound=Bound.AT_LEAST))
    shares = (Share(TIME, 15.0, 15.0, 0.0), Share(kept, None, 0.0, 0.0))
    assert name_option(project(), option(OptionKind.EVERYTHING, shares)) == "Meet every goal in full"


def test_the_table_says_what_is_asked_got_and_given_up_as_its_owner_counts() -> None:
    latency = Stake("U9", ask("latency", DOWN, amount=0.2, baseline=0.35, unit=Unit.DURATION, mode=Mode.LEVEL))
    shares = (*SHARES, Share(latency, -42.857, -39.4, 0.0), Share(latency, None, None, 0.0))
    said = (
        str(draw_option(project(), option(OptionKind.LEAD, shares), 0).blocks)
        .replace("\xa0", " ")
        .replace("\\xa0", " ")
    )
    for cell in ("+15 %", "+12 %", "3 points", "+25 %", "nothing", "+2 %", "12 points", "200 ms", "212 ms", "12 ms"):
        assert cell in said, cell
    assert "350 ms" in said
    assert "not known" in said


def test_a_limit_is_told_as_it_was_asked_and_what_does_not_move_as_today() -> None:
    limit = Stake("U9", ask("complaints", Direction.AT_MOST, amount=200, unit=Unit.COUNT, mode=Mode.LEVEL))
    lone = (Share(limit, None, 0.0, 0.0),)
    said = str(draw_option(project(), option(OptionKind.EVERYTHING, lone), 0).blocks)
    assert "at most 200" in said.replace("\xa0", " ").replace("\\xa0", " ")
    assert "as today" in said
    assert "0 %" not in said.replace("\xa0", " ").replace("\\xa0", " ")
    assert "Meet the goal" in said


def test_an_option_names_what_it_holds_though_nobody_asked_for_it() -> None:
    held = replace(option(OptionKind.LEAD), held=("cost of errors", "privacy"))
    said = str(draw_option(project(), held, 0).blocks)
    assert "What nobody has a goal for gets no worse: cost of errors, privacy." in said


def test_one_goal_that_waits_is_one() -> None:
    assert "until then it waits," in describe_option(project(), option(OptionKind.STAGED, SHARES, ADS))
    assert "until then they wait," in describe_option(project(), option(OptionKind.STAGED, SHARES, ADS, BILL))


def test_what_waits_is_not_counted_as_got() -> None:
    said = str(draw_option(project(), option(OptionKind.STAGED, SHARES[:2], ADS), 0).blocks)
    assert "waits" in said
    assert "+25 %" not in said


def test_a_reason_that_was_let_be_read_without_a_name_is_shown_without_it() -> None:
    against = (Dissent(person="U7", preferred="B", reason="Too slow."), Dissent(person="U8", preferred="B"))
    said = str(draw_settled(project(), settled(by="U1", dissent=against, why="It is time."), Agreement()).blocks)
    assert "2 wanted another option." in said
    assert "U7" not in said
    assert "U8" not in said


def test_a_lone_option_can_be_ranked() -> None:
    (lone,) = (replace(option(OptionKind.LEAD), id="only"),)
    view = form(project(), Round(opened(options=(lone,))), "U0")
    assert "Your first choice" in str(view)
    assert [one.stake for one in own_shares(Round(opened(options=(lone,))), "U0")] == [TIME]

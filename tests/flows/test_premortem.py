"""Looking back from failure: what is shown of it, when, and of whom never (section 2.5; K54 to K60)."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.agreement import follow
from flows.decisions import Decision
from flows.failure_reasons import NAMES, STORIES, Reason
from flows.kickoffs import Standing
from flows.premortem import FEWEST, LEVELS, Premortem, Rated, Risk, Sign, still_asked, weigh_risks
from flows.roles import Role
from tests.flows.ledgers import AT, VOTERS, after_looking, feared, looked_back, looking_ended
from tests.flows.whole_kickoffs import PEOPLE, project

NOTHING_SHOWN = weigh_risks(None, {})


def after(*lines: Decision) -> Premortem:
    found = follow(lines).premortem
    assert found is not None
    return found


def test_the_seven_are_told_in_the_order_of_the_chapter_and_fit_a_chart() -> None:
    assert list(STORIES) == list(NAMES) == list(Reason)
    assert len(Reason) == 7
    assert all(len(name) <= 20 for name in NAMES.values())


def test_nothing_stands_before_anybody_looks_back() -> None:
    assert follow([feared("U1", silos=3), looking_ended("U1")]).premortem is None


def test_each_answers_once_and_the_last_word_counts() -> None:
    stands = after(looked_back(), feared("U1", silos=1), feared("U1", silos=4), feared("U9", silos=2))
    assert stands.answers == {"U1": feared("U1", silos=4)}
    assert stands.missing == ("U2", "U3")
    assert stands.is_open


def test_what_comes_after_the_end_changes_nothing() -> None:
    ended = after_looking(feared("U1", silos=1), feared("U2"), feared("U3"))
    assert after(looked_back(), *ended.answers.values(), looking_ended(*VOTERS), feared("U1", silos=4)) == ended
    assert after(looked_back(), *ended.answers.values(), looking_ended(*VOTERS), looking_ended()) == ended


def test_only_those_who_counted_at_the_end_count() -> None:
    stands = after(looked_back(), *(feared(one, silos=4) for one in VOTERS), looking_ended("U1", "U2"))
    assert set(stands.answers) == {"U1", "U2"}
    assert stands.rated(Reason.SILOS) is None


def test_a_new_look_back_takes_the_place_of_the_old_one() -> None:
    stands = after(looked_back(), feared("U1", silos=1), looking_ended("U1"), looked_back(("U1",)))
    assert stands == Premortem(looked_back(("U1",)))
    assert stands.opened.key == f"{AT.timestamp():.6f}"


def test_ratings_are_shown_as_their_middle_and_their_ends() -> None:
    stands = after_looking(feared("U1", silos=1, labels=3), feared("U2", silos=4, labels=3), feared("U3", silos=3))
    assert stands.rated(Reason.SILOS) == Rated(1, 3.0, 4, 3)


def test_a_reason_that_few_had_a_view_on_is_not_shown() -> None:
    stands = after_looking(feared("U1", silos=1, labels=3), feared("U2", silos=4, labels=3), feared("U3", silos=3))
    assert stands.is_shown
    assert stands.rated(Reason.LABELS) is stands.rated(Reason.TALENT) is None


@pytest.mark.parametrize(
    ("rated", "words"),
    [
        (Rated(0, 0.0, 0, 3), "nothing"),
        (Rated(1, 3.0, 4, 3), "a lot, from a little to the main reason"),
        (Rated(2, 2.5, 3, 4), "between some and a lot, from some to a lot"),
    ],
)
def test_a_spread_in_words(rated: Rated, words: str) -> None:
    assert rated.words == words


def test_lines_are_mixed_so_that_their_order_tells_nothing() -> None:
    said = after_looking(feared("U1", "too late"), feared("U2", "Nobody cared"), feared("U3", ""))
    assert said.lines == ("Nobody cared", "too late")


def test_who_was_taken_out_is_not_waited_for_and_does_not_count() -> None:
    kickoff = project(roles=(Role.PRODUCT_OWNER, Role.FINANCE, Role.LEGAL))
    owner, finance, legal = (PEOPLE[one] for one in (Role.PRODUCT_OWNER, Role.FINANCE, Role.LEGAL))
    stands = after(looked_back((owner, finance, legal)), feared(owner, silos=4), feared(finance, silos=1))
    assert still_asked(stands, kickoff) == stands

    without = kickoff
    for one, standing in ((finance, Standing.REMOVED), (legal, Standing.UNAVAILABLE)):
        found = kickoff.find(one)
        assert found is not None
        without = without.with_participant(replace(found, standing=standing))
    now = still_asked(stands, without)
    assert (set(now.answers), now.missing) == ({owner}, ())


def test_what_is_over_stays_as_it_is_whoever_is_taken_out() -> None:
    ended = after_looking(*(feared(one, silos=4) for one in VOTERS))
    assert still_asked(ended, project(roles=())) == ended


@pytest.mark.parametrize(
    ("risk", "is_high"),
    [
        (Risk(Reason.SILOS), False),
        (Risk(Reason.SILOS, Rated(0, 2.5, 4, 3)), False),
        (Risk(Reason.SILOS, Rated(0, 3.0, 4, 3)), True),
        (Risk(Reason.SILOS, Rated(0, 0.0, 0, 3), (Sign("No.", is_grave=True),)), True),
        (Risk(Reason.SILOS, None, (Sign("Hm."),)), False),
        (Risk(Reason.SILOS, None, (Sign("Hm."), Sign("Well."))), True),
    ],
)
def test_a_risk_is_high_by_its_middle_by_a_grave_sign_or_by_two_signs(risk: Risk, *, is_high: bool) -> None:
    assert risk.is_high is is_high


def test_high_risks_come_first_then_those_feared_most() -> None:
    stands = after_looking(*(feared(one, silos=3, labels=4, talent=2) for one in VOTERS))
    signs = {Reason.ALIGNMENT: (Sign("Nobody said."), Sign("Nobody knows.")), Reason.TALENT: (Sign("Hm."),)}
    found = weigh_risks(stands, signs)
    assert [one.reason for one in found[:4]] == [Reason.LABELS, Reason.SILOS, Reason.ALIGNMENT, Reason.TALENT]
    assert {one.reason for one in found} == set(Reason)


answers = st.builds(
    lambda ratings, line: (ratings, line),
    st.dictionaries(st.sampled_from([one.value for one in Reason]), st.integers(0, len(LEVELS) - 1)),
    st.text("abcAÄ ", max_size=4),
)


@given(st.lists(answers, min_size=FEWEST, max_size=6), st.randoms(use_true_random=False))
def test_whose_answers_they_are_changes_nothing_of_what_is_shown(
    said: list[tuple[dict[str, int], str]], random: Random
) -> None:
    people = [f"U{number}" for number in range(len(said))]
    shuffled = random.sample(people, len(people))
    first, second = (
        after_looking(
            *(feared(one, line, ratings) for one, (ratings, line) in zip(order, said, strict=True)), voters=people
        )
        for order in (people, shuffled)
    )
    assert weigh_risks(first, {}) == weigh_risks(second, {})
    assert first.lines == second.lines


@given(said=st.lists(answers, max_size=6), is_over=st.booleans())
def test_nothing_of_anybodys_answer_is_shown_before_the_end_or_of_too_few(
    said: list[tuple[dict[str, int], str]], *, is_over: bool
) -> None:
    given_ = [feared(f"U{number}", line, ratings) for number, (ratings, line) in enumerate(said)]
    people = [one.by for one in given_]
    stands = after_looking(*given_, voters=people, is_over=is_over)
    if not is_over or len(said) < FEWEST:
        assert not stands.is_shown
        assert (weigh_risks(stands, {}), stands.lines) == (NOTHING_SHOWN, ())
    else:
        assert stands.is_shown
        assert set(stands.lines) == {line for _, line in said if line}

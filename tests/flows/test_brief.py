"""The brief for executives: short, plain, and complete enough to act on (K55)."""

import re
from dataclasses import replace

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from flows.brief import MOST_WORDS, Brief, write_brief
from flows.failure_reasons import STORIES, Reason
from flows.kickoffs import Kickoff
from flows.roles import Role
from tests.flows.ledgers import VOTERS, after_looking, feared
from tests.flows.whole_kickoffs import ASKABLE, FULL, GOALS, company, given, money, project, settled

NAMES = [question.id for question in ASKABLE]
SECRET = "zzsecret"
HIGHEST_GRADE = 9.0
JARGON = ("metric", "model", "guardrail", "cost function", "algorithm", "precision", "recall", "label", "calibrated")
SOME = given(expected_months=6.0, sureness="4", stop_when="no gain by May", accuracy_needed=90.0) | money("budget", 8e4)
KICKOFFS = {
    "company": company(),
    "all answers": project(FULL, GOALS),
    "no answers": project(),
    "no people": project(roles=(), problem=""),
    "some answers": project(SOME, GOALS),
    "goals alone": project({}, GOALS),
    "two people": project(SOME, {}, (Role.FINANCE, Role.LEGAL)),
}


def written(kickoff: Kickoff) -> Brief:
    return write_brief(kickoff, settled(kickoff) if kickoff.stakes else None)


def written_after(kickoff: Kickoff, fear: Reason) -> Brief:
    """The brief once people have looked back from failure, and fear one thing most."""
    premortem = after_looking(*(feared(one, "", {fear.value: 4}) for one in VOTERS))
    return write_brief(kickoff, settled(kickoff) if kickoff.stakes else None, premortem)


def text(brief: Brief) -> str:
    return " ".join(f"{one.title}. {one.text}" for one in brief.paragraphs)


def sentences_of(brief: Brief) -> str:
    return " ".join(one.text for one in brief.paragraphs)


def grade(words: str) -> float:
    """The reading grade of Flesch and Kincaid."""
    plain = re.sub(r"<@\w+>", "Ann", words).replace(" %", " percent").replace("€", "")
    sentences = [one for one in re.split(r"[.?…]+(?:\s|$)", plain) if one.strip()]
    tokens = re.findall(r"[A-Za-z'’]+|[0-9][0-9,.]*", plain)
    syllables = sum(map(count_syllables, tokens))
    return 0.39 * len(tokens) / len(sentences) + 11.8 * syllables / len(tokens) - 15.59


def count_syllables(word: str) -> int:
    lower = word.lower()
    silent = (lower.endswith("e") and not lower.endswith("le")) or re.search(r"[^td]ed$", lower) is not None
    return max(1, len(re.findall(r"[aeiouy]+", lower)) - bool(silent))


@pytest.mark.parametrize("name", KICKOFFS)
def test_it_is_short_and_plain(name: str) -> None:
    brief = written(KICKOFFS[name])
    assert brief.word_count <= MOST_WORDS
    assert grade(sentences_of(brief)) <= HIGHEST_GRADE
    assert [word for word in JARGON if word in text(brief).lower()] == []
    assert "!" not in text(brief)
    assert len(brief.paragraphs) == 5
    assert all(one.text for one in brief.paragraphs)


def test_grades_tell_plain_words_from_others() -> None:
    assert grade("The cat sat on the mat. It was warm.") < 3
    assert grade("Probabilistic calibration methodologies necessitate considerable computational infrastructure.") > 15


def test_it_says_what_when_how_surely_at_what_cost_and_what_could_stop_it() -> None:
    said = {one.title: one.text for one in written(KICKOFFS["company"]).paragraphs}
    assert said == {
        "What it is for": (
            "It should help with this: Customers leave. We want “time on platform” to rise by at least 15 %. "
            "We expect about +12.5 %."
        ),
        "What to expect, and when": (
            "A first result is hoped for in 6 months. How sure: Likely. "
            "Nobody can promise a date, as it moves fast at first and then slowly."
        ),
        "What it costs": (
            "At most €80,000 in all. €900 a month to run it. The work it takes: a few months for a small team."
        ),
        "What we ask of you": (
            "Look at a first rough result on 15 March 2027. Tell the team if results help: every two weeks. "
            "Bear with weeks that show nothing new."
        ),
        "What could stop it": (
            "We stop at this point: no better than today after three months. It may turn out that 90 right out of 100 "
            "is out of reach. People get 80 right. "
            "This stands between us and the data: Security rules, Formats that don't fit together."
        ),
    }


def test_what_is_not_known_is_asked_for_by_name() -> None:
    said = text(write_brief(project(), None))
    assert "The main goal is not agreed yet." in said
    assert "<@U02> has yet to say when to expect a result." in said
    assert "<@U03> has yet to say what it may cost." in said
    assert "We know too little to say how much work it is." in said
    assert (
        "Agree which goal comes first. Tell us what is still open: Months expected, Whole budget, Acceptance test, and"
        in said
    )
    assert "No point is set yet at which we stop." in said


def test_one_open_answer_is_named_alone() -> None:
    less = {name: answer for name, answer in FULL.items() if name != "stop_when"}
    assert "Tell us what is still open: Stopping point. Look" in text(written(project(less, GOALS)))


def test_nothing_in_the_way_is_passed_over() -> None:
    assert "the data" not in text(written(project(given(data_hurdles=("none",)))))


def test_a_leading_goal_in_confidence_is_not_told() -> None:
    kickoff = project({}, GOALS)
    kept = project({}, GOALS, confidential=["goal"])
    said = text(write_brief(kept, settled(kickoff)))
    assert "Its main goal is not public." in said
    assert "platform" not in said


def test_a_goal_without_an_expected_change_is_the_aim_alone() -> None:
    kickoff = project({}, GOALS)
    assert "We expect" not in text(write_brief(kickoff, replace(settled(kickoff), shares=())))


def test_it_says_who_gives_way_and_who_waits() -> None:
    kickoff = project({}, GOALS)
    option = settled(kickoff)
    leading, *others = option.shares
    short = tuple(
        replace(one, wanted=wanted, gets=wanted * part)
        for one, wanted, part in zip(others, (20.0, -10.0), (0.5, 0.8), strict=True)
    )
    said = text(write_brief(kickoff, replace(option, shares=(leading, *short))))
    assert "“advertising revenue” gets +10 %, not +20 %. “monthly cloud bill” gets −8 %, not −10 %." in said
    waits = replace(option, shares=(leading, *short), later=(others[1].stake,))
    assert "“monthly cloud bill” waits for what a pilot shows. “advertising revenue” gets" in text(
        write_brief(kickoff, waits)
    )
    more = replace(option, shares=(leading, *short, *short))
    one_more = replace(option, shares=(leading, *short, short[0]))
    assert "1 more gives way." in text(write_brief(kickoff, one_more))
    assert "2 more give way." in text(write_brief(kickoff, more))


@pytest.mark.parametrize("words", ["so long a story " * 90, "x" * 3000, "\n", ". , ;"])
def test_it_stays_short_whatever_people_write(words: str) -> None:
    texts = {name: answer.model_copy(update={"value": words, "given": words}) for name, answer in FULL.items()}
    kickoff = project(texts, GOALS, name=words, problem=words)
    for brief in (written(kickoff), *(written_after(kickoff, fear) for fear in Reason)):
        assert brief.word_count <= MOST_WORDS
        assert len(text(brief)) < 2500


@settings(deadline=None)
@for_all(st.sets(st.sampled_from(NAMES)), st.sets(st.sampled_from(NAMES)), st.sets(st.sampled_from(list(Role))))
def test_any_answers_give_a_brief_without_secrets(names: set[str], kept: set[str], roles: set[Role]) -> None:
    secret = {name: FULL[name].model_copy(update={"value": SECRET, "given": SECRET}) for name in kept}
    answers = {name: secret.get(name, FULL[name]) for name in names}
    brief = written(project(answers, GOALS, [role for role in Role if role in roles], confidential=kept))
    assert SECRET not in repr(brief)
    assert brief.word_count <= MOST_WORDS
    assert grade(sentences_of(brief)) <= HIGHEST_GRADE


@pytest.mark.parametrize("fear", Reason)
def test_what_people_fear_most_is_named_once_they_have_looked_back(fear: Reason) -> None:
    for kickoff in KICKOFFS.values():
        brief = written_after(kickoff, fear)
        assert f"We fear most: {STORIES[fear].lower()}." in text(brief)
        assert brief.word_count <= MOST_WORDS
        assert not any(word in text(brief).casefold() for word in JARGON)

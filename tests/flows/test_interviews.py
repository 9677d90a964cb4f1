"""The interview, played as a conversation (K45)."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows import interviews
from flows.answers import Status
from flows.interviews import DONE, Ask, Finished, Interview, Remark, ShowReading, Turn
from flows.objectives import Direction, Objective
from flows.questions import CURRENT_VERSION, NO_MORE_OBJECTIVES, Role

TODAY = date(2026, 11, 23)
GOAL = "increase the time users spend on the platform by at least 15%"


def begin(*roles: Role) -> Interview:
    return interviews.begin(roles or (Role.PRODUCT_OWNER,), CURRENT_VERSION).interview


def hear(interview: Interview, text: str) -> Turn:
    return interviews.hear(interview, text, TODAY)


def ask(turn: Turn) -> Ask:
    assert isinstance(turn.say, Ask), turn.say
    return turn.say


def finance_at_budget() -> Interview:
    interview = interviews.confirm(hear(begin(Role.FINANCE), "cut the cloud bill by 10 %").interview).interview
    return interviews.choose(interview, NO_MORE_OBJECTIVES).interview


def test_it_begins_with_the_goal() -> None:
    turn = interviews.begin((Role.PRODUCT_OWNER,), CURRENT_VERSION)
    assert ask(turn).question.id == "goal"
    assert (ask(turn).number, turn.interview.turn) == (1, 1)


def test_a_goal_is_shown_back_and_kept_only_after_a_yes() -> None:
    shown = hear(begin(), GOAL)
    assert isinstance(shown.say, ShowReading)
    assert shown.say.sentence == ("I read this as: increase time on platform by at least 15 %, no deadline given.")
    assert shown.interview.objectives == ()
    kept = interviews.confirm(shown.interview)
    assert [objective.amount for objective in kept.interview.objectives] == [15]
    assert ask(kept).question.id == "more_goals"
    assert ask(kept).lead.startswith("Kept: increase time on platform")


def test_yes_in_words_is_a_yes_and_no_a_no() -> None:
    shown = hear(begin(), GOAL).interview
    assert len(hear(shown, "Yes").interview.objectives) == 1
    assert hear(shown, "No.").interview.objectives == ()


def test_a_goal_can_be_dropped() -> None:
    turn = interviews.reject(hear(begin(), GOAL).interview)
    assert turn.interview.objectives == ()
    assert turn.interview.pending == ()
    assert ask(turn).question.id == "goal"


def test_a_goal_can_be_corrected_in_the_form() -> None:
    objective = Objective(metric="time on platform", direction=Direction.INCREASE)
    turn = interviews.correct(hear(begin(), GOAL).interview, objective)
    assert turn.interview.objectives == (objective,)


def test_the_form_works_without_words_first() -> None:
    objective = Objective(metric="time on platform", direction=Direction.INCREASE)
    assert interviews.correct(begin(), objective).interview.objectives == (objective,)


def test_the_form_is_too_late_at_another_question() -> None:
    objective = Objective(metric="time on platform", direction=Direction.INCREASE)
    turn = interviews.correct(finance_at_budget(), objective)
    assert len(turn.interview.objectives) == 1
    assert ask(turn).question.id == "budget"


def test_another_wording_replaces_the_reading() -> None:
    shown = hear(hear(begin(), GOAL).interview, "reduce the monthly cloud bill by 10%")
    kept = interviews.confirm(shown.interview).interview
    assert [objective.amount for objective in kept.objectives] == [10]


def test_a_comment_over_a_reading_changes_nothing() -> None:
    shown = hear(begin(), GOAL).interview
    again = hear(shown, "hmm, let me think")
    assert isinstance(again.say, ShowReading)
    assert "could not find a goal" in again.say.lead
    assert again.interview.pending == shown.pending


def test_a_doubtful_reading_cannot_be_confirmed_with_one_tap() -> None:
    shown = hear(begin(), "increase blorps by 10%")
    assert isinstance(shown.say, ShowReading)
    assert shown.say.reading.doubts
    assert interviews.confirm(shown.interview).interview.objectives == ()


def test_several_goals_in_one_message_are_shown_one_after_another() -> None:
    first = hear(begin(), "increase ad revenue by 20%. Reduce the cloud bill by 10%.")
    assert isinstance(first.say, ShowReading)
    assert first.say.lead == "I found 2 goals. Here is the first."
    second = interviews.confirm(first.interview)
    assert isinstance(second.say, ShowReading)
    assert [one.amount for one in interviews.confirm(second.interview).interview.objectives] == [20, 10]


def test_words_without_a_goal_get_an_example() -> None:
    turn = hear(begin(), "good morning")
    assert "For example" in ask(turn).lead
    assert turn.interview.answers == {}


@pytest.mark.parametrize("words", ["That's all", "no", "None.", "that’s all"])
def test_enough_goals_in_words(words: str) -> None:
    interview = interviews.confirm(hear(begin(), GOAL).interview).interview
    assert ask(hear(interview, words)).question.id == "current_way"


@pytest.mark.parametrize(
    ("act", "status"), [(interviews.say_unknown, Status.UNKNOWN), (interviews.skip, Status.SKIPPED)]
)
def test_not_knowing_and_skipping_go_on(act: Callable[[Interview], Turn], status: Status) -> None:
    turn = act(begin())
    assert turn.interview.answers["goal"].status is status
    assert ask(turn).question.id == "current_way"


@pytest.mark.parametrize("words", ["I don't know", "i don’t know.", "no idea"])
def test_not_knowing_in_words(words: str) -> None:
    assert hear(begin(), words).interview.answers["goal"].status is Status.UNKNOWN


def test_skipping_the_question_for_more_goals_keeps_those_given() -> None:
    interview = interviews.confirm(hear(begin(), GOAL).interview).interview
    turn = interviews.skip(interview)
    assert len(turn.interview.objectives) == 1
    assert ask(turn).question.id == "current_way"


def test_a_number_is_read_and_shown_back() -> None:
    interview = interviews.choose(interviews.skip(begin()).interview, "rules").interview
    turn = hear(interview, "about 12,000 a month")
    assert ask(turn).lead == "Noted: 12,000 cases a month."
    assert turn.interview.answers["cases_per_month"].value == 12000


def test_what_cannot_be_read_is_asked_again_with_an_example() -> None:
    interview = interviews.choose(interviews.skip(begin()).interview, "rules").interview
    turn = hear(interview, "plenty")
    assert ask(turn).question.id == "cases_per_month"
    assert "For example: 12,000" in ask(turn).lead


def test_a_question_that_hangs_on_an_answer_comes_and_goes() -> None:
    at_way = interviews.skip(begin()).interview
    by_hand = interviews.choose(at_way, "by_hand").interview
    assert ask(hear(by_hand, "100")).question.id == "minutes_per_case"
    by_rules = interviews.choose(at_way, "rules").interview
    assert ask(hear(by_rules, "100")).question.id == "error_consequence"


def test_an_answer_is_dropped_when_its_question_no_longer_applies() -> None:
    interview = interviews.choose(interviews.skip(begin()).interview, "by_hand").interview
    interview = hear(hear(interview, "100").interview, "5").interview
    assert "minutes_per_case" in interview.answers
    for _ in range(3):
        interview = interviews.go_back(interview).interview
    assert interview.step == "current_way"
    turn = interviews.choose(interview, "rules")
    assert "minutes_per_case" not in turn.interview.answers
    assert ask(turn).question.id == "error_consequence"


def test_back_shows_what_was_answered_and_skip_leaves_it() -> None:
    interview = interviews.choose(interviews.skip(begin()).interview, "rules").interview
    back = interviews.go_back(interview)
    assert ask(back).lead == "You answered: Software with rules."
    left = interviews.skip(back.interview)
    assert left.interview.answers["current_way"].value == "rules"
    assert ask(left).question.id == "cases_per_month"
    assert ask(left).lead == "I left it as it was."


def test_back_at_the_first_question_says_so() -> None:
    assert ask(interviews.go_back(begin())).lead == "This is the first question."


def test_back_over_a_reading_drops_it() -> None:
    turn = interviews.go_back(hear(begin(), GOAL).interview)
    assert turn.interview.pending == ()
    assert ask(turn).lead == "I dropped that reading."


def test_back_to_a_goal_shows_it_again_and_a_yes_changes_nothing() -> None:
    interview = finance_at_budget()
    shown = interviews.go_back(interview)
    assert isinstance(shown.say, ShowReading)
    assert interviews.confirm(shown.interview).interview.objectives == interview.objectives


def test_back_to_a_goal_can_replace_or_remove_it() -> None:
    shown = interviews.go_back(finance_at_budget()).interview
    replaced = interviews.confirm(hear(shown, "cut the cloud bill by 20 %").interview).interview
    assert [objective.amount for objective in replaced.objectives] == [20]
    removed = interviews.reject(shown)
    assert removed.interview.objectives == ()
    assert "goal" not in removed.interview.answers
    assert ask(removed).question.id == "goal"


def test_skipping_over_a_goal_shown_again_keeps_it() -> None:
    turn = interviews.skip(interviews.go_back(finance_at_budget()).interview)
    assert len(turn.interview.objectives) == 1
    assert ask(turn).question.id == "budget"


def test_back_to_an_open_question_has_nothing_to_show() -> None:
    interview = interviews.begin((Role.EXECUTIVE_SPONSOR,), CURRENT_VERSION).interview
    interview = interviews.skip(interviews.skip(interview).interview).interview
    assert ask(interviews.go_back(interview)).lead == "You answered: skipped."


def test_the_end() -> None:
    turn = hear(finance_at_budget(), "€80,000")
    assert isinstance(turn.say, Finished)
    assert turn.interview.step == DONE
    assert turn.interview.progress == (2, 2)


def test_after_the_end_words_are_comments_and_back_reopens() -> None:
    done = hear(finance_at_budget(), "€80,000").interview
    comment = hear(done, "thanks")
    assert isinstance(comment.say, Remark)
    assert comment.interview == done
    assert ask(interviews.go_back(done)).question.id == "budget"
    for act in (interviews.skip, interviews.say_unknown, interviews.confirm, interviews.reject):
        assert isinstance(act(done).say, Finished)
    assert isinstance(interviews.choose(done, "rules").say, Finished)
    objective = Objective(metric="time on platform", direction=Direction.INCREASE)
    assert isinstance(interviews.correct(done, objective).say, Finished)


def test_a_button_that_the_question_does_not_offer_changes_nothing() -> None:
    turn = interviews.choose(begin(), "rules")
    assert ask(turn).question.id == "goal"
    assert turn.interview.answers == {}


def test_one_person_with_two_roles_is_asked_for_goals_once() -> None:
    interview = begin(Role.PRODUCT_OWNER, Role.FINANCE)
    ids = [question.id for question in interview.questions]
    assert ids.count("goal") == 1
    assert {"current_way", "budget"} <= set(ids)


def test_an_interview_whose_question_left_the_set_goes_on() -> None:
    stranded = Interview(roles=(Role.FINANCE,), version=CURRENT_VERSION, step="a question of an earlier set")
    assert isinstance(interviews.repeat(stranded).say, Finished)
    assert ask(interviews.go_back(stranded)).question.id == "budget"


ACTS = st.one_of(
    st.tuples(
        st.just("hear"),
        st.sampled_from(
            [GOAL, "cut the cloud bill by 10%", "12", "5 %", "€80,000", "hello", "yes", "no", "blorps +3", "back"]
        ),
    ),
    st.tuples(st.just("choose"), st.sampled_from(["rules", "by_hand", "no_more", "caught", "yes", "nonsense"])),
    st.tuples(st.sampled_from(["say_unknown", "skip", "go_back", "confirm", "reject", "repeat"]), st.just("")),
)


def play(interview: Interview, act: str, value: str) -> Turn:
    if act == "hear":
        return hear(interview, value)
    if act == "choose":
        return interviews.choose(interview, value)
    plain: Callable[[Interview], Turn] = getattr(interviews, act)
    return plain(interview)


@given(st.lists(ACTS, max_size=40), st.sampled_from([(role,) for role in Role] + [tuple(Role)]))
def test_whatever_people_do_the_interview_stays_whole(acts: list[tuple[str, str]], roles: tuple[Role, ...]) -> None:
    interview = begin(*roles)
    for act, value in acts:
        before, interview = interview, play(interview, act, value).interview
        ids = [question.id for question in interview.questions]
        assert interview.step in [*ids, DONE]
        assert set(interview.answers) <= set(ids)
        assert interview.turn in {before.turn, before.turn + 1}
        settled, total = interview.progress
        assert 0 <= settled <= total
        added = set(interview.objectives) - set(before.objectives)
        shown = {pending.reading.objective for pending in before.pending[:1]}
        assert added <= shown, "an objective was kept that nobody had been shown"
        if interview.step == DONE:
            assert settled == total

"""The interview, played as a conversation (K45)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from flows import interviews
from flows.answers import Answer, Status
from flows.interview import DONE, REVIEW, Ask, Finished, Handed, Interview, Remark, Review, ShowReading, Turn
from flows.interview_course import what_waits
from flows.objectives import Direction, Objective
from flows.question_bank import BANK
from flows.questions import AT_MOST, NO_MORE_OBJECTIVES, SEPARATE_GOAL, QuestionSet
from flows.roles import Role
from tests import questions

TODAY = date(2026, 11, 23)
GOAL = "increase the time users spend on the platform by at least 15%"


def begin(*roles: Role) -> Interview:
    return questions.begin(*(roles or (Role.PRODUCT_OWNER,))).interview


def hear(interview: Interview, text: str) -> Turn:
    return interviews.hear(interview, text, TODAY)


def ask(turn: Turn) -> Ask:
    assert isinstance(turn.say, Ask), turn.say
    return turn.say


def finance_at_budget() -> Interview:
    interview = interviews.confirm(hear(begin(Role.FINANCE), "cut the cloud bill by 10 %").interview).interview
    return interviews.choose(interview, NO_MORE_OBJECTIVES).interview


def show(turn: Turn) -> ShowReading:
    assert isinstance(turn.say, ShowReading), turn.say
    return turn.say


def keep(interview: Interview, *goals: str) -> Interview:
    """The interview once these goals were written and confirmed."""
    for goal in goals:
        interview = interviews.confirm(hear(interview, goal).interview).interview
    return interview


def amounts(turn: Turn) -> list[float | None]:
    return [objective.amount for objective in turn.interview.objectives]


BILL = "cut the cloud bill by 10 %"
REVENUE = "increase ad revenue by 20 %"


def test_it_begins_with_the_goal() -> None:
    turn = questions.begin(Role.PRODUCT_OWNER)
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


def test_going_back_right_after_a_yes_changes_that_goal() -> None:
    shown = interviews.go_back(keep(begin(), BILL))
    assert show(shown).lead == "This is the goal you gave."
    assert show(shown).sentence == "Your goal: reduce cloud bill by 10 %, no deadline given."
    changed = hear(shown.interview, "cut the cloud bill by 12 %")
    assert show(changed).sentence == (
        "This changes your goal “reduce cloud bill by 10 %, no deadline given” to: "
        "reduce cloud bill by 12 %, no deadline given."
    )
    assert amounts(interviews.confirm(changed.interview)) == [12]


def test_going_back_over_several_goals_shows_each_in_turn() -> None:
    second = interviews.go_back(keep(begin(), BILL, REVENUE))
    assert show(second).lead == "This is goal 2 of the 2 you gave."
    assert "advertising revenue" in show(second).sentence
    first = interviews.go_back(second.interview)
    assert show(first).lead == "This is goal 1 of the 2 you gave."
    assert "cloud bill" in show(first).sentence
    assert show(interviews.go_back(first.interview)).lead == "This is where your interview began."
    assert amounts(interviews.confirm(hear(first.interview, "cut the cloud bill by 12 %").interview)) == [12, 20]
    form = Objective(metric="cloud bill", direction=Direction.DECREASE)
    assert amounts(interviews.correct(first.interview, form)) == [None, 20]
    assert amounts(interviews.confirm(first.interview)) == [10, 20]
    removed = interviews.reject(first.interview)
    assert amounts(removed) == [20]
    assert ask(removed).lead == "I removed that goal."
    assert removed.interview.answers["goal"].given == "increase advertising revenue by 20 %, no deadline given"


def test_back_over_new_words_for_a_goal_shows_the_goal_that_stays() -> None:
    shown = interviews.go_back(keep(begin(), BILL))
    changed = hear(shown.interview, "cut the cloud bill by 12 %")
    back = interviews.go_back(changed.interview)
    assert show(back).lead == "I dropped that reading. Your goal stays as it was. This is the goal you gave."
    assert amounts(back) == [10]
    assert amounts(interviews.reject(changed.interview)) == [10]
    assert ask(interviews.reject(changed.interview)).lead == "I dropped it. Your goal stays as it was."
    assert ask(interviews.skip(changed.interview)).lead == "I dropped that reading. Your goal stays as it was."


def test_going_back_over_the_goals_comes_to_the_question_before_them() -> None:
    goal, more, *_, budget = questions.FIRST.questions
    turned = QuestionSet(questions=(budget, goal, more))
    interview = interviews.begin(turned, (Role.FINANCE,), turned.plan((Role.FINANCE,), (Role.FINANCE,))).interview
    interview = interviews.skip(interview).interview
    shown = interviews.go_back(keep(interview, BILL)).interview
    assert ask(interviews.go_back(shown)).question.id == "budget"


@pytest.mark.parametrize("words", ["no", "None.", "that's all"])
def test_a_kept_goal_is_not_removed_by_words_that_may_mean_otherwise(words: str) -> None:
    turn = hear(interviews.go_back(keep(begin(), BILL)).interview, words)
    assert amounts(turn) == [10]
    assert show(turn).lead == "Please press Yes to keep this goal, or Not a goal to remove it."


def test_a_goal_in_new_words_changes_the_one_that_was_kept() -> None:
    shown = hear(keep(begin(), BILL, REVENUE), "reduce the monthly cloud bill by 12 %")
    assert show(shown).sentence.startswith("This changes your goal “reduce cloud bill by 10 %")
    assert amounts(interviews.confirm(shown.interview)) == [12, 20]


@pytest.mark.parametrize(
    "keep_both", [lambda shown: interviews.choose(shown, SEPARATE_GOAL), lambda s: hear(s, "both")]
)
def test_both_goals_can_be_kept(keep_both: Callable[[Interview], Turn]) -> None:
    shown = hear(keep(begin(), BILL), "cut the cloud bill by 12 %").interview
    assert amounts(keep_both(shown)) == [10, 12]


def test_a_doubtful_goal_kept_apart_still_needs_the_form() -> None:
    shown = hear(keep(begin(), BILL), "cut the cloud bill by 12 % unless prices rise")
    assert show(shown).reading.doubts
    apart = interviews.choose(shown.interview, SEPARATE_GOAL)
    assert show(apart).replaces is None
    assert amounts(apart) == [10]


def test_only_a_goal_that_changes_another_can_be_kept_apart() -> None:
    for interview in (hear(begin(), BILL).interview, interviews.go_back(keep(begin(), BILL)).interview):
        turn = interviews.choose(interview, SEPARATE_GOAL)
        assert show(turn).reading == interview.pending[0].reading
        assert turn.interview.objectives == interview.objectives
        assert turn.interview.pending == interview.pending


def test_a_goal_of_another_direction_is_another_goal() -> None:
    assert show(hear(keep(begin(), BILL), "increase the cloud bill by 12 %")).replaces is None


def test_other_words_over_a_kept_goal_change_the_goal_that_they_are_about() -> None:
    interview = keep(begin(), BILL, REVENUE)
    shown = interviews.go_back(interview).interview
    assert amounts(interviews.confirm(hear(shown, "cut the cloud bill by 12 %").interview)) == [12, 20]
    twins = interviews.choose(hear(interview, "cut the cloud bill by 12 %").interview, SEPARATE_GOAL).interview
    assert amounts(interviews.confirm(hear(twins, "cut the cloud bill by 13 %").interview)) == [10, 20, 13]
    first = interviews.go_back(interviews.go_back(interviews.go_back(twins).interview).interview).interview
    assert amounts(interviews.confirm(hear(first, "cut the cloud bill by 13 %").interview)) == [13, 20, 12]


def test_a_form_with_new_words_for_a_goal_asks_before_it_changes_it() -> None:
    interview = keep(begin(), BILL)
    form = interview.objectives[0].model_copy(update={"amount": 12})
    shown = interviews.correct(interview, form)
    assert show(shown).replaces == interview.objectives[0]
    assert amounts(interviews.confirm(shown.interview)) == [12]
    assert amounts(interviews.choose(shown.interview, SEPARATE_GOAL)) == [10, 12]
    assert amounts(interviews.correct(interview, interview.objectives[0])) == [10]


def test_the_same_goal_again_changes_nothing() -> None:
    interview = keep(begin(), BILL)
    again = hear(interview, BILL)
    assert ask(again).lead == "You gave this goal already."
    shown = hear(interviews.go_back(interview).interview, BILL)
    assert show(shown).lead == "You gave this goal already."
    both = hear(begin(), f"{BILL}. {BILL}.")
    assert amounts(interviews.confirm(both.interview)) == [10]
    assert ask(interviews.confirm(both.interview)).question.id == "more_goals"


def test_the_second_goal_of_a_message_may_change_the_first() -> None:
    turn = interviews.confirm(hear(begin(), f"{BILL}. cut the cloud bill by 12 %.").interview)
    assert show(turn).sentence.startswith("This changes your goal")


TWO = "increase ad revenue by 20%. Reduce the cloud bill by 10%."


@pytest.mark.parametrize("act", [interviews.skip, interviews.say_unknown])
def test_leaving_one_of_two_readings_shows_the_other(act: Callable[[Interview], Turn]) -> None:
    second = act(hear(begin(), TWO).interview)
    assert show(second).lead == "I dropped that reading."
    assert "cloud bill" in show(second).sentence
    assert "goal" not in second.interview.answers
    kept = interviews.confirm(second.interview)
    assert amounts(kept) == [10]
    first = interviews.confirm(hear(begin(), TWO).interview).interview
    assert ask(act(first)).question.id == "more_goals"
    assert amounts(act(first)) == [20]


@pytest.mark.parametrize(
    ("act", "status", "lead"),
    [
        (interviews.skip, Status.SKIPPED, "I dropped that reading and went on."),
        (
            interviews.say_unknown,
            Status.UNKNOWN,
            "I dropped that reading. Your goal is on the list of things to find out.",
        ),
    ],
)
def test_leaving_the_only_reading_goes_on(act: Callable[[Interview], Turn], status: Status, lead: str) -> None:
    turn = act(hear(begin(), GOAL).interview)
    assert turn.interview.answers["goal"].status is status
    assert ask(turn).question.id == "current_way"
    assert ask(turn).lead == lead


def test_leaving_a_reading_keeps_what_was_said_before_it() -> None:
    interview = interviews.go_back(interviews.say_unknown(begin()).interview).interview
    turn = interviews.skip(hear(interview, GOAL).interview)
    assert turn.interview.answers["goal"].status is Status.UNKNOWN
    assert ask(turn).lead == "I dropped that reading and left the rest as it was."


def test_a_kept_goal_shown_again_lets_readings_wait_behind_it() -> None:
    interview = keep(begin(), BILL)
    waiting = interviews.go_back(hear(interview, f"cut the cloud bill by 12 %. {REVENUE}.").interview)
    assert "cloud bill by 10 %" in show(waiting).sentence
    for act in (interviews.skip, interviews.confirm):
        assert "advertising revenue" in show(act(waiting.interview)).sentence


def test_back_over_several_readings_drops_them_all_and_says_so() -> None:
    turn = interviews.go_back(hear(begin(), TWO).interview)
    assert ask(turn).lead == "I dropped those 2 readings."
    assert ask(interviews.go_back(interviews.confirm(hear(begin(), TWO).interview).interview)).question.id == (
        "more_goals"
    )


def test_words_for_buttons_that_are_not_there_say_what_can_be_answered() -> None:
    assert ask(hear(begin(), "yes")).lead.startswith("Please write your goal here. For example: raise sign-ups")
    assert ask(hear(begin(), "none")).lead.startswith("If you have no goal, press Skip, or else write it here.")
    assert ask(hear(keep(begin(), GOAL), "yes")).lead.startswith("Please write the other goal here, or press That's")
    assert show(hear(hear(begin(), GOAL).interview, "that's all")).lead.startswith("Please press one of the buttons")
    at_way = interviews.skip(begin()).interview
    assert ask(hear(at_way, "yes")).lead.startswith("I could not tell which one you mean.")
    for words in ("yes", "no", "none"):
        turn = hear(interviews.choose(at_way, "rules").interview, words)
        assert ask(turn).question.id == "cases_per_month"
        assert ask(turn).lead


def test_a_yes_to_a_doubtful_reading_says_why_it_is_not_enough() -> None:
    shown = hear(begin(), "increase blorps by 10%").interview
    assert show(hear(shown, "yes")).lead.startswith("A yes is not enough here.")


def test_yes_and_no_answer_a_question_that_offers_them() -> None:
    interview = begin()
    while interview.step != "method_exists":
        interview = interviews.skip(interview).interview
    assert hear(interview, "Yes.").interview.answers["method_exists"].value == "yes"
    assert hear(interview, "no").interview.answers["method_exists"].value == "no"


def test_skipping_over_a_goal_shown_again_keeps_it() -> None:
    turn = interviews.skip(interviews.go_back(finance_at_budget()).interview)
    assert len(turn.interview.objectives) == 1
    assert ask(turn).question.id == "budget"


def test_back_to_an_open_question_has_nothing_to_show() -> None:
    interview = questions.begin(Role.EXECUTIVE_SPONSOR).interview
    interview = interviews.skip(interviews.skip(interview).interview).interview
    assert ask(interviews.go_back(interview)).lead == "You answered: skipped."


def test_the_end() -> None:
    shown = hear(finance_at_budget(), "€80,000")
    assert isinstance(shown.say, Review)
    assert (shown.interview.step, shown.interview.progress) == (REVIEW, (2, 2))
    assert isinstance(hear(shown.interview, "hm").say, Remark)
    turn = interviews.submit(shown.interview)
    assert isinstance(turn.say, Finished)
    assert turn.interview.step == DONE


def test_only_what_was_shown_as_a_whole_can_be_submitted() -> None:
    turn = interviews.submit(finance_at_budget())
    assert ask(turn).question.id == "budget"


def test_every_answer_can_be_edited_from_the_review() -> None:
    shown = hear(finance_at_budget(), "€80,000").interview
    assert ask(interviews.edit(shown, "budget")).lead.startswith("You answered: €80,000")
    goal = interviews.edit(shown, "goal", 0)
    assert show(goal).is_kept
    assert isinstance(interviews.skip(goal.interview).say, Review)
    assert isinstance(interviews.edit(shown, "nonsense").say, Review)


def test_after_the_end_words_are_comments_and_back_reopens() -> None:
    done = interviews.submit(hear(finance_at_budget(), "€80,000").interview).interview
    comment = hear(done, "thanks")
    assert isinstance(comment.say, Remark)
    assert comment.interview == done
    assert isinstance(interviews.go_back(done).say, Review)
    assert ask(interviews.go_back(interviews.go_back(done).interview)).question.id == "budget"
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
    stranded = replace(begin(Role.FINANCE), step="a question of an earlier set")
    assert ask(interviews.repeat(stranded)).question.id == "goal"
    assert ask(interviews.go_back(stranded)).question.id == "budget"


def test_why_and_pause_leave_the_interview_where_it_stands() -> None:
    for words in ("why?", "pause", "Not now."):
        turn = hear(finance_at_budget(), words)
        assert isinstance(turn.say, Remark)
        assert turn.interview == finance_at_budget()
    assert interviews.explain(finance_at_budget()).startswith("It shows early")
    assert interviews.explain(replace(begin(), step=REVIEW)) == "You have answered everything."


def test_a_question_can_be_handed_on_and_a_goal_cannot() -> None:
    turn = hear(finance_at_budget(), "ask <@U2|omar>")
    assert turn.interview.answers["budget"] == Answer(question="budget", status=Status.HANDED, value="U2")
    assert "Only you" in ask(interviews.hand_on(begin(), "U2", "U1")).lead
    assert "That is you" in ask(interviews.hand_on(finance_at_budget(), "U1", "U1")).lead
    shown = hear(begin(), GOAL).interview
    assert interviews.hand_on(shown, "U2", "U1").interview.pending == shown.pending


def test_a_handed_question_is_asked_in_its_turn_and_only_once() -> None:
    owner = interviews.receive(begin(), "budget", "U3")
    assert [one.id for one in owner.questions][-1] == "budget"
    assert owner.handed_by("budget") == "U3"
    assert owner.handed_by("goal") == ""
    assert interviews.receive(owner, "budget", "U4") == owner
    assert interviews.receive(owner, "nonsense", "U4") == owner
    done = interviews.submit(hear(finance_at_budget(), "€80,000").interview).interview
    turn = interviews.go_on(interviews.receive(done, "teams", "U3"), first="teams")
    assert ask(turn).question.id == "teams"


def test_the_most_telling_question_can_be_asked_first() -> None:
    assert ask(interviews.go_on(begin(), first="label_source")).question.id == "label_source"
    assert ask(interviews.go_on(begin(), first="nonsense")).question.id == "goal"
    shown = hear(begin(), GOAL).interview
    assert show(interviews.go_on(shown, first="label_source")).sentence.startswith("I read this as")


def test_an_answer_can_stay_between_us() -> None:
    kept = hear(finance_at_budget(), "keep this between us")
    assert kept.interview.confidential == {"budget"}
    assert "your answer between us" in ask(kept).lead
    assert interviews.keep_confidential(kept.interview, kept=False).interview.confidential == frozenset()
    goals = interviews.keep_confidential(hear(begin(), GOAL).interview)
    assert goals.interview.keeps_goals_confidential
    assert "your goals between us" in show(goals).lead
    done = replace(begin(), step=REVIEW)
    assert interviews.keep_confidential(done).interview.confidential == frozenset()


def test_a_form_answers_only_the_question_that_is_asked() -> None:
    answer = Answer(question="budget", status=Status.GIVEN, given="€1", value=1.0, currency="EUR")
    assert interviews.fill_in(finance_at_budget(), answer).interview.answers["budget"] == answer
    assert "budget" not in interviews.fill_in(begin(Role.FINANCE), answer).interview.answers


def amend(interview: Interview, question: str, before: str, after: str) -> Turn:
    return interviews.amend(interview, question, before, after, TODAY)


def test_an_edited_message_changes_its_answer_and_nothing_else() -> None:
    owner = interviews.choose(interviews.skip(begin()).interview, "rules").interview
    owner = hear(owner, "12,000").interview
    turn = amend(owner, "cases_per_month", "12,000", "13,000")
    assert turn.interview.answers["cases_per_month"].value == 13_000
    assert (turn.interview.step, ask(turn).lead[:24]) == (owner.step, "You edited your answer. ")
    assert isinstance(amend(owner, "cases_per_month", "12,000", "many").say, Remark)
    assert isinstance(amend(owner, "minutes_per_case", "5", "6").say, Remark)
    assert amend(owner, owner.step, "hm", "Someone catches it").interview.answers[owner.step].value == "caught"


def test_an_edited_message_opens_and_drops_what_hangs_on_it() -> None:
    shown = replace(begin(), step=REVIEW)
    skipped = {one.id: Answer(question=one.id, status=Status.SKIPPED) for one in shown.questions}
    shown = replace(shown, answers=skipped)
    way = amend(shown, "current_way", "?", "People do it by hand")
    assert isinstance(way.say, Review)
    rules = amend(way.interview, "current_way", "?", "Software with rules").interview
    assert "minutes_per_case" not in rules.answers
    again = amend(rules, "current_way", "?", "People do it by hand")
    assert ask(again).question.id == "minutes_per_case"
    done = interviews.submit(shown).interview
    late = amend(done, "cases_per_month", "?", "12,000")
    assert (late.interview.step, isinstance(late.say, Remark)) == (DONE, True)


def test_an_edited_goal_is_shown_again_in_its_place() -> None:
    finance = finance_at_budget()
    turn = amend(finance, "goal", BILL, "cut the cloud bill by 12 %")
    assert show(turn).replaces == finance.objectives[0]
    assert amounts(interviews.confirm(turn.interview)) == [12]
    other = amend(finance, "goal", BILL, "increase ad revenue by 20 %")
    assert show(other).replaces == finance.objectives[0]
    assert isinstance(amend(finance, "goal", BILL, "hello").say, Remark)
    fresh = amend(finance, "more_goals", "hello", "increase ad revenue by 20 %")
    assert show(fresh).replaces is None


def test_an_edited_message_is_about_the_goal_that_its_owner_corrected_since() -> None:
    heard = hear(begin(Role.FINANCE), BILL).interview
    read = heard.pending[0].reading.objective
    assert read is not None
    kept = interviews.correct(heard, read.model_copy(update={"amount": 8.0})).interview
    assert show(amend(kept, "goal", BILL, "cut the cloud bill by 12 %")).replaces == kept.objectives[0]
    other = replace(kept, objectives=(read.model_copy(update={"metric": "churn", "family": "churn"}),))
    assert show(amend(other, "goal", BILL, "increase ad revenue by 20 %")).replaces is None


def test_a_goal_that_somebody_found_in_a_message_waits_for_its_owner() -> None:
    done = interviews.submit(hear(finance_at_budget(), "€80,000").interview).interview
    turn = interviews.propose_goal(done, REVENUE, TODAY, "U9", "From your message.")
    assert turn is not None
    assert show(turn).lead == "From your message."
    assert interviews.propose_goal(done, "hello", TODAY, "U9", "") is None
    assert interviews.propose_goal(turn.interview, REVENUE, TODAY, "U8", "") is None
    guest = interviews.begin(questions.FIRST, (), (), (Handed("budget", "U9"),)).interview
    turn = interviews.propose_goal(guest, REVENUE, TODAY, "U9", "")
    assert turn is not None
    assert amounts(interviews.confirm(turn.interview)) == [20]


def test_without_any_question_there_is_only_a_review() -> None:
    assert isinstance(interviews.begin(questions.FIRST, (), ()).say, Review)


def test_what_waits_is_what_was_said_last_without_the_remark() -> None:
    turn = questions.begin(Role.FINANCE)
    for act in (
        lambda now: interviews.hear(now, BILL, TODAY),
        interviews.confirm,
        interviews.go_back,
        interviews.confirm,
        lambda now: interviews.choose(now, NO_MORE_OBJECTIVES),
        interviews.skip,
        interviews.submit,
    ):
        assert what_waits(turn.interview) == without_remark(turn)
        turn = act(turn.interview)
    assert what_waits(turn.interview) == Finished()


def without_remark(turn: Turn) -> Ask | ShowReading | Review | Finished:
    assert not isinstance(turn.say, Remark)
    return replace(turn.say, lead="")


def test_a_question_can_hang_on_one_of_several_choices() -> None:
    fields = {"label": "L", "wording": "W?", "why": "Because.", "roles": ("finance",)}
    options = ({"value": "a", "label": "A"}, {"value": "b", "label": "B"})
    asked = QuestionSet.model_validate(
        {
            "questions": [
                *questions.FIRST.questions[:2],
                {**fields, "id": "several", "kind": "choices", "options": options},
                {**fields, "id": "more", "kind": "yes_no", "when": [{"question": "several", "values": ["a"]}]},
            ]
        }
    )
    interview = interviews.begin(asked, (Role.FINANCE,), asked.plan((Role.FINANCE,), (Role.FINANCE,))).interview
    at_several = interviews.skip(interview).interview
    assert ask(hear(at_several, "A and B")).question.id == "more"
    assert isinstance(hear(at_several, "B").say, Review)
    # What is handed on is not answered yet, so what hangs on it is still asked.
    assert ask(interviews.hand_on(at_several, "U2", "U1")).question.id == "more"


def test_a_changed_answer_never_takes_another_one_away() -> None:
    present = tuple(Role)
    owner = interviews.begin(BANK, (Role.PRODUCT_OWNER,), BANK.plan((Role.PRODUCT_OWNER,), present)).interview
    owner = interviews.choose(interviews.skip(owner).interview, "rules").interview
    while owner.step != REVIEW:
        owner = interviews.say_unknown(owner).interview
    assert len(owner.answers) == AT_MOST
    turn = interviews.choose(interviews.edit(owner, "current_way").interview, "by_hand")
    assert ask(turn).question.id == "minutes_per_case"
    assert set(owner.answers) <= set(turn.interview.answers)


def test_an_edited_message_may_say_that_the_person_does_not_know() -> None:
    owner = interviews.choose(interviews.skip(begin()).interview, "rules").interview
    owner = hear(owner, "12,000").interview
    unknown = amend(owner, "cases_per_month", "12,000", "I don't know.").interview.answers["cases_per_month"]
    assert (unknown.status, unknown.value) == (Status.UNKNOWN, None)


def test_a_question_that_comes_back_is_open_again() -> None:
    handed = interviews.hand_on(finance_at_budget(), "U2", "U1").interview
    again = interviews.receive(handed, "budget", "U2")
    assert "budget" not in again.answers
    assert ask(interviews.go_on(again)).question.id == "budget"
    answered = hear(finance_at_budget(), "€80,000").interview
    asked_twice = interviews.receive(answered, "budget", "U2")
    assert (asked_twice.answers, asked_twice.step) == (answered.answers, answered.step)
    assert asked_twice.open_questions == ()


def test_a_question_that_was_handed_on_stays_whatever_else_is_answered() -> None:
    by_hand = interviews.choose(interviews.skip(begin()).interview, "by_hand").interview
    asked = interviews.receive(by_hand, "minutes_per_case", "U2")
    assert ask(interviews.go_on(asked, first="minutes_per_case")).question.id == "minutes_per_case"
    assert asked.questions == by_hand.questions
    with_rules = interviews.choose(interviews.edit(asked, "current_way").interview, "rules").interview
    assert "minutes_per_case" in [one.id for one in with_rules.open_questions]
    answered = hear(interviews.edit(by_hand, "minutes_per_case").interview, "5").interview
    kept = interviews.edit(interviews.receive(answered, "minutes_per_case", "U2"), "current_way").interview
    assert "minutes_per_case" in interviews.choose(kept, "rules").interview.answers
    nobodys = replace(by_hand, handed=(Handed("budget", ""),))
    assert interviews.receive(nobodys, "budget", "U2").handed == (Handed("budget", "U2"),)
    assert interviews.receive(by_hand, "goal", "U2").handed == ()


def test_words_after_a_question_fell_away_lead_to_the_next_one() -> None:
    stranded = replace(begin(Role.FINANCE), step="a question of an earlier set")
    assert ask(hear(stranded, "hello")).question.id == "goal"

from dataclasses import replace
from datetime import UTC, datetime

from flows.cadence import MONDAYS, NEVER
from flows.kickoffs import Kickoff, Nudge, Participant, Place, Standing, group_roles
from flows.roles import Role
from tests.questions import FIRST, begin


def participant(person: str, *roles: Role, standing: Standing = Standing.OPEN) -> Participant:
    return Participant(1, person, standing, "C1", begin(*roles).interview)


def kickoff(*participants: Participant) -> Kickoff:
    return Kickoff(
        1, "T1", "C1", "Churn radar", "", "U9", Place.THREADS, participants, Nudge(MONDAYS, "UTC", None), FIRST
    )


def test_the_product_owner_owns_the_project() -> None:
    project = kickoff(participant("U1", Role.FINANCE), participant("U2", Role.PRODUCT_OWNER))
    assert project.owner == "U2"


def test_without_a_reachable_product_owner_the_starter_owns_it() -> None:
    gone = participant("U2", Role.PRODUCT_OWNER, standing=Standing.UNAVAILABLE)
    assert kickoff(gone, participant("U1", Role.FINANCE)).owner == "U9"


def test_it_waits_for_those_who_are_not_done() -> None:
    done = participant("U1", Role.FINANCE, standing=Standing.FINISHED)
    invited = participant("U2", Role.PRODUCT_OWNER, standing=Standing.INVITED)
    assert kickoff(done, invited).waiting_for == (invited,)


def test_one_person_with_two_roles_is_one_participant() -> None:
    chosen = [(Role.PRODUCT_OWNER, "U1"), (Role.EXECUTIVE_SPONSOR, "U2"), (Role.FINANCE, "U1")]
    assert group_roles(chosen) == (
        ("U1", (Role.PRODUCT_OWNER, Role.FINANCE)),
        ("U2", (Role.EXECUTIVE_SPONSOR,)),
    )


def test_stakes_and_answers_are_empty_before_anyone_answers() -> None:
    project = kickoff(participant("U1", Role.FINANCE))
    assert project.stakes == ()
    assert project.answers == {}


def test_the_owner_and_whoever_started_it_close_it() -> None:
    project = kickoff(participant("U1", Role.FINANCE), participant("U2", Role.PRODUCT_OWNER))
    assert [project.may_close(person) for person in ("U1", "U2", "U9")] == [False, True, True]


def test_who_was_taken_out_takes_part_no_more() -> None:
    project = kickoff(participant("U1", Role.FINANCE), participant("U2", Role.PRODUCT_OWNER, standing=Standing.REMOVED))
    assert [project.takes_part(person) for person in ("U1", "U2", "U3", "U9")] == [True, False, False, True]


def test_the_starter_takes_care_of_it_until_they_are_gone_and_then_the_owner() -> None:
    project = kickoff(participant("U2", Role.PRODUCT_OWNER))
    assert project.caretaker == "U9"
    assert replace(project, starter_gone=True).caretaker == "U2"


def test_it_is_drawn_anew_for_those_who_opened_their_home_tab() -> None:
    looked = replace(participant("U2", Role.PRODUCT_OWNER), opened_home=True)
    project = kickoff(looked, participant("U1", Role.FINANCE))
    assert project.shown_at_home_of == ("U2",)
    assert replace(project, starter_opened_home=True).shown_at_home_of == ("U9", "U2")


def test_a_nudge_is_counted_and_what_was_put_off_has_come() -> None:
    noon = datetime(2026, 11, 30, 12, tzinfo=UTC)
    nudge = Nudge(NEVER, "UTC", noon, unanswered=4, snoozed_until=noon, asked=7)
    asked = nudge.after(noon, 2, is_asked=True)
    assert (asked.last_at, asked.unanswered, asked.snoozed_until, asked.asked) == (noon, 3, None, 8)
    left_alone = nudge.after(noon, 0, is_asked=False)
    assert (left_alone.unanswered, left_alone.asked, left_alone.next_due_at) == (0, 7, noon)

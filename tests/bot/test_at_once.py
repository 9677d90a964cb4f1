"""Two processes that get the same form at the same moment, and two people who do the same thing, on PostgreSQL."""

import json
from collections.abc import Mapping
from dataclasses import replace

import pytest
from sqlalchemy import select

from bot import activity_log, answer_form, ask_someone_form, interviews, message_shortcut, objective_form, people_form
from bot.app import App
from bot.deliveries import Press, Submission
from bot.interview_buttons import SUBMIT, button_value
from flows import interviews as interview_acts
from flows.activity import Entry
from flows.interview import REVIEW, Interview
from flows.kickoffs import Kickoff, Participant, Standing
from flows.roles import Role
from storage import activities, kickoffs, notes
from storage import tables as t
from storage.activities import Logged
from tests.bot.replicas import at_once, replica, replicas
from tests.conftest import MONDAY_EVENING
from tests.questions import begin
from tests.restarts import kickoff_with

pytestmark = pytest.mark.both_databases

OWNER, SPONSOR, NEW = "U1", "U2", "U3"
GOAL = "cut the cloud bill by 10%"


def stored(url: str, *standing_at: str) -> Kickoff:
    """A kickoff with an owner and a sponsor, each of whom is asked; their interviews stand at these steps, if given."""
    begun = begin(Role.PRODUCT_OWNER).interview
    others = begin(Role.EXECUTIVE_SPONSOR).interview
    sponsor = Participant(0, SPONSOR, Standing.OPEN, "C1", others)
    kickoff = kickoff_with(begun)
    people = (*kickoff.participants, sponsor)
    steps = standing_at or tuple(one.interview.step for one in people)
    people = tuple(replace(one, interview=at(one.interview, step)) for one, step in zip(people, steps, strict=True))
    app = replica(url)
    made = app.database.run(
        lambda connection: kickoffs.create(connection, replace(kickoff, participants=people), MONDAY_EVENING)
    )
    app.database.engine.dispose()
    return made


def at(interview: Interview, step: str) -> Interview:
    if step == REVIEW:
        while interview.step != REVIEW:
            interview = interview_acts.say_unknown(interview).interview
        return replace(interview, answers={})
    return interview_acts.edit(interview, step).interview


def sent(
    key: str,
    person: str,
    metadata: Mapping[str, object],
    fields: dict[str, str],
    lists: dict[str, tuple[str, ...]] | None = None,
) -> Submission:
    return Submission(key, "T1", person, "", json.loads(json.dumps(metadata)), fields, lists or {}, key)


def newest(app: App, kickoff: Kickoff) -> Kickoff:
    return app.database.run(lambda connection: kickoffs.load(connection, kickoff.id))


def waiting(app: App, kind: str, words: str = "") -> int:
    """How many parcels of a kind, with these words, wait to be sent."""
    query = select(t.outbox.c.effect).where(t.outbox.c.kind == kind)
    effects = app.database.run(lambda connection: connection.execute(query).scalars().all())
    return sum(words in json.dumps(effect) for effect in effects)


def new_people(kickoff: Kickoff, key: str, person: str = OWNER, new: str = NEW) -> Submission:
    about = {"kickoff": kickoff.id, "people": people_form._fingerprint(kickoff)}
    lists = {Role.PRODUCT_OWNER: (OWNER,), Role.EXECUTIVE_SPONSOR: (SPONSOR,), Role.FINANCE: (new,)}
    return sent(key, person, about, {}, {role.value: people for role, people in lists.items()})


async def test_people_are_changed_once_by_one_form(postgres_url: str) -> None:
    kickoff = stored(postgres_url)
    form = new_people(kickoff, "form:1")
    async with replicas(postgres_url) as (one, other):
        acts = [people_form.submit(one, form), people_form.submit(other, form)]
        assert await at_once(postgres_url, kickoff.id, acts) == [None, None]
        assert [part.person for part in newest(one, kickoff).participants] == [OWNER, SPONSOR, NEW]
        assert waiting(one, "invite") == 1


async def test_of_two_people_who_change_the_people_at_once_one_is_told(postgres_url: str) -> None:
    kickoff = stored(postgres_url)
    async with replicas(postgres_url) as (one, other):
        acts = [
            people_form.submit(one, new_people(kickoff, "form:1")),
            people_form.submit(other, new_people(kickoff, "form:2", new="U4")),
        ]
        answers = await at_once(postgres_url, kickoff.id, acts)
        (refused,) = [answer for answer in answers if answer]
        assert "Somebody changed the people meanwhile" in str(refused.errors)
        assert len(newest(one, kickoff).participants) == 3


def handing_on(kickoff: Kickoff, place: int, key: str) -> Submission:
    asked = kickoff.participants[place]
    about = {"interview": asked.interview_id, "turn": asked.interview.turn}
    return sent(key, asked.person, about, {"person": NEW})


async def test_a_question_is_handed_on_once_by_one_form(postgres_url: str) -> None:
    kickoff = stored(postgres_url, "cases_per_month", "teams")
    form = handing_on(kickoff, 0, "form:1")
    async with replicas(postgres_url) as (one, other):
        acts = [ask_someone_form.submit(one, form), ask_someone_form.submit(other, form)]
        assert await at_once(postgres_url, kickoff.id, acts) == [None, None]
        assert waiting(one, "invite") == 1


async def test_two_people_hand_questions_on_to_the_same_newcomer_at_once(postgres_url: str) -> None:
    kickoff = stored(postgres_url, "cases_per_month", "teams")
    async with replicas(postgres_url) as (one, other):
        acts = [
            ask_someone_form.submit(one, handing_on(kickoff, 0, "form:1")),
            ask_someone_form.submit(other, handing_on(kickoff, 1, "form:2")),
        ]
        assert await at_once(postgres_url, kickoff.id, acts) == [None, None]
        newcomer = newest(one, kickoff).find(NEW)
        assert newcomer is not None
        assert {question.id for question in newcomer.interview.open_questions} == {"cases_per_month", "teams"}
        assert waiting(one, "invite") == 1


def added(kickoff: Kickoff, key: str, person: str, what: str) -> Submission:
    about = {"channel": "C1", "ts": "7.0", "thread": "", "author": OWNER}
    return sent(key, person, about, {"words": GOAL, "kickoff": str(kickoff.id), "what": what})


@pytest.mark.parametrize(("what", "said"), [("fact", "added a fact"), ("goal", "found a goal")])
async def test_a_message_is_added_once_by_one_form(postgres_url: str, what: str, said: str) -> None:
    kickoff = stored(postgres_url)
    form = added(kickoff, "form:1", SPONSOR, what)
    async with replicas(postgres_url) as (one, other):
        acts = [message_shortcut.submit(one, form), message_shortcut.submit(other, form)]
        assert await at_once(postgres_url, kickoff.id, acts) == [None, None]
        assert waiting(one, "post", said) == 1


@pytest.mark.parametrize(
    ("what", "complaint"), [("fact", "already among the facts"), ("goal", "That goal is there already")]
)
async def test_of_two_people_who_add_the_same_message_at_once_one_is_told(
    postgres_url: str, what: str, complaint: str
) -> None:
    kickoff = stored(postgres_url)
    async with replicas(postgres_url) as (one, other):
        acts = [
            message_shortcut.submit(one, added(kickoff, "form:1", SPONSOR, what)),
            message_shortcut.submit(other, added(kickoff, "form:2", OWNER, what)),
        ]
        answers = await at_once(postgres_url, kickoff.id, acts)
        (refused,) = [answer for answer in answers if answer]
        assert complaint in str(refused.errors)
        kept = one.database.run(lambda connection: notes.of_kickoff(connection, kickoff.id))
        assert len(kept) == (what == "fact")
        assert len(newest(one, kickoff).participants[0].interview.pending) == (what == "goal")


async def test_an_answer_is_taken_once_from_one_form(postgres_url: str) -> None:
    kickoff = stored(postgres_url, "goal", "teams")
    owner, sponsor = kickoff.participants
    goal = sent(
        "form:1",
        OWNER,
        {"interview": owner.interview_id, "turn": owner.interview.turn},
        {"metric": "cloud bill", "direction": "decrease"},
    )
    teams = sent(
        "form:2",
        SPONSOR,
        {"interview": sponsor.interview_id, "turn": sponsor.interview.turn, "question": "teams"},
        {"answer": "3"},
    )
    async with replicas(postgres_url) as (one, other):
        acts = [objective_form.submit(one, goal), objective_form.submit(other, goal)]
        assert await at_once(postgres_url, kickoff.id, acts) == [None, None]
        acts = [answer_form.submit(one, teams), answer_form.submit(other, teams)]
        assert await at_once(postgres_url, kickoff.id, acts) == [None, None]
        after = newest(one, kickoff).participants
        assert [part.interview.turn - 1 for part in after] == [part.interview.turn for part in kickoff.participants]
        assert len(after[0].interview.objectives) == 1
        assert after[1].interview.answers["teams"].value == 3


async def test_an_entry_is_logged_once_by_one_form(postgres_url: str) -> None:
    kickoff = stored(postgres_url)
    form = sent("form:1", OWNER, {}, {"project": str(kickoff.id), "note": "2h labelled 300 tickets"})
    async with replicas(postgres_url) as (one, other):
        acts = [activity_log.submit(one, form), activity_log.submit(other, form)]
        assert await at_once(postgres_url, kickoff.id, acts) == [None, None]
        assert waiting(one, "card") == 1


def submitting(participant: Participant, press: str) -> Press:
    value = button_value(participant.interview_id, participant.interview.turn)
    return Press(press, "T1", "C1", participant.person, SUBMIT, value, "1.0", "")


async def test_submit_pressed_twice_at_once_counts_once(postgres_url: str) -> None:
    kickoff = stored(postgres_url, REVIEW, REVIEW)
    owner, _ = kickoff.participants
    async with replicas(postgres_url) as (one, other):
        acts = [interviews.press(one, submitting(owner, "1")), interviews.press(other, submitting(owner, "2"))]
        await at_once(postgres_url, kickoff.id, acts)
        assert newest(one, kickoff).participants[0].standing is Standing.FINISHED
        assert waiting(one, "post", "your answers are in") == 1
        assert waiting(one, "whisper", "already answered") == 1


async def test_the_last_two_who_submit_at_once_bring_the_results_once(postgres_url: str) -> None:
    kickoff = stored(postgres_url, REVIEW, REVIEW)
    owner, sponsor = kickoff.participants
    async with replicas(postgres_url) as (one, other):
        acts = [interviews.press(one, submitting(owner, "1")), interviews.press(other, submitting(sponsor, "2"))]
        await at_once(postgres_url, kickoff.id, acts)
        assert newest(one, kickoff).concluded_at is not None
        assert waiting(one, "results") == 1


async def test_two_answers_about_one_entry_of_the_log_are_both_kept(postgres_url: str) -> None:
    kickoff = stored(postgres_url)
    async with replicas(postgres_url) as (one, other):
        logged = Logged(OWNER, Entry(note="2h or 3h, error 0.2, recall 0.5"), MONDAY_EVENING)
        entry = one.database.run(lambda connection: activities.add(connection, kickoff.id, logged))

        def said(key: str, what: str) -> Press:
            return Press(key, "T1", "C1", OWNER, activity_log.SETTLE, f"{entry}|{what}", "", "")

        acts = [
            activity_log.press_settle(one, said("press:1", "hours|2")),
            activity_log.press_settle(other, said("press:2", "measure|recall|0.5|")),
        ]
        await at_once(postgres_url, kickoff.id, acts)
        found = one.database.run(lambda connection: activities.find(connection, entry))
        assert found is not None
        kept = found[1]
        assert (kept.entry.hours, kept.entry.metric, kept.entry.value) == (2.0, "recall", 0.5)

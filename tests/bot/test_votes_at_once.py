"""Votes and signatures at the same moment, in two processes on PostgreSQL; and a vote whose end breaks off."""

from dataclasses import replace

import pytest
from sqlalchemy import Connection, select

from bot import ballot_form, goal_card, voting
from bot.app import App
from bot.balance import work_out
from bot.deliveries import Press, Submission
from bot.findings import find_for
from bot.goal_card import card_of
from flows import interviews
from flows.agreement import Agreement, follow
from flows.balance import Option, goal_key
from flows.decisions import BalanceSettled, RoundClosed
from flows.kickoffs import Kickoff, Participant, Standing
from flows.roles import Role
from storage import decisions, kickoffs
from storage import tables as t
from tests.bot.conftest import BILL, GOAL, REVENUE
from tests.bot.replicas import at_once, replica, replicas
from tests.bot.test_at_once import sent, waiting
from tests.conftest import MONDAY_EVENING, FakeClock
from tests.questions import begin
from tests.restarts import kickoff_with

pytestmark = pytest.mark.both_databases

GOALS = {"U1": (Role.PRODUCT_OWNER, GOAL), "U2": (Role.EXECUTIVE_SPONSOR, REVENUE), "U3": (Role.FINANCE, BILL)}


async def under_vote(url: str) -> tuple[Kickoff, Agreement]:
    """A kickoff with the chapter's goals, in which a round of votes is open."""
    people = []
    for person, (role, goal) in GOALS.items():
        heard = interviews.hear(begin(role).interview, goal, MONDAY_EVENING.date()).interview
        interview = interviews.confirm(heard).interview
        people.append(Participant(0, person, Standing.FINISHED, "C1", interview))
    stored = replace(kickoff_with(begin(Role.PRODUCT_OWNER).interview), participants=tuple(people))
    app = replica(url)

    def keep(connection: Connection) -> Kickoff:
        made = kickoffs.create(connection, stored, MONDAY_EVENING)
        for part in made.participants:
            empty = replace(part, interview=replace(part.interview, objectives=(), answers={}))
            kickoffs.save_participant(connection, empty, part, MONDAY_EVENING)
        kickoffs.conclude(connection, made.id, MONDAY_EVENING)
        return kickoffs.load(connection, made.id)

    kickoff = app.database.run(keep)
    findings = await find_for(app, kickoff, Agreement())
    options = work_out(kickoff, findings, {}).options
    app.database.run(lambda connection: open_round(connection, app, kickoff, options))
    stands = agreement(app, kickoff)
    await app.database.close()
    return kickoff, stands


def open_round(connection: Connection, app: App, kickoff: Kickoff, options: tuple[Option, ...]) -> None:
    voting.open_round(connection, app, kickoff, options, "basis", why="", note="")


def agreement(app: App, kickoff: Kickoff) -> Agreement:
    return follow(app.database.run(lambda connection: decisions.of_kickoff(connection, kickoff.id)))


def lines(app: App, kickoff: Kickoff, kind: type) -> int:
    ledger = app.database.run(lambda connection: decisions.of_kickoff(connection, kickoff.id))
    return sum(isinstance(one, kind) for one in ledger)


def ballot(kickoff: Kickoff, stands: Agreement, person: str, key: str = "") -> Submission:
    assert stands.round is not None
    about = {"kickoff": kickoff.id, "round": stands.round.opened.key}
    floors = {f"floor:{key}": "0 %" for key in keys(stands, person)}
    return sent(key or f"form:{person}", person, about, {"place0": stands.round.opened.options[0].id, **floors})


def keys(stands: Agreement, person: str) -> list[str]:
    assert stands.round is not None
    return [goal_key(one.stake) for one in ballot_form.own_shares(stands.round, person)]


async def test_the_last_two_votes_at_once_close_the_round_once(postgres_url: str) -> None:
    kickoff, stands = await under_vote(postgres_url)
    async with replicas(postgres_url) as (one, other):
        assert await ballot_form.submit(one, ballot(kickoff, stands, "U1")) is None
        acts = [
            ballot_form.submit(one, ballot(kickoff, stands, "U2")),
            ballot_form.submit(other, ballot(kickoff, stands, "U3")),
        ]
        assert await at_once(postgres_url, kickoff.id, acts) == [None, None]
        assert lines(one, kickoff, RoundClosed) == 1
        assert lines(one, kickoff, BalanceSettled) == 1
        assert waiting(one, "goal_card") == 1
        (closed,) = [round_ for round_ in agreement(one, kickoff).rounds if not round_.is_open]
        assert len(closed.ballots) == 3


async def test_one_ballot_that_comes_twice_at_once_counts_once(postgres_url: str) -> None:
    kickoff, stands = await under_vote(postgres_url)
    form = ballot(kickoff, stands, "U1")
    async with replicas(postgres_url) as (one, other):
        acts = [ballot_form.submit(one, form), ballot_form.submit(other, form)]
        assert await at_once(postgres_url, kickoff.id, acts) == [None, None]
        ledger = one.database.run(lambda connection: decisions.of_kickoff(connection, kickoff.id))
        assert [line.kind for line in ledger] == ["round_opened", "ballot_cast"]


async def test_the_last_vote_and_the_end_at_once(postgres_url: str) -> None:
    kickoff, stands = await under_vote(postgres_url)
    assert stands.round is not None
    value = f"{kickoff.id}|{stands.round.opened.key}"
    end = Press("press:1", "T1", "C1", "U1", "", value, "1.0", "")
    async with replicas(postgres_url) as (one, other):
        for person in ("U1", "U2"):
            await ballot_form.submit(one, ballot(kickoff, stands, person))
        acts = [ballot_form.submit(one, ballot(kickoff, stands, "U3")), voting.press_close(other, end)]
        await at_once(postgres_url, kickoff.id, acts)
        assert lines(one, kickoff, RoundClosed) == 1
        assert lines(one, kickoff, BalanceSettled) == 1


async def test_two_processes_close_a_vote_once_when_its_time_is_up(postgres_url: str) -> None:
    kickoff, _ = await under_vote(postgres_url)
    async with replicas(postgres_url) as both:
        for one in both:
            assert isinstance(one.clock, FakeClock)
            one.clock.skip(days=4)
        # Who comes second leaves what is locked to the first.
        looked_at = [await voting.close_due_votes(one) for one in both]
        assert looked_at == [1, 0]
        assert lines(both[0], kickoff, RoundClosed) == 1


async def test_a_close_that_breaks_off_is_made_up_for(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    kickoff, _ = await under_vote(database_url)
    app = replica(database_url)
    assert isinstance(app.clock, FakeClock)
    app.clock.skip(days=4)
    with monkeypatch.context() as broken:
        broken.setattr(voting, "draw_spread", None)
        with pytest.raises(TypeError):
            await voting.close_due_votes(app)
    assert lines(app, kickoff, RoundClosed) == 0
    assert await voting.close_due_votes(app) == 1
    assert await voting.close_due_votes(app) == 0
    assert lines(app, kickoff, RoundClosed) == 1
    assert waiting(app, "options") == 1
    await app.database.close()


async def test_two_approvals_at_once_both_count(postgres_url: str) -> None:
    kickoff, stands = await under_vote(postgres_url)
    async with replicas(postgres_url) as (one, other):
        for person in GOALS:
            await ballot_form.submit(one, ballot(kickoff, stands, person))
        stands = agreement(one, kickoff)
        version = goal_card.version_of(card_of(kickoff, stands))
        presses = [
            Press(f"press:{person}", "T1", "C1", person, "", f"{kickoff.id}|{version}", "1.0", "")
            for person in ("U1", "U2")
        ]
        acts = [goal_card.press_approve(app, press) for app, press in zip((one, other), presses, strict=True)]
        await at_once(postgres_url, kickoff.id, acts)
        assert set(agreement(one, kickoff).signatures) == {"U1", "U2"}
        # The card is drawn last by whoever came last, so it shows both.
        assert waiting(one, "edit", "2 of 3 approve") == 1


async def test_votes_are_kept_where_nobody_reads_them(database_url: str, caplog: pytest.LogCaptureFixture) -> None:
    kickoff, stands = await under_vote(database_url)
    app = replica(database_url)
    form = ballot(kickoff, stands, "U1")
    secret = replace(form, fields={**form.fields, "reason": "the board wants it"})
    with caplog.at_level("DEBUG"):
        await ballot_form.submit(app, secret)
    assert "the board wants it" not in caplog.text
    outbox = app.database.run(lambda connection: connection.execute(select(t.outbox.c.effect)).scalars().all())
    assert "the board wants it" not in str(outbox)
    await app.database.close()

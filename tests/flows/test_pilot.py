"""The pilot, and what the whole takes from what it took (section 2.2.2; K26 to K32)."""

from datetime import UTC, datetime
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.activity import Stage
from flows.decisions import PilotPlanned
from flows.pilot import USUAL_SOLVED, Advice, choose_classes, propose
from flows.pilot_estimate import Growth, estimate_whole, hours_until, times_as_large
from flows.scoring.heard import Heard
from tests.flows.scoring.heard import heard

AT = datetime(2026, 11, 23, tzinfo=UTC)


def plan(classes: int | None = None, share: float | None = None, slices: int = 0) -> PilotPlanned:
    return PilotPlanned(
        by="U1", at=AT, classes=classes, taken=choose_classes(classes), first_share=share,
        slice="Berlin" if slices else "", slices=slices,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("classes", "taken"), [(None, 0), (1, 0), (4, 0), (5, 3), (9, 3), (30, 6), (100, 10), (1000, 10), (1_000_000, 10)]
)
def test_how_many_classes_it_takes(classes: int | None, taken: int) -> None:
    assert choose_classes(classes) == taken


def test_the_chapters_thousand_topics() -> None:
    pilot = propose(plan(1000), Heard())
    assert pilot.plan.taken == 10
    # Ten topics and "Other".
    assert pilot.labels == (550, 1_100, 3_300)
    assert pilot.hours[1] == pytest.approx(1_100 * 30 / 3600)
    assert pilot.other is not None
    assert pilot.other == pytest.approx((60.9, 99.0), abs=0.1)
    assert pilot.at_random is not None
    assert pilot.at_random > 5_000
    assert pilot.advice == (Advice.OTHER, Advice.UNDERSAMPLE, Advice.CLUSTER)
    assert (pilot.solved_at, pilot.is_usual) == (USUAL_SOLVED, True)


def test_what_is_known_is_taken() -> None:
    told = heard(label_seconds=60, labellers_per_example=2, accuracy_needed=95)
    pilot = propose(plan(30, share=80), told)
    assert pilot.other == (20, 20)
    assert pilot.advice == (Advice.OTHER, Advice.CLUSTER)
    assert pilot.hours[1] == pytest.approx(700 * 2 * 60 / 3600)
    assert (pilot.solved_at, pilot.allowed, pilot.is_usual) == (95, 5, False)


@pytest.mark.parametrize("kept", ["label_seconds", "accuracy_needed"])
def test_what_is_kept_is_not_told_by_it(kept: str) -> None:
    for seconds, right in ((60, 95), (6, 80)):
        told = heard(label_seconds=seconds, accuracy_needed=right, kept=kept)
        pilot = propose(plan(30), told)
        if kept == "label_seconds":
            assert pilot.hours == propose(plan(30), Heard()).hours
        else:
            assert (pilot.solved_at, pilot.is_usual) == (USUAL_SOLVED, True)


def test_without_classes_it_takes_a_slice_or_a_small_part() -> None:
    assert propose(plan(slices=12), Heard()).advice == (Advice.SLICE,)
    small = propose(plan(classes=3), Heard())
    assert (small.advice, small.other, small.at_random) == ((Advice.SMALL,), None, None)
    assert small.labels == (300, 1_000, 3_000)


HOURS: dict[Stage | None, float] = {
    Stage.LABEL: 20.0, Stage.TRAIN: 12.0, Stage.FEATURES: 8.0, Stage.COLLECT: 4.0, None: 1.0, Stage.MEET: 0.0,
}  # fmt: skip


def test_it_is_never_plainly_so_many_times() -> None:
    found = estimate_whole(plan(1001), HOURS)
    assert found is not None
    assert found.times == 91
    assert found.plainly == 91 * 45
    assert found.hours.p50 > 1.5 * found.plainly
    stages = {one.stage: one for one in found.stages}
    # From 11 classes to 1,001: 91 to 868 times the labels.
    assert stages[Stage.LABEL].whole.p10 == pytest.approx(20 * 91, rel=0.05)
    assert stages[Stage.LABEL].whole.p90 == pytest.approx(20 * 868, rel=0.05)
    assert stages[Stage.FEATURES].whole.p90 == pytest.approx(12, rel=0.01)
    assert stages[Stage.FEATURES].growth is Growth.FIXED
    assert stages[None].growth is Growth.LINEAR
    assert Stage.MEET not in stages
    assert found.stages[0].stage is Stage.LABEL


def test_more_slices_are_more_of_the_same() -> None:
    found = estimate_whole(plan(slices=12), HOURS)
    assert found is not None
    assert found.hours.p50 < found.plainly
    assert {one.growth for one in found.stages} == {Growth.FIXED, Growth.LINEAR}


def test_nothing_is_estimated_from_nothing() -> None:
    assert estimate_whole(plan(1000), {Stage.LABEL: 0.0}) is None
    assert estimate_whole(plan(), HOURS) is None
    assert times_as_large(plan(slices=1)) is None


@given(st.integers(5, 100_000), st.dictionaries(st.sampled_from(Stage), st.floats(0.5, 500), min_size=1))
@settings(max_examples=40, deadline=None)
def test_the_whole_never_takes_less_than_its_stages_must(classes: int, hours: dict[Stage | None, float]) -> None:
    found = estimate_whole(plan(classes), hours)
    more = estimate_whole(plan(classes * 2), hours)
    assert found is not None
    assert more is not None
    assert found.hours.p10 <= found.hours.p50 <= found.hours.p90
    assert more.hours.p50 >= found.hours.p50 * 0.999
    assert found == estimate_whole(plan(classes), hours)


def curve(count: int, noise: float = 0.0, slope: float = -0.5) -> list[tuple[float, float]]:
    generator = np.random.default_rng(7)
    hours = [4.0 * (place + 1) for place in range(count)]
    return [(one, float(60 * one**slope * np.exp(noise * generator.standard_normal()))) for one in hours]


def test_from_four_measurements_on_the_fall_of_the_error_is_fitted() -> None:
    assert hours_until(curve(3), 5.0) is None
    exact = hours_until(curve(4), 5.0)
    assert exact is not None
    # 60 · h^(−1/2) = 5 at 144 hours.
    assert exact.p50 == pytest.approx(144, rel=0.01)
    assert exact.p90 == pytest.approx(144, rel=0.05)


def test_each_measurement_narrows_it() -> None:
    widths = []
    for count in (4, 8, 16, 32):
        found = hours_until(curve(count, noise=0.05), 3.0)
        assert found is not None
        widths.append(found.p90 / found.p10)
    assert all(later < earlier for earlier, later in pairwise(widths))


def test_an_error_that_does_not_fall_tells_nothing() -> None:
    assert hours_until(curve(8, slope=0.1), 5.0) is None
    assert hours_until([(4.0, 20.0)] * 5, 5.0) is None
    assert hours_until(curve(8), 0.0) is None
    there = hours_until(curve(8), 30.0)
    assert there is not None
    assert there.p50 == pytest.approx(32.0)  # it is reached already

"""What finished projects like this one took, by kind of work, and how many stayed under what was given (K15)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.activity import Stage
from flows.closing import Outcome
from flows.scoring.calibration import ClosedProject, Held, count_held, p80_of
from flows.scoring.draws import Spread
from flows.scoring.reference_class import StageHours, make_class


def test_half_and_eight_of_ten_by_kind_of_work() -> None:
    found = make_class([{Stage.LABEL: 40.0, Stage.TRAIN: 10.0}, {Stage.LABEL: 90.0, None: 4.0}, {Stage.MEET: 0.0}, {}])
    assert found is not None
    assert found.whole.projects == 2
    assert found.whole.p50 == pytest.approx((50 * 94) ** 0.5)
    assert list(found.stages) == [Stage.LABEL, Stage.TRAIN, None]
    assert found.stages[Stage.LABEL].p50 == pytest.approx(60)
    assert found.stages[Stage.TRAIN].projects == 1
    assert make_class([]) is None
    assert make_class([{Stage.LABEL: 0.0}]) is None


def test_few_projects_are_less_sure_than_many() -> None:
    log: StageHours = {Stage.LABEL: 40.0}
    one, ten = [log], [log] * 10
    few, many = make_class(one), make_class(ten)
    assert few is not None
    assert many is not None
    assert few.whole.p50 == pytest.approx(many.whole.p50)
    assert few.whole.p80 > 1.5 * few.whole.p50
    assert few.whole.p80 > many.whole.p80 > many.whole.p50


def test_of_many_projects_eight_of_ten_stay_under_p80() -> None:
    generator = np.random.default_rng(3)
    hours = np.exp(4 + 0.6 * generator.standard_normal(400))
    held = 0
    for start in range(0, 390, 10):
        found = make_class([{Stage.LABEL: float(one)} for one in hours[start : start + 10]])
        assert found is not None
        held += int(hours[(start + 10) % 400] <= found.whole.p80)
    assert held / 39 == pytest.approx(0.8, abs=0.12)


@given(st.floats(0.1, 1e4), st.floats(1, 10))
def test_p80_lies_between_the_middle_and_p90(middle: float, times: float) -> None:
    predicted = Spread(middle / times, middle, middle * times)
    assert middle * 0.999 <= p80_of(predicted) <= predicted.p90 * 1.001


def test_how_many_held() -> None:
    predicted = Spread(18.0, 33.0, 62.0)
    assert p80_of(predicted) == pytest.approx(50, abs=0.2)
    ended = [ClosedProject(predicted, weeks) for weeks in (33.0, 49.0, 55.0, 90.0)]
    assert count_held(ended) == Held(2, 4)
    assert p80_of(Spread(0.0, 0.0, 2.0)) == 2.0
    assert count_held([]) == Held(0, 0)
    # That one which was stopped stayed under its P80 proves nothing; that one went over it does.
    stopped = [ClosedProject(predicted, weeks, Outcome.STOPPED) for weeks in (10.0, 40.0, 70.0)]
    assert count_held([*ended, *stopped]) == Held(2, 5)

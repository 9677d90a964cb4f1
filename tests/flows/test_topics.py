"""What a metric is about, told by its family or by the noun that its name ends in."""

import pytest

from flows.metric_names import LOWER_IS_BETTER, TIMED
from flows.metrics import find_metric, simplify
from flows.topics import find_topic


@pytest.mark.parametrize(
    ("metric", "topic"),
    [
        ("cloud bill", "cloud_cost"),
        ("stockouts", "risk"),
        ("picking error rate", "quality"),
        ("error rate on fraud cases", "quality"),
        ("number of open customer tickets", "productivity"),
        ("share of renewable energy in our plants", "sustainability"),
        ("GPU cluster costs", "cloud_cost"),
        ("cleaning costs", "other_cost"),
        ("setup time of line 3", "productivity"),
        ("hospital-acquired infections per ward", "risk"),
        ("customer trust index", "satisfaction"),
        ("blorps", None),
        ("number", None),
        ("", None),
    ],
)
def test_the_topic_of_a_metric(metric: str, topic: str | None) -> None:
    assert find_topic(metric) == topic


def test_a_family_tells_the_topic_whatever_the_metric_is_called() -> None:
    assert find_topic("our thing", "latency") == "latency"
    assert find_topic("our thing", "blorps") is None


@pytest.mark.parametrize("family", sorted(LOWER_IS_BETTER | TIMED))
def test_every_family_of_which_less_is_better_has_a_topic(family: str) -> None:
    assert find_topic("", family)


@pytest.mark.parametrize(
    ("words", "family"),
    [
        ("fraud losses", "fraud_loss"),
        ("the data breaches", "privacy_incidents"),
        ("vulnerabilities", "vulnerabilities"),
        ("average handling time", "handling_time"),
    ],
)
def test_plural_and_singular_are_one(words: str, family: str) -> None:
    assert find_metric(words) == family
    assert simplify("boxes and losses") == ("box", "and", "loss")

"""What moves what: levers, metrics and the signed links between them (chapter 2, section 2.3.2).

Each link is an assumption that a stakeholder may confirm or deny. A missing link means "unknown", never "no influence".
To teach the app a new link, add a line to `_EDGES`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import cached_property

LONGEST_PATH = 3
"""Links in the longest chain that is followed; behind that, guesses pile up on guesses."""

HOHNHOLD = "Hohnhold, O'Brien and Tang, KDD 2015"
CHAPTER = "Burkov, Machine Learning Engineering, ch. 2"


class Sign(IntEnum):
    """Whether the target rises or falls when the source rises."""

    RAISES = 1
    LOWERS = -1


@dataclass(frozen=True)
class Strength:
    """How strongly a target follows its source: percent of change in it for each percent of change in the source.

    An elasticity without its sign; `low` to `high` is the range in which it is believed to lie.
    """

    low: float
    likely: float
    high: float


_MODEST = Strength(0.1, 0.3, 0.6)
"""What is assumed of a link of which nothing else is known."""


@dataclass(frozen=True)
class Reach:
    """How far a lever can be moved in one project, in percent of where it stands today: down (≤ 0) and up (≥ 0)."""

    down: float
    up: float


class Horizon(StrEnum):
    """When an influence shows: within weeks, or only over many months."""

    SHORT = "short"
    LONG = "long"


@dataclass(frozen=True)
class Factor:
    """A metric that someone may want to move, or a lever that the project can pull.

    Attributes:
        id: Its name in the graph.
        name: What people call it: "cloud bill".
        more: How a rise is said: "a higher cloud bill".
        less: How a fall is said: "a lower cloud bill".
        reach: How far it can be moved, where it is a lever.
    """

    id: str
    name: str
    more: str
    less: str
    reach: Reach = Reach(-30.0, 30.0)

    def say(self, sign: int) -> str:
        """How a move in this direction is said."""
        return self.more if sign > 0 else self.less


@dataclass(frozen=True)
class Edge:
    """One link: when `source` rises, `target` rises or falls; `why` says the cause, `reference` where that is from."""

    source: str
    target: str
    sign: Sign
    why: str
    horizon: Horizon = Horizon.SHORT
    reference: str = ""
    strength: Strength = _MODEST


@dataclass(frozen=True)
class Effect:
    """What a rise of one factor does to another.

    Attributes:
        path: The links that it runs along.
        backfires: Whether, in the long run, an equally short chain works the other way.
    """

    path: tuple[Edge, ...]
    backfires: bool = False

    @property
    def sign(self) -> int:
        """1 when the target rises with the source, -1 when it falls."""
        sign = 1
        for edge in self.path:
            sign *= edge.sign
        return sign

    @property
    def horizon(self) -> Horizon:
        """Long as soon as one link is."""
        return Horizon.LONG if any(edge.horizon is Horizon.LONG for edge in self.path) else Horizon.SHORT


@dataclass(frozen=True)
class InfluenceGraph:
    """Levers and metrics with the links between them; a factor may be both, as the advertising load is."""

    levers: tuple[Factor, ...]
    metrics: tuple[Factor, ...]
    edges: tuple[Edge, ...]

    @cached_property
    def factors(self) -> dict[str, Factor]:
        """Levers and metrics by id."""
        return {factor.id: factor for factor in (*self.levers, *self.metrics)}

    @cached_property
    def metric_ids(self) -> frozenset[str]:
        """The metrics that the graph knows."""
        return frozenset(metric.id for metric in self.metrics)

    def say(self, factor: str, sign: int) -> str:
        """How a move of a factor is said: "more adverts"."""
        return self.factors[factor].say(sign)

    def effect(self, source: str, target: str) -> Effect | None:
        """What a rise of `source` does to `target`.

        The shortest chain decides, and among equally short ones what shows soon. None means unknown: there is no chain
        of at most `LONGEST_PATH` links, or two equally good ones disagree.
        """
        return self._effects.get((source, target))

    def direct_causes(self, target: str) -> tuple[str, ...]:
        """What moves `target` over one link, each once, in the order of the links."""
        return tuple(dict.fromkeys(edge.source for edge in self.edges if edge.target == target))

    @cached_property
    def _effects(self) -> dict[tuple[str, str], Effect]:
        chains: dict[tuple[str, str], list[Effect]] = {}
        for source in self.factors:
            for path in self.chains_from(source):
                chains.setdefault((source, path[-1].target), []).append(Effect(path))
        settled = ((pair, _settle(effects)) for pair, effects in chains.items())
        return {pair: effect for pair, effect in settled if effect is not None}

    def chains_from(self, source: str, walked: tuple[Edge, ...] = ()) -> Iterator[tuple[Edge, ...]]:
        """All chains of at most `LONGEST_PATH` links that begin at a factor and visit none twice."""
        seen = {edge.source for edge in walked} | {source}
        for edge in self._edges_by_source.get(source, ()):
            if edge.target not in seen:
                path = (*walked, edge)
                yield path
                if len(path) < LONGEST_PATH:
                    yield from self.chains_from(edge.target, path)

    @cached_property
    def _edges_by_source(self) -> dict[str, list[Edge]]:
        found: dict[str, list[Edge]] = {}
        for edge in self.edges:
            found.setdefault(edge.source, []).append(edge)
        return found


def _settle(effects: list[Effect]) -> Effect | None:
    best = min(effects, key=_weight)
    rivals = [effect for effect in effects if effect.sign != best.sign]
    if any(_weight(rival) == _weight(best) for rival in rivals):
        return None
    backfires = any(rival.horizon is Horizon.LONG and len(rival.path) <= len(best.path) for rival in rivals)
    return Effect(best.path, backfires)


def _weight(effect: Effect) -> tuple[int, bool]:
    return len(effect.path), effect.horizon is Horizon.LONG


_AD_LOAD = Factor("ad_load", "advertising load", "more adverts", "fewer adverts")

_LEVERS = (
    _AD_LOAD,
    Factor(
        "recommendation_relevance",
        "relevance of recommendations",
        "more relevant recommendations",
        "less relevant recommendations",
    ),
    Factor("notification_volume", "number of notifications", "more notifications", "fewer notifications"),
    Factor("model_size", "size of the model", "a larger model", "a smaller model"),
    Factor(
        "decision_threshold",
        "how sure the model must be before it flags a case",
        "flagging only when surer",
        "flagging when less sure",
    ),
    Factor("label_volume", "number of labelled examples", "more labelled examples", "fewer labelled examples"),
    Factor(
        "retraining_frequency",
        "how often the model is trained anew",
        "training the model more often",
        "training the model less often",
    ),
    Factor("personal_data_use", "use of personal data", "using more personal data", "using less personal data"),
    Factor(
        "fairness_constraint",
        "how strictly groups must be treated alike",
        "a stricter fairness rule",
        "a looser fairness rule",
    ),
    Factor("human_in_the_loop", "checks by people", "more checks by people", "fewer checks by people"),
    Factor(
        "automation_rate",
        "share of cases handled automatically",
        "handling more automatically",
        "handling more by hand",
    ),
    Factor("scope", "breadth of the project", "a broader project", "a narrower project"),
)

_METRICS = (
    Factor("time_on_platform", "time on platform", "more time on platform", "less time on platform"),
    Factor("ad_revenue", "advertising revenue", "more advertising revenue", "less advertising revenue"),
    Factor("cloud_bill", "cloud bill", "a higher cloud bill", "a lower cloud bill"),
    Factor("traffic", "traffic", "more traffic", "less traffic"),
    Factor("retention", "retention", "more users who stay", "fewer users who stay"),
    Factor("churn", "churn", "more customers who leave", "fewer customers who leave"),
    _AD_LOAD,
    Factor("revenue", "revenue", "more revenue", "less revenue"),
    Factor("conversion", "conversion", "more visitors who buy", "fewer visitors who buy"),
    Factor("accuracy", "accuracy", "fewer wrong answers", "more wrong answers"),
    Factor("precision", "precision", "fewer false alarms", "more false alarms"),
    Factor("recall", "recall", "fewer missed cases", "more missed cases"),
    Factor("latency", "response time", "slower answers", "faster answers"),
    Factor("training_cost", "cost of training", "a higher cost of training", "a lower cost of training"),
    Factor("serving_cost", "cost of running the model", "a higher running cost", "a lower running cost"),
    Factor("label_cost", "cost of labelling", "a higher cost of labelling", "a lower cost of labelling"),
    Factor("review_load", "review work", "more cases to review", "fewer cases to review"),
    Factor("support_cost", "support cost", "a higher support cost", "a lower support cost"),
    Factor("operating_cost", "operating cost", "a higher operating cost", "a lower operating cost"),
    Factor("error_cost", "cost of errors", "a higher cost of errors", "a lower cost of errors"),
    Factor("satisfaction", "satisfaction", "happier users", "unhappier users"),
    Factor("fairness_gap", "gap between groups", "a wider gap between groups", "a smaller gap between groups"),
    Factor("privacy", "privacy", "more privacy", "less privacy"),
    Factor("reliability", "reliability", "fewer outages", "more outages"),
    Factor("throughput", "throughput", "more cases handled", "fewer cases handled"),
    Factor("growth", "growth", "more users", "fewer users"),
    Factor("visits", "visits", "more visits", "fewer visits"),
    Factor("unsubscribes", "unsubscribes", "more unsubscribes", "fewer unsubscribes"),
    Factor("time_to_market", "time to market", "a later launch", "an earlier launch"),
    Factor("fraud_loss", "fraud loss", "more lost to fraud", "less lost to fraud"),
    Factor("energy", "energy use", "more energy used", "less energy used"),
)

_UP, _DOWN, _LONG = Sign.RAISES, Sign.LOWERS, Horizon.LONG

_EDGES = (
    Edge("ad_load", "ad_revenue", _UP, "Each further advert can be sold."),
    Edge("ad_load", "time_on_platform", _DOWN, "Adverts take the place of what people came for."),
    Edge("ad_load", "satisfaction", _DOWN, "Adverts annoy."),
    Edge("ad_load", "retention", _DOWN, "People who see too many adverts stop coming back.", _LONG, HOHNHOLD),
    Edge("ad_load", "ad_revenue", _DOWN, "People learn to look past adverts.", _LONG, HOHNHOLD),
    Edge("recommendation_relevance", "time_on_platform", _UP, "People stay longer with what interests them."),
    Edge("recommendation_relevance", "cloud_bill", _UP, "Better recommendations take more computing for each page."),
    Edge("recommendation_relevance", "conversion", _UP, "People buy what fits them."),
    Edge("recommendation_relevance", "satisfaction", _UP, "People find what they want sooner."),
    Edge("recommendation_relevance", "retention", _UP, "People come back to what was useful.", _LONG),
    Edge("notification_volume", "visits", _UP, "A reminder brings people back for the moment."),
    Edge("notification_volume", "unsubscribes", _UP, "Each further message is one more reason to opt out."),
    Edge("notification_volume", "retention", _DOWN, "People who feel pestered leave.", _LONG),
    Edge("model_size", "accuracy", _UP, "A larger model can learn finer differences."),
    Edge("model_size", "latency", _UP, "A larger model takes longer for each answer."),
    Edge("model_size", "training_cost", _UP, "A larger model takes more computing to train.", reference=CHAPTER),
    Edge("model_size", "serving_cost", _UP, "A larger model takes more computing to run.", reference=CHAPTER),
    Edge("model_size", "energy", _UP, "More computing takes more power."),
    Edge("decision_threshold", "precision", _UP, "Only clear cases are flagged, so fewer flags are wrong."),
    Edge("decision_threshold", "recall", _DOWN, "Unclear cases are no longer flagged, so more are missed."),
    Edge("decision_threshold", "review_load", _DOWN, "Fewer flags leave fewer cases to look at."),
    Edge("label_volume", "accuracy", _UP, "More examples teach more, each one less than the last.", reference=CHAPTER),
    Edge("label_volume", "precision", _UP, "With more examples the model confuses fewer cases."),
    Edge("label_volume", "recall", _UP, "With more examples the model recognises more cases."),
    Edge("label_volume", "label_cost", _UP, "Someone has to label them.", reference=CHAPTER),
    Edge("label_volume", "time_to_market", _UP, "Labelling takes time.", reference=CHAPTER),
    Edge("retraining_frequency", "accuracy", _UP, "A fresher model knows what has changed."),
    Edge("retraining_frequency", "training_cost", _UP, "Each training run costs computing."),
    Edge("retraining_frequency", "reliability", _DOWN, "Each new version can break something."),
    Edge("personal_data_use", "accuracy", _UP, "The model knows more about each case."),
    Edge("personal_data_use", "time_on_platform", _UP, "What is shown fits the person."),
    Edge("personal_data_use", "conversion", _UP, "What is offered fits the person."),
    Edge("personal_data_use", "privacy", _DOWN, "More of what people would keep to themselves is used."),
    Edge("fairness_constraint", "fairness_gap", _DOWN, "The model is held to treat groups alike."),
    Edge("fairness_constraint", "accuracy", _DOWN, "The model may not use every difference that it finds."),
    Edge("human_in_the_loop", "error_cost", _DOWN, "People catch mistakes before they do harm."),
    Edge("human_in_the_loop", "operating_cost", _UP, "Checks take working time."),
    Edge("human_in_the_loop", "latency", _UP, "An answer waits until someone has looked."),
    Edge("human_in_the_loop", "review_load", _UP, "Each check is a case to look at."),
    Edge("automation_rate", "operating_cost", _DOWN, "Less is done by hand."),
    Edge("automation_rate", "support_cost", _DOWN, "Fewer requests reach a person."),
    Edge("automation_rate", "review_load", _DOWN, "Fewer cases reach a person."),
    Edge("automation_rate", "throughput", _UP, "A machine does not queue for a person."),
    Edge("automation_rate", "error_cost", _UP, "More mistakes go out unseen."),
    Edge("automation_rate", "satisfaction", _DOWN, "Some people want a person, or the last word."),
    Edge("scope", "growth", _UP, "More people can use it."),
    Edge("scope", "label_cost", _UP, "More kinds of cases need examples.", reference=CHAPTER),
    Edge("scope", "time_to_market", _UP, "There is more to build.", reference=CHAPTER),
    Edge("time_on_platform", "traffic", _UP, "Longer stays mean more pages served."),
    Edge("visits", "traffic", _UP, "Each visit is served pages."),
    Edge("growth", "traffic", _UP, "More people are served pages."),
    Edge("traffic", "cloud_bill", _UP, "Each page served costs computing."),
    Edge("traffic", "serving_cost", _UP, "Each request to the model costs computing."),
    Edge("traffic", "energy", _UP, "More computing takes more power."),
    Edge("traffic", "ad_revenue", _UP, "More pages have more places for adverts."),
    Edge("training_cost", "cloud_bill", _UP, "Training runs in the cloud."),
    Edge("serving_cost", "cloud_bill", _UP, "The model runs in the cloud."),
    Edge("cloud_bill", "operating_cost", _UP, "The bill is part of it."),
    Edge("support_cost", "operating_cost", _UP, "Support is part of it."),
    Edge("review_load", "operating_cost", _UP, "Reviewing takes working time."),
    Edge("ad_revenue", "revenue", _UP, "It is part of it."),
    Edge("conversion", "revenue", _UP, "More visitors pay."),
    Edge("growth", "revenue", _UP, "More people pay."),
    Edge("growth", "support_cost", _UP, "More people ask for help."),
    Edge("retention", "churn", _DOWN, "They are two sides of one thing."),
    Edge("churn", "retention", _DOWN, "They are two sides of one thing."),
    Edge("retention", "visits", _UP, "Those who stay come back."),
    Edge("churn", "revenue", _DOWN, "Customers who leave stop paying."),
    Edge("unsubscribes", "retention", _DOWN, "Those who opted out can no longer be called back.", _LONG),
    Edge("satisfaction", "retention", _UP, "Happy users stay.", _LONG),
    Edge("satisfaction", "churn", _DOWN, "Happy customers stay.", _LONG),
    Edge("latency", "satisfaction", _DOWN, "Waiting annoys."),
    Edge("latency", "conversion", _DOWN, "Some people leave while they wait."),
    Edge("reliability", "satisfaction", _UP, "Outages annoy."),
    Edge("accuracy", "error_cost", _DOWN, "Fewer answers are wrong."),
    Edge("error_cost", "support_cost", _UP, "Wrong answers bring complaints."),
    Edge("recall", "fraud_loss", _DOWN, "More fraud is stopped."),
)

GRAPH = InfluenceGraph(_LEVERS, _METRICS, _EDGES)
"""What the app assumes until a stakeholder says otherwise."""

"""Which words of a clause name the metric, and which were left over."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flows.clauses import Kind, Piece
from flows.doubts import Doubt, DoubtKind
from flows.metric_names import BEYOND
from flows.metrics import KnownMetric, recognise, suggest_metric
from flows.phrases import Tag
from flows.topics import find_topic
from flows.word_lists import word_set

_ARTICLES = word_set("the a an our my your its their this these")
_LEFT_OFF = word_set("of in on for at")
_SCOPES = word_set("in on for across among")
_EMPTY = word_set("it things everything something anything stuff that this all")
_LONGEST_NAME = 200


@dataclass(frozen=True)
class Named:
    """The metric of a clause.

    Attributes:
        name: What it is called: its short name, or the person's own words.
        words: The person's own words.
        known: What the words mean, where they mean something that the app knows.
        doubts: What is doubtful about it, words without a part included.
        loose: Whether only the last word is known, and other metrics may end in it too.
    """

    name: str
    words: str
    known: KnownMetric | None
    doubts: tuple[Doubt, ...]
    loose: bool = False

    @property
    def family(self) -> str | None:
        """The metric's id; None where it is unknown: picking errors are not billing errors."""
        return self.known.family if self.known and not self.loose else None


def name_metric(clause: str, pieces: Sequence[Piece], free: Sequence[int]) -> Named | None:
    """Find the metric among the pieces at the places in `free`, which have no other part."""
    free = _strip(pieces, free)
    if not any(pieces[place].kind in {Kind.WORD, Kind.METRIC} for place in free):
        return None
    said = " ".join(pieces[place].text for place in free)
    known = pieces[free[0]].metric if len(free) == 1 else recognise(said)
    if known:
        words = _slice(clause, pieces, free) if _is_one_run(pieces, free) else said
        return _named(words, known, ())
    return _best_region(clause, pieces, free)


def _named(words: str, known: KnownMetric, left_over: tuple[Doubt, ...]) -> Named:
    if not known.sure:
        sentence = f"I was not sure that “{words}” belongs to {known.family.replace('_', ' ')}."
        return Named(words, words, known, (Doubt(DoubtKind.ASSUMED_METRIC, sentence), *left_over))
    return Named(known.name if known.name and not left_over else words, words, known, left_over)


def _best_region(clause: str, pieces: Sequence[Piece], free: Sequence[int]) -> Named | None:
    regions = _regions(pieces, free)
    best = max(regions, key=lambda region: _worth(pieces, region))
    words = _slice(clause, pieces, best)
    scope = _scope(clause, pieces, free, best)
    if words.lower() in _EMPTY:
        return None
    others = [_slice(clause, pieces, region) for region in regions if region is not best]
    left_over = [Doubt(DoubtKind.UNREAD_QUALIFIER, f"I did not use “{other[:80]}”.") for other in others]
    known = recognise(words) or _head(pieces, best)
    if known is None:
        unknown = Doubt(DoubtKind.UNKNOWN_METRIC, f"I do not know the metric “{words[:80]}”.{_hint(words)}")
        return _widened(Named(words, words, None, (unknown, *left_over)), scope)
    if recognise(words) is None:
        sentence = f"I was not sure that I understood all of “{words[:80]}”."
        left_over.insert(0, Doubt(DoubtKind.UNREAD_QUALIFIER, sentence))
        loose = replace(_named(words, known, tuple(left_over)), loose=known.family in BEYOND)
        return _widened(loose, scope)
    return _widened(_named(words, known, tuple(left_over)), scope)


def _scope(clause: str, pieces: Sequence[Piece], free: Sequence[int], best: Sequence[int]) -> str:
    """The "on the holdout set" that follows the metric's amount and belongs to its name; empty without one."""
    later = [region for region in _runs(pieces, free) if region[0] > best[-1]]
    if not later or pieces[later[0][0]].text.lower() not in _SCOPES or len(later[0]) == 1:
        return ""
    return _slice(clause, pieces, later[0])


def _widened(named: Named, scope: str) -> Named:
    name = f"{named.name} {scope}" if scope else named.name
    return replace(named, name=name[:_LONGEST_NAME].strip())


def _hint(words: str) -> str:
    if alike := suggest_metric(words):
        return f" Did you mean {alike}?"
    topic = find_topic(words)
    return f" Is it about {topic.replace('_', ' ')}?" if topic else ""


def _head(pieces: Sequence[Piece], region: Sequence[int]) -> KnownMetric | None:
    """The known metric in "recall on the fraud class" and in "new customer revenue".

    One that is not sure counts only before such an addition.
    """
    ties = [at for at, place in enumerate(region) if at and pieces[place].says(Tag.OF, Tag.TO, Tag.FROM)]
    name = region[: ties[0]] if ties else region
    metrics = [
        [metric for place in part if (metric := pieces[place].metric) and metric.sure] for part in (name, region)
    ]
    if metrics[0] or metrics[1] or len(region) == 1:
        return metrics[0][-1] if metrics[0] else metrics[1][0] if metrics[1] else None
    first, second = pieces[region[0]], pieces[region[1]]
    return first.metric if second.says(Tag.OF) and second.text.lower() not in {"and", "or", "&"} else None


def _worth(pieces: Sequence[Piece], region: Sequence[int]) -> tuple[int, int]:
    metrics = [metric for place in region if (metric := pieces[place].metric)]
    sure = 2 if any(metric.sure for metric in metrics) else 1 if metrics else 0
    return sure, sum(pieces[place].kind in {Kind.WORD, Kind.METRIC} for place in region)


def _regions(pieces: Sequence[Piece], free: Sequence[int]) -> list[list[int]]:
    """The runs, without a word that only ties them to what stands before."""
    regions = _runs(pieces, free)
    stripped = [_strip(pieces, region) for region in regions]
    return [list(region) for region in stripped if region] or regions


def _runs(pieces: Sequence[Piece], free: Sequence[int]) -> list[list[int]]:
    """Runs of free places with nothing but articles between them."""
    regions: list[list[int]] = []
    for place in free:
        if regions and _joins(pieces, regions[-1][-1], place):
            regions[-1].append(place)
        else:
            regions.append([place])
    return regions


def _joins(pieces: Sequence[Piece], place: int, later: int) -> bool:
    """Whether nothing but articles stands between two places, or the comma of a list of metrics."""
    between = pieces[place + 1 : later]
    listed = pieces[place].kind is pieces[later].kind is Kind.METRIC
    return all(_is_article(piece) or (listed and piece.text == ",") for piece in between)


def _is_one_run(pieces: Sequence[Piece], places: Sequence[int]) -> bool:
    return len(_regions(pieces, places)) == 1


def _is_article(piece: Piece) -> bool:
    return piece.says(Tag.FILLER) and piece.text.lower() in _ARTICLES


def _strip(pieces: Sequence[Piece], places: Sequence[int]) -> Sequence[int]:
    """Without the "of", "in", "on" or "for" that ties the metric to the word before it."""
    if places and pieces[places[0]].says(Tag.OF, Tag.AT) and pieces[places[0]].text.lower() in _LEFT_OFF:
        return places[1:]
    return places


def _slice(clause: str, pieces: Sequence[Piece], places: Sequence[int]) -> str:
    return clause[pieces[places[0]].start : pieces[places[-1]].end].strip()

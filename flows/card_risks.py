"""What has to be acknowledged before the work starts, in the project's own numbers (2.2, 2.5; K22-25, K35, K54-60)."""

from collections.abc import Iterator

from flows.cautions import find_cautions
from flows.failure_reasons import STORIES
from flows.premortem import Premortem, Risk, weigh_risks
from flows.risk_signs import find_signs
from flows.shown import Line, Shown, join_sentences, on_answers


def list_risks(shown: Shown, premortem: Premortem | None = None) -> tuple[Line, ...]:
    """The risks of every project with a model, those that follow from the answers, and those that people fear."""
    return (
        _nonlinear(shown),
        _uncertain(shown),
        _data(shown),
        _dates(shown),
        _no_gain(shown),
        *_cautions(shown),
        *_feared(shown, premortem),
    )


def _nonlinear(shown: Shown) -> Line:
    tries, hours = shown.says("experiments"), shown.says("experiment_hours")
    planned = f"{tries} are planned" if tries else ""
    length = f"{'each takes' if planned else 'one experiment takes'} {hours}" if hours else ""
    text = join_sentences(
        (
            "Progress is not even: mistakes fall fast at first and then slowly, and for weeks nothing may move",
            "As a rule of thumb, four fifths of the progress come from the first fifth of the effort",
            ", and ".join(part for part in (planned, length) if part),
        )
    )
    depends_on = on_answers("experiments", "experiment_hours")
    return Line(key="risk.nonlinear", title="Uneven progress", text=text, depends_on=depends_on)


_PROOFS = {
    "measured": "a trial on our own data speaks for it",
    "own_project": "a like project of our own speaks for it",
    "paper": "a published result speaks for it, on other data",
    "expert": "only the word of an expert speaks for it",
    "nothing": "nothing speaks for it yet",
}


def _uncertain(shown: Shown) -> Line:
    needed = shown.says("accuracy_needed")
    level = f"{needed} of cases right" if needed else "the quality that is needed"
    proof = _PROOFS.get(str(shown.value("quality_seen")), "")
    text = join_sentences((f"Nobody can promise that {level} can be reached", proof))
    depends_on = on_answers("accuracy_needed", "quality_seen")
    return Line(key="risk.uncertain", title="Nothing is certain", text=text, depends_on=depends_on)


def _data(shown: Shown) -> Line:
    have, needed, basis = (shown.says(name) for name in ("examples_have", "examples_needed", "examples_basis"))
    text = join_sentences(
        (
            "How much data it takes shows only while it is built",
            f"At hand: {have}" if have else "",
            f"Expected to be needed: {needed}{f' ({basis[:1].lower()}{basis[1:]})' if basis else ''}" if needed else "",
        )
    )
    depends_on = on_answers("examples_have", "examples_needed", "examples_basis")
    return Line(key="risk.data", title="Need for data", text=text, depends_on=depends_on)


def _dates(shown: Shown) -> Line:
    months, sure = shown.says("expected_months"), shown.says("sureness")
    months = f"A first result in use is expected in {months}" if months else ""
    slow = "A month with nothing to show would look like failure here" if shown.value("slow_month") == "yes" else ""
    text = join_sentences(
        (
            "A date is a hope with a range, since nobody knows how many tries it takes",
            months,
            sure and f"how sure: {sure}",
            slow,
        )
    )
    depends_on = on_answers("expected_months", "sureness", "slow_month")
    return Line(key="risk.dates", title="Dates", text=text, depends_on=depends_on)


def _no_gain(shown: Shown) -> Line:
    figure = shown.says("business_metric")
    moved = f"this figure: {figure}" if figure else "the figure that the business watches"
    text = join_sentences((f"A model that works may still not move {moved}", "Then the work starts over, or stops"))
    depends_on = on_answers("business_metric")
    return Line(key="risk.no_gain", title="No gain", text=text, depends_on=depends_on)


_WARNED_BY = (
    "form", "instance", "stray_cases", "largest_group", "accuracy_needed", "accuracy_target", "human_accuracy",
    "error_consequence",
)  # fmt: skip


def _cautions(shown: Shown) -> Iterator[Line]:
    """K6, K22 to K25, K40 and K44, where the answers give rise to them."""
    warnings = find_cautions(shown.answers)
    if warnings:
        depends_on = on_answers(*_WARNED_BY)
        yield Line(key="risk.warnings", title="Warnings", text=" ".join(warnings), depends_on=depends_on)


def high_risks(shown: Shown, premortem: Premortem | None) -> tuple[Risk, ...]:
    """What is likeliest to make it fail, as people see it who looked back from failure; nothing before they did."""
    if premortem is None or premortem.is_open:
        return ()
    return tuple(risk for risk in weigh_risks(premortem, find_signs(shown)) if risk.is_high)


def _feared(shown: Shown, premortem: Premortem | None) -> Iterator[Line]:
    """K54 to K60."""
    feared = high_risks(shown, premortem)
    if feared:
        text = join_sentences(("A year from now it failed, most likely so", *(STORIES[one.reason] for one in feared)))
        yield Line(key="risk.feared", title="Looking back from failure", text=text)

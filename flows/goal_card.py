"""The goal card: what the model does, takes in and gives back, and when it is a success (sections 2.3 and 2.5.7).

It is drawn up from the answers that may be shown and from the balance among the goals, once that is settled (K38 to
K44, K47, K60). What nobody has said yet is a hole in its line, with those it waits for.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from flows.balance import Option, Share
from flows.card_risks import list_risks
from flows.card_success import list_success
from flows.cost_function import CostFunction, ErrorCosts, Guardrail, write_cost_function
from flows.kickoffs import Kickoff
from flows.model_forms import NO_FORM, TRAITS, Form, find_form
from flows.objectives import Objective, describe_day, format_number
from flows.own_numbers import say_gain
from flows.premortem import Premortem
from flows.shown import OPTION, Hole, Line, Shown, join_sentences, keyed, on_answers, on_goal, sentence
from flows.wishes import say_metric, say_wish, wanted_sign


@dataclass(frozen=True)
class GoalCard:
    """What a project is to achieve, and how that is measured.

    Attributes:
        task: What the model does, its input and its output, with what it gives back when nothing fits.
        measures: The cost function, the performance metric, the leading metric and the guardrails.
        success: The four properties of a successful model, each with a measure and whoever answers for it.
        acceptance: When the result is accepted, and when the work is stopped.
        limits: What is out of scope, and what the project has to keep to.
        risks: What has to be acknowledged before the work starts.
    """

    task: tuple[Line, ...]
    measures: tuple[Line, ...]
    success: tuple[Line, ...]
    acceptance: tuple[Line, ...]
    limits: tuple[Line, ...]
    risks: tuple[Line, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines, from top to bottom."""
        return (*self.task, *self.measures, *self.success, *self.acceptance, *self.limits, *self.risks)

    @staticmethod
    def digest(line: Line) -> str:
        """Names what the line says: two lines with the same digest say the same, whoever a gap waits for."""
        gaps = [(hole.missing, hole.question) for hole in line.holes]
        return sha256(ascii((line.key, line.text, gaps)).encode()).hexdigest()[:16]

    def digests(self) -> dict[str, str]:
        """What each line says, by its key."""
        return {line.key: self.digest(line) for line in self.lines}


def draw_up(kickoff: Kickoff, option: Option | None, premortem: Premortem | None = None) -> GoalCard:
    """Draw up the goal card.

    Args:
        kickoff: The project with its answers.
        option: The balance that was settled; None as long as none is.
        premortem: The newest look back from failure; None where there was none.
    """
    shown = Shown(kickoff)
    return GoalCard(
        task=(_does(shown), *_task(shown)),
        measures=(
            _cost(shown, option),
            *_threshold(shown),
            _performance(shown),
            _leading(shown, option),
            *_guardrails(shown, option),
        ),
        success=list_success(shown),
        acceptance=_acceptance(shown),
        limits=(_scope(shown, option), _constraints(shown)),
        risks=list_risks(shown, premortem),
    )


_NO_FORM = "Does not apply, since none of the twelve forms fits."


def _is_no_task(shown: Shown) -> bool:
    return shown.value("form") == NO_FORM


def _form(shown: Shown) -> Form | None:
    return find_form(shown.value("form"))


def _void(key: str, title: str) -> Line:
    return Line(key=key, title=title, text=_NO_FORM, depends_on=on_answers("form"))


def _does(shown: Shown) -> Line:
    """K39 and K40."""
    title = "What the model does"
    form = _form(shown)
    if form is not None:
        text = f"It {TRAITS[form].does} ({form.value.replace('_', ' ')})."
        return Line(key="does", title=title, text=text, depends_on=on_answers("form"))
    if not _is_no_task(shown):
        return Line(key="does", title=title, holes=(shown.hole("form"),), depends_on=on_answers("form"))
    verdict = "None of the twelve forms fits, so machine learning is likely not the best solution"
    instead = shown.says("form_instead")
    text = join_sentences((verdict, f"Instead: {instead}" if instead else ""))
    depends_on = on_answers("form", "form_instead")
    return Line(key="does", title=title, text=text, holes=shown.holes("form_instead"), depends_on=depends_on)


def _task(shown: Shown) -> Iterator[Line]:
    """K38, K44 and K52."""
    if _is_no_task(shown):
        titles = {"input": "Input", "output": "Output", "instance": "One or any", "reject": "When nothing fits"}
        yield from (_void(key, title) for key, title in titles.items())
        return
    looks = shown.says("look_for")
    features = shown.says("features_count")
    text = join_sentences((f"What an expert looks at: {looks}" if looks else "", features and f"About {features}"))
    depends_on = on_answers("look_for", "features_count")
    yield Line(key="input", title="Input", text=text, holes=shown.holes("look_for"), depends_on=depends_on)
    form, predicts = _form(shown), shown.says("predict")
    text = join_sentences((predicts, TRAITS[form].output if form else ""))
    depends_on = on_answers("predict", "form")
    yield Line(key="output", title="Output", text=text, holes=shown.holes("predict"), depends_on=depends_on)
    yield shown.line("instance", "One or any", "instance", text=_say_kind(shown))
    reject = TRAITS[form].reject if form else "“Other”"
    strays = shown.says("stray_cases")
    text = join_sentences((reject, f"What may turn up: {strays}" if strays else ""))
    depends_on = on_answers("form", "stray_cases")
    yield Line(
        key="reject", title="When nothing fits", text=text, holes=shown.holes("stray_cases"), depends_on=depends_on
    )


def _say_kind(shown: Shown) -> str:
    match shown.value("instance"):
        case "instance":
            return "One particular thing. A model that knows only its kind solves the wrong problem."
        case "category":
            return "Any of a kind. It need not tell one from another."
        case _:
            return sentence(shown.says("instance"))


def _costs(shown: Shown) -> ErrorCosts:
    return ErrorCosts(
        miss=shown.number("miss_cost"),
        false_alarm=shown.number("false_alarm_cost"),
        miss_currency=shown.currency("miss_cost"),
        false_alarm_currency=shown.currency("false_alarm_cost"),
    )


def _cost(shown: Shown, option: Option | None) -> Line:
    title = "Cost function"
    form = _form(shown)
    if _is_no_task(shown):
        return _void("cost", title)
    if form is None:
        return Line(key="cost", title=title, holes=(shown.hole("form"),), depends_on=on_answers("form"))
    shares = _open_guardrails(shown, option) if option else ()
    guardrails = [_rail(share, option) for share in shares] if option else []
    cost = write_cost_function(form, _costs(shown), shown.number("largest_group"), guardrails)
    text = f"{cost.formula}. {cost.words}"
    asked = on_answers("form", "miss_cost", "false_alarm_cost", "largest_group")
    depends_on = (*asked, OPTION, *(on_goal(share.stake) for share in shares))
    holes = tuple(_cost_hole(shown, name) for name in cost.missing)
    return Line(key="cost", title=title, text=text, holes=holes, depends_on=depends_on)


def _cost_hole(shown: Shown, name: str) -> Hole:
    """A question that was answered is asked again only since the two costs cannot be compared."""
    again = name in shown.answers
    return shown.hole(name, f"{shown.question(name).label}, comparable with the missed case" if again else "")


def _threshold(shown: Shown) -> Iterator[Line]:
    """From which score on the model acts, where what mistakes cost decides that."""
    cost = _unguarded_cost(shown)
    if cost is not None and cost.derivation:
        depends_on = on_answers("form", "miss_cost", "false_alarm_cost")
        yield Line(key="threshold", title="Threshold", text=cost.derivation, depends_on=depends_on)


def _unguarded_cost(shown: Shown) -> CostFunction | None:
    """The cost function without guardrails; None as long as no form is known."""
    form = _form(shown)
    return write_cost_function(form, _costs(shown), shown.number("largest_group")) if form else None


def _performance(shown: Shown) -> Line:
    """K12, K14, K24 and K38: the metric of the model, with its floor and its target in cases out of 100."""
    title = "Performance metric"
    if _is_no_task(shown):
        return _void("performance", title)
    cost = _unguarded_cost(shown)
    metrics = f"{cost.metrics[0]}; or {', or '.join(cost.metrics[1:])}" if cost else ""
    needed, hoped = shown.number("accuracy_needed"), shown.number("accuracy_target")
    levels = {
        "needed to be of any use": needed,
        "hoped for": hoped,
        "today": shown.number("accuracy_today"),
        "a skilled person": shown.number("human_accuracy"),
    }
    told = [f"{name} {format_number(level)}" for name, level in levels.items() if level is not None]
    right = f"Cases right out of 100: {', '.join(told)}" if told else ""
    under = needed is not None and hoped is not None and hoped < needed
    refused = "The level hoped for lies under the one that is needed, so one of them has to be said again"
    same = "The floor of the metric has to mean the same as the level that is needed"
    judged = cost.imbalance if cost else ""
    text = join_sentences(
        (metrics, judged, right, refused if under else "", same if cost and needed is not None else "")
    )
    names = ("accuracy_needed", "accuracy_target", "accuracy_today", "human_accuracy")
    holes = (*shown.holes("accuracy_needed"), *((shown.hole("form"),) if cost is None else ()))
    depends_on = on_answers("form", "largest_group", *names)
    return Line(key="performance", title=title, text=text, holes=holes, depends_on=depends_on)


_UNSETTLED = "the balance among the goals is not settled yet"


def _unsettled(shown: Shown, missing: str = _UNSETTLED) -> Hole:
    return Hole(missing=missing, waits_for=(shown.kickoff.owner,))


def _leading(shown: Shown, option: Option | None) -> Line:
    """K47: one metric leads."""
    key, title = "leading", "Leading metric"
    if option is None:
        return Line(key=key, title=title, holes=(_unsettled(shown),), depends_on=(OPTION,))
    if option.leading not in shown.stakes:
        missing = "a leading goal that is not kept in confidence and still counts"
        return Line(key=key, title=title, holes=(_unsettled(shown, missing),), depends_on=(OPTION,))
    share = next((one for one in option.shares if one.stake == option.leading), None)
    text = join_sentences((_say_goal(option.leading.objective), *(_say_share(share) if share else ())))
    return Line(key=key, title=title, text=text, depends_on=(on_goal(option.leading), OPTION))


def _say_goal(goal: Objective) -> str:
    """What is wished for, and by when."""
    return f"{say_wish(goal)}, by {describe_day(goal.deadline)}" if goal.deadline else say_wish(goal)


def _say_share(share: Share) -> Iterator[str]:
    """What a goal gets, and its floor against today."""
    goal = share.stake.objective
    if share.gets is not None:
        wanted = f" (wanted: {say_gain(goal, share.wanted)})" if share.wanted is not None else ""
        yield f"expected: {say_gain(goal, share.gets)}{wanted}"
    floor, sign = share.floor, wanted_sign(goal)
    if sign == 0:
        yield f"floor: within {format_number(abs(floor))} % of today"
    elif not floor:
        yield "floor: no worse than today"
    else:
        yield f"floor: {'at least' if sign > 0 else 'at most'} {say_gain(goal, floor)}"


def _open_guardrails(shown: Shown, option: Option) -> tuple[Share, ...]:
    """The guardrails that may be shown."""
    return tuple(share for share in option.guardrails if share.stake in shown.stakes)


def _guardrails(shown: Shown, option: Option | None) -> Iterator[Line]:
    key, title = "guardrails", "Guardrails"
    if option is None:
        yield Line(key=key, title=title, holes=(_unsettled(shown),), depends_on=(OPTION,))
        return
    shares = _open_guardrails(shown, option)
    hidden = len(option.guardrails) - len(shares)
    counted = _count_guardrails(len(shares)) if shares else "None" if not hidden else ""
    kept = f"{hidden} more {'is' if hidden == 1 else 'are'} kept in confidence or no longer counted" if hidden else ""
    yield Line(key=key, title=title, text=join_sentences((counted, kept)), depends_on=(OPTION,))
    for line, share in zip(keyed("guardrail", ((one.stake,) for one in shares)), shares, strict=True):
        stake = share.stake
        text = join_sentences((_say_goal(stake.objective), *_say_share(share), f"owner: <@{stake.owner}>"))
        name = f"Guardrail {say_metric(stake.objective)}"
        yield Line(key=line, title=name, text=text, depends_on=(on_goal(stake), OPTION))


def _count_guardrails(number: int) -> str:
    goals, keep = ("1 goal", "it keeps its floor") if number == 1 else (f"{number} goals", "they keep their floors")
    return f"{goals} besides the leading one; {keep} whatever that one gains"


def _rail(share: Share, option: Option) -> Guardrail:
    goal = share.stake.objective
    multiplier = next((weight for stake, weight in option.multipliers if stake == share.stake), None)
    return Guardrail(say_metric(goal), wanted_sign(goal), share.floor, multiplier)


def _acceptance(shown: Shown) -> tuple[Line, ...]:
    """K42, K43 and K60."""
    seen = shown.says("accept_when")
    rigour = "It must also behave as it was tested, and it must be possible to rebuild it" if seen else ""
    return (
        shown.line("accept", "Accepted when", "accept_when", text=join_sentences((seen, rigour))),
        shown.line("stop", "Stopped when", "stop_when"),
        shown.line("feedback", "Word from the business", "feedback_cadence"),
    )


def _scope(shown: Shown, option: Option | None) -> Line:
    smallest = shown.says("smallest_version")
    parts = [f"The first version is: {smallest}", "All beyond that is out of scope"] if smallest else []
    later = [stake for stake in option.later if stake in shown.stakes] if option else []
    parts += [f"Waits until the pilot is done: {_say_goal(stake.objective)}" for stake in later]
    holes = shown.holes("smallest_version")
    depends_on = (*on_answers("smallest_version"), OPTION, *map(on_goal, later))
    return Line(key="scope", title="Out of scope", text=join_sentences(parts), holes=holes, depends_on=depends_on)


def _constraints(shown: Shown) -> Line:
    told = {
        "budget": "The whole project may cost {}",
        "serve_budget": "Running it may cost {} a month",
        "rollback_hours": "It can be switched off within {}",
        "people_data": "Data about people: {}",
    }
    parts = [sentence(words.format(shown.says(name))) for name, words in told.items() if name in shown.answers]
    if shown.value("explanation") == "yes":
        parts.append("It must be able to say why it decided as it did.")
    holes = shown.holes("budget", "people_data")
    depends_on = on_answers(*told, "explanation")
    return Line(key="constraints", title="Constraints", text=" ".join(parts), holes=holes, depends_on=depends_on)

"""What the interviews already show of the seven reasons for failure, in words that may be shown (2.5; K54 to K60)."""

from collections.abc import Callable, Iterator, Mapping

from flows.facts import LabelSource
from flows.failure_reasons import Reason
from flows.objectives import format_number
from flows.premortem import Sign
from flows.scoring.haste import months_of
from flows.scoring.heard import hear
from flows.scoring.project_score import score_project
from flows.shown import Shown, sentence

_MANY_TEAMS = 5
_SEVERAL_TEAMS = 4
_FAR_REACHING = frozenset({"4", "5"})
_CERTAIN = frozenset({"4", "5"})
_LONG = 12
"""Months: the chapter speaks of projects that take so long that people lose interest or leave."""
_WEEKS_A_MONTH = 52 / 12
_NOBODY = frozenset({"none", "no", "nobody", "no one", "nothing", "n/a", "-", "–", "none of them", "there are none"})


def find_signs(shown: Shown) -> Mapping[Reason, tuple[Sign, ...]]:
    """What speaks for each reason; answers that their authors keep to themselves are left out."""
    return {reason: tuple(find(shown)) for reason, find in _SIGNS.items()}


def _talent(shown: Shown) -> Iterator[Sign]:
    """K54: a full life cycle, or practice data only?"""
    match shown.value("experience"):
        case "practice":
            yield Sign("The team knows models from courses or practice data only.", is_grave=True)
        case "trial":
            yield Sign("The team has taken models as far as a trial, and not into use.")
    jobs = shown.value("jobs_filled")
    if isinstance(jobs, tuple) and not {"data_scientist", "ml_engineer"} & {*jobs}:
        yield Sign("Nobody on the project does the job of a data scientist or an ML engineer yet.", is_grave=True)


def _leadership(shown: Shown) -> Iterator[Sign]:
    """K55: what is expected, how soon and how surely."""
    expected = shown.number("expected_months")
    if expected is not None:
        weeks = score_project(hear(shown.kickoff)).person_weeks
        soonest, likely = months_of(weeks.p10), months_of(weeks.p50)
        if expected < likely:
            yield Sign(
                f"A first result is expected in {shown.says('expected_months')}, sooner than three people likely take.",
                is_grave=expected < soonest,
            )
            if shown.value("sureness") in _CERTAIN:
                yield Sign("Those in charge feel sure of that date.")
    if shown.value("slow_month") == "yes":
        yield Sign("A month of experiments with nothing to show would look like failure.", is_grave=True)


_LIVE_DATA = {
    "slow": "In daily use the data would come too late.",
    "poorer": "In daily use the data would not be as good.",
    "neither": "In daily use the data would come too late, and not be as good.",
}
_DATA_ACCESS = {
    "scripts": Sign("The data comes from several places, with people's own scripts."),
    "no_way": Sign("There is no way to the data yet.", is_grave=True),
}


def _infrastructure(shown: Shown) -> Iterator[Sign]:
    """K56: the same data in use, and in time?"""
    live, access = shown.value("live_data"), shown.value("data_access")
    if live in _LIVE_DATA:
        yield Sign(_LIVE_DATA[str(live)], is_grave=True)
    if access in _DATA_ACCESS:
        yield _DATA_ACCESS[str(access)]
    if _is_open(shown, "deployer"):
        yield Sign("Nobody is named who puts the model into use.")


def _labels(shown: Shown) -> Iterator[Sign]:
    """K57: who labels, who checks, how labellers learn, how late outsiders are."""
    if shown.value("label_source") == LabelSource.AUTOMATIC:
        return
    duties = shown.value("label_duties")
    if duties == ("none",):
        yield Sign("Nobody looks after any of the labelling jobs yet.", is_grave=True)
    elif isinstance(duties, tuple) and "validate" not in duties and _is_open(shown, "label_checker"):
        yield Sign("Nobody checks the labels.", is_grave=True)
    if shown.value("label_training") == "nothing":
        yield Sign("Nothing is planned to teach people how to label.")
    weeks, months = shown.number("outsource_weeks"), shown.number("expected_months")
    if weeks is not None and months is not None and weeks > months * _WEEKS_A_MONTH / 2:
        yield Sign(
            f"The first labels from outside would take {shown.says('outsource_weeks')}, more than half the time."
        )


_HURDLES = {
    "consent": Sign("The owner of the data has not agreed.", is_grave=True),
    "budget": Sign("Nobody's budget pays for the work on the data.", is_grave=True),
    "security": Sign("Security rules stand between the project and the data."),
    "format": Sign("The data comes in formats that don't fit together."),
}


def _silos(shown: Shown) -> Iterator[Sign]:
    """K58: owners, access, formats, budgets, and pairs of teams."""
    hurdles = shown.value("data_hurdles")
    if isinstance(hurdles, tuple):
        yield from (sign for name, sign in _HURDLES.items() if name in hurdles)
    pair = shown.says("team_pairs")
    if pair and pair.casefold() not in _NOBODY:
        yield Sign(sentence(f"They have to work together and seldom do: {pair}"))
    if _is_open(shown, "data_owner"):
        yield Sign("Nobody knows who decides about the data.")


def _infeasible(shown: Shown) -> Iterator[Sign]:
    """K59: teams, months, and how far it reaches; and what a model can do at all."""
    if shown.value("form") == "none":
        yield Sign("None of the twelve things that a model can do fits.", is_grave=True)
    teams = shown.number("teams")
    if teams is not None and teams >= _SEVERAL_TEAMS:
        yield Sign(f"{shown.says('teams')} have to work together on it.", is_grave=teams >= _MANY_TEAMS)
    if shown.value("ambition") in _FAR_REACHING:
        reach = shown.says("ambition").rpartition(": ")[2].lower()
        yield Sign(f"This first project should change much: {reach}.", is_grave=shown.value("ambition") == "5")
    months = shown.number("expected_months")
    if months is not None and months >= _LONG:
        yield Sign(f"It takes {shown.says('expected_months')} until a first result is in use.")
    wanted, human = shown.number("accuracy_needed"), shown.number("human_accuracy")
    if wanted is not None and human is not None and wanted >= human:
        yield Sign(
            f"{format_number(wanted)} of 100 have to be right, and a skilled person gets {format_number(human)} right."
        )


_UNSAID = {
    "business_metric": "Nobody said which figure of the business should move.",
    "accept_when": "Nobody said what has to be seen to accept the result.",
    "stop_when": "Nobody said at what point to stop.",
}


def _alignment(shown: Shown) -> Iterator[Sign]:
    """K60: a figure of the business, word from it, and when to accept or to stop."""
    if shown.value("feedback_cadence") == "at_end":
        yield Sign("The business side looks at results only at the end.", is_grave=True)
    yield from (Sign(text) for name, text in _UNSAID.items() if _is_open(shown, name))


def _is_open(shown: Shown, name: str) -> bool:
    """Whether this is asked in the kickoff and nobody has answered it, in confidence neither."""
    return name in shown.kickoff.question_set.by_id and name not in shown.answered


_SIGNS: Mapping[Reason, Callable[[Shown], Iterator[Sign]]] = {
    Reason.TALENT: _talent,
    Reason.LEADERSHIP: _leadership,
    Reason.INFRASTRUCTURE: _infrastructure,
    Reason.LABELS: _labels,
    Reason.SILOS: _silos,
    Reason.INFEASIBLE: _infeasible,
    Reason.ALIGNMENT: _alignment,
}

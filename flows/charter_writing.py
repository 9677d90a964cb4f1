"""How a charter is filled from a kickoff, its settled balance and its signatures (section 2.6; K61)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from flows.balance import Option, OptionKind
from flows.charter import Charter, Part, Section, Signature, list_open_points, measure_completeness
from flows.conflict import and_list
from flows.conflicts import Conflict, find_conflicts
from flows.dated_checks import DatedCheck, write_checks
from flows.decisions import UnknownChanged
from flows.goal_card import GoalCard, draw_up
from flows.influence import GRAPH
from flows.kickoffs import Kickoff
from flows.objectives import describe, describe_day, format_number
from flows.premortem import Premortem
from flows.register_rows import STATUS_SAYS, RegisterRow, read_register
from flows.roles import ROLE_NAMES, Role
from flows.shown import (
    OPTION,
    Hole,
    Line,
    Shown,
    join_sentences,
    keyed,
    name_people,
    on_answers,
    on_goal,
    on_roles,
    sentence,
)
from flows.unknowns import ANSWERED_BY
from flows.wishes import say_count, say_metric

_MOST_COLLISIONS = 3


def write_charter(
    kickoff: Kickoff,
    option: Option | None,
    signatures: Sequence[Signature] = (),
    conflicts: Sequence[Conflict] | None = None,
    premortem: Premortem | None = None,
    checks: Mapping[str, DatedCheck] = MappingProxyType({}),
    unknowns: Mapping[str, UnknownChanged] = MappingProxyType({}),
) -> Charter:
    """Write the charter.

    Args:
        kickoff: The project with its answers.
        option: The balance that was settled; None as long as none is.
        signatures: Who has signed, and who is asked to.
        conflicts: Where the goals collide, as their people see it; by default with what the app assumes.
        premortem: The newest look back from failure; None where there was none.
        checks: What is looked at on a date, by its key.
        unknowns: What people did about rows of the register of unknowns, by the row's key.
    """
    shown = Shown(kickoff)
    found = find_conflicts(shown.stakes) if conflicts is None else conflicts
    parts = _fill(shown, option, draw_up(kickoff, option, premortem), found)
    parts[Part.RISKS] = (*parts[Part.RISKS], *write_checks(checks))
    parts[Part.UNKNOWNS] = _unknowns(shown, unknowns)
    sections = tuple(Section(part=part, lines=tuple(parts[part])) for part in Part)
    lines = [line for section in sections for line in section.lines]
    return Charter(
        title=" ".join(kickoff.name.split()) or "…",
        sections=sections,
        signatures=tuple(signatures),
        completeness=measure_completeness(lines),
        open_points=list_open_points(lines),
    )


def _fill(
    shown: Shown, option: Option | None, card: GoalCard, conflicts: Sequence[Conflict]
) -> dict[Part, Iterable[Line]]:
    return {
        Part.PROBLEM: (_problem(shown),),
        Part.GOALS: _goals(shown),
        Part.BALANCE: (*_collisions(conflicts, is_settled=option is not None), _balance(shown, option)),
        Part.TASK: card.task,
        Part.MEASURES: card.measures,
        Part.SUCCESS: card.success,
        Part.ACCEPTANCE: card.acceptance,
        Part.LIMITS: card.limits,
        Part.TIMELINE: _timeline(shown),
        Part.TEAM: _team(shown),
        Part.DATA: _data(shown),
        Part.RISKS: card.risks,
    }


def _waits_for_owner(shown: Shown, missing: str) -> Hole:
    return Hole(missing=missing, waits_for=(shown.kickoff.owner,))


def _problem(shown: Shown) -> Line:
    text = sentence(" ".join(shown.kickoff.problem.split()))
    holes = () if text else (_waits_for_owner(shown, "what problem it should solve"),)
    return Line(key="problem", title="To be solved", text=text, holes=holes)


def _goals(shown: Shown) -> Iterator[Line]:
    stakes, kept = shown.stakes, shown.goals_kept_back
    people = len({stake.owner for stake in stakes})
    counted = f"{say_count(len(stakes), 'goal')} of {say_count(people, 'person', 'people')}" if stakes else ""
    hidden = f"{kept} more {'is' if kept == 1 else 'are'} kept in confidence" if kept else ""
    asked = shown.kickoff.question_set.goal.id
    holes = () if stakes else (shown.hole(asked, "a goal that may be shown" if kept else ""),)
    yield Line(key="goals", title="Said so far", text=join_sentences((counted, hidden)), holes=holes)
    for key, stake in zip(keyed("wanted", ((one,) for one in stakes)), stakes, strict=True):
        goal = stake.objective
        text = join_sentences((describe(goal), f"owner: <@{stake.owner}>"))
        yield Line(key=key, title=say_metric(goal), text=text, depends_on=(on_goal(stake),))


def _collisions(found: Sequence[Conflict], *, is_settled: bool) -> Iterator[Line]:
    counted = f"{say_count(len(found), 'collision')} among the goals" if found else "None is known"
    more = len(found) - _MOST_COLLISIONS
    rest = f"the gravest {_MOST_COLLISIONS} stand below" if more > 0 else ""
    yield Line(key="collisions", title="Collisions", text=join_sentences((counted, rest)))
    shown_ones = found[:_MOST_COLLISIONS]
    keys = keyed("collision", (one.stakes for one in shown_ones))
    for key, conflict in zip(keys, shown_ones, strict=True):
        yield _collision(key, conflict, "" if is_settled else conflict.dissolve)


def _collision(key: str, conflict: Conflict, way_out: str) -> Line:
    return Line(
        key=key,
        title=and_list(dict.fromkeys(say_metric(one.objective) for one in conflict.stakes)),
        text=join_sentences((conflict.reason, way_out)),
        depends_on=tuple(on_goal(one) for one in conflict.stakes),
    )


_BALANCES = {
    OptionKind.EVERYTHING: "All goals are met together",
    OptionKind.LEAD: "One goal leads, and the others keep their floors",
    OptionKind.EVENLY: "Each goal gets about the same share of what it asks for",
    OptionKind.STAGED: "Some goals wait until the pilot is done",
}


def _balance(shown: Shown, option: Option | None) -> Line:
    """K47."""
    key, title = "balance", "Balance"
    if option is None:
        hole = _waits_for_owner(shown, "the balance among the goals is not settled yet")
        return Line(key=key, title=title, holes=(hole,), depends_on=(OPTION,))
    levers = {lever.id: lever.name for lever in GRAPH.levers}
    moves = [f"{levers.get(lever, lever)} {_signed(by)} %" for lever, by in option.moves]
    worked_out = f"Worked out with these moves: {', '.join(moves)}" if moves else ""
    held = f"No worse than today, though nobody has a goal for it: {', '.join(option.held)}" if option.held else ""
    text = join_sentences((_BALANCES[option.kind], held, worked_out))
    weighed = {option.leading, *(share.stake for share in option.shares), *option.later}
    changed = _waits_for_owner(shown, "a balance of the goals as they are now")
    holes = (changed,) if weighed != {*shown.kickoff.stakes} else ()
    return Line(key=key, title=title, text=text, holes=holes, depends_on=(OPTION,))


def _signed(percent: float) -> str:
    """A move in whole percent, as it rests on assumptions; a small one to the digit that shows it."""
    rounded = round(percent, 0 if abs(percent) >= 1 else 2)
    return f"{'+' if rounded > 0 else ''}{format_number(rounded)}".replace("-", "−")


def _timeline(shown: Shown) -> Iterator[Line]:
    months, sure = shown.says("expected_months"), shown.says("sureness")
    text = join_sentences((months and f"Expected in {months}", sure and f"How sure: {sure}"))
    holes = shown.holes("expected_months")
    depends_on = on_answers("expected_months", "sureness")
    yield Line(key="timeline.first", title="First result in use", text=text, holes=holes, depends_on=depends_on)
    yield shown.line("timeline.review", "First review", "first_review")
    yield shown.line("timeline.work", "Experiments", "experiments", "experiment_hours", text=_experiments(shown))
    dated = sorted((one for one in shown.stakes if one.objective.deadline), key=lambda one: str(one.objective.deadline))
    if dated:
        days = [f"{describe_day(day)}: {say_metric(one.objective)}" for one in dated if (day := one.objective.deadline)]
        text = sentence("; ".join(days))
        yield Line(key="timeline.goals", title="Goals due", text=text, depends_on=tuple(map(on_goal, dated)))
    if shown.kickoff.answers_due:
        text = sentence(describe_day(shown.kickoff.answers_due))
        yield Line(key="timeline.answers", title="Answers due", text=text)


def _experiments(shown: Shown) -> str:
    tries, hours = shown.number("experiments"), shown.number("experiment_hours")
    known = (shown.says("experiments"), shown.says("experiment_hours"))
    total = f"{format_number(float(f'{tries * hours:.3g}'))} hours one after another" if tries and hours else ""
    return join_sentences((" of ".join(part for part in known if part), total))


def _team(shown: Shown) -> Iterator[Line]:
    held = {role: shown.holders(role) for role in Role}
    named = [f"{ROLE_NAMES[role]} {name_people(people)}" for role, people in held.items() if people]
    holes = () if named else (_waits_for_owner(shown, "who takes part"),)
    roles = on_roles(*Role)
    yield Line(key="team.people", title="People", text=sentence("; ".join(named)), holes=holes, depends_on=roles)
    gaps = [ROLE_NAMES[role] for role, people in held.items() if not people]
    text = f"Nobody yet as {', '.join(gaps)}." if gaps else "None."
    yield Line(key="team.gaps", title="Roles that nobody holds", text=text, depends_on=roles)
    yield shown.line("team.jobs", "Jobs filled", "jobs_filled")
    yield shown.line("team.experience", "Experience", "experience")
    care = {"deployer": "puts it into use", "watcher": "watches it", "maintainer": "maintains it"}
    told = [f"{what}: {shown.says(name)}" for name, what in care.items() if name in shown.answers]
    yield shown.line("team.care", "In use", *care, text=sentence("; ".join(told)))


def _data(shown: Shown) -> Iterator[Line]:
    yield shown.line("data.owner", "Decides about the data", "data_owner")
    yield shown.line("data.hurdles", "In the way", "data_hurdles")
    yield shown.line("data.labels", "Right answers on record", "label_source")
    yield shown.line("data.examples", "At hand", "examples_have")
    yield shown.line("data.live", "In daily use", "live_data")


def _unknowns(shown: Shown, changed: Mapping[str, UnknownChanged]) -> Iterator[Line]:
    """What somebody looks into, and the chapter's six, which take experiments (K16 to K21)."""
    builders = shown.holders(Role.DATA_SCIENTIST, Role.ML_ENGINEER) or (shown.kickoff.owner,)
    for row in read_register(shown.kickoff, changed.values(), date.min):
        takes_work = row.key in ANSWERED_BY or row.key in changed
        owners = (row.owner,) if row.owner else builders if takes_work else ()
        if owners:
            yield _unknown(row, owners)


def _unknown(row: RegisterRow, owners: tuple[str, ...]) -> Line:
    """The way to find out with who does it by when; or what was found, or accepted."""
    if row.is_open:
        until = f"by {describe_day(row.due)}" if row.due else ""
        said = [row.experiment, *filter(None, (row.answered, row.evidence)), f"owner: {name_people(owners)}", until]
    else:
        said = [STATUS_SAYS[row.status], row.answered, row.evidence]
    return Line(key=f"unknown:{row.key}", title=row.name, text=join_sentences([one for one in said if one]))

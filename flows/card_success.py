"""The four properties of a successful model, each with a measure and whoever answers for it (2.3.2; K41 to K43)."""

from flows.roles import ROLE_NAMES, Role
from flows.shown import Hole, Line, Shown, join_sentences, name_people, on_answers, on_roles

_LEADERS = (Role.EXECUTIVE_SPONSOR, Role.PRODUCT_OWNER)
_USERS = (Role.USER_REPRESENTATIVE, Role.PRODUCT_OWNER)
_BUILDERS = (Role.ML_ENGINEER, Role.DATA_SCIENTIST)


def list_success(shown: Shown) -> tuple[Line, ...]:
    """The four properties; scientific rigour is two lines, predictable and rebuilt."""
    return (
        _specification(shown),
        _property(shown, "organisation", "Helps the organisation", "business_metric", _LEADERS),
        _property(shown, "user", "Helps its users", "user_success", _USERS),
        _predictability(shown),
        _reproducibility(shown),
    )


def _specification(shown: Shown) -> Line:
    needed = shown.says("accuracy_needed")
    right = f"At least {needed} of cases right" if needed else ""
    measure = "It takes in and gives back what this card says" if needed else ""
    tester = shown.says("spec_owner")
    text = join_sentences((measure, right, f"tested by {tester}" if tester else ""))
    return shown.line("success.specification", "Keeps to the specification", "accuracy_needed", "spec_owner", text=text)


def _property(
    shown: Shown, key: str, title: str, name: str, roles: tuple[Role, ...], measure: str | None = None
) -> Line:
    """A property that is measured by one answer, and for which the first of the roles answers that anybody holds."""
    owners = shown.holders(*roles)
    said = shown.says(name) if measure is None else measure
    text = join_sentences((said, f"answers for it: {name_people(owners)}" if owners else ""))
    unowned = Hole(
        missing=f"who answers for it, as there is no {ROLE_NAMES[roles[0]]} yet", waits_for=(shown.kickoff.owner,)
    )
    return Line(
        key=f"success.{key}",
        title=title,
        text=text if said else "",
        holes=(*shown.holes(name), *(() if owners else (unowned,))),
        depends_on=(*on_answers(name), *on_roles(*roles)),
    )


def _predictability(shown: Shown) -> Line:
    """K42."""
    allowed = shown.says("drift_allowed")
    measure = f"On like data it errs as often as in the final test, give or take {allowed}" if allowed else ""
    return _property(shown, "predictability", "Behaves as tested", "drift_allowed", _BUILDERS, measure)


def _reproducibility(shown: Shown) -> Line:
    """K43."""
    fulfilled = "From the same data, code and settings it can be rebuilt with computing time alone"
    measure = {
        "compute": fulfilled,
        "some_work": f"{fulfilled}. Not so yet: it would take more coding, labelling or study",
        "not_possible": f"{fulfilled}. Not so yet: it could not be done",
    }.get(str(shown.value("rebuild")), shown.says("rebuild"))
    return _property(shown, "reproducibility", "Can be rebuilt", "rebuild", _BUILDERS, measure)

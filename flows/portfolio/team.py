"""How many people and machines a workspace has for its projects, as somebody fills it in (K1, section 2.4.2)."""

from collections.abc import Mapping

from flows.portfolio.quarter import WEEKS

JOBS: Mapping[str, str] = {
    "data_scientist": "Data analysts and scientists",
    "ml_engineer": "Machine-learning engineers",
    "data_engineer": "Data engineers",
    "software_engineer": "Software engineers",
    "labeller": "People who label",
    "product_owner": "People who bring teams together",
    "machine": "Machines for experiments",
}
"""What projects take, by the job that does it, as the form calls it."""

MOST = 10_000.0


class NotANumber(ValueError):
    """What was filled in is no number of people; the message says what to type instead."""


def read_people(text: str) -> float | None:
    """How many people were filled in: "3", "1.5", "0"; None where the field was left empty.

    Raises:
        NotANumber: It is no number from 0 to 10,000.
    """
    typed = text.strip().replace(" ", "")
    if not typed:
        return None
    before, _, behind = typed.partition(",")
    if typed.count(",") == 1 and (len(behind) != _THOUSANDS or before == "0") and "." not in typed:
        typed = typed.replace(",", ".")
    try:
        people = float(typed.replace(",", ""))
    except ValueError:
        people = float("nan")
    if not 0 <= people <= MOST:
        raise NotANumber("Please write a number such as 3, or 1.5 for one person and one at half time.")
    return people


_THOUSANDS = 3


def weeks_of(people: Mapping[str, float]) -> Mapping[str, float]:
    """Person-weeks of a quarter, by job."""
    return {job: count * WEEKS for job, count in people.items()}

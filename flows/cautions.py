"""Warnings that follow from answers: the wrong problem, a number that misleads, mistakes that nobody sees (2.2.1)."""

from collections.abc import Iterator, Mapping

from flows.answers import Answer, Status
from flows.wishes import say_number

UNEVEN = 70.0
"""From this share of one outcome on, always guessing it looks good, in percent."""

_HARD = 95.0
_HARDER = 99.0


def find_cautions(answers: Mapping[str, Answer]) -> tuple[str, ...]:
    """What has to be said aloud, the gravest first.

    Args:
        answers: One answer to each question, by its id; where people disagree, the one that counts.
    """
    given = {key: answer.value for key, answer in answers.items() if answer.status is Status.GIVEN}
    numbers = {key: value for key, value in given.items() if isinstance(value, float)}
    return (
        *_about_the_problem(given),
        *_about_uneven_groups(numbers),
        *_about_accuracy(numbers),
        *_about_mistakes(given),
    )


def _about_the_problem(given: Mapping[str, object]) -> Iterator[str]:
    """K40 and K44: none of the twelve forms fits, one thing or any of its kind, and what else may turn up."""
    if given.get("form") == "none":
        yield (
            "Machine learning is likely not the best solution: none of the twelve forms fits. "
            "Try what was named instead first."
        )
    if given.get("instance") == "instance":
        yield (
            "It has to know one particular thing, not any of its kind. "
            "A model that sorts kinds would solve the wrong problem."
        )
    if given.get("stray_cases"):
        yield "Things can turn up that are none of what is expected. The model needs an answer for “none of these”."


def _about_uneven_groups(numbers: Mapping[str, float]) -> Iterator[str]:
    """K24: with one common outcome, accuracy says little."""
    largest = numbers.get("largest_group")
    if largest is not None and largest >= UNEVEN:
        share = say_number(largest)
        yield (
            f"{share} of 100 cases have the same answer, so always giving it is right {share} times. "
            "Accuracy misleads here: count misses and false alarms instead."
        )


def _about_accuracy(numbers: Mapping[str, float]) -> Iterator[str]:
    """K22, K23 and K25: what is wanted is rarely reached, or more than people reach themselves."""
    wanted = max((numbers[key] for key in ("accuracy_needed", "accuracy_target") if key in numbers), default=None)
    if wanted is None:
        return
    human = numbers.get("human_accuracy")
    if human is not None and wanted >= human:
        yield (
            f"{say_number(wanted)} right out of 100 is wanted, and a skilled person gets {say_number(human)} right. "
            "It is rare that a model does better than that."
        )
    if numbers.get("largest_group", 0.0) >= UNEVEN:
        return
    caveat = "" if "largest_group" in numbers else " If one outcome is rare, ask for misses and false alarms instead."
    if wanted > _HARDER:
        yield (
            f"{say_number(wanted)} right out of 100 is a lot: "
            f"expect a shortage of examples with the right answer.{caveat}"
        )
    elif wanted >= _HARD:
        yield f"{say_number(wanted)} right out of 100 is very hard to reach in some problems.{caveat}"


def _about_mistakes(given: Mapping[str, object]) -> Iterator[str]:
    """K6: a mistake that nobody sees."""
    if given.get("error_consequence") == "unnoticed":
        yield "Nobody would notice a mistake. Plan a regular check by people before it goes into use."

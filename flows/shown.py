"""What may be shown of a kickoff, line by line, and whom that waits for which is not known (section 2.3).

The goal card and the charter are made of such lines. A line names what it hangs on, so that a signature is reopened
just where something changed. In its text a person is `<@U123>`; all else is plain text, with people's own words in it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from pydantic import BaseModel, ConfigDict, Field

from flows.answers import Answer, describe_answer, named_person
from flows.kickoffs import Kickoff, Participant
from flows.question_bank import BANK
from flows.questions import Question
from flows.roles import Role
from flows.wishes import Stake

OPTION = "option"
"""What a line hangs on that the settled balance decides."""


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Hole(_Data):
    """Something that is missing.

    Attributes:
        missing: What it is, in a few words.
        waits_for: Slack user ids of those who can fill it; never empty.
        question: The id of the question whose answer would fill it; empty where no question does.
    """

    missing: str = Field(min_length=1)
    waits_for: tuple[str, ...] = Field(min_length=1)
    question: str = ""


class Line(_Data):
    """One line of a goal card or a charter.

    Attributes:
        key: Names the line in every version: "output", "guardrail|goal:U1:uptime".
        title: What it is about.
        text: What is known; empty where nothing is.
        holes: What is still missing.
        depends_on: What it hangs on: "answer:form", "goal:U1:uptime", "role:finance", "option".
    """

    key: str
    title: str
    text: str = ""
    holes: tuple[Hole, ...] = ()
    depends_on: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shown:
    """A kickoff without what its people keep between them and the app."""

    kickoff: Kickoff

    @cached_property
    def answers(self) -> dict[str, Answer]:
        """One answer to each question, by its id."""
        return self.kickoff.shown_answers

    @cached_property
    def answered(self) -> frozenset[str]:
        """The ids of all questions with an answer, also where it is kept back."""
        return frozenset(self.kickoff.answers)

    @cached_property
    def stakes(self) -> tuple[Stake, ...]:
        """The goals with their owners."""
        kept = self.kickoff.confidential_owners
        return tuple(stake for stake in self.kickoff.stakes if stake.owner not in kept)

    @property
    def goals_kept_back(self) -> int:
        """How many goals their owners keep to themselves."""
        return len(self.kickoff.stakes) - len(self.stakes)

    def question(self, name: str) -> Question:
        """The question as this kickoff asks it, or as the app does where this kickoff's set has none of that id."""
        return self.kickoff.question_set.by_id.get(name) or BANK.by_id[name]

    def value(self, name: str) -> str | tuple[str, ...] | float | None:
        """What was read in the answer; None where there is none."""
        answer = self.answers.get(name)
        return answer.value if answer else None

    def number(self, name: str) -> float | None:
        """The answer as a number."""
        value = self.value(name)
        return value if isinstance(value, float) else None

    def currency(self, name: str) -> str | None:
        """What a sum of money is counted in."""
        answer = self.answers.get(name)
        return answer.currency if answer else None

    def says(self, name: str) -> str:
        """The answer in plain words, on one line and without a full stop; empty where there is none."""
        answer = self.answers.get(name)
        if answer is None:
            return ""
        question = self.question(name)
        person = named_person(question, answer)
        # The number as it was read is enough here, without the words that it was read in.
        read = answer if isinstance(answer.value, str) else answer.model_copy(update={"given": ""})
        said = f"<@{person}>" if person else describe_answer(question, read)
        return " ".join(said.split()).removesuffix(".") or "…"

    def holders(self, *roles: Role) -> tuple[str, ...]:
        """Those who hold the first of these roles that anybody holds."""
        for role in roles:
            found = tuple(one.person for one in self._there if role in one.interview.roles)
            if found:
                return found
        return ()

    def waits_for(self, name: str) -> tuple[str, ...]:
        """Who can answer this question: to whom it was handed on, who holds its role, or else the project's owner."""
        handed = tuple(one.person for one in self._there if any(name == it.question for it in one.interview.handed))
        question = self.question(name)
        asked = (one.person for one in self._there if set(question.roles) & set(one.interview.roles))
        return handed or tuple(asked) or self.holders(*question.stand_ins) or (self.kickoff.owner,)

    def hole(self, name: str, missing: str = "") -> Hole:
        """What is missing while this question has no answer that may be shown."""
        what = missing or self.question(name).label
        kept = name in self.answered and name not in self.answers
        return Hole(
            missing=f"{what} (answered in confidence)" if kept else what,
            waits_for=self.waits_for(name),
            question=name,
        )

    def holes(self, *names: str) -> tuple[Hole, ...]:
        """What is missing of these answers."""
        return tuple(self.hole(name) for name in names if name not in self.answers)

    def line(self, key: str, title: str, *names: str, text: str | None = None) -> Line:
        """A line made of one answer, or of `text` that hangs on several, all of which it needs."""
        said = sentence(self.says(names[0])) if text is None else text
        return Line(key=key, title=title, text=said, holes=self.holes(*names), depends_on=on_answers(*names))

    @cached_property
    def _there(self) -> tuple[Participant, ...]:
        return tuple(one for one in self.kickoff.participants if not one.is_called_off and not one.gone)


def on_answers(*names: str) -> tuple[str, ...]:
    """That a line hangs on the answers to these questions."""
    return tuple(f"answer:{name}" for name in names)


def on_goal(stake: Stake) -> str:
    """That a line hangs on this goal."""
    return f"goal:{stake.owner}:{stake.objective.metric}"


def keyed(kind: str, stakes: Iterable[tuple[Stake, ...]]) -> tuple[str, ...]:
    """Keys for lines about goals; they stay when an amount changes, and differ where a metric stands there twice."""
    keys: list[str] = []
    for about in stakes:
        key = "|".join((kind, *(on_goal(stake) for stake in about)))
        seen = sum(other == key or other.startswith(f"{key}#") for other in keys)
        keys.append(f"{key}#{seen + 1}" if seen else key)
    return tuple(keys)


def on_roles(*roles: Role) -> tuple[str, ...]:
    """That a line hangs on who holds these roles."""
    return tuple(f"role:{role.value}" for role in roles)


def sentence(words: str) -> str:
    """Words as a sentence: with a capital and a full stop; nothing stays nothing."""
    if not words:
        return ""
    ended = words if words.endswith((".", "!", "?", "…")) else f"{words}."
    return f"{ended[:1].upper()}{ended[1:]}"


def join_sentences(parts: Iterable[str]) -> str:
    """Those of the parts that say something, each as a sentence."""
    return " ".join(sentence(part) for part in parts if part)


def name_people(people: Iterable[str]) -> str:
    """People one after another: "<@U1>, <@U2>"."""
    return ", ".join(f"<@{person}>" for person in people)

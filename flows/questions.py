"""What is asked of whom: the interview's questions as data (chapter 2; the rows are those of the chapter's checklist).

A set is versioned. An interview keeps the version that it began with and names the question it stands at, so adding,
dropping or moving a question never shifts an interview that is under way.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from flows.facts import CurrentWay, ErrorConsequence, LabelSource


class Role(StrEnum):
    """What a stakeholder answers for."""

    PRODUCT_OWNER = "product_owner"
    EXECUTIVE_SPONSOR = "executive_sponsor"
    FINANCE = "finance"


ROLE_NAMES = {
    Role.PRODUCT_OWNER: "product owner",
    Role.EXECUTIVE_SPONSOR: "executive sponsor",
    Role.FINANCE: "finance",
}


class Kind(StrEnum):
    """What counts as an answer."""

    OBJECTIVE = "objective"
    MORE_OBJECTIVES = "more_objectives"
    CHOICE = "choice"
    NUMBER = "number"
    PERCENTAGE = "percentage"
    MONEY = "money"


@dataclass(frozen=True)
class Option:
    """One button under a question of choice; `value` is what is stored."""

    value: str
    label: str


@dataclass(frozen=True)
class When:
    """The question applies only while `question` was answered with `value`, or was not answered at all."""

    question: str
    value: str


@dataclass(frozen=True)
class Question:
    """One question.

    Attributes:
        id: Its name; answers and fact fields of the same name are found by it.
        kind: What counts as an answer.
        wording: What the person reads.
        why: Why it is asked, in one sentence.
        example: An answer that can be read, shown when one could not be.
        row: The checklist row that it serves.
        roles: Who is asked; the first of a person's roles that matches is enough.
        options: The buttons of a question of choice.
        when: The earlier answer that it hangs on.
        noun: What a number counts, for showing back how it was read.
    """

    id: str
    kind: Kind
    wording: str
    why: str
    row: str
    roles: frozenset[Role]
    example: str = ""
    options: tuple[Option, ...] = ()
    when: When | None = None
    noun: str = ""


_EVERYONE = frozenset(Role)
_OWNER = frozenset({Role.PRODUCT_OWNER})
_SPONSOR = frozenset({Role.EXECUTIVE_SPONSOR})
_FINANCE = frozenset({Role.FINANCE})

NO_MORE_OBJECTIVES = "no_more"
SEPARATE_GOAL = "separate"
YES = "yes"
NO = "no"

_VERSION_1 = (
    Question(
        id="goal",
        kind=Kind.OBJECTIVE,
        wording="What should this project achieve for you? Say what should go up or down, by how much, and by when.",
        why="Your goal is set beside everyone else's, to find where they collide before work starts.",
        example="raise sign-ups by 10 % before the end of June",
        row="K45",
        roles=_EVERYONE,
    ),
    Question(
        id="more_goals",
        kind=Kind.MORE_OBJECTIVES,
        wording="Is there another goal that you answer for? If so, write it here.",
        why="A goal that nobody mentions is the one that gets hurt.",
        example="keep complaints below 200 a month",
        row="K45",
        roles=_EVERYONE,
        options=(Option(NO_MORE_OBJECTIVES, "That's all"),),
    ),
    Question(
        id="current_way",
        kind=Kind.CHOICE,
        wording="How is this done today?",
        why="Replacing many hand-written rules, or much work by hand, is where machine learning pays most.",
        row="K3",
        roles=_OWNER,
        options=(
            Option(CurrentWay.RULES, "Software with rules"),
            Option(CurrentWay.BY_HAND, "People do it by hand"),
            Option(CurrentWay.NOT_DONE, "It is not done yet"),
        ),
    ),
    Question(
        id="cases_per_month",
        kind=Kind.NUMBER,
        wording="How many cases a month would it have to handle? A rough number is fine.",
        why="Many small savings add up; a handful of cases rarely pays for a model.",
        example="12,000",
        row="K5",
        roles=_OWNER,
        noun="cases a month",
    ),
    Question(
        id="minutes_per_case",
        kind=Kind.NUMBER,
        wording="How many minutes does one case take a person today?",
        why="Cases times minutes are the hours that could be saved.",
        example="5",
        row="K5",
        roles=_OWNER,
        when=When("current_way", CurrentWay.BY_HAND),
        noun="minutes a case",
    ),
    Question(
        id="error_consequence",
        kind=Kind.CHOICE,
        wording="What happens when the model gets one wrong?",
        why="Mistakes that a person catches are cheap; mistakes that nobody sees need a better, dearer model.",
        row="K6",
        roles=_OWNER,
        options=(
            Option(ErrorConsequence.CAUGHT, "Someone catches it"),
            Option(ErrorConsequence.COSTLY, "It costs us money"),
            Option(ErrorConsequence.UNNOTICED, "Nobody would notice"),
        ),
    ),
    Question(
        id="accuracy_needed",
        kind=Kind.PERCENTAGE,
        wording="Out of 100 cases, how many must it get right before it is of any use?",
        why="Each further point costs more than the one before it.",
        example="90",
        row="K14",
        roles=_OWNER,
        noun="% right",
    ),
    Question(
        id="label_source",
        kind=Kind.CHOICE,
        wording="Are there past cases with the right answer on record?",
        why="A model learns from such cases. Making them by hand is often the largest bill.",
        row="K9",
        roles=_OWNER,
        options=(
            Option(LabelSource.AUTOMATIC, "Yes, a system records them"),
            Option(LabelSource.EXISTING, "Yes, collected by people"),
            Option(LabelSource.BY_HAND, "No, we would make them"),
        ),
    ),
    Question(
        id="method_exists",
        kind=Kind.CHOICE,
        wording="Do you know of anyone who has solved this already, with a product, a library or a paper?",
        why="If it has been done before, the project is far cheaper.",
        row="K7",
        roles=_OWNER,
        options=(Option(YES, "Yes"), Option(NO, "No")),
    ),
    Question(
        id="expected_months",
        kind=Kind.NUMBER,
        wording="In how many months do you expect to see a first result in use?",
        why="Progress comes in jumps and plateaus. It is better to compare expectations now than in month three.",
        example="6",
        row="K55",
        roles=_SPONSOR,
        noun="months",
    ),
    Question(
        id="teams",
        kind=Kind.NUMBER,
        wording="How many teams have to work together on it, your own and outside ones included?",
        why="Each further team adds waiting and agreeing; small first projects succeed more often.",
        example="3",
        row="K59",
        roles=_SPONSOR,
        noun="teams",
    ),
    Question(
        id="budget",
        kind=Kind.MONEY,
        wording="What may the whole project cost, people included?",
        why="It shows early whether the goal and the money fit together.",
        example="€80,000",
        row="K10",
        roles=_FINANCE,
    ),
)

CURRENT_VERSION = 1
QUESTION_SETS: Mapping[int, tuple[Question, ...]] = {CURRENT_VERSION: _VERSION_1}


def questions_for(roles: Collection[Role], version: int) -> tuple[Question, ...]:
    """All questions for someone with these roles, in order; an unknown version means the current one."""
    questions = QUESTION_SETS.get(version, QUESTION_SETS[CURRENT_VERSION])
    return tuple(question for question in questions if question.roles.intersection(roles))

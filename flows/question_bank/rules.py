"""What the rules of today cost, and whether they could be learned (section 2.1.1; K3, K4)."""

from flows.facts import CurrentWay
from flows.question_bank.stand_ins import WHO_KNOW_TODAY
from flows.questions import Feed, Kind, Option, Question, When
from flows.roles import Role

_WITH_RULES = (When(question="current_way", values=(CurrentWay.RULES,)),)

RULES_EXCEPTIONS = Question(
    id="rules_exceptions",
    label="Rule exceptions",
    kind=Kind.NUMBER,
    wording="Roughly how many exceptions and special cases do the rules have by now?",
    why="The more exceptions pile up, the more there is to gain from learning the rules instead.",
    rows=("K3",),
    roles=(Role.SOFTWARE_ENGINEER,),
    stand_ins=WHO_KNOW_TODAY,
    feeds=(Feed.IMPACT,),
    example="350",
    when=_WITH_RULES,
    unit="exceptions",
    find_out="Count the branches in one rule file and multiply by the number of files.",
)

RULES_HOURS = Question(
    id="rules_hours",
    label="Rule upkeep",
    kind=Kind.NUMBER,
    wording="How many hours a month go into keeping the rules up to date?",
    why="These hours come back once a model takes over.",
    rows=("K3",),
    roles=(Role.SOFTWARE_ENGINEER,),
    stand_ins=WHO_KNOW_TODAY,
    feeds=(Feed.IMPACT,),
    example="40",
    when=_WITH_RULES,
    unit="hours a month",
    find_out="Add up the time of last month's tickets that changed a rule.",
)

RULES_FRUSTRATION = Question(
    id="rules_frustration",
    label="Rule frustration",
    kind=Kind.SCALE,
    wording="How do engineers feel about working on these rules?",
    why="Work that people dread gets done late and badly, and that is a cost too.",
    rows=("K3",),
    roles=(Role.SOFTWARE_ENGINEER,),
    stand_ins=WHO_KNOW_TODAY,
    feeds=(Feed.IMPACT,),
    options=(
        Option(value="1", label="They like it"),
        Option(value="2", label="They don't mind"),
        Option(value="3", label="They put it off"),
        Option(value="4", label="They dread it"),
        Option(value="5", label="They refuse, or leave over it"),
    ),
    when=_WITH_RULES,
    find_out="Ask the last two people who changed a rule.",
)

RULES_LEARNABLE = Question(
    id="rules_learnable",
    label="Learnable rules",
    kind=Kind.YES_NO,
    wording="Could someone new work out the rules just by seeing many cases and their results?",
    why="What a person can pick up from examples, a model can often learn too.",
    rows=("K4",),
    roles=(Role.SOFTWARE_ENGINEER,),
    stand_ins=WHO_KNOW_TODAY,
    feeds=(Feed.IMPACT, Feed.COST),
    when=_WITH_RULES,
    find_out="Show someone new 30 cases with results, then ask them to decide ten more.",
)

RULES_LABELS = Question(
    id="rules_labels",
    label="Recorded decisions",
    kind=Kind.YES_NO,
    wording="Does the system keep each case together with what it decided?",
    why="Such records are ready-made lessons for a model, at almost no cost.",
    rows=("K4", "K9"),
    roles=(Role.SOFTWARE_ENGINEER,),
    stand_ins=WHO_KNOW_TODAY,
    feeds=(Feed.COST,),
    when=_WITH_RULES,
    find_out="Look in the system's records for last week's cases and decisions.",
)

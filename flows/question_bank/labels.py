"""Where the right answers come from, and what it takes to label by hand (2.1.2, 2.4.2, 2.5.4; K9, K10, K50, K57)."""

from flows.facts import LabelSource
from flows.question_bank.stand_ins import ANYBODY, FOR_LABELS
from flows.questions import Feed, Kind, Option, Question, When
from flows.roles import Role

_LABELLED_BY_PEOPLE = (When(question="label_source", values=(LabelSource.EXISTING, LabelSource.BY_HAND)),)

LABEL_SOURCE = Question(
    id="label_source",
    label="Labelled examples",
    kind=Kind.CHOICE,
    wording="Are there past cases with the right answer on record?",
    why="A model learns from such cases. Making them by hand is often the largest bill.",
    rows=("K9", "K4", "K10"),
    roles=(Role.PRODUCT_OWNER, Role.DATA_SCIENTIST, Role.LABELLING_LEAD),
    stand_ins=ANYBODY,
    feeds=(Feed.COST,),
    options=(
        Option(value=LabelSource.AUTOMATIC, label="Yes, a system records them"),
        Option(value=LabelSource.EXISTING, label="Yes, collected by people"),
        Option(value=LabelSource.BY_HAND, label="No, we would make them"),
    ),
    find_out="Ask for ten old cases and see whether the right answer is stored with each.",
)

LABEL_SECONDS = Question(
    id="label_seconds",
    label="Time per label",
    kind=Kind.DURATION,
    wording="How long does one person take to mark one example with the right answer?",
    why="Seconds for each example, times many thousand examples, can be the largest bill of all.",
    rows=("K10",),
    roles=(Role.LABELLING_LEAD,),
    stand_ins=FOR_LABELS,
    feeds=(Feed.COST,),
    example="45 seconds",
    when=_LABELLED_BY_PEOPLE,
    unit="seconds",
    find_out="Mark 20 examples yourself with a watch beside you.",
)

LABEL_PRICE = Question(
    id="label_price",
    label="Price per label",
    kind=Kind.MONEY,
    wording="What does it cost to have one example marked with the right answer?",
    why="This price, times the number of examples, is the bill for the data.",
    rows=("K10",),
    roles=(Role.LABELLING_LEAD,),
    stand_ins=FOR_LABELS,
    feeds=(Feed.COST,),
    example="€0.40",
    when=_LABELLED_BY_PEOPLE,
    find_out="Ask one outside firm for a quote on 1,000 examples.",
)

LABELLERS_PER_EXAMPLE = Question(
    id="labellers_per_example",
    label="Labellers per example",
    kind=Kind.NUMBER,
    wording="How many people should mark the same example, so that slips are noticed?",
    why="A second pair of eyes finds mistakes, and doubles the bill.",
    rows=("K10",),
    roles=(Role.LABELLING_LEAD,),
    stand_ins=FOR_LABELS,
    feeds=(Feed.COST,),
    example="2",
    when=_LABELLED_BY_PEOPLE,
    unit="people for each example",
    find_out="Have two people mark the same 50 examples and count where they differ.",
)

LABEL_DUTIES = Question(
    id="label_duties",
    label="Labelling duties",
    kind=Kind.CHOICES,
    wording="Which of these labelling jobs does somebody already look after?",
    why="A job that nobody looks after lands on the data scientists and holds the model up.",
    rows=("K50", "K57"),
    roles=(Role.LABELLING_LEAD,),
    stand_ins=FOR_LABELS,
    feeds=(Feed.ROLE, Feed.RISK),
    options=(
        Option(value="assign", label="Marking the examples"),
        Option(value="tools", label="Building the labelling tools"),
        Option(value="outsourced", label="Looking after outside labellers"),
        Option(value="validate", label="Checking the labels"),
        Option(value="none", label="None of these"),
    ),
    when=_LABELLED_BY_PEOPLE,
    find_out="Put a name beside each job; a blank is your answer.",
)

LABEL_CHECKER = Question(
    id="label_checker",
    label="Label checker",
    kind=Kind.PERSON,
    wording="Who will check that the labels are right?",
    why="Labels that nobody checks can be wrong all through, and the model learns the mistakes too.",
    rows=("K57", "K50"),
    roles=(Role.LABELLING_LEAD,),
    stand_ins=FOR_LABELS,
    feeds=(Feed.ROLE, Feed.RISK),
    when=_LABELLED_BY_PEOPLE,
    find_out="Ask who found the last wrong label.",
)

LABEL_TRAINING = Question(
    id="label_training",
    label="Labeller training",
    kind=Kind.CHOICE,
    wording="How will people learn to mark examples in the same way?",
    why="People who were taught differently give different answers to the same example.",
    rows=("K57",),
    roles=(Role.LABELLING_LEAD,),
    stand_ins=FOR_LABELS,
    feeds=(Feed.RISK,),
    options=(
        Option(value="guide_and_test", label="A written guide and a test"),
        Option(value="guide", label="A written guide"),
        Option(value="talk", label="Someone explains it to them"),
        Option(value="nothing", label="Nothing is planned yet"),
    ),
    when=_LABELLED_BY_PEOPLE,
    find_out="Give two new people the same ten examples and compare their answers.",
)

OUTSOURCE_WEEKS = Question(
    id="outsource_weeks",
    label="Outsourcing delay",
    kind=Kind.DURATION,
    wording="If outsiders did the labelling, how long until the first labels that you can use?",
    why="Finding, teaching and checking outsiders takes weeks in which the model doesn't get better.",
    rows=("K57",),
    roles=(Role.LABELLING_LEAD,),
    stand_ins=FOR_LABELS,
    feeds=(Feed.RISK, Feed.COST),
    example="6 weeks",
    when=_LABELLED_BY_PEOPLE,
    unit="weeks",
    find_out="Ask a labelling firm how long its last new client waited.",
)

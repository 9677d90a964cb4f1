"""How good the model has to be, and against what (sections 2.1.2 and 2.2.1; K12, K14, K16, K22-K25)."""

from flows.facts import CurrentWay
from flows.question_bank.stand_ins import ANYBODY, BUILDERS, WHO_KNOW_TODAY
from flows.questions import Feed, Kind, Option, Question, When
from flows.roles import Role

ACCURACY_NEEDED = Question(
    id="accuracy_needed",
    label="Accuracy needed",
    kind=Kind.PERCENTAGE,
    wording="Out of 100 cases, how many must it get right before it is of any use?",
    why="Each further point costs more than the one before it.",
    rows=("K14", "K22", "K23", "K38"),
    roles=(Role.PRODUCT_OWNER,),
    stand_ins=ANYBODY,
    feeds=(Feed.COST, Feed.GATE),
    example="90",
    find_out="Show a user results with 5, 10 and 20 mistakes in 100, and ask which they could use.",
)

ACCURACY_TARGET = Question(
    id="accuracy_target",
    label="Accuracy hoped for",
    kind=Kind.PERCENTAGE,
    wording="Out of 100 cases, how many would you like it to get right?",
    why="Each point above what you need makes the work longer and dearer. It's good to see that bill early.",
    rows=("K12", "K22", "K23"),
    roles=(Role.PRODUCT_OWNER,),
    stand_ins=ANYBODY,
    feeds=(Feed.COST,),
    example="95",
    find_out="Ask what would get better if five more cases in 100 came out right.",
)

ACCURACY_TODAY = Question(
    id="accuracy_today",
    label="Accuracy today",
    kind=Kind.PERCENTAGE,
    wording="Out of 100 cases, how many come out right today?",
    why="A model has to beat what you have now, so that is the first mark to measure.",
    rows=("K12",),
    roles=(Role.DOMAIN_EXPERT,),
    stand_ins=WHO_KNOW_TODAY,
    feeds=(Feed.IMPACT, Feed.COST),
    example="85",
    when=(When(question="current_way", values=(CurrentWay.RULES, CurrentWay.BY_HAND)),),
    find_out="Have a second person check 50 cases that are settled.",
)

HUMAN_ACCURACY = Question(
    id="human_accuracy",
    label="Human accuracy",
    kind=Kind.PERCENTAGE,
    wording="Out of 100 cases, how many would a skilled person with enough time get right?",
    why="It is hard for a model to match a skilled person, and harder still to do better.",
    rows=("K25",),
    roles=(Role.DOMAIN_EXPERT,),
    stand_ins=ANYBODY,
    feeds=(Feed.UNKNOWN, Feed.RISK),
    example="92",
    find_out="Let two experts decide the same 50 cases on their own, then compare.",
)

HUMAN_BASIS = Question(
    id="human_basis",
    label="Human accuracy's source",
    kind=Kind.CHOICE,
    wording="Has anyone measured how often skilled people get it right, or is that a guess?",
    why="A plan can rest on a measured number. A guess is a reason to measure first.",
    rows=("K25",),
    roles=(Role.DOMAIN_EXPERT,),
    stand_ins=ANYBODY,
    feeds=(Feed.UNKNOWN,),
    options=(
        Option(value="measured", label="Someone measured it"),
        Option(value="guess", label="It is a guess"),
    ),
    find_out="Ask whoever told you the number how they got it.",
)

QUALITY_SEEN = Question(
    id="quality_seen",
    label="Proof of quality",
    kind=Kind.CHOICE,
    wording="What shows that the quality you need can be reached?",
    why="Nobody can be sure beforehand that a model will get good enough. Proof from a like case helps most.",
    rows=("K16", "K15"),
    roles=(Role.DATA_SCIENTIST,),
    stand_ins=BUILDERS,
    feeds=(Feed.UNKNOWN,),
    options=(
        Option(value="measured", label="A trial on our own data"),
        Option(value="own_project", label="A project of ours that was much like this"),
        Option(value="paper", label="A published result"),
        Option(value="expert", label="The word of an expert"),
        Option(value="nothing", label="Nothing yet"),
    ),
    find_out="Look up the best published result on the task that is most like yours.",
)

LARGEST_GROUP = Question(
    id="largest_group",
    label="Largest group",
    kind=Kind.PERCENTAGE,
    wording="Out of 100 cases, how many have the answer that is most common?",
    why="If 95 of 100 cases are alike, always giving that answer looks 95 % right and helps nobody.",
    rows=("K24",),
    roles=(Role.DATA_SCIENTIST,),
    stand_ins=ANYBODY,
    feeds=(Feed.UNKNOWN, Feed.RISK),
    example="80",
    when=(When(question="form", values=("automate", "alert", "classify", "answer", "detect_novelty")),),
    find_out="Count the answers in the last 200 cases.",
)

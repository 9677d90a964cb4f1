"""How success will be seen, and when to stop (sections 2.3.2 and 2.5.7; K41-K43, K60)."""

from flows.question_bank.stand_ins import ANYBODY, BUILDERS, LEADERS
from flows.questions import Feed, Kind, Option, Question
from flows.roles import Role

BUSINESS_METRIC = Question(
    id="business_metric",
    label="Business figure",
    kind=Kind.SHORT_TEXT,
    wording="Which figure that the business already watches should move if this works?",
    why="A model can score well and still change nothing. This figure decides whether it was worth it.",
    rows=("K60", "K41"),
    roles=(Role.EXECUTIVE_SPONSOR,),
    stand_ins=LEADERS,
    feeds=(Feed.GATE, Feed.IMPACT),
    example="share of calls that are settled on the first day",
    find_out="Look at the last monthly report and pick the line that this should change.",
)

ACCEPT_WHEN = Question(
    id="accept_when",
    label="Acceptance test",
    kind=Kind.LONG_TEXT,
    wording="What would you have to see to accept the result and put it to use?",
    why="Good results end up on the shelf when nobody said beforehand what good means.",
    rows=("K60", "K41"),
    roles=(Role.PRODUCT_OWNER,),
    stand_ins=ANYBODY,
    feeds=(Feed.GATE,),
    example="two weeks in one branch with fewer than five complaints",
    find_out="Ask whoever has to say yes at the end what they would check.",
)

STOP_WHEN = Question(
    id="stop_when",
    label="Stopping point",
    kind=Kind.SHORT_TEXT,
    wording="At what point would you stop the project?",
    why="A limit set on a calm day is easier to keep than one made up under pressure.",
    rows=("K60",),
    roles=(Role.EXECUTIVE_SPONSOR,),
    stand_ins=LEADERS,
    feeds=(Feed.GATE, Feed.RISK),
    example="no better than today after three months",
    find_out="Ask how much money and time you could lose without regret.",
)

FEEDBACK_CADENCE = Question(
    id="feedback_cadence",
    label="Business feedback",
    kind=Kind.CHOICE,
    wording="How often will the business side look at results and say whether they help?",
    why="Without that word, the team can't tell whether it is getting anywhere that matters.",
    rows=("K60",),
    roles=(Role.EXECUTIVE_SPONSOR,),
    stand_ins=LEADERS,
    feeds=(Feed.RISK,),
    options=(
        Option(value="weekly", label="Every week"),
        Option(value="fortnightly", label="Every two weeks"),
        Option(value="monthly", label="Every month"),
        Option(value="at_end", label="Only at the end"),
    ),
    find_out="Find one half hour that everyone has free every second week.",
)

FIRST_REVIEW = Question(
    id="first_review",
    label="First review",
    kind=Kind.DATE,
    wording="On which day will the business side see a first result, however rough?",
    why="An early look shows whether the team is solving the right problem while it can still turn.",
    rows=("K60",),
    roles=(Role.PRODUCT_OWNER,),
    stand_ins=LEADERS,
    feeds=(Feed.RISK,),
    example="15 September",
    find_out="Ask the team for the first day on which anything could be shown.",
)

USER_SUCCESS = Question(
    id="user_success",
    label="Help for users",
    kind=Kind.SHORT_TEXT,
    wording="How would you notice that it really helps the people who use it?",
    why="A model that pays off but makes people's work worse won't be used for long.",
    rows=("K41",),
    roles=(Role.USER_REPRESENTATIVE,),
    stand_ins=ANYBODY,
    feeds=(Feed.GATE, Feed.IMPACT),
    example="they stop keeping lists of their own",
    find_out="Ask two users what would make their day easier.",
)

SPEC_OWNER = Question(
    id="spec_owner",
    label="Specification owner",
    kind=Kind.PERSON,
    wording="Who will test that the model takes in and gives back what was agreed?",
    why="When nobody checks this, the faults show up first in front of users.",
    rows=("K41",),
    roles=(Role.SOFTWARE_ENGINEER,),
    stand_ins=BUILDERS,
    feeds=(Feed.ROLE, Feed.GATE),
    find_out="Ask who tests the system that the model will be part of.",
)

DRIFT_ALLOWED = Question(
    id="drift_allowed",
    label="Error drift",
    kind=Kind.NUMBER,
    wording="In daily use, by how many points may the share of errors exceed that of the final test?",
    why="On data like that of the test, a sound model errs about as often as it did there.",
    rows=("K42", "K41"),
    roles=(Role.ML_ENGINEER,),
    stand_ins=BUILDERS,
    feeds=(Feed.GATE,),
    example="2",
    unit="percentage points",
    find_out="Compare the errors on test cases from two different weeks.",
)

REBUILD = Question(
    id="rebuild",
    label="Rebuilding it",
    kind=Kind.CHOICE,
    wording="What would it take to build the same model again a year from now?",
    why="If data, code and settings are kept, a model that is lost or doubted can be made afresh.",
    rows=("K43", "K41"),
    roles=(Role.ML_ENGINEER,),
    stand_ins=BUILDERS,
    feeds=(Feed.GATE, Feed.RISK),
    options=(
        Option(value="compute", label="Computing time, nothing else"),
        Option(value="some_work", label="Some more coding, labelling or study"),
        Option(value="not_possible", label="It could not be done"),
    ),
    find_out="Ask a colleague to rebuild your last model from its records alone.",
)

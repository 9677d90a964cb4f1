"""What data there is, who owns it, and whether it can be had in use (2.1.2, 2.4.2, 2.5.3, 2.5.5; K11, K17, K51-K58)."""

from flows.question_bank.stand_ins import BUILDERS, FOR_DATA
from flows.questions import Feed, Kind, Option, Question
from flows.roles import Role

DATA_OWNER = Question(
    id="data_owner",
    label="Data owner",
    kind=Kind.PERSON,
    wording="Who decides whether this project may use the data?",
    why="Data often belongs to another department, and a late no from there stops the project.",
    rows=("K58",),
    roles=(Role.DATA_ENGINEER,),
    stand_ins=FOR_DATA,
    feeds=(Feed.ROLE, Feed.RISK),
    find_out="Ask for 100 sample rows and see who has to say yes.",
)

DATA_HURDLES = Question(
    id="data_hurdles",
    label="Data hurdles",
    kind=Kind.CHOICES,
    wording="What still stands between the project and the data?",
    why="Each of these takes weeks of somebody's time. Known early, they can be settled beside other work.",
    rows=("K58",),
    roles=(Role.DATA_ENGINEER,),
    stand_ins=FOR_DATA,
    feeds=(Feed.RISK,),
    options=(
        Option(value="consent", label="Its owner has not agreed"),
        Option(value="security", label="Security rules"),
        Option(value="format", label="Formats that don't fit together"),
        Option(value="budget", label="Nobody's budget pays for the work"),
        Option(value="none", label="Nothing, we have it"),
    ),
    find_out="Try to get 100 sample rows today and note what gets in the way.",
)

DATA_ACCESS = Question(
    id="data_access",
    label="Way to data",
    kind=Kind.CHOICE,
    wording="How do people who study the data get at it today?",
    why="Data gathered by hand for training often can't be had again once the model is in use.",
    rows=("K51", "K56"),
    roles=(Role.DATA_ENGINEER,),
    stand_ins=BUILDERS,
    feeds=(Feed.RISK, Feed.COST),
    options=(
        Option(value="joined", label="All in one place, by query or API"),
        Option(value="on_request", label="In one place, but each extract is asked for"),
        Option(value="scripts", label="From several places, with their own scripts"),
        Option(value="no_way", label="There is no way yet"),
    ),
    find_out="Ask someone to fetch last week's data while you watch.",
)

LIVE_DATA = Question(
    id="live_data",
    label="Data in use",
    kind=Kind.CHOICE,
    wording="In daily use, can your systems give the model the same data, and in time?",
    why="Models are often finished and then can't run, since the data comes too late or looks different.",
    rows=("K56",),
    roles=(Role.DATA_ENGINEER, Role.DEVOPS),
    stand_ins=BUILDERS,
    feeds=(Feed.RISK,),
    options=(
        Option(value="both", label="As good, and in time"),
        Option(value="slow", label="As good, but too late"),
        Option(value="poorer", label="In time, but not as good"),
        Option(value="neither", label="Neither"),
    ),
    find_out="Put together one input from the live systems by hand, and time it.",
)

EXAMPLES_HAVE = Question(
    id="examples_have",
    label="Examples at hand",
    kind=Kind.NUMBER,
    wording="How many past cases are on record and ready to use?",
    why="What is missing has to be collected and labelled, and that takes time and money.",
    rows=("K11", "K17"),
    roles=(Role.DATA_ENGINEER,),
    stand_ins=FOR_DATA,
    feeds=(Feed.COST, Feed.UNKNOWN),
    example="20,000",
    unit="examples",
    find_out="Count the rows of the table in which the cases are kept.",
)

EXAMPLES_NEEDED = Question(
    id="examples_needed",
    label="Examples needed",
    kind=Kind.NUMBER,
    wording="How many examples do you expect the model to need?",
    why="Nobody can know it beforehand, but a first number shows whether the data is likely to be enough.",
    rows=("K11", "K17"),
    roles=(Role.DATA_SCIENTIST,),
    stand_ins=BUILDERS,
    feeds=(Feed.COST, Feed.UNKNOWN),
    example="50,000",
    unit="examples",
    find_out="Train on 10, 20 and 40 % of the data and see how the error falls.",
)

EXAMPLES_BASIS = Question(
    id="examples_basis",
    label="Number's source",
    kind=Kind.CHOICE,
    wording="What does your number of needed examples rest on?",
    why="A number from your own data can carry a plan, while a guess needs a wide margin.",
    rows=("K11", "K17"),
    roles=(Role.DATA_SCIENTIST,),
    stand_ins=BUILDERS,
    feeds=(Feed.UNKNOWN,),
    options=(
        Option(value="measured", label="Measured on our own data"),
        Option(value="own_project", label="A project of ours that was much like this"),
        Option(value="paper", label="A published result"),
        Option(value="expert", label="The word of an expert"),
        Option(value="guess", label="A guess"),
    ),
    find_out="Note where you first heard the number.",
)

TEAM_PAIRS = Question(
    id="team_pairs",
    label="Teams apart",
    kind=Kind.SHORT_TEXT,
    wording="Which two teams must work together here, though they seldom do?",
    why="One pair of teams that doesn't get on can hold up the whole project for months.",
    rows=("K58",),
    roles=(Role.DATA_ENGINEER,),
    stand_ins=FOR_DATA,
    feeds=(Feed.RISK,),
    example="billing and the data team",
    find_out="Ask when two of the teams last finished something together.",
)

"""How hard the problem is and how much computing it takes (sections 2.1.2 and 2.2.1; K7, K8, K15, K18-K21)."""

from flows.question_bank.stand_ins import ANYBODY, BUILDERS, MONEY
from flows.questions import YES, Feed, Kind, Option, Question, When
from flows.roles import Role

METHOD_EXISTS = Question(
    id="method_exists",
    label="Known method",
    kind=Kind.YES_NO,
    wording="Do you know of anyone who has solved this already, with a product, a library or a paper?",
    why="If it has been done before, the project is far cheaper.",
    rows=("K7", "K15"),
    roles=(Role.PRODUCT_OWNER, Role.ML_ENGINEER),
    stand_ins=ANYBODY,
    feeds=(Feed.COST,),
    find_out="Search the web for the task in plain words, and ask one colleague elsewhere.",
)

METHOD_LINK = Question(
    id="method_link",
    label="Method's link",
    kind=Kind.SHORT_TEXT,
    wording="Where can we find it? A link or a name will do.",
    why="The team can then try it before writing anything new.",
    rows=("K7", "K15"),
    roles=(Role.ML_ENGINEER,),
    stand_ins=ANYBODY,
    feeds=(Feed.COST,),
    example="the fastText library, fasttext.cc",
    when=(When(question="method_exists", values=(YES,)),),
    find_out="Ask whoever mentioned it for the name.",
)

FEATURES_COUNT = Question(
    id="features_count",
    label="Number of features",
    kind=Kind.NUMBER,
    wording="How many different facts about each case will the model be given, as a first guess?",
    why="Every fact must be found, cleaned and supplied in daily use, and each one asks for more data.",
    rows=("K18",),
    roles=(Role.DATA_SCIENTIST,),
    stand_ins=BUILDERS,
    feeds=(Feed.UNKNOWN,),
    example="30",
    unit="features",
    find_out="List the columns at hand and strike out those an expert would not look at.",
)

MODEL_SIZE = Question(
    id="model_size",
    label="Model size",
    kind=Kind.CHOICE,
    wording="How large a model do you expect to need?",
    why="Its size drives the cost of training it, of running it, and of each experiment.",
    rows=("K19",),
    roles=(Role.ML_ENGINEER,),
    stand_ins=BUILDERS,
    feeds=(Feed.UNKNOWN, Feed.COST),
    options=(
        Option(value="small", label="Small: it trains on a laptop"),
        Option(value="medium", label="Medium: one graphics card"),
        Option(value="large", label="Large: many graphics cards"),
        Option(value="hosted", label="A hosted model that we rent"),
    ),
    find_out="Try the smallest model that could work and see how far it falls short.",
)

EXPERIMENT_HOURS = Question(
    id="experiment_hours",
    label="Experiment time",
    kind=Kind.DURATION,
    wording="How long does one experiment take, from starting the training to a measured result?",
    why="The time for one try, times the number of tries, is most of the calendar.",
    rows=("K20",),
    roles=(Role.ML_ENGINEER,),
    stand_ins=BUILDERS,
    feeds=(Feed.UNKNOWN, Feed.COST),
    example="6 hours",
    unit="hours",
    find_out="Train once on a tenth of the data and time it.",
)

EXPERIMENTS = Question(
    id="experiments",
    label="Experiments needed",
    kind=Kind.NUMBER,
    wording="How many experiments do you expect to run before the model is good enough?",
    why="Most experiments bring no gain, so the plan has to leave room for many.",
    rows=("K21",),
    roles=(Role.ML_ENGINEER,),
    stand_ins=BUILDERS,
    feeds=(Feed.UNKNOWN, Feed.COST),
    example="40",
    unit="experiments",
    find_out="Count the training runs behind the last model that you brought into use.",
)

TRAIN_COMPUTE = Question(
    id="train_compute",
    label="Training compute",
    kind=Kind.CHOICE,
    wording="Where will the computing power for training come from?",
    why="If training needs dear machines, each experiment costs money as well as time.",
    rows=("K8",),
    roles=(Role.ML_ENGINEER,),
    stand_ins=BUILDERS,
    feeds=(Feed.COST,),
    options=(
        Option(value="plain", label="Ordinary computers are enough"),
        Option(value="own", label="Strong machines that we have"),
        Option(value="rent", label="Strong machines that we rent"),
        Option(value="buy", label="Strong machines that we must buy"),
    ),
    find_out="Look up the bill of the last training run of about this size.",
)

SERVE_BUDGET = Question(
    id="serve_budget",
    label="Running cost",
    kind=Kind.MONEY,
    wording="What may it cost a month to run the model, once it is in use?",
    why="Building is paid for once. Running is paid for every month, and it grows with use.",
    rows=("K8",),
    roles=(Role.FINANCE,),
    stand_ins=MONEY,
    feeds=(Feed.COST,),
    example="€900",
    find_out="Look up what the way it's done today costs a month.",
)

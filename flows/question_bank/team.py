"""Who does what, and with which experience (sections 2.4 and 2.5.1; K48, K49, K53, K54)."""

from flows.question_bank.stand_ins import BUILDERS, FOR_LIVE_USE, LEADERS
from flows.questions import Feed, Kind, Option, Question
from flows.roles import Role

CULTURE = Question(
    id="culture",
    label="Team culture",
    kind=Kind.CHOICE,
    wording="How will your team share the work between models and software?",
    why="Specialists go deep, but their code often has to be rewritten. People who can do both are harder to find.",
    rows=("K48",),
    roles=(Role.DATA_SCIENTIST, Role.SOFTWARE_ENGINEER),
    stand_ins=(*BUILDERS, *LEADERS),
    feeds=(Feed.ROLE, Feed.RISK),
    options=(
        Option(value="specialists", label="Data scientists work beside software engineers"),
        Option(value="both_skills", label="Everyone does both"),
        Option(value="undecided", label="Not decided yet"),
    ),
    find_out="Ask who put the team's last model into the product.",
)

JOBS_FILLED = Question(
    id="jobs_filled",
    label="Jobs filled",
    kind=Kind.CHOICES,
    wording="Which of these jobs does somebody on the project already do?",
    why="A job without a name beside it becomes a delay later on.",
    rows=("K49",),
    roles=(Role.EXECUTIVE_SPONSOR,),
    stand_ins=(*LEADERS, *BUILDERS),
    feeds=(Feed.ROLE,),
    options=(
        Option(value="data_scientist", label="Data analyst or scientist"),
        Option(value="ml_engineer", label="ML engineer"),
        Option(value="software_engineer", label="Software engineer"),
        Option(value="data_engineer", label="Data engineer"),
        Option(value="labelling_lead", label="Labelling expert"),
        Option(value="labeller", label="Labeller"),
        Option(value="tooling", label="Tools and their design"),
        Option(value="domain_expert", label="Expert in the field"),
        Option(value="devops", label="DevOps or MLOps"),
        Option(value="none", label="None of these"),
    ),
    find_out="Write a name beside each job; a blank is a gap.",
)

EXPERIENCE = Question(
    id="experience",
    label="Team's experience",
    kind=Kind.CHOICE,
    wording="How far have people on this team taken a model before?",
    why="Many people have trained models only on practice data. The hard part comes after that.",
    rows=("K54",),
    roles=(Role.DATA_SCIENTIST, Role.ML_ENGINEER),
    stand_ins=(*BUILDERS, *LEADERS),
    feeds=(Feed.RISK,),
    options=(
        Option(value="life_cycle", label="From an idea to a long time in use"),
        Option(value="deployed", label="Into use, at least once"),
        Option(value="trial", label="As far as a trial"),
        Option(value="practice", label="Courses or practice data only"),
    ),
    find_out="Ask each person for one model of theirs that is in use today.",
)

DEPLOYER = Question(
    id="deployer",
    label="Puts into use",
    kind=Kind.PERSON,
    wording="Who will put the model into use and load each new version?",
    why="Many finished models wait for months because this was nobody's job.",
    rows=("K53", "K49"),
    roles=(Role.DEVOPS,),
    stand_ins=FOR_LIVE_USE,
    feeds=(Feed.ROLE, Feed.RISK),
    find_out="Ask who released the last change to the system it will be part of.",
)

WATCHER = Question(
    id="watcher",
    label="Watches the model",
    kind=Kind.PERSON,
    wording="Who will watch the model in daily use and notice when it gets worse?",
    why="A model grows stale as the world changes, and it gives no sign of that by itself.",
    rows=("K53",),
    roles=(Role.DEVOPS,),
    stand_ins=FOR_LIVE_USE,
    feeds=(Feed.ROLE, Feed.RISK),
    find_out="Ask who is called when the system fails at night.",
)

MAINTAINER = Question(
    id="maintainer",
    label="Maintains the model",
    kind=Kind.PERSON,
    wording="Who will repair and upgrade the model later on?",
    why="The work doesn't end when the project does, and the people who built it may have moved on.",
    rows=("K53",),
    roles=(Role.DEVOPS,),
    stand_ins=FOR_LIVE_USE,
    feeds=(Feed.ROLE, Feed.RISK),
    find_out="Ask which team would pay for that work next year.",
)

"""What the project is for and whether a model is the right means (sections 2.3 and 2.4.2; K38-K40, K44, K45, K52)."""

from flows.question_bank.stand_ins import ANYBODY
from flows.questions import NO_MORE_OBJECTIVES, Feed, Kind, Option, Question, When
from flows.roles import Role

GOAL = Question(
    id="goal",
    label="Main goal",
    kind=Kind.OBJECTIVE,
    wording="What should this project achieve for you? Say what should go up or down, by how much, and by when.",
    why="Your goal is set beside everyone else's, to find where they collide before work starts.",
    rows=("K45", "K38", "K2"),
    roles=tuple(Role),
    feeds=(Feed.OBJECTIVE, Feed.GATE),
    example="raise sign-ups by 10 % before the end of June",
)

MORE_GOALS = Question(
    id="more_goals",
    label="More goals",
    kind=Kind.MORE_OBJECTIVES,
    wording="Is there another goal that you answer for? If so, write it here.",
    why="A goal that nobody mentions is the one that gets hurt.",
    rows=("K45",),
    roles=tuple(Role),
    feeds=(Feed.OBJECTIVE,),
    example="keep complaints below 200 a month",
    options=(Option(value=NO_MORE_OBJECTIVES, label="That's all"),),
)

FORM = Question(
    id="form",
    label="Model's job",
    kind=Kind.CHOICE,
    wording="Which of these comes closest to what the model should do?",
    why="Almost every task that a model can solve has one of these forms. If none fits, another way is likely better.",
    rows=("K39", "K40"),
    roles=(Role.PRODUCT_OWNER, Role.DATA_SCIENTIST),
    stand_ins=ANYBODY,
    feeds=(Feed.GATE,),
    options=(
        Option(value="automate", label="Do something by itself"),
        Option(value="alert", label="Warn someone, or ask them what to do"),
        Option(value="organize", label="Put things in a useful order"),
        Option(value="annotate", label="Add notes or highlights"),
        Option(value="extract", label="Pick the parts that matter out of something longer"),
        Option(value="recommend", label="Suggest things that someone may like"),
        Option(value="classify", label="Sort things into groups with names"),
        Option(value="quantify", label="Give a number, such as a price"),
        Option(value="synthesize", label="Make new text, pictures or sound"),
        Option(value="answer", label="Answer a clear question about something"),
        Option(value="transform", label="Turn one thing into another, such as a translation"),
        Option(value="detect_novelty", label="Spot what is new or odd"),
        Option(value="none", label="None of these"),
    ),
    find_out="Write down one case and the answer you want, then see which form it takes.",
)

FORM_INSTEAD = Question(
    id="form_instead",
    label="Another way",
    kind=Kind.LONG_TEXT,
    wording="If none of those fits, what would solve the problem instead of a model?",
    why="A simple way that works beats a clever one that doesn't fit.",
    rows=("K40",),
    roles=(Role.PRODUCT_OWNER, Role.DATA_SCIENTIST),
    stand_ins=ANYBODY,
    feeds=(Feed.GATE,),
    example="a clear checklist, and a second person at the desk on Mondays",
    when=(When(question="form", values=("none",)),),
    find_out="Ask the two people closest to the work what they would try first.",
)

PREDICT = Question(
    id="predict",
    label="What to predict",
    kind=Kind.SHORT_TEXT,
    wording="If the model could tell you one thing about each case, what should it be?",
    why="Not everything that can be predicted is useful. You know which answer would change what people do.",
    rows=("K52", "K38"),
    roles=(Role.DOMAIN_EXPERT,),
    stand_ins=ANYBODY,
    feeds=(Feed.GATE, Feed.IMPACT),
    example="whether this customer will leave within three months",
    find_out="Ask three people who would use the answer what they would do with it.",
)

LOOK_FOR = Question(
    id="look_for",
    label="What experts see",
    kind=Kind.LONG_TEXT,
    wording="What do you look at when you decide such a case yourself?",
    why="What a skilled person looks at is the best first guess at what the model must be shown.",
    rows=("K52", "K18", "K38"),
    roles=(Role.DOMAIN_EXPERT,),
    stand_ins=ANYBODY,
    feeds=(Feed.UNKNOWN,),
    example="how old the account is, the last three calls, and whether a bill is late",
    find_out="Watch one expert decide five cases and note what they look at.",
)

CLIENTS_PAY = Question(
    id="clients_pay",
    label="Why clients pay",
    kind=Kind.SHORT_TEXT,
    wording="What do your clients really pay you for?",
    why="A model can be right every time and still not touch what clients value.",
    rows=("K52",),
    roles=(Role.DOMAIN_EXPERT,),
    stand_ins=ANYBODY,
    feeds=(Feed.IMPACT,),
    example="an answer on the same day",
    find_out="Ask three clients what they would miss most.",
)

DEAL_BREAKER = Question(
    id="deal_breaker",
    label="Client deal-breaker",
    kind=Kind.LONG_TEXT,
    wording="What would make a client turn away, however good the rest is?",
    why="One such fault can undo all the good that a model does.",
    rows=("K52",),
    roles=(Role.DOMAIN_EXPERT, Role.USER_REPRESENTATIVE),
    stand_ins=ANYBODY,
    feeds=(Feed.RISK,),
    example="a letter that goes to the wrong person",
    find_out="Read the last ten complaints and the last ten lost contracts.",
)

STRAY_CASES = Question(
    id="stray_cases",
    label="Stray cases",
    kind=Kind.LONG_TEXT,
    wording="In {project}, what could turn up that is none of the things you have in mind?",
    why="A pet door that knows only cats and dogs takes a raccoon for one of them. It must learn to say neither.",
    rows=("K44",),
    roles=(Role.DOMAIN_EXPERT,),
    stand_ins=ANYBODY,
    feeds=(Feed.GATE, Feed.RISK),
    example="adverts, empty pages, and letters in a language that we don't read",
    find_out="Look through 100 recent cases and set aside those that fit nowhere.",
)

INSTANCE = Question(
    id="instance",
    label="One or any",
    kind=Kind.CHOICE,
    wording="Must {project} know one particular thing (your cat), or any of a kind (any cat)?",
    why="A door made for your cat that opens to any cat solves the wrong problem.",
    rows=("K44",),
    roles=(Role.DOMAIN_EXPERT,),
    stand_ins=ANYBODY,
    feeds=(Feed.GATE,),
    options=(
        Option(value="instance", label="One particular thing: your cat"),
        Option(value="category", label="Any of a kind: any cat"),
    ),
    find_out="Picture a second thing of the same kind turning up, and say what should happen.",
)

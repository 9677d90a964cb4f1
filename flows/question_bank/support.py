"""What leadership expects and how far the project reaches (sections 2.5.2 and 2.5.6; K10, K55, K59)."""

from flows.question_bank.stand_ins import LEADERS, MONEY
from flows.questions import Feed, Kind, Option, Question
from flows.roles import Role

EXPECTED_MONTHS = Question(
    id="expected_months",
    label="Months expected",
    kind=Kind.NUMBER,
    wording="In how many months do you expect to see a first result in use?",
    why="Progress comes in jumps and plateaus. It is better to compare expectations now than in month three.",
    rows=("K55",),
    roles=(Role.EXECUTIVE_SPONSOR,),
    stand_ins=LEADERS,
    feeds=(Feed.RISK,),
    example="6",
    unit="months",
    find_out="Ask how long the last project of this size took.",
)

SURENESS = Question(
    id="sureness",
    label="How sure",
    kind=Kind.SCALE,
    wording="How sure are you that a first result will be in use when you expect it?",
    why="A date that feels certain leaves no room for the dead ends that every such project meets.",
    rows=("K55",),
    roles=(Role.EXECUTIVE_SPONSOR,),
    stand_ins=LEADERS,
    feeds=(Feed.RISK,),
    options=(
        Option(value="1", label="It would surprise me"),
        Option(value="2", label="Less likely than not"),
        Option(value="3", label="Even odds"),
        Option(value="4", label="Likely"),
        Option(value="5", label="Certain"),
    ),
    find_out="Ask how many of your last five projects were on time.",
)

SLOW_MONTH = Question(
    id="slow_month",
    label="Slow month",
    kind=Kind.YES_NO,
    wording="Would a month of experiments with nothing to show look like failure to you?",
    why="Such months are normal here, and good projects have been stopped for them.",
    rows=("K55",),
    roles=(Role.EXECUTIVE_SPONSOR,),
    stand_ins=LEADERS,
    feeds=(Feed.RISK,),
    find_out="Think of the last research work you paid for, and how its first months went.",
)

TEAMS = Question(
    id="teams",
    label="Teams involved",
    kind=Kind.NUMBER,
    wording="How many teams have to work together on it, your own and outside ones included?",
    why="Each further team adds waiting and agreeing; small first projects succeed more often.",
    rows=("K59", "K58"),
    roles=(Role.EXECUTIVE_SPONSOR,),
    stand_ins=LEADERS,
    feeds=(Feed.RISK, Feed.COST),
    example="3",
    unit="teams",
    find_out="Follow one case from start to end and count the teams it passes.",
)

AMBITION = Question(
    id="ambition",
    label="How far-reaching",
    kind=Kind.SCALE,
    wording="How much of your organisation should this first project change?",
    why="Very large first projects take years, and people lose interest or leave before the end.",
    rows=("K59",),
    roles=(Role.EXECUTIVE_SPONSOR,),
    stand_ins=LEADERS,
    feeds=(Feed.RISK,),
    options=(
        Option(value="1", label="One task"),
        Option(value="2", label="One team"),
        Option(value="3", label="One department"),
        Option(value="4", label="Several departments"),
        Option(value="5", label="The whole organisation"),
    ),
    find_out="List the people whose day would be different, and count their departments.",
)

SMALLEST_VERSION = Question(
    id="smallest_version",
    label="Smallest version",
    kind=Kind.LONG_TEXT,
    wording="What is the smallest version that would still be worth having?",
    why="A small first step shows early whether the rest can work, and costs little if it can't.",
    rows=("K59",),
    roles=(Role.EXECUTIVE_SPONSOR,),
    stand_ins=LEADERS,
    feeds=(Feed.RISK, Feed.COST),
    example="only refund requests, and only in Spain",
    find_out="Cut the plan in half until someone says it's no longer worth it.",
)

BUDGET = Question(
    id="budget",
    label="Whole budget",
    kind=Kind.MONEY,
    wording="What may the whole project cost, people included?",
    why="It shows early whether the goal and the money fit together.",
    rows=("K10", "K59"),
    roles=(Role.FINANCE,),
    stand_ins=MONEY,
    feeds=(Feed.COST,),
    example="€80,000",
    find_out="Ask what the last project of this size cost.",
)

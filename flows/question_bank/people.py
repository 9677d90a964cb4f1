"""What it means for the people whom it touches: privacy, a say, and a way back (section 2.3.2; K41, K58)."""

from flows.question_bank.stand_ins import ANYBODY, FOR_THE_LAW
from flows.questions import Feed, Kind, Option, Question, When
from flows.roles import Role

_ABOUT_PEOPLE = (When(question="people_data", values=("agreed", "other_ground", "not_settled")),)

PEOPLE_DATA = Question(
    id="people_data",
    label="Personal data",
    kind=Kind.CHOICE,
    wording="Which of these is true of data about people in this project?",
    why="Data about people needs their consent or another ground in law. Without one, the work has to stop.",
    rows=("K58",),
    roles=(Role.LEGAL,),
    stand_ins=FOR_THE_LAW,
    feeds=(Feed.RISK, Feed.GATE),
    options=(
        Option(value="no_people", label="There is none"),
        Option(value="agreed", label="There is, and they agreed to this use"),
        Option(value="other_ground", label="There is, on another ground in law"),
        Option(value="not_settled", label="There is, and it isn't settled"),
    ),
    find_out="Look at 20 sample rows for anything that points to a person.",
)

EXPLANATION = Question(
    id="explanation",
    label="Duty to explain",
    kind=Kind.YES_NO,
    wording="Must you be able to tell a person why the model decided as it did?",
    why="Some models can give their reasons and some can't, so this narrows the choice.",
    roles=(Role.LEGAL,),
    stand_ins=FOR_THE_LAW,
    feeds=(Feed.RISK,),
    when=_ABOUT_PEOPLE,
    find_out="Ask whoever answers complaints what they have to put in writing.",
)

REDRESS = Question(
    id="redress",
    label="Where to complain",
    kind=Kind.PERSON,
    wording="Who will people turn to when the model is wrong about them?",
    why="A mistake that can be put right is far less harmful than one that stands.",
    roles=(Role.LEGAL,),
    stand_ins=FOR_THE_LAW,
    feeds=(Feed.ROLE, Feed.RISK),
    when=_ABOUT_PEOPLE,
    find_out="Ask who deals with such complaints today.",
)

ROLLBACK_HOURS = Question(
    id="rollback_hours",
    label="Switching it off",
    kind=Kind.DURATION,
    wording="Once it does harm, how long may it take to switch the model off?",
    why="A way back has to be built before it is needed, and the time allowed decides how.",
    roles=(Role.LEGAL, Role.DEVOPS),
    stand_ins=FOR_THE_LAW,
    feeds=(Feed.RISK,),
    example="2 hours",
    unit="hours",
    find_out="Picture an hour of wrong results and add up the harm.",
)

USER_FEELINGS = Question(
    id="user_feelings",
    label="How it feels",
    kind=Kind.LONG_TEXT,
    wording="How will people feel about a machine having a say in this?",
    why="People work around a tool that they don't trust, and then it saves nothing.",
    rows=("K41",),
    roles=(Role.USER_REPRESENTATIVE,),
    stand_ins=ANYBODY,
    feeds=(Feed.RISK,),
    example="relieved about the dull letters, uneasy about the angry ones",
    find_out="Tell three users about it over coffee and listen.",
)

USER_LOSS = Question(
    id="user_loss",
    label="What gets lost",
    kind=Kind.LONG_TEXT,
    wording="What do people like about the way it works now that they might lose?",
    why="What is lost without a word comes back as resistance.",
    rows=("K41",),
    roles=(Role.USER_REPRESENTATIVE,),
    stand_ins=ANYBODY,
    feeds=(Feed.RISK, Feed.OBJECTIVE),
    example="a quick chat with the colleague who knows the customer",
    find_out="Ask two users which part of the work they would not give up.",
)

MISSING_PEOPLE = Question(
    id="missing_people",
    label="Who is missing",
    kind=Kind.SHORT_TEXT,
    wording="Whom does this touch who has had no say in it so far?",
    why="Those who weren't asked are the ones whom a model most often gets wrong.",
    roles=(Role.USER_REPRESENTATIVE,),
    stand_ins=ANYBODY,
    feeds=(Feed.RISK, Feed.ROLE),
    example="customers who write in another language",
    find_out="List everyone who sees a result, and cross out those who were asked.",
)

"""The words from which an objective is read, as data. A phrase is matched whole, the longest first."""

from enum import StrEnum
from itertools import product

from flows.word_lists import word_set


class Tag(StrEnum):
    """What a phrase says."""

    UP = "up"
    DOWN = "down"
    DOUBLE = "double"
    TRIPLE = "triple"
    QUADRUPLE = "quadruple"
    HALVE = "halve"
    BETTER = "better"
    WORSE = "worse"
    KEEP = "keep"
    FLAT = "flat"
    AT_LEAST = "at least"
    AT_MOST = "at most"
    PER = "per"
    OR_MORE = "or more"
    OR_LESS = "or less"
    OR_BETTER = "or better"
    ABOVE = "above"
    BELOW = "below"
    ABOUT = "about"
    NOT = "not"
    NO_CHANGE_UP = "today's level at most"
    NO_CHANGE_DOWN = "today's level at least"
    BY = "by"
    TO = "to"
    FROM = "from"
    AT = "at"
    OF = "of"
    ARROW = "arrow"
    DASH = "dash"
    NOW = "now"
    YEAR_ON_YEAR = "yoy"
    FIRM = "firm"
    FLEXIBLE = "flexible"
    FILLER = "filler"
    EARNING = "earning"
    NO_GOAL = "no goal"
    CAP = "cap"
    VAGUE = "vague"
    MIGHT = "might"


_PHRASES = {
    Tag.UP: """increase|increasing|increase of|increase in|an increase in|an increase of|raise|raising|grow
        |growing|boost|boosting|lift|bump|expand|gain|rise|a rise in|climb|go up|goes up|going up|up|more|higher
        |greater|additional|extra|longer|larger|bigger|push up|drive up|bring up|maximise|maximize|bump up|grow by
        |increases|rises|grows|↑|📈|more of|to rise|to grow|growth in|erhöhe|augmenter|uplift|uplift in|an uplift in
        |an uplift of|uplift of|lift in|a lift in|rise in|a rise of|rise of|boost in|a boost in|boost to|a boost to
        |add|adding|attract|acquire|win|augment|step up|scale up|ramp up|lengthen|extend|prolong|steigern|steigere
        |erhöhen|augmentation de|jump in|a jump in|gain in|a gain in|gains in""",
    Tag.DOWN: """reduce|reducing|reduction|a reduction of|a reduction in|reduction in|reduction of|loss in
        |decrease|decreasing|decrease in|a decrease in|a decrease of|decrease of|cut|cutting|cut down|cut back
        |cut down on|lower|lowering|lessen|drop|dropping|fall|decline|bring down|bringing down|take down|drive down
        |push down|get down|trim|trim down|shave|shave off|slash|shrink|fewer|less|smaller|shorter|down|go down
        |goes down|going down|minimise|minimize|save|save us|save on|saving|savings|savings on|savings in|saved
        |saving on|saving in|off|↓|📉|knock off|to fall|stop|réduire|senke|drops|falls|decreases|cut off|knock
        |diminish|curb|eliminate|shorten|shortening|curtail|scale back|squeeze|dial down|senken
        |reduzieren|reduziere|verringern|diminuer|baisser|slash|come down|comes down|coming down
        |cutback in|cut in|a cut in|drop in|a drop in""",
    Tag.DOUBLE: "double|doubling|twice|doubled",
    Tag.TRIPLE: "triple|tripling|treble|tripled",
    Tag.QUADRUPLE: "quadruple|quadrupling|quadrupled",
    Tag.HALVE: "halve|halving|halved",
    Tag.BETTER: """faster|quicker|speed up|accelerate|cheaper|less expensive|improve|improving
        |better|enhance|happier|optimise|optimize|improvement in|an improvement in""",
    Tag.WORSE: "worse|worsen|worsening|hurt|hurting|harm|harming|sacrificing|get worse|suffer|deteriorate",
    Tag.KEEP: "keep|maintain|maintaining|hold|keeping|holding|stay|stays|remain|remains|preserve",
    Tag.FLAT: """flat|stable|constant|as it is|as is|unchanged|steady|where it is|at current levels|at the current level
        |at current level
        |at today's levels|as low as it is|as high as it is|at today's level
        |at its current level""",
    Tag.AT_LEAST: """at least|no less than|not less than|no fewer than|not fewer than|more than|spend more than
        |minimum|min|min of|a min of|a minimum of|minimum of|at a minimum|>=|≥|>|no lower than|not lower than|upwards of
        |at or above""",
    Tag.AT_MOST: """not to exceed|no greater|at most|no more than|not more than|less than|spend less than
        |spend no more than
        |spend at most|fewer than|maximum|max|a maximum of|maximum of|at a maximum|<=|≤|<|no higher than
        |not higher than|at or below|no greater than|up to|a max of|max of""",
    Tag.OR_MORE: "or more|or higher|or above|plus|at the least|upwards",
    Tag.OR_BETTER: "or better|no worse than|not worse than|not be worse than|at least as good as",
    Tag.OR_LESS: "or less|or fewer|or lower|or below|tops|at the most",
    Tag.PER: """a day|per day|every day|a week|per week|every week|a month|per month|every month|a quarter
        |per quarter|a year|per year|every year|an hour|per hour""",
    Tag.ABOVE: "past|above|over|exceed|exceeding|beyond",
    Tag.BELOW: "below|under|beneath|underneath|within|inside",
    Tag.ABOUT: """about|around|roughly|approximately|approx|circa|ca|nearly|almost|close to|just under|just over
        |not quite|just about|just below|just above|some|~|≈|abt|more or less|or so""",
    Tag.NOT: "not|no|never|nor|avoid|prevent|without|neither",
    Tag.BY: "by|um|de",
    Tag.TO: "to|down to|up to a level of|to reach|to hit|reach|hit|get to|achieve",
    Tag.FROM: "from|instead of|rather than|down from|up from|compared to the current|as opposed to",
    Tag.AT: "at|at about",
    Tag.OF: "of|as well as|in|on|for|per|across|with|between|among|and|or|&",
    Tag.ARROW: "→|->|=>",
    Tag.DASH: "–|—",
    Tag.NOW: "currently|today|now|current|at the moment|right now|at present|is currently|is now|today it is",
    Tag.YEAR_ON_YEAR: """yoy|year on year|year over year|y/y|year-on-year|year-over-year|compared with last year
        |compared to last year|than last year|versus last year|vs last year|over last year|year-to-year|y-o-y
        |from last year
        |relative to last year|on last year|against last year""",
    Tag.CAP: "cap|capped|capping|limit|limited|limiting|restrict|restricted",
    Tag.VAGUE: """significantly|substantially|slightly|drastically|considerably|noticeably|massively|dramatically
        |sharply|somewhat|a bit|a little|a lot|by a bit|by a lot|by a few percent|by several percent|back|further
        |as much as possible|by as much as possible|as far as possible|as low as possible|as high as possible|radically
        |gradually|steadily|strongly|a good|well|way|markedly|measurably|visibly|by a notch|continuously|even""",
    Tag.MIGHT: "can|could|may|might|will|would|is going to|are going to|likely|probably|perhaps|maybe",
    Tag.FIRM: """must|must have|has to|have to|has to be|must be|must stay|must remain|non-negotiable|firm
        |hard requirement|mandatory|required|under no circumstances|shall""",
    Tag.FLEXIBLE: """ideally|hopefully|would like|we'd like|i'd like|we would like
        |i would like|we'd like to see|i'd like to see|we'd love|i'd love|would love|aim|aim for|aim to|we aim for
        |we aim to|aiming for|would be nice|would be great|it would be great if we could|it would be nice to
        |it would be great to|it would be nice if we could|if possible|preferably|nice to have|flexible
        |it would be good to|we would love|i would love|would be good""",
    Tag.FILLER: """the|a|an|our|my|your|we|i|us|me|want|wants|want to|wants to|need|needs|need to|needs to
        |please|let's|is|are|be|get|getting|bring|take|push|drive|make|hello|hi|hey|thanks
        |thank you|my goal is|our goal is|the goal is|my goal is to|our goal is to|the goal is to|goal|our goal
        |my objective is|the objective is|our objective is|my objective is to|our objective is to
        |the objective is to|objective|our target is|the target is|target|i want|we want|we want to|i want to
        |i want us to|we need to|i need to|we have|i'd|we'd|just|also|then|see|let|help us|help us to|help
        |the project should|this project should|the model should|it should|so|this|these|their|its|no deadline given
        |no amount given|it|that|see a|want a|have|do|we need|i need|in our view|an average|we are looking to
        |make sure|make sure that|ensure|ensure that|should|should be|should stay
        |looking to|plan to|we plan to|hope to|we hope to|planning to|trying to|try to|good morning
        |the finance team would like to|the project must|i am hoping to|both|okay|ok|yes
        |at the latest|the latest|achieve a|den|der|les|des
        |unsere|unseren|nos|i want to see|exactly|precisely|i think|we think|i believe|we believe
        |we want to see|we're aiming to|our aim is to|the aim is to|aim is to|the idea is to|we intend to|intend to
        |we are aiming to|we would need to
        |our ambition is to|our plan is to|the plan is to|we wish to|wish to|i need to see|key result|kr|okr|pls|plz
        |wir|wollen|wir wollen|möchten|nous voulons|wir möchten""",
    Tag.EARNING: "bring in|brings in|bringing in",
    Tag.NO_GOAL: """i do not know|do not know|not sure|no idea|nothing|nothing specific|none|nothing yet|no goal
        |no goals|n/a|let me think|not yet|i have no|no objective|no objectives""",
}


def _build() -> dict[tuple[str, ...], Tag]:
    known = {}
    for tag, phrases in _PHRASES.items():
        for phrase in phrases.split("|"):
            known[tuple(phrase.split())] = tag
    for tag, sides in _SIDES.items():
        for side, today in product(sides.split("|"), _TODAY.split("|")):
            known[(*side.split(), *today.split())] = tag
    return known


_SIDES = {
    Tag.NO_CHANGE_UP: """at or below|no higher than|not higher than|not be higher than|no more than|not more than
        |not be more than|at most|no greater than|no larger than|no bigger than|not above|not exceed
        |at most as high as""",
    Tag.NO_CHANGE_DOWN: """at or above|no lower than|not lower than|not be lower than|no less than|not less than
        |not be less than|at least|no smaller than|not below|not fall below|not drop below
        |at least as high as""",
}
_TODAY = """today's level|today's|today|now|it is today|it is now|what it is today|what it is now|its current level
    |the current level|current level|where it is today|where it is now|today's value"""

PHRASES = _build()
LONGEST_PHRASE = max(len(words) for words in PHRASES)
"""Words in the longest phrase."""

VERBS = (Tag.CAP, Tag.UP, Tag.DOWN, Tag.DOUBLE, Tag.TRIPLE, Tag.QUADRUPLE, Tag.HALVE, Tag.BETTER, Tag.KEEP, Tag.NOT)
"""What makes a clause one that stands by itself."""

GREETINGS = word_set(
    "hello|hi|hey|hi there|hello there|good morning|good afternoon|good evening|thanks|thank you|cheers|"
    "goals|our goals|my goals|our goals are|my goals are|objectives|our objectives|targets|our targets|okrs|our okrs|"
    "that's it|that is all|that's all|best|best regards|kind regards|regards|thanks for asking|good question|"
    "dear team|hi team|hello team|hi all|hello all",
    "|",
)
"""Clauses that ask for nothing."""

CONDITIONS = word_set(
    "if unless when once provided providing assuming except only unlike excluding including than as though although "
    "because since otherwise else depending subject"
)
"""Words that tie a whole sentence to something else."""

BULLETS = (
    r"^\s*(?:[•◦▪·*–—-]|\(?(?:[0-9]{1,2}|[a-h](?=\)))[.)]"
    r"|(?:KR|O|G|OKR|Goal|Objective|Key Result)\s?#?[0-9]{1,2}\s?[:.)-])\s+"
)
"""What stands before an entry of a list."""

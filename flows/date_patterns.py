"""How dates are written, as data: words and patterns, each with the name of what it is."""

import re

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar jänner janvier", "february feb februar février fevrier", "march mar märz mars",
            "april apr avril", "may mai", "june jun juni juin", "july jul juli juillet", "august aug août aout",
            "september sep sept septembre", "october oct oktober octobre", "november nov novembre",
            "december dec dezember décembre decembre",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SMALL = {word: number for number, word in enumerate(
    ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
     "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"], 1
)} | {"a": 1, "an": 1, "twenty-four": 24, "thirty": 30, "thirty-six": 36, "forty-five": 45, "sixty": 60,
      "ninety": 90}  # fmt: skip
ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": 4}
SPANS = {"day": "days", "week": "weeks", "month": "months", "quarter": "quarters", "year": "years"}

_MONTH = rf"(?P<month>{'|'.join(sorted(MONTHS, key=len, reverse=True))})"
_WEEKDAY = rf"(?P<weekday>{'|'.join(WEEKDAYS)})"
_YEAR = (
    r"(?:(?:,?\s?(?:of\s)?|\s?[/-]\s?)(?P<year>20[0-9]{2})(?![0-9])|\s?['/](?P<short>[0-9]{2})(?![0-9%/.])"
    r"|\s(?:of\s)?(?P<next_year>next\syear)|\s(?:of\s)?(?P<this_year>this\syear))?"
)
_BEFORE = (
    r"(?P<lead>(?:(?:latest\s+)?by|on or before|before|ahead of|prior to|until|till|til|no later than|not later than"
    r"|in time for|in|on|at|during|within|from now until|from now to|for|through|d'ici|bis|due|due by|due on"
    r"|deadline:?|deadline is|over)\s+(?:the\s+)?)?"
)
_SLASHED = r"(?P<all>(?P<a>[0-9]{1,2})(?P<mark>[./-])(?P<b>[0-9]{1,2}))"
_ONLY_SLASHED = _SLASHED.replace("[./-]", "/")
_DOTTED = _SLASHED.replace("[./-]", "[.]")
_DUE = r"(?P<lead>(?:until|till|before|bis|due|deadline:?)\s+)"
_PLACE = (
    r"(?P<place>(?:(?:the\s+)?(?:very\s+)?end|ende|fin|close|middle|mid|mitte|start|beginning|anfang|early|late)"
    r"(?:\s+of|\s+in|\s+de|-)?\s*(?:the\s+)?)"
)
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_WEEKDAY_FIRST = rf"(?:(?:{'|'.join(WEEKDAYS)}),?\s+(?:the\s+)?)?"
_NOT_AN_ORDINAL = r"(?!\s+(?:percentile|week|quarter|half))"
_NUMBER = rf"(?:[0-9]{{1,6}}|{'|'.join(sorted(SMALL, key=len, reverse=True))})"
_AND_A_HALF = r"(?P<half>\s+and\s+a\s+half)?"
_AND_MORE = rf"(?P<more>\s+and\s+a\s+half)?\b(?!\s+(?:and\s+{_NUMBER}|(?:of|after|before|following)\b))"
_WHICH_YEAR = (
    r"(?:the\s+year\b|(?P<year>20[0-9]{2})\b|(?P<next_year>next\syear)\b|(?P<this_year>this\syear)\b)(?P<short>)"
)
_QUARTER = r"first|1st|second|2nd|third|3rd|fourth|4th|last(?=\s+quarter\s+of\s)"
_IN_THE_YEAR = r"(?!\s+more)(?:\s+of\s+the\s+year)?"
_NTH = r"first|1st|second|2nd|third|3rd|fourth|4th|last"
_COUNT = rf"(?P<count>[0-9]{{1,6}}|{'|'.join(sorted(SMALL, key=len, reverse=True))})"
_UNIT = r"(?P<unit>week|month|quarter|year)"
_RELATIVE = rf"(?P<which>this|next|coming|following)\s+{_UNIT}\b"
_SPAN = r"(?P<unit>day|week|month|quarter|year)s?"
_FISCAL = r"(?:(?:this|the|our|next|current|coming)\s+){0,2}(?:fiscal|financial)\s+year(?P<number>)(?!\s?[0-9])\b"
_HOLIDAY = (
    r"(?P<holiday>black\sfriday|christmas|xmas|thanksgiving|easter|halloween|new\syear's\seve|new\syear's|new\syear)\b"
)
_THE = r"\s+(?:the\s+)?"
_NOT_A_DAY = r"(?![0-9%]|\s?%|[.,][0-9])"
_COMING = rf"{_THE}(?:next\s+|coming\s+)?"
_UP_TO = r"(?P<lead>(?:by|before|until|till)\s+)"
_SEASONS = r"(?:summer|winter|spring|autumn|fall)"
_SEASON = rf"(?:next\s+|this\s+|early\s+|late\s+|end\s+of\s+(?:the\s+)?)*{_SEASONS}(?:\sholidays?|\sbreak)?"


def _core(pattern: str) -> str:
    """The pattern without what may stand before it, which is found much faster."""
    return pattern.replace(_BEFORE, "").replace(f"{_PLACE}?", "")


PATTERNS: tuple[tuple[re.Pattern[str], re.Pattern[str], str], ...] = tuple(
    (re.compile(_core(pattern), re.IGNORECASE), re.compile(pattern, re.IGNORECASE), read)
    for pattern, read in (
        (rf"\b{_BEFORE}(?P<y>[0-9]{{4}})-(?P<m>[0-9]{{1,2}})-(?P<d>[0-9]{{1,2}})\b", "iso"),
        (rf"\b{_BEFORE}(?P<y>20[0-9]{{2}})/(?P<m>[0-9]{{1,2}})/(?P<d>[0-9]{{1,2}})\b", "iso"),
        (rf"\b{_BEFORE}{_SLASHED}(?P=mark)(?P<y>20[0-9]{{2}}|[0-9]{{2}})(?![0-9.,]?[0-9%])", "numeric"),
        (rf"\b{_UP_TO}{_ONLY_SLASHED}(?P<y>)(?![\w/%])", "numeric"),
        (
            rf"\b{_DUE}{_DOTTED}(?P<y>)\.?(?![\w/%])",
            "numeric",
        ),
        (rf"\b{_BEFORE}{_PLACE}?(?P<y>20[0-9]{{2}})-(?P<m>0[1-9]|1[0-2])(?![\w-])", "month_number"),
        (rf"\b{_BEFORE}{_PLACE}?(?P<m>0?[1-9]|1[0-2])/(?P<y>20[0-9]{{2}})(?![\w/])", "month_number"),
        (rf"\b{_BEFORE}(?:the\s+)?(?P<which>{_NTH})\s+week\s+(?:of|in)\s+{_MONTH}\b{_YEAR}", "week_of"),
        (rf"\b{_BEFORE}{_PLACE}?(?:KW|CW|calendar\s+week|week)\s?(?P<week>[0-9]{{1,2}})\b(?!\s?%){_YEAR}", "week"),
        (rf"\b{_BEFORE}{_WEEKDAY_FIRST}{_DAY}\.?\s+(?:of\s+)?{_MONTH}\b\.?{_YEAR}(?!\w)", "day_of_month"),
        (
            rf"\b{_BEFORE}{_WEEKDAY_FIRST}{_MONTH}\.?{_THE}{_DAY}{_NOT_A_DAY}{_YEAR}(?!\w)",
            "day_of_month",
        ),
        (rf"\b{_BEFORE}{_PLACE}{_RELATIVE}", "relative"),
        (rf"\b{_BEFORE}{_PLACE}?Q(?P<quarter>[1-4])\b{_YEAR}(?!\s?FY)", "quarter"),
        (rf"\b{_BEFORE}{_PLACE}?(?P<quarter>[1-4])Q(?P<year>)(?P<short>[0-9]{{2}})\b", "quarter"),
        (rf"\b{_BEFORE}{_PLACE}?(?P<half>[12])H(?P<year>)(?P<short>[0-9]{{2}})\b", "half"),
        (
            rf"\b{_BEFORE}{_PLACE}?(?P<quarter>{_QUARTER})\s+quarter\b{_IN_THE_YEAR}{_YEAR}",
            "quarter",
        ),
        (rf"\b{_BEFORE}{_PLACE}?H(?P<half>[12])\b{_YEAR}(?!\s?FY)", "half"),
        (
            rf"\b{_BEFORE}{_PLACE}?(?P<half>{_NTH})\s+half\s+of\s+{_WHICH_YEAR}",
            "half",
        ),
        (rf"\b{_BEFORE}{_PLACE}?(?:FY|fiscal\syear\s)\s?'?(?P<number>20[0-9]{{2}}|[0-9]{{2}})\b", "fiscal_year"),
        (rf"\b{_BEFORE}{_PLACE}?{_FISCAL}", "fiscal_year"),
        (rf"\b{_BEFORE}{_PLACE}?{_MONTH}\b\.?{_YEAR}(?!\w)", "month"),
        (rf"\b{_BEFORE}{_PLACE}?CY\s?'?(?P<number>20[0-9]{{2}}|[0-9]{{2}})\b", "calendar_year"),
        (rf"\b{_BEFORE}(?P<place>(?:end|close)\s+of{_THE})year\s+(?P<number>20[0-9]{{2}})\b", "calendar_year"),
        (rf"\b{_BEFORE}(?P<place>)year(?:'s)?[- ]end\s+(?P<number>20[0-9]{{2}})\b", "calendar_year"),
        (rf"\b{_BEFORE}{_PLACE}?(?P<number>20[0-9]{{2}})\b(?![.,]?[0-9%])", "year"),
        (rf"\b{_BEFORE}(?P<place>mid)[\s-]?(?P<unit>year)\b", "current"),
        (rf"\b{_BEFORE}(?P<place>(?:end|close)\s+of{_THE}){_UNIT}\b(?!\s+[0-9])", "current"),
        (rf"\b{_BEFORE}(?P<place>(?:beginning|start|middle)\s+of{_THE}){_UNIT}\b", "current"),
        (rf"\b{_BEFORE}(?P<place>){_UNIT}(?:'s)?[- ]end\b", "current"),
        (rf"\b{_BEFORE}(?P<place>)(?P<unit>EOM|EOQ|EOY|YE)\b", "current"),
        (
            rf"\b(?:within|in|inside|over){_COMING}half\s+an?\s+(?P<unit>year|quarter|decade)\b",
            "half_a_year",
        ),
        (
            rf"\b(?:within|in|inside){_COMING}{_COUNT}{_AND_A_HALF}[\s-]+{_SPAN}(?:'\s+time)?{_AND_MORE}",
            "within",
        ),
        (
            rf"\b(?:within|in|over){_COMING}{_NUMBER}\s?(?:-|–|to|or)\s?(?P<high>{_NUMBER})[\s-]+{_SPAN}\b",
            "within_range",
        ),
        (rf"\b(?:over|during|for|in)\s+the\s+(?:next|coming)\s+{_COUNT}[\s-]+{_SPAN}\b", "within"),
        (rf"(?<![\w.,]){_COUNT}\s+{_SPAN}\s+from\s+(?:now|today)\b", "within"),
        (rf"\b{_BEFORE}{_RELATIVE}", "relative"),
        (rf"\b(?P<lead>by|before|until|till|on)\s+(?:(?P<which>next|this)\s+)?{_WEEKDAY}\b", "weekday"),
        (rf"\b{_BEFORE}{_HOLIDAY}", "holiday"),
        (
            rf"\b{_UP_TO}(?:the\s+)?(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)\b{_NOT_AN_ORDINAL}",
            "nth",
        ),
        (rf"\b{_UP_TO}(?P<when>tomorrow|today|tonight)\b", "tomorrow"),
        (rf"\b(?:by|before|until|till|after|in|during){_THE}{_SEASON}\b", "vague"),
        (rf"\b(?:by|before|after|until){_THE}(?:launch|release|go-live|holidays?|weekend)\b", "vague"),
        (
            r"\b(?:as\ssoon\sas\spossible|asap|soon|sooner\sor\slater|eventually|at\ssome\spoint|one\sday)\b",
            "vague",
        ),
        (r"\bin\sthe\s(?:near\s|long\s|short\s)?(?:future|term|run)\b", "vague"),
    )
)
"""The core of each pattern, the pattern, and its name, in the order in which they are tried.

A part of a text that one of them takes is not read by another.
"""

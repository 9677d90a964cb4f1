"""Ways of speaking in which a verb names the metric: "users stay longer", "ads bring in more", "a cheaper cloud".

Each entry says the same with the metric's name, so that the rest of the reading needs to know only that. An entry
replaces nothing but its own words: whatever stands around them is still read, or doubted. Where a word before it could
change the meaning ("more users stay longer"), the entry names what may stand there.
"""

import re

_START = (
    r"(?P<start>^|[,:(]\s*|\b(?:want|wants|let|let's|have|get|make|that|so|help|see|like|love|ensure|sure|to|and|should"
    r"|must|we|i|is|would|please)\s+)(?:the\s+|our\s+|all\s+our\s+|all\s+)?"
)
_MODAL = r"(?:\s+(?P<modal>should|must|shall|have\s+to|has\s+to|need\s+to|needs\s+to)|\s+(?:ought\s+)?to)?"
_BE = r"(?:\s+(?:be|get|become|is|are|run|last|take))?"
_AMOUNT = r"(?P<amount>(?:\s+[^;:()]{1,40}?)?)"
_PEOPLE = (
    r"(?:keep(?:ing)?\s+(?:the\s+|our\s+)?)?(?:users?|people|visitors?|viewers?|readers?|customers?|members?|they)"
)
_VISITORS = r"(?:users|visitors|viewers|readers)"
_OUR = r"(?:the|our|your|my|an)\s+(?:online\s+|digital\s+)?"
_HERE = rf"\s+(?:on|in|at|with)\s+(?:{_OUR}platform|us)\b"
_SITE = rf"\s+(?P<on>on|in)\s+{_OUR}(?P<site>site|website|app)\b"
_STAY = r"\s+(?:stay|remain|linger|spend)"
_ADS = r"(?:the\s+|our\s+)?(?:ads|adverts|advertisements|advertisement|advertising)"
_EARN = r"\s+(?:bring\s+us|bring\s+in|bring|earn\s+us|earn|make\s+us|make|generate|yield|deliver)"
_MONEY = r"(?:\s+(?:money|revenue|income|cash))?"
_CLOUD = (
    r"(?:the\s+|our\s+|my\s+)?cloud(?:\s+(?:computing|hosting|services|infrastructure|usage|use))?"
    r"(?!\s+(?:bill|cost|spen|expen))"
)
_VISIT = r"(?P<whose>(?:(?:average|avg|mean|typical|user)\s+)?)(?P<visit>session|visit)s?\b"
_END = (
    r"(?=\s*(?:$|[.,;:)(]|(?:by|until|till|before|within|in|per|a|each|every|yoy|year|this|next|and|but|while|without"
    r"|over|at|from)\b))"
)
_WHO = r"(?P<who>customer|user|patient|employee|client|guest|citizen)"
_NEVER = r"(?:under\s+no\s+circumstances\s+(?:may|must|can|should)\s+(?:we|it)|(?:we\s+)?(?:must|may)\s+never|never)"
_WHOLE = r"(?![\w-])"
_SO_MUCH = r"(?:at\s+least\s+|about\s+)?[0-9€$£][^\s;:()]{0,12}(?:\s?(?:%|percent))?"
_BY_SO_MUCH = r"(?=\s*(?:$|[.,;(+↑≥]|up\b|by\s+(?:at\s|about|around|up\s|[0-9]|a\s|an\s|one\s|ten\b|fifteen|twenty)))"

_PLATFORM_TIME = r"\g<start>time on platform \g<modal> be\g<amount> "
_SITE_TIME = r"\g<start>time \g<on> \g<site> \g<modal> be\g<amount> "
_LONGER = r"\s+(?:for\s+)?longer"

_ENTRIES = (
    (r"\bminus\s+(?=[0-9])", "-"),
    (r"\bplus\s+(?=[0-9.,]+\s?(?:%|per\s?cent))", "+"),
    (r"(?<=[a-z])/(?=(?:day|week|month|quarter|year)\b)", " per "),
    (r"\bw/(?:o|out)\b", "without"),
    (r"\bwithout\s+(?:losing|sacrificing|compromising|damaging|impairing|worsening)\s", "without hurting "),
    (
        rf"\bbe\s+(?:reduced|decreased|lowered|minimi[sz]ed|trimmed|slashed|brought\s+down){_WHOLE}",
        "be reduce",
    ),
    (rf"\bbe\s+(?:increased|raised|boosted|lifted|expanded|maximi[sz]ed|brought\s+up){_WHOLE}", "be increase"),
    (rf"\bbe\s+(?:maintained|kept|held){_WHOLE}", "be keep"),
    (rf"\bbe\s+improved{_WHOLE}", "be improve"),
    (r"\bin\s+half\b", "by half"),
    (r"\btwice\s+as\s+(?:many|much)\b", "double"),
    (r"\bhalf\s+as\s+(?:many|much)\b", "50% less"),
    (r"^(?:not\s+a\s+single|not\s+one(?:\s+single)?|no\s+single|absolutely\s+no)\s+(?=[a-z])", "zero "),
    (r"\bby\s+(?:a\s+)?factor\s+(?:of\s+)?(?=[0-9])", "by x"),
    # People who stay.
    (rf"{_START}{_PEOPLE}{_MODAL}{_STAY}{_AMOUNT}{_LONGER}{_HERE}", rf"{_PLATFORM_TIME}longer"),
    (rf"{_START}{_PEOPLE}{_MODAL}{_STAY}{_HERE}{_AMOUNT}{_LONGER}\b", rf"{_PLATFORM_TIME}longer"),
    (rf"{_START}{_PEOPLE}{_HERE}{_MODAL}{_AMOUNT}{_LONGER}\b", rf"{_PLATFORM_TIME}longer"),
    (rf"{_START}{_PEOPLE}{_AMOUNT}{_LONGER}{_HERE}", r"\g<start>time on platform \g<amount> longer"),
    (rf"{_START}{_PEOPLE}{_MODAL}{_STAY}{_AMOUNT}{_LONGER}{_SITE}", rf"{_SITE_TIME}longer"),
    (rf"{_START}{_PEOPLE}{_MODAL}{_STAY}{_SITE}{_AMOUNT}{_LONGER}\b", rf"{_SITE_TIME}longer"),
    (rf"{_START}{_VISITORS}{_MODAL}\s+(?:stay|linger){_AMOUNT}{_LONGER}{_END}", rf"{_PLATFORM_TIME}longer"),
    (rf"{_START}{_PEOPLE}{_MODAL}{_STAY}{_AMOUNT}\s+more\s+time{_HERE}", rf"{_PLATFORM_TIME}more"),
    (rf"{_START}{_PEOPLE}{_MODAL}{_STAY}{_AMOUNT}\s+more\s+time{_SITE}", rf"{_SITE_TIME}more"),
    (
        rf"\b(?P<verb>increase|raise|grow|boost|lift|more)\s+(?:the\s+|our\s+)?(?:user\s+)?time\s+spent{_BY_SO_MUCH}",
        r"\g<verb> time on platform",
    ),
    (r"^(?:the\s+)?(?:user\s+)?time\s+spent(?=\s*(?:\+|↑|up\b))", "time on platform"),
    # How long a session lasts, which is not how many there are.
    (rf"\b(?P<way>longer|shorter)\s+{_VISIT}(?!\s+(?:length|duration|time))", r"\g<way> \g<whose>\g<visit> length"),
    (
        rf"{_START}{_VISIT}(?!\s+(?:length|duration|time))(?:\s+(?:that|which))?{_MODAL}{_BE}{_AMOUNT}\s+(?P<way>longer|shorter)\b",
        r"\g<start>\g<whose>\g<visit> length \g<modal> be\g<amount> \g<way>",
    ),
    (rf"\b(?:lengthen|prolong|extend)\s+(?:the\s+|our\s+)?{_VISIT}", r"increase \g<whose>\g<visit> length"),
    (rf"\bshorten\s+(?:the\s+|our\s+)?{_VISIT}", r"reduce \g<whose>\g<visit> length"),
    # How people feel.
    (
        rf"\b(?:make|keep|making|keeping|have)\s+(?:our\s+|the\s+|all\s+)?{_WHO}s?\s+happier\b",
        r"increase \g<who> satisfaction",
    ),
    (
        rf"\b{_WHO}s\s+(?:should|must)\s+be\s+happier\b",
        r"increase \g<who> satisfaction",
    ),
    # What must not happen at all.
    (
        rf"\b{_NEVER}\s+leak\s+(?P<what>(?:personal|customer|patient|user|employee)\s+data)\b",
        r"must have at most 0 \g<what> leaks",
    ),
    (r"\b(?:has|have)\s+to\s+be\s+fair\b|\bmust\s+be\s+fair\b", "must maintain fairness"),
    # What adverts bring in, which is not how many there are.
    (
        rf"{_START}{_ADS}{_MODAL}{_EARN}{_AMOUNT}\s+more{_MONEY}{_END}",
        r"\g<start>advertising revenue \g<modal> be\g<amount> more",
    ),
    (
        rf"\b(?:earn|make|get|generate|bring\s+in){_AMOUNT}\s+more{_MONEY}\s+(?:from|with|through|via|out\s+of)\s+{_ADS}{_END}",
        r"\g<amount> more advertising revenue",
    ),
    (rf"\bmore{_MONEY}\s+(?:from|through|out\s+of)\s+{_ADS}{_END}", "more advertising revenue"),
    (rf"\bmoneti[sz]e\s+{_ADS}{_AMOUNT}\s+better\b", r"ad monetization\g<amount> better"),
    # What the cloud costs.
    (rf"{_START}{_CLOUD}{_MODAL}{_BE}{_AMOUNT}\s+cheaper\b", r"\g<start>cloud bill \g<modal> be\g<amount> lower"),
    (rf"\bcheaper\s+{_CLOUD}{_END}", "lower cloud bill"),
    (
        rf"\b(?:spend|pay){_AMOUNT}\s+less(?:\s+money)?\s+(?:on|for)\s+{_CLOUD}{_END}",
        r"\g<amount> less cloud spend",
    ),
    (
        rf"\b(?P<verb>cut|take|trim|strip|slash)\s+(?P<amount>{_SO_MUCH})\s+(?:from|out\s+of)\s+(?=(?:the|our|my)\s)",
        r"\g<verb> \g<amount> off ",
    ),
)
_COMPILED = tuple((re.compile(pattern, re.IGNORECASE), said) for pattern, said in _ENTRIES)


def put_plainly(sentence: str) -> str:
    """The sentence with each of these ways of speaking replaced by the metric's name; else as it is."""
    for pattern, said in _COMPILED:
        sentence = pattern.sub(said, sentence)
    return sentence

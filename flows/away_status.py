"""Whether a person's status in the chat says that they are away: on holiday, ill, on leave or out of office."""

import re
from contextlib import suppress
from datetime import datetime, timedelta

from flows.absence import Absence, AbsenceError, read_absence
from flows.working_days import zone_named

_A_SECOND = timedelta(seconds=1)
_HALF_A_YEAR = timedelta(days=183)

_AWAY_SIGNS = frozenset(
    (
        *("palm_tree", "beach_with_umbrella", "beach", "umbrella_on_ground", "desert_island", "island"),
        *("airplane", "small_airplane", "airplane_departure", "airplane_arriving", "luggage"),
        *("camping", "tent", "skier", "snowboarder"),
        *("face_with_thermometer", "mask", "sneezing_face", "nauseated_face", "face_vomiting"),
        *("face_with_head_bandage", "hospital", "baby", "baby_bottle", "breast-feeding"),
    )
)
_AWAY = re.compile(
    r"\b(?:vacation(?:s|ing)?|vacay|holiday(?:s|ing)?|hols|ooo|o\.o\.o|out of (?:the )?office"
    r"|(?:on|annual|parental|maternity|paternity|sick|medical|family|bereavement|study|unpaid) leave"
    r"|(?:winter|spring|summer|autumn|fall|christmas|xmas|easter) break"
    r"|maternity|paternity|sabbatical|p\.?t\.?o|time off|days? off|off (?:today|tomorrow|until|till|this|next|for)"
    r"|away (?:until|till|today|for|this|from)|sick(?: day)?|off sick|unwell"
    r"|urlaub|im urlaub|krank|elternzeit|mutterschutz|außer haus|abwesend|abwesenheit"
    r"|congés?|vacances|malade|arrêt maladie|absente?|vacaciones|permiso|de baja|enferm[oa]|fuera de la oficina"
    r"|férias|ferie|malattia|vakantie|verlof|ziek|urlop)\b"
)
_NOT_AWAY = re.compile(
    r"\b(?:back from (?![0-9]|(?:mon|tues|wednes|thurs|fri|satur|sun)day|next)"
    r"|(?:not|never|no longer) (?:(?:on )?(?:vacation|holiday|leave|pto)|ooo|out of|away|sick|off)"
    r"|no (?:vacation|holiday|pto)|(?:before|after|need(?:ing)?|planning|dreaming of|looking forward to) (?:\w+ )?"
    r"(?:vacation|holidays?|leave|pto)|(?:until|till) (?:my )?(?:vacation|holidays?|leave|pto)"
    r"|(?:vacation|holiday|leave|absence|pto)s? (?:planning|planner|calendar|tracker|project|app|team|request|mode off)"
    r"|zurück aus|de retour|de vuelta)\b"
)
_AT_WORK = re.compile(
    r"\b(?:lunch|meeting|call|commut\w+|focus\w*|deep work|heads down|remote(?:ly)?|wfh|home ?office|working|work from"
    r"|back in (?:the )?office"
    r"|coffee|break|brb|afk|available|interview\w*|pairing|debugging|deploy\w*)\b"
)
_END_IN_WORDS = re.compile(
    r"\b(?:until|till|til|through|thru|back|returning|from|today|tomorrow|this week|next week)\b.*"
)


def status_absence(emoji: str, text: str, expires_at: datetime | None, now: datetime, zone: str) -> Absence | None:
    """The days on which a status says that its owner is away.

    The words decide; the emoji does where they say nothing, so that ":palm_tree: working remotely" is no holiday. An
    end that the status is given counts, and else one in its words, if it is within half a year.

    Args:
        emoji: As Slack gives it: ":palm_tree:"; may be empty.
        text: What the status says; may be empty.
        expires_at: When it ends, an aware moment; None, or the beginning of 1970, if it does not.
        now: An aware moment.
        zone: IANA name of the person's zone, in which days are counted; an unknown one is taken as UTC.

    Returns:
        The absence, without a last day if none is known; None if the person is not away.
    """
    if not _says_away(emoji, text):
        return None
    there = zone_named(zone)
    today = now.astimezone(there).date()
    if expires_at is None or not expires_at.timestamp():
        return _end_in_words(text, Absence(today, None))
    if expires_at <= now:
        return None
    # What ends at midnight is over with the day before.
    return Absence(today, (expires_at - _A_SECOND).astimezone(there).date())


def _says_away(emoji: str, text: str) -> bool:
    said = text.casefold().replace("’", "'")
    if _NOT_AWAY.search(said):
        return False
    if _AWAY.search(said):
        return True
    sign = emoji.strip().strip(":").casefold().partition("::")[0]
    return sign in _AWAY_SIGNS and not _AT_WORK.search(said)


def _end_in_words(text: str, unknown: Absence) -> Absence:
    """The absence that a status means with "until 4 January" and the like, and the given one where it has no such."""
    tail = _END_IN_WORDS.search(text.casefold())
    for words in [text, tail[0] if tail else ""]:
        with suppress(AbsenceError):
            named = read_absence(words, unknown.first)
            # "Back on 7 January" that is still there on the 8th would be read as next year's.
            if named and named.last and named.last - unknown.first <= _HALF_A_YEAR:
                return named
    return unknown

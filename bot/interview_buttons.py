"""The buttons of an interview: where each leads, and what it carries."""

CHOOSE = "interview.choose"
UNKNOWN = "interview.unknown"
SKIP = "interview.skip"
BACK = "interview.back"
CONFIRM = "interview.confirm"
CHANGE = "interview.change"
REJECT = "interview.reject"
FORM = "interview.form"
WHY = "interview.why"
MORE = "interview.more"
EDIT = "interview.edit"
TURN_PAGE = "interview.turn_page"
SUBMIT = "interview.submit"
IN_PRIVATE = "interview.in_private"

ASK_SOMEBODY = "ask"
BETWEEN_US = "between_us"
NOT_BETWEEN_US = "not_between_us"


def button_value(interview_id: int, turn: int, value: str = "") -> str:
    """What a button of a turn carries."""
    return f"{interview_id}:{turn}:{value}"


def read_button_value(carried: str) -> tuple[int, int, str]:
    """Interview, turn and value of a button."""
    interview_id, turn, value = carried.split(":", 2)
    return int(interview_id), int(turn), value

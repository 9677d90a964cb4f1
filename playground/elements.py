"""The shapes of text objects, options and interactive elements (docs.slack.dev/reference/block-kit)."""

from typing import Any

from playground.shapes import Anything, ByType, Flag, Many, Record, Report, Rule, Shape, Whole, Words

ID = Words(255)
URL = Words(3000)
_DAY = Words(10, pattern=r"\d{4}-\d{2}-\d{2}")
_TIME = Words(5, pattern=r"([01]\d|2[0-3]):[0-5]\d")


def plain_text(high: int) -> Shape:
    """A plain_text object of up to so many characters."""
    return ByType({"plain_text": Record({"text": Words(high), "emoji": Flag()}, required=("text",))})


def text(high: int) -> Shape:
    """A plain_text or mrkdwn object of up to so many characters."""
    marked = Record({"text": Words(high), "verbatim": Flag()}, required=("text",))
    return ByType({"plain_text": Record({"text": Words(high), "emoji": Flag()}, required=("text",)), "mrkdwn": marked})


CONFIRM = Record(
    {
        "title": plain_text(100),
        "text": text(300),
        "confirm": plain_text(30),
        "deny": plain_text(30),
        "style": Words(7, choices=frozenset({"primary", "danger"})),
    },
    required=("title", "text", "confirm", "deny"),
)
OPTION = Record(
    {"text": text(75), "value": Words(150), "description": text(75), "url": URL}, required=("text", "value")
)
_GROUP = Record({"label": plain_text(75), "options": Many(OPTION, 100)}, required=("label", "options"))
_DISPATCH = Record(
    {"trigger_actions_on": Many(Words(20, choices=frozenset({"on_enter_pressed", "on_character_entered"})), 2)}
)


def options_of(element: dict[str, Any]) -> list[dict[str, Any]]:
    """All options of a menu, those in groups too."""
    grouped = [option for group in element.get("option_groups") or [] for option in group.get("options", [])]
    return [*(element.get("options") or []), *grouped]


def _initial_among_options(value: dict[str, Any], path: str, report: Report) -> None:
    offered = [(option.get("text", {}).get("text"), option.get("value")) for option in options_of(value)]
    initial = [*(value.get("initial_options") or []), *filter(None, [value.get("initial_option")])]
    key = "initial_options" if value.get("initial_options") else "initial_option"
    if any((option.get("text", {}).get("text"), option.get("value")) not in offered for option in initial):
        report.add("initial option must be one of the provided options", f"{path}/{key}")


def _lengths_in_order(value: dict[str, Any], path: str, report: Report) -> None:
    low, high = value.get("min_length"), value.get("max_length")
    if isinstance(low, int) and isinstance(high, int) and low > high:
        report.add("min_length must not be greater than max_length", f"{path}/min_length")


def _element(
    fields: dict[str, Shape],
    required: tuple[str, ...] = (),
    one_of: tuple[str, ...] = (),
    rules: tuple[Rule, ...] = (),
) -> Record:
    return Record({"action_id": ID, **fields}, required=required, one_of=one_of, rules=rules)


_FOCUS: dict[str, Shape] = {"focus_on_load": Flag(), "placeholder": plain_text(150)}
_MENU: dict[str, Shape] = {"confirm": CONFIRM, **_FOCUS}
_STATIC: dict[str, Shape] = {**_MENU, "options": Many(OPTION, 100), "option_groups": Many(_GROUP, 100)}
_EXTERNAL: dict[str, Shape] = {**_MENU, "min_query_length": Whole()}
_MULTI: dict[str, Shape] = {"max_selected_items": Whole(1)}
_CONVERSATIONS: dict[str, Shape] = {**_MENU, "default_to_current_conversation": Flag(), "filter": Anything()}
_TEXT_INPUT: dict[str, Shape] = {**_FOCUS, "dispatch_action_config": _DISPATCH}
_FEEDBACK = Record(
    {"text": plain_text(75), "value": Words(2000), "accessibility_label": Words(75)}, required=("text", "value")
)
_CHOSEN = (_initial_among_options,)
_ID_LIST = Many(ID, 100, low=0)

BUTTON = _element(
    {
        "text": plain_text(75),
        "url": URL,
        "value": Words(2000, low=0),
        "style": Words(7, choices=frozenset({"primary", "danger"})),
        "confirm": CONFIRM,
        "accessibility_label": Words(75),
        "agent_prompt": Words(4000),
    },
    required=("text",),
)


def _known_file(value: dict[str, Any], path: str, report: Report) -> None:
    named = value.get("id") or value.get("url")
    if bool(value.get("id")) == bool(value.get("url")) or not report.is_image(str(named)):
        report.add("invalid slack file", path)


SLACK_FILE = Record({"id": ID, "url": URL}, rules=(_known_file,))
IMAGE = Record(
    {"image_url": URL, "slack_file": SLACK_FILE, "alt_text": Words(2000)},
    required=("alt_text",),
    one_of=("image_url", "slack_file"),
)
_MENUS: dict[str, Shape] = {
    "static_select": _element(
        {**_STATIC, "initial_option": OPTION}, one_of=("options", "option_groups"), rules=_CHOSEN
    ),
    "multi_static_select": _element(
        {**_STATIC, **_MULTI, "initial_options": Many(OPTION, 100)}, one_of=("options", "option_groups"), rules=_CHOSEN
    ),
    "external_select": _element({**_EXTERNAL, "initial_option": OPTION}),
    "multi_external_select": _element({**_EXTERNAL, **_MULTI, "initial_options": Many(OPTION, 100)}),
    "users_select": _element({**_MENU, "initial_user": ID}),
    "multi_users_select": _element({**_MENU, **_MULTI, "initial_users": _ID_LIST}),
    "conversations_select": _element({**_CONVERSATIONS, "initial_conversation": ID, "response_url_enabled": Flag()}),
    "multi_conversations_select": _element({**_CONVERSATIONS, **_MULTI, "initial_conversations": _ID_LIST}),
    "channels_select": _element({**_MENU, "initial_channel": ID, "response_url_enabled": Flag()}),
    "multi_channels_select": _element({**_MENU, **_MULTI, "initial_channels": _ID_LIST}),
}
_PICKERS: dict[str, Shape] = {
    "datepicker": _element({**_MENU, "initial_date": _DAY}),
    "timepicker": _element({**_MENU, "initial_time": _TIME, "timezone": Words(100)}),
    "radio_buttons": _element(
        {"options": Many(OPTION, 10), "initial_option": OPTION, "confirm": CONFIRM, "focus_on_load": Flag()},
        required=("options",),
        rules=_CHOSEN,
    ),
    "checkboxes": _element(
        {"options": Many(OPTION, 10), "initial_options": Many(OPTION, 10), "confirm": CONFIRM, "focus_on_load": Flag()},
        required=("options",),
        rules=_CHOSEN,
    ),
}
_MOMENT = _element({"initial_date_time": Whole(), "confirm": CONFIRM, "focus_on_load": Flag()})
_OVERFLOW = _element({"options": Many(OPTION, 5), "confirm": CONFIRM}, required=("options",))
_RICH_INPUT = _element({**_TEXT_INPUT, "initial_value": Anything()})
_WORKFLOW = _element({"text": plain_text(75), "workflow": Anything(), "style": Words(7)}, required=("text", "workflow"))
_BUTTONS: dict[str, Shape] = {"button": BUTTON, "overflow": _OVERFLOW, "workflow_button": _WORKFLOW}

IN_SECTION = ByType({**_BUTTONS, **_MENUS, **_PICKERS, "image": IMAGE})
IN_ACTIONS = ByType(
    {**_BUTTONS, **_MENUS, **_PICKERS, "datetimepicker": _MOMENT, "rich_text_input": _RICH_INPUT},
)
IN_INPUT = ByType(
    {
        **_MENUS,
        **_PICKERS,
        "datetimepicker": _MOMENT,
        "rich_text_input": _RICH_INPUT,
        "plain_text_input": _element(
            {
                **_TEXT_INPUT,
                "initial_value": Words(3000, low=0),
                "multiline": Flag(),
                "min_length": Whole(0, 3000),
                "max_length": Whole(1, 3000),
            },
            rules=(_lengths_in_order,),
        ),
        "email_text_input": _element({**_TEXT_INPUT, "initial_value": Words(3000, low=0)}),
        "url_text_input": _element({**_TEXT_INPUT, "initial_value": Words(3000, low=0)}),
        "number_input": _element(
            {
                **_TEXT_INPUT,
                "is_decimal_allowed": Flag(),
                "initial_value": Words(100),
                "min_value": Words(100),
                "max_value": Words(100),
            },
            required=("is_decimal_allowed",),
        ),
        "file_input": _element({"filetypes": Many(Words(50), 100), "max_files": Whole(1, 10)}),
    },
)
IN_CONTEXT = ByType(
    {
        "image": IMAGE,
        "plain_text": Record({"text": Words(3000), "emoji": Flag()}, required=("text",)),
        "mrkdwn": Record({"text": Words(3000), "verbatim": Flag()}, required=("text",)),
    },
)
IN_CONTEXT_ACTIONS = ByType(
    {
        "feedback_buttons": _element(
            {"positive_button": _FEEDBACK, "negative_button": _FEEDBACK},
            required=("positive_button", "negative_button"),
        ),
        "icon_button": _element(
            {
                "icon": Words(50),
                "text": plain_text(75),
                "value": Words(2000),
                "confirm": CONFIRM,
                "accessibility_label": Words(75),
                "visible_to_user_ids": Many(ID, 10, low=0),
            },
            required=("icon", "text"),
        ),
    },
)

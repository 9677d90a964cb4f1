"""The limits of the newer blocks, each broken once, and the surfaces on which they may stand."""

import pytest

from playground.blocks import SURFACES
from playground.controls import find_button
from playground.limits import check_message, check_view
from playground.numbering import with_ids
from playground.reading import words
from playground.records import Refused
from tests.playground.apps import button, modal, plain, text_input
from tests.playground.newer_blocks import (
    DIVIDER,
    TWIN,
    Block,
    alert,
    bullets,
    card,
    carousel,
    cell,
    chart,
    container,
    data_table,
    feedback,
    files,
    icons,
    line,
    number,
    picture,
    pie,
    plan,
    rich,
    said,
    table,
    task,
    video,
)

EVERYWHERE, NO_MODAL, MESSAGE, MODAL = "message modal home", "message home", "message", "modal"

SOUND: list[tuple[str, str, Block]] = [
    ("table at its limits", NO_MODAL, table(100, 20, column_settings=[{"align": "right", "is_wrapped": True}] * 20)),
    ("table of numbers and rich text", NO_MODAL, {"type": "table", "rows": [[number(1.5), rich(line(said()))]]}),
    ("data table at its limits", NO_MODAL, data_table(201, 20, page_size=100, row_header_column_index=19)),
    ("line chart at its limits", NO_MODAL, chart("line", 12, 20, "x" * 18)),
    ("bar chart", NO_MODAL, chart("bar", axis_config={"categories": ["0", "1"], "x_label": "x" * 50})),
    ("area chart", NO_MODAL, chart("area")),
    ("pie at its limits", NO_MODAL, pie(12, "x" * 18, 0.5)),
    ("chart with a title of 50", NO_MODAL, pie(1) | {"title": "x" * 50}),
    ("markdown of 12,000", MESSAGE, {"type": "markdown", "text": "x" * 12_000}),
    ("list at the deepest indent", EVERYWHERE, rich(bullets(indent=8, border=1, offset=3))),
    (
        "every kind of rich text",
        EVERYWHERE,
        rich(
            line(said(style={"bold": True}), {"type": "user", "user_id": "U1"}, {"type": "emoji", "name": "eyes"}),
            {"type": "rich_text_quote", "elements": [{"type": "link", "url": "https://example.com"}], "border": 1},
            {"type": "rich_text_preformatted", "elements": [said("x = 1")]},
            line({"type": "date", "timestamp": 1772442000, "format": "{date}"}, {"type": "color", "value": "#f00"}),
            line({"type": "broadcast", "range": "here"}, {"type": "channel", "channel_id": "C1"}),
            line({"type": "usergroup", "usergroup_id": "S1"}, {"type": "team", "team_id": "T1"}),
        ),
    ),
    ("image at its limits", EVERYWHERE, picture(alt_text="x" * 2000, title=plain("x" * 2000))),
    ("image uploaded", EVERYWHERE, {"type": "image", "alt_text": "A curve", "slack_file": {"id": "F1"}}),
    (
        "video at its limits",
        EVERYWHERE,
        video(title=plain("x" * 200), author_name="x" * 50, description=plain("x" * 200), provider_name="x" * 50),
    ),
    ("ten files", EVERYWHERE, files(max_files=10, filetypes=["csv"])),
    ("five icon buttons", MESSAGE, icons(5, accessibility_label="x" * 75, visible_to_user_ids=["U1"] * 10)),
    ("feedback at its limits", MESSAGE, {"type": "context_actions", "elements": [feedback("x" * 75, "x" * 2000)]}),
    ("alert at its limits", MODAL, alert(200, level="warning")),
    (
        "card at its limits",
        EVERYWHERE,
        card(
            title=plain("x" * 150),
            subtitle=plain("x" * 150),
            body=plain("x" * 200),
            subtext=plain("x" * 200),
            hero_image=picture(),
            icon=picture(),
            actions=[button(str(n), action_id=str(n)) for n in range(3)],
        ),
    ),
    ("card with an icon of Slack's", EVERYWHERE, card(slack_icon={"type": "icon", "name": "rocket"})),
    ("carousel of ten", NO_MODAL, carousel(10)),
    ("container of ten", NO_MODAL, container(*[DIVIDER] * 10, title=plain("x" * 150), subtitle=plain("x" * 150))),
    (
        "container that folds",
        NO_MODAL,
        container(DIVIDER, width="wide", icon=picture(), is_collapsible=True, default_collapsed=True),
    ),
    ("container with a rich title", NO_MODAL, container(DIVIDER, title=None, rich_text_title=rich(line(said())))),
    ("plan of fifty", MESSAGE, plan(50)),
    (
        "task card",
        MESSAGE,
        {
            "type": "task_card",
            **task(details=rich(line(said())), sources=[{"type": "url", "url": "https://example.com", "text": "x"}]),
        },
    ),
]

BROKEN: list[tuple[str, str, Block, str]] = [
    ("table of 101 rows", MESSAGE, table(101), "no more than 100"),
    ("table of 21 columns", MESSAGE, table(1, 21), "no more than 20"),
    ("table without rows", MESSAGE, {"type": "table"}, "missing required field: rows"),
    ("table with 21 settings", MESSAGE, table(column_settings=[{}] * 21), "no more than 20"),
    ("table aligned to the top", MESSAGE, table(column_settings=[{"align": "top"}]), "must be one of"),
    ("table of buttons", MESSAGE, {"type": "table", "rows": [[button("x")]]}, "unsupported type: button"),
    ("table cell without text", MESSAGE, {"type": "table", "rows": [[cell("")]]}, "more than 0"),
    ("table number in words", MESSAGE, {"type": "table", "rows": [[number(1) | {"value": "1"}]]}, "must be a number"),
    ("data table of 202 rows", MESSAGE, data_table(202), "no more than 201"),
    ("data table of a header", MESSAGE, data_table(1), "at least 2"),
    ("data table of 21 columns", MESSAGE, data_table(2, 21), "no more than 20"),
    ("data table without a caption", MESSAGE, data_table(caption=None), "missing required field: caption"),
    ("data table by 101", MESSAGE, data_table(page_size=101), "less than or equal to 100"),
    ("data table by none", MESSAGE, data_table(page_size=0), "greater than or equal to 1"),
    ("data table of 20,001", MESSAGE, data_table() | {"rows": [[cell("x" * 10_001)]] * 2}, "in all"),
    ("uneven data table", MESSAGE, data_table() | {"rows": [[cell()], [cell()] * 2]}, "same number of columns"),
    ("data table with a rich header", MESSAGE, data_table() | {"rows": [[rich(line())]] * 2}, "header cells"),
    ("data table without that column", MESSAGE, data_table(row_header_column_index=1), "index of a column"),
    ("chart without a title", MESSAGE, chart() | {"title": None}, "missing required field: title"),
    ("chart with a title of 51", MESSAGE, pie(1) | {"title": "x" * 51}, "less than 51"),
    ("scatter chart", MESSAGE, chart("scatter"), "unsupported type: scatter"),
    ("chart of 13 series", MESSAGE, chart(number_of=13), "no more than 12"),
    ("chart of 21 points", MESSAGE, chart(points=21), "no more than 20"),
    ("chart labels of 21", MESSAGE, chart(label="x" * 20), "less than 21"),
    ("chart without axes", MESSAGE, chart(axis_config=None), "missing required field: axis_config"),
    ("chart of other categories", MESSAGE, chart(axis_config={"categories": ["a"]}), "for every category"),
    ("chart of twin categories", MESSAGE, chart(axis_config={"categories": ["0", "0"]}), "must be unique: 0"),
    ("chart with an axis label of 51", MESSAGE, chart(axis_config={"categories": ["0"], "y_label": "x" * 51}), "51"),
    ("chart of twin series", MESSAGE, chart(series=[TWIN, TWIN]), "must be unique: Churn"),
    ("pie of 13", MESSAGE, pie(13), "no more than 12"),
    ("pie of nothing", MESSAGE, pie(0), "at least 1"),
    ("pie of zeros", MESSAGE, pie(1, value=0), "greater than 0"),
    ("pie labels of 21", MESSAGE, pie(1, "x" * 20), "less than 21"),
    ("markdown of 12,001", MESSAGE, {"type": "markdown", "text": "x" * 12_001}, "less than 12001"),
    ("list indented by 9", MESSAGE, rich(bullets(indent=9)), "less than or equal to 8"),
    ("list indented by -1", MESSAGE, rich(bullets(indent=-1)), "greater than or equal to 0"),
    ("list of another style", MESSAGE, rich(bullets(style="dashed")), "must be one of bullet, ordered"),
    ("list of texts", MESSAGE, rich(bullets(elements=[said()])), "unsupported type: text"),
    ("rich text with a button", MESSAGE, rich(line(button("x"))), "unsupported type: button"),
    ("rich text without elements", MESSAGE, rich(), "at least 1"),
    ("rich text of an unknown style", MESSAGE, rich(line(said(style={"loud": True}))), "invalid additional property"),
    ("image address of 3,001", MESSAGE, picture(image_url="x" * 3001), "less than 3001"),
    ("image alt text of 2,001", MESSAGE, picture(alt_text="x" * 2001), "less than 2001"),
    ("image title of 2,001", MESSAGE, picture(title=plain("x" * 2001)), "less than 2001"),
    ("image of nothing", MESSAGE, picture(image_url=None), "must define one of: image_url, slack_file"),
    ("video title of 201", MESSAGE, video(title=plain("x" * 201)), "less than 201"),
    ("video author of 51", MESSAGE, video(author_name="x" * 51), "less than 51"),
    ("video description of 201", MESSAGE, video(description=plain("x" * 201)), "less than 201"),
    ("video without a thumbnail", MESSAGE, video(thumbnail_url=None), "missing required field: thumbnail_url"),
    ("eleven files", MODAL, files(max_files=11), "less than or equal to 10"),
    ("no files", MODAL, files(max_files=0), "greater than or equal to 1"),
    ("six icon buttons", MESSAGE, icons(6), "no more than 5"),
    ("icon label of 76", MESSAGE, icons(accessibility_label="x" * 76), "less than 76"),
    ("icon for eleven people", MESSAGE, icons(visible_to_user_ids=["U1"] * 11), "no more than 10"),
    ("feedback of 76", MESSAGE, {"type": "context_actions", "elements": [feedback("x" * 76)]}, "less than 76"),
    ("feedback value of 2,001", MESSAGE, {"type": "context_actions", "elements": [feedback("x", "x" * 2001)]}, "2001"),
    ("button among context actions", MESSAGE, {"type": "context_actions", "elements": [button("x")]}, "unsupported"),
    ("alert of 201", MODAL, alert(201), "less than 201"),
    ("alert of an unknown level", MODAL, alert(level="loud"), "must be one of"),
    ("card title of 151", MESSAGE, card(title=plain("x" * 151)), "less than 151"),
    ("card subtitle of 151", MESSAGE, card(subtitle=plain("x" * 151)), "less than 151"),
    ("card body of 201", MESSAGE, card(body=plain("x" * 201)), "less than 201"),
    ("card subtext of 201", MESSAGE, card(subtext=plain("x" * 201)), "less than 201"),
    ("card of four actions", MESSAGE, card(actions=[button(str(n)) for n in range(4)]), "no more than 3"),
    ("card with a menu", MESSAGE, card(actions=[{"type": "users_select"}]), "unsupported type: users_select"),
    ("card with twin actions", MESSAGE, card(actions=[button("a", action_id="i")] * 2), "must be unique"),
    ("card with two icons", MESSAGE, card(icon=picture(), slack_icon={"type": "icon", "name": "x"}), "not define both"),
    ("empty card", MESSAGE, {"type": "card", "subtitle": plain("x")}, "must define one of"),
    ("carousel of eleven", MESSAGE, carousel(11), "no more than 10"),
    ("empty carousel", MESSAGE, carousel(0), "at least 1"),
    ("carousel of dividers", MESSAGE, {"type": "carousel", "elements": [DIVIDER]}, "unsupported type: divider"),
    ("container title of 151", MESSAGE, container(DIVIDER, title=plain("x" * 151)), "less than 151"),
    ("container subtitle of 151", MESSAGE, container(DIVIDER, subtitle=plain("x" * 151)), "less than 151"),
    ("container of eleven", MESSAGE, container(*[DIVIDER] * 11), "no more than 10"),
    ("empty container", MESSAGE, container(), "at least 1"),
    ("container in a container", MESSAGE, container(container(DIVIDER)), "unsupported type: container"),
    ("container of a broken block", MESSAGE, container({"type": "header", "text": plain("x" * 151)}), "less than 151"),
    ("container without a title", MESSAGE, container(DIVIDER, title=None), "must define one of"),
    ("container of another width", MESSAGE, container(DIVIDER, width="huge"), "must be one of"),
    ("container folded for good", MESSAGE, container(DIVIDER, default_collapsed=True), "requires is_collapsible"),
    (
        "container that folds with a divider",
        MESSAGE,
        container(DIVIDER, is_collapsible=True, has_header_divider=True),
        "has_header_divider",
    ),
    ("container with twins", MESSAGE, container(DIVIDER | {"block_id": "b"}, DIVIDER | {"block_id": "b"}), "unique"),
    ("plan of 51", MESSAGE, plan(51), "no more than 50"),
    ("plan of twins", MESSAGE, plan(1) | {"tasks": [task(), task()]}, "`task_id` must be unique"),
    ("plan without a title", MESSAGE, plan(1) | {"title": None}, "missing required field: title"),
    ("task of an unknown status", MESSAGE, {"type": "task_card", **task(status="lost")}, "must be one of"),
    ("task that waits alone", MESSAGE, {"type": "task_card", **task(status="pending")}, "can be pending"),
    ("task with plain details", MESSAGE, {"type": "task_card", **task(details=plain("x"))}, "unsupported type"),
]


def check(surface: str, block: Block) -> None:
    if surface == "message":
        check_message({"text": "Hello", "blocks": [block]})
    elif surface == "modal":
        check_view(modal(block))
    else:
        check_view({"type": "home", "blocks": [block]}, ("home",))


@pytest.mark.parametrize(("_name", "surfaces", "block"), SOUND, ids=[name for name, *_ in SOUND])
@pytest.mark.parametrize("surface", SURFACES)
def test_takes_a_sound_block_where_it_may_stand(_name: str, surfaces: str, block: Block, surface: str) -> None:
    if surface in surfaces.split():
        check(surface, block)
    else:
        with pytest.raises(Refused, match=f"unsupported type: {block['type']}"):
            check(surface, block)


@pytest.mark.parametrize(("_name", "surface", "block", "complaint"), BROKEN, ids=[name for name, *_ in BROKEN])
def test_refuses_a_broken_block(_name: str, surface: str, block: Block, complaint: str) -> None:
    with pytest.raises(Refused) as refused:
        check(surface, block)
    assert refused.value.breach
    assert any(complaint in message for message in refused.value.messages)


def test_counts_over_the_whole_message() -> None:
    for blocks, complaint in (
        ([table()] * 2, "only_one_table_allowed"),
        ([table(), container(table())], "only_one_table_allowed"),
        ([pie(1)] * 3, "no more than 2 data_visualization blocks"),
        ([{"type": "markdown", "text": "x" * 6001}] * 2, "markdown must be less than 12001"),
        ([data_table() | {"rows": [[cell("x" * 6000)]] * 2}] * 2, "data_table must be less than 20001"),
    ):
        with pytest.raises(Refused) as refused:
            check_message({"text": "x", "blocks": blocks})
        assert any(complaint in message for message in refused.value.messages)
    check_message({"text": "x", "blocks": [pie(1)] * 2})


def test_finds_and_names_what_stands_within_other_blocks() -> None:
    inner = {"type": "actions", "elements": [button("Inside")]}
    blocks = with_ids(
        [container(inner), {"type": "carousel", "elements": [card(actions=[button("First")])]}, text_input("Name")]
    )
    for text in ("Inside", "First"):
        block, element = find_button(blocks, text)
        assert block["block_id"]
        assert element["action_id"]


READ: list[tuple[Block, str]] = [
    (container({"type": "section", "text": plain("Reach 90 %")}), "Charter\nReach 90 %"),
    (card(body=plain("Less"), actions=[button("Open")]), "Churn\nLess\n[Open]"),
    (plan(2), "Plan\nRead\nRead"),
    (data_table() | {"rows": [[cell("Goal"), number(7)]] * 2}, "Goal | 7\nGoal | 7"),
    (pie(2, "Part "), "Progress\nPart 0 1, Part 1 1"),
    (chart(), "Progress\nSeries 0: 0 0, 1 1"),
]


@pytest.mark.parametrize(("block", "expected"), READ, ids=[block["type"] for block, _ in READ])
def test_reads_them_as_words(block: Block, expected: str) -> None:
    assert words("", [block]) == expected

"""Whatever people write, Slack takes the message."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import blocks
from bot.blocks import TABLE_WIDTH, Button, Choice, divider, image, table, text_table, without_tables
from flows.free_text import is_visible
from playground.limits import check_message, check_view

anything = st.one_of(st.text(max_size=300), st.text(alphabet="&<>*_`\n\x00\u202e\ud800é", max_size=300)).map(
    lambda text: text * 50
)


@given(anything, anything, st.integers(0, 70))
def test_messages(text: str, more: str, count: int) -> None:
    said = blocks.words(
        blocks.quote(text, 10_000),
        [
            blocks.header(text),
            blocks.section(blocks.quote(text, 10_000)),
            *blocks.side_by_side((blocks.quote(text, 5000), blocks.quote(more, 5000)) for _ in range(count % 9)),
            blocks.context(blocks.quote(more)),
            blocks.divider(),
            blocks.text_table((text, more), [(more, text)] * (count % 50)),
            blocks.image("F00000001", text),
            blocks.actions([Button(text, "a.b", more) for _ in range(count + 1)]),
            *[blocks.section(blocks.quote(more, 300)) for _ in range(count)],
        ],
    )
    check_message({"text": said.text, "blocks": list(said.blocks)})
    assert "<" not in said.text


@given(anything, anything)
def test_forms(text: str, more: str) -> None:
    check_view(
        blocks.modal(
            text,
            "form",
            [
                blocks.text_input("a", text, initial=more, placeholder=text, hint=more, limit=80),
                blocks.person_input("b", more),
                blocks.date_input("c", text, initial="2026-11-30"),
                blocks.radio_input("d", text, [Choice(text, "1"), Choice(more, "2")], "2"),
                blocks.select_input("e", text, [Choice(more, str(number)) for number in range(150)], initial="3"),
            ],
            submit=more,
        )
    )


def test_slack_links_nothing_by_itself_in_what_people_wrote() -> None:
    assert blocks.section("at example.com in #general, <@U1>")["text"] == {
        "type": "mrkdwn",
        "text": "at example.com in #general, <@U1>",
        "verbatim": True,
    }


@given(st.text(alphabet=" \t\n\x00\x07\u200b\u200d\u2060\u3164\u2800\ufeff\xad\u202e", max_size=20))
def test_a_heading_that_nobody_could_see_is_an_ellipsis(text: str) -> None:
    assert not is_visible(text)
    shown = blocks.header(text)["text"]["text"]
    assert shown.strip()


@pytest.mark.parametrize("text", ["Feed", "7", "🎉", "\u200bé", "—"])
def test_what_can_be_seen(text: str) -> None:
    assert is_visible(text)


def test_a_message_without_blocks_shows_its_text() -> None:
    assert blocks.words("hello").blocks == (blocks.section("hello"),)


def test_what_does_not_fit_is_left_out_with_a_line_that_says_so() -> None:
    said = blocks.words("long", [blocks.section("x" * 2500) for _ in range(10)])
    assert "more than fits" in str(said.blocks[-1])


@given(st.text())
def test_cutting_never_lengthens_and_quoting_leaves_no_markup(text: str) -> None:
    assert len(blocks.cut(text, 20)) <= 20
    quoted = blocks.quote(text)
    assert "<" not in quoted
    assert ">" not in quoted
    assert "\n" not in quoted


def test_an_entity_is_never_cut_in_half() -> None:
    cut = blocks.section("&amp;" * 1000)["text"]["text"]
    assert len(cut) <= 3000
    assert cut.removesuffix("…").replace("&amp;", "") == ""


def test_a_text_table_keeps_to_its_width_and_says_what_it_leaves_out() -> None:
    made = text_table(("Goal", "against"), [("x" * 90, "short"), ("*not* `bold` ``` <!here>", "y" * 50)] * 30)
    (part,) = made["elements"]
    lines = part["elements"][0]["text"].split("\n")
    assert max(map(len, lines)) <= TABLE_WIDTH
    assert lines[0].split() == ["Goal", "against"]
    assert "*not* `bold` ``` <!here>" in lines[3]
    assert lines[-1] == "and 20 more"


def test_slacks_own_table_can_be_said_in_text() -> None:
    own = table(("Goal", "against"), [("time", ""), ("bill", "revenue")])
    check_message({"text": "x", "blocks": [own]})
    check_message({"text": "x", "blocks": [table(("a", "b"), [("x" * 500, "y" * 500)] * 60)]})
    said, other = without_tables([own, divider()])
    check_message({"text": "x", "blocks": [said, other]})
    assert "bill  revenue" in str(said)
    assert other == divider()


def test_a_picture_always_has_words() -> None:
    check_message({"text": "x", "blocks": [image("F1", "")]})
    check_message({"text": "x", "blocks": [image("F1", "x" * 3000)]})


def test_a_menu_of_several_entries_offers_more_than_a_hundred_in_groups() -> None:
    choices = [Choice(f"Lever {number}", str(number)) for number in range(150)]
    element = blocks.multi_select_input("levers", "Which?", choices, initial=["149"])["element"]
    offered = [option["value"] for group in element["option_groups"] for option in group["options"]]
    assert offered == [choice.value for choice in choices]
    assert [one["value"] for one in element["initial_options"]] == ["149"]

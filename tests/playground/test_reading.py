from typing import Any

import pytest

from playground.reading import plain, words
from tests.playground.apps import button
from tests.playground.apps import plain as plain_text

BLOCKS: list[tuple[dict[str, Any], str]] = [
    ({"type": "header", "text": plain_text("Kickoff")}, "Kickoff"),
    ({"type": "divider"}, "———"),
    ({"type": "section", "text": plain_text("Right?"), "accessory": button("Yes")}, "Right?\n[Yes]"),
    ({"type": "section", "fields": [plain_text("Owner"), plain_text("Priya")]}, "Owner\nPriya"),
    ({"type": "actions", "elements": [button("Yes"), button("No")]}, "[Yes] [No]"),
    ({"type": "context", "elements": [plain_text("2 of 5"), plain_text("open")]}, "2 of 5 open"),
    (
        {
            "type": "actions",
            "elements": [
                {
                    "type": "static_select",
                    "placeholder": plain_text("How often"),
                    "options": [{"text": plain_text("Weekly"), "value": "w"}],
                }
            ],
        },
        "How often (Weekly)",
    ),
    ({"type": "table", "rows": [[{"type": "raw_text", "text": "a"}, {"type": "raw_text", "text": "b"}]]}, "a | b"),
    ({"type": "image", "image_url": "https://example.com", "alt_text": "A curve"}, "A curve"),
    (
        {
            "type": "input",
            "label": plain_text("Name"),
            "element": {"type": "plain_text_input", "initial_value": "Churn"},
        },
        "Name\nChurn",
    ),
    (
        {
            "type": "rich_text",
            "elements": [
                {
                    "type": "rich_text_section",
                    "elements": [
                        {"type": "text", "text": "By "},
                        {"type": "user", "user_id": "U1"},
                        {"type": "text", "text": " in "},
                        {"type": "channel", "channel_id": "C1"},
                        {"type": "emoji", "name": "eyes"},
                    ],
                },
                {
                    "type": "rich_text_list",
                    "elements": [
                        {
                            "type": "rich_text_section",
                            "elements": [{"type": "link", "url": "https://example.com", "text": "plan"}],
                        },
                        {"type": "rich_text_section", "elements": [{"type": "text", "text": "two"}]},
                    ],
                },
            ],
        },
        "By <@U1> in <#C1>:eyes:\nplan\ntwo",
    ),
]


@pytest.mark.parametrize(("block", "expected"), BLOCKS, ids=[block["type"] for block, _ in BLOCKS])
def test_reads_blocks_as_words(block: dict[str, Any], expected: str) -> None:
    assert words("", [block]) == expected


def test_says_a_text_once_that_the_blocks_repeat() -> None:
    assert words("Kickoff", [{"type": "header", "text": plain_text("Kickoff")}]) == "Kickoff"
    assert words("Notice", [{"type": "header", "text": plain_text("Kickoff")}]) == "Notice\nKickoff"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<@U1> in <#C1>", "@Priya Patel in #general"),
        ("<https://example.com>", "https://example.com"),
        ("<https://example.com|plan>", "plan"),
        ("*Bold* but 2*3*4", "Bold but 2*3*4"),
        ("<!date^1772442000^{date}|2 March>", "2 March"),
        ("a &lt; b &amp;&amp; c &gt; d", "a < b && c > d"),
        ("&amp;lt;", "&lt;"),
        ("<!channel>", "@channel"),
    ],
)
def test_reads_mrkdwn_as_plain_text(text: str, expected: str) -> None:
    assert plain(text, {"U1": "Priya Patel", "C1": "general"}.__getitem__) == expected

"""Slack's markup as HTML: what people read, and nothing that they could slip in."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.page.markup import Markup

NAMES = {"U1": "Priya Patel", "U2": "<b>Bo", "C1": "general"}
MARKUP = Markup(lambda some_id: NAMES.get(some_id, some_id), reader="U1", zone="Europe/Berlin")


@pytest.mark.parametrize(
    ("mrkdwn", "shown"),
    [
        ("*bold* _it_ ~no~ `code`", "<strong>bold</strong> <em>it</em> <s>no</s> <code>code</code>"),
        ("*bold _and it_*", "<strong>bold <em>and it</em></strong>"),
        ("snake_case_name 2*3*4 a~b~c", "snake_case_name 2*3*4 a~b~c"),
        ("`*as it is*`", "<code>*as it is*</code>"),
        ("one\ntwo", "one<br>two"),
        ("a &lt;b&gt; &amp; c", "a &lt;b&gt; &amp; c"),
        ("<script>", "&lt;script&gt;"),
        ("```a *b*\n<@U1>```after", "<pre>a *b*\n&lt;@U1&gt;</pre>after"),
        ("&gt; quoted\n&gt; twice\nnot", "<blockquote>quoted<br>twice</blockquote>not"),
        (":white_check_mark: done", "✅ done"),
        (":large_orange_circle::no_such_emoji:", "🟠:no_such_emoji:"),
        ("10:30:00", "10:30:00"),
        ("<@U1>", '<span class="mention mine">@Priya Patel</span>'),
        ("<@U2|bo>", '<span class="mention">@&lt;b&gt;Bo</span>'),
        ("<#C1>", '<span class="mention">#general</span>'),
        ("<!here>", '<span class="mention mine">@here</span>'),
        ("<!date^1764491400^{date} at {time}|then>", "<time>30 Nov 2025 at 09:30</time>"),
        (
            "<!date^1764491400^{date}^https://example.org/?a=1|then>",
            '<a href="https://example.org/?a=1" target="_blank" rel="noopener noreferrer"><time>30 Nov 2025</time></a>',
        ),
        ("<!date^99999999999999999999^{date}|far &amp; away>", "far &amp; away"),
        ("&copy; &quot;&amp;amp;&quot;", "&amp;copy; &amp;quot;&amp;amp;&amp;quot;"),
        (
            "<https://example.org/?a=1&amp;b=2|a link>",
            '<a href="https://example.org/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer">a link</a>',
        ),
    ],
)
def test_mrkdwn(mrkdwn: str, shown: str) -> None:
    assert MARKUP.mrkdwn(mrkdwn) == shown


def test_plain_text_has_emoji_and_nothing_else() -> None:
    assert MARKUP.plain("*a* <@U1> :tada:\n&") == "*a* &lt;@U1&gt; 🎉<br>&amp;"


def test_rich_text() -> None:
    block = {
        "elements": [
            {
                "type": "rich_text_section",
                "elements": [
                    {"type": "text", "text": "Hi <you> ", "style": {"bold": True}},
                    {"type": "user", "user_id": "U1"},
                    {"type": "emoji", "name": "tada"},
                    {"type": "link", "url": "javascript:alert(1)", "text": "no"},
                ],
            },
            {
                "type": "rich_text_list",
                "style": "ordered",
                "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "one"}]}],
            },
            {"type": "rich_text_quote", "elements": [{"type": "text", "text": "said"}]},
            {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "x = 1"}]},
        ]
    }
    assert MARKUP.rich_text(block) == (
        '<div><strong>Hi &lt;you&gt; </strong><span class="mention mine">@Priya Patel</span>🎉no</div>'
        '<ol style="margin-left:0.0em"><li>one</li></ol>'
        "<blockquote>said</blockquote><pre>x = 1</pre>"
    )


def test_rich_text_lets_nothing_in() -> None:
    pieces = [
        {"type": "emoji", "name": "<img src=x onerror=alert(1)>"},
        {"type": "link", "url": "https://example.org/'\"&b", "text": "it's <b>"},
        {"type": "date", "timestamp": 1764491400, "format": "<b>{time}", "url": "https://example.org"},
    ]
    shown = MARKUP.rich_text({"elements": [{"type": "rich_text_section", "elements": pieces}]})
    assert shown == (
        "<div>:&lt;img src=x onerror=alert(1)&gt;:"
        '<a href="https://example.org/&#x27;&quot;&amp;b" target="_blank" rel="noopener noreferrer">it\'s &lt;b&gt;</a>'
        '<a href="https://example.org" target="_blank" rel="noopener noreferrer"><time>&lt;b&gt;09:30</time></a></div>'
    )


OUR_TAGS = re.compile(
    r"</?(?:strong|em|s|code|pre|blockquote|br|time|a|span)"
    r'(?: (?:class="mention(?: mine)?"|href="(?:https?|mailto):[^"<>]*"|target="_blank"|rel="noopener noreferrer"))*>'
)


@given(st.text(alphabet=st.sampled_from("ab *_~`<>@#!|^&;:\n\"'=/U1Cscripthtp"), max_size=80))
def test_no_tag_but_ours_ever_comes_out(said: str) -> None:
    left = OUR_TAGS.sub("", MARKUP.mrkdwn(said))
    assert "<" not in left
    assert ">" not in left

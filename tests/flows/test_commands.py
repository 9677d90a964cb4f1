import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.commands import (
    VERBS,
    Away,
    Close,
    Command,
    Digest,
    Facts,
    Help,
    Log,
    Mention,
    Nudge,
    People,
    Reopen,
    Start,
    Status,
    Timer,
    Unknown,
    parse_command,
    read_mention,
    split_project,
)
from flows.plain_text import as_typed
from flows.usage import USAGE, USAGE_IN_SHORT

READ: list[tuple[str, Command]] = [
    ("", Start()),
    ("   ", Start()),
    ("new", Start()),
    ("new Churn radar", Start("Churn radar")),
    ("START  Churn radar", Start("Churn radar")),
    ("status", Status()),
    ("Status.", Status()),
    ("help", Help()),
    ("?", Help()),
    ("log", Log("")),
    ("log 2h labelled 300 tickets, error 0.21", Log("2h labelled 300 tickets, error 0.21")),
    ("log 2h looking for labels", Log("2h looking for labels")),
    ("log for Churn radar: 2h labelled", Log("2h labelled", "Churn radar")),
    ("nudge weekly mon 09:30", Nudge("weekly mon 09:30")),
    ("nudge\u00a0off", Nudge("off")),
    ("nudge off for Churn radar", Nudge("off", "Churn radar")),
    ("nudge for Churn radar: off", Nudge("off", "Churn radar")),
    ("nudge for Churn radar", Nudge("", "Churn radar")),
    ("nudge cron “30 9 * * 1-5”", Nudge('cron "30 9 * * 1-5"')),
    ("remind weekly", Nudge("weekly")),
    ("timer labelling for Churn radar", Timer("labelling", "Churn radar")),
    ("timer stop 300 tickets", Timer("stop 300 tickets")),
    ("digest", Digest()),
    ("digest weekly off", Digest("weekly off")),
    ("digest monthly on for Churn radar", Digest("monthly on", "Churn radar")),
    ("digest for Churn radar", Digest("", "Churn radar")),
    ("nudge pause for two weeks", Nudge("pause for two weeks")),
    ("nudge pause for two weeks for Churn radar", Nudge("pause for two weeks", "Churn radar")),
    ("nudge pause for the next 3 days", Nudge("pause for the next 3 days")),
    ("nudge pause until friday for Churn radar", Nudge("pause until friday", "Churn radar")),
    ("stauts", Unknown("stauts", "status")),
    ("hlep me", Unknown("hlep me", "help")),
    ("nugde off", Unknown("nugde off", "nudge off")),
    ("xyzzy", Unknown("xyzzy", None)),
    ("lgo 2h", Unknown("lgo 2h", "log 2h")),
    ("nwe", Unknown("nwe", "new")),
    ("nwe Churn radar", Unknown("nwe Churn radar", "new Churn radar")),
    ("stat", Unknown("stat", "status")),
    ("st", Unknown("st", "status")),
    ("statsu", Unknown("statsu", "status")),
    ("nudgee off", Unknown("nudgee off", "nudge off")),
    ("/status", Unknown("/status", "status")),
    ("no", Unknown("no", None)),
    ("x", Unknown("x", None)),
    ("go", Unknown("go", None)),
    ("/ml-kickoff status", Status()),
    ("/ml-kickoff", Start()),
    ("ml-kickoff log 2h", Log("2h")),
    ("status for Churn radar", Status("Churn radar")),
    ("status please", Status()),
    ("close", Close()),
    ("close Churn radar", Close("Churn radar")),
    ("close for Churn radar.", Close("Churn radar")),
    ("reopen", Reopen()),
    ("reopen Churn radar", Reopen("Churn radar")),
    ("clsoe Churn radar", Unknown("clsoe Churn radar", "close Churn radar")),
    ("people", People()),
    ("People.", People()),
    ("people for Churn radar.", People("Churn radar")),
    ("add Fiona as finance", People()),
    ("replace", People()),
    ("peolpe", Unknown("peolpe", "people")),
    ("log 2h labelled for Churn radar", Log("2h labelled for Churn radar")),
    ("log\n2h labelled", Log("2h labelled")),
    (
        "log 2h with <@U00000001|bob> &amp; me, see <https://a.example/x>",
        Log("2h with @bob & me, see https://a.example/x"),
    ),
    ("new R&amp;D", Start("R&D")),
    ("status for R&amp;D", Status("R&D")),
    ("away until friday", Away("until friday")),
    ("Away", Away("")),
    ("vacation for two weeks", Away("for two weeks")),
    ("away off", Away("off")),
    ("back", Away("back")),
    ("back on 7 January", Away("back on 7 January")),
    ("awya until friday", Unknown("awya until friday", "away until friday")),
    ("facts", Facts()),
    ("facts for Churn radar.", Facts("Churn radar")),
    ("fatcs", Unknown("fatcs", "facts")),
]


@pytest.mark.parametrize(("typed", "read"), READ)
def test_what_was_typed(typed: str, read: Command) -> None:
    assert parse_command(typed) == read


def test_everything_that_help_lists_is_understood() -> None:
    for _, lines in USAGE:
        for typed, _ in lines:
            assert not isinstance(parse_command(typed.removeprefix("/ml-kickoff")), Unknown), typed


def test_help_is_no_wall() -> None:
    assert len(USAGE_IN_SHORT) <= 9
    assert len(USAGE) <= 5
    assert all(len(lines) <= 6 for _, lines in USAGE)
    assert all(len(typed) + len(does) <= 110 for _, lines in USAGE for typed, does in lines)


@pytest.mark.parametrize(
    ("text", "left", "project"),
    [
        ("2h labelled for Churn radar", "2h labelled", "Churn radar"),
        ("2h labelled, for churn  RADAR.", "2h labelled", "Churn radar"),
        ("for Churn radar 2h labelled", "2h labelled", "Churn radar"),
        ("for Churn radar: 2h labelled", "2h labelled", "Churn radar"),
        ("for Churn radar", "", "Churn radar"),
        ("2h for Labels for ads", "2h", "Labels for ads"),
        ("2h for ads", "2h", "ads"),
        ("2h looking for labels", "2h looking for labels", None),
        ("2h looking for Churn radar labels", "2h looking for Churn radar labels", None),
        ("2h before Churn radar", "2h before Churn radar", None),
        ("for Churn radars 2h", "for Churn radars 2h", None),
        ("", "", None),
    ],
)
def test_a_project_is_named_only_by_a_name_that_is_known(text: str, left: str, project: str | None) -> None:
    assert split_project(text, ["ads", "Churn radar", "Labels for ads"]) == (left, project)


def test_what_can_be_typed_first_is_understood() -> None:
    assert not any(isinstance(parse_command(verb), Unknown) for verb in VERBS)


@pytest.mark.parametrize(
    ("text", "mentioned"),
    [
        ("<@UAPP> status", Mention("status", first=True)),
        ("  <@UAPP>: log 2h", Mention("log 2h", first=True)),
        ("<@UAPP|kickoff>, `status`", Mention("status", first=True)),
        ("<@UAPP>", Mention("", first=True)),
        ("hey <@UAPP> status", Mention("status", first=False)),
        ("status, <@UAPP>", Mention("status", first=False)),
        ("<@UAPP> nudge <@U00000001|bob>", Mention("nudge <@U00000001|bob>", first=True)),
        ("<@UAPPLE> status", None),
        ("status", None),
    ],
)
def test_what_is_asked_beside_a_mention(text: str, mentioned: Mention | None) -> None:
    assert read_mention(text, "UAPP") == mentioned


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("ask <@U00000001|bob> in <#C00000001|general>", "ask @bob in #general"),
        ("ask <@U00000001>", "ask <@U00000001>"),
        ("<!channel> and <!here|here>", "@channel and @here"),
        ("see <https://a.example/x|the page>", "see https://a.example/x"),
        ("write to <mailto:a@b.example|a@b.example>", "write to a@b.example"),
        ("1 &lt; 2 &amp;amp; 3", "1 < 2 &amp; 3"),
    ],
)
def test_a_text_is_read_as_it_was_typed(text: str, typed: str) -> None:
    assert as_typed(text) == typed


@given(st.text())
def test_any_text_is_some_command(typed: str) -> None:
    parse_command(typed)

import json
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from playground import Chapter, Playground, Refused
from playground.canvas_edits import edited, markdown_of
from playground.canvases import Canvas, Plan, sections_of
from tests.playground.test_web_api import refused

TEXT = "# Charter\nReach 90 %\n\n## Owner\nPriya\n\n- one\n- two\n\n```\n# no heading\n\ncode\n```"


def markdown(text: str) -> dict[str, str]:
    return {"type": "markdown", "markdown": text}


async def made(api: AsyncWebClient, text: str = TEXT, **more: Any) -> str:
    return str((await api.canvases_create(title="Charter", document_content=markdown(text), **more))["canvas_id"])


async def section(api: AsyncWebClient, canvas_id: str, words: str) -> str:
    found = await api.canvases_sections_lookup(canvas_id=canvas_id, criteria={"contains_text": words})
    return str(found["sections"][0]["id"])


def test_cuts_text_at_headings_and_blank_lines_but_not_in_code() -> None:
    parts = [part.markdown for part in sections_of(TEXT)]
    assert parts == ["# Charter", "Reach 90 %", "## Owner", "Priya", "- one\n- two", "```\n# no heading\n\ncode\n```"]
    assert [part.heading for part in sections_of(TEXT)][:3] == ["h1", None, "h2"]
    assert sections_of("```\nnever closed")[0].markdown.startswith("```\nnever closed")


async def test_makes_a_canvas_that_stands_alone(slack: Playground, api: AsyncWebClient) -> None:
    canvas = slack.workspace.canvases.canvas(await made(api))
    assert (canvas.title, canvas.channel, canvas.owner) == ("Charter", None, slack.workspace.app.user_id)
    assert "Reach 90 %" in canvas.markdown
    shown = (await api.files_info(file=canvas.id))["file"]
    assert (shown["title"], shown["filetype"]) == ("Charter", "quip")
    assert (await api.canvases_getContent(canvas_id=canvas.id))["content"] == canvas.markdown
    assert (await api.canvases_create())["ok"]


async def test_gives_a_channel_one_canvas_of_its_own(slack: Playground, chapter: Chapter, api: AsyncWebClient) -> None:
    where = chapter.channel.id
    own = await api.conversations_canvases_create(channel_id=where, document_content=markdown(TEXT))
    info = await api.conversations_info(channel=where)
    assert info["channel"]["properties"]["canvas"] == {"file_id": own["canvas_id"], "is_empty": False}
    again = api.conversations_canvases_create(channel_id=where, document_content=markdown(TEXT))
    assert await refused(again) == "channel_canvas_already_exists"
    tab = await made(api, channel_id=where)
    assert [canvas.id for canvas in slack.workspace.canvases.tabbed_in(where)] == [own["canvas_id"], tab]
    outside = slack.workspace.add_channel("outside", [chapter.priya], app_is_member=False)
    assert await refused(made(api, channel_id=outside.id)) == "not_in_channel"
    assert await refused(made(api, channel_id="C404")) == "channel_not_found"


EDITS: list[tuple[str, dict[str, Any], str]] = [
    ("insert_at_start", {"document_content": markdown("New")}, "New\n\n# A\n\nb\n\nc"),
    ("insert_at_end", {"document_content": markdown("New")}, "# A\n\nb\n\nc\n\nNew"),
    ("insert_before", {"document_content": markdown("New"), "section_id": "b"}, "# A\n\nNew\n\nb\n\nc"),
    (
        "insert_after",
        {"document_content": markdown("New\n\nerNew"), "section_id": "b"},
        "# A\n\nb\n\nNew\n\nerNew\n\nc",
    ),
    ("replace", {"document_content": markdown("New"), "section_id": "b"}, "# A\n\nNew\n\nc"),
    ("replace", {"document_content": markdown("New")}, "New"),
    ("delete", {"section_id": "b"}, "# A\n\nc"),
    ("rename", {"title_content": markdown("New")}, "# A\n\nb\n\nc"),
]


@pytest.mark.parametrize(("operation", "change", "after"), EDITS)
async def test_edits(
    slack: Playground, api: AsyncWebClient, operation: str, change: dict[str, Any], after: str
) -> None:
    canvas_id = await made(api, "# A\n\nb\n\nc")
    if "section_id" in change:
        change = change | {"section_id": await section(api, canvas_id, change["section_id"])}
    await api.canvases_edit(canvas_id=canvas_id, changes=[{"operation": operation, **change}])
    canvas = slack.workspace.canvases.canvas(canvas_id)
    assert canvas.markdown == after
    assert canvas.title == ("New" if operation == "rename" else "Charter")


WRONG: list[tuple[str, Any, str]] = [
    ("two changes", [{"operation": "delete", "section_id": "s"}] * 2, "invalid_arguments"),
    ("no change", [], "invalid_arguments"),
    ("unknown operation", [{"operation": "shout"}], "invalid_arguments"),
    ("change that is none", ["delete"], "invalid_arguments"),
    ("deletion of nothing", [{"operation": "delete"}], "invalid_arguments"),
    ("insertion of nothing", [{"operation": "insert_at_end"}], "invalid_arguments"),
    ("insertion nowhere", [{"operation": "insert_after", "document_content": markdown("x")}], "invalid_arguments"),
    ("html", [{"operation": "replace", "document_content": {"type": "html"}}], "invalid_arguments"),
    ("title as text", [{"operation": "rename", "title_content": "New"}], "invalid_arguments"),
    ("unknown section", [{"operation": "delete", "section_id": "temp:C:404"}], "canvas_editing_failed"),
    ("list in a quote", [{"operation": "replace", "document_content": markdown("> - x")}], "canvas_editing_failed"),
]


@pytest.mark.parametrize(("_name", "changes", "error"), WRONG, ids=[name for name, *_ in WRONG])
async def test_refuses_a_wrong_edit(api: AsyncWebClient, _name: str, changes: Any, error: str) -> None:
    canvas_id = await made(api)
    assert await refused(api.canvases_edit(canvas_id=canvas_id, changes=changes)) == error
    assert (await api.canvases_getContent(canvas_id=canvas_id))["content"].startswith("# Charter")


def test_takes_a_mebi_character_and_no_more() -> None:
    whole = markdown_of(markdown("x" * 1_048_576), "document_content", "canvas_creation_failed")
    with pytest.raises(Refused, match="invalid_arguments"):
        markdown_of(markdown(whole + "x"), "document_content", "canvas_creation_failed")
    canvas = Canvas("F1", "Charter", sections_of("# Charter"), "U1", 0)
    with pytest.raises(Refused, match="canvas_too_large"):
        edited(canvas, {"operation": "insert_at_end", "document_content": markdown(whole)})


async def test_says_what_it_cannot_turn_into_a_canvas(api: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError) as raised:
        await made(api, "Fine\n> 1. Not")
    assert raised.value.response["error"] == "canvas_creation_failed"
    assert "line 2: Unsupported block type" in raised.value.response["detail"]
    assert await refused(api.canvases_create(document_content={"type": "html"})) == "invalid_arguments"


LOOKUPS: list[tuple[dict[str, Any], list[str]]] = [
    ({"section_types": ["h1"]}, ["# Charter"]),
    ({"section_types": ["any_header"]}, ["# Charter", "## Owner"]),
    ({"contains_text": "priya"}, ["Priya"]),
    ({"section_types": ["h2"], "contains_text": "own"}, ["## Owner"]),
    ({"section_types": ["h3"]}, []),
]


@pytest.mark.parametrize(("criteria", "found"), LOOKUPS)
async def test_finds_sections(
    slack: Playground, api: AsyncWebClient, criteria: dict[str, Any], found: list[str]
) -> None:
    canvas_id = await made(api)
    answer = await api.canvases_sections_lookup(canvas_id=canvas_id, criteria=criteria)
    sections = {one.id: one.markdown for one in slack.workspace.canvases.canvas(canvas_id).sections}
    assert [sections[one["id"]] for one in answer["sections"]] == found


@pytest.mark.parametrize("criteria", [{}, {"section_types": ["h4"]}, {"section_types": "h1"}])
async def test_refuses_a_search_for_nothing(api: AsyncWebClient, criteria: dict[str, Any]) -> None:
    canvas_id = await made(api)
    looked_up = api.canvases_sections_lookup(canvas_id=canvas_id, criteria=criteria)
    assert await refused(looked_up) == "invalid_arguments"


async def test_shows_a_canvas_to_those_who_were_given_access(
    slack: Playground, chapter: Chapter, api: AsyncWebClient
) -> None:
    canvases, priya = slack.workspace.canvases, chapter.priya
    canvas_id = await made(api)
    assert canvases.seen_from(priya.id, [chapter.channel.id]) == []
    await api.canvases_access_set(canvas_id=canvas_id, access_level="read", user_ids=[priya.id])
    assert [canvas.id for canvas in canvases.seen_from(priya.id, [])] == [canvas_id]
    await api.canvases_access_delete(canvas_id=canvas_id, user_ids=[priya.id])
    assert canvases.seen_from(priya.id, []) == []
    await api.canvases_access_set(canvas_id=canvas_id, access_level="write", channel_ids=[chapter.channel.id])
    assert [canvas.id for canvas in canvases.seen_from(priya.id, [chapter.channel.id])] == [canvas_id]
    await api.canvases_access_set(canvas_id=canvas_id, access_level="owner", user_ids=[priya.id])
    assert canvases.canvas(canvas_id).owner == priya.id
    assert await refused(api.canvases_delete(canvas_id=canvas_id)) == "restricted_action"


ACCESS: list[tuple[dict[str, Any], str]] = [
    ({"access_level": "read"}, "invalid_parameters"),
    ({"access_level": "read", "user_ids": "U00000000", "channel_ids": "C1"}, "invalid_parameters"),
    ({"access_level": "read", "user_ids": "U404"}, "user_not_found"),
    ({"access_level": "read", "channel_ids": "C404"}, "channel_not_found"),
    ({"access_level": "admire", "user_ids": "U00000000"}, "invalid_arguments"),
    ({"access_level": "owner", "channel_ids": "C404"}, "invalid_arguments"),
]


@pytest.mark.parametrize(("arguments", "error"), ACCESS)
async def test_refuses_wrong_access(api: AsyncWebClient, arguments: dict[str, Any], error: str) -> None:
    asked = {"canvas_id": await made(api), **arguments}
    assert await refused(api.api_call("canvases.access.set", json=asked)) == error


async def test_forgets_a_deleted_canvas(api: AsyncWebClient) -> None:
    canvas_id = await made(api)
    await api.canvases_delete(canvas_id=canvas_id)
    change = json.dumps([{"operation": "replace", "document_content": markdown("x")}])
    for method in ("canvases.edit", "canvases.delete", "canvases.getContent"):
        asked = api.api_call(method, params={"canvas_id": canvas_id, "changes": change})
        assert await refused(asked) == "canvas_not_found"


async def test_a_free_workspace_has_one_canvas_a_channel(
    slack: Playground, chapter: Chapter, api: AsyncWebClient
) -> None:
    alone = await made(api)
    slack.workspace.canvases.plan = "free"
    assert await refused(made(api)) == "free_teams_cannot_create_non_tabbed_canvases"
    change = {"operation": "replace", "document_content": markdown("x")}
    edit = api.canvases_edit(canvas_id=alone, changes=[change])
    assert await refused(edit) == "free_teams_cannot_edit_standalone_canvases"
    tabbed = await made(api, channel_id=chapter.channel.id)
    assert (await api.canvases_edit(canvas_id=tabbed, changes=[change]))["ok"]
    assert await refused(made(api, channel_id=chapter.channel.id)) == "free_team_canvas_tab_already_exists"
    own = api.conversations_canvases_create(channel_id=chapter.channel.id, document_content=markdown("x"))
    assert await refused(own) == "free_team_canvas_tab_already_exists"


async def test_a_workspace_may_have_canvases_switched_off(slack: Playground, api: AsyncWebClient) -> None:
    canvas_id = await made(api)
    off: Plan = "without canvases"
    slack.workspace.canvases.plan = off
    for asked in (made(api), api.canvases_delete(canvas_id=canvas_id), api.canvases_getContent(canvas_id=canvas_id)):
        assert await refused(asked) == "canvas_disabled_user_team"


async def test_needs_the_scopes_for_canvases() -> None:
    async with Playground(scopes=["chat:write", "canvases:write"]) as slack:
        api = AsyncWebClient(token=slack.workspace.app.bot_token, base_url=slack.api_url)
        canvas_id = await made(api)
        lookup = api.canvases_sections_lookup(canvas_id=canvas_id, criteria={"contains_text": "x"})
        assert await refused(lookup) == "missing_scope"
    async with Playground(scopes=["canvases:read"]) as slack:
        api = AsyncWebClient(token=slack.workspace.app.bot_token, base_url=slack.api_url)
        assert await refused(made(api)) == "missing_scope"

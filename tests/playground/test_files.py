import json
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError, SlackRequestError
from slack_sdk.web.async_client import AsyncWebClient

from playground import ApiError, Chapter, Playground, ServerError
from playground.file_door import UPLOAD
from playground.files import Taken
from tests.playground.apps import plain, recording
from tests.playground.conftest import HandedClock
from tests.playground.test_web_api import refused

PICTURE = b"\x89PNG picture"


async def uploaded(api: AsyncWebClient, name: str = "matrix.png", content: bytes = PICTURE, **more: Any) -> str:
    done = await api.files_upload_v2(filename=name, content=content, **more)
    return str(done["file"]["id"])


async def post(url: str, **body: Any) -> int:
    async with aiohttp.ClientSession() as session, session.post(url, **body) as response:
        return response.status


async def test_uploads_through_slacks_own_client(slack: Playground, chapter: Chapter, api: AsyncWebClient) -> None:
    parent = await api.chat_postMessage(channel=chapter.channel.id, text="Kickoff")
    done = await api.files_upload_v2(
        filename="matrix.png",
        content=PICTURE,
        title="Priority matrix",
        alt_txt="Effort against value",
        channel=chapter.channel.id,
        thread_ts=parent["ts"],
        initial_comment="Here it is",
    )
    assert done["file"]["shares"] == {}
    shown = (await api.files_info(file=done["file"]["id"]))["file"]
    assert (shown["title"], shown["mimetype"], shown["size"]) == ("Priority matrix", "image/png", len(PICTURE))
    assert shown["alt_txt"] == "Effort against value"
    (share,) = shown["shares"]["public"][chapter.channel.id]
    message = slack.workspace.message(chapter.channel.id, share["ts"])
    assert (message.text, message.thread_ts, message.files) == ("Here it is", parent["ts"], (shown["id"],))
    assert await chapter.priya.sees("[Priority matrix]") == message
    history = await api.conversations_replies(channel=chapter.channel.id, ts=parent["ts"])
    assert history["messages"][1]["files"][0]["id"] == shown["id"]
    assert slack.workspace.breaches == []


async def test_shares_several_files_in_one_message(slack: Playground, chapter: Chapter, api: AsyncWebClient) -> None:
    uploads = [{"filename": name, "content": PICTURE, "title": name} for name in ("a.png", "b.csv")]
    await api.files_upload_v2(file_uploads=uploads, channel=chapter.channel.id)
    (message,) = slack.workspace.messages(chapter.channel)
    titles = [slack.workspace.files.file(file_id).title for file_id in message.files]
    assert titles == ["a.png", "b.csv"]


async def test_shares_in_direct_messages_by_person(slack: Playground, chapter: Chapter, api: AsyncWebClient) -> None:
    await api.files_upload_v2(filename="a.png", content=PICTURE, channels=[chapter.priya.id, chapter.channel.id])
    assert [len(slack.workspace.messages(one)) for one in (chapter.priya.dm, chapter.channel)] == [1, 1]


async def test_tells_of_a_shared_file(slack: Playground, chapter: Chapter, api: AsyncWebClient) -> None:
    async with recording(slack) as app:
        file_id = await uploaded(api, channel=chapter.channel.id)
        await chapter.priya.share(chapter.channel, "plan.pdf", b"%PDF", "Our plan")
        await slack.quiet()
    told = [json.loads(heard.body)["event"] for heard in app.heard]
    shared = [event for event in told if event["type"] == "file_shared"]
    assert [event["user_id"] for event in shared] == [slack.workspace.app.user_id, chapter.priya.id]
    assert (shared[0]["file_id"], shared[0]["channel_id"]) == (file_id, chapter.channel.id)
    messages = [event for event in told if event["type"] == "message"]
    assert [event["subtype"] for event in messages] == ["file_share", "file_share"]
    assert messages[1]["files"][0]["name"] == "plan.pdf"


async def test_serves_content_to_those_with_the_token(slack: Playground, api: AsyncWebClient) -> None:
    url = (await api.files_info(file=await uploaded(api)))["file"]["url_private"]
    headers = {"Authorization": f"Bearer {slack.workspace.app.bot_token}"}
    async with aiohttp.ClientSession() as session:
        async with session.get(url, headers=headers) as response:
            assert (await response.read(), response.content_type) == (PICTURE, "image/png")
        async with session.get(url) as response:
            assert response.content_type == "text/html"
        async with session.get(url.replace("F0", "F9"), headers=headers) as response:
            assert response.status == 404


async def test_takes_a_form_as_well_as_a_raw_body(slack: Playground, api: AsyncWebClient) -> None:
    announced = await api.files_getUploadURLExternal(filename="a.txt", length=5)
    form = aiohttp.FormData()
    form.add_field("filename", b"hello", filename="a.txt")
    assert await post(announced["upload_url"], data=form) == 200
    await api.files_completeUploadExternal(files=[{"id": announced["file_id"]}])
    assert slack.workspace.files.file(announced["file_id"]).content == b"hello"


async def test_takes_only_what_was_announced(slack: Playground, api: AsyncWebClient) -> None:
    announced = await api.files_getUploadURLExternal(filename="a.txt", length=5)
    assert await post(announced["upload_url"], data=b"hello, world") == 400
    assert await post(announced["upload_url"] + "0", data=b"hello") == 400
    early = api.files_completeUploadExternal(files=[{"id": announced["file_id"]}])
    assert await refused(early) == "file_not_found"
    assert [breach.error for breach in slack.workspace.breaches[:2]] == ["length_mismatch", "file_not_found"]
    assert await post(announced["upload_url"], data=b"hello") == 200
    await api.files_completeUploadExternal(files=[{"id": announced["file_id"]}])
    assert await post(announced["upload_url"], data=b"hello") == 400


ANNOUNCED: list[tuple[dict[str, Any], str]] = [
    ({"filename": "a.png", "length": 0}, "missing_argument"),
    ({"filename": "", "length": 5}, "missing_argument"),
    ({"filename": "a.png", "length": 5, "alt_txt": "x" * 1001}, "alt_txt_too_large"),
    ({"filename": "a.py", "length": 1_000_001, "snippet_type": "python"}, "snippet_too_large"),
]


@pytest.mark.parametrize(("arguments", "error"), ANNOUNCED)
async def test_refuses_to_prepare_an_upload(api: AsyncWebClient, arguments: dict[str, Any], error: str) -> None:
    assert await refused(api.files_getUploadURLExternal(**arguments)) == error


COMPLETED: list[tuple[str, dict[str, Any], str]] = [
    ("unknown file", {"files": [{"id": "F404"}]}, "file_not_found"),
    ("no file", {"files": []}, "invalid_arguments"),
    ("unknown channel", {"channel_id": "C404"}, "channel_not_found"),
    ("a person as the channel", {"channel_id": "PRIYA"}, "channel_not_found"),
    ("too many channels", {"channels": ["C1"] * 101}, "channels_limit_exceeded"),
    ("broken blocks", {"channel_id": "HERE", "blocks": '[{"type": "x"}]'}, "invalid_blocks"),
    ("blocks that are no JSON", {"channel_id": "HERE", "blocks": "[{"}, "invalid_blocks"),
    ("markdown block", {"channel_id": "HERE", "blocks": '[{"type": "markdown", "text": "x"}]'}, "internal_error"),
    ("thread that is none", {"channel_id": "HERE", "thread_ts": "yesterday"}, "invalid_thread_ts"),
]


@pytest.mark.parametrize(("_name", "arguments", "error"), COMPLETED, ids=[name for name, *_ in COMPLETED])
async def test_refuses_to_complete(
    slack: Playground, chapter: Chapter, api: AsyncWebClient, _name: str, arguments: dict[str, Any], error: str
) -> None:
    announced = await api.files_getUploadURLExternal(filename="a.txt", length=5)
    await post(announced["upload_url"], data=b"hello")
    places = {"HERE": chapter.channel.id, "PRIYA": chapter.priya.id}
    asked = {"files": [{"id": announced["file_id"]}]} | arguments
    asked |= {"channel_id": places.get(asked.get("channel_id", ""), asked.get("channel_id"))}
    assert await refused(api.files_completeUploadExternal(**asked)) == error
    assert slack.workspace.messages(chapter.channel) == []
    assert (await api.files_completeUploadExternal(files=[{"id": announced["file_id"]}]))["ok"]


async def test_shares_only_where_the_app_is(slack: Playground, chapter: Chapter, api: AsyncWebClient) -> None:
    elsewhere = slack.workspace.add_channel("elsewhere", [chapter.priya], app_is_member=False)
    with pytest.raises(SlackApiError, match="not_in_channel"):
        await uploaded(api, channel=elsewhere.id)
    slack.workspace.archive(chapter.channel)
    with pytest.raises(SlackApiError, match="posting_to_channel_denied"):
        await uploaded(api, channel=chapter.channel.id)


async def test_needs_the_scope_for_files() -> None:
    async with Playground(scopes=["chat:write"]) as slack:
        api = AsyncWebClient(token=slack.workspace.app.bot_token, base_url=slack.api_url)
        with pytest.raises(SlackApiError) as raised:
            await api.files_getUploadURLExternal(filename="a.png", length=5)
        assert raised.value.response["needed"] == "files:write"


async def test_deletes_only_the_apps_own_files(slack: Playground, chapter: Chapter, api: AsyncWebClient) -> None:
    mine = await uploaded(api, channel=chapter.channel.id)
    hers = await chapter.priya.share(chapter.channel, "plan.pdf", b"%PDF")
    assert await refused(api.files_delete(file=hers.files[0])) == "cant_delete_file"
    await api.files_delete(file=mine)
    assert await refused(api.files_delete(file=mine)) == "file_deleted"
    assert await refused(api.files_info(file=mine)) == "file_deleted"
    assert await refused(api.files_info(file="F404")) == "file_not_found"
    messages = (await api.conversations_history(channel=chapter.channel.id))["messages"]
    assert messages[1]["files"] == [{"id": mine, "mode": "tombstone"}]


async def test_goes_wrong_as_scripted_in_every_step(slack: Playground, api: AsyncWebClient) -> None:
    slack.faults.add("files.completeUploadExternal", ApiError("file_update_failed"))
    with pytest.raises(SlackApiError, match="file_update_failed"):
        await uploaded(api)
    slack.faults.add(UPLOAD, ServerError(503))
    with pytest.raises(SlackRequestError, match="503"):
        await uploaded(api)
    assert [exchange.status for exchange in slack.workspace.traffic if exchange.name == UPLOAD] == [200, 503]


def picture(**slack_file: str) -> dict[str, Any]:
    return {"type": "image", "alt_text": "A matrix", "slack_file": slack_file}


async def test_shows_uploaded_pictures_in_blocks(slack: Playground, chapter: Chapter, api: AsyncWebClient) -> None:
    file_id = await uploaded(api)
    url = (await api.files_info(file=file_id))["file"]["url_private"]
    where = chapter.channel.id
    for block in (picture(id=file_id), picture(url=url)):
        assert (await api.chat_postMessage(channel=where, text="Matrix", blocks=[block]))["ok"]
    accessory = {"type": "section", "text": plain("Matrix"), "accessory": picture(id=file_id)}
    assert (await api.chat_postMessage(channel=where, text="Matrix", blocks=[accessory]))["ok"]
    home = {"type": "home", "blocks": [picture(id=file_id)]}
    assert (await api.views_publish(user_id=chapter.priya.id, view=home))["ok"]


async def test_refuses_blocks_with_files_that_are_not_there(chapter: Chapter, api: AsyncWebClient) -> None:
    gone, table = await uploaded(api), await uploaded(api, "table.csv")
    await api.files_delete(file=gone)
    pending = (await api.files_getUploadURLExternal(filename="a.png", length=5))["file_id"]
    both = {"id": await uploaded(api), "url": "https://example.com/a.png"}
    wrong: list[dict[str, str]] = [{"id": "F404"}, {"id": gone}, {"id": table}, {"id": pending}, both]
    for slack_file in wrong:
        with pytest.raises(SlackApiError) as raised:
            await api.chat_postMessage(channel=chapter.channel.id, text="Matrix", blocks=[picture(**slack_file)])
        assert raised.value.response["error"] == "invalid_blocks"
        messages = raised.value.response["response_metadata"]["messages"]
        assert messages == ["[ERROR] invalid slack file [json-pointer:/blocks/0/slack_file]"]
    home = {"type": "home", "blocks": [picture(id="F404")]}
    assert await refused(api.views_publish(user_id=chapter.priya.id, view=home)) == "invalid_arguments"


async def test_shows_a_picture_only_once_slack_has_looked_into_it(
    slack: Playground, chapter: Chapter, api: AsyncWebClient, clock: HandedClock
) -> None:
    slack.workspace.files.looking_takes = timedelta(seconds=3)
    file_id = await uploaded(api)
    message: dict[str, Any] = {"channel": chapter.channel.id, "text": "Matrix", "blocks": [picture(id=file_id)]}
    assert await refused(api.chat_postMessage(**message)) == "invalid_blocks"
    assert (await api.files_info(file=file_id))["file"]["mimetype"] == ""
    clock.forward(seconds=3)
    assert (await api.chat_postMessage(**message))["ok"]
    assert (await api.files_info(file=file_id))["file"]["mimetype"] == "image/png"
    assert slack.workspace.breaches == []


NOT_TAKEN: list[tuple[Taken, int | None, str]] = [
    ("none", None, "file_uploads_disabled"),
    ("pictures", None, "file_uploads_except_images_disabled"),
    ("all", 4, "file_upload_size_restricted"),
]


@pytest.mark.parametrize(("taken", "most_bytes", "error"), NOT_TAKEN)
async def test_takes_only_what_the_owners_of_the_workspace_allow(
    slack: Playground, api: AsyncWebClient, taken: Taken, most_bytes: int | None, error: str
) -> None:
    slack.workspace.files.taken, slack.workspace.files.most_bytes = taken, most_bytes
    assert await refused(api.files_getUploadURLExternal(filename="plan.pdf", length=5)) == error
    if taken == "pictures":
        assert await uploaded(api)
    assert slack.workspace.breaches == []

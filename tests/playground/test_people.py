import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date
from typing import Any

import pytest
from aiohttp import web
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook import WebhookClient

from playground import AppFailed, CannotEnter, Chapter, NotSeen, Playground, Refused, View
from tests.playground.apps import RecordingApp, button, last_sent, modal, plain, recording, text_input
from tests.playground.conftest import HandedClock


def menu(label: str, kind: str, *options: str, **more: Any) -> dict[str, Any]:
    offered = [{"text": plain(text), "value": text.lower()} for text in options]
    element = {"type": kind, **({"options": offered} if offered else {}), **more}
    return {"type": "input", "label": plain(label), "element": element, "optional": True}


FORM = modal(
    text_input("Project name", max_length=20),
    menu("Interviews", "radio_buttons", "In threads here", "In private"),
    menu("Tags", "checkboxes", "Growth", "Cost"),
    menu("Product owner", "users_select"),
    menu("Start", "datepicker"),
    menu("Budget", "number_input", is_decimal_allowed=False, min_value="1", max_value="100"),
    callback_id="form",
    notify_on_close=True,
)


def opened(slack: Playground, chapter: Chapter, body: dict[str, Any] = FORM) -> View:
    return slack.workspace.views.open(chapter.priya.id, body)


def answer(**body: Any) -> Callable[[object], web.Response]:
    return lambda _heard: web.json_response(body)


@asynccontextmanager
async def answering(slack: Playground, body: dict[str, Any]) -> AsyncIterator[RecordingApp]:
    async with recording(slack, answer(**body)) as app:
        yield app


async def test_fills_in_a_form_by_its_labels(slack: Playground, chapter: Chapter) -> None:
    view = opened(slack, chapter)
    answers = {
        "Project name": "Churn radar",
        "Interviews": "In private",
        "Tags": ["Cost"],
        "Product owner": chapter.fiona,
        "Start": date(2026, 4, 1),
        "Budget": 40,
    }
    async with recording(slack):
        assert await chapter.priya.submit(view, answers) is None
    payload = last_sent(slack, "view_submission")
    entered = [value for block in payload["view"]["state"]["values"].values() for value in block.values()]
    assert [entry.get("value") for entry in entered] == ["Churn radar", None, None, None, None, "40"]
    assert entered[1]["selected_option"]["value"] == "in private"
    assert [option["value"] for option in entered[2]["selected_options"]] == ["cost"]
    assert (entered[3]["selected_user"], entered[4]["selected_date"]) == (chapter.fiona.id, "2026-04-01")
    with pytest.raises(NotSeen):
        await chapter.priya.view(within=0.01)


@pytest.mark.parametrize(
    ("answers", "complaint"),
    [
        ({}, "Project name: please complete this required field"),
        ({"Project name": "x" * 21}, "21 characters, allowed are 0 to 20"),
        ({"Project name": "x", "Interviews": "By letter"}, "no option 'By letter'"),
        ({"Project name": "x", "Budget": 101}, "not between"),
        ({"Project name": "x", "Budget": 1.5}, "no whole number"),
        ({"Project name": "x", "Budget": "much"}, "no number"),
    ],
)
async def test_sends_nothing_slacks_client_would_stop(
    slack: Playground, chapter: Chapter, answers: dict[str, Any], complaint: str
) -> None:
    async with recording(slack) as app:
        with pytest.raises(CannotEnter, match=complaint):
            await chapter.priya.submit(opened(slack, chapter), answers)
    assert app.heard == []


async def test_names_the_labels_there_are(slack: Playground, chapter: Chapter) -> None:
    with pytest.raises(LookupError, match="Project name"):
        await chapter.priya.submit(opened(slack, chapter), {"Projectname": "x"})


async def test_keeps_what_was_entered_when_the_app_complains(slack: Playground, chapter: Chapter) -> None:
    view = opened(slack, chapter)
    block_id = view.blocks[0]["block_id"]
    async with answering(slack, {"response_action": "errors", "errors": {block_id: "Taken."}}):
        errors = await chapter.priya.submit(view, {"Project name": "Churn", "Budget": 7})
    assert errors == {"Project name": "Taken."}
    async with recording(slack):
        assert await chapter.priya.submit(view, {"Project name": "Churn 2"}) is None
    values = last_sent(slack, "view_submission")["view"]["state"]["values"]
    assert [value.get("value") for block in values.values() for value in block.values()][::5] == ["Churn 2", "7"]


@pytest.mark.parametrize("response_action", ["update", "push", "clear"])
async def test_follows_the_answer_to_a_form(slack: Playground, chapter: Chapter, response_action: str) -> None:
    first = opened(slack, chapter)
    view = slack.workspace.views.push(chapter.priya.id, FORM | {"title": plain("Second")})
    body: dict[str, Any] = {"response_action": response_action}
    if response_action != "clear":
        body["view"] = modal({"type": "divider"}, title="Next")
    async with answering(slack, body):
        await chapter.priya.submit(view, {"Project name": "Churn"})
    top = slack.workspace.views.top(chapter.priya.id)
    if response_action == "clear":
        assert top is None
    else:
        assert top is not None
        assert top.title == "Next"
        assert top.previous_id == (first.id if response_action == "update" else view.id)


@pytest.mark.parametrize(
    "body",
    [
        {"response_action": "errors", "errors": {"elsewhere": "Hm"}},
        {"response_action": "update", "view": {"type": "modal"}},
        {"response_action": "dance"},
    ],
)
async def test_shows_trouble_when_slack_refuses_the_answer(
    slack: Playground, chapter: Chapter, body: dict[str, Any]
) -> None:
    async with answering(slack, body):
        with pytest.raises(AppFailed):
            await chapter.priya.submit(opened(slack, chapter), {"Project name": "x"})
    assert slack.workspace.breaches[-1].method == "view_submission"


async def test_shows_trouble_when_the_app_fails(slack: Playground, chapter: Chapter) -> None:
    async with recording(slack, lambda _heard: web.Response(status=500)):
        with pytest.raises(AppFailed, match="did not acknowledge"):
            await chapter.priya.submit(opened(slack, chapter), {"Project name": "x"})


async def test_closes_one_modal_or_all(slack: Playground, chapter: Chapter) -> None:
    opened(slack, chapter)
    second = slack.workspace.views.push(chapter.priya.id, FORM | {"title": plain("Second")})
    async with recording(slack) as app:
        await chapter.priya.close(second)
        assert last_sent(slack, "view_closed")["is_cleared"] is False
        below = await chapter.priya.view("Project")
        await chapter.priya.close(below, everything=True)
        assert last_sent(slack, "view_closed")["is_cleared"] is True
    assert len(app.heard) == 2
    with pytest.raises(NotSeen):
        await chapter.priya.close(below)


async def test_stacks_three_modals(slack: Playground, chapter: Chapter, api: AsyncWebClient) -> None:
    views, person = slack.workspace.views, chapter.priya.id
    plain_modal = modal({"type": "divider"})
    with pytest.raises(SlackApiError, match="not_found"):
        await api.views_push(trigger_id=views.new_trigger(person), view=plain_modal)
    root = (await api.views_open(trigger_id=views.new_trigger(person), view=plain_modal))["view"]
    for _ in range(2):
        pushed = (await api.views_push(trigger_id=views.new_trigger(person), view=plain_modal))["view"]
        assert pushed["root_view_id"] == root["id"]
    with pytest.raises(SlackApiError, match="push_limit_reached"):
        await api.views_push(trigger_id=views.new_trigger(person), view=plain_modal)


async def test_triggers_work_once_and_for_three_seconds(
    slack: Playground, chapter: Chapter, api: AsyncWebClient, clock: HandedClock
) -> None:
    trigger = slack.workspace.views.new_trigger(chapter.priya.id)
    clock.forward(seconds=3)
    assert (await api.views_open(trigger_id=trigger, view=FORM))["ok"]
    with pytest.raises(SlackApiError, match="exchanged_trigger_id"):
        await api.views_open(trigger_id=trigger, view=FORM)
    late = slack.workspace.views.new_trigger(chapter.priya.id)
    clock.forward(seconds=3.1)
    with pytest.raises(SlackApiError, match="expired_trigger_id"):
        await api.views_open(trigger_id=late, view=FORM)
    with pytest.raises(SlackApiError, match="invalid_trigger_id"):
        await api.views_open(trigger_id="made up", view=FORM)


async def test_updates_views_by_hash(slack: Playground, chapter: Chapter, api: AsyncWebClient) -> None:
    view = opened(slack, chapter, FORM | {"external_id": "mine"})
    updated = (await api.views_update(view_id=view.id, hash=view.hash, view=modal({"type": "divider"})))["view"]
    assert updated["hash"] != view.hash
    with pytest.raises(SlackApiError, match="hash_conflict"):
        await api.views_update(view_id=view.id, hash=view.hash, view=FORM)
    with pytest.raises(SlackApiError, match="not_found"):
        await api.views_update(external_id="mine", view=FORM)
    with pytest.raises(SlackApiError, match="not_found"):
        await api.views_update(view_id="V404", view=FORM)


async def test_publishes_a_home(slack: Playground, chapter: Chapter, api: AsyncWebClient) -> None:
    assert await chapter.priya.open_home() is None
    blocks = [{"type": "actions", "elements": [button("Refresh")]}]
    await api.views_publish(user_id=chapter.priya.id, view={"type": "home", "blocks": blocks})
    home = await chapter.priya.open_home()
    assert home is not None
    async with recording(slack):
        assert (await chapter.priya.press(home, "Refresh")).status == 200
    assert last_sent(slack, "block_actions")["container"] == {"type": "view", "view_id": home.id}


async def test_chooses_in_menus_of_messages(slack: Playground, chapter: Chapter) -> None:
    options = [{"text": plain(text), "value": text.lower()} for text in ("Weekly", "Monthly")]
    menus = [
        {"type": "static_select", "placeholder": plain("How often"), "options": options, "action_id": "often"},
        {"type": "overflow", "options": options, "action_id": "more"},
    ]
    app_user = slack.workspace.app.user_id
    message = slack.workspace.post(chapter.channel, app_user, "Nudges", blocks=[{"type": "actions", "elements": menus}])
    async with recording(slack):
        await chapter.priya.choose(message, "How often", "Monthly")
        chosen = last_sent(slack, "block_actions")
        await chapter.priya.choose(message, "more", "Weekly")
        overflown = last_sent(slack, "block_actions")
    assert chosen["actions"][0]["selected_option"]["value"] == "monthly"
    (state,) = overflown["state"]["values"].values()
    assert state["often"]["selected_option"]["value"] == "monthly"
    assert overflown["actions"][0]["selected_option"]["value"] == "weekly"
    with pytest.raises(LookupError):
        await chapter.priya.choose(message, "How long", "Weekly")


async def test_tells_equal_buttons_apart_by_their_block(slack: Playground, chapter: Chapter) -> None:
    blocks = [
        {"type": "section", "text": plain(f"Goal {n}"), "accessory": button("Edit", value=str(n))} for n in (1, 2)
    ]
    message = slack.workspace.post(chapter.channel, slack.workspace.app.user_id, "Goals", blocks=blocks)
    assert "[Edit]" in message.words()
    async with recording(slack):
        with pytest.raises(LookupError, match="2 buttons"):
            await chapter.priya.press(message, "Edit")
        await chapter.priya.press(message, "Edit", block="Goal 2")
    assert last_sent(slack, "block_actions")["actions"][0]["value"] == "2"


async def respond(url: str, **body: Any) -> tuple[int, Any]:
    return await asyncio.to_thread(_post, url, body)


def _post(url: str, body: dict[str, Any]) -> tuple[int, Any]:
    response = WebhookClient(url).send_dict(body)
    return response.status_code, response.body


async def test_answers_to_a_response_url_five_times(slack: Playground, chapter: Chapter) -> None:
    async with recording(slack):
        await chapter.priya.command(chapter.channel, "/kickoff")
        url = last_sent(slack, "command /kickoff")["response_url"]
        for number in range(5):
            assert (await respond(url, text=f"Answer {number}"))[0] == 200
        status, body = await respond(url, text="Once more")
    assert (status, "used_url" in body) == (404, True)
    assert (await chapter.priya.sees("Answer 4")).only_for == chapter.priya.id


async def test_response_urls_expire_after_half_an_hour(slack: Playground, chapter: Chapter, clock: HandedClock) -> None:
    async with recording(slack):
        await chapter.priya.command(chapter.channel, "/kickoff")
        url = last_sent(slack, "command /kickoff")["response_url"]
        clock.forward(minutes=30, seconds=1)
        status, body = await respond(url, text="Late")
    assert (status, "expired_url" in body) == (404, True)


async def test_replaces_and_deletes_the_message_with_the_button(slack: Playground, chapter: Chapter) -> None:
    blocks = [{"type": "actions", "elements": [button("Yes")]}]
    message = slack.workspace.post(
        chapter.channel, slack.workspace.app.user_id, "Sure?", blocks=blocks, only_for=chapter.priya.id
    )
    async with recording(slack):
        await chapter.priya.press(message, "Yes")
        url = last_sent(slack, "block_actions")["response_url"]
        await respond(url, text="Fine.", replace_original=True)
        assert slack.workspace.current(message).words() == "Fine."
        await respond(url, text="For all", response_type="in_channel")
        assert (await chapter.victor.sees("For all")).channel == chapter.channel.id
        await respond(url, delete_original=True)
    with pytest.raises(Refused, match="message_not_found"):
        slack.workspace.current(message)


async def test_sees_what_comes_later_and_says_what_it_saw_instead(slack: Playground, chapter: Chapter) -> None:
    first = await chapter.priya.say(chapter.channel, "Hello")
    waiting = asyncio.create_task(chapter.victor.sees("Hello", after=first))
    second = await chapter.fiona.say(chapter.channel, "Hello", thread=first)
    assert await waiting == second
    assert await chapter.victor.sees(lambda message: message.thread_ts == first.ts, thread=first) == second
    with pytest.raises(NotSeen, match="'Hello'"):
        await chapter.victor.sees("Goodbye", channel=chapter.channel, within=0.01)


async def test_writes_as_slack_stores_it_and_reads_it_plainly(slack: Playground, chapter: Chapter) -> None:
    message = await chapter.priya.say(chapter.channel, f"{chapter.victor.mention} <b> & {chapter.channel.mention}")
    assert message.text == f"<@{chapter.victor.id}> &lt;b&gt; &amp; <#{chapter.channel.id}>"
    assert slack.workspace.plain(message) == "@Victor Vance <b> & #streaming-platform"
    formatted = slack.workspace.post(
        chapter.channel, slack.workspace.app.user_id, "*Bold* and <https://example.com|a link>, <!here>"
    )
    assert slack.workspace.plain(formatted) == "Bold and a link, @here"


async def test_writes_only_where_one_may(slack: Playground, chapter: Chapter) -> None:
    outsider = slack.workspace.add_person("Otto Outside")
    with pytest.raises(Refused, match="not_in_channel"):
        await outsider.say(chapter.channel, "Hi")
    message = await chapter.priya.say(chapter.channel, "Mine")
    with pytest.raises(Refused, match="cant_update_message"):
        await chapter.victor.edit(message, "Yours")
    with pytest.raises(Refused, match="cant_delete_message"):
        await chapter.victor.delete(message)
    slack.workspace.archive(chapter.channel)
    with pytest.raises(Refused, match="is_archived"):
        await chapter.priya.say(chapter.channel, "Hi")


async def test_lists_everything_that_happened_in_order(slack: Playground, chapter: Chapter) -> None:
    message = await chapter.priya.say(chapter.channel, "One")
    await chapter.priya.edit(message, "Two")
    slack.workspace.archive(chapter.channel)
    assert [happening.kind for happening in slack.workspace.happenings] == ["message", "message_changed", "archived"]
    assert [happening.number for happening in slack.workspace.happenings] == [0, 1, 2]


def test_timestamps_never_repeat(chapter: Chapter) -> None:
    stamps = [chapter.priya.workspace.clock.stamp() for _ in range(100)]
    assert stamps == sorted(set(stamps))

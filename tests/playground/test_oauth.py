import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
from slack_sdk.oauth import AuthorizeUrlGenerator
from slack_sdk.web.async_client import AsyncWebClient

from playground import ApiError, Chapter, Playground
from tests.playground.apps import recording
from tests.playground.conftest import HandedClock
from tests.playground.test_web_api import refused

# slack_sdk's asynchronous client uses it.
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")

HOME = "https://app.example.com/slack/oauth_redirect"


def visitor(slack: Playground) -> AsyncWebClient:
    return AsyncWebClient(base_url=slack.api_url)


async def visit(url: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(url, allow_redirects=False) as response:
        return response.status, response.headers.get("Location") or await response.text()


def address(slack: Playground, **more: Any) -> str:
    asked: dict[str, Any] = {"client_id": slack.workspace.app.client_id, "scopes": ["chat:write"], **more}
    asked = {"redirect_uri": HOME} | asked
    generator = AuthorizeUrlGenerator(authorization_url=slack.authorize_url, **asked)
    return generator.generate("the state")


async def approved(slack: Playground, **more: Any) -> str:
    status, location = await visit(address(slack, **more))
    answer = parse_qs(urlsplit(location).query)
    assert (status, answer["state"]) == (302, ["the state"])
    assert location.startswith(f"{more.get('redirect_uri', HOME)}?")
    return answer["code"][0]


def credentials(slack: Playground, **more: Any) -> dict[str, Any]:
    app = slack.workspace.app
    return {"client_id": app.client_id, "client_secret": app.client_secret, "redirect_uri": HOME, **more}


async def test_installs_through_slacks_own_client(slack: Playground, chapter: Chapter) -> None:
    app, code = slack.workspace.app, await approved(slack)
    access = await visitor(slack).oauth_v2_access(**credentials(slack, code=code))
    assert access["access_token"] == app.bot_token
    assert (access["token_type"], access["bot_user_id"], access["app_id"]) == ("bot", app.user_id, app.app_id)
    assert access["team"] == {"id": slack.workspace.team_id, "name": slack.workspace.domain}
    assert access["authed_user"] == {"id": chapter.priya.id}
    assert "chat:write" in access["scope"].split(",")
    api = AsyncWebClient(token=access["access_token"], base_url=slack.api_url)
    assert (await api.auth_test())["ok"]
    assert slack.workspace.breaches == []


async def test_takes_the_secret_in_a_form_too_and_writes_it_down_nowhere(slack: Playground, chapter: Chapter) -> None:
    form = credentials(slack, code=await approved(slack))
    assert (await visitor(slack).api_call("oauth.v2.access", data=form))["ok"]
    written = json.dumps([(exchange.sent, exchange.answer) for exchange in slack.workspace.traffic])
    assert slack.workspace.app.client_secret not in written
    assert slack.workspace.app.bot_token not in written


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"code": "made up"}, "invalid_code"),
        ({"client_secret": "guessed"}, "bad_client_secret"),
        ({"client_id": "2.2"}, "invalid_client_id"),
        ({"redirect_uri": "https://elsewhere.example.com"}, "bad_redirect_uri"),
    ],
)
async def test_gives_no_token_to_others(slack: Playground, wrong: dict[str, str], error: str) -> None:
    asked = credentials(slack, code=await approved(slack)) | wrong
    assert await refused(visitor(slack).oauth_v2_access(**asked)) == error
    assert slack.workspace.breaches[-1].error == error


async def test_codes_work_once_and_for_ten_minutes(slack: Playground, clock: HandedClock) -> None:
    asked = credentials(slack, code=await approved(slack))
    clock.forward(minutes=10)
    assert (await visitor(slack).oauth_v2_access(**asked))["ok"]
    assert await refused(visitor(slack).oauth_v2_access(**asked)) == "invalid_code"
    late = credentials(slack, code=await approved(slack))
    clock.forward(minutes=10, seconds=1)
    assert await refused(visitor(slack).oauth_v2_access(**late)) == "invalid_code"


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"client_id": "2.2"}, "invalid_client_id"),
        ({"redirect_uri": ""}, "bad_redirect_uri"),
        ({"redirect_uri": "https://elsewhere.example.com"}, "bad_redirect_uri"),
        ({"scopes": []}, "no_scopes"),
    ],
)
async def test_shows_no_page_to_a_wrong_app(slack: Playground, wrong: dict[str, Any], error: str) -> None:
    if wrong.get("redirect_uri"):
        slack.workspace.approvals.redirect_uris = (HOME,)
    assert await visit(address(slack, **wrong)) == (400, error)


async def test_sends_people_to_the_address_that_was_registered(slack: Playground) -> None:
    slack.workspace.approvals.redirect_uris = ("https://app.example.com/start?from=slack",)
    status, location = await visit(address(slack, redirect_uri=""))
    assert status == 302
    assert location.startswith("https://app.example.com/start?from=slack&state=the+state&code=")
    code = parse_qs(urlsplit(location).query)["code"][0]
    assert (await visitor(slack).oauth_v2_access(**credentials(slack, code=code, redirect_uri=None)))["ok"]


async def test_tells_the_app_that_someone_cancelled(slack: Playground) -> None:
    slack.workspace.approvals.willing = False
    _status, location = await visit(address(slack))
    assert parse_qs(urlsplit(location).query) == {"state": ["the state"], "error": ["access_denied"]}


async def test_an_administrator_installs_where_there_is_one(slack: Playground, chapter: Chapter) -> None:
    slack.workspace.change(chapter.victor, is_admin=True)
    access = await visitor(slack).oauth_v2_access(**credentials(slack, code=await approved(slack)))
    assert access["authed_user"]["id"] == chapter.victor.id


async def test_uninstalls_and_comes_back_with_another_token(
    slack: Playground, chapter: Chapter, api: AsyncWebClient
) -> None:
    old, app_credentials = slack.workspace.app.bot_token, credentials(slack)
    del app_credentials["redirect_uri"]
    assert await refused(api.apps_uninstall(**app_credentials | {"client_secret": "guessed"})) == "bad_client_secret"
    async with recording(slack) as app:
        await api.apps_uninstall(**app_credentials)
        await chapter.priya.say(chapter.channel, "Anybody there?")
        await slack.quiet()
        events = [json.loads(heard.body)["event"] for heard in app.heard]
        assert {event["type"] for event in events} == {"app_uninstalled", "tokens_revoked"}
        assert await refused(api.auth_test()) == "account_inactive"
        access = await visitor(slack).oauth_v2_access(**credentials(slack, code=await approved(slack)))
        assert access["access_token"] not in {"", old}
        assert access["scope"] == "chat:write"
        again = AsyncWebClient(token=access["access_token"], base_url=slack.api_url)
        assert (await again.chat_postMessage(channel=chapter.channel.id, text="Back"))["ok"]
        assert await refused(again.users_list()) == "missing_scope"
        assert await refused(api.auth_test()) == "account_inactive"


async def test_revokes_its_token(slack: Playground, api: AsyncWebClient) -> None:
    assert (await api.auth_revoke(test=True))["revoked"] is False
    async with recording(slack) as app:
        assert (await api.auth_revoke())["revoked"] is True
        await slack.quiet()
    (heard,) = app.heard
    assert json.loads(heard.body)["event"]["tokens"] == {"oauth": [], "bot": [slack.workspace.app.user_id]}
    assert await refused(api.auth_test()) == "token_revoked"


async def test_goes_wrong_as_scripted(slack: Playground) -> None:
    slack.faults.add("oauth.v2.access", ApiError("fatal_error"))
    asked = credentials(slack, code=await approved(slack))
    assert await refused(visitor(slack).oauth_v2_access(**asked)) == "fatal_error"
    assert (await visitor(slack).oauth_v2_access(**asked))["ok"]

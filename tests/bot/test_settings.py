import pytest

from bot.settings import Unusable, database_setting, read_settings

GOOD = {
    "SLACK_BOT_TOKEN": "xoxb-1",
    "SLACK_SIGNING_SECRET": "secret",
    "SLACK_APP_TOKEN": "",
    "SLACK_API_URL": "https://slack.com/api",
    "DATABASE_URL": "sqlite:///kickoff.db",
    "PORT": "3000",
}


@pytest.fixture(autouse=True)
def no_env_file(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    monkeypatch.chdir(str(tmp_path))


def given(monkeypatch: pytest.MonkeyPatch, **changed: str | None) -> None:
    for name, value in {**GOOD, **changed}.items():
        if value is None:
            monkeypatch.delenv(name, raising=False)
        else:
            monkeypatch.setenv(name, value)


def test_good_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, DATABASE_URL="postgres://me@host/db")
    settings = read_settings()
    assert settings.database_url == "postgresql+psycopg://me@host/db"
    assert settings.slack_api_url == "https://slack.com/api/"
    assert not settings.socket_mode


def test_an_app_token_means_socket_mode(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, SLACK_APP_TOKEN="xapp-1", SLACK_SIGNING_SECRET=None)
    assert read_settings().socket_mode


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"SLACK_BOT_TOKEN": None}, "SLACK_BOT_TOKEN is not set."),
        ({"SLACK_BOT_TOKEN": "secret-1"}, "SLACK_BOT_TOKEN: must begin with xoxb-"),
        ({"SLACK_APP_TOKEN": "xoxb-1"}, "SLACK_APP_TOKEN: must begin with xapp-"),
        ({"SLACK_SIGNING_SECRET": None}, "Set SLACK_APP_TOKEN to use Socket Mode, or SLACK_SIGNING_SECRET"),
        ({"SLACK_API_URL": "slack.com"}, "SLACK_API_URL: must begin with https://"),
        ({"DATABASE_URL": "mysql://host/db"}, "DATABASE_URL must begin with sqlite:/// or postgresql://."),
        ({"PORT": "many"}, "PORT: "),
    ],
)
def test_bad_settings_are_one_clear_sentence(
    monkeypatch: pytest.MonkeyPatch, changed: dict[str, str | None], sentence: str
) -> None:
    given(monkeypatch, **changed)
    with pytest.raises(Unusable) as raised:
        read_settings()
    assert str(raised.value).startswith(sentence)
    assert "\n" not in str(raised.value)
    assert "secret-1" not in str(raised.value)


def test_the_database_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, SLACK_BOT_TOKEN=None)
    assert database_setting() == "sqlite:///kickoff.db"
    given(monkeypatch, DATABASE_URL="nonsense")
    with pytest.raises(Unusable, match="DATABASE_URL should look like"):
        database_setting()

"""Settings, read from the environment or a `.env` file."""

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from flows.quiet_hours import QuietHours, read_quiet_hours
from storage.database import normalise_url

DEFAULT_DATABASE_URL = "sqlite:///ml-kickoff.db"


class Unusable(Exception):
    """A setting is missing, malformed or of no use; the message is one clear sentence for each."""


def _bot_token(token: str) -> str:
    if not token.startswith("xoxb-"):
        raise ValueError("must begin with xoxb-; copy it from OAuth & Permissions in the app's settings")
    return token


def _app_token(token: str) -> str:
    if token and not token.startswith("xapp-"):
        raise ValueError("must begin with xapp-; make one under Basic Information, App-Level Tokens")
    return token


def _api_url(url: str) -> str:
    if not url.startswith(("https://", "http://")):
        raise ValueError("must begin with https:// or http://")
    return url if url.endswith("/") else f"{url}/"


def _quiet_hours(text: object) -> QuietHours:
    return text if isinstance(text, QuietHours) else read_quiet_hours(str(text))


class Settings(BaseSettings):
    """What the app needs to know to run.

    Attributes:
        slack_bot_token: Bot token (xoxb-).
        slack_app_token: App-level token (xapp-); when set, Socket Mode is used.
        slack_signing_secret: Verifies deliveries over HTTP; needed without an app token.
        slack_api_url: Root of the Web API; any Slack-compatible server.
        database_url: SQLite file or PostgreSQL.
        host: Address on which the HTTP door and the health checks listen.
        port: Port of both.
        outbox_lease_seconds: How long a message that is being sent belongs to one process. If that process dies,
            another one settles the message after this time.
        questions_file: Changes to the built-in questions, as `ml-kickoff questions check` accepts them; none if unset.
        influence_file: Changes to what moves what, as `ml-kickoff influence check` accepts them; none if unset.
        quiet_hours: When nobody is reminded, in everybody's own time, such as 18:00-09:00.
        slack_timeout_seconds: How long an answer of Slack's is waited for; shorter than the lease.
    """

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", hide_input_in_errors=True)

    slack_bot_token: Annotated[str, AfterValidator(_bot_token)]
    slack_app_token: Annotated[str, AfterValidator(_app_token)] = ""
    slack_signing_secret: str = ""
    slack_api_url: Annotated[str, AfterValidator(_api_url)] = "https://slack.com/api/"
    database_url: Annotated[str, AfterValidator(normalise_url)] = DEFAULT_DATABASE_URL
    host: str = "0.0.0.0"  # noqa: S104 - a container's door has to be reachable from outside of it
    port: int = Field(default=3000, ge=0, le=65535)
    outbox_lease_seconds: float = Field(default=30, gt=0)
    slack_timeout_seconds: float = Field(default=10, gt=0)
    questions_file: Path | None = None
    influence_file: Path | None = None
    quiet_hours: Annotated[QuietHours, BeforeValidator(_quiet_hours), NoDecode] = QuietHours()

    @property
    def socket_mode(self) -> bool:
        """Whether deliveries come over a socket instead of HTTP."""
        return bool(self.slack_app_token)


def read_settings() -> Settings:
    """Read and check all settings.

    Raises:
        Unusable: Something is missing or malformed.
    """
    try:
        settings = Settings()
    except ValidationError as error:
        raise Unusable(
            "\n".join(_sentence(str(one["loc"][0]), one["type"], one["msg"]) for one in error.errors())
        ) from None
    if not settings.socket_mode and not settings.slack_signing_secret:
        raise Unusable(
            "Set SLACK_APP_TOKEN to use Socket Mode, or SLACK_SIGNING_SECRET to receive deliveries over HTTP; "
            "neither is set."
        )
    return settings


def database_setting() -> str:
    """The database alone, for commands that need no Slack.

    Raises:
        Unusable: `DATABASE_URL` is malformed.
    """
    try:
        return _DatabaseSetting().database_url
    except ValidationError as error:
        raise Unusable(_sentence("database_url", "value_error", error.errors()[0]["msg"])) from None


class _DatabaseSetting(BaseSettings):
    model_config = SettingsConfigDict(env_file=".env", extra="ignore", hide_input_in_errors=True)

    database_url: Annotated[str, AfterValidator(normalise_url)] = DEFAULT_DATABASE_URL


def _sentence(name: str, kind: str, message: str) -> str:
    if kind == "missing":
        return f"{name.upper()} is not set."
    reason = message.removeprefix("Value error, ")
    return reason if reason.startswith(name.upper()) else f"{name.upper()}: {reason[0].lower()}{reason[1:]}."

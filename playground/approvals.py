"""OAuth's half of installing: the codes an app exchanges for its token, and the tokens that were taken back."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from playground.clock import Clock
from playground.records import Refused

LIFETIME = timedelta(minutes=10)
"""How long Slack's codes live by common account; its documentation does not say."""


@dataclass(frozen=True)
class Approval:
    """Someone let the app in.

    Attributes:
        person: The id of who did.
        scopes: The scopes they granted.
        redirect_uri: Where they were sent then; empty if the app did not say.
        expires: Until when the code can be exchanged.
    """

    person: str
    scopes: frozenset[str]
    redirect_uri: str
    expires: datetime


class Approvals:
    """Who let the app in, and which tokens are still good.

    Attributes:
        willing: Whether people approve; otherwise they cancel, and the app gets ``access_denied``.
        redirect_uris: What the addresses people are sent to must begin with; empty for anywhere.
    """

    def __init__(self, clock: Clock) -> None:
        self.willing = True
        self.redirect_uris: tuple[str, ...] = ()
        self._clock = clock
        self._codes: dict[str, Approval] = {}
        self._revoked: dict[str, str] = {}

    def approve(self, person: str, scopes: frozenset[str], redirect_uri: str) -> str:
        """Let the app in.

        Returns:
            The code, good once and for ten minutes.
        """
        code = secrets.token_hex(16)
        self._codes[code] = Approval(person, scopes, redirect_uri, self._clock.now() + LIFETIME)
        return code

    def exchange(self, code: str, redirect_uri: str) -> Approval:
        """Spend a code.

        Raises:
            Refused: ``invalid_code`` or ``bad_redirect_uri``.
        """
        approval = self._codes.get(code)
        if approval is None or self._clock.now() > approval.expires:
            raise Refused("invalid_code", breach=True)
        if redirect_uri != approval.redirect_uri:
            raise Refused("bad_redirect_uri", breach=True)
        del self._codes[code]
        return approval

    def revoke(self, token: str, *, uninstalled: bool = False) -> None:
        """Take a token back."""
        self._revoked[token] = "account_inactive" if uninstalled else "token_revoked"

    def is_good(self, token: str) -> bool:
        """Whether a token was not taken back."""
        return token not in self._revoked

    def check(self, token: str) -> None:
        """Refuse a token that was taken back.

        Raises:
            Refused: ``token_revoked``, or ``account_inactive`` after the app was taken out.
        """
        if token in self._revoked:
            raise Refused(self._revoked[token])

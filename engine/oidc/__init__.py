"""OpenID Connect: log-in by a provider that the settings name. The only place that talks to it.

Code flow with PKCE, state and nonce; what the provider says of itself is found by discovery.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.common.security import generate_token
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from engine.errors import NotAllowedError, UnavailableError
from engine.settings import Settings

SCOPE = "openid profile email"
SECONDS = 10.0  # of one answer of the provider
FRESH = 3600  # seconds that what it says of itself is believed
ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA", "Ed25519"]  # never none, never a shared secret
LEEWAY = 60  # seconds that its clock may differ
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Request:
    """A log-in under way: the browser goes to `url`; the rest stays in its signed cookie."""

    url: str
    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True)
class Identity:
    """Whom the provider has let in; `email` only where it says that it has verified it."""

    issuer: str
    subject: str
    email: str


def begin_login(settings: Settings, back: str) -> Request:
    """Raises UnavailableError: oidc_unavailable."""
    meta = _metadata(settings)
    verifier, nonce = generate_token(64), generate_token(32)
    with _session(settings, back) as session:
        url, state = session.create_authorization_url(
            meta["authorization_endpoint"], nonce=nonce, code_verifier=verifier
        )
    return Request(url, state, nonce, verifier)


def finish_login(settings: Settings, back: str, begun: Request, answer: str) -> Identity:
    """`answer`: the address with which the browser came back.

    Raises UnavailableError: oidc_unavailable; NotAllowedError: oidc_refused (the person or the
    provider said no), oidc_invalid (the answer is not one to what was asked).
    """
    query = parse_qs(urlsplit(answer).query)
    if query.get("state") != [begun.state]:
        raise NotAllowedError("oidc_invalid", reason="state")
    if "error" in query:
        raise NotAllowedError("oidc_refused", reason=query["error"][0][:100])
    if query.get("iss", [settings.oidc_issuer]) != [settings.oidc_issuer]:  # RFC 9207
        raise NotAllowedError("oidc_invalid", reason="iss")
    token = _fetch_token(settings, back, begun, answer)
    claims = _read_token(settings, begun, str(token.get("id_token", "")))
    if "email" not in claims:
        claims |= _ask_about(settings, token, claims["sub"])
    email = str(claims.get("email") or "") if claims.get("email_verified") is True else ""
    return Identity(str(settings.oidc_issuer), str(claims["sub"]), email.strip())


def _session(settings: Settings, back: str, token: Any = None) -> OAuth2Session:
    secret = settings.oidc_client_secret
    return OAuth2Session(
        settings.oidc_client_id,
        secret,
        token_endpoint_auth_method="client_secret_basic" if secret else "none",
        scope=SCOPE,
        redirect_uri=back,
        code_challenge_method="S256",
        token=token,
    )


def _fetch_token(settings: Settings, back: str, begun: Request, answer: str) -> dict[str, Any]:
    endpoint = _metadata(settings)["token_endpoint"]
    try:
        with _session(settings, back) as session:
            return dict(
                session.fetch_token(
                    endpoint,
                    authorization_response=answer,
                    state=begun.state,
                    code_verifier=begun.verifier,
                    timeout=SECONDS,
                )
            )
    except AuthlibBaseError as error:
        log.warning("the OIDC provider gives no token: %s", error)
        raise NotAllowedError("oidc_invalid", reason=str(error.error)[:100]) from error
    except (requests.RequestException, ValueError) as error:
        raise _away(error) from error


def _read_token(settings: Settings, begun: Request, token: str) -> dict[str, Any]:
    """The claims of an ID token, signed by the provider, for us, for this very log-in."""
    try:
        return _checked(settings, begun, token, _keys(settings, _now_slot()))
    except (JoseError, AuthlibBaseError, ValueError):
        _keys.cache_clear()  # its keys may have been changed a moment ago
    try:
        return _checked(settings, begun, token, _keys(settings, _now_slot()))
    except (JoseError, AuthlibBaseError, ValueError) as error:
        log.warning("the OIDC provider's ID token is refused: %s", error)
        raise NotAllowedError("oidc_invalid", reason="id_token") from error


def _checked(settings: Settings, begun: Request, token: str, keys: KeySet) -> dict[str, Any]:
    read = jwt.decode(token, keys, algorithms=ALGORITHMS)
    options: Any = {
        "iss": {"essential": True, "value": settings.oidc_issuer},
        "aud": {"essential": True, "value": settings.oidc_client_id},
        "sub": {"essential": True},
        "exp": {"essential": True},
        "nonce": {"essential": True, "value": begun.nonce},
    }
    params = {"nonce": begun.nonce, "client_id": settings.oidc_client_id}
    claims = CodeIDToken(read.claims, read.header, options, params)
    claims.validate(leeway=LEEWAY)
    return dict(claims)


def _ask_about(settings: Settings, token: dict[str, Any], subject: str) -> dict[str, Any]:
    """What the provider tells of that person besides the token; nothing when it is of another."""
    endpoint = _metadata(settings).get("userinfo_endpoint")
    if not endpoint:
        return {}
    try:
        with _session(settings, "", token) as session:
            answer = session.get(endpoint, timeout=SECONDS)
            answer.raise_for_status()
            claims = answer.json()
    except (requests.RequestException, AuthlibBaseError, ValueError) as error:
        raise _away(error) from error
    return dict(claims) if isinstance(claims, dict) and claims.get("sub") == subject else {}


def _metadata(settings: Settings) -> dict[str, Any]:
    assert settings.oidc_issuer
    return _discover(settings.oidc_issuer, _now_slot())


def _now_slot() -> int:
    return int(time.monotonic()) // FRESH


@lru_cache(maxsize=4)
def _discover(issuer: str, slot: int) -> dict[str, Any]:
    found = _get_json(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    needed = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    if found.get("issuer") != issuer or any(not found.get(name) for name in needed):
        raise UnavailableError("oidc_unavailable", reason=f"{issuer}: not an OpenID provider")
    return found


@lru_cache(maxsize=4)
def _keys(settings: Settings, slot: int) -> KeySet:
    found: Any = _get_json(_metadata(settings)["jwks_uri"])
    try:
        return KeySet.import_key_set(found)
    except (JoseError, KeyError, ValueError) as error:
        raise _away(error) from error


def _get_json(url: str) -> dict[str, Any]:
    try:
        answer = requests.get(url, timeout=SECONDS, allow_redirects=False)
        answer.raise_for_status()
        found = answer.json()
    except (requests.RequestException, ValueError) as error:
        raise _away(error) from error
    return found if isinstance(found, dict) else {}


def _away(error: Exception) -> UnavailableError:
    return UnavailableError("oidc_unavailable", reason=str(error) or type(error).__name__)

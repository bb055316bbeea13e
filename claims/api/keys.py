"""With which key a request is made, and whether the key is for what is asked."""

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, QueryDict
from django.http.request import UnreadablePostError

from claims.api.problems import ProblemError
from claims.domain.partners import Key, KeyRefusedError, key_of, looks_like_a_key
from claims.enums import KeyScope

GOOGLE = "/v1alpha1/"
EXPORTS = "/api/v1/exports/"


def key_of_request(request: HttpRequest) -> Key | None:
    """None for who asks without one. One query at most. Raises ProblemError: 401."""
    secret = _secret(request)
    if secret is None:
        return None
    try:
        return key_of(secret)
    except KeyRefusedError as error:
        detail = f"{error} Write `Authorization: Bearer KEY`, or ask without a key."
        raise ProblemError(401, "invalid-key", "Invalid key", detail) from None


def lack_of_scope(key: Key, path: str) -> ProblemError | None:
    scope = scope_of(path)
    if scope in key.scopes:
        return None
    detail = f"This key is not for this address: it lacks the scope “{scope}”. Ask without it, or for another key."
    return ProblemError(403, "insufficient-scope", "Insufficient scope", detail)


def scope_of(path: str) -> str:
    if path.startswith(GOOGLE):
        return KeyScope.SEARCH.value
    return (KeyScope.EXPORT if path.startswith(EXPORTS) else KeyScope.READ).value


def _secret(request: HttpRequest) -> str | None:
    """What stands in `Authorization` is always meant for us; `key` and `X-Goog-Api-Key` only when it is of our form."""
    authorization = request.headers.get("Authorization")
    if authorization is not None:
        scheme, _, secret = authorization.partition(" ")
        return secret.strip() if scheme.lower() == "bearer" else ""
    if request.path.startswith(GOOGLE):
        for secret in (request.headers.get("X-Goog-Api-Key", ""), _key_parameter(request)):
            if looks_like_a_key(secret):
                return secret
    return None


def _key_parameter(request: HttpRequest) -> str:
    """Google's clients send what is too long for an address, the key included, as a form."""
    try:
        parameters = QueryDict(request.body) if request.method == "POST" else request.GET
    except (SuspiciousOperation, UnreadablePostError):  # the view will say so
        return ""
    return parameters.get("key", "")

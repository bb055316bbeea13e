"""What is not a public object: lists, the index, errors."""

from claims.api.problems import TYPES
from claims.api.v1.schema.members import Schema, address, header, listing, moment, nullable, ref, text, thing, whole

HOST = "https://facts.example"

# Of draft-ietf-httpapi-ratelimit-headers-10; not sent where there is no limit.
RATE_HEADERS = {
    "RateLimit": header("Requests that are left (`r`) for the seconds to come (`t`).", '"anonymous";r=299;t=42'),
    "RateLimit-Policy": header("Requests (`q`) that are allowed in so many seconds (`w`).", '"anonymous";q=300;w=60'),
}

# By status: the ends of the problem types that it comes with, and when.
PROBLEMS = {
    400: (
        ("invalid-parameter", "bad-request"),
        "A parameter is unknown, repeated or cannot be read, or the request itself cannot.",
    ),
    401: (("invalid-key",), "What stands in `Authorization` is no key, or one that was revoked or has expired."),
    403: (("insufficient-scope",), "The key lacks the scope for this address."),
    404: (("not-found",), "There is nothing at this address, and never was."),
    405: (("method-not-allowed",), "Another method than GET, HEAD and OPTIONS."),
    410: (("retracted",), "It was retracted."),
    429: (("too-many-requests",), "More requests in a minute than the rate. Ask again after `Retry-After` seconds."),
    500: (("server-error",), "Something went wrong on our side."),
    503: (
        ("took-too-long", "not-ready"),
        "The database took longer than a request may, or does not answer. Ask for less, or again later.",
    ),
}
# By status: what an error's headers say.
PROBLEM_HEADERS = {
    401: {"WWW-Authenticate": header("Which kind of key is asked for (RFC 6750).", 'Bearer error="invalid_token"')},
    403: {"WWW-Authenticate": header("Which scope is lacking.", 'Bearer error="insufficient_scope", scope="read"')},
    429: {"Retry-After": header("Seconds after which to ask again.", "42")} | RATE_HEADERS,
    503: {"Retry-After": header("Seconds after which to ask again.", "30")},
}


def list_of(name: str) -> Schema:
    return thing(
        "One page of a list.",
        {
            "next": nullable(address("The page after this one; null at the end.", f"{HOST}/api/v1/claims/?cursor=…")),
            "previous": nullable(address("The page before; null at the beginning.", f"{HOST}/api/v1/claims/?cursor=…")),
            "results": listing(ref(name), "What is on this page."),
        },
    )


def changes() -> Schema:
    page = list_of("Edition")
    members = page["properties"] | {"head": whole("The newest sequence that there is.", 58, minimum=0)}
    return thing("Editions in the order in which they were published.", members)


SPARSE: dict[str, Schema] = {
    "Sparse": thing("The parts of an object that `fields` asked for, as they are in the whole.", {}),
    "SparseList": list_of("Sparse"),
}


def index(names: list[str]) -> Schema:
    members = {name: address(f"Address of {name}.", f"{HOST}/api/v1/{name}/") for name in names}
    return thing("Where everything is.", members)


def problem(status: int) -> Schema:
    kinds, when = PROBLEMS[status]
    types = [TYPES + kind for kind in kinds]
    members = {
        "type": text("Which kind of error; it never changes.", types[0], enum=types),
        "title": text("The kind of error in words.", kinds[0].replace("-", " ").capitalize()),
        "status": whole("The HTTP status.", status),
        "detail": text("What went wrong, for people.", when),
    }
    schema = thing(when, members)
    schema["properties"] = members | _MORE.get(status, {})
    return schema


_INSTANCE = {"instance": text("The path that was asked for.", "/api/v1/claims/no-such-claim/")}
_ERROR = thing(
    "One parameter and what would be right.",
    {
        "parameter": text("Its name.", "page_size"),
        "detail": text("What would be right.", "Write a whole number from 1 to 200."),
    },
)
_MORE: dict[int, dict[str, Schema]] = {
    400: {"errors": listing(_ERROR, "Up to ten parameters that are wrong.")},
    404: _INSTANCE,
    410: _INSTANCE
    | {
        "editions": address("Where its editions stay readable.", f"{HOST}/api/v1/claims/so/editions/"),
        "retracted_at": moment("When it was retracted."),
    },
}

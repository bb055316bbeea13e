"""What each address answers to GET."""

from collections.abc import Mapping
from typing import Any

from claims.api.v1.schema.answers import PROBLEM_HEADERS, PROBLEMS, RATE_HEADERS
from claims.api.v1.schema.members import Schema, header, ref

Operation = dict[str, Any]

JSON = "application/json"
NONE: Mapping[str, Schema] = {}
_HEADERS = {
    "ETag": header(
        "Send it back as `If-None-Match` to get an empty 304 while nothing has changed.",
        'W/"58-20261124-0.1.0-1c291ca3"',
    ),
    **RATE_HEADERS,
}
# Whatever is asked, these are possible.
_EVERYWHERE = (401, 403, 405, 429, 500, 503)
_MOVED = {
    "description": "The slug was changed.",
    "headers": {"Location": {"description": "The present address.", "schema": {"type": "string"}, "required": True}},
}
_UNCHANGED = {"description": "What you hold (`If-None-Match`) is current.", "headers": _HEADERS}


def operation(  # noqa: PLR0913
    identifier: str,
    *,
    tag: str,
    summary: str,
    answer: Schema,
    parameters: list[Schema],
    description: str = "",
    media_type: str = JSON,
    problems: tuple[int, ...] = (400,),
    headers: Mapping[str, Schema] = NONE,
) -> Operation:
    """`problems` are the statuses of errors, and `headers` those of the answer, that are possible here, besides those
    that are possible everywhere.
    """
    responses: dict[str, Schema] = {
        "200": {
            "description": summary,
            "headers": {**_HEADERS, **headers},
            "content": {media_type: {"schema": answer}},
        },
        "304": _UNCHANGED,
    }
    if 404 in problems:
        responses["301"] = _MOVED
    responses |= {
        str(status): {"$ref": f"#/components/responses/Problem{status}"} for status in (*problems, *_EVERYWHERE)
    }
    return {
        "operationId": identifier,
        "tags": [tag],
        "summary": summary,
        **({"description": description} if description else {}),
        "parameters": parameters,
        "responses": dict(sorted(responses.items())),
    }


def problem_responses() -> dict[str, Schema]:
    return {
        f"Problem{status}": {
            "description": when,
            **({"headers": PROBLEM_HEADERS[status]} if status in PROBLEM_HEADERS else {}),
            "content": {"application/problem+json": {"schema": ref(f"Problem{status}")}},
        }
        for status, (_, when) in PROBLEMS.items()
    }


def path_item(get: Operation) -> Mapping[str, Operation]:
    return {"get": get}

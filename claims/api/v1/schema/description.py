"""The description of the API (OpenAPI 3.1), made of the addresses that there are and of what their views read."""

from functools import cache
from typing import Any

from django.urls import URLPattern, get_resolver, reverse

from claims.api.v1.schema import answers
from claims.api.v1.schema.documents import DOCUMENTS, NAMES
from claims.api.v1.schema.members import Schema
from claims.api.v1.schema.operations import Operation, path_item, problem_responses
from claims.api.v1.schema.resources import resource_operation
from claims.api.v1.schema.singles import single_operation
from claims.api.v1.views import RecordViewSet
from factcheck import __version__

ABOUT = (
    "What a fact-checking newsroom has published: claims, who made them, what was found and what it rests on. "
    "Read-only, without a key or, for more requests a minute, with one; no answer depends on it. "
    "Every answer is made of published editions, which are never altered."
)

SECURITY = {
    "partnerKey": {
        "type": "http",
        "scheme": "bearer",
        "description": "A partner's key, with a rate of its own. Without one, a modest rate holds for each address.",
    }
}


@cache
def description() -> dict[str, Any]:
    """The whole description but for `servers`, which depend on the request. Not to be changed by who gets it."""
    patterns = sorted(get_resolver("claims.api.v1.urls").url_patterns, key=_is_apart)
    found = [_described(pattern) for pattern in patterns]
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Factcheck API",
            "version": __version__,
            "description": ABOUT,
            "license": {"name": "BSD-3-Clause", "identifier": "BSD-3-Clause"},
        },
        "security": [{}, {"partnerKey": []}],
        "paths": {path: path_item(operation) for path, operation in filter(None, found)},
        "components": {"schemas": schemas(), "responses": problem_responses(), "securitySchemes": SECURITY},
    }


def _is_apart(pattern: Any) -> bool:
    """Whether it is not one of the public objects, which come first."""
    view: Any = getattr(pattern, "callback", None)
    return view is None or not issubclass(view.cls, RecordViewSet)


def _described(pattern: Any) -> tuple[str, Operation] | None:
    if not isinstance(pattern, URLPattern):
        return None
    view: Any = pattern.callback
    if issubclass(view.cls, RecordViewSet):
        operation: Operation | None = resource_operation(view.cls, view.actions["get"])
    else:
        operation = single_operation(pattern.name or "", view.initkwargs)
    return (_path(pattern), operation) if operation else None


def _path(pattern: URLPattern) -> str:
    """`claims/<slug:slug>/` as `/api/v1/claims/{slug}/`."""
    route = str(pattern.pattern)
    for name, converter in pattern.pattern.converters.items():
        kind = type(converter).__name__.removesuffix("Converter").lower()
        route = route.replace(f"<{kind}:{name}>", f"{{{name}}}")
    return reverse("api:index") + route


def schemas() -> dict[str, Schema]:
    """By name, everything that answers are made of."""
    lists = {f"{name}List": answers.list_of(name) for name in NAMES.values()}
    editions = {f"{name}EditionList": answers.list_of(f"{name}Edition") for name in NAMES.values()}
    problems = {f"Problem{status}": answers.problem(status) for status in answers.PROBLEMS}
    return DOCUMENTS | lists | editions | {"Changes": answers.changes()} | answers.SPARSE | problems

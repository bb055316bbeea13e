"""The application asked as a server asks it, with nothing between that would soften what it answers."""

from collections.abc import Callable
from io import BytesIO
from typing import Any
from wsgiref.util import setup_testing_defaults

from factcheck.wsgi import application


def answer(method: str, address: str, body: bytes = b"", **sent: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of what the application gives a server, where nothing stands between to soften it."""
    path, _, query = address.partition("?")
    environ: dict[str, Any] = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query}
    environ |= {"HTTP_HOST": "testserver", "CONTENT_LENGTH": str(len(body)), "wsgi.input": BytesIO(body), **sent}
    setup_testing_defaults(environ)
    started: list[tuple[str, list[tuple[str, str]]]] = []

    def start(status: str, headers: list[tuple[str, str]], error: object = None, /) -> Callable[[bytes], object]:
        started.append((status, headers))
        return lambda written: None

    response = application(environ, start)
    try:
        content = b"".join(response)
    finally:
        response.close()
    (status, headers) = started[0]
    return int(status[:3]), dict(headers), content

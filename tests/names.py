"""A name service of the tests' own, in the place of the system's."""

import socket
import threading
from typing import Any

import pytest


class Names:
    """What each name leads to; a list of lists is answered in turn, as a rebinding name server does."""

    def __init__(self, places: dict[str, list[str] | list[list[str]]]) -> None:
        self.places = places
        self.asked: list[str] = []
        self.slow = False
        self.answer = threading.Event()

    def install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(socket, "getaddrinfo", self.getaddrinfo)

    def getaddrinfo(self, host: str, port: int, *args: Any, **kwargs: Any) -> list[Any]:
        self.asked.append(host)
        if self.slow:
            self.answer.wait(10)
        places: list[Any] = self.places.get(host, [])
        if places and isinstance(places[0], list):
            places = places[0] if len(places) == 1 else places.pop(0)
        if not places:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return [self._row(place, port) for place in places]

    def _row(self, place: str, port: int) -> Any:
        if ":" in place:
            return socket.AF_INET6, socket.SOCK_STREAM, 6, "", (place, port, 0, 0)
        return socket.AF_INET, socket.SOCK_STREAM, 6, "", (place, port)

"""How tests read pages."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse
from django.test import Client

VOID = {"meta", "link", "input", "br", "hr", "img"}
# Text of these is not what readers see.
UNSEEN = {"script", "style", "title"}


@dataclass
class Page(HTMLParser):
    """A page taken apart. Fails on markup that is not well nested."""

    html: str
    elements: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    data: list[str] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.html)
        self.close()
        assert self.open == []

    @property
    def text(self) -> str:
        """Everything that readers see, with single blanks."""
        return " ".join(" ".join(self.data).split())

    def all(self, tag: str, **attributes: str) -> list[dict[str, str | None]]:
        """Attributes of each element of this tag that has at least these attributes."""
        wanted = attributes.items()
        return [found for name, found in self.elements if name == tag and wanted <= found.items()]

    def links(self) -> list[str]:
        return [str(link.get("href")) for link in self.all("a")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "script" in self.open:
            self.scripts.append(data)
        elif not UNSEEN & set(self.open):
            self.data.append(data)

    def __hash__(self) -> int:
        return id(self)


def get(client: Client, address: str, status: int = 200) -> Page:
    """The page at `address`, which must answer with this status."""
    response: Any = client.get(address)
    assert response.status_code == status, response.content.decode()[:2000]
    return page_of(response)


def page_of(response: HttpResponse) -> Page:
    return Page(response.content.decode())

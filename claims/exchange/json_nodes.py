"""Nodes of JSON-LD that refer to one another by `@id`: each reference is replaced by what it refers to.

https://www.w3.org/TR/json-ld11/#node-objects
"""

from collections import deque
from collections.abc import Iterator
from typing import Any

from claims.domain.incoming import Finding
from claims.exchange.plain_text import shown

Node = dict[str, Any]
# What a reference has beside the address; more, and it is a node.
TYPED = {"@id", "@type", "type"}
# Members that are objects of their own, whose address alone says nothing.
REFERRING = ("author", "creator", "publisher", "itemReviewed", "reviewRating", "firstAppearance", "appearance")
MOST = 200  # items of a list, and members of an object, that are looked into
MOST_OF_ALL = 2000  # of one review, the nearest first: so circles end, too


class Nodes:
    """The nodes of a value by their `@id`, and those of what is `around` it: each element of a dump may have a #claim.

    `refers` says whether there is any reference at all.
    """

    def __init__(self, value: Any, around: "Nodes | None" = None) -> None:
        self._around = around
        self._by_id: dict[str, Node] = {}
        self.refers: bool = around is not None and around.refers
        for node in objects_in(value):
            if is_reference(node):
                self.refers = True
            elif isinstance(name := node.get("@id"), str):
                # What several nodes say of the same thing belongs together; where they differ, the first is believed.
                known = self._by_id.setdefault(name, {})
                for member in node:
                    known.setdefault(member, node[member])

    def get(self, name: str) -> Node | None:
        return self._by_id.get(name) or (self._around.get(name) if self._around else None)

    @property
    def is_empty(self) -> bool:
        return not self.refers and not self._by_id and (self._around is None or self._around.is_empty)

    def embedded(self, node: Node, findings: list[Finding]) -> Node:
        """A copy of the node in which references stand for what they refer to, however many steps away."""
        if self.is_empty or len(node) > MOST:
            return node
        root = dict(node)
        waiting, looked_at = deque([("", root)]), 0
        while waiting and looked_at < MOST_OF_ALL:
            path, holder = waiting.popleft()
            for name, value in holder.items():
                several = value if isinstance(value, list) else [value]
                if len(several) > MOST or looked_at > MOST_OF_ALL:
                    continue
                looked_at += len(several)
                found = [self._found(item, f"{path}{name}", findings) for item in several]
                holder[name] = found if isinstance(value, list) else found[0]
                waiting.extend((f"{path}{name}.", one) for one in found if isinstance(one, dict) and len(one) <= MOST)
        return root

    def _found(self, item: Any, path: str, findings: list[Finding]) -> Any:
        """What an item refers to, or a copy of an object, or anything else as it is."""
        refers = path.rpartition(".")[2] in REFERRING
        if isinstance(item, str) and refers:
            return _copy(self.get(item) or {}) or item
        if not isinstance(item, dict):
            return item
        if is_reference(item):
            if node := self.get(item["@id"]):
                return _copy(node)
            if refers:
                findings.append(Finding(path, shown(item["@id"]), "It refers to something that is not in the file."))
        return _copy(item)


def _copy(node: Node) -> Node:
    """To be changed; what is too big is not looked into, so it stays as it is."""
    return dict(node) if len(node) <= MOST else node


def is_reference(node: Node) -> bool:
    return isinstance(node.get("@id"), str) and node.keys() <= TYPED


def objects_in(value: Any) -> Iterator[Node]:
    """In the order of the file. Not recursive: what others send may be nested as deep as they like."""
    waiting = [value]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            yield node
            waiting.extend(reversed(node.values()))
        elif isinstance(node, list):
            waiting.extend(reversed(node))

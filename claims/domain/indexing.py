"""Writing the index of public claims, and the names by which their speakers are found."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, repeat

from django.db import connection
from django.db.backends.utils import CursorWrapper

from claims.domain.analysis import GAP, WORD, folded, pieces, stems
from claims.domain.query import MARKS
from claims.domain.record import Document
from claims.models.search import PARTS, TABLE, TOKENS_INDEX, install_index, remove_index

# What PostgreSQL can hold: positions of a row, positions of one token. SQLite keeps to them, so that both are alike.
MOST_TOKENS = 16_000
MOST_OF_ONE = 250
MOST_CHARACTERS = 250_000  # a row of PostgreSQL's takes a megabyte, and a character up to four bytes
NAME_LENGTH = 100

PLACEHOLDERS = {"sqlite": ", ".join(["%s"] * (len(PARTS) + 2)), "postgresql": "%s, %s::tsvector, %s"}
COLUMNS = {"sqlite": ("rowid", *PARTS, "edition_id"), "postgresql": ("rowid", TABLE, "edition_id")}
SAME = {
    "sqlite": " AND ".join(f"{column} = %s" for column in COLUMNS["sqlite"]),
    "postgresql": f"rowid = %s AND {TABLE} = %s::tsvector AND edition_id = %s",
}
MERGED_AT_ONCE = 500  # pages of FTS5's, which takes some hundredths of a second
# Told to with a negative number, it goes on until there is one part, however few there are.
MERGE = f"INSERT INTO {TABLE} ({TABLE}, rank) VALUES ('merge', -{MERGED_AT_ONCE})"

# First sequence and current edition of a claim, and its document.
Entry = tuple[int, int, Document]


def index(entries: Sequence[Entry]) -> None:
    """Write rows for claims that have none. Call it where their rows in the projection are written."""
    if not entries:
        return
    columns, values = COLUMNS[connection.vendor], PLACEHOLDERS[connection.vendor]
    rows: list[tuple[str | int, ...]] = [(first, *_contents(document), edition) for first, edition, document in entries]
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {TABLE} ({', '.join(columns)}) VALUES ({values})", rows)


def forget(firsts: Sequence[int]) -> None:
    """Take out the rows of these claims, if they have any."""
    if firsts:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {TABLE} WHERE rowid IN ({', '.join(['%s'] * len(firsts))})", firsts)


def forget_all() -> None:
    """Made anew instead of emptied, which takes FTS5 a search for each token of each row."""
    remove_index(connection)
    install_index(connection)


def settle() -> None:
    """Merge all that was written bit by bit: the more parts there are of the index, the longer each search takes."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT gin_clean_pending_list('{TOKENS_INDEX}')")
    while merge_some():
        pass


def merge_some() -> bool:
    """Merge as much as keeps nobody waiting. Whether there was any; PostgreSQL does it when it vacuums."""
    if connection.vendor == "postgresql":
        return False
    with connection.cursor() as cursor:
        before = _changes(cursor)
        cursor.execute(MERGE)
        return _changes(cursor) - before > 1  # the statement itself counts as one


def _changes(cursor: CursorWrapper) -> int:
    cursor.execute("SELECT total_changes()")
    return int(cursor.fetchone()[0])


def differing(entries: Iterable[Entry]) -> Iterator[int]:
    """First sequences of those of which the index does not hold what `index` would write now."""
    with connection.cursor() as cursor:
        for first, edition, document in entries:
            cursor.execute(
                f"SELECT 1 FROM {TABLE} WHERE {SAME[connection.vendor]}", (first, *_contents(document), edition)
            )
            if cursor.fetchone() is None:
                yield first


def require_consistent() -> None:
    """That searches find what the rows hold. Raises DatabaseError; PostgreSQL looks after its indexes by itself."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {TABLE} ({TABLE}) VALUES ('integrity-check')")


def indexed() -> Iterator[int]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT rowid FROM {TABLE}")
        yield from (first for (first,) in cursor.fetchall())


def _contents(document: Document) -> tuple[str, ...]:
    parts = contents(document)
    if connection.vendor == "postgresql":
        return (_vector(parts),)
    return tuple(" ".join(parts[name]) for name in PARTS)


def contents(document: Document) -> dict[str, list[str]]:
    """The tokens of a claim by part, at the positions that both engines give them."""
    left, room, seen = MOST_TOKENS, MOST_CHARACTERS, Counter[str]()
    found = {}
    for name, part in _parts(document):
        kept = part[:left]
        while (size := sum(map(len, kept))) > room:
            kept = kept[: len(kept) * 2 // 3]
        left, room = left - len(kept), room - size
        seen.update(kept)
        if max(seen.values(), default=0) > MOST_OF_ONE:
            kept = _thinned(kept, seen)
        found[name] = kept
    return found


def _thinned(tokens: list[str], seen: Counter[str]) -> list[str]:
    """Without what occurs oftener than can be held; `seen` counts these tokens already."""
    counted = seen - Counter(tokens)
    kept = []
    for token in tokens:
        counted[token] += 1
        kept.append(token if counted[token] <= MOST_OF_ONE else GAP)
    return kept


def _vector(parts: dict[str, list[str]]) -> str:
    """A tsvector as text: `'summit':3A,17C 'treaty':4A`. Tokens hold no character that would have to be escaped."""
    places: dict[str, list[str]] = {}
    position = 0
    for name, weight in zip(PARTS, "ABCD", strict=True):
        for token in parts[name]:
            position += 1
            if token != GAP:
                places.setdefault(token, []).append(f"{position}{weight}")
        position += 1
    return " ".join(f"'{token}':{','.join(where)}" for token, where in places.items())


def _parts(document: Document) -> Iterator[tuple[str, list[str]]]:
    language, verdict = document["language"], document["verdict"] or {}
    yield "claim", _analysed([document["text"]], language) + _translated(document, "text")
    yield "names", _names(document)
    yield "summary", _analysed([verdict.get("summary", "")], language) + _translated(document, "summary")
    evidence = _analysed(_evidence(document), language)
    passed_on = [part for item in (*document["appearances"], *verdict.get("evidence", ())) for part in _elsewhere(item)]
    yield "evidence", evidence + _translated(document, "rationale", "criterion") + passed_on


def _translated(document: Document, *names: str) -> list[str]:
    """What the claim says in further languages, each stemmed as its own."""
    found: list[str] = []
    for row in document.get("translations", ()):
        found += _analysed([row[name] for name in names], row["language"])
    return found


def _elsewhere(item: Document) -> list[str]:
    """What a quotation, and our note on it, say in further languages."""
    rows = item.get("translations", ())
    return [token for row in rows for token in _analysed([row["quotation"], row.get("note", "")], row["language"])]


def names_of(part: Document) -> list[str]:
    """What is named, in every language."""
    return [part["name"], *(row["name"] for row in part.get("translations", ()))]


def _evidence(document: Document) -> Iterator[str]:
    """What stands behind a claim and its verdict, in the order in which passages are looked for."""
    yield from passages(document)
    yield (document["forecast"] or {}).get("criterion") or ""


def passages(document: Document) -> Iterator[str]:
    """Texts of a claim beside itself and the summary, of which a part is shown where the search found it."""
    verdict = document["verdict"]
    yield from (appearance["quotation"] for appearance in document["appearances"])
    if verdict:
        for item in verdict["evidence"]:
            yield from (item["quotation"] or "", item["note"] or "")
        yield verdict["rationale"]


def _analysed(texts: Iterable[str], language: str) -> list[str]:
    """Texts one after the other with gaps between, and behind them each stem once."""
    found: list[str] = []
    stemmed: dict[str, None] = {}
    for text in filter(None, texts):
        words = WORD.findall(text)
        found.extend(chain.from_iterable(map(pieces, words)))
        stemmed.update(dict.fromkeys(chain.from_iterable(map(stems, words, repeat(language)))))
        found.append(GAP)
    return [*found, *stemmed]


def _names(document: Document) -> list[str]:
    """Speaker and topics: plain, so that they are found by any word, and marked, so that they are found as such."""
    speaker = document["speaker"]
    topics = [name for topic in document["topics"] for name in names_of(topic)]
    found = _analysed(topics, document["language"])
    named = {"speaker": names_of(speaker), "topic": topics}
    found += [GAP, *_plain(named["speaker"])]
    for field, names in named.items():
        found += [token if token == GAP else MARKS[field] + token for token in _plain(names)]
    return [*found, speaker_token(speaker["id"])]


def _plain(names: Iterable[str]) -> list[str]:
    return [
        token for name in names for token in (*(piece for word in WORD.findall(name) for piece in pieces(word)), GAP)
    ]


def speaker_token(uid: object) -> str:
    """What stands in the index for whoever made the claim, whatever names they have."""
    return f"k_{str(uid).replace('-', '')}"


def name_words(document: Document) -> dict[str, bool]:
    """The folded words of a speaker's names; whether each is of an alias alone."""
    aliases = [*(alias["name"] for alias in document["aliases"]), *names_of(document)[1:]]
    found = dict.fromkeys((word for name in aliases for word in _words(name)), True)
    return found | dict.fromkeys(_words(document["name"]), False)


def _words(name: str) -> list[str]:
    return [folded(word)[:NAME_LENGTH] for word in WORD.findall(name)]

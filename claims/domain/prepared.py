"""Statements whose SQL is made once: making it takes Django several times as long as the database to carry it out."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import AutoField, BigIntegerField, Field, Model, QuerySet, UUIDField

# A row by column, and what turns a database's value at a position of a row into Python's.
Row = dict[str, Any]
Converters = dict[int, tuple[list[Callable[..., Any]], Any]]

# Few keys are what a single publication asks for, and keep the number of statements to remember small.
MOST = 32


@dataclass(frozen=True)
class Statement:
    sql: str
    parameters: list[Any]
    places: list[int]
    """Where among the parameters the keys stand, in their order."""
    converters: Converters


class Prepared:
    """The columns `names` of a queryset that is chosen by a list of keys, which are values of `key`."""

    def __init__(
        self, chosen_by: Callable[[list[Any]], QuerySet[Any, Any]], *names: str, key: "Field[Any, Any] | None" = None
    ) -> None:
        self.chosen_by = chosen_by
        self.names = names
        self.key = key or BigIntegerField()
        self._made: dict[tuple[str, int], Statement] = {}

    def rows(self, keys: list[Any]) -> Iterable[Row]:
        """What `chosen_by(keys).values(*names)` gives."""
        if not keys:
            return []
        if len(keys) > MOST:
            return self.chosen_by(keys).values(*self.names)
        place = connection.vendor, len(keys)
        if place not in self._made:
            self._made[place] = self._make(len(keys))
        made = self._made[place]
        parameters = made.parameters.copy()
        for position, value in zip(made.places, keys, strict=True):
            parameters[position] = self._to_database(value)
        with connection.cursor() as cursor:
            cursor.execute(made.sql, parameters)
            return [self._row(list(values), made.converters) for values in cursor.fetchall()]

    def _make(self, count: int) -> Statement:
        # No key has such a value, so the parameters that do are the keys.
        samples = [
            self.key.to_python(UUID(int=number) if isinstance(self.key, UUIDField) else -number)
            for number in range(1, count + 1)
        ]
        query = self.chosen_by(samples).values_list(*self.names).query
        compiler = query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        places = [list(parameters).index(self._to_database(sample)) for sample in samples]
        converters = compiler.get_converters([column for column, *_ in compiler.select])
        return Statement(sql, list(parameters), places, converters)

    def _to_database(self, value: Any) -> Any:
        return self.key.get_db_prep_value(value, connection)

    def _row(self, values: list[Any], converters: Converters) -> Row:
        for position, (functions, column) in converters.items():
            for function in functions:
                values[position] = function(values[position], column, connection)
        return dict(zip(self.names, values, strict=True))


class Insertion:
    """New rows of a model whose keys are known or made by the database. Nothing is set on the instances."""

    def __init__(self, model: type[Model]) -> None:
        self.model = model

    def write(self, items: Sequence[Model]) -> None:
        """As `bulk_create(items)` would."""
        if items:
            rows = [
                [field.get_db_prep_save(getattr(item, field.attname), connection) for field in self._fields]
                for item in items
            ]
            with connection.cursor() as cursor:
                cursor.executemany(self._sql, rows)

    @cached_property
    def _fields(self) -> list["Field[Any, Any]"]:
        return [field for field in self.model._meta.local_concrete_fields if not isinstance(field, AutoField)]

    @cached_property
    def _sql(self) -> str:
        columns = ", ".join(str(field.column) for field in self._fields)
        places = ", ".join(["%s"] * len(self._fields))
        return f"INSERT INTO {self.model._meta.db_table} ({columns}) VALUES ({places})"  # noqa: S608 (names of ours)

"""A row with everything that hangs on it, in one statement.

What hangs on what is said by the names of relations, one within the other:
`{"letters": {"tellings": {}}, "unit": {}}`. The database answers with one JSON, the rows are made
of it, and they are loaded for good: asking a relation in a way that would need the database fails.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

import orjson
from django.db import connection, models

from pasokh.kernel import rows

#: The names of relations, each with those within it.
Names = Mapping[str, Any]

_ONE = "SELECT {row} FROM {table} {name} WHERE {name}.{column} = {to}"
_MANY = "SELECT json_agg({row} ORDER BY {order}) FROM {table} {name} WHERE {name}.{column} = {to}"


class Branch:
    """One table of a tree, with the branches that hang on it. No table of a tree may hold bytes."""

    def __init__(self, model: type[models.Model], names: Names, depth: int = 0) -> None:
        self.model, self.alias = model, f"t{depth}" if depth else _table(model)
        fields = _columns(model)
        self.names = [(field.attname, field.column) for field in fields]
        self.reads = [(one.attname, one.to_python) for one in fields if _otherwise(one)]
        self.relations = {name: model._meta.get_field(name) for name in names}
        self.branches = {
            name: Branch(_target(relation), names[name], depth + 1)
            for name, relation in self.relations.items()
        }

    @cached_property
    def hanging(self) -> str:
        """What hangs on a row, as the database makes JSON of it: for a statement that finds it."""
        return f"json_build_object({', '.join(self._parts())})::text"

    def hang_on(self, root: models.Model) -> None:
        """Load what hangs on a row that is there already; one statement."""
        table, key = _table(self.model), _key(self.model)
        asked = f"SELECT {self.hanging} FROM {table} WHERE {key} = %s"  # noqa: S608  our names
        with connection.cursor() as cursor:
            cursor.execute(asked, [root.pk])
            (found,) = cursor.fetchone()
        self.grow(root, found)

    def _parts(self) -> Iterator[str]:
        for name, branch in self.branches.items():
            yield f"'{name}'"
            yield f"({self._asked(self.relations[name], branch)})"

    def _asked(self, relation: Any, branch: "Branch") -> str:
        here, there = self.alias, branch.alias
        parts = ", ".join(("'row'", there, *branch._parts()))
        known = {"row": f"json_build_object({parts})", "table": _table(branch.model), "name": there}
        if relation.many_to_one:
            to = f"{here}.{_quoted(relation.column)}"
            return _ONE.format(**known, column=_key(branch.model), to=to)
        column, order = _quoted(relation.field.column), ", ".join(_order(branch.model, there))
        return _MANY.format(**known, column=column, order=order, to=f"{here}.{_key(self.model)}")

    def _made(self, found: Any) -> Any:
        if found is None:
            return None
        row = found["row"]
        told = {name: row[column] for name, column in self.names}
        for name, read in self.reads:
            told[name] = read(told[name])
        made = rows.loaded(self.model, told)
        self._grow(made, found)
        return made

    def grow(self, on: Any, told: str) -> None:
        """Hang on a row what the database told of it."""
        self._grow(on, orjson.loads(told))

    def _grow(self, on: Any, found: Mapping[str, Any]) -> None:
        for name, branch in self.branches.items():
            if self.relations[name].many_to_one:
                setattr(on, name, branch._made(found[name]))
            else:
                loaded = tuple(branch._made(one) for one in found[name] or ())
                vars(on).setdefault("_prefetched_objects_cache", {})[name] = loaded


def _columns(model: type[models.Model]) -> list[Any]:
    fields = list(model._meta.concrete_fields)
    if any(isinstance(field, models.BinaryField) for field in fields):
        raise TypeError(f"{model.__name__} holds bytes, which JSON cannot")
    return fields


#: What JSON holds as a model does.
_ALIKE = (models.CharField, models.TextField, models.BooleanField, models.IntegerField)


def _otherwise(field: Any) -> bool:
    """Whether a value is another thing in JSON than in a model: an instant, an amount."""
    return not isinstance(getattr(field, "target_field", field), _ALIKE)


def _target(relation: Any) -> type[models.Model]:
    found: type[models.Model] = relation.related_model
    return found


def _order(model: type[models.Model], alias: str) -> Iterable[str]:
    wanted = [str(name) for name in model._meta.ordering or ()]
    for name in (*wanted, "pk"):
        plain = name.removeprefix("-")
        field: Any = model._meta.pk if plain == "pk" else model._meta.get_field(plain)
        yield f"{alias}.{_quoted(field.column)}" + " DESC" * name.startswith("-")


def _table(model: type[models.Model]) -> str:
    return _quoted(model._meta.db_table)


def _key(model: type[models.Model]) -> str:
    return _quoted(str(model._meta.pk.column))


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)

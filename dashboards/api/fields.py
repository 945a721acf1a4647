"""How a resource of the API is described: once, for its answers, its sheet, its documentation and its tests."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

Row = dict[str, Any]


@dataclass(frozen=True)
class Field:
    """One property: its name, type in JSON Schema, what it means; `choices` are all values it can have."""

    name: str
    type: str
    description: str
    format: str = ""
    nullable: bool = False
    choices: tuple[str, ...] = ()
    parts: tuple["Field", ...] = ()  # of the objects in an array; such a property is not in the sheet

    def schema(self) -> Row:
        made: Row = {"type": [self.type, "null"] if self.nullable else self.type, "description": self.description}
        if self.format:
            made["format"] = self.format
        if self.choices:
            made["enum"] = [*self.choices, None] if self.nullable else [*self.choices]
        if self.parts:
            made["items"] = object_of(self.parts)
        return made


@dataclass(frozen=True)
class Parameter:
    """A filter in the query of a collection."""

    name: str
    description: str
    pattern: str


@dataclass(frozen=True)
class Resource:
    """A collection: where it stands, what its items hold, and how they are read for a programme (or for all)."""

    name: str
    schema: str
    title: str
    fields: tuple[Field, ...]
    read: Callable[..., Any]  # the rows, a list or queryset, of a programme or of all
    item: Callable[[Any], Row]
    is_of_programme: bool = True
    parameters: tuple[Parameter, ...] = ()

    @property
    def path(self) -> str:
        return f"/programmes/{{programme}}/{self.name}" if self.is_of_programme else f"/{self.name}"

    @property
    def columns(self) -> list[str]:
        return [field.name for field in self.fields if not field.parts]


def object_of(fields: Iterable[Field]) -> Row:
    known = list(fields)
    return {"type": "object", "properties": {field.name: field.schema() for field in known}, "required": [field.name for field in known]}


def text(name: str, description: str, **more: Any) -> Field:
    return Field(name, "string", description, **more)


def day(name: str, description: str, **more: Any) -> Field:
    return Field(name, "string", description, format="date", **more)


def number(name: str, description: str, **more: Any) -> Field:
    return Field(name, "number", description, nullable=True, **more)


def flag(name: str, description: str) -> Field:
    return Field(name, "boolean", description)

"""What is wrong with a file: as a whole, or in a line, a column or a cell."""

from dataclasses import asdict, dataclass
from enum import StrEnum

from django.utils.translation import gettext as _


class Level(StrEnum):
    """What a problem means for reading the file in."""

    STOP = "stop"  # nothing is read in before this is mended
    SKIP = "skip"  # this row or cell is left out, the rest is read in
    LOOK = "look"  # read in, but worth a look


@dataclass(frozen=True)
class Problem:
    """One finding, with the place in the file where it can be seen."""

    level: Level
    reason: str
    line: int | None = None
    column: str = ""
    value: str = ""
    area: str = ""

    def as_dict(self) -> dict:
        return asdict(self)


class FileRefused(Exception):
    """The file cannot be read; the message says what it is, where it fails and what to do instead.

    `is_unknown`: nothing is wrong with it, but it is of no form that is known here.
    """

    def __init__(self, reason: str, *, advice: str = "", line: int | None = None, column: str = "", is_unknown: bool = False):
        self.reason, self.advice, self.line, self.column, self.is_unknown = reason, advice, line, column, is_unknown
        super().__init__(self.text())

    def text(self) -> str:
        return " ".join(part for part in (self.place(), self.reason, self.advice) if part)

    def place(self) -> str:
        if self.line and self.column:
            return _("Line %(line)s, column %(column)s:") % {"line": self.line, "column": self.column}
        return _("Line %(line)s:") % {"line": self.line} if self.line else ""

"""Atom XML, as the CBS service answers when JSON is not asked for: rows of figures."""

from xml.parsers import expat

from django.utils.translation import gettext as _

from wijkaanpak.indicators.problems import FileRefused

DATA = "http://schemas.microsoft.com/ado/2007/08/dataservices"
PROPERTIES = f"{DATA}/metadata properties"
DEEPEST = 100  # elements inside each other; a feed has six


class Reader:
    """Collects the properties of each entry while the XML goes by; a document type or an entity stops it."""

    def __init__(self):
        self.records: list[dict[str, str | None]] = []
        self.path: list[str] = []
        self.text: list[str] = []

    def start(self, name: str, _attributes: dict) -> None:
        self.path.append(name)
        if len(self.path) > DEEPEST:
            raise FileRefused(_("The XML is nested deeper than any table."), advice=ask_for_json())
        if name == PROPERTIES:
            self.records.append({})
        self.text.clear()

    def end(self, name: str) -> None:
        self.path.pop()
        if self.path and self.path[-1] == PROPERTIES:
            self.records[-1][name.removeprefix(f"{DATA} ")] = "".join(self.text) or None

    def refuse(self, *_arguments) -> None:
        raise FileRefused(_("The XML declares a document type or entities, which figures never do."), advice=ask_for_json())


def ask_for_json() -> str:
    return _("Ask the service for JSON, with $format=json.")


def records(content: bytes) -> list[dict]:
    """Return the rows of a feed as texts; None where an element is empty."""
    reader, parser = Reader(), expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.text.append
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = reader.refuse
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise FileRefused(
            _("The XML breaks off or is damaged here."), advice=_("Download it again."), line=error.lineno, column=str(error.offset + 1)
        ) from None
    if not any(reader.records):
        raise FileRefused(_("This XML holds no figures of the CBS service."), advice=ask_for_json())
    return reader.records

"""The `messages` command: what it finds, what it keeps, what it refuses."""

import io
from collections import defaultdict

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from django.utils.translation import gettext, override

from wijkaanpak.management.commands import messages

TEMPLATE = """\
<p>
   don't "count' {{ x|default:_("nothing") }}
      {% blocktranslate trimmed count n=items|length %}
      {{ n }} item
      {% plural %}
      {{ n }} items
      {% endblocktranslate %}
  {% card title=_("Card title") %}x{% endcard %}
  {% translate "May" context "month" %}
</p>
"""


def test_texts_of_a_template_are_found(tmp_path):
    page = tmp_path / "page.html"
    page.write_text(TEMPLATE)

    found = {(message, context) for message, context, _ in messages.from_template(page)}

    assert found == {("nothing", None), (("%(n)s item", "%(n)s items"), None), ("Card title", None), ("May", "month")}


def test_texts_of_a_module_are_found():
    source = b'_("one"); ngettext_lazy("a day", "%(n)s days", "n"); npgettext("verb", "opens", "open", n); f(pgettext("month", "May"))'

    found = {(message, context) for message, context, _ in messages.from_python(source)}

    assert found == {("one", None), (("a day", "%(n)s days"), None), (("opens", "open"), "verb"), ("May", "month")}


def test_a_translation_survives_while_its_text_is_away():
    wanted = [("Open", None, [])]
    before = 'msgid "Open"\nmsgstr "Openen"\n'

    without = messages.written(messages.merged([], before, language="nl", prune=False))
    back = messages.written(messages.merged(wanted, without, language="nl", prune=False))

    assert '#~ msgid "Open"' in without
    assert '\nmsgid "Open"\nmsgstr "Openen"' in back


def test_writing_twice_changes_nothing():
    wanted = [("Open", None, []), (("%(n)s day", "%(n)s days"), None, []), ("Open", "verb", [])]
    once = messages.written(messages.merged(wanted, "", language="nl", prune=False))

    assert messages.written(messages.merged(wanted, once, language="nl", prune=False)) == once


@pytest.mark.parametrize(
    ("translation", "fault"),
    [("", "not translated"), ("%(naam)s heeft 80 % van de mensen", "placeholders naam, name"), ("%(name)s heeft 80 % van de mensen", None)],
)
def test_faults_of_a_translation_are_named(translation, fault):
    catalogue = Catalog(locale="nl")
    catalogue.add("%(name)s has 80 % of the people", translation)

    faults = list(messages.faults(catalogue))

    assert fault in faults[0] if fault else faults == []


def test_a_compiled_catalogue_speaks_dutch(tmp_path, settings):
    folder = tmp_path / "nl/LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text('msgid "A sentence of this test"\nmsgstr "Een zin van deze proef"\n')
    messages.compile_catalogue(folder / "django.po")
    settings.LOCALE_PATHS = [tmp_path]

    with override("nl"):
        assert gettext("A sentence of this test") == "Een zin van deze proef"


def clashes(catalogues):
    """Return the texts that are not translated the same everywhere; Django shows one of the translations in all apps."""
    found = defaultdict(set)
    for catalogue in catalogues:
        for message in catalogue:
            found[(messages.first(message.id), message.context)].add(message.string)
    return {text: translations for text, translations in found.items() if text[0] and len(translations) > 1}


def test_a_text_has_one_translation_in_all_apps():
    files = [po for folder in messages.app_folders().values() for po in folder.glob(f"locale/{messages.ALWAYS}/*/django.po")]

    assert len(files) > 5
    assert clashes(read_po(io.StringIO(po.read_text(encoding="utf-8")), locale=messages.ALWAYS) for po in files) == {}, (
        "give one a context, or translate both the same"
    )

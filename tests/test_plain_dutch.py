"""What residents read in Dutch stays plain: a floor under every page, mail and form."""

import re

import pytest
from django.conf import settings
from django.utils.translation import gettext, override, pgettext

from tests import readability
from wijkaanpak import languages
from wijkaanpak.management.commands import messages

FLOOR = 60
SHORTEST = 5  # words; below that it is a label
ENOUGH = 30  # words; shorter pages are read together, per app
FILLED_IN = re.compile(r"%\(\w+\)s|<[^>]+>")


def in_dutch(found):
    """Return the Dutch sentences among texts: no labels, and a word in the place of what is filled in."""
    with override("nl"):
        translated = [pgettext(context, messages.first(text)) if context else gettext(messages.first(text)) for text, context, _ in found]
    said = [" ".join(FILLED_IN.sub(" dit ", text).replace("%%", "%").split()) for text in translated]
    return [text if text[-1] in ".?!" else f"{text}." for text in said if len(readability.words(text)) >= SHORTEST]


def pieces():
    """Return the Dutch text of each page, mail or module that residents meet, by its path; short ones joined per app."""
    texts = {}
    for label in messages.app_folders():
        modules, templates = messages.sources(label)
        found = {path: [one for source in languages.python(path) for one in messages.from_python(source)] for path in modules}
        found |= {path: messages.from_template(path) for path in templates if path in languages.templates()}
        for path, those in found.items():
            text = " ".join(in_dutch(those))
            name = str(path.relative_to(settings.BASE_DIR)) if len(readability.words(text)) >= ENOUGH else f"{label}, short texts"
            texts[name] = f"{texts.get(name, '')} {text}".strip()
    return {name: text for name, text in texts.items() if text}


def test_what_residents_read_is_plain_dutch():
    read = pieces()

    assert {name: round(readability.ease(text)) for name, text in read.items() if readability.ease(text) < FLOOR} == {}
    assert {"templates/residents/privacy.html", "residents/forms/screens.py", "residents, short texts"} <= read.keys()


@pytest.mark.parametrize(
    ("word", "count"), [("wij", 1), ("bewoner", 3), ("ideeën", 3), ("beïnvloeden", 4), ("fraaie", 2), ("geluidsoverlast", 5), ("2027", 1), ("ruïne", 3)]
)
def test_syllables_are_counted_the_dutch_way(word, count):
    assert readability.syllables(word) == count


def test_long_words_in_long_sentences_read_worse():
    plain = "Wij lezen wat u schrijft. Dan krijgt u antwoord."
    stiff = "Na ontvangst van uw inbreng volgt beoordeling door de verantwoordelijke medewerkers, waarna terugkoppeling plaatsvindt."

    assert readability.ease(plain) > 80
    assert readability.ease(stiff) < 30

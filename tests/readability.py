"""How easy a Dutch text reads: Flesch-Douma, which counts words per sentence and syllables per word. 60 is plain, 100 very easy."""

import re

WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
SENTENCE_END = re.compile(r"[.!?…]+(?=\s|$)")
# what sounds as one: three vowels before two before one; a vowel with a trema begins a syllable
NUCLEUS = re.compile(r"aai|ooi|oei|eeu|ieu|aa|ee|oo|uu|ie|oe|eu|ui|ij|ei|ou|au|[aeiouyáéèêëïöü]")


def syllables(word):
    """Return how many syllables a Dutch word has, at least one: numbers and abbreviations count as one."""
    return max(1, len(NUCLEUS.findall(word.lower())))


def sentences(text):
    return [part for part in SENTENCE_END.split(text) if WORD.search(part)]


def words(text):
    return WORD.findall(text)


def ease(text):
    """Return the Flesch-Douma score of a text."""
    found = words(text)
    per_hundred = 100 * sum(map(syllables, found)) / len(found)
    return 206.84 - 0.77 * per_hundred - 0.93 * len(found) / len(sentences(text))

"""Figures that follow from others of the same delivery: sums of counts, and rates of two counts."""

import numpy as np

from wijkaanpak.indicators import catalogue
from wijkaanpak.indicators.formats.cells import Cell
from wijkaanpak.indicators.formats.table import Table

RESPONDENTS = "_respondents"  # the ending of the number of people asked for a figure of a survey


def complete(table: Table) -> Table:
    """Add the sums and rates for which the table has every part, and the numbers of people asked.

    A derived figure is known only where all its parts are; a rate of nothing (no inhabitants) is not known.
    """
    for slug, parts in catalogue.sums().items():
        if has(table, parts):
            add(table, slug, np.sum([table.values[part] for part in parts], axis=0))
    for rate in catalogue.rates():
        if has(table, [rate.numerator, rate.denominator]):
            below = np.where(table.values[rate.denominator] == 0, np.nan, table.values[rate.denominator])
            add(table, rate.slug, rate.per * table.values[rate.numerator] / below)
    for slug in catalogue.described(f"{slug}{RESPONDENTS}" for slug in table.bases):
        add(table, slug, table.bases[slug.removesuffix(RESPONDENTS)])
    return table


def has(table: Table, slugs: list[str]) -> bool:
    return all(slug in table.values for slug in slugs)


def add(table: Table, slug: str, values: np.ndarray) -> None:
    """Unknown parts are nan in `values`, so their sum and quotient are nan as well."""
    table.values[slug] = values
    table.cells[slug] = np.where(np.isnan(values), Cell.UNKNOWN, Cell.VALUE).astype("int8")
    table.derived.append(slug)

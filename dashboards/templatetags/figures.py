"""The table that says the same as a drawing, made here: a page has dozens, and a template costs five times as much."""

from collections.abc import Iterator
from html import escape

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from dashboards.series import IndicatorCard
from dashboards.series.cards import TableRow
from dashboards.wording import Cell
from wijkaanpak.components import sign

register = template.Library()


@register.simple_tag
def figure_table(card: IndicatorCard) -> SafeString:
    """Return the figures of one indicator by period as a table; places and chance only where something is known of them."""
    shown = [(_("here"), "own")]
    shown += [(_("range of chance"), "between")] if card.has_intervals else []
    shown += [(card.chart.municipality_name, "municipality")] if card.has_municipality else []
    shown += [(_("the Netherlands"), "country")] if card.has_country else []
    head = "".join(format_html('<th scope="col" class="num">{}</th>', title) for title, _name in shown)
    rows = "".join(_rows(card.table, [name for _title, name in shown]))
    return format_html(
        '<table><caption>{} ({})</caption><thead><tr><th scope="col">{}</th>{}</tr></thead><tbody>{}</tbody></table>',
        card.name, card.unit, _("period"), SafeString(head), SafeString(rows),
    )  # fmt: skip


def _rows(table: tuple[TableRow, ...], names: list[str]) -> Iterator[str]:
    for row in table:
        note = f' <span class="muted">{escape(row.note)}</span>' if row.note else ""
        cells = "".join(f'<td class="num">{_shown(getattr(row, name))}</td>' for name in names)
        yield f'<tr><th scope="row">{escape(row.period)}{note}</th>{cells}</tr>'


def _shown(cell: Cell | str) -> str:
    """Return a figure as written, or the sign why there is none."""
    if isinstance(cell, str):
        return escape(cell)
    return sign(cell.sign) if cell.sign else escape(cell.text)

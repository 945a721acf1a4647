"""Goals and efforts of one ambition as a drawing: goals on the left, efforts on the right, a line where one should help the other.

Every node is a link; the list on the page says the same. Styled by classes only.
"""

from collections import defaultdict
from collections.abc import Sequence
from itertools import count
from textwrap import wrap

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from dashboards.network import Aim, Block, Effort, Tie

BOX, HIGH, ROW, BETWEEN, EDGE = 264, 106, 120, 100, 4  # on a phone a goal and the beginning of its lines
RIGHT = EDGE + BOX + BETWEEN
WIDTH = RIGHT + BOX + EDGE
MOST = 300  # boxes; more of them nobody follows
LETTERS, PAD = 30, 14  # letters that fit on a line of a box; space before the text


def draw(block: Block) -> SafeString:
    """Return the drawing; empty without goals and efforts, and where there are too many to follow a line."""
    if not 0 < len(block.aims) + len(block.efforts) <= MOST:
        return SafeString("")
    places = _places(block)
    tied = {tie.aim.pk for tie in block.ties} | {-tie.effort.pk for tie in block.ties}
    parts = [
        *(_line(tie, places[tie.aim.pk], places[-tie.effort.pk]) for tie in block.ties),
        *(_goal(aim, places[aim.pk], aim.pk in tied) for aim in block.aims),
        *(_promise(effort, places[-effort.pk], -effort.pk in tied) for effort in block.efforts),
    ]  # fmt: skip
    label = _("Goals on the left, efforts on the right, of ambition %(number)s. The list below says the same.") % {"number": block.number}
    high = max(places.values()) + HIGH + EDGE
    mark_up = '<svg class="network" width="{}" height="{}" viewBox="0 0 {} {}" role="group" aria-label="{}">{}</svg>'
    return format_html(mark_up, WIDTH, high, WIDTH, high, label, format_html_join("", "{}", ((part,) for part in parts)))


def _places(block: Block) -> dict[int, int]:
    """Return where each box begins: goals by their number, efforts by their number below zero, beside what they are tied to."""
    order = {aim.pk: place for place, aim in enumerate(block.aims)}
    goals_of: dict[int, list[int]] = defaultdict(list)
    for tie in block.ties:
        goals_of[tie.effort.pk].append(order[tie.aim.pk])
    efforts = sorted(block.efforts, key=lambda effort: (_middle(goals_of[effort.pk], len(order)), effort.pk))
    places = {-effort.pk: EDGE + ROW * place for place, effort in enumerate(efforts)}
    free = EDGE
    for aim in block.aims:
        wanted = round(_middle([places[-tie.effort.pk] for tie in block.ties if tie.aim is aim], free))
        places[aim.pk] = max(wanted, free)
        free = places[aim.pk] + ROW
    return places


def _middle(found: Sequence[int], otherwise: int) -> float:
    return sum(found) / len(found) if found else otherwise


def _line(tie: Tie, left: int, right: int) -> SafeString:
    start, end, turn = EDGE + BOX, RIGHT, BETWEEN // 2
    y, to = left + HIGH // 2, right + HIGH // 2
    kind = "" if tie.effort.is_at_work else " network__line--waiting"
    title = _("%(effort)s: %(contribution)s to %(goal)s. %(mechanism)s") % {
        "effort": tie.effort.what, "contribution": tie.words, "goal": tie.aim.name, "mechanism": tie.mechanism,
    }  # fmt: skip
    mark_up = '<path class="network__line network__line--{}{}" d="M{} {}C{} {} {} {} {} {}"><title>{}</title></path>'
    return format_html(mark_up, tie.strength, kind, start, y, start + turn, y, end - turn, to, end, to, title)


def _goal(aim: Aim, y: int, is_tied: bool) -> SafeString:
    status = aim.course if is_tied else _("nothing is done for it yet")
    return _box("goal", aim.url, EDGE, y, aim.name, [status], is_tied, _("Goal: %(name)s"))


def _promise(effort: Effort, y: int, is_tied: bool) -> SafeString:
    state = effort.state if is_tied else _("no goal")
    return _box("effort", effort.url, RIGHT, y, effort.what, [state, effort.organisation], is_tied, _("Effort: %(name)s"))


def _cut(text: str) -> str:
    return text if len(text) <= LETTERS + 2 else f"{text[: LETTERS + 1].rstrip()}…"


def _box(kind: str, url: str, x: int, y: int, name: str, status: Sequence[str], is_tied: bool, label: str) -> SafeString:
    """A node: its name on at most so many lines that the lines of its status fit below; the whole text is in its title."""
    names = wrap(name, LETTERS, max_lines=4 - len(status), placeholder="…")
    lines, whole = [*names, *map(_cut, status)], f"{name} ({' · '.join(status)})"
    first = y + (HIGH - 22 * len(lines)) // 2 + 17
    rows = zip(count(first, 22), ["name"] * len(names) + ["status"] * len(status), lines, strict=False)
    texts = format_html_join("", '<text class="network__{}" x="{}" y="{}">{}</text>', ((part, x + PAD, at, line) for at, part, line in rows))
    loose = "" if is_tied else " network__box--loose"
    return format_html(
        '<a href="{}" aria-label="{}"><title>{}</title><rect class="network__box network__box--{}{}" x="{}" y="{}" width="{}" height="{}" rx="6"/>{}</a>',
        url, label % {"name": whole}, whole, kind, loose, x, y, BOX, HIGH, texts,
    )  # fmt: skip

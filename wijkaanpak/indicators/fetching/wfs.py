"""Map services (WFS 2.0) as GeoJSON, page by page.

A filter on the service is not used: one of the two ignores it without a word. What does not belong
to the municipality is left out here.
"""

import re

from wijkaanpak.indicators.choices import FetchProblem
from wijkaanpak.indicators.fetching import http
from wijkaanpak.indicators.fetching.asking import Asker, address
from wijkaanpak.indicators.fetching.http import FetchFailed
from wijkaanpak.indicators.fetching.published import is_inside, packed

PAGE = 1000
LAYER = re.compile(rb"<(?:\w+:)?Name>\s*([^<\s]+)\s*</")


def layers(base: str, ask: Asker) -> list[str]:
    """Return the names of the layers a service offers now."""
    url = address(base, service="WFS", version="2.0.0", request="GetCapabilities")
    found = [name.decode() for name in LAYER.findall(ask.raw(url))]
    if not found:
        raise FetchFailed(FetchProblem.UNREADABLE, f"{http.host(url)}: no layers")
    return found


def features(base: str, layer: str, ask: Asker) -> list[dict]:
    """Return every feature of a layer, in longitude and latitude.

    Raises FetchFailed when there are none, or not as many as the service said there are.
    """
    found: list[dict] = []
    while True:
        page, total = one_page(base, layer, ask, start=len(found))
        found += page
        if not page or len(found) == total:
            break
    if not found:
        raise FetchFailed(FetchProblem.EMPTY, layer)
    if total is not None and len(found) != total:
        raise FetchFailed(FetchProblem.UNREADABLE, f"{layer}: {len(found)} / {total}")
    return found


def one_page(base: str, layer: str, ask: Asker, *, start: int) -> tuple[list[dict], int | None]:
    """Return the features from a place on, and how many there are in all where the service says so."""
    question = {"service": "WFS", "version": "2.0.0", "request": "GetFeature", "outputFormat": "application/json", "srsName": "EPSG:4326"}
    url = address(base, **question, typeNames=layer, startIndex=str(start), count=str(PAGE))
    answer = ask.page(url, part="features")
    total = answer.get("numberMatched")
    return answer["features"], total if isinstance(total, int) else None


def inside(base: str, wanted: list[str], ask: Asker, *, municipality: str, code: str) -> list[dict]:
    """Return the features of several layers that lie in the municipality, by the attribute with the code of their area."""
    found = [feature for layer in wanted for feature in features(base, layer, ask) if is_inside(attribute(feature, code), municipality)]
    if not found:
        raise FetchFailed(FetchProblem.EMPTY, f"{', '.join(wanted)}: {municipality}")
    return found


def attribute(feature: dict, name: str) -> str:
    return str((feature.get("properties") or {}).get(name) or "").strip()


def collection(features: list[dict]) -> bytes:
    return packed({"type": "FeatureCollection", "features": features})

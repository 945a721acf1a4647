"""GeoPackage: the map of districts and neighbourhoods as CBS and PDOK publish it."""

import io
import warnings
from collections.abc import Iterator

import pyogrio
import shapely
from django.utils.translation import gettext as _
from shapely.geometry import mapping

from wijkaanpak.indicators.formats import geojson
from wijkaanpak.indicators.formats.table import Table
from wijkaanpak.indicators.problems import FileRefused
from wijkaanpak.neighbourhoods import boundaries

POLYGONS = ("Polygon", "MultiPolygon", "Unknown")


def read(content: bytes) -> Table:
    """Return codes, names and boundaries of every layer with polygons and codes; `line` is the number of the feature."""
    try:
        features, system = features_of(content)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, pyogrio.errors.FieldError, shapely.errors.GEOSException):
        raise FileRefused(_("The GeoPackage is damaged."), advice=_("Download it again.")) from None
    return geojson.table("geopackage", lambda: boundaries.collect(features, system=system))


def features_of(content: bytes) -> tuple[list[dict], str]:
    """Return the features of all layers, and the name of their coordinate system."""
    features: list[dict] = []
    system = ""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a missing or odd detail of the container says nothing about the shapes
        for name, kind in pyogrio.list_layers(io.BytesIO(content)):
            if kind and str(kind).split(" ")[0] in POLYGONS:
                meta, _fids, shapes, columns = pyogrio.raw.read(io.BytesIO(content), layer=name)
                system = str(meta["crs"] or "")
                features += of_layer(list(meta["fields"]), shapes, columns)
    return features, system


def of_layer(fields: list[str], shapes, columns) -> Iterator[dict]:
    for number, shape in enumerate(shapes):
        geometry = mapping(shapely.from_wkb(shape)) if shape is not None else None
        yield {"geometry": geometry, "properties": {name: columns[place][number] for place, name in enumerate(fields)}}

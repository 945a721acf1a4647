import json

import pytest
from django.core.exceptions import ValidationError
from shapely.geometry import shape

from tests.indicators.excerpts import excerpt
from wijkaanpak.neighbourhoods import boundaries

SQUARE = [[[5.9, 51.9], [6.0, 51.9], [6.0, 52.0], [5.9, 51.9]]]


def collection(*features, **members):
    return json.dumps({"type": "FeatureCollection", "features": list(features)} | members).encode()


def feature(coordinates=SQUARE, **properties):
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": coordinates}}


def refusal(content):
    with pytest.raises(ValidationError) as caught:
        boundaries.read(content)
    return caught.value.code


def test_codes_names_and_year_are_read():
    found = boundaries.read(excerpt("boundaries-2021.geojson"))

    assert (found.shapes[0].code, found.shapes[0].name) == ("WK020201", "Centrum")
    assert (len(found.shapes), found.year, found.problems) == (4, 2021, [])


def test_local_codes_get_the_code_of_the_municipality():
    found = boundaries.read(excerpt("boundaries-local-codes.geojson"))

    assert {shape.code[:6] for shape in found.shapes} == {"BU0758"}
    assert all(len(shape.code) == 10 for shape in found.shapes)


def test_bad_shapes_are_repaired_or_reported():
    crossed, empty, good = boundaries.read(excerpt("boundaries-2014-bad-shapes.geojson")).shapes

    assert shape(crossed.geometry).is_valid
    assert empty.geometry is None
    assert good.geometry


def test_each_problem_names_its_feature():
    found = boundaries.read(excerpt("boundaries-2014-bad-shapes.geojson"))

    assert [(number, level) for number, _reason, level in found.problems] == [(1, "look"), (2, "skip")]


def test_water_is_left_out():
    found = boundaries.read(collection(feature(buurtcode="BU02020101", water="NEE"), feature(buurtcode="BU02029997", water="JA")))

    assert ([shape.code for shape in found.shapes], found.water) == (["BU02020101"], 1)


def test_parts_of_one_area_are_taken_together():
    other = [[[6.1, 51.9], [6.2, 51.9], [6.2, 52.0], [6.1, 51.9]]]

    (area,) = boundaries.read(collection(feature(statcode="WK020201"), feature(other, statcode="WK020201"))).shapes

    assert area.geometry["type"] == "MultiPolygon"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (collection(feature([[[656000, 6784000], [656010, 6784000], [656010, 6784010], [656000, 6784000]]], statcode="WK020201")), "coordinates"),
        (collection(feature(statcode="WK020201"), crs={"properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}), "abroad"),
        (collection(feature(statcode="WK020201"), crs={"properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}), "coordinates"),
        (collection(feature([[[51.9, 5.9], [51.9, 6.0], [52.0, 6.0], [51.9, 5.9]]], statcode="WK020201")), "swapped"),
        (collection(feature([[[-68.9, 12.1], [-68.8, 12.1], [-68.8, 12.2], [-68.9, 12.1]]], statcode="WK020201")), "abroad"),
        (collection(feature(naam="Centrum")), "no_codes"),
        (b'{"type": "Topology", "objects": {}}', "topojson"),
        (b'{"type": "FeatureCollection", "features": []}', "no_features"),
        (b'{"type": "FeatureCollection", "features": [', "damaged"),
        (b'{"type": "\xff"}', "damaged"),
    ],
)
def test_a_file_that_is_no_use_is_refused(content, code):
    assert refusal(content) == code


@pytest.mark.parametrize(
    ("name", "plain"), [("Wijk 02 Noorderpark", "Noorderpark"), ("Wijk 00", "Wijk 00"), ("'s-Gravenhage", "'s-Gravenhage")]
)
def test_the_number_before_a_name_is_left_out(name, plain):
    assert boundaries.plain_name(name) == plain

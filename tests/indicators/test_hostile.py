"""Broken and hostile files change nothing, and say where and why."""

import gzip
import io
import json
import zipfile

import numpy as np
import openpyxl
import pyogrio
import pytest
import shapely
from django.conf import settings as configured

from tests.indicators.excerpts import changed, excerpt
from wijkaanpak.indicators import editions, sources
from wijkaanpak.indicators.formats import recognition
from wijkaanpak.indicators.models import Edition
from wijkaanpak.indicators.problems import FileRefused
from wijkaanpak.neighbourhoods import dutch_grid

LAUGHS = b"""<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;">]>
<feed>&lol2;</feed>"""
WIDE = ";".join(f"kolom{number}" for number in range(10_000)).encode() + b"\nGM0202\n"
NOT_A_NUMBER = b'{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"statcode":"WK020201"},"geometry":{"type":"Polygon","coordinates":[[[5.9,51.9],[6.0,NaN],[6.0,52.0],[5.9,51.9]]]}}]}'


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


def workbook_with(formula):
    book, buffer = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["gwb_code_10", "regio", "a_inw"])
    book.active.append(["GM0202", "Arnhem", formula])
    book.save(buffer)
    return buffer.getvalue()


def broken(name, share=0.6):
    content = excerpt(name)
    return content[: int(len(content) * share)]


FILES = {
    "empty": (b"", "empty"),
    "UTF-16": (excerpt("kwb-2019-untyped.csv").decode("utf-8-sig").encode("utf-16"), "UTF-16"),
    "Latin-1": (excerpt("kwb-2024-statline.csv").decode("utf-8-sig").replace("Centrum", "Súdwest").encode("latin-1"), "Line 5: The text is not UTF-8"),
    "a NUL byte": (excerpt("kwb-2019-untyped.csv").replace(b"4295", b"42\x005"), "Line 3: This is not a text file: it has a NUL byte"),
    "10,000 columns": (WIDE, "10000 columns"),
    "nested": (b'{"value":' + b"[" * 100_000, "nested deeper"),
    "nested XML": (b'<?xml version="1.0"?>' + b"<a>" * 200, "nested deeper"),
    "entities": (LAUGHS, "document type or entities"),
    "gzip that breaks off": (gzip.compress(excerpt("kwb-2019-untyped.csv"))[:-40], "breaks off"),
    "gzip that is none": (b"\x1f\x8b\x08\x00 nothing", "damaged"),
    "workbook that breaks off": (broken("kwb-2023.xlsx"), "damaged"),
    "JSON that breaks off": (broken("kwb-2020-odata-v3.json"), "breaks off"),
    "XML that breaks off": (broken("police.xml"), "breaks off"),
    "text that breaks off": (broken("kwb-2019-untyped.csv"), "Line"),
    "a coordinate that is none": (NOT_A_NUMBER, "Feature 1 has a coordinate that is not a number"),
    "a formula without outcome": (workbook_with("=1+1"), "Cell C2 holds a formula"),
    "a database of another kind": (b"SQLite format 3\x00" + b"nothing" * 100, "GeoPackage is damaged"),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_a_broken_or_hostile_file_changes_nothing_and_says_where_and_why(name, analyst):
    content, reason = FILES[name]

    with pytest.raises(FileRefused) as caught:
        editions.receive(content, name="levering", by=analyst)

    assert reason in str(caught.value)
    assert not Edition.objects.exists()


def test_a_file_that_unpacks_to_more_than_the_limit_is_refused(settings):
    settings.MAX_UPLOAD_MB = 1

    with pytest.raises(FileRefused, match="unpacks to more than 1 MB"):
        sources.take_in(gzip.compress(bytes(1_100_000)), name="bom.csv.gz")


def test_a_workbook_full_of_text_is_refused_before_it_is_unpacked():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", "x" * (sources.TEXTS_LIMIT + 1))

    with pytest.raises(FileRefused, match="far more than it seems"):
        sources.take_in(buffer.getvalue(), name="kwb.xlsx")


def test_a_packed_copy_is_read_and_known_as_the_same_file():
    packed, plain = (
        sources.take_in(make(excerpt("kwb-2019-untyped.csv")), name=name)
        for make, name in ((gzip.compress, "kwb.csv.gz"), (bytes, "kwb.csv"))
    )

    assert (packed.sha256, packed.name) == (plain.sha256, "kwb.csv")
    assert configured.MAX_UPLOAD_MB > 1


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+1", "@SUM(1)"])
def test_an_area_whose_name_is_a_formula_stops(name):
    table = recognition.read(sources.take_in(changed("kwb-2024-statline.csv", ('"Centrum"', f'"{name}"')), name="x"))

    assert [(problem.level, problem.line, problem.value) for problem in table.problems] == [("stop", 5, name)]


def test_a_name_with_an_apostrophe_survives():
    table = recognition.read(sources.take_in(excerpt("kwb-2024-statline.csv"), name="x"))

    assert "'s-Gravenhage" in table.areas["name"].tolist()
    assert table.problems == []


def geopackage(tmp_path, *, system, shape, code="WK020201"):
    path = tmp_path / "kaart.gpkg"
    fields = [[code], ["Centrum"], ["NEE"]]
    pyogrio.raw.write(
        path, geometry=[shapely.to_wkb(shape)], field_data=[np.array(field, dtype=object) for field in fields],
        fields=["wijkcode", "wijknaam", "water"], layer="wijken", crs=system, geometry_type="Polygon", driver="GPKG",
    )  # fmt: skip
    return path.read_bytes()


SQUARE = shapely.box(190_000, 443_000, 191_000, 444_000)  # in Arnhem, metres


def test_a_geopackage_in_dutch_coordinates_is_read_in_degrees(tmp_path):
    table = recognition.read(sources.take_in(geopackage(tmp_path, system="EPSG:28992", shape=SQUARE), name="x"))

    (longitude, latitude), *_rest = table.boundaries["WK020201"]["coordinates"][0]
    assert (table.form, table.areas["name"].tolist()) == ("geopackage", ["Centrum"])
    assert (round(longitude, 1), round(latitude, 1)) == (5.9, 52.0)
    assert [problem.level for problem in table.problems] == ["look"]


def test_a_geopackage_in_another_system_is_refused(tmp_path):
    with pytest.raises(FileRefused, match="3857"):
        recognition.read(sources.take_in(geopackage(tmp_path, system="EPSG:3857", shape=SQUARE), name="x"))


def test_dutch_coordinates_in_geojson_are_recognised_without_being_named():
    feature = {"type": "Feature", "properties": {"statcode": "WK020201"}, "geometry": json.loads(shapely.to_geojson(SQUARE))}
    content = json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()

    table = recognition.read(sources.take_in(content, name="x"))

    assert all(5 < longitude < 7 < 50 < latitude < 54 for longitude, latitude in table.boundaries["WK020201"]["coordinates"][0])


# Published pairs of the same place; source: the article named in dutch_grid.
@pytest.mark.parametrize(
    ("metres", "degrees"),
    [((155_000, 463_000), (5.38720621, 52.15517440)), ((120_700.723, 487_525.501), (4.88352559, 52.37453253)), ((233_883.131, 582_065.167), (6.56820053, 53.21938317))],
)  # fmt: skip
def test_dutch_coordinates_are_turned_into_degrees_to_less_than_a_metre(metres, degrees):
    longitude, latitude = dutch_grid.to_degrees(*metres)

    assert abs(longitude - degrees[0]) < 1 / 68_000
    assert abs(latitude - degrees[1]) < 1 / 111_000

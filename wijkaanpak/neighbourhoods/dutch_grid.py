"""Dutch national coordinates (Rijksdriehoek, EPSG:28992, metres) to longitude and latitude.

The polynomials are those of Schreutelkamp and Strang van Hees, "Benaderingsformules voor de
transformatie tussen RD- en WGS84-kaartcoördinaten" (Geodesia 2001): right to a quarter of a metre
in the European Netherlands, where a boundary on a map is drawn to ten.
"""

from typing import Any

CENTRE = (155_000.0, 463_000.0)  # Amersfoort
ORIGIN = (5.38720621, 52.15517440)  # the same place in degrees east and north
EXTENT = (-10_000, 300_000, 300_000, 640_000)  # west, south, east, north
# power of the distance east, power of the distance north (both in 100 km), seconds of arc
LONGITUDE = (
    (1, 0, 5260.52916), (1, 1, 105.94684), (1, 2, 2.45656), (3, 0, -0.81885), (1, 3, 0.05594), (3, 1, -0.05607), (0, 1, 0.01199),
    (3, 2, -0.00256), (1, 4, 0.00128), (0, 2, 0.00022), (2, 0, -0.00022), (5, 0, 0.00026),
)  # fmt: skip
LATITUDE = (
    (0, 1, 3235.65389), (2, 0, -32.58297), (0, 2, -0.24750), (2, 1, -0.84978), (0, 3, -0.06550), (2, 2, -0.01709), (1, 0, -0.00738),
    (4, 0, 0.00530), (2, 3, -0.00039), (4, 1, 0.00033), (1, 1, -0.00012),
)  # fmt: skip


def lies_in(x: float, y: float) -> bool:
    """Whether two numbers can be Dutch national coordinates."""
    west, south, east, north = EXTENT
    return west <= x <= east and south <= y <= north


def to_degrees(x: Any, y: Any) -> tuple[Any, Any]:
    """Return longitude and latitude (degrees, WGS 84) of metres east and north; numbers or arrays of them."""
    east, north = (x - CENTRE[0]) / 100_000, (y - CENTRE[1]) / 100_000
    longitude = ORIGIN[0] + sum(weight * east**p * north**q for p, q, weight in LONGITUDE) / 3600
    latitude = ORIGIN[1] + sum(weight * east**p * north**q for p, q, weight in LATITUDE) / 3600
    return longitude, latitude

"""A small server on this machine that answers like the services of CBS, police, Leefbaarometer and PDOK.

It gives the recorded answers of tests/data, keeps a list of what it was asked, and has faults on order.
"""

import json
import re
import socket
import threading
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from tests.indicators.excerpts import excerpt

TOO_MANY = {"odata.error": {"code": "", "message": {"lang": "", "value": "query returns more than 10000 records"}}}
CONDITION = re.compile(r"startswith\((?P<field>\w+),'(?P<start>[^']*)'\)|(?P<name>\w+) (?P<sign>eq|ge) '(?P<value>[^']*)'")


def recorded(name):
    return json.loads(excerpt(name))


def crimes():
    """Crimes in Arnhem in the shape of the recorded answer: padded codes, no row where nothing happened."""
    areas = ("GM0202    ", "WK020201  ", "BU02020100")
    keys = [(crime, area, period) for crime in ("0.0.0 ", "1.1.1 ", "9.9.9 ") for area in areas for period in ("2023MM12", "2024MM01", "2024MM02")]
    return [
        {"ID": number, "SoortMisdrijf": crime, "WijkenEnBuurten": area, "Perioden": period, "GeregistreerdeMisdrijven_1": number + 1}
        for number, (crime, area, period) in enumerate(keys)
    ]


def observations():
    """Two measures of three areas as version 4 gives them, one row per figure; the second area has no dwellings."""
    values = {("GM0202", "T001036"): 155699, ("WK020201", "T001036"): 3265, ("GM0344", "T001036"): 343038, ("GM0202", "2012657_2"): 22000, ("GM0202", "M000297"): 74000}
    found = [
        {"Id": number, "Measure": measure, "ValueAttribute": "None", "Value": value, "StringValue": None, "WijkenEnBuurten": area}
        for number, ((area, measure), value) in enumerate(values.items())
    ]
    return [*found, {"Id": 9, "Measure": "M000297", "ValueAttribute": "Confidential", "Value": None, "StringValue": None, "WijkenEnBuurten": "WK020201"}]


@dataclass
class Shelf:
    """What is published. `limit` and `page` are those of the real services, smaller where a test says so."""

    catalogue: dict = field(default_factory=lambda: {"84799NED": recorded("fetched/84799NED-table.json")})
    tables: dict = field(default_factory=lambda: {"84799NED": recorded("kwb-2020-odata-v3.json")["value"], "47022NED": crimes()})
    names: dict = field(default_factory=lambda: {"84799NED": recorded("names-2020.json")["value"]})
    observations: list = field(default_factory=observations)
    layers: dict = field(
        default_factory=lambda: {
            "lbm3:wijkscore24": recorded("fetched/wijkscore24.json")["features"],
            "gebiedsindelingen:wijk_gegeneraliseerd": recorded("boundaries-2021.geojson")["features"],
        }
    )
    years: tuple = (2021,)
    limit: int = 10_000
    page: int = 10_000
    says_total: bool = True


@dataclass
class Fault:
    """Something that goes wrong with the next questions whose address holds `where`."""

    where: str
    status: int = 0
    times: int = 1
    body: bytes = b""
    headers: dict = field(default_factory=dict)
    cuts: bool = False
    waits: float = 0


class Publisher:
    """The running server: `shelf`, `faults`, and `asked`, the addresses without the host in the order they came."""

    def __init__(self):
        self.shelf, self.faults, self.asked, self.agents = Shelf(), [], [], set()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (Handler,), {"publisher": self}))
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def count(self, part):
        return sum(part in address for address in self.asked)

    def times(self):
        """How often each address was asked."""
        return Counter(self.asked)

    def fault(self, where, **what):
        self.faults.append(Fault(where, **what))

    def fault_for(self, address):
        fault = next((fault for fault in self.faults if fault.where in address and fault.times), None)
        if fault:
            fault.times -= 1
        return fault

    def addresses(self):
        """The base addresses of all services, as the settings want them."""
        return {
            "odata3": self.url, "odata4": f"{self.url}/v4", "police": self.url,
            "leefbaarometer": f"{self.url}/lbm3/ows", "pdok": f"{self.url}/pdok",
        }  # fmt: skip


@contextmanager
def running():
    publisher = Publisher()
    thread = threading.Thread(target=publisher.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield publisher
    finally:
        publisher.server.shutdown()
        publisher.server.server_close()
        thread.join()


class Handler(BaseHTTPRequestHandler):
    publisher: Publisher

    def log_message(self, *_):
        pass

    def do_GET(self):
        self.publisher.asked.append(self.path)
        self.publisher.agents.add(self.headers["User-Agent"])
        fault = self.publisher.fault_for(self.path)
        if fault:
            time.sleep(fault.waits)
        if fault and (fault.status or fault.body):
            return self.answer(fault.status or 200, fault.body, fault.headers)
        status, body = self.found()
        return self.cut(body) if fault and fault.cuts else self.answer(status, body)

    def answer(self, status, body, headers=None):
        try:
            self.send_response(status)
            for name, value in ({"Content-Length": str(len(body))} | (headers or {})).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # whoever asked has lost patience

    def cut(self, body):
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2])
        self.wfile.flush()
        self.connection.shutdown(socket.SHUT_RDWR)
        self.close_connection = True

    def found(self):
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
        status, answer = self.route(parts.path.strip("/").split("/"), query)
        return status, answer if isinstance(answer, bytes) else json.dumps(answer).encode()

    def route(self, path, query):
        shelf = self.publisher.shelf
        match path:
            case ["ODataCatalog", "Tables"]:
                wanted = re.search(r"'(\w+)'", query["$filter"])[1]
                return 200, {"odata.metadata": "", "value": [shelf.catalogue[wanted]] if wanted in shelf.catalogue else []}
            case ["ODataApi" | "ODataFeed" as service, "odata", table, "TypedDataSet" | "WijkenEnBuurten" as kind]:
                return self.version_3(service, shelf.tables if kind == "TypedDataSet" else shelf.names, table, query)
            case ["v4", "83765NED", kind]:
                return self.version_4(kind, query)
            case ["lbm3", "ows"]:
                return self.map(shelf.layers, query)
            case ["pdok", year, "wfs", "v1_0"] if int(year) in shelf.years:
                return self.map(shelf.layers, query)
        return 404, b"<html>Not found</html>"

    def version_3(self, service, shelf, table, query):
        if query.get("$format") != "json":
            return 200, b'<?xml version="1.0" encoding="utf-8"?><feed/>'
        if table not in shelf:
            return 404, b"<html>Not found</html>"
        rows = [row for row in shelf[table] if passes(row, query.get("$filter", ""))]
        if service == "ODataApi":
            return (500, TOO_MANY) if len(rows) > self.publisher.shelf.limit else (200, {"odata.metadata": f"{table}#", "value": rows})
        return 200, {"odata.metadata": f"{table}#"} | self.paged(rows, query, "odata.nextLink")

    def paged(self, rows, query, name):
        """One page, and the whole address of the next one with everything that was asked in it."""
        start, size = int(query.get("$skip", 0)), self.publisher.shelf.page
        page = {"value": rows[start : start + size]}
        if start + size >= len(rows):
            return page
        rest = re.sub(r"&?%24skip=\d+|&?\$skip=\d+", "", self.path)
        return page | {name: f"{self.publisher.url}{rest}{'&' if '?' in rest else '?'}$skip={start + size}"}

    def version_4(self, kind, query):
        if kind == "Observations":
            rows = [row for row in self.publisher.shelf.observations if passes(row, query.get("$filter", ""))]
            return 200, {"@odata.context": "#Observations"} | self.paged(rows, query, "@odata.nextLink")
        return 200, recorded(f"fetched/83765NED-{kind}.json")

    def map(self, layers, query):
        if query["request"] == "GetCapabilities":
            names = "".join(f"<FeatureType><Name>{name}</Name></FeatureType>" for name in layers)
            return 200, f"<wfs:WFS_Capabilities>{names}</wfs:WFS_Capabilities>".encode()
        assert query["outputFormat"] == "application/json"
        if query["typeNames"] not in layers:
            return 400, b"<ows:ExceptionReport/>"
        features, start = layers[query["typeNames"]], int(query["startIndex"])
        size = min(int(query["count"]), self.publisher.shelf.page)
        total = {"numberMatched": len(features)} if self.publisher.shelf.says_total else {}
        return 200, {"type": "FeatureCollection", "features": features[start : start + size], **total}


def passes(row, condition):
    """Whether a row passes a filter of `and` over groups of `or`, compared to the letter as the services do."""
    groups = [group for group in re.split(r"\) and \(|\) and | and \(", condition) if group]
    return all(any(holds(row, found) for found in CONDITION.finditer(group)) for group in groups)


def holds(row, found):
    if found["field"]:
        return row[found["field"]].startswith(found["start"])
    value = row[found["name"]]
    return value == found["value"] if found["sign"] == "eq" else value >= found["value"]

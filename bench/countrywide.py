"""What is measured on an invented country, each beside a floor that does the same without the product."""

import gzip
import os
import random
import re
import subprocess
import sys
from functools import partial
from pathlib import Path

import numpy as np
from django.db import connection, transaction
from django.urls import reverse

from bench.scenarios import database, hello, signed_in
from dashboards import asking
from dashboards.profiles import places
from wijkaanpak.celery import app
from wijkaanpak.demo import country
from wijkaanpak.indicators import blocks as binary
from wijkaanpak.indicators import loading, slices, staging
from wijkaanpak.indicators.choices import Status
from wijkaanpak.indicators.models import Indicator
from wijkaanpak.journal import jobs
from wijkaanpak.journal.models import Job
from wijkaanpak.neighbourhoods.choices import AreaKind
from wijkaanpak.neighbourhoods.models import Area, Programme

HELLO, COPY, SCAN, SQL = "hello-world page", "bare COPY of one indicator, all years", "sequential scan of all figures", "raw SQL of an area page"
REQUESTS, PAINTED, CHANGED = 300, 10, 0.1
CHOROPLETH = re.compile('<svg class="choropleth".*?</svg>', re.DOTALL)
CHROMIUM = "/usr/bin/chromium"
MEMBER = "analist@voorbeeld.example"
BARE = "CREATE UNLOGGED TABLE bench_bare (indicator_id bigint, period int, area_id bigint, status int2, edition_id bigint, value float8)"
ROWS = """
SELECT indicator_id, period, area_id, value, status FROM indicators_observation
WHERE indicator_id = ANY(%s) AND period = ANY(%s) AND area_id = ANY(%s)
"""


class Country:
    """The measurements on a country of one scale, in order: the later ones need what the earlier ones left."""

    def __init__(self, scale):
        self.scale = scale
        self.chance = random.Random(country.SEED)

    def scenarios(self):
        more = [(f"full recomputation, {number} worker{'s' * (number > 1)}", SCAN, partial(self.recomputed, number)) for number in (1, 2, 4)]
        return [
            (HELLO, "", hello),
            ("areas, indicators, programmes", "", self.structure),
            (COPY, "", self.bare_copy),
            ("import of one indicator, all years, new", COPY, self.imported),
            (SCAN, "", self.scan),
            *more,
            ("recomputation: one new indicator and year", SCAN, self.one_slice),
            ("recomputation: one programme", SCAN, self.one_programme),
            ("import of a next year, all indicators", COPY, self.next_year),
            ("new edition of one indicator and year", COPY, self.new_edition),
            (SQL, "", self.raw_sql),
            ("area page", HELLO, self.area_page),
            ("four areas side by side", HELLO, self.side_by_side),
            ("map of a municipality", HELLO, self.map_page),
            ("programme dashboard", HELLO, self.dashboard),
            ("area page, painted", HELLO, partial(self.painted, "article, main h1")),
            ("programme dashboard, painted", HELLO, partial(self.painted, ".plot .main-svg")),
        ]

    def structure(self, meter, _port, name):
        app.loader.import_default_modules()
        jobs.ring = lambda pk: None  # nobody hears the bell here

        def make(_):
            self.built = country.structure(self.scale, lambda text: None)
            self.editions = {year: country.delivery(year).pk for year in country.YEARS}

        return meter.work(name, make, note=f"{len(country.YEARS)} × {country.landscape.AREAS * self.scale:,} areas")

    def blocks(self, number):
        """Return the figures of one indicator in all years, ready for COPY."""
        return [country.block(self.built, number, year, edition) for year, edition in self.editions.items()]

    def bare_copy(self, meter, _port, name):
        with database() as bare:
            bare.execute(BARE.replace("UNLOGGED ", ""))

            def copy(blocks):
                with bare.cursor().copy(slices.COPY.replace("indicators_observation", "bench_bare")) as rows:
                    rows.write(binary.HEADER + b"".join(blocks) + binary.TRAILER)

            result = meter.work(name, copy, before=self.blocks, times=20, note=f"{len(country.YEARS) * len(self.built.land.codes):,} rows")
            bare.execute("DROP TABLE bench_bare")
        return result

    def imported(self, meter, _port, name):
        @transaction.atomic
        def write(blocks):
            loading.lock()
            slices.write(blocks)

        result = meter.work(name, write, before=self.blocks, times=len(self.built.indicators))
        loading.tidy()
        return result._replace(note=f"{result.times * len(country.YEARS) * len(self.built.land.codes):,} rows in all")

    def next_year(self, meter, _port, name):
        """A year that was not there, for all indicators: it falls between the years that are, in the order of the key."""
        ids, later = self.built.ids[country.YEARS[-1]], country.YEARS[-1] + 1
        edition = country.delivery(later).pk

        def block(number):
            values, statuses = country.figures(self.built.land, self.built.indicators[number], number, later)
            return slices.block(self.built.indicators[number].pk, later, ids, values, statuses, edition)

        @transaction.atomic
        def write(blocks):
            loading.lock()
            slices.write(blocks)

        result = meter.work(name, write, before=lambda _: [block(number) for number in range(len(self.built.indicators))])
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM indicators_observation WHERE period = %s AND indicator_id = ANY(%s)", [later, [each.pk for each in self.built.indicators]])
        loading.tidy()
        return result._replace(note=f"{len(self.built.indicators) * len(ids):,} rows")

    def scan(self, meter, _port, name):
        with database() as bare:
            bare.execute("SET max_parallel_workers_per_gather = 0")
            return meter.work(name, lambda _: bare.execute("SELECT sum(value) FROM indicators_observation").fetchone(), times=3)

    def recomputed(self, number, meter, _port, name):
        """Have the whole country computed by so many workers; from asking until the last part is done."""
        memory = []

        def workers(_):
            started = [
                subprocess.Popen([sys.executable, "-m", "bench.worker"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
                for _ in range(number)
            ]
            for each in started:
                each.stdout.readline()
            asking.everything()
            return started

        def work(started):
            for each in started:
                each.stdin.write("\n")
                each.stdin.flush()
            memory.extend(int(each.communicate()[0]) for each in started)

        result = meter.work(name, work, before=workers)
        failed = Job.objects.exclude(state="done").values_list("state", "error")
        if failed:
            raise RuntimeError(str(failed[0]))
        return result._replace(note=f"at most {max(memory)} MB each")

    def one_slice(self, meter, _port, name):
        indicator = Indicator.objects.judged().order_by("pk")[0]

        def ask(_):
            asking.changed([indicator.pk], [country.YEARS[-1]])

        return meter.work(name, lambda _: jobs.run_all(), before=ask, times=10)

    def one_programme(self, meter, _port, name):
        programme = Programme.objects.order_by("pk")[0]
        return meter.work(name, lambda _: jobs.run_all(), before=lambda _: asking.areas_of(programme), times=5, note="all indicators and years")

    def new_edition(self, meter, _port, name):
        """One indicator in one year comes again and a tenth of the figures is other: compared, remembered and replaced."""
        indicator, number, year = self.built.indicators[country.BACKGROUND], country.BACKGROUND, country.YEARS[-2]
        values, statuses = country.figures(self.built.land, indicator, number, year)

        @transaction.atomic
        def replace(turn):
            moved = np.where(np.random.default_rng(turn).random(len(values)) < CHANGED, values + 1 + turn, values)
            staged(indicator.pk, year, moved, statuses, self.built.ids[year])
            loading.lock()
            loading.load(country.delivery(year), periods=[year], indicators=[indicator.pk], estimated=[])

        return meter.work(name, replace, times=5, note=f"{len(values):,} figures, a tenth changed")

    def some_area(self, kind=AreaKind.NEIGHBOURHOOD):
        return str(self.chance.choice(self.built.land.codes[self.built.land.kinds == kind].tolist()))

    def raw_sql(self, meter, _port, name):
        shown = [each.pk for each in self.built.indicators[country.BACKGROUND :][: country.PER_THEME]]
        needed = shown + [each.pk for each in self.built.indicators[: country.BASES + country.PER_THEME]]

        def ids(_):
            return places(list(Area.objects.filter(code=self.some_area()).newest())).pairs.area.tolist()

        def read(areas):
            with connection.cursor() as cursor:
                cursor.execute(ROWS, [needed, list(country.YEARS), areas])
                cursor.fetchall()

        return meter.work(name, read, before=ids, times=REQUESTS)

    def pages(self, meter, port, name, address):
        visitor = signed_in(port, MEMBER)
        sizes, drawings = [], [0]

        def send(_number):
            response, text = visitor.request("GET", address())
            sizes.append((len(text.encode()), len(gzip.compress(text.encode(), 6))))
            drawings.extend(len(drawn.encode()) for drawn in CHOROPLETH.findall(text))
            return response.status, int(response.headers.get("X-Queries", 0))

        result = meter.requests(name, send, times=REQUESTS)
        whole, packed = max(sizes)
        drawn = f", of which the map {max(drawings) / 1000:.0f}" if max(drawings) else ""
        return result._replace(note=f"at most {whole / 1000:.0f} kB{drawn}, {packed / 1000:.0f} packed")

    def area_page(self, meter, port, name):
        return self.pages(meter, port, name, lambda: reverse("dashboards:area_detail", args=[self.some_area()]))

    def side_by_side(self, meter, port, name):
        def address():
            others = "&".join(f"met={self.some_area()}" for _ in range(3))
            return reverse("dashboards:area_detail", args=[self.some_area()]) + "?" + others

        return self.pages(meter, port, name, address)

    def map_page(self, meter, port, name):
        def address():
            return reverse("dashboards:area_map", args=[self.some_area(AreaKind.MUNICIPALITY)]) + "?delen=buurten"

        return self.pages(meter, port, name, address)

    def dashboard(self, meter, port, name):
        slugs = list(Programme.objects.values_list("slug", flat=True))
        return self.pages(meter, port, name, lambda: reverse("dashboards:programme_dashboard", args=[self.chance.choice(slugs)]))

    def painted(self, drawn, meter, port, name):
        """From asking for the page until what matters is on the screen, in a browser that has the style sheets already."""
        if not Path(CHROMIUM).exists():
            raise RuntimeError("no Chromium here")

        from playwright.sync_api import sync_playwright  # noqa: PLC0415 only where there is a browser

        address = reverse("dashboards:area_detail", args=[self.some_area()])
        if "plot" in drawn:
            address = reverse("dashboards:programme_dashboard", args=[Programme.objects.order_by("pk")[0].slug])
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # the browser's own loop runs in this thread
        cookies = [{"name": key, "value": value, "url": f"http://127.0.0.1:{port}"} for key, value in signed_in(port, MEMBER).cookies.items()]
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-quic"])
            context = browser.new_context()
            context.add_cookies(cookies)
            page = context.new_page()

            def show(_):
                page.goto(f"http://127.0.0.1:{port}{address}", wait_until="commit")
                page.locator(drawn).first.wait_for(state="visible")

            show(0)
            result = meter.work(name, show, times=PAINTED)
            browser.close()
        return result._replace(queries=None)


def staged(indicator, year, values, statuses, areas):
    """Bring one column into the temporary tables, as a delivery that was confirmed does."""
    with connection.cursor() as cursor:
        cursor.execute(staging.TABLES)
        places, nothing = np.arange(len(values)), np.full(len(values), np.nan)
        copied(cursor, "COPY incoming_area (pos, area_id) FROM STDIN (FORMAT BINARY)", [("i4", places), ("i4", np.array(areas))])
        columns = [
            ("i4", np.full(len(values), indicator)), ("i4", np.full(len(values), year)), ("i4", places),
            ("f8", np.where(statuses <= Status.MODELLED, values, np.nan)), ("i2", statuses), ("f8", nothing), ("f8", nothing),
        ]  # fmt: skip
        copied(cursor, staging.COPY_VALUES, columns)
        cursor.execute("ANALYZE incoming; ANALYZE incoming_area")


def copied(cursor, statement, columns):
    with cursor.copy(statement) as copy:
        for block in binary.binary(columns):
            copy.write(block)

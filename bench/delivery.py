"""A delivery of about 200,000 figures, in the form of a KWB file: the example's own file with more municipalities."""

import csv
import gzip
import io

from django.conf import settings

WANTED = 200_000
ROWS = 8_000  # areas with 25 figures each
YEAR = 2017  # a year the example does not hold
SHIFTS = (0, 2000, 4000)  # added to the municipality's number, so that codes stay unique
CODE, NAME = 4, 1


def content():
    with gzip.open(settings.BASE_DIR / "wijkaanpak/demo/data/kwb-2020-nederland-uittreksel.csv.gz", "rt", encoding="utf-8") as file:
        header, country, *rows = csv.reader(file, delimiter=";")
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerows([header, country])
    wanted = [(row, shift) for shift in SHIFTS for row in rows][:ROWS]
    writer.writerows(moved(row, number, shift) for number, (row, shift) in enumerate(wanted, start=1))
    return text.getvalue().encode()


def moved(row, number, shift):
    code = row[CODE].strip()
    new = f"{code[:2]}{int(code[2:6]) + shift:04d}{code[6:]}".ljust(10)
    return [str(number), new, *row[NAME + 1 : CODE], new, *row[CODE + 1 :]]

"""The files of the example as they are read."""

import gzip
import tomllib
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "data"


def toml(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def content(name: str) -> bytes:
    """Return a file as it was before it was packed."""
    packed = (FOLDER / name).read_bytes()
    return gzip.decompress(packed) if name.endswith(".gz") else packed

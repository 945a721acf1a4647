"""Small excerpts of real files, by name."""

from pathlib import Path

FOLDER = Path(__file__).parent.parent / "data"
REFUSED = sorted(path.name for path in (FOLDER / "refused").iterdir())


def excerpt(name):
    return (FOLDER / name).read_bytes()


def refused(name):
    return excerpt(f"refused/{name}")


def changed(name, *replacements):
    """Return an excerpt with some texts replaced; each must be there."""
    content = excerpt(name)
    for old, new in replacements:
        assert old.encode() in content, old
        content = content.replace(old.encode(), new.encode(), 1)
    return content

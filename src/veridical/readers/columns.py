"""From a row of named columns to a draft: known names out of the box, a mapping by the user before them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from veridical.errors import NoText, ReadError
from veridical.readers.dates import iso_date
from veridical.readers.drafts import Draft

FIELDS = ("text", "title", "publisher", "published", "url", "language", "id")
Row = Mapping[str, object]
_MARKUP = re.compile(r"</(?:p|div)\s*>", re.I)


@cache
def _known() -> dict[str, tuple[str, ...]]:
    import tomllib
    from importlib.resources import files

    data = tomllib.loads((files("veridical") / "data" / "columns.toml").read_text("utf-8"))
    return {field: tuple(map(_plain, data[field])) for field in FIELDS}


def check_mapping(columns: Mapping[str, str] | None) -> None:
    """Raises ReadError when ``columns`` (field → column) names a field that reports do not have."""
    wrong = sorted(set(columns or ()) - set(FIELDS))
    if wrong:
        raise ReadError(f"a report has no field {wrong[0]!r} to fill from a column: use {', '.join(FIELDS)}")


def has_text_column(names: list[str], columns: Mapping[str, str] | None) -> bool:
    """Whether a table or row with these column names holds a report's text."""
    if columns and "text" in columns:
        return columns["text"].split(".")[0] in names or columns["text"] in names
    return any(_plain(name) in _known()["text"] for name in names)


def draft_of(row: Row, name: str, columns: Mapping[str, str] | None = None) -> Draft:
    """The draft of a row; ``name`` is used where the row has no id of its own.

    Raises NoText when no column holds a text, naming the columns there are.
    """
    plain = {_plain(key): value for key, value in reversed(list(row.items()))}
    found = {field: _value(row, plain, field, columns) for field in FIELDS}
    text = _as_text(found["text"])
    name = _short(found["id"]) or name
    if text is None and has_text_column(list(map(str, row)), columns):
        raise NoText(f"{name}: the column that should hold the text is empty")
    if text is None:
        names = ", ".join(list(map(str, row))[:12]) or "none"
        raise NoText(f"no column holds a text (columns: {names}): name the column with a mapping, text=COLUMN")
    return Draft(
        name=name,
        body=text,
        title=_short(found["title"]),
        publisher=_short(found["publisher"]),
        url=_short(found["url"]),
        published=iso_date(found["published"]),
        language=_short(found["language"]),
    )


def _value(row: Row, plain: Row, field: str, columns: Mapping[str, str] | None) -> object:
    if columns and field in columns:
        return row.get(columns[field], _reach(row, columns[field].split(".")))
    for name in _known()[field]:
        value = plain.get(name) if "." not in name else _reach(plain, name.split("."))
        if value is not None and value != "" and not isinstance(value, dict):
            return value
    return None


def _reach(row: Row, path: list[str]) -> object:
    value: object = row
    for key in path:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def _as_text(value: object) -> str | None:
    if isinstance(value, list) and value and all(isinstance(part, str) for part in value):
        value = "\n\n".join(value)
    if not isinstance(value, str) or not value.strip():
        return None
    if _MARKUP.search(value):
        from veridical.readers.html import strip_tags

        return strip_tags(value)
    return value


def _short(value: object) -> str | None:
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return None
    return " ".join(str(value)[:2000].split()) or None


def _plain(name: object) -> str:
    return re.sub(r"[\s_-]+", "", str(name)).lower()

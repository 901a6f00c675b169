"""The dossier: one HTML page that needs no network, no server and no other file.

Its parts lie beside this file: ``template.html``, ``css/*.css`` and ``js/*.js``, joined in the order of `STYLES` and `SCRIPTS`.
Reports are hostile input: their text travels as JSON that cannot close its script element, and the page only sets it as
text. The content security policy allows this page's own style and script, by hash, and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

from veridical.export.dossier.payload import gather
from veridical.export.dossier.theme import draw_theme
from veridical.export.options import ExportOptions
from veridical.model import Incident, Report

STYLES = ("base", "overview", "list", "incident", "report", "narrow", "print")
SCRIPTS = (
    "dom",
    "text",
    "glyphs",
    "data",
    "state",
    "filters",
    "mapview",
    "map",
    "timeline",
    "list",
    "chain",
    "evidence",
    "light",
    "values",
    "incident",
    "main",
)


def embed(data: Any) -> str:
    """JSON that is safe inside a script element: no ``<``, ``>`` or ``&``, no line separators.

    >>> embed("</script>")
    '"\\\\u003c/script\\\\u003e"'
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _digest(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def _join(folder: str, names: Sequence[str], suffix: str) -> str:
    base = files("veridical.export.dossier") / folder
    return "\n".join((base / f"{name}.{suffix}").read_text("utf-8").strip() for name in names)


def render(incidents: Sequence[Incident], reports: Mapping[str, Report], options: ExportOptions, hidden: frozenset[str]) -> bytes:
    """The page, UTF-8, the same bytes for the same incidents."""
    data = gather(incidents, reports, hidden)
    style = draw_theme() + "\n" + _join("css", STYLES, "css") + "\n"
    script = '"use strict";\n(() => {\n' + _join("js", SCRIPTS, "js") + "\n})();\n"
    policy = f"default-src 'none'; script-src {_digest(script)}; style-src {_digest(style)}; base-uri 'none'; form-action 'none'"
    shapes = json.loads((files("veridical") / "data" / "shapes.json").read_text("utf-8"))
    page = (files("veridical.export.dossier") / "template.html").read_text("utf-8")
    parts = {
        "policy": policy,
        "title": html.escape(options.title),
        "style": style,
        "script": script,
        "data": embed(data),
        "shapes": embed(shapes),
        "version": html.escape(data["version"]),
    }
    # One pass over the template: what is put in (report texts, titles) is never itself read for placeholders.
    pieces = page.split("{{")
    filled = [pieces[0]]
    for piece in pieces[1:]:
        name, _, rest = piece.partition("}}")
        filled.append(parts[name] + rest)
    return "".join(filled).encode()

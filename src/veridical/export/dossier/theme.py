"""Turns look.toml into the CSS variables of both themes; the page has no colour of its own."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any


@lru_cache(maxsize=1)
def read_look() -> dict[str, Any]:
    """The shared look: themes, stages, evidence groups and labels, as parsed."""
    return tomllib.loads((files("veridical") / "data" / "look.toml").read_text("utf-8"))


def _variables(theme: str) -> str:
    look = read_look()
    found = dict(look["theme"][theme])
    found |= {f"stage-{name}": stage[theme] for table in ("stage", "stageless") for name, stage in look[table].items()}
    for name, group in look["group"].items():
        found |= {f"tint-{name}": group[theme]["tint"], f"line-{name}": group[theme]["line"]}
    return "".join(f"--{name}:{value};" for name, value in found.items()) + f"color-scheme:{theme};"


def draw_theme() -> str:
    """Variables for light, dark by the system's wish, and either by the reader's choice; stage and evidence classes."""
    look = read_look()
    light, dark = _variables("light"), _variables("dark")
    rules = [
        f":root{{{light}}}",
        f"@media (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark}}}}}",
        f":root[data-theme=dark]{{{dark}}}",
        f"@media print{{:root,:root:not([data-theme=light]),:root[data-theme=dark]{{{light}}}}}",
    ]
    rules += [f".s-{name}{{color:var(--stage-{name})}}" for table in ("stage", "stageless") for name in look[table]]
    for name, group in look["group"].items():
        width = {"thick": "3px", "wavy": "1px"}.get(group["pattern"], "1.5px")
        style = "solid" if group["pattern"] == "thick" else group["pattern"]
        rules.append(
            f".g-{name}{{--tint:var(--tint-{name});--line:var(--line-{name});"
            f"text-decoration:underline {style} var(--line-{name}) {width}}}"
        )
    return "\n".join(rules)

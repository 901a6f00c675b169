"""Codebooks: event types, their triggers and frames, loaded from TOML and checked.

The default one is ``data/codebook.toml``; a user's file of the same form adds types, triggers and roles,
or replaces a type with ``replace = true``. Nothing in the code knows a type by its name except the
few that DESIGN.md gives a meaning of their own (``threat``).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from pathlib import Path

from veridical.errors import CodebookError
from veridical.model import content_hash
from veridical.values import Stage

FAMILIES = ("violence", "response", "justice", "civic")
ROLES = ("perpetrators", "organizations", "targets", "weapons", "authorities", "subjects", "charges")
NEEDS = ("subject", "object", "both", "oblique", "object_or_oblique", "human", "arguments", "duration")
_TYPE_KEYS = {"family", "label", "generic", "replace", "triggers", "acled", "gtd", "ucdp", "plover", "muc4"}
_TRIGGER_KEYS = {
    "verbs",
    "nouns",
    "subject",
    "object",
    "oblique",
    "subject_is",
    "object_is",
    "subject_is_not",
    "object_is_not",
    "needs",
    "modes",
    "anaphor",
    "passive",
    "stage",
    "lenient",
}
_LISTS = ("verbs", "nouns", "subject_is", "object_is", "subject_is_not", "object_is_not", "modes")


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that evoke an event of ``type``, and which role each of their syntactic slots fills.

    ``words`` are lemmas: for a verb the verb first, then the particles or objects that must stand with
    it; for a noun the head last. Slot conditions name noun classes of ``data/nouns.toml``.
    """

    type: str
    words: tuple[str, ...]
    pos: str
    subject: str | None = None
    object: str | None = None
    oblique: tuple[tuple[str, str], ...] = ()
    subject_is: tuple[str, ...] = ()
    object_is: tuple[str, ...] = ()
    subject_is_not: tuple[str, ...] = ()
    object_is_not: tuple[str, ...] = ()
    needs: str | None = None
    modes: tuple[str, ...] = ()
    anaphor: bool = False
    passive: bool = False
    lenient: bool = False
    """Slot conditions let any proper name pass."""
    stage: Stage | None = None
    """A stage that the word itself says ("assassination attempt", "defuse")."""


@dataclass(frozen=True, slots=True)
class EventType:
    """One event type: its family decides its roles; ``mappings`` are codes of other schemes by name."""

    name: str
    family: str
    label: str
    generic: bool = False
    mappings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Codebook:
    """Types and triggers, with an index from the head lemma of each trigger; ``hash`` identifies the content."""

    name: str
    version: str
    types: Mapping[str, EventType]
    triggers: tuple[Trigger, ...]
    hash: str
    roles: tuple[str, ...] = ROLES
    _index: dict[tuple[str, str], tuple[Trigger, ...]] = field(default_factory=dict, repr=False)

    def lookup(self, lemma: str, pos: str) -> tuple[Trigger, ...]:
        """Triggers whose head is ``lemma`` as "VERB" or "NOUN", the longest first."""
        return self._index.get((lemma, pos), ())

    def family(self, name: str) -> str:
        """The family of a type."""
        return self.types[name].family


def load(path: Path | None = None) -> Codebook:
    """The default codebook, or the default with a user's file added; raises CodebookError with all problems."""
    if path is None:
        return _default()
    table = _read(path)
    problems = _problems(table, known=set(_default().types))
    if problems:
        raise CodebookError(f"{path}: " + "; ".join(problems))
    return _compile(_merge(_raw_default(), table))


def check(path: Path) -> list[str]:
    """What is wrong with a codebook file, a line each; empty when it can be used."""
    try:
        table = _read(path)
    except CodebookError as error:
        return [str(error)]
    return _problems(table, known=set(_default().types))


@lru_cache(maxsize=1)
def _default() -> Codebook:
    return _compile(_raw_default())


def _raw_default() -> dict[str, object]:
    return tomllib.loads(resources.files("veridical").joinpath("data/codebook.toml").read_text("utf-8"))


def _read(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(Path(path).read_text("utf-8"))
    except OSError as error:
        raise CodebookError(f"{path}: cannot be read ({error.strerror}): give the path of a TOML file") from error
    except UnicodeDecodeError as error:
        raise CodebookError(f"{path}: not UTF-8 at byte {error.start}: save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise CodebookError(f"{path}: not valid TOML: {error}") from error


def _merge(base: dict[str, object], extra: dict[str, object]) -> dict[str, object]:
    """The user's tables over the default: types are added to, or replaced where they say so."""
    out = dict(base)
    out["codebook"] = {**_table(base, "codebook"), **_table(extra, "codebook")}
    types = {name: dict(_as_table(t)) for name, t in _table(base, "types").items()}
    for name, raw in _table(extra, "types").items():
        new = _as_table(raw)
        if name in types and not new.get("replace"):
            merged = {**types[name], **new}
            merged["triggers"] = [*_rows(types[name]), *_rows(new)]
            types[name] = merged
        else:
            types[name] = dict(new)
    out["types"] = types
    out["roles"] = {**_table(base, "roles"), **_table(extra, "roles")}
    return out


def _compile(table: dict[str, object]) -> Codebook:
    head = _table(table, "codebook")
    types: dict[str, EventType] = {}
    triggers: list[Trigger] = []
    for name, raw in _table(table, "types").items():
        spec = _as_table(raw)
        mappings = tuple((k, str(spec[k])) for k in ("acled", "gtd", "ucdp", "plover", "muc4") if k in spec)
        types[name] = EventType(name, str(spec["family"]), str(spec.get("label", name)), bool(spec.get("generic")), mappings)
        for row in _rows(spec):
            triggers.extend(_triggers(name, row))
    index: dict[tuple[str, str], list[Trigger]] = {}
    for trigger in triggers:
        key = (trigger.words[0] if trigger.pos == "VERB" else trigger.words[-1], trigger.pos)
        index.setdefault(key, []).append(trigger)
    frozen = {k: tuple(sorted(v, key=lambda t: -len(t.words))) for k, v in index.items()}
    roles = (*ROLES, *(r for r in _table(table, "roles") if r not in ROLES))
    return Codebook(
        str(head.get("name", "unnamed")),
        str(head.get("version", "0")),
        types,
        tuple(triggers),
        content_hash(repr(sorted(types.items())), repr(triggers)),
        roles,
        frozen,
    )


def _triggers(type_name: str, row: Mapping[str, object]) -> list[Trigger]:
    oblique = tuple(sorted((str(k), str(v)) for k, v in _as_table(row.get("oblique", {})).items()))
    out = []
    for key, pos in (("verbs", "VERB"), ("nouns", "NOUN")):
        for words in _strings(row, key):
            out.append(
                Trigger(
                    type_name,
                    tuple(words.lower().split()),
                    pos,
                    _string(row, "subject"),
                    _string(row, "object"),
                    oblique,
                    _strings(row, "subject_is"),
                    _strings(row, "object_is"),
                    _strings(row, "subject_is_not"),
                    _strings(row, "object_is_not"),
                    _string(row, "needs"),
                    _strings(row, "modes"),
                    bool(row.get("anaphor")),
                    bool(row.get("passive")),
                    bool(row.get("lenient")),
                    Stage(stage) if (stage := _string(row, "stage")) else None,
                )
            )
    return out


def _problems(table: dict[str, object], known: set[str]) -> list[str]:
    out: list[str] = []
    classes = noun_classes()
    roles = {*ROLES, *_table(table, "roles")}
    types = table.get("types")
    if not isinstance(types, dict) or not types:
        return ["no [types.NAME] table: a codebook needs at least one type"]
    for name, raw in types.items():
        if not isinstance(raw, dict):
            out.append(f"types.{name}: must be a table")
            continue
        if raw.get("family") not in FAMILIES and (name not in known or "family" in raw):
            out.append(f"types.{name}.family: must be one of {', '.join(FAMILIES)}")
        out += [f"types.{name}.{k}: unknown key" for k in raw if k not in _TYPE_KEYS]
        if not isinstance(raw.get("triggers", []), list):
            out.append(f"types.{name}.triggers: write [[types.{name}.triggers]]")
            continue
        for n, row in enumerate(raw.get("triggers", []), 1):
            out += [f"types.{name}.triggers[{n}]{p}" for p in _row_problems(row, classes, roles)]
    return out


def _row_problems(row: object, classes: frozenset[str], roles: set[str]) -> list[str]:
    if not isinstance(row, dict):
        return [": must be a table"]
    out = [f".{k}: unknown key" for k in row if k not in _TRIGGER_KEYS]
    if not row.get("verbs") and not row.get("nouns"):
        out.append(": needs verbs or nouns")
    for key in _LISTS:
        value = row.get(key, [])
        if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
            out.append(f".{key}: must be a list of words")
        elif key.startswith(("subject_is", "object_is")):
            out += [f".{key}: unknown noun class {v!r}" for v in value if v not in classes]
    oblique = row.get("oblique", {})
    if not isinstance(oblique, dict):
        out.append(".oblique: must be a table of preposition = role")
        oblique = {}
    for key, role in [
        ("subject", row.get("subject")),
        ("object", row.get("object")),
        *(("oblique." + str(k), v) for k, v in oblique.items()),
    ]:
        if role is not None and role != "-" and role not in roles:
            out.append(f".{key}: unknown role {role!r}, declare it under [roles.{role}]")
    if row.get("stage") is not None and row["stage"] not in list(Stage):
        out.append(f".stage: must be one of {', '.join(Stage)}")
    if row.get("needs") is not None and row["needs"] not in NEEDS:
        out.append(f".needs: must be one of {', '.join(NEEDS)}")
    return out


@lru_cache(maxsize=1)
def noun_classes() -> frozenset[str]:
    """The names of the noun classes that slot conditions may use; "person" and "thing" stand for any of their kind."""
    raw = tomllib.loads(resources.files("veridical").joinpath("data/nouns.toml").read_text("utf-8"))
    return frozenset(raw) | {"person", "thing", "place"}


def _table(table: Mapping[str, object], key: str) -> dict[str, object]:
    return _as_table(table.get(key, {}))


def _as_table(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {}


def _rows(table: Mapping[str, object]) -> list[dict[str, object]]:
    rows = table.get("triggers", [])
    return [_as_table(r) for r in rows] if isinstance(rows, list) else []


def _strings(row: Mapping[str, object], key: str) -> tuple[str, ...]:
    value = row.get(key, [])
    return tuple(str(v) for v in value) if isinstance(value, list) else ()


def _string(row: Mapping[str, object], key: str) -> str | None:
    value = row.get(key)
    return value if isinstance(value, str) else None

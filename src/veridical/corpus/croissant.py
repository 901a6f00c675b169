"""Croissant metadata (MLCommons Croissant 1.0) of a corpus folder: what it is, its files, and the fields of its records."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

CONTEXT: Mapping[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}

_FIELDS = {
    "id": "Id of the report",
    "story": "Id of the story: reports of one story tell of the same incidents",
    "split": "train, dev or test",
    "publisher": "Invented outlet, or empty where the report does not tell",
    "published": "Day of publication, or empty where the report does not tell",
    "form": "Form of the report (wire flash, court report, …)",
    "text": "Plain text; offsets of the records are code points into it",
    "incidents": "Incident records as JSON text, with evidence, chains of sources and further accepted values",
}


FACTS = ("name", "version", "released", "license", "description")
"""What a release must say of itself."""


def describe(reports: Path, facts: Mapping[str, str]) -> str:
    """The metadata of an exported ``reports.jsonl``, as JSON-LD text; ``facts`` are those of ``corpus.toml``."""
    body = {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "name": facts["name"],
        "description": facts["description"],
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "license": facts["license"],
        "version": facts["version"],
        "datePublished": facts["released"],
        "inLanguage": "en",
        "creator": {"@type": "sc:Organization", "name": "Veridical"},
        "citeAs": f"{facts['name']}, version {facts['version']}",
        "isLiveDataset": False,
        "distribution": [
            {
                "@type": "cr:FileObject",
                "@id": "reports",
                "name": "reports",
                "contentUrl": reports.name,
                "encodingFormat": "application/jsonlines",
                "sha256": hashlib.sha256(reports.read_bytes()).hexdigest(),
            }
        ],
        "recordSet": [
            {
                "@type": "cr:RecordSet",
                "@id": "report",
                "name": "report",
                "key": {"@id": "report/id"},
                "field": [
                    {
                        "@type": "cr:Field",
                        "@id": f"report/{name}",
                        "name": name,
                        "description": what,
                        "dataType": "sc:Text",
                        "source": {"fileObject": {"@id": "reports"}, "extract": {"column": name}},
                    }
                    for name, what in _FIELDS.items()
                ],
            }
        ],
    }
    return json.dumps(body, ensure_ascii=False, indent=1) + "\n"

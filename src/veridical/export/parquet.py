"""Parquet: the columns of `veridical.export.rows` with their types, and the whole record as JSON in ``record``.

Needs pyarrow (``pip install 'veridical[parquet]'``), which is imported only here, only when asked for.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

from veridical.errors import ExportError
from veridical.export.options import ExportOptions
from veridical.export.privacy import record_of
from veridical.export.record import dumps
from veridical.export.rows import COLUMNS, flatten
from veridical.model import Incident, Report


def render(incidents: Sequence[Incident], reports: Mapping[str, Report], options: ExportOptions, hidden: frozenset[str]) -> bytes:
    """One row group, compressed with zstd. Raises ExportError without pyarrow."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise ExportError("parquet needs pyarrow: pip install 'veridical[parquet]'") from error
    types = {str: pa.string(), int: pa.int64(), float: pa.float64(), list: pa.list_(pa.string())}
    schema = pa.schema([*((name, types[kind]) for name, kind in COLUMNS), ("record", pa.string())])
    rows = []
    for incident in incidents:
        record = record_of(incident, hidden)
        rows.append({**flatten(record), "record": dumps(record).rstrip("\n")})
    stream = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), stream, compression="zstd")
    return stream.getvalue()

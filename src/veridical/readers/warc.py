"""WARC archives by warcio: each page that was fetched with success is a report, named by its address."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from veridical.errors import NoText, ReadError
from veridical.readers.drafts import Draft
from veridical.readers.html import draft_of_page
from veridical.readers.refusals import Refusal
from veridical.readers.sources import Source, broken, read_limited
from veridical.settings import Settings

_PAGES = ("text/html", "application/xhtml+xml")


def read_warc(source: Source, settings: Settings) -> Iterator[Draft | Refusal]:
    """A draft or a refusal for each HTML response with status 200; pictures, scripts, redirects are no reports.

    The date of the crawl is no publication date. Raises NoText for an archive without a page, and ReadError
    where the archive breaks off: what came before has been given.
    """
    pages = 0
    for record in _records(source):
        if not _is_page(record):
            continue
        pages += 1
        url = record.rec_headers.get_header("WARC-Target-URI") or ""
        name = url.strip("<> ") or f"{source.name}:{pages}"
        try:
            yield _draft(record, name, settings.max_file_bytes)
        except ReadError as error:
            yield Refusal.of(source.name, name, error)
    if not pages:
        raise NoText("the archive holds no page that was fetched with success: check the crawl")


class _Stepwise:
    """Reads what is there in one step, so that the records before a break in a packed file are not lost."""

    def __init__(self, stream: BinaryIO) -> None:
        self._step: Callable[[int], bytes] = getattr(stream, "read1", stream.read)

    def read(self, size: int = 16_384) -> bytes:
        """Up to ``size`` bytes; none at the end."""
        try:
            return self._step(size)
        except EOFError as error:  # which warcio would take for a proper end
            raise broken(error) from error


def _records(source: Source) -> Iterator[Any]:
    from warcio.archiveiterator import ArchiveIterator

    class Quiet(ArchiveIterator):  # type: ignore[misc, unused-ignore]
        """Says nothing on standard error about records of a wrong length."""

        INC_RECORD = ""

    try:
        yield from Quiet(_Stepwise(source.stream))
    except ReadError:
        raise
    except Exception as error:  # a parser of hostile input may raise anything; it becomes a refusal
        raise ReadError(
            f"the archive is cut off or damaged ({type(error).__name__}: {str(error)[:120].strip()}): fetch it again"
        ) from error


def _is_page(record: Any) -> bool:
    if record.rec_type not in ("response", "resource"):
        return False
    headers = record.http_headers
    kind = (headers.get_header("Content-Type") if headers else record.rec_headers.get_header("Content-Type")) or ""
    return kind.lower().startswith(_PAGES) and (headers is None or headers.get_statuscode() == "200")


def _draft(record: Any, name: str, limit: int) -> Draft:
    kind = (record.http_headers.get_header("Content-Type") if record.http_headers else None) or ""
    charset = kind.lower().partition("charset=")[2].split(";")[0].strip("\"' ") or None
    try:
        data = read_limited(record.content_stream(), limit)
    except ReadError:
        raise
    except Exception as error:  # decompression inside the record may raise anything
        raise ReadError(f"the page is damaged in the archive ({type(error).__name__}): fetch it again") from error
    return draft_of_page(data, name, charset, name if "://" in name else None)

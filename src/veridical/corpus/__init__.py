"""The corpus room: reads, checks, counts, converts and splits reports with inline markup (corpus/GUIDELINES.md)."""

from veridical.corpus.checking import check_document
from veridical.corpus.document import Document, Mark, Row
from veridical.corpus.markup import read_markup
from veridical.corpus.stories import Story, load_corpus, read_stories

__all__ = ["Document", "Mark", "Row", "Story", "check_document", "load_corpus", "read_markup", "read_stories"]

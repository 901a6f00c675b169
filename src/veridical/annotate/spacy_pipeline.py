"""Any installed spaCy pipeline in place of the built-in model, with its trees turned into UD shape.

English pipelines of spaCy write ClearNLP dependencies, in which prepositions and copulas govern; the rest
of Veridical reads Universal Dependencies, in which content words do. Pipelines that write UD pass through.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from veridical.annotate.syntax import SyntaxResult
from veridical.errors import SettingsError
from veridical.model import NameSpan, Token

_CLEAR = frozenset({"dobj", "pobj", "nsubjpass", "auxpass"})
_RENAMED = {
    "nsubjpass": "nsubj:pass",
    "csubjpass": "csubj:pass",
    "auxpass": "aux:pass",
    "dobj": "obj",
    "dative": "iobj",
    "poss": "nmod:poss",
    "neg": "advmod",
    "prt": "compound:prt",
    "relcl": "acl:relcl",
    "quantmod": "advmod",
    "predet": "det:predet",
    "preconj": "cc:preconj",
    "intj": "discourse",
    "meta": "dep",
    "oprd": "xcomp",
    "acomp": "xcomp",
    "attr": "xcomp",
    "prep": "advmod",
    "agent": "advmod",
    "pobj": "obl",
    "pcomp": "advcl",
    "ROOT": "root",
    "": "dep",
}
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET"})


class SpacyPipeline:
    """Annotates texts with a user-named spaCy pipeline; called like `veridical.annotate.syntax.Syntax`."""

    def __init__(self, name: str) -> None:
        """``name`` is an installed pipeline package or a folder; it is loaded with the first call."""
        self.name = name

    @cached_property
    def _pipeline(self) -> Any:
        """The loaded pipeline; raises SettingsError when it is missing or has no parser."""
        import spacy

        try:
            pipeline = spacy.load(self.name)
        except (OSError, ImportError, ValueError) as error:
            raise SettingsError(
                f"the spaCy pipeline {self.name!r} cannot be loaded ({error}): install it with "
                f"`python -m spacy download {self.name}` or choose the built-in one"
            ) from error
        if "parser" not in pipeline.pipe_names:
            raise SettingsError(f"the spaCy pipeline {self.name!r} has no parser: choose one that has, or the built-in one")
        return pipeline

    def __call__(self, text: str) -> SyntaxResult:
        """The annotation of one text in UD shape."""
        doc = self._pipeline(text)
        clear = bool(_CLEAR & set(self._pipeline.get_pipe("parser").labels))
        return result_of(doc, clear)


def result_of(doc: Any, clear: bool) -> SyntaxResult:
    """A parsed spaCy document as a SyntaxResult; ``clear`` says that its labels are ClearNLP's."""
    kept = [t for t in doc if not t.is_space]
    index = {t.i: k for k, t in enumerate(kept)}
    tokens: list[Token] = []
    ranges: list[tuple[int, int]] = []
    for sentence in doc.sents:
        inside = [t for t in sentence if not t.is_space]
        if not inside:
            continue
        base = index[inside[0].i]
        heads, deps = _tree(inside, base, index)
        if clear:
            heads, deps = to_ud(heads, deps, [t.pos_ for t in inside], [t.lemma_.lower() for t in inside])
        for k, t in enumerate(inside):
            tokens.append(
                Token(
                    base + k,
                    t.idx,
                    t.idx + len(t),
                    t.text,
                    t.lemma_ or t.text,
                    t.pos_,
                    t.tag_,
                    base + heads[k],
                    deps[k],
                    len(ranges),
                )
            )
        ranges.append((base, base + len(inside)))
    names = tuple(NameSpan(index[e[0].i], index[e[-1].i] + 1, e.label_) for e in doc.ents if e[0].i in index and e[-1].i in index)
    return SyntaxResult(tuple(tokens), tuple(ranges), names)


def _tree(inside: list[Any], base: int, index: dict[int, int]) -> tuple[list[int], list[str]]:
    """Heads (within the sentence, a root is its own) and labels, white space left out, with one root."""
    heads, deps = [], []
    for token in inside:
        head = token.head
        while head.is_space and head.head.i != head.i:
            head = head.head
        heads.append(index[head.i] - base if head.i in index else index[token.i] - base)
        deps.append(token.dep_)
    roots = [k for k, head in enumerate(heads) if head == k]
    root = roots[0] if roots else 0
    heads[root] = root
    for k in roots[1:]:
        heads[k], deps[k] = root, "parataxis"
    deps[root] = "root"
    return heads, deps


def to_ud(heads: list[int], deps: list[str], pos: list[str], lemmas: list[str]) -> tuple[list[int], list[str]]:
    """A ClearNLP tree in UD shape: content words govern, coordination hangs on its first part."""
    heads, deps = list(heads), list(deps)
    for k in range(len(heads)):
        if deps[k] in ("pobj", "pcomp") and deps[heads[k]] in ("prep", "agent", "dative"):
            _raise_object(k, heads, deps, pos)
    for k in range(len(heads)):
        if deps[k] in ("attr", "acomp") and lemmas[heads[k]] == "be":
            _raise_predicate(k, heads, deps)
    _flatten_coordination(heads, deps)
    for k, dep in enumerate(deps):
        if dep == "npadvmod":
            deps[k] = "nmod:unmarked" if pos[heads[k]] in _NOMINAL else "obl:unmarked"
        else:
            deps[k] = _RENAMED.get(dep, dep)
    return heads, deps


def _raise_object(k: int, heads: list[int], deps: list[str], pos: list[str]) -> None:
    """Puts the object of a preposition in the place of the preposition."""
    adposition = heads[k]
    governor, kind, clause = heads[adposition], deps[adposition], deps[k] == "pcomp"
    nominal = pos[governor] in _NOMINAL
    heads[k], heads[adposition] = governor, k
    if kind == "agent":
        deps[k] = "obl:agent"
    elif clause:
        deps[k] = "acl" if nominal else "advcl"
    else:
        deps[k] = "nmod" if nominal else "obl"
    deps[adposition] = "mark" if clause else "case"
    for other, head in enumerate(heads):
        # Further objects and modifiers of the preposition go with its object, so that case stays a leaf.
        if head == adposition:
            heads[other] = k


def _raise_predicate(k: int, heads: list[int], deps: list[str]) -> None:
    """Makes the predicate noun or adjective the head of its clause and "be" its copula."""
    verb = heads[k]
    top = heads[verb] == verb
    for other, head in enumerate(heads):
        if head == verb and other not in (k, verb):
            heads[other] = k
    heads[k], deps[k] = (k, "root") if top else (heads[verb], deps[verb])
    heads[verb], deps[verb] = k, "cop"


def _flatten_coordination(heads: list[int], deps: list[str]) -> None:
    """Hangs all conjuncts on the first and each conjunction on the conjunct that follows it."""
    for k in range(len(heads)):
        if deps[k] in ("cc", "punct"):
            after = [j for j in range(k + 1, len(heads)) if deps[j] == "conj" and heads[j] == heads[k]]
            if after:
                heads[k] = after[0]
    for k in range(len(heads)):
        seen = 0
        while deps[k] == "conj" and deps[heads[k]] == "conj" and seen < len(heads):
            heads[k] = heads[heads[k]]
            seen += 1

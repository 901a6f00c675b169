"""Decoding of the network's scores: one tree with one root per sentence, and well-formed names."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]

_NEVER = -1e9


def best_heads(arcs: Floats) -> Integers:
    """The head of each word 1..n (0 is the root) in the best tree found with exactly one root.

    ``arcs[d, h]`` scores h as the head of d; row 0 is ignored. The greedy choice is kept where it is a
    tree; else the maximum spanning tree is searched, with the best-scoring roots tried one at a time.
    """
    n = arcs.shape[0] - 1
    scores = _log_softmax(arcs.astype(np.float64))
    np.fill_diagonal(scores, _NEVER)
    greedy = _highest(scores)
    if (greedy[1:] == 0).sum() == 1 and not _cycle(greedy):
        return greedy[1:]
    roots = np.argsort(-scores[1:, 0])[: min(n, 3)] + 1
    best, best_score = greedy[1:], _NEVER
    for root in roots:
        limited = scores.copy()
        limited[1:, 0] = _NEVER
        limited[root, :] = _NEVER
        limited[root, 0] = scores[root, 0]
        heads = _spanning_tree(limited)
        score = float(scores[np.arange(1, n + 1), heads[1:]].sum())
        if score > best_score:
            best, best_score = heads[1:], score
    return best


def _highest(scores: NDArray[np.float64]) -> Integers:
    """The best head of each word by itself; the root's own is 0."""
    heads: Integers = scores.argmax(axis=1)
    heads[0] = 0
    return heads


def _log_softmax(arcs: NDArray[np.float64]) -> NDArray[np.float64]:
    """Log probabilities of the heads of each dependent, so that trees compare by their sum."""
    shifted = arcs - arcs.max(axis=1, keepdims=True)
    result: NDArray[np.float64] = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return result


def _cycle(heads: Integers) -> list[int]:
    """The words of some cycle, or an empty list when the heads make a tree below 0."""
    state = [0] * len(heads)
    state[0] = 2
    for start in range(1, len(heads)):
        path, at = [], start
        while state[at] == 0:
            state[at] = 1
            path.append(at)
            at = int(heads[at])
        if state[at] == 1:
            return path[path.index(at) :]
        for node in path:
            state[node] = 2
    return []


def _spanning_tree(scores: NDArray[np.float64]) -> Integers:
    """Chu-Liu/Edmonds: the heads of the maximum arborescence rooted in 0.

    Cycles are contracted one after the other into their own last node; on the way back each contracted
    cycle is broken at the word by which the best outer arc enters it. Iterative, so that a long
    sentence cannot exhaust the stack.
    """
    heads = _highest(scores)
    cycle = _cycle(heads)
    layers: list[tuple[NDArray[np.float64], list[int], Integers, list[int]]] = []
    while cycle:
        outside = [i for i in range(len(heads)) if i not in set(cycle)]
        layers.append((scores, cycle, heads, outside))
        scores = _contract(scores, cycle, heads, outside)
        heads = _highest(scores)
        cycle = _cycle(heads)
    while layers:
        scores, cycle, inner, outside = layers.pop()
        heads = _expand(heads, scores, cycle, inner, outside)
    return heads


def _contract(scores: NDArray[np.float64], cycle: list[int], heads: Integers, outside: list[int]) -> NDArray[np.float64]:
    """The scores with the cycle as one node, the last."""
    small = np.full((len(outside) + 1, len(outside) + 1), _NEVER)
    small[:-1, :-1] = scores[np.ix_(outside, outside)]
    small[:-1, -1] = scores[np.ix_(outside, cycle)].max(axis=1)
    small[-1, :-1] = _entering(scores, cycle, heads, outside).max(axis=0)
    return small


def _entering(scores: NDArray[np.float64], cycle: list[int], heads: Integers, outside: list[int]) -> NDArray[np.float64]:
    """What each arc from outside into each word of the cycle gains over the arc that it replaces."""
    lost = scores[cycle, heads[cycle]]
    gain: NDArray[np.float64] = scores[np.ix_(cycle, outside)] - lost[:, None]
    return gain


def _expand(small: Integers, scores: NDArray[np.float64], cycle: list[int], inner: Integers, outside: list[int]) -> Integers:
    """The heads before the contraction of the cycle, given the heads after it."""
    heads = inner.copy()
    last = len(outside)
    for place, node in enumerate(outside):
        head = int(small[place])
        heads[node] = cycle[int(scores[node, cycle].argmax())] if head == last else outside[head]
    heads[0] = 0
    column = int(small[last])
    entry = cycle[int(_entering(scores, cycle, inner, outside)[:, column].argmax())]
    heads[entry] = outside[column]
    return heads


def best_names(scores: Floats, labels: list[str]) -> list[tuple[int, int, str]]:
    """The names (start, end, label) of the best tag sequence in which each I- goes on a B- or I- of its kind."""
    n, k = scores.shape
    allowed = _transitions(tuple(labels))
    if not scores.argmax(axis=1).any():
        return []
    total = scores[0] + np.where([x.startswith("I-") for x in labels], -1e4, 0.0)
    back = np.zeros((n, k), np.int64)
    for i in range(1, n):
        paths = total[:, None] + allowed
        back[i] = paths.argmax(axis=0)
        total = paths[back[i], np.arange(k)] + scores[i]
    tags = [int(total.argmax())]
    for i in range(n - 1, 0, -1):
        tags.append(int(back[i, tags[-1]]))
    return _spans([labels[t] for t in reversed(tags)])


_ALLOWED: dict[tuple[str, ...], NDArray[np.float64]] = {}


def _transitions(labels: tuple[str, ...]) -> NDArray[np.float64]:
    """0 where a tag may follow another, a large negative number where it may not."""
    if labels not in _ALLOWED:
        table = np.zeros((len(labels), len(labels)))
        for j, after in enumerate(labels):
            if after.startswith("I-"):
                for i, before in enumerate(labels):
                    if before[2:] != after[2:]:
                        table[i, j] = -1e4
        _ALLOWED[labels] = table
    return _ALLOWED[labels]


def _spans(tags: list[str]) -> list[tuple[int, int, str]]:
    """The spans of a well-formed BIO sequence."""
    out: list[tuple[int, int, str]] = []
    for i, tag in enumerate(tags):
        if tag.startswith("B-"):
            out.append((i, i + 1, tag[2:]))
        elif tag.startswith("I-") and out:
            out[-1] = (out[-1][0], i + 1, out[-1][2])
    return out

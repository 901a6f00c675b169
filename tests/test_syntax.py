"""The built-in syntax annotator: offsets, trees, capitals, long and wrapped lines, and the spaCy bridge."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest

from veridical.annotate.spacy_pipeline import SpacyPipeline, result_of, to_ud
from veridical.annotate.syntax import MAX_SENTENCE_PIECES, Syntax, SyntaxResult
from veridical.annotate.syntax_features import apply_script, caseless, lemma_script, shapes_of
from veridical.annotate.syntax_tokens import paragraphs, sentences, words
from veridical.annotate.syntax_trees import best_heads, best_names
from veridical.errors import SettingsError
from veridical.model import Token

NEWS = """Two gunmen killed by police near Diyarbakır

The attackers, who arrived in a white van, opened fire on the headquarters of the People’s Unity Party (PUP) in \
İzmir on March 3, 2016, killing four guards and wounding at least 11 passers-by, governor Şükrü Gökçe said.

“We won’t forget them,” said Nadia al-Khatib, the party’s spokeswoman. She didn’t elaborate…"""


@pytest.fixture(scope="module")
def syntax() -> Syntax:
    """One loaded annotator for all tests."""
    return Syntax()


def check(text: str, result: SyntaxResult) -> None:
    """Everything that must hold of any result."""
    end = 0
    for i, token in enumerate(result.tokens):
        assert token.i == i
        assert text[token.start : token.end] == token.text
        assert token.text.strip() == token.text and token.text
        assert token.lemma
        assert token.start >= end
        end = token.end
    covered = "".join(t.text for t in result.tokens)
    assert "".join(covered.split()) == "".join(text.split())
    at = 0
    for number, (begin, stop) in enumerate(result.sentences):
        assert begin == at and stop > begin
        at = stop
        inside = result.tokens[begin:stop]
        roots = [t for t in inside if t.head == t.i]
        assert len(roots) == 1 and roots[0].dep == "root"
        assert all(t.sent == number and begin <= t.head < stop for t in inside)
        assert sum(t.dep == "root" for t in inside) == 1
        for token in inside:
            at_token, seen = token, 0
            while at_token.head != at_token.i:
                at_token, seen = result.tokens[at_token.head], seen + 1
                assert seen <= len(inside)
    assert at == len(result.tokens)
    for name in result.names:
        assert 0 <= name.start < name.end <= len(result.tokens) and name.label


def word(result: SyntaxResult, text: str) -> Token:
    """The first token with that text."""
    return next(t for t in result.tokens if t.text == text)


def cut(text: str) -> list[list[str]]:
    """The words of each sentence."""
    return [[text[a:b] for a, b in words(text, s, e)] for p in paragraphs(text) for s, e in sentences(text, *p)]


def test_offsets_and_trees(syntax: Syntax) -> None:
    result = syntax(NEWS)
    check(NEWS, result)
    assert len(result.sentences) == 4


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n\n \t",
        "x",
        ".",
        "…",
        "\u200b",
        "a\u0301b",
        "😀 🏴‍☠️ boom",
        "a\x00b",
        "\ufeffPolice said",
        "one\u00a0two\u2003three",
        "((((",
        "ﬁre",
        "İ",
    ],
)
def test_odd_texts(syntax: Syntax, text: str) -> None:
    check(text, syntax(text))


def test_diacritics_quotes_and_clitics(syntax: Syntax) -> None:
    result = syntax(NEWS)
    forms = {t.text for t in result.tokens}
    assert {"Diyarbakır", "İzmir", "Şükrü", "’s", "n’t", "“", "”", "al", "Khatib"} <= forms
    assert word(result, "n’t").lemma == "not"
    labels = {" ".join(t.text for t in result.tokens[n.start : n.end]): n.label for n in result.names}
    assert labels["Şükrü Gökçe"] == "PERSON"
    assert labels["İzmir"] == "GPE"


def test_passive_and_agent(syntax: Syntax) -> None:
    result = syntax("Three mayors were kidnapped by armed men in the northern province on Tuesday.")
    verb = word(result, "kidnapped")
    assert (verb.dep, verb.lemma, verb.pos) == ("root", "kidnap", "VERB")
    assert (word(result, "mayors").head, word(result, "mayors").dep) == (verb.i, "nsubj:pass")
    assert (word(result, "men").head, word(result, "men").dep) == (verb.i, "obl:agent")


def test_capitals_read_like_lower_case(syntax: Syntax) -> None:
    text = "Guerrillas of the National Front attacked the power station in San Miguel, killing two soldiers."
    plain, capitals = syntax(text), syntax(text.upper())
    check(text.upper(), capitals)
    same = sum(a.head == b.head and a.dep == b.dep for a, b in zip(plain.tokens, capitals.tokens, strict=True))
    assert same >= len(plain.tokens) - 2
    assert word(capitals, "ATTACKED").lemma == "attack"
    assert any(n.label == "GPE" and capitals.tokens[n.start].text == "SAN" for n in capitals.names)


def test_wrapped_lines_are_one_sentence() -> None:
    text = (
        "   The armed forces press committee reported today that about fifty\n"
        "peasants of various ages had been kidnapped by members of the rebel\n"
        "front in the eastern department of the country.\n\n"
        "   Meanwhile three fighters were killed and seven others were wounded\n"
        "during clashes yesterday in the north of the department.\n"
    )
    assert [len(s) for s in cut(text)] == [31, 20]


def test_unwrapped_lines_are_sentences_apart() -> None:
    text = (
        "Bomb kills ten in market\nBy our correspondent\nA bomb hidden in a cart killed ten people in a crowded "
        "market on Monday and wounded many more, police and doctors at the scene told reporters.\nNo group spoke."
    )
    assert [s[0] for s in cut(text)] == ["Bomb", "By", "A", "No"]


def test_sentences_with_abbreviations_and_quotes() -> None:
    text = (
        "Lt. Col. Ruiz met Gen. Soto in the U.S. embassy at 5 p.m. Monday. He told reporters: “We fled the place. "
        "They shot at us as we ran to the car.” Then he left."
    )
    assert [s[0] for s in cut(text)] == ["Lt.", "He", "They", "Then"]


def test_words_as_treebanks_cut_them() -> None:
    (found,) = cut("The U.S.-led anti-tank unit's M-16 and al-Shabaab's e-mail can't reach law no. 6136 or LGBTI+ people.")
    assert found == [
        "The",
        "U.S.",
        "-",
        "led",
        "anti-tank",
        "unit",
        "'s",
        "M-16",
        "and",
        "al",
        "-",
        "Shabaab",
        "'s",
        "e-mail",
        "ca",
        "n't",
        "reach",
        "law",
        "no.",
        "6136",
        "or",
        "LGBTI+",
        "people",
        ".",
    ]


def test_a_long_line_is_cut_and_stays_fast(syntax: Syntax) -> None:
    text = "and the soldiers fired on them " * 300 + "x" * 3000
    begun = time.monotonic()
    result = syntax(text)
    check(text, result)
    assert time.monotonic() - begun < 30
    assert all(b - a <= MAX_SENTENCE_PIECES for a, b in result.sentences)


def test_same_result_alone_and_among_others(syntax: Syntax) -> None:
    """Quantised activations share a scale within a batch, so scores may move a little, trees hardly."""
    first = "The court sentenced the two men to life in prison."
    alone, among = syntax(first), syntax(first + "\n\n" + NEWS)
    same = sum(a.head == b.head and a.dep == b.dep for a, b in zip(alone.tokens, among.tokens, strict=False))
    assert same >= len(alone.tokens) - 1
    assert syntax(NEWS) == syntax(NEWS)


def test_missing_model_says_the_mend(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="install"):
        Syntax(model_dir=tmp_path)("Police said so.")


def test_missing_pipeline_says_the_mend() -> None:
    with pytest.raises(SettingsError, match="spacy download"):
        SpacyPipeline("no_such_pipeline")("Police said so.")


def test_cycles_and_roots_are_mended() -> None:
    arcs = np.full((4, 4), -5.0, np.float32)
    arcs[1, 2] = arcs[2, 1] = 5.0
    arcs[3, 2] = 4.0
    arcs[1, 0] = 1.0
    arcs[2, 0] = 0.5
    assert list(best_heads(arcs)) == [0, 1, 2]
    arcs[:, 0] = 9.0
    assert sorted(best_heads(arcs)).count(0) == 1


def test_trees_of_random_scores_are_trees() -> None:
    rng = np.random.default_rng(3)
    for size in (1, 2, 3, 8, 40):
        for _ in range(20):
            heads = best_heads(rng.normal(size=(size + 1, size + 1)).astype(np.float32))
            assert (heads == 0).sum() == 1
            for k in range(size):
                at, steps = k + 1, 0
                while at:
                    at, steps = int(heads[at - 1]), steps + 1
                    assert steps <= size


def test_names_are_well_formed() -> None:
    labels = ["O", "B-ORG", "I-ORG", "B-GPE", "I-GPE"]
    scores = np.zeros((3, 5), np.float32)
    scores[0, 1] = scores[2, 0] = 3.0
    scores[1, 4], scores[1, 2] = 2.0, 1.9
    assert best_names(scores, labels) == [(0, 2, "ORG")]


def test_lemma_scripts() -> None:
    for form, lemma in (("bombings", "bombing"), ("killed", "kill"), ("Cities", "city"), ("Ankara", "Ankara")):
        script = lemma_script(form, lemma, form == "Ankara")
        assert script and apply_script(form, script) == lemma
    assert lemma_script("went", "go", False) is None


def test_shapes() -> None:
    assert caseless(["THE", "PKK", "SAID", "THAT", "MEN"])
    assert not caseless(["The", "PKK", "said", "so"])
    assert len(set(shapes_of(["THE", "MEN", "DIED"], known=False))) == 1


def test_clear_nlp_becomes_ud() -> None:
    # "He was killed by rebels , bombs and guns of war": prepositions govern in ClearNLP.
    heads = [2, 2, 2, 2, 3, 4, 4, 4, 7, 7, 9]
    deps = ["nsubjpass", "auxpass", "ROOT", "agent", "pobj", "punct", "conj", "cc", "conj", "prep", "pobj"]
    deps[6], heads[7], heads[8], heads[9], deps[9], deps[10] = "conj", 6, 6, 8, "prep", "pobj"
    pos = ["PRON", "AUX", "VERB", "ADP", "NOUN", "PUNCT", "NOUN", "CCONJ", "NOUN", "ADP", "NOUN"]
    heads, deps = to_ud(heads, deps, pos, [""] * 11)
    assert (heads[4], deps[4]) == (2, "obl:agent") and (heads[3], deps[3]) == (4, "case")
    assert (heads[8], deps[8]) == (4, "conj") and heads[7] == 8
    assert (heads[10], deps[10]) == (8, "nmod") and deps[0] == "nsubj:pass"


def test_a_spacy_document_becomes_a_result() -> None:
    import spacy
    from spacy.tokens import Doc, Span

    words_ = ["Rebels", " ", "fired", "at", "troops", "."]
    doc = Doc(
        spacy.blank("en").vocab,
        words=words_,
        spaces=[True, False, True, True, False, False],
        heads=[2, 0, 2, 2, 3, 2],
        deps=["nsubj", "dep", "ROOT", "prep", "pobj", "punct"],
        pos=["NOUN", "SPACE", "VERB", "ADP", "NOUN", "PUNCT"],
        lemmas=["rebel", " ", "fire", "at", "troops", "."],
    )
    doc.set_ents([Span(doc, 4, 5, label="ORG")])
    result = result_of(doc, clear=True)
    check(doc.text, result)
    assert [(t.text, t.head, t.dep) for t in result.tokens] == [
        ("Rebels", 1, "nsubj"),
        ("fired", 1, "root"),
        ("at", 3, "case"),
        ("troops", 1, "obl"),
        (".", 1, "punct"),
    ]
    assert [(n.start, n.end, n.label) for n in result.names] == [(3, 4, "ORG")]


def test_copulas_of_clear_nlp() -> None:
    heads, deps = to_ud(
        [1, 1, 3, 1], ["nsubj", "ROOT", "det", "attr"], ["PRON", "AUX", "DET", "NOUN"], ["he", "be", "a", "mayor"]
    )
    assert (heads, deps) == ([3, 3, 3, 3], ["nsubj", "cop", "det", "root"])

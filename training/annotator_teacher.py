"""Adds silver names to prepared sentences. Runs in the teacher's own environment (see README.md).

The teacher (spaCy 2.3 with en-core-web-sm 2.2.5) is given our words, so that its names need no alignment.
``python annotator_teacher.py IN.jsonl OUT.jsonl`` adds ``names`` (BIO tags) to every row.
"""

from __future__ import annotations

import json
import sys
import warnings


def main(source: str, target: str) -> None:
    """Reads rows, tags their ``teacher_words`` or ``words``, writes the rows with ``names``."""
    warnings.filterwarnings("ignore")
    import en_core_web_sm
    from spacy.tokens import Doc

    nlp = en_core_web_sm.load(disable=["parser", "tagger"])
    with open(source, encoding="utf-8") as lines, open(target, "w", encoding="utf-8") as out:
        for line in lines:
            row = json.loads(line)
            doc = Doc(nlp.vocab, words=[plain(w) for w in row.get("teacher_words", row["words"])])
            for _, component in nlp.pipeline:
                doc = component(doc)
            row["names"] = [t.ent_iob_ if t.ent_iob_ == "O" else f"{t.ent_iob_}-{t.ent_type_}" for t in doc]
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def plain(word: str) -> str:
    """The word with straight quotation marks, which are what the teacher learned from."""
    return word.replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"') or "_"


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])

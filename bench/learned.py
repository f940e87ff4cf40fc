"""Would a learned model do better than the rules? Titles judged by one that never saw their site, and by the rules.

  PEERS/bin/python bench/learned.py TITLES RULES    RULES: what ``gongkai classify < TITLES`` wrote

The model (character n-grams of title and column, a linear classifier) is trained anew for each tenth of the sites on the others.
The rules were written with these rows in sight, so their own rate is no rate on unseen sites; what counts is whether the
model could mend what they are unsure of.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.model_selection import GroupKFold
from sklearn.pipeline import make_pipeline
from sklearn.svm import LinearSVC

THRESHOLD = 0.8


def main() -> int:
    """See the module."""
    rows = [json.loads(x) for x in Path(sys.argv[1]).read_text("utf-8").splitlines()]
    ruled = [json.loads(x)["categories"][0] for x in Path(sys.argv[2]).read_text("utf-8").splitlines()]
    texts = np.array([f"{r['title']} ｜ {' '.join(r.get('column') or ())}" for r in rows], dtype=object)
    wanted = np.array([r["category"] for r in rows], dtype=object)
    sites = np.array([r["site"] for r in rows], dtype=object)
    right = [{r["category"], *(r.get("category_also") or [])} for r in rows]
    learned: list[str] = [""] * len(rows)
    for train, test in GroupKFold(10).split(texts, wanted, sites):
        model = make_pipeline(TfidfVectorizer(analyzer="char", ngram_range=(1, 4), sublinear_tf=True, min_df=1), LinearSVC())
        model.fit(texts[train], wanted[train])
        for k, name in zip(test, model.predict(texts[test]), strict=True):
            learned[k] = str(name)
    both = [r["id"] if r["score"] >= THRESHOLD else name for r, name in zip(ruled, learned, strict=True)]
    hard = [bool(r.get("hard")) for r in rows]
    print(f"{len(rows)} titles of {len(set(sites))} sites: exact, and exact on the {sum(hard)} hard ones")
    for name, got in (("learned, sites held out", learned), ("rules, rows in sight", [r["id"] for r in ruled]),
                      (f"rules, learned where they are below {THRESHOLD}", both)):
        ok = [g in w for g, w in zip(got, right, strict=True)]
        print(f"{name:44}{sum(ok) / len(ok):.3f}  {sum(o for o, h in zip(ok, hard, strict=True) if h) / sum(hard):.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

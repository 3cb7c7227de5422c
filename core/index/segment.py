"""Text into search terms, the same way for passages and for questions.

Text is folded first, so that Traditional and Simplified, full-width and half-width, upper and lower case
meet. A run of ideographs becomes the pairs of its neighbours: no dictionary to carry, and none to be wrong
about names and new words. Latin words are taken whole, without a stemmer; codes as a whole and in their
parts; numbers in one spelling (``core.index.numerals``). Question words stay in the index and are left out
of questions (``core.index.query``).

Measured with words alone among 6,306 contexts, dev parts, recall@1 / @5 and processor milliseconds a query
(``python -m bench.retrieval --segmentations``, results in bench/results/retrieval.md):

    terms                           CMRC 2018      DRCD (trad.)   XQuAD en       TAT-QA         ms
    pairs (chosen)                  0.949 / 0.981  0.912 / 0.977  0.929 / 0.981  0.551 / 0.759  1.4
    pairs, question words kept      0.925 / 0.977  0.910 / 0.975  0.891 / 0.981  0.412 / 0.616  2.3
    pairs, Porter stemmer           0.949 / 0.981  0.912 / 0.977  0.955 / 1.000  0.523 / 0.745  1.4
    single characters               0.905 / 0.975  0.852 / 0.961  0.929 / 0.981  0.556 / 0.759  7.3
    pairs and single characters     0.950 / 0.987  0.912 / 0.988  0.936 / 0.981  0.546 / 0.755  8.7
    FTS5 trigram                    0.864 / 0.923  0.859 / 0.938  0.955 / 0.994  0.352 / 0.537  4.6
    FTS5 unicode61, split at blanks 0.014 / 0.018  0.000 / 0.000  0.904 / 0.962  0.338 / 0.583  0.5

Single characters beside the pairs find one question more in a hundred for five times the work; the vectors
find those anyway. The stemmer helps prose and hurts financial text, where "other" words are names of figures.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from core.documents.fold import fold
from core.index.numerals import number_terms, plain_number

SEGMENTATION = "1"  # raise it whenever the terms of a text change: libraries rebuild their word index

_WIDE = (  # ideographs, kana, hangul: written without blanks
    r"\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
    r"\U00020000-\U0003ffff"
)
# The ranges hold places where no character is (yet): the word index takes those for gaps, and so must we.
_RUN = re.compile(rf"((?:(?=\w)[{_WIDE}])+)|[^\W_{_WIDE}]+(?:[-./_'’,][^\W_{_WIDE}]+)*")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_BETWEEN_COMMAS = re.compile(r"[^,]+")
_JOINER = re.compile(r"[-_/]")
_BORDER = re.compile(r"(?<=[^\W\d])(?=\d)|(?<=\d)(?=[^\W\d])")
_LONGEST_TERM = 64  # longer runs are keys or encoded data that nobody asks for word by word


def segment(text: str) -> str:
    """The search terms of a text, separated by blanks.

    Every term consists of letters, digits and ``. - _ %`` only, as the word index's tokenizer expects.
    """
    return " ".join(terms(text))


def terms(text: str) -> Iterator[str]:
    """The search terms of a text, in reading order, number terms last; see the module's docstring."""
    folded = fold(text)
    for match in _RUN.finditer(folded):
        if match[1] is not None:
            yield from wide_terms(match[1])
        else:
            yield from _narrow_terms(match[0], text[match.start() : match.end()])
    yield from number_terms(folded)


def wide_terms(run: str) -> Iterator[str]:
    """Pairs of neighbouring characters; a character that stands alone is a term by itself."""
    if len(run) == 1:
        yield run
    for first, second in pairwise(run):
        yield first + second


def _narrow_terms(folded: str, original: str) -> Iterator[str]:
    """A run with commas is one number or several words."""
    if "," not in folded or plain_number(folded) is not None:
        yield from _word_terms(folded, original)
        return
    for piece in _BETWEEN_COMMAS.finditer(folded):
        yield from _word_terms(piece[0], original[piece.start() : piece.end()])


def _word_terms(folded: str, original: str) -> Iterator[str]:
    """A word or code as a whole without its joiners (``iso27001``), then what it is made of, each once."""
    number = plain_number(folded)
    if number is not None:
        yield number
        return
    parts = _JOINER.split(_plain(folded))
    borders = [piece.strip(".") for part in parts for piece in _BORDER.split(part)]
    humps = [_plain(hump.lower()) for hump in _HUMP.split(original)]
    found = ["".join(parts), *parts, *borders, *(humps if len(humps) > 1 else ())]
    yield from dict.fromkeys(term[:_LONGEST_TERM] for term in found if term)


def _plain(word: str) -> str:
    """Without accents, possessive and apostrophes."""
    word = re.sub(r"['’]s$", "", word).replace("'", "").replace("’", "")
    if word.isascii():
        return word
    decomposed = unicodedata.normalize("NFKD", word)
    return "".join(char for char in decomposed if char.isalnum() or char in ".-_/%").lower()

"""One other segmenter, spoken to as Sources/Boundaries is: `peers.py METHOD LANGUAGE FILE.jsonl BYTES`, one pass a line on
standard input. Each is called the way its own documentation calls it, on a whole article.
"""

import json
import sys
import time


def open_method(name, language):
    if name == "blingfire":
        import blingfire

        return lambda text: len(blingfire.text_to_sentences(text).split("\n"))
    if name == "sentencex":
        import sentencex

        return lambda text: len(list(sentencex.segment(language, text)))
    if name == "pysbd":
        import pysbd

        segmenter = pysbd.Segmenter(language=language, clean=False)
        return lambda text: len(segmenter.segment(text))
    if name == "nupunkt":
        import nupunkt

        return lambda text: len(nupunkt.sent_tokenize(text))
    if name == "spacy":
        import spacy

        pipeline = spacy.blank(language)
        pipeline.add_pipe("sentencizer")
        pipeline.max_length = 1 << 30
        return lambda text: sum(1 for _ in pipeline(text).sents)
    if name == "pyicu":
        import icu

        iterator = icu.BreakIterator.createSentenceInstance(icu.Locale(language))

        def count(text):
            iterator.setText(text)
            return sum(1 for _ in iterator)

        return count
    raise SystemExit(f"no method {name}")


def main():
    name, language, path, limit = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
    texts, total = [], 0
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            texts.append(json.loads(line)["text"])
            total += len(texts[-1].encode())
            if total >= limit:
                break
    count = open_method(name, language)
    count(texts[0])
    for _ in sys.stdin:
        begun = time.thread_time()
        found = sum(count(text) for text in texts)
        print(time.thread_time() - begun, found, total, flush=True)


if __name__ == "__main__":
    main()

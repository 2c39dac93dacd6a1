"""A whole build as a Python script would do it: reads articles, segments them, and writes the records that docs/FORMAT.md
asks for, sorted by doc_id, with IDs and digests. What a person would write with the best parts at hand: orjson, hashlib,
and one of the segmenters.

    writers.py sentencex|blingfire|datatrove IN.jsonl OUT_FOLDER [--jobs N] [--limit BYTES]

The records are those of kalimat but for where their boundaries are.
"""

import argparse
import base64
import hashlib
import itertools
import multiprocessing
import os
import pathlib

import orjson


def digits(digest):
    return base64.b32hexencode(digest[:10]).decode().lower()


def segmenter(name):
    if name == "sentencex":
        import sentencex

        return lambda text, language: list(sentencex.segment(language, text))
    if name == "blingfire":
        import blingfire

        return lambda text, language: blingfire.text_to_sentences(text).split("\n")
    if name == "datatrove":
        from datatrove.utils.text import split_into_sentences
        from datatrove.utils.typeshelper import Languages

        known = {"en": Languages.english, "id": Languages.indonesian, "zh": Languages.mandarin_chinese,
                 "ja": Languages.japanese, "de": Languages.german, "fr": Languages.french, "es": Languages.spanish,
                 "ru": Languages.russian}
        return lambda text, language: split_into_sentences(text, known[language])
    raise SystemExit(f"no segmenter {name}")


def records(article, segment):
    """The doc_id, and the lines of data/ and documents/."""
    text, language = article["text"], article["lang"]
    encoded = text.encode()
    key = article["id"]
    doc = "d" + digits(hashlib.sha256(b"kalimat-doc-1\0id\0" + key.encode()).digest())
    start_of_id = b"kalimat-sent-1\0" + doc.encode() + b"\0"
    lines, seen = [], {}
    here = sequence = paragraph = 0
    pieces = []
    for part in text.split("\n"):
        if part.strip():
            for sentence in segment(part, language):
                sentence = sentence.strip()
                at = text.find(sentence, here)
                if sentence and at >= 0:
                    pieces.append((at, at + len(sentence), paragraph))
                    here = at + len(sentence)
            paragraph += 1
    for sequence, (start, end, paragraph) in enumerate(pieces):
        raw = text[start:end]
        said = " ".join(raw.split())
        ordinal = seen.get(said, 0)
        seen[said] = ordinal + 1
        digest = hashlib.sha256(start_of_id + b"%d\0" % ordinal + said.encode()).digest()
        last = sequence + 1 == len(pieces)
        after = len(text) if last else pieces[sequence + 1][0]
        lines.append(orjson.dumps({
            "id": "s" + doc[1:5] + digits(digest), "text": said, "doc_id": doc, "seq": sequence, "para": paragraph,
            "kind": "body", "lang": language, "raw": "" if raw == said else raw, "sep": text[end:after],
            "start": start, "end": end, "rule": "text-end" if last else "icu",
        }))
    document = orjson.dumps({
        "doc_id": doc, "key_kind": "id", "key": key, "path": "", "record": 0, "title": "", "url": "", "lang": language,
        "lang_score": 0, "published": "", "license": "", "split": "train", "bytes": len(encoded), "chars": len(text),
        "sentences": len(pieces), "rejected": 0, "sha256": hashlib.sha256(encoded).hexdigest(),
        "lead": text[:pieces[0][0]] if pieces else text, "meta": {},
    })
    return doc, b"\n".join(lines) + b"\n", document + b"\n"


SEGMENT = None


def begin(name):
    global SEGMENT
    SEGMENT = segmenter(name)


def build(lines):
    return [records(orjson.loads(line), SEGMENT) for line in lines]


def batches(path, limit, digest):
    read = 0
    with open(path, "rb") as file:
        while batch := file.readlines(1 << 20):
            for line in batch:
                digest.update(line)
                read += len(line)
            yield batch
            if read >= limit:
                return


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("segmenter")
    parser.add_argument("input")
    parser.add_argument("output", type=pathlib.Path)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--limit", type=int, default=1 << 62)
    arguments = parser.parse_args()
    arguments.output.mkdir(parents=True)
    digest = hashlib.sha256()
    source = batches(arguments.input, arguments.limit, digest)
    if arguments.jobs > 1:
        with multiprocessing.Pool(arguments.jobs, begin, (arguments.segmenter,)) as workers:
            articles = list(itertools.chain.from_iterable(workers.imap(build, source)))
    else:
        begin(arguments.segmenter)
        articles = list(itertools.chain.from_iterable(map(build, source)))
    articles.sort()
    for name, column in (("data", 1), ("documents", 2)):
        digest = hashlib.sha256()
        with open(arguments.output / f"{name}.jsonl", "wb") as out:
            for article in articles:
                digest.update(article[column])
                out.write(article[column])
            out.flush()
            os.fsync(out.fileno())


if __name__ == "__main__":
    main()

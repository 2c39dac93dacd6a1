"""Articles of many languages, of any size, to build whole datasets from: paragraphs that corpus.py's chain writes, drawn at
random from a pool of so many megabytes, so that neither a compressor's window nor branch prediction sees a text again soon.

    python3 Benchmarks/articles.py --bytes 100000000 out.jsonl
"""

import argparse
import json
import pathlib
import random

import corpus

LANGUAGES = ["en", "id", "zh", "ja", "de", "fr", "es", "ru"]


def pool(language, size, generator):
    """Paragraphs as JSON strings without their quotes."""
    unspaced = language in corpus.UNSPACED
    paths = sorted((pathlib.Path(__file__).parent.parent / "Corpus").glob(f"{language}-*.txt"))
    follows = corpus.learn(paths, unspaced)
    made, total = [], 0
    while total < size:
        for paragraph in corpus.article(follows, unspaced, 20_000, generator.choice).split("\n"):
            if paragraph:
                made.append(json.dumps(paragraph, ensure_ascii=False)[1:-1].encode())
                total += len(made[-1])
    return made


def write(path, size, pool_size, seed=20251104):
    generator = random.Random(seed)
    pools = [(language, pool(language, pool_size // len(LANGUAGES), generator)) for language in LANGUAGES]
    written = number = 0
    with open(path, "wb") as out:
        while written < size:
            language, paragraphs = pools[int(generator.random() * len(pools))]
            wanted = min(60_000, max(300, int(generator.lognormvariate(8.0, 0.8))))
            parts, length = [], 0
            while length < wanted:
                parts.append(paragraphs[int(generator.random() * len(paragraphs))])
                length += len(parts[-1])
            line = b'{"id": "%s-%d", "lang": "%s", "text": "%s"}\n' % (
                language.encode(), number, language.encode(), b"\\n".join(parts))
            written += out.write(line)
            number += 1


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bytes", type=int, required=True)
    parser.add_argument("--pool", type=int, default=16_000_000)
    parser.add_argument("output", type=pathlib.Path)
    arguments = parser.parse_args()
    write(arguments.output, arguments.bytes, arguments.pool)


if __name__ == "__main__":
    main()

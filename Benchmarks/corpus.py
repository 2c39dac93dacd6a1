"""Articles to measure on, made on the spot: varied, because one small text repeated flatters branch prediction and
compression. A chain of words (of two characters running, where words are not written apart) learned from Corpus/ or from
--texts writes articles that have the lengths, punctuation and paragraphs of what it learned from.

    python3 Benchmarks/corpus.py --language id --bytes 10000000 out.jsonl
"""

import argparse
import collections
import json
import pathlib
import random

UNSPACED = {"zh", "ja", "th"}
END = "\0"


def tokens(text, unspaced):
    for line in text.split("\n"):
        if line.strip():
            yield from line if unspaced else line.split()
            yield "\n"
    yield END


def paragraphs(text):
    """The text with a paragraph a line; in a hard-wrapped one, blank lines part them."""
    if max(map(len, text.split("\n"))) > 100:
        return text
    return "\n".join(" ".join(part.split("\n")) for part in text.split("\n\n"))


def learn(paths, unspaced):
    """What follows each token; for characters each two of them."""
    follows = collections.defaultdict(list)
    for path in paths:
        state = (END, END)
        for token in tokens(paragraphs(path.read_text(encoding="utf-8")), unspaced):
            follows[state].append(token)
            state = (state[1] if unspaced else END, token)
            if token == END:
                break
    return follows


def article(follows, unspaced, length, pick):
    state, parts, size = (END, END), [], 0
    while size < length:
        token = pick(follows[state])
        if token == END:
            state = (END, END)
            token = "\n"
        else:
            state = (state[1] if unspaced else END, token)
        parts.append(token)
        size += len(token) + 1
    text = "".join(parts) if unspaced else " ".join(parts).replace(" \n ", "\n").replace("\n ", "\n")
    return text.strip() + "\n"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--language", required=True)
    parser.add_argument("--bytes", type=int, required=True)
    parser.add_argument("--texts", default=pathlib.Path(__file__).parent.parent / "Corpus", type=pathlib.Path)
    parser.add_argument("output", type=pathlib.Path)
    arguments = parser.parse_args()
    unspaced = arguments.language in UNSPACED
    paths = sorted(arguments.texts.glob(f"{arguments.language}-*.txt"))
    if not paths:
        raise SystemExit(f"{arguments.texts} has no {arguments.language}-*.txt")
    follows = learn(paths, unspaced)
    generator = random.Random(20251104)
    written = 0
    with arguments.output.open("w", encoding="utf-8") as out:
        number = 0
        while written < arguments.bytes:
            length = int(generator.lognormvariate(8.0, 0.7)) // (3 if unspaced else 1)
            text = article(follows, unspaced, max(200, length), generator.choice)
            out.write(json.dumps({"id": f"{arguments.language}-{number}", "text": text}, ensure_ascii=False) + "\n")
            written += len(text.encode())
            number += 1


if __name__ == "__main__":
    main()

"""Near-duplicates that kalimat finds beside the exact Jaccard similarity: python3 Evaluation/duplicates.py [PROGRAM]

Makes families of articles out of the sentences of Corpus/: one original, and copies with some of its sentences left out,
changed or put in from elsewhere. The dataset's sentences are cut into shingles here again (docs/CURATION.md, "Duplicates"),
every pair of a family and a sample of all others is compared exactly, and the list is judged by that: how often what should
be in it is, how often what is in it should be, and how far its percentages are from the truth.
"""

import gzip
import json
import math
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
PROGRAM = sys.argv[1] if len(sys.argv) > 1 else str(ROOT / ".build/release/kalimat")
FAMILIES, COPIES, THRESHOLD = 120, 12, 0.8

GAP = re.compile(
    "[\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\x9f\xa0-\xa9\xab-\xb1\xb4\xb6-\xb8\xbb-\xbf\xd7\xf7\u060c\u061b\u061f\u06d4\u0964\u0965"
    "\u1361-\u1368\u1680\u17d4-\u17da\u2000-\u206f\u2e00-\u2e7f\u3000-\u3004\u3008-\u3020\ufe30-\ufe6f\uff01-\uff0f"
    "\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65]")
CHARACTER = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
WORD = re.compile(f"(?:(?!{GAP.pattern})(?:{CHARACTER.pattern}|(?:(?!{GAP.pattern}|{CHARACTER.pattern}).)+))", re.S)


def shingles(sentences: list[str]) -> set:
    words = [word for sentence in sentences for word in WORD.findall(sentence)]
    found = set()
    for first, word in enumerate(words):
        length = 9 if CHARACTER.fullmatch(word) else 5
        if first and first + length > len(words):
            break
        found.add(tuple(words[first:first + length]))
    return found


def jaccard(a: set, b: set) -> float:
    return len(a & b) / len(a | b) if a or b else 0.0


def write_articles(file: pathlib.Path, sentences: list[str], rng: random.Random) -> None:
    with open(file, "w", encoding="utf-8") as out:
        for family in range(FAMILIES):
            original = rng.sample(sentences, rng.randint(8, 40))
            for copy in range(COPIES):
                text = list(original)
                for _ in range(0 if copy == 0 else rng.randint(0, len(original) // 3)):
                    place = rng.randrange(len(text))
                    deed = rng.random()
                    if deed < 0.3 and len(text) > 3:
                        del text[place]
                    elif deed < 0.6:
                        text.insert(place, rng.choice(sentences))
                    else:
                        words = text[place].split()
                        words[rng.randrange(len(words))] = f"kata{rng.randrange(10**6)}"
                        text[place] = " ".join(words)
                row = {"id": f"{family}-{copy}", "text": "\n".join(text), "lang": "id"}
                out.write(json.dumps(row, ensure_ascii=False) + "\n")


def rows(dataset: pathlib.Path, kind: str):
    for shard in sorted((dataset / kind).glob("*.gz")):
        with gzip.open(shard, "rt", encoding="utf-8", newline="\n") as file:
            yield from map(json.loads, file)


def run(*arguments: str) -> float:
    start = time.monotonic()
    subprocess.run([PROGRAM, *arguments, "--quiet"], check=True)
    return time.monotonic() - start


def main() -> None:
    rng = random.Random(20261123)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        run("build", str(ROOT / "Corpus"), "--output", f"{folder}/corpus")
        sentences = [row["text"] for row in rows(folder / "corpus", "data") if len(row["text"]) > 30]
        write_articles(folder / "articles.jsonl", sentences, rng)
        run("build", f"{folder}/articles.jsonl", "--output", f"{folder}/dataset", "--leftovers", "off", "--paragraphs", "lines")
        run("duplicates", f"{folder}/dataset", "--find", "near", "--threshold", "0.7", "--output", f"{folder}/low")
        run("duplicates", f"{folder}/dataset", "--find", "near", "--threshold", str(THRESHOLD), "--output", f"{folder}/list")
        keys = {row["doc_id"]: row["key"] for row in rows(folder / "dataset", "documents")}
        texts: dict[str, list[str]] = {}
        for row in rows(folder / "dataset", "data"):
            texts.setdefault(row["doc_id"], []).append(row["text"])
        sets = {document: shingles(found) for document, found in texts.items()}
        read = lambda file: [line.split("\t") for line in (folder / file).read_text().splitlines() if line[0] not in "#-"]
        listed = {row[0]: (row[2], int(row[3])) for row in read("list")}
        errors = [int(percent) / 100 - jaccard(sets[a], sets[b]) for a, _, b, percent in read("low")]

        # What the stated rule gives with exact similarities: in the order of doc_ids, near to a lower one that stays.
        families: dict[str, list[str]] = {}
        for document in sorted(sets):
            families.setdefault(keys[document].split("-")[0], []).append(document)
        exact: dict[str, str] = {}
        pairs = clear = 0
        for members in families.values():
            kept: list[str] = []
            for document in members:
                near = next((other for other in kept if jaccard(sets[document], sets[other]) >= THRESHOLD), None)
                if near is None:
                    kept.append(document)
                else:
                    exact[document] = near
        # Of the pairs of a kept and a dropped article that are clearly over the threshold, those that were missed.
        missed = []
        for members in families.values():
            for index, document in enumerate(members):
                for other in members[:index]:
                    pairs += 1
                    if jaccard(sets[document], sets[other]) >= THRESHOLD + 0.05 and other not in listed:
                        clear += 1
                        if document not in listed:
                            missed.append((document, other))
        strangers = list(sets)
        far = max(jaccard(sets[a], sets[b]) for a, b in (rng.sample(strangers, 2) for _ in range(20000))
                  if keys[a].split("-")[0] != keys[b].split("-")[0])
        right = sum(jaccard(sets[a], sets[b]) >= THRESHOLD for a, (b, _) in listed.items())
        least = min((jaccard(sets[a], sets[b]) for a, (b, _) in listed.items()), default=1)
        print(f"{len(sets)} articles, {pairs} pairs in {FAMILIES} families; two of different families share at most {far:.3f}")
        print(f"listed {len(listed)}, by exact similarity {len(exact)}, both {len(listed.keys() & exact.keys())}")
        print(f"listed with an exact similarity of {THRESHOLD} or more {right} ({right / max(len(listed), 1):.4f}), the least {least:.3f}")
        print(f"pairs of {THRESHOLD + 0.05:.2f} or more with a kept article {clear}, of them not listed {len(missed)}")
        rms = math.sqrt(sum(error * error for error in errors) / max(len(errors), 1))
        print(f"estimates {len(errors)}: root mean square error {rms:.4f}, mean {sum(errors) / max(len(errors), 1):+.4f}, "
              f"largest {max(map(abs, errors), default=0):.3f}")


if __name__ == "__main__":
    main()

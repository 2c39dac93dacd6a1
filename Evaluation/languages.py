"""Measures how kalimat tells sentences of another language than their article's, on ../shared/gold/segmentation.

Articles are made of the gold sentences, a paragraph each, with their language named. `kalimat build` says which of them
it takes for another language; then long sentences of each other language are put among them. CLD2 alone, through
pycld2, is asked about the same sentences.
"""

import argparse
import collections
import json
import os
import pathlib
import subprocess
import tempfile

import pycld2

ROOT = pathlib.Path(__file__).resolve().parent.parent
GOLD = pathlib.Path(os.environ.get("KALIMAT_GOLD", ROOT.parent / "shared" / "gold")) / "segmentation"
DOCUMENT = ROOT / "docs" / "LANGUAGES.md"
LONG = 200
PER_ARTICLE = 10
PER_SET = 1000
STRANGERS = 40
# One set a language gives the strangers.
DONORS = ["id-gsd-dev", "en-lines-dev", "de-gsd-dev", "fr-gsd-dev", "es-gsd-dev", "pt-bosque-dev", "tr-boun-dev",
          "fi-tdt-dev", "cs-cac-dev", "ru-gsd-dev", "ar-pud-dev", "hi-pud-dev", "ja-gsd-dev", "ko-pud-dev",
          "zh-gsd-dev", "th-pud-dev"]


def sentences(name):
    """The gold sentences of a set, each on one line."""
    text = (GOLD / f"{name}.txt").read_bytes().decode()
    start, found = 0, []
    for end in json.loads((GOLD / f"{name}.json").read_text())["ends"]:
        sentence = " ".join(text[start:end].split())
        if sentence:
            found.append(sentence)
        start = end
    return found


def language(name):
    return name.split("-")[0]


def built(program, articles):
    """(text, language) of the records of articles, each a language and its paragraphs."""
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        with open(folder / "articles.jsonl", "w", encoding="utf-8") as out:
            for number, (tag, paragraphs) in enumerate(articles):
                row = {"id": str(number), "lang": tag, "text": "\n\n".join(paragraphs)}
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
        subprocess.run(
            [program, "build", folder / "articles.jsonl", "--output", folder / "out", "--paragraphs", "blank-lines",
             "--leftovers", "off", "--rules", "icu", "--compression", "none", "--quiet"], check=True)
        records = []
        for shard in sorted((folder / "out" / "data").iterdir()):
            records += [json.loads(line) for line in shard.open(encoding="utf-8")]
        return [(record["text"], record["lang"]) for record in records]


def chunks(items, size):
    return [items[i:i + size] for i in range(0, len(items), size)]


def alone(text):
    """CLD2's own answer; None where it does not rely on it."""
    reliable, _, details = pycld2.detect(text, isPlainText=True)
    return details[0][1].split("-")[0] if reliable and details[0][1] != "un" else None


def own(program):
    """A row a set: its sentences, and how many are taken for another language."""
    rows = []
    for name in sorted(path.stem for path in GOLD.glob("*.json")):
        tag, texts = language(name), sentences(name)[:PER_SET]
        records = built(program, [(tag, part) for part in chunks(texts, PER_ARTICLE)])
        rows.append((
            name, len(texts), sum(alone(text) not in (tag, None) for text in texts),
            sum(len(text.encode()) >= LONG for text, _ in records), sum(found != tag for _, found in records)))
    return rows


def strangers(program):
    """Long sentences of each language among those of every other: how many are noticed, and how many named rightly."""
    texts = {language(name): sentences(name)[:PER_SET] for name in DONORS}
    long = {tag: [text for text in found if len(text.encode()) >= LONG + 40][:STRANGERS] for tag, found in texts.items()}
    counts = collections.defaultdict(collections.Counter)
    for donor, guests in long.items():
        for host in texts:
            if host == donor:
                continue
            articles = []
            for number, part in enumerate(chunks(guests, 2)):
                around = texts[host][number * 8:number * 8 + 8]
                articles.append((host, around[:4] + part + around[4:]))
            # A guest of several sentences for ICU stands in several records: those that are long count.
            for text, found in built(program, articles):
                if len(text.encode()) >= LONG and any(text in guest for guest in guests):
                    counts[donor]["all"] += 1
                    counts[donor]["noticed"] += found != host
                    counts[donor]["named"] += found.split("-")[0] == donor
    return counts


def shares(count):
    return " | ".join([str(count["all"])] + [f"{count[key] / max(count['all'], 1):.3f}" for key in ("noticed", "named")])


def tables(program):
    lines = ["| set | sentences | CLD2 alone: another language | 200 bytes and more | kalimat: another language |",
             "| --- | ---: | ---: | ---: | ---: |"]
    rows = own(program)
    for name, count, wrong, long, differing in rows:
        lines.append(f"| {name} | {count} | {wrong} | {long} | {differing} |")
    total = [sum(row[i] for row in rows) for i in range(1, 5)]
    lines.append("| all | " + " | ".join(f"**{value}**" for value in total) + " |")
    lines += ["", "| long sentences of | in articles of the others | noticed | named rightly |",
              "| --- | ---: | ---: | ---: |"]
    counts = strangers(program)
    for tag, count in sorted(counts.items()):
        lines.append(f"| {tag} | {shares(count)} |")
    lines.append(f"| all | {shares(sum((count for count in counts.values()), collections.Counter()))} |")
    return lines


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--program", default=os.environ.get("KALIMAT", str(ROOT / ".build" / "release" / "kalimat")))
    parser.add_argument("--write", action="store_true", help="put the tables into docs/LANGUAGES.md")
    arguments = parser.parse_args()
    if not GOLD.is_dir():
        raise SystemExit(f"{GOLD} is not there: nothing to measure on")
    table = "\n".join(tables(arguments.program))
    print(table)
    if arguments.write:
        head, rest = DOCUMENT.read_text().split("<!-- table -->\n")
        _, tail = rest.split("<!-- /table -->\n")
        DOCUMENT.write_text(f"{head}<!-- table -->\n{table}\n<!-- /table -->\n{tail}")


if __name__ == "__main__":
    main()

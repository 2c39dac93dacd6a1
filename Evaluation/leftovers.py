"""Scores what kalimat takes from a page: the marked pages of Tests/Cases/Leftovers, and ../shared/gold/leftovers.

Runs `kalimat build` over the texts and reads its records. Of held-out it prints totals alone: nobody looks at its
misses. The folders' READMEs define the scores.
"""

import argparse
import collections
import json
import os
import pathlib
import re
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
CASES = ROOT / "Tests" / "Cases" / "Leftovers"
GOLD = pathlib.Path(os.environ.get("KALIMAT_GOLD", ROOT.parent / "shared" / "gold")) / "leftovers"
KINDS = {"title", "heading", "body", "item", "caption", "dateline"}
FOLDS = 5
MARK = re.compile("⟦([a-z-]+)⟧")


class Page:
    """A text and, for each of its code points, the label of the stretch that it stands in."""

    def __init__(self, path):
        self.name, self.language = path.stem, path.name.split("-")[0]
        pieces = MARK.split(path.read_bytes().decode())
        self.text, self.labels = pieces[0], [None] * len(pieces[0])
        for label, text in zip(pieces[1::2], pieces[2::2]):
            self.text += text
            self.labels += [label] * len(text)
        self.is_clean = set(self.labels) <= KINDS | {None}

    def label(self, start, end):
        """Most of the characters' label; a tie goes to the kind."""
        counts = collections.Counter(self.labels[i] for i in range(start, end) if not self.text[i].isspace())
        return max(counts, key=lambda label: (counts[label], label in KINDS), default=None)


class Marks:
    """Sentences of marked pages, by what they are and what was said of them."""

    def __init__(self):
        self.kept, self.all = collections.Counter(), collections.Counter()
        self.named = collections.Counter()
        self.clean_lost = self.clean_pages = 0

    def add(self, page, records):
        self.clean_pages += page.is_clean
        for start, end, reason in records:
            label = page.label(start, end)
            self.all[label] += 1
            self.kept[label] += reason is None
            self.named[label] += reason == label
            self.clean_lost += page.is_clean and reason is not None

    def report(self):
        kinds = [l for l in self.all if l in KINDS]
        reasons = sorted(l for l in self.all if l not in KINDS and l)
        kept, wanted = sum(self.kept[l] for l in kinds), sum(self.all[l] for l in kinds)
        wrong, others = sum(self.kept[l] for l in reasons), sum(self.all[l] for l in reasons)
        body = self.kept["body"] / max(1, self.all["body"])
        lines = [f"body kept {body:.4f} ({self.kept['body']} of {self.all['body']})"]
        lines += [f"article kept (recall) {kept / max(1, wanted):.4f} ({kept} of {wanted})"]
        lines += [f"precision of what is kept {kept / max(1, kept + wrong):.4f}"]
        lines += [f"leftovers rejected {1 - wrong / max(1, others):.4f} ({others - wrong} of {others})"]
        lines += [f"pages without leftovers: {self.clean_pages}, sentences lost: {self.clean_lost}"]
        lines += ["rejected, and by that name, by reason: " + ", ".join(
            f"{l} {self.all[l] - self.kept[l]}/{self.named[l]}/{self.all[l]}" for l in reasons)]
        lines += ["kept by kind: " + ", ".join(f"{l} {self.kept[l]}/{self.all[l]}" for l in sorted(kinds))]
        return "\n".join(lines)


def collapsed(text):
    return " ".join(text.split())


class Pieces:
    """Trafilatura's score: pieces that must be in what was kept, and pieces that must not."""

    def __init__(self):
        self.tp = self.fn = self.fp = self.tn = 0

    def add(self, entry, kept):
        found = [collapsed(piece) in kept for piece in entry["with"]]
        wrong = [collapsed(piece) in kept for piece in entry["without"]]
        self.tp, self.fn = self.tp + sum(found), self.fn + len(found) - sum(found)
        self.fp, self.tn = self.fp + sum(wrong), self.tn + len(wrong) - sum(wrong)

    @property
    def f1(self):
        return 2 * self.tp / max(1, 2 * self.tp + self.fp + self.fn)

    def report(self):
        precision, recall = self.tp / max(1, self.tp + self.fp), self.tp / max(1, self.tp + self.fn)
        return f"precision {precision:.4f} recall {recall:.4f} F1 {self.f1:.4f}"


def build(program, texts):
    """Records of each text: (start, end, reason or None), by code point."""
    with tempfile.TemporaryDirectory() as folder:
        source, output = pathlib.Path(folder) / "pages.jsonl", pathlib.Path(folder) / "out"
        with source.open("w") as file:
            for number, (language, text) in enumerate(texts):
                record = {"id": str(number), "text": text} | ({"lang": language} if language else {})
                file.write(json.dumps(record, ensure_ascii=False) + "\n")
        command = [program, "build", source, "--output", output, "--compression", "none", "--quiet"]
        subprocess.run(command + ["--id-field", "id", "--text-field", "text", "--lang-field", "lang"], check=True)
        records = collections.defaultdict(list)
        numbers = {}
        for path in sorted((output / "documents").iterdir()):
            for line in path.open():
                document = json.loads(line)
                numbers[document["doc_id"]] = int(document["key"])
        for path in sorted([*(output / "data").iterdir(), *(output / "rejected").iterdir()]):
            for line in path.open():
                record = json.loads(line)
                place = (record["start"], record["end"], record.get("reason"))
                records[numbers[record["doc_id"]]].append(place)
        return [sorted(records[number]) for number in range(len(texts))]


def score_marks(program, folder):
    pages = [Page(path) for path in sorted((CASES / folder).glob("*.txt"))]
    marks = Marks()
    for page, records in zip(pages, build(program, [(page.language, page.text) for page in pages])):
        marks.add(page, records)
    return f"{folder} ({len(pages)} pages)\n{marks.report()}"


def score_gold(program):
    if not GOLD.is_dir():
        return f"whole pages: skipped, no {GOLD}"
    entries = json.loads((GOLD / "pages.json").read_text())
    texts = [(GOLD / "pages" / entry["file"]).read_bytes().decode() for entry in entries]
    total, folds = Pieces(), [Pieces() for _ in range(FOLDS)]
    languages = [entry["lang"].split("-")[0].lower() for entry in entries]
    for number, records in enumerate(build(program, list(zip(languages, texts)))):
        kept = collapsed(" ".join(texts[number][a:b] for a, b, reason in records if reason is None))
        total.add(entries[number], kept)
        folds[number % FOLDS].add(entries[number], kept)
    each = " ".join(f"{fold.f1:.4f}" for fold in folds)
    return f"whole pages ({len(entries)})\n{total.report()}\nby fold: {each}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", default=ROOT / ".build" / "release" / "kalimat", help="kalimat's own program")
    parser.add_argument("parts", nargs="*", default=["pages", "unseen", "held-out", "gold"])
    options = parser.parse_args()
    for part in options.parts:
        print(score_gold(options.program) if part == "gold" else score_marks(options.program, part), flush=True)

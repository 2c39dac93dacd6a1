"""Scores kalimat's sentence segmentation beside ICU and the peers that pip installs.

Reads ../shared/gold/segmentation (its README defines the scores), prints a table, and with --write puts it between
the markers of docs/SEGMENTATION.md. Peers' boundaries are kept in .build-eval/peers (ignored by git), each under the
peer's version and a digest of the gold paragraphs: a second run asks only what is new.
"""

import argparse
import hashlib
import importlib.metadata
import json
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
GOLD = pathlib.Path(os.environ.get("KALIMAT_GOLD", ROOT.parent / "shared" / "gold")) / "segmentation"
CACHE = ROOT / ".build-eval"
FOLDS = 5

# Sets that train the shipped weights (gold/README.md, "may train"): scored by held-out blocks.
TRAINING = """ar-pud-dev de-gsd-dev en-ewt-train es-gsd-dev fi-tdt-dev fr-gsd-dev hi-pud-dev id-csui-train id-gsd-train
ja-gsd-dev ko-pud-dev pt-bosque-dev ru-gsd-dev ru-taiga-dev th-pud-dev tr-boun-dev zh-gsd-dev""".split()
MODES = ["icu", "rules", "full"]


class Set:
    """A gold file: paragraphs, each with the offsets (code points) after its inner sentences."""

    def __init__(self, path):
        self.name = path.stem
        self.language = self.name.split("-")[0]
        layout = json.loads(path.read_text())
        text = path.with_suffix(".txt").read_bytes().decode()
        ends, pars = layout["ends"], layout["pars"]
        if len(pars) in (1, len(ends)):
            cuts = [end for i, end in enumerate(ends) if i % 5 == 4 or i == len(ends) - 1]
            pars = list(zip([0] + cuts[:-1], cuts))
        self.pseudo = len(layout["pars"]) == 1
        self.paragraphs, self.gold = [], []
        for start, stop in pars:
            raw = text[start:stop]
            lead = len(raw) - len(raw.lstrip())
            body = raw.strip()
            inner = sorted({e - start - lead for e in ends if start < e <= stop} - {len(body)})
            self.paragraphs.append(body.replace("\n", " ").replace("\r", " "))
            self.gold.append([e for e in inner if e < len(body)])

    def fold(self, index):
        return index * FOLDS // len(self.paragraphs)


def trimmed(text, boundaries):
    """Boundaries moved back over white space; the paragraph's end is given and does not count."""
    found = set()
    for b in boundaries:
        while b > 0 and text[b - 1].isspace():
            b -= 1
        if 0 < b < len(text):
            found.add(b)
    return found


def spans(length, boundaries, text):
    edges = [0] + sorted(boundaries) + [length]
    result = set()
    for a, b in zip(edges, edges[1:]):
        while a < b and text[a].isspace():
            a += 1
        result.add((a, b))
    return result


class Counts:
    def __init__(self):
        self.tp = self.fp = self.fn = self.hit = self.found = self.wanted = 0

    def add(self, text, gold, system):
        gold, system = trimmed(text, gold), trimmed(text, system)
        self.tp += len(gold & system)
        self.fp += len(system - gold)
        self.fn += len(gold - system)
        a, b = spans(len(text), gold, text), spans(len(text), system, text)
        self.hit += len(a & b)
        self.found += len(b)
        self.wanted += len(a)

    def f1(self):
        total = 2 * self.tp + self.fp + self.fn
        return 200 * self.tp / total if total else 100.0

    def exact(self):
        return 200 * self.hit / (self.found + self.wanted)


def score(gold_set, outputs, folds=None):
    """Micro-averaged over the file; `folds` keeps to the paragraphs of these folds."""
    counts = Counts()
    for i, (text, gold, out) in enumerate(zip(gold_set.paragraphs, gold_set.gold, outputs)):
        if folds is None or gold_set.fold(i) in folds:
            counts.add(text, gold, out)
    return counts


def program():
    return os.environ.get("KALIMAT", str(ROOT / ".build/release/kalimat"))


def kalimat(gold_set, mode, weights=None):
    """The program itself: one article, a blank line between paragraphs. `weights` in place of those built in."""
    text = "\n\n".join(gold_set.paragraphs) + "\n"
    command = [program(), "segment", "--json", "--lang", gold_set.language, "--rules", mode,
               "--paragraphs", "blank-lines"]
    if weights:
        command += ["--weights", str(weights)]
    done = subprocess.run(command, input=text.encode(), capture_output=True, check=True)
    outputs = [[] for _ in gold_set.paragraphs]
    starts, here = [], 0
    for paragraph in gold_set.paragraphs:
        starts.append(here)
        here += len(paragraph) + 2
    for line in done.stdout.decode().splitlines():
        sentence = json.loads(line)
        outputs[sentence["para"]].append(sentence["end"] - starts[sentence["para"]])
    return outputs


def locate(text, sentences):
    """Offsets after each sentence of a peer that gives texts, found one after another."""
    here, ends = 0, []
    for sentence in sentences:
        for piece in sentence.split():
            at = text.find(piece, here)
            if at >= 0:
                here = at + len(piece)
        ends.append(here)
    return ends


# --- peers: a function of language that gives a function of text, or None where it has no such language

def sentencex(language):
    import sentencex as peer
    return lambda text: locate(text, peer.segment(language, text))


def pysbd(language):
    import pysbd as peer
    from pysbd.languages import LANGUAGE_CODES
    code = language if language in LANGUAGE_CODES else "en"
    segmenter = peer.Segmenter(language=code, clean=False)
    return lambda text: locate(text, segmenter.segment(text))


def blingfire(language):
    import blingfire as peer
    return lambda text: locate(text, peer.text_to_sentences(text).split("\n"))


def nupunkt(language):
    import nupunkt as peer
    return lambda text: locate(text, peer.sent_tokenize(text))


def syntok(language):
    from syntok import segmenter as peer
    def run(text):
        ends = []
        for paragraph in peer.process(text):
            for sentence in paragraph:
                ends.append(sentence[-1].offset + len(sentence[-1].value))
        return ends
    return run


def segtok(language):
    from segtok.segmenter import split_single
    return lambda text: locate(text, split_single(text))


def spacy_sentencizer(language):
    import spacy
    try:
        nlp = spacy.blank(language)
    except Exception:
        nlp = spacy.blank("xx")
    nlp.add_pipe("sentencizer")
    return lambda text: [s.end_char for s in nlp(text).sents]


def sentence_splitter(language):
    from sentence_splitter import SentenceSplitter
    try:
        peer = SentenceSplitter(language=language)
    except Exception:
        peer = SentenceSplitter(language="en")
    return lambda text: locate(text, peer.split(text))


def punkt(language):
    """Without nltk's downloaded models: learned from the very text, unsupervised, as Punkt is meant."""
    from nltk.tokenize.punkt import PunktSentenceTokenizer, PunktTrainer
    def prepare(paragraphs):
        t = PunktTrainer()
        t.INCLUDE_ALL_COLLOCS = False
        t.train("\n\n".join(paragraphs), finalize=True)
        tokenizer = PunktSentenceTokenizer(t.get_params())
        return lambda text: [end for _, end in tokenizer.span_tokenize(text)]
    prepare.needs_text = True
    return prepare


PEERS = {
    "sentencex": sentencex, "pysbd": pysbd, "blingfire": blingfire, "nupunkt": nupunkt, "syntok": syntok,
    "segtok": segtok, "spaCy": spacy_sentencizer, "splitter": sentence_splitter, "Punkt": punkt,
}
PACKAGES = {"spaCy": "spacy", "splitter": "sentence-splitter", "Punkt": "nltk"}


def peer_outputs(name, gold_set):
    """A peer's boundaries, from the cache where this text was seen; None where the peer is not installed."""
    try:
        version = importlib.metadata.version(PACKAGES.get(name, name))
    except importlib.metadata.PackageNotFoundError:
        return None
    digest = hashlib.sha256(json.dumps([gold_set.language, gold_set.paragraphs]).encode()).hexdigest()[:16]
    kept = CACHE / "peers" / f"{name}-{version}-{gold_set.name}-{digest}.json"
    if kept.exists():
        return json.loads(kept.read_text())
    run = PEERS[name](gold_set.language)
    if getattr(run, "needs_text", False):
        run = run(gold_set.paragraphs)
    outputs = []
    for text in gold_set.paragraphs:
        try:
            outputs.append(run(text))
        except Exception as error:
            print(f"{name} on {gold_set.name}: {error!r}", file=sys.stderr)
            outputs.append([])
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(json.dumps(outputs))
    return outputs


def table(rows, names):
    """Markdown: F1 / exact F1 of each set; the best in bold, and how far full is from the best peer."""
    lines = ["| set | gold | " + " | ".join(names) + " | against best peer |",
             "| --- | ---: |" + " ---: |" * (len(names) + 1)]
    for row in rows:
        scores = row["scores"]
        peers = {k: v for k, v in scores.items() if k not in MODES}
        best = max(v[0] for v in scores.values())
        cells = []
        for name in names:
            value = scores.get(name)
            cell = f"{value[0]:.1f} / {value[1]:.1f}" if value else "–"
            cells.append(f"**{cell}**" if value and round(value[0], 1) == round(best, 1) else cell)
        top = max(peers, key=lambda k: peers[k][0]) if peers else ""
        gap = f"{scores['full'][0] - peers[top][0]:+.1f} {top}" if peers else ""
        how = " †" if row["trains"] else ""
        lines.append(f"| {row['set']}{how} | {scores['icu'][2]} | " + " | ".join(cells) + f" | {gap} |")
    means = []
    for name in names:
        values = [r["scores"][name] for r in rows if name in r["scores"]]
        means.append(f"{sum(v[0] for v in values) / len(values):.2f} / {sum(v[1] for v in values) / len(values):.2f}")
    lines.append("| mean | | " + " | ".join(means) + " | |")
    lines += ["", "Folds (F1 of `full` on each held-out fifth):", ""]
    lines += [f"- {r['set']}: " + ", ".join(f"{f:.1f}" for f in r["folds"]) for r in rows if "folds" in r]
    return "\n".join(lines)


def write(text, name):
    """Puts a text between the marks of docs/SEGMENTATION.md that bear its name."""
    path = ROOT / "docs" / "SEGMENTATION.md"
    begin, end = f"<!-- {name}: begin -->\n", f"<!-- {name}: end -->"
    head, rest = path.read_text().split(begin)
    path.write_text(head + begin + text + "\n" + end + rest.split(end)[1])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", default="")
    parser.add_argument("--folds", default=str(CACHE / "folds"))
    parser.add_argument("--weights", help="weights in place of those built in")
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    if not GOLD.exists():
        print(f"skipped: {GOLD} is not there")
        return
    rows = []
    for path in sorted(GOLD.glob("*.json")):
        if options.sets and not any(path.stem.startswith(s) for s in options.sets.split(",")):
            continue
        gold_set = Set(path)
        row = {"set": gold_set.name, "trains": gold_set.name in TRAINING, "scores": {}}
        for mode in MODES:
            if mode == "full" and row["trains"]:
                counts = Counts()
                folds = []
                for fold in range(FOLDS):
                    outputs = kalimat(gold_set, mode, f"{options.folds}/fold{fold}.weights")
                    part = score(gold_set, outputs, {fold})
                    folds.append(part.f1())
                    for key in vars(counts):
                        setattr(counts, key, getattr(counts, key) + getattr(part, key))
                row["folds"] = folds
            else:
                outputs = kalimat(gold_set, mode, options.weights if mode == "full" else None)
                counts = score(gold_set, outputs)
            row["scores"][mode] = (counts.f1(), counts.exact(), counts.tp + counts.fn, counts.fp, counts.fn)
        if not options.no_peers:
            for name in PEERS:
                outputs = peer_outputs(name, gold_set)
                if outputs is not None:
                    counts = score(gold_set, outputs)
                    row["scores"][name] = (counts.f1(), counts.exact(), 0, counts.fp, counts.fn)
        rows.append(row)
        best = max(((v[0], k) for k, v in row["scores"].items() if k not in MODES), default=(0, "-"))
        print(f"{row['set']:15}", *(f"{m} {row['scores'][m][0]:5.1f}/{row['scores'][m][1]:5.1f}" for m in MODES),
              f"fp {row['scores']['full'][3]} fn {row['scores']['full'][4]} of {row['scores']['full'][2]}",
              f"best {best[1]} {best[0]:.1f}", f"{row['scores']['full'][0] - best[0]:+.1f}", flush=True)
    for kind in (True, False):
        part = [r["scores"]["full"] for r in rows if r["trains"] == kind and not r["set"].startswith("th")]
        if part:
            print("full", "folds" if kind else "unseen", f"{sum(v[0] for v in part) / len(part):.2f} {sum(v[1] for v in part) / len(part):.2f}")
    names = [*MODES, *(PEERS if not options.no_peers else [])]
    rows_scored = [r for r in rows if r["scores"]["icu"][2] > 0]
    for name in names:
        values = [r["scores"][name] for r in rows_scored if name in r["scores"]]
        if values:
            print(f"macro {name:10} {sum(v[0] for v in values) / len(values):.2f} / {sum(v[1] for v in values) / len(values):.2f} ({len(values)} sets)")
    if options.write:
        write(table(rows, names), "eval")
    (CACHE / "scores.json").write_text(json.dumps(rows, indent=1))


if __name__ == "__main__":
    main()

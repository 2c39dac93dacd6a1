"""Golden rules of pysbd and sentencex, from their source packages on PyPI, run through kalimat.

The packages are downloaded into a temporary folder and read as data (their lists of text and sentences, by `ast`);
nothing of them is run, and nothing of them is kept. White space at a sentence's ends does not count, nor does the
kind of white space inside.
"""

import argparse
import ast
import json
import os
import pathlib
import subprocess
import sys
import tarfile
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
PACKAGES = ["pysbd==0.3.3", "sentencex==0.6.1"]
# Rules and paragraphs of each column. The last reads a single line end as white space, as sentencex itself does.
MODES = {
    "icu": ("icu", "auto"), "rules": ("rules", "auto"), "full": ("full", "auto"),
    "full, `--paragraphs blank-lines`": ("full", "blank-lines"),
}


def program():
    return os.environ.get("KALIMAT", str(ROOT / ".build/release/kalimat"))


def literal(node):
    """A list of (text, sentences) in a syntax tree; `pytest.param(text, sentences, …)` counts as the rest do."""
    pairs = []
    for item in node.elts:
        parts = item.args if isinstance(item, ast.Call) else getattr(item, "elts", [])
        try:
            text, wanted = (ast.literal_eval(part) for part in parts[:2])
        except ValueError:
            continue
        if isinstance(text, str) and isinstance(wanted, list):
            pairs.append((text, wanted))
    return pairs


def rules_of(source):
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.List):
            yield from literal(node.value)


def download(folder):
    """Name of each collection → language → pairs; empty where the packages cannot be had."""
    found = {}
    for package in PACKAGES:
        name = package.split("==")[0]
        done = subprocess.run(
            [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
             "--no-binary", ":all:", "--dest", folder, package], capture_output=True)
        for archive in pathlib.Path(folder).glob(f"{name}-*.tar.gz"):
            with tarfile.open(archive) as tar:
                for member in sorted(tar.getmembers(), key=lambda m: m.name):
                    stem = pathlib.PurePath(member.name).stem
                    if not (member.isfile() and member.name.endswith(".py")):
                        continue
                    language = stem[5:] if stem.startswith("test_") else "en" if "golden" in stem else None
                    if language is None or len(language) > 3:
                        continue
                    if name == "sentencex" and "golden" in stem:
                        continue  # the same as pysbd's
                    pairs = list(rules_of(tar.extractfile(member).read().decode()))
                    if pairs:
                        found.setdefault(name, {}).setdefault(language, []).extend(pairs)
        if name not in found:
            print(f"{package}: not to be had: {done.stderr.decode().strip()[-200:]}", file=sys.stderr)
    return found


def kalimat(language, rules, text, paragraphs):
    done = subprocess.run(
        [program(), "segment", "--json", "--lang", language, "--rules", rules, "--paragraphs", paragraphs],
        input=text.encode(), capture_output=True, check=True)
    return [json.loads(line)["text"] for line in done.stdout.decode().splitlines()]


def plain(sentences):
    return [text for text in (" ".join(s.split()) for s in sentences) if text]


def passed(pairs, segment, shows=None):
    count = 0
    for text, wanted in pairs:
        found = plain(segment(text))
        if found == plain(wanted):
            count += 1
        elif shows is not None:
            shows.append((text, plain(wanted), found))
    return count


def peers():
    """The two packages' own segmenters, where they are installed."""
    import segmentation
    found = {}
    for name in ("sentencex", "pysbd"):
        try:
            run = segmentation.PEERS[name]("en")
        except ImportError:
            continue
        def cut(text, run=run):
            ends = run(text)
            return [text[a:b] for a, b in zip([0, *ends], [*ends, len(text)])]
        found[name] = cut
    return found


def measure(collections, shown=False):
    """Rows of a table: collection, number of rules, and how many each passes."""
    rows = []
    for name, languages in sorted(collections.items()):
        others = [pair for language, pairs in languages.items() if language != "en" for pair in pairs]
        for label, part in (("English", {"en": languages.get("en", [])}),
                            ("other languages", {k: v for k, v in languages.items() if k != "en"})):
            total = sum(map(len, part.values()))
            if not total:
                continue
            row = {"collection": f"{name}, {label}", "number": total}
            for column, (mode, paragraphs) in MODES.items():
                failures = []
                row[column] = sum(
                    passed(pairs, lambda text: kalimat(language, mode, text, paragraphs), failures)
                    for language, pairs in part.items())
                if shown and column == "full":
                    for text, wanted, found in failures:
                        print(f"{name} {label}\n  text   {text!r}\n  wanted {wanted}\n  found  {found}")
            if label == "English":
                for peer, cut in peers().items():
                    row[peer] = passed(part["en"], cut)
            rows.append(row)
    return rows


def table(rows):
    names = [*MODES, "sentencex", "pysbd"]
    lines = ["| golden rules | number | " + " | ".join(names) + " |", "| --- | ---: |" + " ---: |" * len(names)]
    for row in rows:
        cells = [f"{row[n]} ({100 * row[n] / row['number']:.1f} %)" if n in row else "–" for n in names]
        lines.append(f"| {row['collection']} | {row['number']} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def run():
    with tempfile.TemporaryDirectory() as folder:
        return download(folder)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--failures", action="store_true", help="show what is cut otherwise")
    parser.add_argument("--write", action="store_true", help="into docs/SEGMENTATION.md")
    options = parser.parse_args()
    found = table(measure(run(), options.failures))
    print(found)
    if options.write:
        import segmentation
        segmentation.write(found, "golden")


if __name__ == "__main__":
    main()

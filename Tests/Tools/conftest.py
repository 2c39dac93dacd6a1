"""Datasets for the tests of tools: made by the real program ($KALIMAT, which `make test-tools` sets), once a run."""

import json
import os
import pathlib
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
CORPUS = ROOT / "Corpus"
SPLIT = ["--split", "train=0.8,dev=0.1,test=0.1"]

# Texts that invite a wrong type, among others, as values of every field.
TRICKY = ["123", "no", "2025-11-04", "null", "true", "1e5", "007", "NaN", "{}", "[1]", "2025-11-04T09:00:00Z", "-", "0x1F"]


def kalimat(*arguments: str, cwd: pathlib.Path) -> str:
    program = os.environ.get("KALIMAT", str(ROOT / ".build/release/kalimat"))
    done = subprocess.run([program, *arguments], cwd=cwd, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert done.returncode == 0, f"kalimat {' '.join(arguments)}: {done.stderr}"
    return done.stdout


def rows(dataset: pathlib.Path, kind: str, split: str | None = None) -> list[dict]:
    """The records of a dataset by Python's own gzip and JSON, in order: what every tool must find."""
    import gzip

    found = []
    for file in sorted((dataset / kind).glob(f"{split or '*'}-*.jsonl.gz")):
        found += [json.loads(line) for line in gzip.open(file, "rt", encoding="utf-8", newline="\n")]
    return found


@pytest.fixture(scope="session")
def no_network(tmp_path_factory):
    """No tool asks a hub or keeps a cache outside of this run."""
    home = tmp_path_factory.mktemp("cache")
    os.environ |= {
        "HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1", "HF_HOME": str(home), "XDG_CACHE_HOME": str(home),
        "HF_DATASETS_DISABLE_PROGRESS_BARS": "1", "HF_HUB_DISABLE_TELEMETRY": "1"}
    return home


@pytest.fixture(scope="session")
def corpus(tmp_path_factory) -> pathlib.Path:
    """Corpus/, three splits in four shards: some of them are empty."""
    folder = tmp_path_factory.mktemp("corpus")
    kalimat("build", str(CORPUS), "--output", "out", "--shards", "4", "--name", "corpus", "--license", "cc0-1.0", *SPLIT, cwd=folder)
    return folder / "out"


@pytest.fixture(scope="session")
def tricky(tmp_path_factory) -> pathlib.Path:
    """Texts and fields that look like numbers, truth values and dates; columns and fields beside the usual."""
    folder = tmp_path_factory.mktemp("tricky")
    with open(folder / "articles.jsonl", "w", encoding="utf-8") as file:
        for number in range(300):  # so many that no shard has dates alone (docs/FORMAT.md tells that limit)
            value = TRICKY[number % len(TRICKY)]
            article = {
                "id": str(number), "text": "\n".join([value, "A plain sentence.", *TRICKY, f"The last of {number}."]),
                "lang": "en", "title": value, "published": value, "url": "", "author": value, "year": number}
            file.write(json.dumps(article) + "\n")
    kalimat(
        "build", "articles.jsonl", "--output", "out", "--shards", "4", "--keep", "author,year", "--join",
        "text_id,sent,script,split,author", "--leftovers", "mark", "--paragraphs", "lines", *SPLIT, cwd=folder)
    return folder / "out"


@pytest.fixture(scope="session", params=["corpus", "tricky"])
def dataset(request) -> pathlib.Path:
    return request.getfixturevalue(request.param)

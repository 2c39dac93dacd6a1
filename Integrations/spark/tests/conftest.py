"""Spark under test: one context a master and version, a program that fails on demand, and the reference to compare with.

$KALIMAT is the program (`make test-spark` sets it). KALIMAT_SOAK asks for all of it; else it is a short part.
"""

import json
import os
import pathlib
import random
import shutil
import subprocess
import sys

import pytest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
sys.path.insert(0, str(HERE.parent))
REAL = os.environ.get("KALIMAT", str(ROOT / ".build/release/kalimat"))
SOAK = bool(os.environ.get("KALIMAT_SOAK"))
SPLIT = ["--split", "train=0.8,dev=0.2"]
SHARDS = 8


def kalimat(*arguments: str, fails: bool = False) -> str:
    done = subprocess.run([REAL, *map(str, arguments)], capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert (done.returncode != 0) == fails, f"kalimat {' '.join(map(str, arguments))}: {done.stderr}"
    return done.stderr if fails else done.stdout


def content(dataset) -> str:
    return json.loads((pathlib.Path(dataset) / "manifest.json").read_text())["content_sha256"]


def articles(count: int) -> list[dict]:
    """Articles of Corpus/, with keys that are strings and integers, and what `keep` shall take along."""
    texts = [file.read_text(encoding="utf-8") for file in sorted((ROOT / "Corpus").glob("*.txt"))]
    drawn = random.Random(7)
    made = []
    for number in range(count):
        text = texts[number % len(texts)]
        made.append({
            "id": f"article-{number}" if number % 3 else f"ключ {number}", "url": f"https://example.org/{number}",
            "text": text[: drawn.randrange(200, 1500)], "title": f"Title {number}", "site": f"s{number % 5}"})
    return made


FIELDS = dict(text="text", id="id", title="title", keep=["site"])
OPTIONS = ["--text-field", "text", "--id-field", "id", "--title-field", "title", "--keep", "site", *SPLIT]
# What the cluster does not guess, the reference must not either.
NOT_GUESSED = ["--url-field", "", "--lang-field", "", "--published-field", "", "--license-field", ""]


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """JSON Lines and Parquet of the same articles, in 1, 2 and 7 files; and the dataset of one machine."""
    import pyarrow
    import pyarrow.parquet

    folder = tmp_path_factory.mktemp("articles")
    rows = articles(120)
    for pieces in (1, 2, 7):
        for name in ("jsonl", "parquet"):
            (folder / f"{name}-{pieces}").mkdir()
        for piece in range(pieces):
            some = rows[piece::pieces]
            with open(folder / f"jsonl-{pieces}" / f"{piece}.jsonl", "w", encoding="utf-8", newline="\n") as file:
                for number, row in enumerate(some):
                    file.write(json.dumps(row, ensure_ascii=number % 2 == 0) + "\n" * (1 + number % 2))
            pyarrow.parquet.write_table(pyarrow.Table.from_pylist(some), folder / f"parquet-{pieces}" / f"{piece}.parquet")
    kalimat("build", folder / "jsonl-7", "--output", folder / "reference", "--shards", SHARDS, *OPTIONS, *NOT_GUESSED)
    return folder


@pytest.fixture(scope="session")
def faults(tmp_path_factory) -> pathlib.Path:
    return tmp_path_factory.mktemp("faults")


@pytest.fixture(scope="session", params=["local[2,12]", "local-cluster[2,1,1024]"])
def spark(request, faults, tmp_path_factory):
    from pyspark.sql import SparkSession

    os.environ |= {
        "PYSPARK_PYTHON": sys.executable, "PYSPARK_DRIVER_PYTHON": sys.executable, "KALIMAT_REAL": REAL,
        "KALIMAT_FAULTS": str(faults), "SPARK_LOCAL_IP": "127.0.0.1"}
    os.environ.pop("KALIMAT", None)
    scratch = tmp_path_factory.mktemp("spark")
    builder = SparkSession.builder.master(request.param).appName("kalimat-tests")
    for name, value in {
        "spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1", "spark.task.maxFailures": "12", "spark.local.dir": str(scratch),
        "spark.sql.warehouse.dir": str(scratch / "warehouse"), "spark.deploy.maxExecutorRetries": "-1",
        "spark.stage.maxConsecutiveAttempts": "20", "spark.sql.shuffle.partitions": "4",
        "spark.files.useFetchCache": "false", "spark.executorEnv.KALIMAT_REAL": REAL,
        "spark.executorEnv.KALIMAT_FAULTS": str(faults), "spark.executor.memory": "1024m", "spark.speculation": "true",
        "spark.speculation.interval": "100ms", "spark.speculation.multiplier": "1.1", "spark.speculation.quantile": "0.1",
        "spark.worker.cleanup.enabled": "false", "spark.log.level": "ERROR",
    }.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    # Shipped as people ship it; find_program finds it as `kalimat` on driver and executors.
    program = scratch / "kalimat"
    shutil.copy(HERE / "faulty_kalimat", program)
    session.sparkContext.addFile(str(program))
    yield session
    session.stop()

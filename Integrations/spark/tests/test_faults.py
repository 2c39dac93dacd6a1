"""Seeded runs in which workers fail, executors are killed, tasks run twice and articles are refused.

Each must end with the content_sha256 of one machine, or with an error and no manifest; then it is told which.
"""

import collections
import os
import pathlib
import random
import signal
import subprocess
import threading
import time

import pytest
from conftest import FIELDS, SHARDS, SOAK, SPLIT, content, kalimat

import kalimat_spark

FAULTS = ["exit3", "kill", "early", "silent", "cut", "twolines", "killed-inside", "slow", "twice", "late"]
# KALIMAT_SEEDS=7-12 asks for these alone.
FIRST, LAST = map(int, os.environ.get("KALIMAT_SEEDS", "1-20" if SOAK else "1-2").split("-"))
SEEDS = range(FIRST, LAST + 1)
ends: collections.Counter = collections.Counter()


def processes() -> dict[int, tuple[int, str]]:
    """Every process's parent and command line."""
    found = {}
    for entry in pathlib.Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                status = (entry / "stat").read_text().rpartition(")")[2].split()
                line = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
                found[int(entry.name)] = (int(status[1]), line)
            except (OSError, ValueError):
                pass
    return found


def mine(word: str) -> list[int]:
    """Processes below this one whose command line has that word."""
    found = processes()

    def is_below(process: int) -> bool:
        while process in found and process != os.getpid():
            process = found[process][0]
        return process == os.getpid()

    return [process for process, (_, line) in found.items() if word in line and is_below(process)]


class Killer(threading.Thread):
    """Kills what belongs to this test at times drawn beforehand: executors, Python workers, kalimat."""

    def __init__(self, drawn: random.Random, executors: int, workers: int):
        super().__init__(daemon=True)
        words = ["CoarseGrainedExecutorBackend"] * executors + [
            drawn.choice(["pyspark.daemon", "build-shard"]) for _ in range(workers)]
        self.plan = sorted((drawn.uniform(0.3, 5), word) for word in words)
        self.choice, self.stopped, self.killed = drawn, threading.Event(), []

    def run(self):
        start = time.monotonic()
        for at, word in self.plan:
            # A worker is there for moments only: wait for the next one.
            if self.stopped.wait(max(0, start + at - time.monotonic())):
                return
            while not (found := mine(word)):
                if self.stopped.wait(0.01):
                    return
            try:
                os.kill(self.choice.choice(sorted(found)), signal.SIGKILL)
                self.killed.append(word)
            except ProcessLookupError:
                pass


def plan_faults(folder: pathlib.Path, drawn: random.Random, prefixes: str) -> list[str]:
    """Puts down which part (or task) fails how, once each."""
    for old in folder.iterdir():
        old.unlink()
    planned = [
        f"{drawn.choice(prefixes)}{drawn.randrange(SHARDS)}.{drawn.choice(FAULTS)}.{number}"
        for number in range(drawn.randrange(0, 7))]
    for name in planned:
        (folder / name).touch()
    return planned


@pytest.mark.parametrize("seed", SEEDS)
def test_seeded(spark, made, faults, tmp_path, seed):
    drawn = random.Random(seed)
    way = drawn.choice(["jsonl", "parquet", "store", "mounted"])
    pieces = drawn.choice([1, 2, 7])
    is_cluster = "cluster" in spark.sparkContext.master
    planned = plan_faults(faults, drawn, "tp" if way == "mounted" else "p")
    killer = Killer(drawn, executors=drawn.randrange(0, 4) if is_cluster else 0, workers=drawn.randrange(0, 3))
    wanted = content(made / "reference")
    out = tmp_path / "out"
    killer.start()
    try:
        if way == "mounted":
            kalimat_spark.build_mounted(
                spark, str(made / f"jsonl-{pieces}"), str(out), shards=SHARDS, tasks=SHARDS,
                options=["--title-field", "title", "--keep", "site", "--url-field", "", *SPLIT])
        else:
            source = spark.read.parquet(str(made / f"parquet-{pieces}")) if way == "parquet" else str(made / f"jsonl-{pieces}")
            place = out.as_uri() if way == "store" else str(out)
            kalimat_spark.build(spark, source, place, shards=SHARDS, options=SPLIT, **FIELDS)
        end = "the reference"
    except Exception as error:
        end = "an error"
        assert not (out / "manifest.json").exists(), f"{error} and yet a manifest"
    finally:
        killer.stopped.set()
        killer.join()
    if end == "the reference":
        assert content(out) == wanted
        # What comes late must not change what is sealed.
        if any(".late." in name for name in planned):
            time.sleep(1.5)
        assert findings(out) == []
    ends[spark.sparkContext.master, end] += 1
    print(f"seed {seed} {way} {pieces}: {planned} killed {killer.killed}: {end}; so far {dict(ends)}")


def findings(out: pathlib.Path) -> list[str]:
    """What validate finds, but for files of attempts that came late into an object store: nobody names them."""
    done = subprocess.run(
        [os.environ["KALIMAT_REAL"], "validate", out, "--expect", content(out)], capture_output=True, text=True)
    lines = [line for line in done.stdout.splitlines()[:-1] if done.returncode and "-zombie" not in line]
    return [line for line in lines if line.startswith(("structure", "fixity", "records", "recompute"))]


@pytest.mark.parametrize("fault", FAULTS if SOAK else ["early", "cut"])
def test_each_fault_once(spark, made, faults, tmp_path, fault):
    plan_faults(faults, random.Random(0), "p")
    (faults / f"p3.{fault}.0").touch()
    kalimat_spark.build(spark, str(made / "jsonl-2"), str(tmp_path / "out"), shards=SHARDS, options=SPLIT, **FIELDS)
    assert not list(faults.glob("p3.*")), "the fault happened"
    kalimat("validate", tmp_path / "out", "--expect", content(made / "reference"))


def test_a_fault_that_stays(spark, made, faults, tmp_path):
    """A part that always fails: the job fails, says why, and leaves nothing."""
    plan_faults(faults, random.Random(0), "p")
    for number in range(60):
        (faults / f"p3.exit3.{number}").touch()
    with pytest.raises(Exception, match="ended with 3"):
        kalimat_spark.build(spark, str(made / "jsonl-2"), str(tmp_path / "out"), shards=SHARDS, options=SPLIT, **FIELDS)
    plan_faults(faults, random.Random(0), "p")
    for old in faults.iterdir():
        old.unlink()
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_left_running(spark, made, faults, tmp_path):
    """A job that is cancelled takes its workers along."""
    plan_faults(faults, random.Random(0), "p")
    for number in range(SHARDS):
        (faults / f"p{number}.slow.0").touch()
    context = spark.sparkContext
    failed = []

    def work():
        context.setJobGroup("cancelled", "to be cancelled", interruptOnCancel=True)
        try:
            kalimat_spark.build(spark, str(made / "jsonl-2"), str(tmp_path / "out"), shards=SHARDS, options=SPLIT, **FIELDS)
        except Exception as error:
            failed.append(error)

    from pyspark import InheritableThread

    thread = InheritableThread(target=work)
    thread.start()
    deadline = time.monotonic() + 60
    while not mine("build-shard") and time.monotonic() < deadline:
        time.sleep(0.05)
    context.cancelJobGroup("cancelled")
    thread.join(60)
    assert failed, "the job failed"
    deadline = time.monotonic() + 15
    while mine("build-shard") and time.monotonic() < deadline:
        time.sleep(0.1)
    assert mine("build-shard") == []
    assert not (tmp_path / "out").exists()

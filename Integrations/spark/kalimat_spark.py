"""Builds kalimat datasets with Spark: PySpark 3.5 and 4 distribute, `kalimat` does the work.

`build` takes articles from any DataFrame or from JSON Lines; `build_mounted` takes files that every executor mounts.
Both end with the dataset that `kalimat build` makes of the same articles on one machine (the same content_sha256), or
raise and leave no manifest. README.md beside this file has a worked example; docs/SCALE.md says how large it goes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import uuid
from typing import Any, Callable, Iterable, Iterator, Sequence

DIGITS = "0123456789abcdefghijklmnopqrstuv"
BLOCK = 1 << 20


class KalimatError(RuntimeError):
    """A part could not be written, or what came back does not fit."""


# Where an article goes: docs/FORMAT.md, "IDs" and "Shards".

def doc_id(kind: str, key: str | bytes) -> str:
    """`d` and 16 digits of base32hex of SHA-256("kalimat-doc-1" NUL kind NUL key)."""
    if isinstance(key, str):
        key = key.encode("utf-8")
    digest = hashlib.sha256(b"kalimat-doc-1\0" + kind.encode("ascii") + b"\0" + key).digest()
    value = int.from_bytes(digest[:10], "big")
    return "d" + "".join(DIGITS[value >> shift & 31] for shift in range(75, -1, -5))


def shard_of(document: str, shards: int) -> int:
    """The shard, of `shards`, that an article's lines stand in: by the first 20 bits of its doc_id."""
    return int(document[1:5], 32) * shards >> 20


def parts_of(shards: int) -> int:
    """How many processes write so many shards: one each, up to the 4,096 buckets of content_sha256."""
    if shards < 1 or shards > 65536 or shards & (shards - 1):
        raise ValueError(f"shards is {shards}: a power of two from 1 to 65536 is needed")
    return min(shards, 4096)


class _Spelled(str):
    """An integer as it is spelled in JSON."""


def _key_in(line: bytes, name: str, kind: str) -> str | None:
    """The key in a line of JSON; None where kalimat will refuse the line: it says why better than we could."""
    try:
        value = json.loads(line, parse_int=_Spelled)
        if not isinstance(value, dict):
            return None
        if name in value:
            value = value[name]
        else:
            for step in name.split("."):
                value = value[step]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    if isinstance(value, _Spelled) and kind != "id" or not isinstance(value, str) or not value:
        return None
    return str(value)


def _placed(kind: str, key: str | None, line: bytes) -> tuple[str, bytes]:
    """A line with what it is sorted by. A line without a key goes to the first part, which refuses it."""
    try:
        return (doc_id(kind, key) if key else "", line)
    except UnicodeEncodeError:  # a lone surrogate
        return ("", line)


# The program.

def find_program(name: str = "kalimat") -> str:
    """The program on this machine: $KALIMAT, what Spark shipped (as a file, or in an archive), else PATH."""
    places = []
    if os.environ.get("KALIMAT"):
        places.append(os.environ["KALIMAT"])
    try:
        from pyspark import SparkFiles

        places.append(SparkFiles.get(name))
    except Exception:  # no SparkContext here
        pass
    places.append(os.path.abspath(name))
    for place in places:
        for path in (place, os.path.join(place, "kalimat")):
            if os.path.isfile(path) and os.access(path, os.X_OK):
                return path
    found = shutil.which(name)
    if found:
        return found
    raise KalimatError(f"no {name} on {os.uname().nodename}: ship it with --archives or --files, or set KALIMAT")


def _arguments(fields: dict[str, Any], options: Sequence[str]) -> list[str]:
    given = []
    for name, value in fields.items():
        if value:
            option = name if name in ("keep", "split_by") else f"{name}_field"
            text = value if isinstance(value, str) else ",".join(value)
            given += [f"--{option.replace('_', '-')}", text]
    return given + list(options)


def _run(command: list[str], feed: Callable[[Any], int] | None = None, cwd: str | None = None) -> tuple[dict, str, int]:
    """Runs the program to its end: its summary, the line it stood in, and what `feed` counted.

    Raises unless it took all its input, exited 0, and wrote exactly one line, whole.
    """
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE if feed else subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=said, cwd=cwd)
        broken, count = False, 0
        try:
            if feed:
                try:
                    count = feed(process.stdin)
                    process.stdin.close()
                except BrokenPipeError:
                    broken = True
            output = process.stdout.read()
            code = process.wait()
        finally:
            # Whatever ended us must not leave it running; where we are killed, the kernel ends it (PR_SET_PDEATHSIG).
            if process.poll() is None:
                process.terminate()
                try:
                    process.wait(10)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()
            for pipe in (process.stdin, process.stdout):
                try:
                    if pipe:
                        pipe.close()
                except BrokenPipeError:
                    pass
        said.seek(0)
        errors = said.read().decode("utf-8", "replace").strip()
    name = " ".join(command[:2])
    if code != 0 or broken:
        raise KalimatError(f"{name} ended with {code}{' before it had read all' if broken else ''}: {errors}")
    lines = output.count(b"\n")
    if lines != 1 or not output.endswith(b"\n"):
        raise KalimatError(f"{name} exited 0 and wrote {lines} lines where one was expected: {errors}")
    return json.loads(output), output.decode("utf-8"), count


def _attempt(run: str) -> str:
    """A name that no other attempt has, in this run or any other."""
    from pyspark import TaskContext

    context = TaskContext.get()
    place = f"s{context.stageId()}-t{context.taskAttemptId()}" if context else "s0-t0"
    return f"{run}-{place}-{uuid.uuid4().hex[:8]}"


def _sender(rows: Iterable[tuple[str, bytes]]) -> Callable[[Any], int]:
    """Writes lines in blocks, and the trailer that tells an end from a cut."""

    def feed(pipe: Any) -> int:
        count, size, block = 0, 0, []
        for _, line in rows:
            block.append(line)
            block.append(b"\n")
            size += len(line) + 1
            count += 1
            if size >= BLOCK:
                pipe.write(b"".join(block))
                size, block = 0, []
        block.append(b'{"end": %d}\n' % count)
        pipe.write(b"".join(block))
        return count

    return feed


def _check_part(summary: dict, part: int, parts: int, attempt: str, sent: int | None) -> None:
    if summary.get("kalimat_part") != 1 or summary.get("part") != part or summary.get("parts") != parts:
        raise KalimatError(f"part {part} of {parts}: the summary is of part {summary.get('part')} of {summary.get('parts')}")
    if sent is not None and summary.get("received") != sent:
        raise KalimatError(f"part {part}: {sent} articles were sent, {summary.get('received')} received")
    for shard in summary["manifest"]["shards"]:
        if f".{attempt}." not in shard["path"]:
            raise KalimatError(f"part {part}: the shard {shard['path']} is not of the attempt {attempt}")


def _write_part(job: dict, part: int, command: list[str], feed: Callable[[Any], int] | None) -> str:
    """One attempt at one part: its summary's line. Files of an attempt that fails are never named by anyone."""
    attempt = _attempt(job["run"])
    folder = job["staged"] or tempfile.mkdtemp(prefix="kalimat-")
    try:
        command = [find_program(), *command, "--part", str(part), "--attempt", attempt, "--output", folder]
        summary, line, sent = _run(command, feed)
        _check_part(summary, part, job["parts"], attempt, sent if feed else None)
        if job["store"]:
            for shard in summary["manifest"]["shards"]:
                _upload(f"{folder}/{shard['path']}", job["store"], shard["path"], shard["bytes"])
        return line
    finally:
        if not job["staged"]:
            shutil.rmtree(folder, ignore_errors=True)


# Object stores: no rename there, so files keep the names of their attempts, and the manifest names the winners.

def _store(uri: str) -> tuple[Any, str]:
    from pyarrow import fs

    system, path = fs.FileSystem.from_uri(uri)
    return system, path.rstrip("/")


def _upload(local: str, uri: str, name: str, size: int) -> None:
    system, path = _store(uri)
    target = f"{path}/{name}"
    system.create_dir(os.path.dirname(target), recursive=True)
    with open(local, "rb") as source, system.open_output_stream(target, compression=None) as sink:
        shutil.copyfileobj(source, sink, BLOCK)
    stored = system.get_file_info(target).size
    if stored != size:
        raise KalimatError(f"{target}: {stored} bytes stored, {size} written")


def _stored_files(uri: str) -> dict[str, int]:
    from pyarrow import fs

    system, path = _store(uri)
    found = system.get_file_info(fs.FileSelector(path, recursive=True, allow_not_found=True))
    return {file.path[len(path) + 1:]: file.size for file in found if file.is_file}


# The driver's side.

def ship(context: Any, program: str) -> None:
    """Sends the program to every executor: a single file, or what `make dist` made (.tar.gz)."""
    if program.endswith((".tar.gz", ".tgz", ".tar", ".zip")):
        context.addArchive(f"{os.path.abspath(program)}#kalimat")
    elif os.path.basename(program) == "kalimat":
        context.addFile(os.path.abspath(program))
    else:  # executors look for the name
        with tempfile.TemporaryDirectory(prefix="kalimat-") as folder:
            context.addFile(shutil.copy(program, f"{folder}/kalimat"))


def _prepare(context: Any, program: str | None) -> None:
    if program:
        ship(context, program)
    if __name__ != "__main__":
        context.addPyFile(os.path.abspath(__file__))


def _job(output: str, shards: int) -> dict:
    run = uuid.uuid4().hex[:12]
    # A drive letter is no scheme, and neither is `file`: what is mounted is renamed, not named.
    is_store = "://" in output
    return {
        "run": run, "shards": shards, "parts": parts_of(shards), "store": output.rstrip("/") if is_store else None,
        "staged": None if is_store else f"{os.path.abspath(output)}.staged-{run}"}


def _seal(job: dict, output: str, summaries: list[str], replace: bool, sizes_only: bool) -> dict:
    """Checks that each part has one winner, and lets kalimat write the manifest."""
    text = "".join(summaries)
    more = [flag for flag, wanted in (("--replace", replace), ("--sizes-only", sizes_only)) if wanted]
    if not job["store"]:
        return _call_seal(["--staged", job["staged"], "--output", os.path.abspath(output), *more], text)
    stored = _stored_files(job["store"])
    if "manifest.json" in stored and not replace:
        raise KalimatError(f"{output}: there is a dataset already")
    for summary in map(json.loads, summaries):
        for shard in summary["manifest"]["shards"] if "manifest" in summary else []:
            if stored.get(shard["path"]) != shard["bytes"]:
                raise KalimatError(f"{output}/{shard['path']}: {stored.get(shard['path'])} bytes, {shard['bytes']} written")
    with tempfile.TemporaryDirectory(prefix="kalimat-") as folder:
        sealed = f"{folder}/dataset"
        result = _call_seal(["--detached", "--output", sealed], text)
        names = sorted(os.listdir(sealed), key=lambda name: (name == "manifest.json", name))
        for name in names:
            _upload(f"{sealed}/{name}", job["store"], name, os.path.getsize(f"{sealed}/{name}"))
        manifest = json.loads(pathlib.Path(sealed, "manifest.json").read_text(encoding="utf-8"))
    winners = {shard["path"] for shard in manifest["shards"]}
    _discard(job, keep=winners, others=set(stored) - winners - set(names) if replace else set())
    return result


def _call_seal(arguments: list[str], summaries: str) -> dict:
    command = [find_program(), "seal", "-", "--json", *arguments]
    done = subprocess.run(command, input=summaries.encode("utf-8"), capture_output=True)
    if done.returncode not in (0, 1):
        raise KalimatError(f"kalimat seal ended with {done.returncode}: {done.stderr.decode('utf-8', 'replace').strip()}")
    return json.loads(done.stdout)


def _discard(job: dict, keep: set[str] = frozenset(), others: set[str] = frozenset()) -> None:
    """Takes away what attempts of this run left in the store, and `others`; what cannot be is left."""
    system, path = _store(job["store"])
    for name in _stored_files(job["store"]):
        if name not in keep and (f".{job['run']}-" in name or name in others):
            try:
                system.delete_file(f"{path}/{name}")
            except OSError:
                pass


def _finish(job: dict, failed: bool) -> None:
    if job["staged"]:
        shutil.rmtree(job["staged"], ignore_errors=True)
    elif failed:
        _discard(job)


def build(
    spark: Any, source: Any, output: str, *, shards: int, text: Sequence[str] | str = "text", id: str | None = None,
    url: str | None = None, path: str | None = None, lang: str | None = None, title: str | None = None,
    published: str | None = None, license: str | None = None, keep: Sequence[str] = (), split_by: str | None = None,
    source_field: str | None = None, options: Sequence[str] = (), program: str | None = None, replace: bool = False, sizes_only: bool = False,
) -> dict:
    """Builds a dataset of a DataFrame's rows, or of JSON Lines, and gives what `kalimat build --json` says.

    source: a DataFrame with the named columns, or the path (or paths) of JSON Lines files.
    output: a folder that the driver and all executors mount, or a URI that pyarrow.fs takes (s3://…, gs://…, hdfs://…).
    id, url or path: the key's field (docs/FORMAT.md, "Key"). Fields that are not named are not read.
    options: further options of `kalimat build`, e.g. ["--split", "train=0.98,dev=0.02"]; files that they name must be
        there on every executor.
    program: a kalimat to ship to the executors; None where they have one.
    """
    keys = [(kind, name) for kind, name in (("path", path), ("id", id), ("url", url)) if name]
    if not keys:
        raise ValueError("name the field of the key: id, url or path")
    kind, key = keys[0]
    fields = {
        "text": [text] if isinstance(text, str) else list(text), "id": id, "url": url, "path": path, "lang": lang,
        "title": title, "published": published, "license": license, "keep": list(keep), "split_by": split_by,
        "source": source_field}
    context = spark.sparkContext
    job = _job(output, shards)
    parts = job["parts"]
    command = ["build-shard", "--shards", str(shards), *_arguments(fields, options)]
    _prepare(context, program)
    rows = _rows_of_lines(spark, source, kind, key) if isinstance(source, (str, list, tuple)) else \
        _rows_of_table(source, kind, key, fields)
    # Keys are doc_ids, and Python orders str of ASCII as bytes: the order that kalimat checks.
    placed = rows.repartitionAndSortWithinPartitions(parts, lambda document: shard_of(document or "d0000", parts))

    def write(part: int, partition: Iterator[tuple[str, bytes]]) -> Iterator[str]:
        yield _write_part(job, part, command, _sender(partition))

    failed = True
    try:
        if not job["store"] and os.path.exists(output) and not replace:
            raise KalimatError(f"{output}: something is there already")
        summaries = placed.mapPartitionsWithIndex(write).collect()
        result = _seal(job, output, summaries, replace, sizes_only)
        failed = False
        return result
    finally:
        _finish(job, failed)


def _rows_of_lines(spark: Any, paths: Any, kind: str, key: str) -> Any:
    """Lines as bytes: read as text they would be mended in silence where they are not UTF-8."""
    paths = [paths] if isinstance(paths, str) else list(paths)
    frame = spark.read.text(paths, lineSep="\n").selectExpr("cast(value as binary)")

    def place(rows: Iterator[Any]) -> Iterator[tuple[str, bytes]]:
        for (line,) in rows:
            line = bytes(line)
            if line.strip(b" \t\r"):
                yield _placed(kind, _key_in(line, key, kind), line)

    return frame.rdd.mapPartitions(place)


def _rows_of_table(frame: Any, kind: str, key: str, fields: dict[str, Any]) -> Any:
    """Rows as JSON, of the columns that are named; null is absent, as in `kalimat build`."""
    from pyspark.sql import functions as F

    names: list[str] = []
    for value in fields.values():
        for name in [value] if isinstance(value, str) else value or []:
            top = name if name in frame.columns else name.split(".")[0]
            if top not in frame.columns:
                raise ValueError(f"no column {name}; there are {', '.join(frame.columns)}")
            if top not in names:
                names.append(top)
    column = F.col(f"`{key}`" if key in frame.columns else key)
    made = frame.select(column).dtypes[0][1]
    if made not in (("string", "bigint", "int", "smallint", "tinyint") if kind == "id" else ("string",)):
        raise ValueError(f"the column {key} is of type {made}: a key is a string{', or an integer' * (kind == 'id')}")
    line = F.to_json(F.struct(*[F.col(f"`{name}`") for name in names]))
    chosen = frame.select(column.cast("string"), line)
    return chosen.rdd.map(lambda row: _placed(kind, row[0], row[1].encode("utf-8")))


def build_mounted(
    spark: Any, inputs: Sequence[str] | str, output: str, *, shards: int, tasks: int, options: Sequence[str] = (),
    program: str | None = None, replace: bool = False, sizes_only: bool = False,
) -> dict:
    """Builds a dataset of files and folders that the driver and all executors mount under the same paths.

    Only names travel: each of `tasks` reads its share of the files and leaves a sorted run beside the output; then each
    part is merged from all runs. Everything that `kalimat build` reads is read, with the same options.
    """
    inputs = [os.path.abspath(path) for path in ([inputs] if isinstance(inputs, str) else inputs)]
    context = spark.sparkContext
    job = _job(output, shards)
    if job["store"]:
        raise ValueError("build_mounted needs a mounted output")
    runs, listed = f"{job['staged']}/.runs", f"{job['staged']}/.runs.list"
    common = ["--shards", str(shards), *options]
    _prepare(context, program)

    def read(task: int, _: Iterator[int]) -> Iterator[str]:
        command = [
            find_program(), "build-runs", *inputs, *common, "--task", str(task), "--tasks", str(tasks), "--attempt",
            _attempt(job["run"]), "--output", runs]
        summary, line, _ = _run(command)
        if (summary.get("kalimat_runs"), summary.get("task"), summary.get("tasks")) != (1, task, tasks):
            raise KalimatError(f"task {task} of {tasks}: the summary is of another")
        yield line

    def merge(part: int, _: Iterator[int]) -> Iterator[str]:
        yield _write_part(job, part, ["build-shard", *common, "--runs-from", listed], None)

    try:
        if os.path.exists(output) and not replace:
            raise KalimatError(f"{output}: something is there already")
        found = context.parallelize(range(tasks), tasks).mapPartitionsWithIndex(read).collect()
        paths = [json.loads(line)["path"] for line in found]
        pathlib.Path(listed).write_text("".join(f"{path}\n" for path in paths), encoding="utf-8")
        parts = job["parts"]
        summaries = context.parallelize(range(parts), parts).mapPartitionsWithIndex(merge).collect()
        return _seal(job, output, found + summaries, replace, sizes_only)
    finally:
        _finish(job, False)


def main() -> None:
    parser = argparse.ArgumentParser(
        description="Build a kalimat dataset with Spark.", allow_abbrev=False,
        epilog="All other options go to kalimat as they are: --split, --leftovers, --join … (kalimat build --help).")
    parser.add_argument("input", nargs="+", help="files or folders; a table's name with --format table")
    parser.add_argument("--format", default="jsonl", help="jsonl, table, mounted, or any format that spark.read knows")
    parser.add_argument("--output", required=True, help="a folder that all mount, or a URI of an object store")
    parser.add_argument("--shards", type=int, required=True, help="a power of two")
    parser.add_argument("--tasks", type=int, default=0, help="with --format mounted: tasks that read (default: 2 a core)")
    parser.add_argument("--program", help="kalimat, or the archive of `make dist`, to ship to the executors")
    parser.add_argument("--replace", action="store_true", help="replace the dataset that stands there")
    parser.add_argument("--sizes-only", action="store_true", help="seal without reading the shards again")
    names = ("id", "url", "path", "lang", "title", "published", "license", "source")
    for name in names:
        parser.add_argument(f"--{name}-field")
    parser.add_argument("--text-field", default="text")
    parser.add_argument("--keep", default="")
    parser.add_argument("--split-by")
    given, options = parser.parse_known_args()

    from pyspark.sql import SparkSession

    spark = SparkSession.builder.appName("kalimat").getOrCreate()
    common = dict(shards=given.shards, program=given.program, replace=given.replace, sizes_only=given.sizes_only)
    fields = {name: getattr(given, f"{name}_field") for name in names}
    if given.format == "mounted":
        named = {**fields, "text": given.text_field, "keep": given.keep, "split_by": given.split_by}
        if given.text_field == "text":  # the default, which build guesses
            del named["text"]
        tasks = given.tasks or 2 * spark.sparkContext.defaultParallelism
        result = build_mounted(spark, given.input, given.output, tasks=tasks, options=_arguments(named, options), **common)
    else:
        fields["source_field"] = fields.pop("source")
        source: Any = given.input
        if given.format == "table":
            source = spark.table(given.input[0])
        elif given.format != "jsonl":
            source = spark.read.format(given.format).load(given.input)
        result = build(
            spark, source, given.output, text=given.text_field.split(","), keep=[k for k in given.keep.split(",") if k],
            split_by=given.split_by, options=options, **fields, **common)
    print(json.dumps(result, ensure_ascii=False))
    spark.stop()


if __name__ == "__main__":
    main()

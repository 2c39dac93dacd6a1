"""Whatever the source, the partitions, the version and the way there: the dataset is that of one machine."""

import json
import pathlib
import shutil
import subprocess

import pytest
from conftest import FIELDS, OPTIONS, SHARDS, SOAK, SPLIT, content, kalimat

import kalimat_spark


def test_vectors():
    document = kalimat_spark.doc_id("path", "id-viva-2025-11-04.txt")
    assert document == "db826269i8q00mhol"
    assert [kalimat_spark.shard_of(document, n) for n in (4, 7, 16)] == [1, 2, 5]
    assert kalimat_spark.parts_of(65536) == 4096 and kalimat_spark.parts_of(1) == 1
    for bad in (0, 3, 7, 131072):
        with pytest.raises(ValueError):
            kalimat_spark.parts_of(bad)


def test_ids_and_shards_are_those_of_kalimat(made, tmp_path):
    kalimat("build", made / "jsonl-1", "--output", tmp_path / "out", "--shards", "16", "--compression", "none", *OPTIONS)
    seen = 0
    for shard in sorted((tmp_path / "out/documents").iterdir()):
        for line in shard.read_text(encoding="utf-8").splitlines():
            document = json.loads(line)
            assert kalimat_spark.doc_id(document["key_kind"], document["key"]) == document["doc_id"]
            assert kalimat_spark.shard_of(document["doc_id"], 16) == int(shard.name.split("-")[1])
            seen += 1
    assert seen == 120


@pytest.mark.parametrize("line, key", [
    (b'{"id": 7}', "7"), (b'{"id": "7"}', "7"), (b'{"id": -0}', "-0"), (b'{"id": 1e3}', None), (b'{"id": true}', None),
    (b'{"id": ""}', None), (b'{"a": {"b": "x"}}', None), (b"[1]", None), (b'{"id": "\xff"}', None), (b"{", None)])
def test_keys(line, key):
    assert kalimat_spark._key_in(line, "id", "id") == key


def test_nested_key_and_url():
    assert kalimat_spark._key_in(b'{"a": {"b": "x"}}', "a.b", "id") == "x"
    assert kalimat_spark._key_in(b'{"a.b": "y", "a": {"b": "x"}}', "a.b", "id") == "y"
    assert kalimat_spark._key_in(b'{"url": 7}', "url", "url") is None


def source(spark, made, name: str, pieces: int):
    if name == "jsonl":
        return str(made / f"jsonl-{pieces}")
    frame = spark.read.parquet(str(made / f"parquet-{pieces}"))
    return frame if name == "parquet" else frame.repartition(pieces)


CASES = [(name, pieces) for name in ("jsonl", "parquet") for pieces in (1, 2, 7)]


@pytest.mark.parametrize("name, pieces", CASES if SOAK else [("jsonl", 2), ("parquet", 7)])
def test_equal_to_one_machine(spark, made, tmp_path, name, pieces):
    out = tmp_path / "out"
    result = kalimat_spark.build(spark, source(spark, made, name, pieces), str(out), shards=SHARDS, options=SPLIT, **FIELDS)
    assert result["content_sha256"] == content(made / "reference") == content(out)
    kalimat("validate", out)
    for shard in json.loads((made / "reference/manifest.json").read_text())["shards"]:
        assert (out / shard["path"]).read_bytes() == (made / "reference" / shard["path"]).read_bytes()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out"], "nothing is left beside it"


@pytest.mark.parametrize("shards", [1, 64] if SOAK else [64])
def test_other_numbers_of_shards(spark, made, tmp_path, shards):
    result = kalimat_spark.build(
        spark, str(made / "jsonl-2"), str(tmp_path / "out"), shards=shards, options=SPLIT, **FIELDS)
    assert result["content_sha256"] == content(made / "reference")
    kalimat("validate", tmp_path / "out")


def test_object_store(spark, made, tmp_path):
    """No rename: the manifest names the attempts' files, and losers go."""
    result = kalimat_spark.build(
        spark, str(made / "jsonl-2"), (tmp_path / "out").as_uri(), shards=SHARDS, options=SPLIT, **FIELDS)
    assert result["content_sha256"] == content(made / "reference")
    manifest = json.loads((tmp_path / "out/manifest.json").read_text())
    assert all(len(shard["path"].split(".")) == 4 for shard in manifest["shards"])
    kalimat("validate", tmp_path / "out")
    with pytest.raises(kalimat_spark.KalimatError, match="already"):
        kalimat_spark.build(
            spark, str(made / "jsonl-2"), (tmp_path / "out").as_uri(), shards=SHARDS, options=SPLIT, **FIELDS)
    kalimat("validate", tmp_path / "out")
    kalimat_spark.build(
        spark, str(made / "jsonl-1"), (tmp_path / "out").as_uri(), shards=4, options=SPLIT, replace=True, **FIELDS)
    kalimat("validate", tmp_path / "out")


@pytest.mark.parametrize("tasks", [1, 3, 9] if SOAK else [3])
def test_mounted(spark, made, tmp_path, tasks):
    """Names travel, files do not: the whole folder is that of one machine, inputs.jsonl too, with what is guessed."""
    arguments = [made / "jsonl-7", made / "jsonl-2" / "0.jsonl"]
    options = ["--on-duplicate-key", "last", "--keep", "site", *SPLIT]
    kalimat("build", *arguments, "--output", tmp_path / "one", "--shards", SHARDS, *options)
    kalimat_spark.build_mounted(
        spark, [str(a) for a in arguments], str(tmp_path / "many"), shards=SHARDS, tasks=tasks, options=options)
    subprocess.run(["diff", "-r", tmp_path / "one", tmp_path / "many"], check=True)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["many", "one"]


def test_texts_that_were_files(spark, tmp_path):
    """Plain text through the shuffle: with its path as key it has the IDs that it has on one machine."""
    folder = tmp_path / "texts"
    folder.mkdir()
    for number in range(9):
        (folder / f"{number}.txt").write_text(f"Satu {number}. Dua.\n\nTiga, empat.", encoding="utf-8")
    kalimat("build", folder, "--output", tmp_path / "one", "--shards", "2")
    rows = [(file.name, file.read_text(encoding="utf-8")) for file in folder.iterdir()]
    frame = spark.createDataFrame(rows, "path string, text string")
    result = kalimat_spark.build(spark, frame, str(tmp_path / "many"), shards=2, path="path")
    assert result["content_sha256"] == content(tmp_path / "one")


def refused(spark, lines: list[bytes], tmp_path: pathlib.Path, match: str, **more):
    (tmp_path / "in.jsonl").write_bytes(b"\n".join(lines) + b"\n")
    with pytest.raises(Exception, match=match):
        kalimat_spark.build(spark, str(tmp_path / "in.jsonl"), str(tmp_path / "out"), shards=4, id="id", **more)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in.jsonl"], "nothing is left"


GOOD = [json.dumps({"id": f"g{n}", "text": f"Kalimat {n}. Lagi."}).encode() for n in range(20)]
REFUSED = {
    "empty text": (b'{"id": "x", "text": ""}', 'x.*: the field "text" is empty'),
    "no key": (b'{"text": "Satu."}', 'no field "id"'),
    "not UTF-8": (b'{"id": "x", "text": "a\xffb"}', "UTF-8"),
    "no JSON": (b'{"id": "x", "text": ', "no JSON"),
    "the same key": (GOOD[3], 'twice(.|\n)*whose key is "g3"'),
}


@pytest.mark.parametrize("name", REFUSED if SOAK else ["not UTF-8", "the same key"])
def test_refused_articles(spark, tmp_path, name):
    line, match = REFUSED[name]
    refused(spark, [*GOOD, line], tmp_path, match)


def test_bad_articles_can_be_skipped(spark, tmp_path):
    lines = [*GOOD, *(line for name, (line, _) in REFUSED.items() if name != "the same key")]
    (tmp_path / "in.jsonl").write_bytes(b"\n".join(lines) + b"\n")
    result = kalimat_spark.build(
        spark, str(tmp_path / "in.jsonl"), str(tmp_path / "out"), shards=4, id="id", options=["--skip-bad"])
    assert result["documents"] == 20
    rows = subprocess.run(["zcat", tmp_path / "out/inputs.jsonl.gz"], capture_output=True, text=True, check=True).stdout
    assert 'x: the field \\"text\\" is empty' in rows and "no JSON" in rows
    kalimat("validate", tmp_path / "out")


def test_what_stands_there_stays(spark, made, tmp_path):
    shutil.copytree(made / "reference", tmp_path / "out")
    with pytest.raises(kalimat_spark.KalimatError, match="already"):
        kalimat_spark.build(spark, str(made / "jsonl-1"), str(tmp_path / "out"), shards=2, options=SPLIT, **FIELDS)
    kalimat("validate", tmp_path / "out")
    kalimat_spark.build(
        spark, str(made / "jsonl-1"), str(tmp_path / "out"), shards=2, options=SPLIT, replace=True, **FIELDS)
    kalimat("validate", tmp_path / "out", "--expect", content(made / "reference"))

"""The tools that people have read what kalimat wrote: right splits, counts and types, and every text as it is."""

import glob
import json
import subprocess

import pytest

from conftest import TRICKY, rows

KINDS = {"sentences": "data", "documents": "documents", "rejected": "rejected"}


def splits_of(dataset, kind: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    for shard in json.loads((dataset / "manifest.json").read_bytes())["shards"]:
        if shard["kind"] == kind:
            counts[shard["split"]] = counts.get(shard["split"], 0) + shard["records"]
    return counts


def polars_schema(dataset, kind: str) -> dict:
    """The schema that the card's dataset_info names, as polars wants it."""
    import polars as pl

    plain = {"string": pl.String, "int64": pl.Int64}
    schema = {}
    for feature in features_of(dataset, kind):
        fields = feature.get("struct")
        schema[feature["name"]] = (
            pl.Struct({f["name"]: plain[f["dtype"]] for f in fields}) if fields is not None else plain[feature["dtype"]])
    return schema


def features_of(dataset, kind: str) -> list[dict]:
    import yaml

    card = yaml.safe_load((dataset / "README.md").read_text(encoding="utf-8").split("---\n")[1])
    return next(i for i in card["dataset_info"] if KINDS[i["config_name"]] == kind)["features"]


# datasets


@pytest.mark.parametrize("config", KINDS)
def test_load_dataset(dataset, config, no_network):
    import datasets

    if not splits_of(dataset, KINDS[config]):
        pytest.skip(f"no record of kind {config}")
    loaded = datasets.load_dataset(str(dataset), config)
    assert {name: len(split) for name, split in loaded.items()} == splits_of(dataset, KINDS[config])
    for name, split in loaded.items():
        expected = rows(dataset, KINDS[config], name)
        assert list(split.features) == list(expected[0])
        for key, feature in split.features.items():
            if key != "meta":
                assert feature.dtype == ("int64" if isinstance(expected[0][key], int) else "string"), key
        assert split.to_list() == expected


def test_the_default_config_is_sentences(corpus, no_network):
    import datasets

    loaded = datasets.load_dataset(str(corpus))
    assert sum(map(len, loaded.values())) == sum(splits_of(corpus, "data").values())
    assert "text" in loaded["train"].features


def test_a_wrong_count_in_the_card_is_noticed(corpus, no_network, tmp_path):
    """The counts are checked at all: one off is an error."""
    import datasets
    import shutil

    copy = shutil.copytree(corpus, tmp_path / "copy")
    card = (copy / "README.md").read_text(encoding="utf-8")
    count = splits_of(corpus, "data")["train"]
    assert f"num_examples: {count}\n" in card
    (copy / "README.md").write_text(card.replace(f"num_examples: {count}\n", f"num_examples: {count + 1}\n"), encoding="utf-8")
    with pytest.raises(datasets.exceptions.DatasetsError, match="."):
        datasets.load_dataset(str(copy), "sentences")


def test_streaming(corpus, no_network):
    import datasets

    streamed = datasets.load_dataset(str(corpus), "sentences", split="train", streaming=True)
    assert list(streamed) == rows(corpus, "data", "train")


def test_dates_alone_in_a_column_are_changed_by_datasets(tmp_path, no_network):
    """A limit that docs/FORMAT.md tells: pyarrow guesses before the card's types count. When this fails, tell it no more."""
    import datasets
    from conftest import kalimat

    (tmp_path / "a.jsonl").write_text('{"id":"1","text":"One.","published":"2025-02-03T09:00:00+07:00"}\n')
    kalimat("build", "a.jsonl", "--output", "out", cwd=tmp_path)
    loaded = datasets.load_dataset(str(tmp_path / "out"), "documents", split="train")
    assert rows(tmp_path / "out", "documents")[0]["published"] == "2025-02-03T09:00:00+07:00"
    assert loaded[0]["published"] == "2025-02-03 02:00:00"


# sha256sum, zcat, jq


def test_sha256sum(dataset):
    done = subprocess.run(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=dataset, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    assert done.stdout.count(": OK\n") == len((dataset / "SHA256SUMS").read_text().splitlines()) > 10


def test_zcat_and_jq(dataset):
    for kind in KINDS.values():
        files = sorted(glob.glob(f"{dataset}/{kind}/*.jsonl.gz"))
        if not files:
            continue
        zcat = subprocess.run(["zcat", *files], capture_output=True, check=True)
        found = subprocess.run(["jq", "-c", "."], input=zcat.stdout, capture_output=True, check=True).stdout
        assert [json.loads(line) for line in found.splitlines()] == rows(dataset, kind)
        assert len(zcat.stdout.splitlines()) == len(rows(dataset, kind))


def test_gzip_tests_every_file(dataset):
    subprocess.run(["gzip", "--test", *glob.glob(f"{dataset}/*/*.gz")], check=True)


# polars, pandas, duckdb


@pytest.mark.parametrize("kind", KINDS.values())
def test_polars(dataset, kind):
    import polars as pl

    if not splits_of(dataset, kind):
        pytest.skip(f"no record of kind {kind}")
    schema = polars_schema(dataset, kind)
    frame = pl.scan_ndjson(f"{dataset}/{kind}/*.jsonl.gz", schema=schema).collect()
    assert dict(frame.schema) == schema
    assert frame.to_dicts() == rows(dataset, kind)


def test_pandas(dataset):
    import pandas as pd

    frames = []
    for file in sorted(glob.glob(f"{dataset}/data/*.jsonl.gz")):
        frames.append(pd.read_json(file, lines=True, dtype=False))
    found = [row for frame in frames for row in frame.to_dict("records")]
    assert found == rows(dataset, "data")


@pytest.mark.parametrize("kind", KINDS.values())
def test_duckdb(dataset, kind):
    import duckdb

    expected = rows(dataset, kind)
    if not expected:
        pytest.skip(f"no record of kind {kind}")
    columns = {}
    for feature in features_of(dataset, kind):
        if feature["name"] != "meta":
            columns[feature["name"]] = {"string": "VARCHAR", "int64": "BIGINT"}[feature["dtype"]]
    query = f"select * from read_json('{dataset}/{kind}/*.jsonl.gz', format='newline_delimited', columns={columns})"
    found = duckdb.sql(query)
    assert [str(t) for t in found.types] == list(columns.values())
    names = list(columns)
    key = "doc_id" if kind == "documents" else "id"
    ours = sorted(([row[name] for name in names] for row in expected), key=lambda row: row[names.index(key)])
    theirs = sorted((list(row) for row in found.fetchall()), key=lambda row: row[names.index(key)])
    assert theirs == ours


def test_duckdb_unaided_takes_texts_for_texts(tricky):
    import duckdb

    found = duckdb.sql(f"select distinct text from read_json('{tricky}/data/*.jsonl.gz', format='newline_delimited')")
    assert str(found.types[0]) == "VARCHAR"
    texts = {row[0] for row in found.fetchall()}
    assert texts == {row["text"] for row in rows(tricky, "data")}


def test_tricky_texts_are_there(tricky):
    """The tests above would prove nothing, were these not among the texts."""
    texts = {row["text"] for kind in ("data", "rejected") for row in rows(tricky, kind)}
    assert set(TRICKY) <= texts
    assert {"no", "123", "2025-11-04"} <= {row["meta"]["author"] for row in rows(tricky, "documents")}


# JSON Schema, Croissant


def test_json_schema(dataset):
    import jsonschema

    schema = json.loads((dataset / "schema.json").read_bytes())
    jsonschema.Draft202012Validator.check_schema(schema)
    whole = jsonschema.Draft202012Validator(schema)
    for kind, name in (("data", "sentence"), ("rejected", "rejected"), ("documents", "document")):
        own = jsonschema.Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": schema["$defs"]})
        for row in rows(dataset, kind):
            own.validate(row)
            whole.validate(row)
            for broken in ({**row, "more": 1}, {k: v for k, v in row.items() if k != "doc_id"}, {**row, "doc_id": None}):
                assert not own.is_valid(broken) and not whole.is_valid(broken)


def test_croissant(dataset):
    import mlcroissant

    done = subprocess.run(
        [__import__("sys").executable, "-m", "mlcroissant.scripts.validate", "--jsonld", str(dataset / "croissant.json")],
        capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    croissant = mlcroissant.Dataset(jsonld=str(dataset / "croissant.json"))
    assert not croissant.metadata.issues.errors
    for config, kind in KINDS.items():
        expected = rows(dataset, kind)
        if not expected:
            continue
        key = "doc_id" if kind == "documents" else "id"
        found = {}
        for row in croissant.records(record_set=config):
            plain = {k.split("/", 1)[1]: v.decode() if isinstance(v, bytes) else v for k, v in row.items()}
            found[plain[key]] = plain
        assert len(found) == len(expected)
        for row in expected:
            assert found[row[key]] == {k: v for k, v in row.items() if k != "meta"}


def test_croissant_names_every_shard_with_its_digest(dataset):
    croissant = json.loads((dataset / "croissant.json").read_bytes())
    files = {f["contentUrl"]: f["sha256"] for f in croissant["distribution"] if f["@type"] == "cr:FileObject"}
    shards = {s["path"]: s["sha256"] for s in json.loads((dataset / "manifest.json").read_bytes())["shards"]}
    assert shards.items() <= files.items()

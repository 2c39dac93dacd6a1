"""What tools that translators have write into an export comes back, and the bitext dataset is read by those of trainers."""

import csv
import json
import pathlib
import subprocess

import pytest

from conftest import kalimat, rows
from test_exports import export, program

LANGUAGE = ["--where", "lang=en"]


@pytest.fixture(scope="module")
def english(corpus) -> dict[str, dict]:
    return {row["id"]: row for row in rows(corpus, "data") if row["lang"] == "en"}


def translation(text: str) -> str:
    """Another text for each: as long, with its numbers and signs."""
    return text.swapcase()


def take_back(dataset: pathlib.Path, file: pathlib.Path, wanted: dict[str, dict], *more: str) -> pathlib.Path:
    """Imports a file; every sentence must have its own translation, and nothing be said of where it belongs."""
    output = file.with_name(file.name + "-bitext")
    said = kalimat("import", str(dataset), str(file), "--lang", "fr", *LANGUAGE, "--output", str(output), "--json", *more, cwd=file.parent)
    counts = json.loads(said)["counts"]
    told = {name: count for name, count in counts.items() if count and name not in ("language", "equal", "length")}
    assert told == {}, said
    # Swapped case is still English: pairs may stand in rejected/ for their language. Which sentence they are of is asked.
    found = rows(output, "data") + (rows(output, "rejected") if (output / "rejected").exists() else [])
    assert {row["source_ids"][0]: (row["source"], row["target"]) for row in found} == {
        id: (row["text"], translation(row["text"])) for id, row in wanted.items()}
    return output


def test_translate_toolkit_fills_xliff_12(corpus, english):
    from translate.storage.xliff import xlifffile

    file = export(corpus, "xliff12", *LANGUAGE)
    with open(file, "rb") as handle:
        store = xlifffile.parsefile(handle)
    for unit in store.units:
        unit.target = translation(unit.source)
    store.savefile(str(file))
    take_back(corpus, file, english, "--format", "xliff12")


def test_translate_toolkit_fills_xliff_2(corpus, english):
    from translate.storage.xliff2 import Xliff2File

    # A unit of the toolkit is a segment of ours only where a paragraph has one: it is written by lxml, as the toolkit does.
    from lxml import etree

    file = export(corpus, "xliff2", *LANGUAGE)
    name = "{urn:oasis:names:tc:xliff:document:2.0}"
    tree = etree.parse(str(file))
    for segment in tree.iter(name + "segment"):
        target = etree.SubElement(segment, name + "target")
        target.text = translation("".join(segment.find(name + "source").itertext()))
    tree.write(str(file), encoding="utf-16", xml_declaration=True)
    with open(file, "rb") as handle:
        assert len(Xliff2File.parsefile(handle).units) > 0
    take_back(corpus, file, english, "--format", "xliff2")


def test_translate_toolkit_fills_po(corpus, english):
    from translate.storage.pypo import pofile

    file = export(corpus, "po", *LANGUAGE)
    with open(file, "rb") as handle:
        store = pofile.parsefile(handle)
    for unit in store.units:
        if not unit.isheader():
            unit.target = translation(unit.source)
    store.savefile(str(file))
    take_back(corpus, file, english)


def test_gettext_fills_po(corpus, english):
    """msgcat wraps, sorts and escapes as gettext does."""
    file = export(corpus, "po", *LANGUAGE)
    filled = file.with_name("filled.po")
    subprocess.run(["msgen", "--no-wrap", "-o", filled, file], check=True)
    text = subprocess.run(["msgcat", "--sort-output", "-w", "60", filled], check=True, capture_output=True).stdout
    filled.write_bytes(text)
    said = kalimat(
        "import", str(corpus), str(filled), "--lang", "fr", *LANGUAGE, "--output", str(filled) + "-bitext", "--json", cwd=file.parent)
    report = json.loads(said)
    assert report["entries"] == report["matched"] == len(english)
    assert report["counts"]["missing"] == report["counts"]["source-changed"] == 0


def test_translate_toolkit_fills_tmx(corpus, english):
    from translate.storage.tmx import tmxfile

    file = export(corpus, "tmx", *LANGUAGE)
    with open(file, "rb") as handle:
        store = tmxfile.parsefile(handle)
    for unit in store.units:
        unit.settarget(translation(unit.source), "fr")
    store.savefile(str(file))
    take_back(corpus, file, english)


@pytest.mark.parametrize("kind", ["csv", "tsv"])
def test_pandas_fills_tables(corpus, english, kind):
    import pandas

    file = export(corpus, kind, *LANGUAGE)
    options = {"sep": "\t", "quoting": csv.QUOTE_NONE} if kind == "tsv" else {}
    table = pandas.read_csv(file, dtype=str, keep_default_na=False, **options)
    table["target"] = [translation(english[id]["text"]) for id in table["id"]]
    assert not any(c in text for text in table["target"] for c in "\t\n\\")
    table = table.sample(frac=1, random_state=1)
    table.to_csv(file, index=False, encoding="utf-8-sig", **options)
    take_back(corpus, file, english)


def test_excel_semicolons_and_utf_16(corpus, english):
    import pandas

    file = export(corpus, "csv", *LANGUAGE)
    table = pandas.read_csv(file, dtype=str, keep_default_na=False)
    table["target"] = [translation(english[id]["text"]) for id in table["id"]]
    table.to_csv(file, index=False, sep=";", encoding="utf-16", lineterminator="\r\n")
    take_back(corpus, file, english)


# A bitext dataset


@pytest.fixture(scope="module")
def bitext(corpus, english, tmp_path_factory) -> pathlib.Path:
    folder = tmp_path_factory.mktemp("bitext")
    with open(folder / "en.jsonl", "w", encoding="utf-8") as file:
        for id, row in english.items():
            target = "" if row["seq"] == 3 else f"Ini terjemahan nomor {row['seq']} dari kalimat itu."
            file.write(json.dumps({"custom_id": id, "source": row["text"], "target": target}) + "\n")
    kalimat("import", str(corpus), "en.jsonl", "--lang", "id", *LANGUAGE, "--output", "out", "--name", "en-id", "--quiet", cwd=folder)
    return folder / "out"


def test_load_dataset_gives_translations(bitext, no_network):
    import datasets

    loaded = datasets.load_dataset(str(bitext))
    wanted = {split: rows(bitext, "data", split) for split in loaded}
    assert sum(map(len, loaded.values())) == len(rows(bitext, "data")) > 100
    for split, found in loaded.items():
        assert found.features["translation"] == datasets.Translation(languages=["en", "id"])
        assert found.features["source_ids"] == datasets.List(datasets.Value("string"))
        assert found.to_list() == wanted[split]
        assert found[0]["translation"] == {"en": wanted[split][0]["source"], "id": wanted[split][0]["target"]}
    rejected = datasets.load_dataset(str(bitext), "rejected")
    assert {row["reason"] for split in rejected.values() for row in split} == {"empty"}


def test_bitext_records_are_as_the_schema_says(bitext):
    import jsonschema

    schema = json.loads((bitext / "schema.json").read_bytes())
    for kind, name in [("data", "pair"), ("rejected", "rejected")]:
        check = jsonschema.Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": schema["$defs"]})
        for row in rows(bitext, kind):
            check.validate(row)


def test_croissant_and_sums_of_a_bitext(bitext):
    import mlcroissant

    found = list(mlcroissant.Dataset(jsonld=str(bitext / "croissant.json")).records("pairs"))
    assert len(found) == len(rows(bitext, "data"))
    subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=bitext, check=True)


def test_pairs_go_out(bitext):
    from lxml import etree
    from test_exports import SCHEMAS

    program("export", str(bitext), "--to", "tmx", "--output", str(bitext) + ".tmx")
    document = etree.parse(str(bitext) + ".tmx", etree.XMLParser(load_dtd=False, no_network=True))
    dtd = etree.DTD(str(SCHEMAS / "tmx14.dtd"))
    assert dtd.validate(document), dtd.error_log.last_error
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    found = {
        tu.get("tuid"): {tuv.get(lang): "".join(tuv.find("seg").itertext()) for tuv in tu.iter("tuv")} for tu in document.iter("tu")}
    assert found == {row["id"]: row["translation"] for row in rows(bitext, "data")}
    program("export", str(bitext), "--to", "moses", "--output", str(bitext) + "-moses")
    sides = [pathlib.Path(f"{bitext}-moses.{side}").read_text(encoding="utf-8").split("\n")[:-1] for side in ("ids", "en", "id")]
    assert {id: {"en": en, "id": target} for id, en, target in zip(*sides, strict=True)} == found

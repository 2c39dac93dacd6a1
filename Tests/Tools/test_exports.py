"""What kalimat exports, read by the tools that translators and trainers have."""

import csv
import json
import os
import pathlib
import subprocess

import pytest

from conftest import kalimat, rows

SCHEMAS = pathlib.Path(__file__).parent / "schemas"

# Texts that formats stumble over: markup, entities, quotes, right to left, emoji, controls, a long one.
ODD = [
    "a < b && c > d", "&lt;b&gt; is &amp;lt; already", 'He said "yes", then \'no\'.', "tab\tin the middle", "<ph/>]]>",
    "شكرا جزيلا، قال <b>هو</b>.", "👩‍👩‍👧‍👦 went 🏃🏽‍♀️ home.", "back\\slash \\n \\t", "=SUM(A1:A9) and +1", "a" * 10_000,
    "comma, semicolon; pipe | end", "U+2028 \u2028 in it", "\u0001 is a control", "a\u0000b is a NUL"]
XML_CARRIES = [text for text in ODD if "\u0001" not in text and "\u0000" not in text]


@pytest.fixture(scope="module")
def odd(tmp_path_factory) -> pathlib.Path:
    """One sentence an article: each odd text."""
    folder = tmp_path_factory.mktemp("odd")
    with open(folder / "odd.jsonl", "w", encoding="utf-8") as file:
        for number, text in enumerate(ODD):
            file.write(json.dumps({"id": str(number), "text": text, "lang": "en"}) + "\n")
    kalimat("build", "odd.jsonl", "--output", "out", "--leftovers", "off", "--rules", "icu", "--max-chars", "20000",
            "--paragraphs", "blank-lines", cwd=folder)
    return folder / "out"


@pytest.fixture(scope="module", params=["corpus", "odd"])
def source(request) -> pathlib.Path:
    return request.getfixturevalue(request.param)


def export(dataset: pathlib.Path, to: str, *more: str) -> pathlib.Path:
    target = [] if to in ("txt", "documents", "moses") else ["--target-lang", "fr"]
    file = dataset.parent / f"export-{len(list(dataset.parent.iterdir()))}.{to}"
    kalimat("export", dataset.name, "--to", to, *target, "--output", file.name, *more, cwd=dataset.parent)
    return file


def program(*arguments: str) -> subprocess.CompletedProcess:
    """The real program, whatever its exit code."""
    return subprocess.run([os.environ["KALIMAT"], *arguments], capture_output=True, text=True)


def digest_of(dataset: pathlib.Path) -> str:
    return json.loads((dataset / "manifest.json").read_bytes())["content_sha256"]


def sentences(dataset: pathlib.Path) -> dict[str, str]:
    return {row["id"]: row["text"] for row in rows(dataset, "data")}


def without_controls(found: dict[str, str], wanted: dict[str, str]) -> None:
    """Equal, but for texts with scalars that XML cannot carry: those only have to be there."""
    assert found.keys() == wanted.keys()
    for id, text in wanted.items():
        if "\u0000" not in text and "\u0001" not in text:
            assert found[id] == text


def test_tmx(source):
    from lxml import etree
    from translate.storage.tmx import tmxfile

    file = export(source, "tmx")
    document = etree.parse(str(file), etree.XMLParser(load_dtd=False, no_network=True))
    dtd = etree.DTD(str(SCHEMAS / "tmx14.dtd"))
    assert dtd.validate(document), dtd.error_log.last_error
    assert document.xpath("string(/tmx/header/prop[@type='content_sha256'])") == digest_of(source)
    found = {tu.get("tuid"): "".join(tu.find("tuv/seg").itertext()) for tu in document.iter("tu")}
    without_controls(found, sentences(source))
    with open(file, "rb") as handle:
        assert len(tmxfile.parsefile(handle).units) == len(found)


def test_xliff_12(source):
    from lxml import etree
    from translate.storage.xliff import xlifffile

    file = export(source, "xliff12")
    schema = etree.RelaxNG(etree.parse(str(SCHEMAS / "xliff12.rng")))
    document = etree.parse(str(file))
    assert schema.validate(document), schema.error_log.last_error
    with open(file, "rb") as handle:
        units = xlifffile.parsefile(handle).units
    ids = [unit.getid().split("\x04")[-1] for unit in units]
    assert sorted(ids) == sorted(sentences(source))


@pytest.mark.parametrize("language", ["en"])
def test_xliff_21(source, language):
    from lxml import etree
    from translate.storage.xliff2 import Xliff2File

    file = export(source, "xliff2", "--where", f"lang={language}")
    schema = etree.RelaxNG(etree.parse(str(SCHEMAS / "xliff21.rng")))
    document = etree.parse(str(file))
    assert schema.validate(document), schema.error_log.last_error
    name = "{urn:oasis:names:tc:xliff:document:2.0}"
    wanted = {row["id"]: row["text"] for row in rows(source, "data") if row["lang"] == language}
    found = {s.get("id"): "".join(s.find(name + "source").itertext()) for s in document.iter(name + "segment")}
    without_controls(found, wanted)
    for element in document.iter(name + "file"):  # ids of units are unique in a file
        ids = [unit.get("id") for unit in element.iter(name + "unit")]
        assert len(ids) == len(set(ids))
    with open(file, "rb") as handle:
        assert len(Xliff2File.parsefile(handle).units) > 0


def test_po(corpus):
    from translate.storage.pypo import pofile

    file = export(corpus, "po")
    done = subprocess.run(["msgfmt", "--check-format", "--check-domain", "-o", "/dev/null", str(file)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    with open(file, "rb") as handle:
        units = [unit for unit in pofile.parsefile(handle).units if not unit.isheader()]
    assert {unit.getcontext(): unit.source for unit in units} == sentences(corpus)


def test_po_refuses_a_nul_by_name(odd):
    done = program("export", str(odd), "--to", "po", "--target-lang", "fr")
    assert done.returncode == 2
    wanted = next(row["id"] for row in rows(odd, "data") if "\u0000" in row["text"])
    assert wanted in done.stderr


def test_moses(source):
    file = export(source, "moses")
    texts = file.read_text(encoding="utf-8").split("\n")[:-1]
    ids = pathlib.Path(str(file) + ".ids").read_text().split("\n")[:-1]
    assert len(texts) == len(ids)
    assert dict(zip(ids, texts)) == sentences(source)


@pytest.mark.parametrize("kind", ["tsv", "csv"])
def test_tables(source, kind):
    import pandas

    file = export(source, kind)
    wanted = sentences(source)
    if kind == "tsv":
        lines = file.read_bytes().decode("utf-8").split("\n")[:-1]
        assert all(line.count("\t") == 6 for line in lines)
        table = pandas.read_csv(file, sep="\t", quoting=csv.QUOTE_NONE, dtype=str, keep_default_na=False, encoding="utf-8")
        undo = {"\\t": "\t", "\\n": "\n", "\\r": "\r", "\\\\": "\\"}
        import re
        texts = [re.sub(r"\\[tnr\\]", lambda m: undo[m.group()], text) for text in table["source"]]
    else:
        csv.field_size_limit(10_000_000)
        with open(file, encoding="utf-8", newline="") as handle:
            read = list(csv.DictReader(handle))
        texts = [row["source"] for row in read]
        plain = pandas.read_csv(file, dtype=str, keep_default_na=False, encoding="utf-8", encoding_errors="strict")
        assert len(plain) == len(wanted)
        table = {"id": [row["id"] for row in read]}
    assert dict(zip(table["id"], texts)) == wanted


def test_wmt(corpus):
    from lxml import etree

    file = export(corpus, "wmt")
    ids = {tuple(line.split("\t")[:2]): line.split("\t")[2]
           for line in pathlib.Path(str(file) + ".ids").read_text().split("\n")[:-1]}
    found = {}
    for doc in etree.parse(str(file)).getroot().iter("doc"):
        for seg in doc.find("src").iter("seg"):
            assert seg.get("id").isdigit()
            found[ids[doc.get("id"), seg.get("id")]] = "".join(seg.itertext())
    assert found == sentences(corpus)


def test_batch_lines(source):
    file = export(source, "jsonl")
    read = [json.loads(line) for line in file.read_text(encoding="utf-8").split("\n")[:-1]]
    assert {line["custom_id"]: line["source"] for line in read} == sentences(source)


def test_text_and_documents(corpus):
    file = export(corpus, "documents")
    texts = sentences(corpus)
    found = []
    for line in file.read_text(encoding="utf-8").split("\n")[:-1]:
        article = json.loads(line)
        found += [" ".join(article["text"][start:end].split()) for start, end in article["sentences"]]
    assert len(found) == len(texts)
    plain = export(corpus, "txt").read_text(encoding="utf-8").split("\n")[:-1]
    assert sorted(plain) == sorted(texts.values())


def test_only_what_is_new(corpus, tmp_path):
    assert kalimat("export", str(corpus), "--to", "txt", "--new-since", str(corpus), cwd=tmp_path) == ""


def test_selection(corpus, tmp_path):
    wanted = [row["text"] for row in rows(corpus, "data", "test") if row["lang"] == "id"]
    out = kalimat("export", str(corpus), "--to", "txt", "--where", "split=test,lang=id", cwd=tmp_path)
    assert out.split("\n")[:-1] == wanted


# What the table of formats promises beside the text


def articles_of(dataset: pathlib.Path) -> dict[str, list[dict]]:
    """Sentences by article, in order."""
    found: dict[str, list[dict]] = {}
    for row in sorted(rows(dataset, "data"), key=lambda row: (row["doc_id"], row["seq"])):
        found.setdefault(row["doc_id"], []).append(row)
    return found


def test_tmx_has_neighbours_and_articles(corpus):
    from lxml import etree

    document = etree.parse(str(export(corpus, "tmx")), etree.XMLParser(load_dtd=False, no_network=True))
    header = document.getroot().find("header")
    assert set(header.keys()) >= {"creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang", "datatype"}
    props = {tu.get("tuid"): {p.get("type"): p.text for p in tu.findall("prop")} for tu in document.iter("tu")}
    for doc_id, own in articles_of(corpus).items():
        for i, row in enumerate(own):
            wanted = {"doc_id": doc_id}
            if i > 0:
                wanted["previous"] = own[i - 1]["text"]
            if i + 1 < len(own):
                wanted["next"] = own[i + 1]["text"]
            assert props[row["id"]] == wanted


def test_tmx_writes_what_xml_cannot_carry_as_ph(odd):
    from lxml import etree

    document = etree.parse(str(export(odd, "tmx")), etree.XMLParser(load_dtd=False, no_network=True))
    texts = sentences(odd)
    found = 0
    for tu in document.iter("tu"):
        segment = tu.find("tuv/seg")
        text = segment.text or ""
        for ph in segment.findall("ph"):
            assert ph.get("type") == "char"
            text += chr(int(ph.text.removeprefix("U+"), 16)) + (ph.tail or "")
            found += 1
        assert text == texts[tu.get("tuid")]
    assert found == 2


def test_xliff_12_writes_what_xml_cannot_carry_as_ph(odd):
    from lxml import etree

    name = "{urn:oasis:names:tc:xliff:document:1.2}"
    document = etree.parse(str(export(odd, "xliff12")))
    texts = sentences(odd)
    for unit in document.iter(name + "trans-unit"):
        source = unit.find(name + "source")
        text = (source.text or "") + "".join(
            chr(int(ph.text.removeprefix("U+"), 16)) + (ph.tail or "") for ph in source.findall(name + "ph"))
        assert text == texts[unit.get("id")]
    notes = [note.text for note in document.iter(name + "note")]
    assert notes and set(notes) == {f"content_sha256 {digest_of(odd)}"}


def test_xliff_21_joins_back(source):
    """A unit is a paragraph: its segments and ignorables, one after another, are its text as it stands in the article."""
    from lxml import etree

    name = "{urn:oasis:names:tc:xliff:document:2.0}"
    document = etree.parse(str(export(source, "xliff2", "--where", "lang=en")))
    every = rows(source, "data") + rows(source, "rejected")
    assert document.getroot().get("srcLang") == "en" and document.getroot().get("trgLang") == "fr"
    joined = 0
    for file in document.iter(name + "file"):
        assert file.get("canResegment") == "no"
        assert [note.text for note in file.iter(name + "note")] == [digest_of(source)]
        for unit in file.iter(name + "unit"):
            own = sorted(
                (row for row in every if row["doc_id"] == file.get("id") and f"p{row['para']}" == unit.get("id")),
                key=lambda row: row["seq"])
            wanted = "".join(row["text"] + (row["sep"] if row is not own[-1] else "") for row in own)
            text = ""
            for part in unit:
                assert part.tag in (name + "segment", name + "ignorable")
                element = part.find(name + "source")
                text += (element.text or "") + "".join(chr(int(cp.get("hex"), 16)) + (cp.tail or "") for cp in element)
            assert text == wanted
            ids = [segment.get("id") for segment in unit.findall(name + "segment")]
            assert ids == [row["id"] for row in own if "reason" not in row]
            joined += len(own) > 1
    assert joined > 0 or source.parent.name.startswith("odd")


def test_po_has_articles_and_neighbours(corpus):
    from translate.storage.pypo import pofile

    file = export(corpus, "po")
    with open(file, "rb") as handle:
        store = pofile.parsefile(handle)
    units = {unit.getcontext(): unit for unit in store.units if not unit.isheader()}
    keys = {row["doc_id"]: row["path"] or row["key"] for row in rows(corpus, "documents")}
    for doc_id, own in articles_of(corpus).items():
        for i, row in enumerate(own):
            unit = units[row["id"]]
            assert any(keys[doc_id] in place for place in unit.getlocations()), unit.getlocations()
            notes = unit.getnotes(origin="developer").split("\n")
            wanted = [f"previous: {own[i - 1]['text']}"] if i > 0 else []
            wanted += [f"next: {own[i + 1]['text']}"] if i + 1 < len(own) else []
            assert [n for n in notes if n] == wanted
    assert digest_of(corpus) in file.read_text(encoding="utf-8").split("msgctxt")[0]


@pytest.mark.parametrize("kind", ["moses", "tsv", "csv", "wmt", "jsonl"])
def test_every_file_says_of_which_dataset_it_is(corpus, kind):
    file = export(corpus, kind)
    text = file.read_text(encoding="utf-8")
    if kind == "jsonl":
        assert {json.loads(line)["content_sha256"] for line in text.split("\n")[:-1]} == {digest_of(corpus)}
    elif kind != "moses":  # two files of lines and nothing else: their IDs say it
        assert digest_of(corpus) in text.split("\n")[1 if kind == "wmt" else 0]


def test_no_line_end_inside(source):
    for kind in ("moses", "tsv"):
        lines = export(source, kind).read_bytes().split(b"\n")
        assert len(lines) - 1 == len(sentences(source)) + (kind == "tsv")
        assert not any(b"\r" in line for line in lines)

"""docs/FORMAT.md a second time, written from its text and not from the Swift: articles → the bytes of a dataset.

    python3 Tests/Tools/reference.py DATASET INPUT_FOLDER

What segmentation and classification decided (start, end, para, kind, rule, reason; languages; what an article says of itself where nothing was given) is taken from
DATASET; all the rest is made again from the articles in INPUT_FOLDER and compared byte by byte: texts, IDs, separators,
documents, splits, shards, their order, compression's pieces, content_sha256, manifest, SHA256SUMS, inputs.
Only Python's standard library is used. Prints each difference; exits 1 where there is one.
"""

import base64
import gzip
import hashlib
import json
import pathlib
import sys
import zlib

WHITE_SPACE = "".join(map(chr, [
    *range(0x09, 0x0E), 0x20, 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000]))
LINE_ENDS = "\n\r\u0085\u2028\u2029"
# Scalars between which a line end is no space.
UNSPACED = [(0xE00, 0xEFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x2E80, 0x9FFF), (0xF900, 0xFAFF), (0xFF00, 0xFFEF),
            (0x20000, 0x3FFFF)]
PIECE = 1_048_576


def h(*fields: str) -> bytes:
    return hashlib.sha256(b"\0".join(field.encode() for field in fields)).digest()


def b32(digest: bytes, count: int) -> str:
    return base64.b32hexencode(digest).decode().lower()[:count]


def line(record: dict) -> bytes:
    """A record as canonical JSON: Python's own escapes, but for U+0085, U+2028, U+2029, which it leaves as they are."""
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    for character in "\u0085\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text.encode() + b"\n"


def one_line(piece: str) -> str:
    """`text` of a slice: each run of White_Space is one space, or nothing where a line end stands in unspaced script."""
    out, i = "", 0
    while i < len(piece):
        if piece[i] not in WHITE_SPACE:
            out += piece[i]
            i += 1
            continue
        start = i
        while piece[i] in WHITE_SPACE:  # a slice never ends with White_Space
            i += 1
        run = piece[start:i]
        joins = any(c in LINE_ENDS for c in run) and unspaced(piece[start - 1]) and unspaced(piece[i])
        out += "" if joins else " "
    return out


def unspaced(character: str) -> bool:
    return any(low <= ord(character) <= high for low, high in UNSPACED)


class Article:
    """One article as its file gives it."""

    def __init__(self, text: str, kind: str, key: str, path: str, record: int, fields: dict):
        self.text, self.kind, self.key, self.fields = text, kind, key, fields
        self.path, self.record = (path, record) if kind == "path" else ("", 0)
        self.doc_id = "d" + b32(h("kalimat-doc-1", kind, key), 16)
        self.bits = int.from_bytes(base64.b32hexdecode(self.doc_id[1:].upper()), "big") >> 60


def value_text(value) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def read_articles(folder: pathlib.Path, config: dict) -> tuple[list[Article], list[dict]]:
    """Articles of a folder, and the lines of inputs.jsonl. The first JSON Lines file decides the kind of key of all."""
    named = lambda option, guess: config[option] or guess
    text_fields = config["text-field"] or ["text"]
    articles, inputs, records = [], [], []
    files = [p for p in folder.rglob("*") if p.is_file()]
    files = [(p.relative_to(folder).as_posix(), p) for p in files]
    for relative, file in sorted(files, key=lambda item: item[0].removesuffix(".gz").encode()):
        path = relative.removesuffix(".gz")
        if any(part.startswith(".") for part in path.split("/")) or not path.endswith((".txt", ".text", ".jsonl", ".ndjson")):
            continue
        raw = file.read_bytes()
        content = gzip.decompress(raw) if relative.endswith(".gz") else raw
        text = content.decode()
        bom = text.startswith("\ufeff")
        text = text.removeprefix("\ufeff")
        count = 1
        if path.endswith((".txt", ".text")):
            articles.append(Article(text, "path", path, path, 0, {}))
        else:
            rows = [(n, json.loads(row)) for n, row in enumerate(text.split("\n"), 1) if row.strip()]
            count = len(rows)
            records += [(path, n, row) for n, row in rows]
        inputs.append({"path": path, "bytes": len(raw), "sha256": hashlib.sha256(raw).hexdigest(), "documents": count,
                       "encoding": "UTF-8", "bom": bom, "skipped": ""})
    if records:
        first = records[0][2]
        if config["url-field"] and not config["id-field"]:
            kind = "url"
        elif config["id-field"] or "id" in first:
            kind = "id"
        else:
            kind = "url" if "url" in first else "content"
        seen: dict[str, int] = {}
        for path, number, row in records:
            text = "\n\n".join(row[field] for field in text_fields if row.get(field))
            key = value_text(row[named(f"{kind}-field", kind)]) if kind != "content" else None
            if key is None:
                key = hashlib.sha256(text.encode()).hexdigest()
                seen[key] = seen.get(key, 0) + 1
                key += f"#{seen[key]}" if seen[key] > 1 else ""
            fields = {name: value_text(row.get(named(f"{name}-field", name))) for name in ("title", "url", "published", "license")}
            fields["meta"] = {name: value_text(row.get(name)) for name in config["keep"]}
            if config["split-by"]:
                fields["split-by"] = value_text(row.get(config["split-by"]))
            articles.append(Article(text, kind, key, path, number, fields))
    return articles, inputs


def split_of(article: Article, config: dict) -> str:
    value = article.fields.get("split-by") or article.doc_id
    number = int.from_bytes(h("kalimat-split-1", config["split-salt"], value)[:8], "big") * 10**6 >> 64
    limit = 0
    for part in config["split"]:
        whole, _, places = part["share"].partition(".")
        limit += int(whole or "0") * 10**6 + int(places.ljust(6, "0"))
        if limit > number:
            return part["name"]
    raise ValueError("the shares do not reach 1")


def derived(column: str, article: Article, record: dict, document: dict, sent: int):
    start, end = record["start"], record["end"]
    if column == "text_id":
        return "t" + b32(h("kalimat-text-1", record["text"]), 20)
    if column == "sent":
        return sent
    if column in ("start_byte", "end_byte"):
        return len(article.text[:start if column == "start_byte" else end].encode())
    if column == "source":
        return document["path"] or document["key"]
    return document[column] if column in document else document["meta"][column]


def records_of(article: Article, decisions: list[dict], document: dict, config: dict) -> list[dict]:
    """An article's records, both kinds, from where they begin and end."""
    out, ordinals, places = [], {}, {}
    for seq, decided in enumerate(decisions):
        start, end = decided["start"], decided["end"]
        after = decisions[seq + 1]["start"] if seq + 1 < len(decisions) else len(article.text)
        piece, separator = article.text[start:end], article.text[end:after]
        assert not separator.strip(WHITE_SPACE), f"{article.doc_id}: text between records: {separator!r}"
        assert piece and piece == piece.strip(WHITE_SPACE), f"{article.doc_id}: a slice with White_Space at its end"
        text = one_line(piece)
        assert decided["lang"] == document["lang"] or len(text.encode()) >= 200, f"{article.doc_id}: a short one's lang"
        k = ordinals.get(text, 0)
        ordinals[text] = k + 1
        sent = places.get(decided["para"], 0)
        places[decided["para"]] = sent + 1
        record = {
            "id": "s" + article.doc_id[1:5] + b32(h("kalimat-sent-1", article.doc_id, str(k), text), 16), "text": text,
            "doc_id": article.doc_id, "seq": seq, "para": decided["para"], "kind": decided["kind"],
            "lang": decided["lang"], "raw": piece if piece != text else "", "sep": separator, "start": start, "end": end,
            "rule": decided["rule"]}
        record |= {name: derived(name, article, record, document, sent) for name in config["join"] if name != "script"}
        if "kept" in decided:
            record["kept"] = decided["kept"]
        if "reason" in decided:
            record["reason"] = decided["reason"]
        out.append(record)
    return out


def document_of(article: Article, decisions: list[dict], taken: dict, rejected: int, config: dict) -> dict:
    data = article.text.encode()
    lead = article.text[:decisions[0]["start"]] if decisions else article.text
    assert not lead.strip(WHITE_SPACE), f"{article.doc_id}: text before the first record: {lead!r}"
    fields = article.fields
    meta = fields.get("meta") or dict.fromkeys(config["keep"], "")
    said = {name: taken["meta"][name] for name in meta if name in ("author", "publisher", "place")}
    return {
        "doc_id": article.doc_id, "key_kind": article.kind, "key": article.key, "path": article.path,
        "record": article.record, "title": fields.get("title") or taken["title"], "url": fields.get("url", ""), "lang": taken["lang"],
        "lang_score": taken["lang_score"], "published": fields.get("published") or taken["published"],
        "license": fields.get("license") or config["license"], "split": split_of(article, config), "bytes": len(data),
        "chars": len(article.text), "sentences": len(decisions) - rejected, "rejected": rejected,
        "sha256": hashlib.sha256(data).hexdigest(), "lead": lead,
        "meta": {name: value or said.get(name, "") for name, value in meta.items()}}


def pieces(content: bytes) -> list[bytes]:
    """What each gzip member or zstd frame holds."""
    out, start = [], 0
    while start < len(content) or not out:
        end = content.find(b"\n", start + PIECE - 1) + 1
        end = end if end and start + PIECE <= len(content) else len(content)
        out.append(content[start:end])
        start = end
    return out


def gzip_members(data: bytes) -> list[bytes]:
    out = []
    while data:
        assert data[:4] == b"\x1f\x8b\x08\x00" and data[4:8] == b"\0\0\0\0", "a gzip header with flags or a time"
        unpacker = zlib.decompressobj(wbits=31)
        out.append(unpacker.decompress(data))
        assert unpacker.eof, "a gzip member is cut"
        data = unpacker.unused_data
    return out


class Comparison:
    def __init__(self, dataset: pathlib.Path):
        self.dataset, self.differences = dataset, []

    def equal(self, what: str, found, expected) -> None:
        if found != expected:
            self.differences.append(f"{what}: the dataset has {shortened(found)}, the reference {shortened(expected)}")

    def content(self, path: str) -> bytes:
        data = (self.dataset / path).read_bytes()
        return gzip.decompress(data) if path.endswith(".gz") else data


def shortened(value) -> str:
    text = repr(value)
    return text if len(text) < 400 else text[:400] + "…"


def main(dataset: pathlib.Path, folder: pathlib.Path) -> int:
    check = Comparison(dataset)
    manifest = json.loads((dataset / "manifest.json").read_bytes())
    config = manifest["config"]
    articles, inputs = read_articles(folder, config)
    taken: dict[str, dict] = {}
    decided: dict[str, list[dict]] = {}
    for shard in manifest["shards"]:
        for row in map(json.loads, check.content(shard["path"]).splitlines()):
            if shard["kind"] == "documents":
                taken[row["doc_id"]] = row
            else:
                decided.setdefault(row["doc_id"], []).append(row | {"is_rejected": shard["kind"] == "rejected"})
    check.equal("the articles' doc_ids", sorted(taken), sorted(a.doc_id for a in articles))
    count = max((shard["of"] for shard in manifest["shards"]), default=1)

    shards: dict[tuple[str, str, int], list[bytes]] = {}
    buckets: dict[str, hashlib._Hash] = {}
    totals = {"documents": 0, "sentences": 0, "rejected": {}, "languages": {}, "characters": 0, "bytes": 0, "duplicates": 0}
    present = set()
    for article in sorted(articles, key=lambda a: a.doc_id):
        decisions = sorted(decided.get(article.doc_id, []), key=lambda row: row["start"])
        rejected = sum(row["is_rejected"] for row in decisions)
        document = document_of(article, decisions, taken[article.doc_id], rejected, config)
        rows = [("documents", document)]
        for row, decision in zip(records_of(article, decisions, document, config), decisions, strict=True):
            rows.append(("rejected" if decision["is_rejected"] else "data", row))
            if not decision["is_rejected"]:
                totals["languages"].setdefault(row["lang"], {"documents": 0, "sentences": 0})["sentences"] += 1
            else:
                totals["rejected"][row["reason"]] = totals["rejected"].get(row["reason"], 0) + 1
        for kind, row in rows:
            if "script" in config["join"] and kind != "documents":
                continue
            bytes_ = line(row)
            shards.setdefault((kind, document["split"], article.bits * count >> 20), []).append(bytes_)
            name = f"{kind}/{document['split']} {article.bits >> 8:03x}"
            buckets.setdefault(name, hashlib.sha256()).update(bytes_)
            present.add((kind, document["split"]))
        totals["languages"].setdefault(document["lang"], {"documents": 0, "sentences": 0})["documents"] += 1
        for name, more in (("documents", 1), ("sentences", document["sentences"]), ("characters", document["chars"]),
                           ("bytes", document["bytes"])):
            totals[name] += more

    check.equal("totals", manifest["totals"], totals)
    lines = sorted(f"{name} {digest.hexdigest()}\n" for name, digest in buckets.items())
    check.equal("content_sha256", manifest["content_sha256"], hashlib.sha256("".join(lines).encode()).hexdigest())
    extension = {"none": ".jsonl", "gz": ".jsonl.gz", "zst": ".jsonl.zst"}[config["compression"]]
    wanted = sorted(f"{k}/{s}-{i:05}-of-{count:05}{extension}" for k, s in present for i in range(count))
    check.equal("the shards' paths", sorted(s["path"] for s in manifest["shards"]), wanted)
    for facts in manifest["shards"]:
        rows = shards.get((facts["kind"], facts["split"], facts["index"]), [])
        content, path = b"".join(rows), facts["path"]
        found = check.content(path)
        if found != content:
            number = next((n for n, (a, b) in enumerate(zip(found.splitlines(), content.splitlines()), 1) if a != b), 0)
            check.equal(f"{path}:{number}", *((x.splitlines() + [b""])[number - 1] for x in (found, content)))
        data = (dataset / path).read_bytes()
        if path.endswith(".gz"):
            check.equal(f"{path}: sizes of members", [len(m) for m in gzip_members(data)], [len(p) for p in pieces(content)])
        ids = [json.loads(row)["doc_id"] for row in rows]
        check.equal(path, facts, facts | {
            "records": len(rows), "documents": len(set(ids)), "first_doc_id": ids[0] if ids else "",
            "last_doc_id": ids[-1] if ids else "", "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest(),
            "content_bytes": len(content), "of": count})
    packed = next(p.name for p in dataset.iterdir() if p.name.startswith("inputs.jsonl"))
    check.equal(packed, check.content(packed), b"".join(line(row) for row in sorted(inputs, key=lambda r: r["path"].encode())))

    canonical = json.dumps(manifest, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    check.equal("manifest.json", (dataset / "manifest.json").read_bytes(), canonical.encode())
    on_disk = sorted(p.relative_to(dataset).as_posix() for p in dataset.rglob("*") if p.is_file())
    in_sums = [p for p in on_disk if p not in ("SHA256SUMS", "README.md")]
    sums = "".join(f"{hashlib.sha256((dataset / p).read_bytes()).hexdigest()}  {p}\n" for p in in_sums)
    check.equal("SHA256SUMS", (dataset / "SHA256SUMS").read_text(), sums)
    listed = sorted([s["path"] for s in manifest["shards"]] + [f["path"] for f in manifest["files"]])
    check.equal("the files that the manifest lists", listed, [p for p in in_sums if p != "manifest.json"])
    for file in manifest["files"]:
        data = (dataset / file["path"]).read_bytes()
        check.equal(file["path"], file, file | {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()})

    for difference in check.differences:
        print(difference)
    if not check.differences:
        print(f"the same: {totals['documents']} articles, {totals['sentences']} sentences, {len(manifest['shards'])} shards")
    return 1 if check.differences else 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])))

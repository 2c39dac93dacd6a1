/// Every question that `validate` asks, by the name that `--json` gives it.
public enum FindingCheck: String, Sendable, CaseIterable {
  // MARK: The folder.

  /// A file that the manifest lists, or that every dataset has, is not there.
  case missing
  /// A file is there that the manifest does not list.
  case extra
  /// The folder's name is that of a build that never ended.
  case halfWritten = "half-written"
  /// manifest.json is none.
  case manifest
  /// manifest.json is spelled otherwise than kalimat does.
  case canonical
  /// The list of shards is none that a build writes.
  case shards
  /// The list of other files is none that a build writes.
  case files

  // MARK: The bytes.

  /// A file's size.
  case bytes
  /// A file's SHA-256.
  case digest
  /// The size of a shard's uncompressed content.
  case contentBytes = "content-bytes"
  /// Where a shard is cut into gzip members or zstd frames.
  case pieces
  /// A shard stops being gzip or zstd.
  case unpack
  /// content_sha256.
  case content
  /// content_sha256 is not the one asked for.
  case expectedContent = "expected-content"
  /// SHA256SUMS.
  case sums

  // MARK: Lines, and what describes them.

  /// UTF-8.
  case utf8 = "utf-8"
  /// The last line has no LF.
  case lineEnd = "line-end"
  /// Keys, their order, types, spelling and escapes of a line.
  case shape
  /// An ID has not the look of one.
  case idShape = "id-shape"
  /// key_kind is one of four.
  case keyKind = "key-kind"
  /// sha256 is 64 lower-case hex digits.
  case sha256Shape = "sha256-shape"
  /// A document's split is that of its shard.
  case splitName = "split-name"
  /// lang_score is 0 to 100.
  case langScore = "lang-score"
  /// path is the key, or empty.
  case path
  /// record is 0.
  case record
  /// key, lang and bytes are something.
  case empty
  /// kind is one of seven, and other for leftovers of a page alone.
  case kind
  /// rule is one that the format knows.
  case rule
  /// reason is one that may stand there.
  case reason
  /// What a duplicate names as kept in its place is in the dataset.
  case kept
  /// Lines are sorted, each doc_id and seq once.
  case order
  /// A line stands in the shard of its doc_id.
  case shard
  /// A record's lang is its document's.
  case lang
  /// seq counts both kinds of records from 0.
  case seq
  /// The number of a document's records in data/.
  case sentences
  /// The number of a document's records in rejected/.
  case rejected
  /// Every record's document is there.
  case document
  /// A doc_id is in one split.
  case oneSplit = "one-split"
  /// Each sentence ID is there once.
  case unique
  /// A shard's number of lines.
  case records
  /// A shard's number of articles.
  case documents
  /// A shard's first doc_id.
  case firstDocument = "first-document"
  /// A shard's last doc_id.
  case lastDocument = "last-document"
  /// The manifest's totals.
  case totals
  /// The figures of README.md.
  case card
  /// schema.json.
  case schema
  /// croissant.json.
  case croissant
  /// More texts stand in two splits than was allowed.
  case sharedTexts = "shared-texts"

  // MARK: What is made again from the records.

  /// A doc_id is made of its key.
  case docID = "doc-id"
  /// A key of the kind content is the text's SHA-256.
  case key
  /// An article's split is the one that its doc_id, or its field, gives.
  case split
  /// lead is White_Space.
  case lead
  /// A slice neither begins nor ends with White_Space.
  case edges
  /// raw is there only where text differs from it.
  case raw
  /// text is made of its slice.
  case text
  /// sep is White_Space.
  case separator
  /// start counts the code points before it.
  case start
  /// end counts the code points to its end.
  case end
  /// para counts paragraphs.
  case para
  /// rule is text-end and paragraph where an article and a paragraph end, and there alone.
  case boundary
  /// too-long and no-text are what the text is.
  case textReason = "text-reason"
  /// An ID is made of its article, its text and the equal texts before it.
  case id
  /// A joined column says what the document or the record says.
  case column
  /// An article's code points.
  case articleChars = "article-chars"
  /// An article's bytes.
  case articleBytes = "article-bytes"
  /// An article put together again has its SHA-256.
  case article

  // MARK: The source.

  /// A build of the source writes something else.
  case rebuilt

  /// What it belongs to.
  public var level: ValidationLevel {
    switch self {
    case .missing, .extra, .halfWritten, .manifest, .canonical, .shards, .files:
      .structure
    case .bytes, .digest, .contentBytes, .pieces, .unpack, .content, .expectedContent, .sums:
      .fixity
    case .utf8, .lineEnd, .shape, .idShape, .keyKind, .sha256Shape, .splitName, .langScore, .path, .record,
      .empty, .kind, .rule, .reason, .kept, .order, .shard, .lang, .seq, .sentences, .rejected, .document, .oneSplit,
      .unique, .records, .documents, .firstDocument, .lastDocument, .totals, .card, .schema, .croissant,
      .sharedTexts:
      .records
    case .docID, .key, .split, .lead, .edges, .raw, .text, .separator, .start, .end, .para, .boundary,
      .textReason, .id, .column, .articleChars, .articleBytes, .article:
      .recompute
    case .rebuilt:
      .rebuild
    }
  }
}

internal import Kalimat

/// What a build says at its end.
struct BuildReport {
  let summary: BuildSummary
  let isDryRun: Bool
  let seconds: Double

  var text: String {
    let totals = summary.totals
    var lines = summary.notes.map { "Note: \($0)" }
    let rejected = totals.rejected.values.reduce(0, +)
    lines.append(
      "\(counted(totals.documents, "article")), \(counted(totals.sentences, "sentence")), \(rejected) rejected.")
    if totals.duplicates > 0 {
      lines.append("\(counted(totals.duplicates, "article")) left out: their key stood twice.")
    }
    for reason in RejectionReason.allCases {
      guard let count = totals.rejected[reason.rawValue] else { continue }
      let examples = summary.examples.filter { $0.reason == reason }.map { "“\(Self.shortened($0.text))”" }
      lines.append(
        "  \(Self.padded(reason.rawValue, 14)) \(Self.padded(String(count), 6)) \(examples.joined(separator: " "))")
    }
    if isDryRun {
      lines.append("Nothing was written (--dry-run).")
    } else {
      lines.append("\(counted(summary.shardCount, "shard")) in \(summary.output)")
      lines.append("content_sha256 \(summary.contentSHA256)")
      lines.append("Next: kalimat validate \(summary.output)")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  var json: String {
    let totals = summary.totals
    let value = JSONValue.members([
      ("output", .text(summary.output)), ("content_sha256", .text(summary.contentSHA256)),
      ("documents", .int(totals.documents)), ("sentences", .int(totals.sentences)),
      (
        "rejected",
        .members(
          RejectionReason.allCases.compactMap { reason in
            totals.rejected[reason.rawValue].map { (reason.rawValue, .int($0)) }
          })
      ),
      ("duplicates", .int(totals.duplicates)), ("characters", .int(totals.characters)), ("bytes", .int(totals.bytes)),
      ("shards", .int(summary.shardCount)), ("notes", .array(summary.notes.map { .text($0) })),
      ("skipped", .array(summary.skipped.map { .text($0.description) })),
      ("milliseconds_elapsed", .int(Int(seconds * 1000))),
    ])
    return String(decoding: value.line, as: UTF8.self)
  }

  /// The first 40 characters.
  private static func shortened(_ text: String) -> String {
    text.count <= 40 ? text : text.prefix(39) + "…"
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}

internal import ArgumentParser
internal import Kalimat

struct StatsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract: "Count a dataset: by language, split, kind and reason, its lengths, and texts that stand twice.",
    discussion: """
      Examples:
        kalimat stats out/corpus
        kalimat stats out/corpus --json | jq .languages
        kalimat stats out/id-en

      Of a bitext dataset: its pairs by languages, split, bead, method and score, and how long targets are for their sources.

      Exit codes: 0 counted, 2 not readable, 64 wrong usage.
      """)

  @Argument(help: "The dataset's folder.")
  var dataset: String
  @Option(help: "Threads that work (default: as many as there are processors).")
  var jobs: Int?
  @Flag(help: "Print one JSON object.")
  var json = false

  func validate() throws {
    guard jobs ?? 1 > 0 else { throw ValidationError("--jobs is a number over 0.") }
  }

  func run() throws {
    if BitextFolder.isOne(at: dataset) {
      let statistics = try BitextStatistics(BitextFolder(dataset))
      return Terminal.write(json ? statistics.json.line : Array(BitextTable(statistics: statistics).text.utf8))
    }
    let meter = StepMeter(isShown: !json && Terminal.isErrorInteractive)
    let count = CountStatistics(try DatasetFolder(dataset), jobs: jobs ?? Processors.count)
    let statistics = try count.run { done, all in meter.show("counting", done, of: all, "shards") }
    meter.clear()
    if json { return Terminal.write(statistics.json.line) }
    Terminal.write(StatisticsTable(statistics: statistics).text)
  }
}

/// What `stats` shows a person.
struct StatisticsTable {
  let statistics: DatasetStatistics

  var text: String {
    let whole = statistics.whole
    var lines = [
      "\(counted(whole.documents, "article")), \(counted(whole.sentences, "sentence")), \(whole.rejected) rejected", "",
    ]
    lines += table("language", statistics.byLanguage) + table("split", statistics.bySplit)
    lines += list("kind", statistics.byKind) + list("reason", statistics.byReason)
    lines += histogram() + repetitions()
    return lines.joined(separator: "\n") + "\n"
  }

  private func table(_ name: String, _ rows: [String: DatasetStatistics.Counts]) -> [String] {
    let sorted = rows.sorted { ($1.value.sentences, $0.key) < ($0.value.sentences, $1.key) }
    var cells = [[name, "articles", "sentences", "rejected", "characters a sentence"]]
    for (key, counts) in sorted {
      let mean = counts.sentences == 0 ? "" : String((counts.characters + counts.sentences / 2) / counts.sentences)
      cells.append([key, String(counts.documents), String(counts.sentences), String(counts.rejected), mean])
    }
    return Self.aligned(cells) + [""]
  }

  private func list(_ name: String, _ rows: [String: Int]) -> [String] {
    if rows.isEmpty { return [] }
    let sorted = rows.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    return Self.aligned([[name, "records"]] + sorted.map { [$0.key, String($0.value)] }) + [""]
  }

  private func histogram() -> [String] {
    let bins = statistics.lengths
    let most = max(bins.map(\.count).max() ?? 0, 1)
    var cells = [["characters", "sentences", ""]]
    for (i, bin) in bins.enumerated() {
      let range = i + 1 < bins.count ? "\(bin.from)–\(bins[i + 1].from - 1)" : "\(bin.from)–"
      let width = bin.count == 0 ? 0 : max(1, bin.count * 40 / most)
      cells.append([range, String(bin.count), String(repeating: "█", count: width)])
    }
    return Self.aligned(cells) + ["longest: \(statistics.longest)", ""]
  }

  private func repetitions() -> [String] {
    let census = statistics.census
    var lines = [
      "\(census.distinct) different texts; \(census.repeated) stand more than once, in \(census.recordsOfRepeated) records."
    ]
    if statistics.bySplit.count > 1 { lines.append("\(census.sharedBySplits) texts stand in more than one split.") }
    for (text, count) in census.top {
      let shown = String(decoding: text, as: UTF8.self).filter {
        !$0.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
      }
      lines.append("  \(count) × \(shown.count <= 70 ? shown : shown.prefix(69) + "…")")
    }
    return lines
  }

  /// Columns side by side: the first to the left, numbers to the right.
  static func aligned(_ rows: [[String]]) -> [String] {
    let widths = (rows.first ?? []).indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let cells = row.indices.map { i in
        let gap = String(repeating: " ", count: widths[i] - row[i].count)
        return i == 0 || row[i].hasPrefix("█") || row[i].isEmpty ? row[i] + gap : gap + row[i]
      }
      let line = cells.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
  }
}

/// What `stats` shows a person of a bitext dataset.
struct BitextTable {
  let statistics: BitextStatistics

  var text: String {
    let whole = statistics.whole
    var lines = [
      "\(counted(statistics.documents, "article")), \(counted(whole.pairs, "pair")), \(whole.rejected) rejected", "",
    ]
    lines += table("languages", statistics.byLanguages) + table("split", statistics.bySplit)
    lines += list("bead", "pairs", statistics.byBead) + list("method", "pairs", statistics.byMethod)
    lines += list("reason", "records", statistics.byReason)
    if statistics.scores.dropLast().contains(where: { $0 > 0 }) {
      let bins = statistics.scores.indices.map {
        ["\($0 * 100)–\($0 == 9 ? 1000 : $0 * 100 + 99)", String(statistics.scores[$0])]
      }
      lines += StatisticsTable.aligned([["score", "pairs"]] + bins) + [""]
    }
    if statistics.lengthRatios.count == 5 {
      let ratios = statistics.lengthRatios.map(String.init)
      lines.append(
        "characters of the target for 1000 of the source: median \(ratios[2]), half of the pairs \(ratios[1])–\(ratios[3]), all \(ratios[0])–\(ratios[4])"
      )
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func table(_ name: String, _ rows: [String: BitextStatistics.Counts]) -> [String] {
    let sorted = rows.sorted { ($1.value.pairs, $0.key) < ($0.value.pairs, $1.key) }
    let cells = sorted.map { key, counts in
      [key] + [counts.pairs, counts.rejected, counts.sourceCharacters, counts.targetCharacters].map { String($0) }
    }
    let names = [name, "pairs", "rejected", "source characters", "target characters"]
    return StatisticsTable.aligned([names] + cells) + [""]
  }

  private func list(_ name: String, _ counted: String, _ rows: [String: Int]) -> [String] {
    if rows.isEmpty { return [] }
    let sorted = rows.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    return StatisticsTable.aligned([[name, counted]] + sorted.map { [$0.key, String($0.value)] }) + [""]
  }
}

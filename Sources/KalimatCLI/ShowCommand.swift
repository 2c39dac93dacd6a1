internal import ArgumentParser
internal import Kalimat

struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show an article with its boundaries and rejected pieces, or a sentence among its neighbours.",
    discussion: """
      Behind each record stands why it ends there and why it was rejected; of an article, with the margin by which the model
      made the boundary, or by which the evidence of the page outweighs that of the article: near 0 is doubtful.

      Examples:
        kalimat show db826269i8q00mhol --dataset out/corpus
        kalimat show sb826p7soi908tett40fp --dataset out/corpus --context 5
        kalimat show bb826gq0l8umm4nvl0id4 --dataset out/id-en

      Of a bitext dataset: the pairs of an article (d…) or of a sentence of either side (s…), or a pair (b…) among its neighbours.

      Exit codes: 0 shown, 2 not found or not readable, 64 wrong usage.
      """)

  @Argument(help: "IDs of articles (d…), of sentences and rejected pieces (s…), or of pairs (b…).")
  var ids: [String]
  @Option(help: "The dataset's folder.")
  var dataset = "."
  @Option(help: "Records to show before and after a sentence.")
  var context = 2
  @Flag(help: "Print the records' lines as they stand.")
  var json = false

  func validate() throws {
    guard context >= 0 else { throw ValidationError("--context is a number from 0.") }
  }

  func run() throws {
    if BitextFolder.isOne(at: dataset) { return try showPairs(BitextShow(try BitextFolder(dataset))) }
    let show = Show(try DatasetFolder(dataset))
    for (i, id) in ids.enumerated() {
      let article = try show.article(of: id, context: context)
      if json {
        let lines = id.hasPrefix("d") ? [article.line] + article.records.map(\.line) : article.records.map(\.line)
        for line in lines { Terminal.write(line + [0x0A]) }
        continue
      }
      if i > 0 { Terminal.write("\n") }
      // Of a part of an article nothing is known that hangs on all of it.
      let doubts = id.hasPrefix("d") ? try show.doubts(of: article) : []
      Terminal.write(ArticlePainter(usesColor: Terminal.wantsColor, asked: id, doubts: doubts).text(of: article))
    }
  }
}

extension ShowCommand {
  private func showPairs(_ show: BitextShow) throws {
    for (i, id) in ids.enumerated() {
      let pairs = try show.pairs(of: id, context: context)
      if json {
        for pair in pairs { Terminal.write(pair.line + [0x0A]) }
        continue
      }
      if i > 0 { Terminal.write("\n") }
      Terminal.write(PairPainter(usesColor: Terminal.wantsColor, asked: id).text(of: pairs))
    }
  }
}

/// Shows pairs one under another: `✗` before what is rejected.
struct PairPainter {
  let usesColor: Bool
  /// The ID that was asked for.
  let asked: String

  func text(of pairs: [ShownPair]) -> String {
    var out = ""
    var document = ""
    for pair in pairs {
      if pair.document != document {
        document = pair.document
        out += "\(Terminal.painted(document, "1", usesColor))  \(pair.split)\n"
      }
      out += self.text(of: pair)
    }
    if let pair = pairs.first(where: { $0.id.utf8.elementsEqual(asked.utf8) }) { out += "\n\(pair.place)\n" }
    return out
  }

  private func text(of pair: ShownPair) -> String {
    let isAsked = pair.id.utf8.elementsEqual(asked.utf8)
    let why = [pair.bead, pair.method, String(pair.score), pair.reason].filter { !$0.isEmpty }.joined(separator: ", ")
    let head = "\(isAsked ? "> " : "  ")\(pair.seq)  \(pair.reason.isEmpty ? "" : "✗ ")\(pair.id)  [\(why)]\n"
    var out = Terminal.painted(head, isAsked ? "1;33" : pair.reason.isEmpty ? "2" : "31", usesColor)
    for (language, ids, texts) in [
      (pair.sourceLanguage, pair.sourceIDs, pair.sources), (pair.targetLanguage, pair.targetIDs, pair.targets),
    ] {
      for (i, text) in texts.enumerated() {
        out += "     \(language)  \(Terminal.safe(text))\(i < ids.count ? "  " + ids[i] : "")\n"
      }
    }
    return out
  }
}

/// Shows an article record by record: `¶` where a paragraph begins, `✗` before what is rejected.
struct ArticlePainter {
  let usesColor: Bool
  /// The ID that was asked for.
  let asked: String
  /// By record: what decided the boundary behind it, and what decided that it goes.
  let boundaries: [Int: Doubt]
  let rejects: [Int: Doubt]

  init(usesColor: Bool, asked: String, doubts: [Doubt]) {
    self.usesColor = usesColor
    self.asked = asked
    var boundaries: [Int: Doubt] = [:]
    var rejects: [Int: Doubt] = [:]
    for doubt in doubts {
      switch doubt.subject {
      case .boundary: boundaries[doubt.sequence] = doubt
      case .reject: rejects[doubt.sequence] = doubt
      case .inside: continue
      }
    }
    (self.boundaries, self.rejects) = (boundaries, rejects)
  }

  func text(of article: ShownArticle) -> String {
    var out =
      paint(article.id, "1") + "  \(article.keyKind) \(safe(article.key))  \(article.language)  \(article.split)\n"
    if !article.title.isEmpty { out += safe(article.title) + "\n" }
    out +=
      "\(counted(article.sentenceCount, "sentence")), \(article.rejectedCount) rejected, \(counted(article.byteCount, "byte"))\n\n"
    let width = String(article.records.last?.seq ?? 0).utf8.count
    var paragraph = article.records.first.map { $0.seq == 0 ? -1 : $0.paragraph } ?? -1
    for record in article.records {
      out += line(record, begins: record.paragraph != paragraph, width: width)
      paragraph = record.paragraph
    }
    if let record = article.records.first(where: { $0.id.utf8.elementsEqual(asked.utf8) }) {
      out += "\n\(record.place)\n"
    }
    return out
  }

  private func line(_ record: ShownRecord, begins: Bool, width: Int) -> String {
    let number = String(record.seq)
    let isAsked = record.id.utf8.elementsEqual(asked.utf8)
    let isRejected = record.kind == .rejected
    var out = isAsked ? paint("> ", "1;33") : "  "
    out += begins ? "¶ " : "  "
    out += String(repeating: " ", count: max(0, width - number.utf8.count)) + paint(number, "2") + "  "
    out +=
      isRejected ? paint("✗ " + safe(record.text), "31") : isAsked ? paint(safe(record.text), "1") : safe(record.text)
    var why = boundaries[record.seq].map { "\($0.why), margin \($0.margin)" } ?? "\(record.rule)"
    if record.contentKind != "body" && record.reason.isEmpty { why += ", \(record.contentKind)" }
    if let reject = rejects[record.seq] {
      why += ", \(reject.why), margin \(reject.margin)"
    } else if !record.reason.isEmpty {
      why += ", \(record.reason)" + (record.kept.isEmpty ? "" : " of \(record.kept)")
    }
    return out + " " + paint("[\(why)]", isRejected ? "31" : "2;32") + "\n"
  }

  private func safe(_ bytes: [UInt8]) -> String { Terminal.safe(bytes) }
  private func paint(_ text: String, _ code: String) -> String { Terminal.painted(text, code, usesColor) }
}

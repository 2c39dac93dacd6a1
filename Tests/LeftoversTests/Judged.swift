import Foundation
import Leftovers
import Segmentation

/// A text's sentences with what the classifier says of each.
struct Judged {
  var texts: [String] = []
  var verdicts: [Verdict] = []
  var sentences: [Sentence] = []
  var facts = ArticleFacts()
  private var bytes: [UInt8] = []

  init(_ text: String, language: String, paragraphs: ParagraphMode = .lines) throws {
    bytes = Array(text.utf8)
    var segmenter = try Segmenter(language: language)
    sentences = try segmenter.sentences(of: bytes.span, paragraphs: paragraphs)
    let reading = LeftoverClassifier().reading(of: sentences, in: bytes.span, language: language)
    (verdicts, facts) = (reading.verdicts, reading.facts)
    texts = sentences.map { self.text($0.start..<$0.end) ?? "" }
  }

  /// Of one of the facts; nil where it is not told.
  func text(_ range: Range<Int>?) -> String? { range.map { String(decoding: bytes[$0], as: UTF8.self) } }

  /// The reason of each sentence, `-` for the article's own.
  var reasons: [String] { verdicts.map { $0.reason?.name ?? "-" } }
  var kinds: [String] { verdicts.map { $0.kind.name } }
}

/// The repository's own folder.
let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()

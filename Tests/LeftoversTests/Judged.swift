import Foundation
import Leftovers
import Segmentation

/// A text's sentences with what the classifier says of each.
struct Judged {
  var texts: [String] = []
  var verdicts: [Verdict] = []
  var sentences: [Sentence] = []

  init(_ text: String, language: String, paragraphs: ParagraphMode = .lines) throws {
    let bytes = Array(text.utf8)
    var segmenter = try Segmenter(language: language)
    sentences = try segmenter.sentences(of: bytes.span, paragraphs: paragraphs)
    verdicts = LeftoverClassifier().verdicts(for: sentences, of: bytes.span, language: language)
    texts = sentences.map { String(decoding: bytes[$0.start..<$0.end], as: UTF8.self) }
  }

  /// The reason of each sentence, `-` for the article's own.
  var reasons: [String] { verdicts.map { $0.reason?.name ?? "-" } }
  var kinds: [String] { verdicts.map { $0.kind.name } }
}

/// The repository's own folder.
let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()

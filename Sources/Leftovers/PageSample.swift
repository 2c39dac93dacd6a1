package import Segmentation

/// A page as the trainer sees it: its lines' places and their features.
package struct PageSample {
  /// Bytes of each line.
  package var lines: [Range<Int>] = []
  package var rows: [Int16] = []

  /// - Parameter hides: as `LeftoverClassifier.verdicts` has it.
  package init(sentences: [Sentence], of text: Span<UInt8>, language: String, hides: (Int) -> Bool) {
    var page = Page(sentences: sentences, of: text, language: language)
    page.hide(hides)
    page.prepare(text)
    rows = page.features(text).rows
    lines = page.lines.map { $0.start..<$0.end }
  }
}

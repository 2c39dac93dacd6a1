internal import Kalimat

/// Shows a paragraph with its boundaries and with the places that might have been one.
struct ExplanationPainter {
  let usesColor: Bool

  func text(of paragraph: ExplainedParagraph) -> String {
    var out = ""
    for piece in paragraph.pieces {
      out += piece.text
      guard let mark = piece.mark else { continue }
      out += paint(" [\(mark.isBoundary ? "" : "not ")\(mark.why)]", mark.isBoundary ? "1;32" : "2;33")
      if mark.isBoundary { out += "\n" }
    }
    if let verdict = paragraph.verdict { out += paint("  {\(verdict)}", "1;35") }
    return out + "\n\n"
  }

  private func paint(_ text: String, _ code: String) -> String {
    usesColor ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}

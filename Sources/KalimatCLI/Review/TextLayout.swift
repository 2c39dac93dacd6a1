/// Text in the columns of a terminal.
enum TextLayout {
  /// The columns that a scalar takes: 0 for marks, formats and joiners, 2 for what East Asian typography makes wide
  /// (UAX 11, Wide and Fullwidth, by blocks) and for emoji, else 1.
  static func width(of scalar: Unicode.Scalar) -> Int {
    let value = scalar.value
    if value < 0x300 { return 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    switch value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1B000...0x1B2FF, 0x1F300...0x1F64F, 0x1F680...0x1F6FF,
      0x1F900...0x1FAFF, 0x20000...0x3FFFF:
      return 2
    case 0x1160...0x11FF: return 0
    default: return scalar.properties.isEmojiPresentation ? 2 : 1
    }
  }

  /// The columns of a text.
  static func width(of text: String) -> Int { text.unicodeScalars.reduce(0) { $0 + width(of: $1) } }

  /// A text without controls that a terminal would obey, and without the marks that turn its direction.
  static func safe(_ text: String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let isControl =
        scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value) || (0x202A...0x202E).contains(scalar.value)
        || (0x2066...0x2069).contains(scalar.value)
      out.append(isControl ? "\u{FFFD}" : scalar)
    }
    return String(out)
  }

  /// Lines of at most `columns`; cut at spaces where there are any, and before wide characters.
  static func wrapped(_ text: String, columns: Int) -> [String] {
    var lines: [String] = []
    var line = String.UnicodeScalarView()
    var used = 0
    // Where the line may be cut: behind that many scalars, which take so many columns.
    var cut: (count: Int, columns: Int)? = nil
    for scalar in text.unicodeScalars {
      let width = width(of: scalar)
      if used + width > columns, !line.isEmpty {
        if scalar == " " {
          lines.append(String(line))
          (line, used, cut) = (String.UnicodeScalarView(), 0, nil)
          continue
        }
        if let place = cut {
          let end = line.index(line.startIndex, offsetBy: place.count)
          var head = String(line[..<end])
          if head.hasSuffix(" ") { head.removeLast() }
          lines.append(head)
          line = String.UnicodeScalarView(line[end...])
          used -= place.columns
        } else {
          lines.append(String(line))
          (line, used) = (String.UnicodeScalarView(), 0)
        }
        cut = nil
      }
      if width == 2 && !line.isEmpty { cut = (line.count, used) }
      line.append(scalar)
      used += width
      if scalar == " " || width == 2 { cut = (line.count, used) }
    }
    lines.append(String(line))
    return lines
  }

  /// The beginning of a text, at most so many columns.
  static func clipped(_ text: String, columns: Int) -> String {
    if width(of: text) <= columns { return text }
    var out = String.UnicodeScalarView()
    var used = 1
    for scalar in text.unicodeScalars {
      used += width(of: scalar)
      if used > columns { break }
      out.append(scalar)
    }
    return String(out) + "…"
  }
}

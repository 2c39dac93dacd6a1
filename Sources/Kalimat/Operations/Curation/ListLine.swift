/// A line of a list that people edit: columns between tabs; a line that is blank or begins with `#` or `-` is off.
struct ListLine {
  /// From 1, in its file.
  var number: Int
  /// Without the escapes of tabs, backslashes and controls.
  var columns: [[UInt8]]

  /// The lines of a list that are on; the last may lack its LF, and a CR before LF is not part of a line.
  static func lines(of bytes: Span<UInt8>, in file: String) throws(Problem) -> [ListLine] {
    var lines: [ListLine] = []
    var number = 0
    var start = 0
    while start < bytes.count {
      number += 1
      var end = start
      while end < bytes.count && bytes[end] != 0x0A { end += 1 }
      let next = end + 1
      if end > start && bytes[end - 1] == 0x0D { end -= 1 }
      if isOn(bytes.extracting(start..<end)) {
        lines.append(try line(bytes.extracting(start..<end), number: number, in: file))
      }
      start = next
    }
    return lines
  }

  /// Whether a line says anything.
  static func isOn(_ line: Span<UInt8>) -> Bool {
    guard line.count > 0 else { return false }
    for i in 0..<line.count where line[i] != 0x20 && line[i] != 0x09 {
      return line[0] != 0x23 && line[0] != 0x2D
    }
    return false
  }

  private static func line(_ line: Span<UInt8>, number: Int, in file: String) throws(Problem) -> ListLine {
    let valid = Kernels.validPrefix(line)
    if valid < line.count {
      throw Problem(
        "bytes that are no UTF-8", at: .init(file: file, line: number), expected: "UTF-8",
        advice: "Save the list as UTF-8.")
    }
    var columns: [[UInt8]] = [[]]
    var here = 0
    while here < line.count {
      if line[here] == 0x09 {
        columns.append([])
      } else if line[here] == 0x5C {
        guard let (byte, length) = unescaped(line, at: here) else {
          throw Problem(
            "a backslash that is no escape", at: .init(file: file, line: number), expected: "\\\\, \\t or \\xHH")
        }
        columns[columns.count - 1].append(byte)
        here += length
        continue
      } else {
        columns[columns.count - 1].append(line[here])
      }
      here += 1
    }
    return ListLine(number: number, columns: columns)
  }

  private static func unescaped(_ line: Span<UInt8>, at offset: Int) -> (byte: UInt8, length: Int)? {
    guard offset + 1 < line.count else { return nil }
    switch line[offset + 1] {
    case 0x5C: return (0x5C, 2)
    case 0x74: return (0x09, 2)
    case 0x78:
      guard offset + 3 < line.count, let high = hexValue(line[offset + 2]), let low = hexValue(line[offset + 3]),
        high < 8
      else { return nil }
      return (high << 4 | low, 4)
    default: return nil
    }
  }

  private static func hexValue(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x61...0x66: byte - 0x61 + 10
    case 0x41...0x46: byte - 0x41 + 10
    default: nil
    }
  }

  /// Appends a column's text: tab as `\t`, backslash as `\\`, other controls as `\xHH`.
  static func appendEscaped(_ text: [UInt8], to out: inout [UInt8]) {
    let digits = Array("0123456789abcdef".utf8)
    for byte in text {
      switch byte {
      case 0x09: out += [0x5C, 0x74]
      case 0x5C: out += [0x5C, 0x5C]
      case 0..<0x20, 0x7F: out += [0x5C, 0x78, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      default: out.append(byte)
      }
    }
  }
}

/// Reads a list that people edit, whole.
struct ListFile {
  let path: String
  let digest: String
  let bytes: [UInt8]
  let lines: [ListLine]

  init(_ path: String) throws(Problem) {
    self.path = path
    let bytes = try WholeFile.read(path)
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    lines = try ListLine.lines(of: bytes.span.extracting(start..<bytes.count), in: path)
    digest = SHA256.digest(of: bytes.span).hex
    self.bytes = bytes
  }

  func place(_ line: ListLine) -> Problem.Place { .init(file: path, line: line.number) }
}

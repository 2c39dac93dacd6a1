internal import ICU

/// A returned file as UTF-8, block by block, without its byte order mark: UTF-16 by its mark, other encodings by name.
final class TextBlocks {
  let path: String
  private var file: InputBytes
  private var converter: ConverterBox?
  private var isAtStart = true
  /// A character that was cut at a block's end.
  private var carried: [UInt8] = []
  private var offset = 0

  /// A converter is not copyable, and an optional in a class is easier to hold as one that is.
  private final class ConverterBox {
    var converter: Converter
    init(_ converter: consuming Converter) { self.converter = converter }
  }

  init(_ path: String, encoding: String?) throws(Problem) {
    self.path = path
    file = try InputBytes(path)
    if let encoding {
      guard let opened = Converter(encoding) else {
        throw .usage("\"\(encoding)\" is no encoding that ICU knows", expected: "e.g. UTF-16, windows-1252")
      }
      converter = ConverterBox(opened)
    }
  }

  /// The next block; nil at the end.
  func next() throws(Problem) -> [UInt8]? {
    try Interruption.check()
    if try file.isAtEnd() {
      if !carried.isEmpty { throw notUTF8(0) }
      return nil
    }
    var block = ByteBuffer(capacity: 1 << 18)
    try file.readBlock(to: &block)
    var bytes = block.span.copied()
    if isAtStart { try begin(&bytes) }
    if let converter {
      var out: [UInt8] = []
      let last = try file.isAtEnd()
      do throws(Converter.Failure) {
        try converter.converter.convert(bytes.span, isLast: last, to: &out)
      } catch {
        throw Problem(
          "bytes that \(converter.converter.name) does not have", at: .init(file: path, byteOffset: error.byteOffset),
          expected: "text in \(converter.converter.name)",
          advice: "Is the file in another encoding? Say it: --encoding.")
      }
      return withoutMark(out)
    }
    return withoutMark(try checked(carried + bytes))
  }

  private func begin(_ bytes: inout [UInt8]) throws(Problem) {
    guard converter == nil, bytes.count >= 2 else { return }
    var name: String? = nil
    switch (bytes[0], bytes[1]) {
    case (0xFF, 0xFE): name = "UTF-16LE"
    case (0xFE, 0xFF): name = "UTF-16BE"
    // ASCII in UTF-16 without its mark.
    case (1..<0x80, 0): name = "UTF-16LE"
    case (0, 1..<0x80): name = "UTF-16BE"
    default: break
    }
    if let name, let opened = Converter(name) { converter = ConverterBox(opened) }
  }

  private func withoutMark(_ bytes: [UInt8]) -> [UInt8] {
    guard isAtStart, !bytes.isEmpty else { return bytes }
    isAtStart = false
    return bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
  }

  private func checked(_ bytes: [UInt8]) throws(Problem) -> [UInt8] {
    let valid = Kernels.validPrefix(bytes.span)
    carried = Array(bytes[valid...])
    if carried.count > 3 { throw notUTF8(valid) }
    offset += valid
    return Array(bytes[..<valid])
  }

  private func notUTF8(_ valid: Int) -> Problem {
    Problem(
      "a byte that is not UTF-8", at: .init(file: path, byteOffset: offset + valid), expected: "UTF-8",
      advice: "Say the encoding: --encoding windows-1252, or what the tool saved it in.")
  }
}

/// The lines of a returned file, without their ends: LF or CRLF.
final class LineReader {
  let path: String
  private let blocks: TextBlocks
  /// What is in memory of the file: where the line at hand stands in it, `next` tells.
  private(set) var bytes: [UInt8] = []
  private var start = 0
  private var isAtEnd = false
  /// Of the line given last, from 1.
  private(set) var lineNumber = 0
  private static let limit = 1 << 26

  init(_ path: String, encoding: String?) throws(Problem) {
    self.path = path
    blocks = try TextBlocks(path, encoding: encoding)
  }

  /// Where the next line stands in `bytes`; nil at the end. What stands behind the last line end is a line only where it is
  /// not empty.
  func next() throws(Problem) -> Range<Int>? {
    var searched = start
    while true {
      if let end = Kernels.find(0x0A, in: bytes.span, from: searched, to: bytes.count) {
        return take(to: end, next: end + 1)
      }
      searched = bytes.count
      if isAtEnd {
        guard start < bytes.count else { return nil }
        return take(to: bytes.count, next: bytes.count)
      }
      if bytes.count - start > Self.limit {
        throw Problem(
          "a line of over 64 MiB", at: .init(file: path, line: lineNumber + 1), expected: "a sentence a line")
      }
      let kept = Array(bytes[start...])
      searched -= start
      start = 0
      if let more = try blocks.next() { bytes = kept + more } else { (bytes, isAtEnd) = (kept, true) }
    }
  }

  private func take(to end: Int, next: Int) -> Range<Int> {
    var last = end
    while last > start && bytes[last - 1] == 0x0D { last -= 1 }
    defer { start = next }
    lineNumber += 1
    return start..<last
  }
}

extension Span<UInt8> {
  /// A part without ASCII spaces and tabs at its ends.
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end && (self[start] == 0x20 || self[start] == 0x09) { start += 1 }
    while end > start && (self[end - 1] == 0x20 || self[end - 1] == 0x09) { end -= 1 }
    return start..<end
  }
}

internal import CExpat

/// What stands in an XML file, one after another.
enum XMLEvent: Sendable {
  /// Names are without their prefix, `xml:` apart.
  case start(name: String, attributes: [(name: String, value: [UInt8])])
  case end(name: String)
  /// A part of a text: what follows may be another.
  case text([UInt8])
}

/// An XML file (XML 1.0, UTF-8, UTF-16, ISO 8859-1 or ASCII), read once from its beginning: memory is that of a block.
///
/// Entities of its own, elements nested deeper than 256 and tags over 1 MiB are refused: no file that a tool gives back has them.
/// Unsafe inside, because Expat takes and gives pointers: none of them outlives its call.
@safe final class XMLEvents {
  private var file: InputBytes
  private let placeName: String
  private let reader: OpaquePointer?
  private var events: [UInt8] = []
  private var next = 0
  private var isAtEnd = false
  /// Of the event that was given last, from 1.
  private(set) var line = 0

  init(_ path: String) throws(Problem) {
    placeName = path
    file = try InputBytes(path)
    unsafe reader = kxml_open()
    guard unsafe reader != nil else { throw Problem("too little memory to read XML", at: .init(file: path)) }
  }

  deinit { unsafe kxml_close(reader) }

  /// The next event; nil at the end.
  func event() throws(Problem) -> XMLEvent? {
    while next >= events.count {
      if isAtEnd { return nil }
      try read()
    }
    let (kind, bytes) = take()
    switch kind {
    case 0x54: return .text(Array(events[bytes]))
    case 0x45: return .end(name: local(bytes))
    default:
      var attributes: [(name: String, value: [UInt8])] = []
      let line = line
      while next < events.count, events[next] == 0x41 {
        let (_, name) = take()
        let (_, value) = take()
        attributes.append((local(name), Array(events[value])))
      }
      self.line = line
      return .start(name: local(bytes), attributes: attributes)
    }
  }

  /// The next event's kind, and where its bytes stand.
  private func take() -> (kind: UInt8, bytes: Range<Int>) {
    func number(_ offset: Int) -> Int { (0..<4).reduce(0) { $0 | Int(events[next + offset + $1]) << (8 * $1) } }
    let kind = events[next]
    line = number(1)
    let start = next + 9
    next = start + number(5)
    return (kind, start..<next)
  }

  /// A name without its prefix; `xml:lang` stays.
  private func local(_ range: Range<Int>) -> String {
    let name = events[range]
    guard let colon = name.lastIndex(of: 0x3A), !name.starts(with: "xml:".utf8) else {
      return String(decoding: name, as: UTF8.self)
    }
    return String(decoding: name[(colon + 1)...], as: UTF8.self)
  }

  private func read() throws(Problem) {
    try Interruption.check()
    isAtEnd = try file.isAtEnd()
    var block = ByteBuffer(capacity: 1 << 18)
    if !isAtEnd { try file.readBlock(to: &block) }
    let status = unsafe block.span.withUnsafeBufferPointer { bytes in
      unsafe kxml_parse(reader, bytes.baseAddress, bytes.count, isAtEnd ? 1 : 0)
    }
    if status != 0 { throw refusal(status) }
    var count = 0
    let found = unsafe kxml_events(reader, &count)
    events = unsafe Array(UnsafeBufferPointer(start: found, count: count))
    next = 0
  }

  private func refusal(_ status: Int32) -> Problem {
    let place = unsafe Problem.Place(file: placeName, line: Int(kxml_line(reader)), byteOffset: Int(kxml_byte(reader)))
    switch Int(status) {
    case 2:
      return Problem(
        "an entity of the file's own, or one that is not declared", at: place,
        expected: "only &amp; &lt; &gt; &quot; &apos; and numbers: others can be made to fill the memory",
        advice: "No tool writes them into a translation; let the file be saved again.")
    case 3: return Problem("elements nested deeper than 256", at: place, expected: "a file as it was given out")
    case 4: return Problem("a tag of over 1 MiB", at: place, expected: "a file as it was given out")
    case 5: return Problem("too little memory to read XML", at: place)
    default:
      let message = unsafe String(cString: kxml_message(reader))
      return Problem(
        "XML that is not well-formed: \(message)", at: place, expected: "XML 1.0",
        advice: "Let the file be saved again.")
    }
  }
}

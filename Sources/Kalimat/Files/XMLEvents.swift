internal import CExpat

/// An XML file (XML 1.0, UTF-8, UTF-16, ISO 8859-1 or ASCII), read once from its beginning: memory is that of some blocks.
final class XMLEvents {
  private let blocks: OrderedResults<Void, Result<[UInt8]?, Problem>>
  private var next = 0
  private var isAtEnd = false
  /// The events of the block at hand, in bytes: where names, values and texts stand is told in offsets into it.
  private(set) var bytes: [UInt8] = []
  /// Of the event at hand: its name without prefix, `xml:` apart; or its text, of which what follows may be another part.
  private(set) var range = 0..<0
  /// Of the event at hand, from 1.
  private(set) var line = 0
  /// Names and values of the start tag at hand.
  private var attributes: [(name: Range<Int>, value: Range<Int>)] = []

  enum Event { case start, end, text }

  /// - Parameter ahead: blocks that a thread of their own may have parsed before they are asked for; 0: none.
  init(_ path: String, ahead: Int = 0) {
    blocks = OrderedResults(ahead: ahead) {
      var file: XMLBlocks?
      return { _ in
        do throws(Problem) {
          if file == nil { file = try XMLBlocks(path) }
          return .success(try file?.next())
        } catch { return .failure(error) }
      }
    }
  }

  /// Goes to the next event; nil at the end.
  func event() throws(Problem) -> Event? {
    while next >= bytes.count {
      if isAtEnd { return nil }
      try read()
    }
    let kind = take()
    switch kind {
    case 0x54: return .text
    case 0x45:
      range = local(range)
      return .end
    default:
      let (tag, tagLine) = (local(range), line)
      attributes.removeAll(keepingCapacity: true)
      while next < bytes.count, bytes[next] == 0x41 {
        _ = take()
        let name = local(range)
        _ = take()
        attributes.append((name, range))
      }
      (range, line) = (tag, tagLine)
      return .start
    }
  }

  /// Whether the tag at hand has that name.
  func isNamed(_ name: StaticString) -> Bool { equal(range, name) }

  /// Where the value of an attribute of the start tag at hand stands; nil where it has none of that name.
  func attribute(_ name: StaticString) -> Range<Int>? {
    attributes.first { equal($0.name, name) }?.value
  }

  /// The same, in an array of its own.
  func value(_ name: StaticString) -> [UInt8]? { attribute(name).map { Array(bytes[$0]) } }

  /// Whether the start tag at hand has the attribute with that value.
  func has(_ name: StaticString, _ value: StaticString) -> Bool {
    attribute(name).map { equal($0, value) } ?? false
  }

  private func equal(_ range: Range<Int>, _ literal: StaticString) -> Bool {
    // A span of a class's property cannot leave it: this is the array, and no copy of its bytes.
    let bytes = bytes
    return Kernels.equal(bytes.span.extracting(range), literal)
  }

  /// Goes to the next of the block's parts, and gives its kind.
  private func take() -> UInt8 {
    let bytes = bytes
    let kind = bytes[next]
    var cursor = PackedCursor(next + 1)
    line = cursor.word(bytes.span)
    range = cursor.counted(bytes.span)
    next = cursor.offset
    return kind
  }

  /// A name without its prefix; `xml:lang` stays.
  private func local(_ name: Range<Int>) -> Range<Int> {
    let bytes = bytes
    let span = bytes.span.extracting(name)
    guard Kernels.find(0x3A, in: span, from: 0, to: span.count) != nil, !Kernels.starts(span, with: "xml:") else {
      return name
    }
    return (bytes[name].lastIndex(of: 0x3A) ?? name.lowerBound - 1) + 1..<name.upperBound
  }

  private func read() throws(Problem) {
    guard let block = try blocks.next({ () })?.get() else {
      isAtEnd = true
      return
    }
    bytes = block
    next = 0
  }
}

/// What Expat tells of an XML file, a block of it at a time.
///
/// Entities of its own, elements nested deeper than 256 and tags over 1 MiB are refused: no file that a tool gives back has them.
/// Unsafe inside, because Expat takes and gives pointers: none of them outlives its call.
@safe private final class XMLBlocks {
  private var file: InputBytes
  private let placeName: String
  private let reader: OpaquePointer?
  private var isAtEnd = false

  init(_ path: String) throws(Problem) {
    placeName = path
    file = try InputBytes(path)
    unsafe reader = kxml_open()
    guard unsafe reader != nil else { throw Problem("too little memory to read XML", at: .init(file: path)) }
  }

  deinit { unsafe kxml_close(reader) }

  /// The events of the next block, as `XMLEvents` reads them; nil at the end.
  func next() throws(Problem) -> [UInt8]? {
    if isAtEnd { return nil }
    isAtEnd = try file.isAtEnd()
    var block = ByteBuffer(capacity: 1 << 18)
    if !isAtEnd { try file.readBlock(to: &block) }
    let status = unsafe block.span.withUnsafeBufferPointer { bytes in
      unsafe kxml_parse(reader, bytes.baseAddress, bytes.count, isAtEnd ? 1 : 0)
    }
    if status != 0 { throw refusal(status) }
    var count = 0
    let found = unsafe kxml_events(reader, &count)
    return unsafe Array(UnsafeBufferPointer(start: found, count: count))
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

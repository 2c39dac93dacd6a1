/// The lines of one shard that is taken to be right, one after another: for what reads a dataset and does not judge it.
struct ShardScan: ~Copyable {
  let file: ShardFile
  private(set) var reader: ShardReader
  private(set) var parser: RecordParser

  /// - Throws: where the shard can't be opened.
  init(_ file: ShardFile, in dataset: DatasetFolder) throws(Problem) {
    self.file = file
    reader = try ShardReader(path: dataset.file(file.path), format: file.compression)
    parser = RecordParser(shape: dataset.rules.shape(of: file.kind))
  }

  /// A shard that is not there, as if it had no line.
  init(absent file: ShardFile, rules: RecordRules) {
    self.file = file
    reader = ShardReader(absent: file.path)
    parser = RecordParser(shape: rules.shape(of: file.kind))
  }

  /// An uncompressed shard from the first line that begins behind `byteOffset`, or at 0.
  init(_ file: ShardFile, in dataset: DatasetFolder, behind byteOffset: Int) throws(Problem) {
    self.file = file
    reader = try Self.reader(of: file, in: dataset, behind: byteOffset)
    parser = RecordParser(shape: dataset.rules.shape(of: file.kind))
  }

  private static func reader(
    of file: ShardFile, in dataset: DatasetFolder, behind byteOffset: Int
  ) throws(Problem) -> ShardReader {
    var reader = try ShardReader(path: dataset.file(file.path), uncompressedFrom: byteOffset)
    if byteOffset == 0 { return reader }
    do throws(UnpackFailure) { _ = try reader.next() } catch { throw problem(error, file) }
    return reader
  }

  /// The line at hand, without its LF.
  var line: Span<UInt8> {
    @_lifetime(borrow self)
    borrowing get { reader.line }
  }

  /// Goes to the next line; false at the end.
  ///
  /// - Throws: where the shard stops being readable, or a line has not its shape.
  mutating func next() throws(Problem) -> Bool {
    do throws(UnpackFailure) {
      guard try reader.next() else { return false }
    } catch { throw Self.problem(error, file) }
    do throws(RecordFault) {
      let valid = Kernels.validPrefix(reader.line)
      if valid < reader.line.count {
        throw RecordFault(byteOffset: valid, found: "a byte that is not UTF-8", expected: "UTF-8")
      }
      try parser.parse(reader.line)
    } catch {
      throw Problem(
        error.found,
        at: .init(file: file.path, line: reader.lineNumber, byteOffset: reader.byteOffset + error.byteOffset),
        expected: error.expected, advice: Self.advice)
    }
    return true
  }

  private static func problem(_ failure: UnpackFailure, _ file: ShardFile) -> Problem {
    switch failure {
    case .unreadable(let problem): return problem
    case .broken(let broken):
      return Problem(
        "\(broken.found) at byte \(broken.fileOffset) of the file", at: .init(file: file.path),
        expected: broken.expected,
        advice: advice)
    }
  }

  private static let advice = "kalimat validate says what else is wrong with the dataset."

  /// A string value's bytes, without escapes.
  func text(_ key: Int) -> [UInt8] {
    var out = ByteBuffer()
    append(key, to: &out)
    return out.span.copied()
  }

  /// A string value without escapes, for people.
  func string(_ key: Int) -> String { String(decoding: text(key), as: UTF8.self) }

  /// Appends a string value's bytes, without escapes.
  func append(_ key: Int, to out: inout ByteBuffer) {
    RecordParser.appendUnescaped(reader.line, parser.slots[key], to: &out)
  }

  /// A string value as it stands in the line.
  func escaped(_ key: Int) -> [UInt8] {
    let slot = parser.slots[key]
    return reader.line.extracting(slot.start..<slot.end).copied()
  }

  func integer(_ key: Int) -> Int { parser.slots[key].value }

  /// Whether a string value is empty.
  func isEmpty(_ key: Int) -> Bool { parser.slots[key].start == parser.slots[key].end }
}

/// Sorts pairs of bytes by their keys, and keeps within its memory by writing sorted runs to disk.
final class ExternalSort {
  private let folder: String
  private let memoryLimit: Int
  private var bytes = ByteBuffer(capacity: 1 << 16)
  private var entries: [Entry] = []
  private var runs: [String] = []

  /// A key and its value, which stands behind it.
  private struct Entry {
    var start: Int
    var keyLength: Int
    var valueLength: Int
  }

  /// - Parameters:
  ///   - folder: where runs are written; it is made at the first, and goes with this object.
  ///   - memoryLimit: bytes that are kept before they are written.
  init(folder: String, memoryLimit: Int) {
    self.folder = folder
    self.memoryLimit = memoryLimit
  }

  deinit { if !runs.isEmpty { try? FileSystem.removeTree(folder) } }

  func add(key: [UInt8], value: [UInt8]) throws(Problem) {
    entries.append(Entry(start: bytes.count, keyLength: key.count, valueLength: value.count))
    bytes.append(key)
    bytes.append(value)
    if bytes.count + entries.count * MemoryLayout<Entry>.stride > memoryLimit { try spill() }
  }

  private func key(of entry: Entry) -> [UInt8] { bytes.copied(entry.start..<entry.start + entry.keyLength) }

  private func sortEntries() {
    entries.sort { a, b in
      let first = a.start..<a.start + a.keyLength
      let second = b.start..<b.start + b.keyLength
      if bytes.precedes(first, second) { return true }
      return !bytes.precedes(second, first) && a.start < b.start
    }
  }

  private func spill() throws(Problem) {
    if runs.isEmpty { try FileSystem.makeFolder(folder) }
    let path = "\(folder)/run-\(runs.count)"
    var file = try OutputFile(creating: path, isScratch: true)
    sortEntries()
    var out = ByteBuffer(capacity: 1 << 20)
    for entry in entries {
      for shift in stride(from: 0, to: 64, by: 8) {
        out.append(byte: UInt8(truncatingIfNeeded: entry.keyLength >> shift))
      }
      for shift in stride(from: 0, to: 64, by: 8) {
        out.append(byte: UInt8(truncatingIfNeeded: entry.valueLength >> shift))
      }
      bytes.copy(entry.start..<entry.start + entry.keyLength + entry.valueLength, to: &out)
      if out.count >= 1 << 19 {
        try file.write(out.span)
        out.removeAll()
      }
    }
    try file.write(out.span)
    _ = try file.finish()
    runs.append(path)
    bytes.removeAll()
    entries.removeAll(keepingCapacity: true)
  }

  /// Everything that was added, by key; equal keys in the order in which they were added.
  func sorted() throws(Problem) -> Sorted {
    if runs.isEmpty {
      sortEntries()
      return Sorted(self)
    }
    try spill()
    var readers: [Reader] = []
    for path in runs { readers.append(try Reader(path)) }
    return Sorted(readers)
  }

  /// One pass over what was sorted.
  struct Sorted {
    private var source: ExternalSort?
    private var nextEntry = 0
    private var readers: [Reader] = []

    fileprivate init(_ source: ExternalSort) { self.source = source }
    fileprivate init(_ readers: [Reader]) { self.readers = readers }

    /// The next key and its value; nil behind the last.
    mutating func next() throws(Problem) -> (key: [UInt8], value: [UInt8])? {
      if let source {
        guard nextEntry < source.entries.count else { return nil }
        let entry = source.entries[nextEntry]
        nextEntry += 1
        let end = entry.start + entry.keyLength + entry.valueLength
        return (source.key(of: entry), source.bytes.copied(entry.start + entry.keyLength..<end))
      }
      var least: Reader? = nil
      for reader in readers where !reader.isAtEnd {
        if let chosen = least, !reader.key.lexicographicallyPrecedes(chosen.key) { continue }
        least = reader
      }
      return try least?.take()
    }
  }

  /// A run that is read back.
  fileprivate final class Reader {
    private var file: InputBytes
    private(set) var key: [UInt8] = []
    private(set) var isAtEnd = false
    private var valueLength = 0

    init(_ path: String) throws(Problem) {
      file = try InputBytes(path)
      try readKey()
    }

    func take() throws(Problem) -> (key: [UInt8], value: [UInt8]) {
      let taken = key
      var value = ByteBuffer(capacity: valueLength)
      try file.read(valueLength, to: &value)
      try readKey()
      return (taken, value.copied(0..<value.count))
    }

    private func readKey() throws(Problem) {
      isAtEnd = try file.isAtEnd()
      if isAtEnd { return }
      let keyLength = try readNumber()
      valueLength = try readNumber()
      var bytes = ByteBuffer(capacity: keyLength)
      try file.read(keyLength, to: &bytes)
      key = bytes.copied(0..<bytes.count)
    }

    private func readNumber() throws(Problem) -> Int {
      var bytes = ByteBuffer(capacity: 8)
      try file.read(8, to: &bytes)
      return (0..<8).reduce(0) { $0 | Int(bytes.span[$1]) << ($1 * 8) }
    }
  }
}

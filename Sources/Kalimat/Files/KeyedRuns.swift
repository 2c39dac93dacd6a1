/// Entries that are sorted by the bytes of their keys within a bound of memory: what is over it goes to disk in sorted runs.
///
/// Entries of equal keys come out in no order of their own: a key tells apart all that must be told apart.
final class KeyedRuns {
  private let folder: String
  private let memoryLimit: Int
  private var memory = KeyedMemory()
  private var files: [String] = []
  private var made = 0
  /// Entries added.
  private(set) var count = 0
  /// Runs that are merged at once: each has an open file and a buffer.
  private static let fanIn = 64

  /// - Parameters:
  ///   - folder: where runs are written; it is made at the first, and goes with this object.
  ///   - memoryLimit: bytes of entries that are kept before they are written.
  init(folder: String, memoryLimit: Int) {
    self.folder = folder
    self.memoryLimit = memoryLimit
  }

  deinit { if made > 0 { try? FileSystem.removeTree(folder) } }

  func add(key: [UInt8], payload: [UInt8]) throws(Problem) {
    memory.append(key: key, payload: payload)
    count += 1
    if memory.byteCount > memoryLimit { try spill() }
  }

  private func spill() throws(Problem) {
    if made == 0 { try FileSystem.makeFolder(folder) }
    try write(memory.cursor())
    memory = KeyedMemory()
    if files.count > Self.fanIn { try mergeOldest() }
  }

  private func write(_ cursor: any KeyedCursor) throws(Problem) {
    let path = "\(folder)/run-\(made)"
    made += 1
    var file = try OutputFile(creating: path, isScratch: true)
    var buffer = ByteBuffer(capacity: 1 << 20)
    while cursor.hasEntry {
      let (key, payload) = (cursor.key, cursor.payload)
      for length in [key.count, payload.count] {
        for shift in stride(from: 0, to: 64, by: 8) { buffer.append(byte: UInt8(truncatingIfNeeded: length >> shift)) }
      }
      buffer.append(key)
      buffer.append(payload)
      if buffer.count >= 1 << 19 {
        try Interruption.check()
        try file.write(buffer.span)
        buffer.removeAll()
      }
      try cursor.advance()
    }
    try file.write(buffer.span)
    _ = try file.finish()
    files.append(path)
  }

  /// Many runs become one, so that the number of open files stays bounded.
  private func mergeOldest() throws(Problem) {
    let oldest = Array(files.prefix(Self.fanIn))
    files.removeFirst(oldest.count)
    var cursors: [any KeyedCursor] = []
    for path in oldest { cursors.append(try KeyedFile(path)) }
    try write(KeyedMerge(cursors))
    for path in oldest { try FileSystem.removeTree(path) }
  }

  /// A cursor over all that was added, in the order of keys.
  func cursor() throws(Problem) -> any KeyedCursor {
    if files.isEmpty { return memory.cursor() }
    var cursors: [any KeyedCursor] = []
    for path in files { cursors.append(try KeyedFile(path)) }
    cursors.append(memory.cursor())
    return KeyedMerge(cursors)
  }

  /// Takes the runs off the disk, and forgets what is in memory.
  func removeAll() throws(Problem) {
    memory = KeyedMemory()
    if made > 0 { try FileSystem.removeTree(folder) }
    files = []
    made = 0
  }
}

/// Sorted entries, one after another.
protocol KeyedCursor: AnyObject {
  /// Whether it stands at an entry.
  var hasEntry: Bool { get }
  var key: [UInt8] { get }
  var payload: [UInt8] { get }
  func advance() throws(Problem)
}

/// Entries in memory: their bytes one after another, and where each begins.
private final class KeyedMemory {
  private struct Entry {
    var start: Int
    var keyLength: Int
    var key: Range<Int> { start..<start + keyLength }
  }

  private var bytes = ByteBuffer(capacity: 1 << 16)
  private var entries: [Entry] = []

  /// What the entries take, their places too.
  var byteCount: Int { bytes.count + entries.count * MemoryLayout<Entry>.stride }

  func append(key: [UInt8], payload: [UInt8]) {
    entries.append(Entry(start: bytes.count, keyLength: key.count))
    bytes.append(key)
    bytes.append(payload)
  }

  func cursor() -> any KeyedCursor {
    // The first bytes of a key tell most keys apart: as a number they are compared at once.
    var order = entries.indices.map {
      (head: bytes.head(at: entries[$0].start, count: entries[$0].keyLength), index: $0)
    }
    order.sort { a, b in
      a.head != b.head ? a.head < b.head : bytes.precedes(entries[a.index].key, entries[b.index].key)
    }
    return Cursor(self, order.map(\.index))
  }

  private final class Cursor: KeyedCursor {
    private let memory: KeyedMemory
    private let order: [Int]
    private var next = 0
    private(set) var key: [UInt8] = []

    init(_ memory: KeyedMemory, _ order: [Int]) {
      self.memory = memory
      self.order = order
      readKey()
    }

    var hasEntry: Bool { next < order.count }

    var payload: [UInt8] {
      let following = order[next] + 1
      let end = following < memory.entries.count ? memory.entries[following].start : memory.bytes.count
      return memory.bytes.copied(memory.entries[order[next]].key.upperBound..<end)
    }

    func advance() throws(Problem) {
      next += 1
      readKey()
    }

    private func readKey() {
      if hasEntry { key = memory.bytes.copied(memory.entries[order[next]].key) }
    }
  }
}

/// A run that is read back from disk.
private final class KeyedFile: KeyedCursor {
  private var file: InputBytes
  private(set) var hasEntry = false
  private(set) var key: [UInt8] = []
  private(set) var payload: [UInt8] = []

  init(_ path: String) throws(Problem) {
    file = try InputBytes(path)
    try advance()
  }

  func advance() throws(Problem) {
    hasEntry = try !file.isAtEnd()
    guard hasEntry else { return }
    let lengths = try read(16)
    func length(_ at: Int) -> Int { lengths[at..<at + 8].reversed().reduce(0) { $0 << 8 | Int($1) } }
    key = try read(length(0))
    payload = try read(length(8))
  }

  private func read(_ count: Int) throws(Problem) -> [UInt8] {
    var bytes = ByteBuffer(capacity: count)
    try file.read(count, to: &bytes)
    return bytes.span.copied()
  }
}

/// Several cursors as one, in order.
private final class KeyedMerge: KeyedCursor {
  private var heap: MergeHeap<any KeyedCursor>

  init(_ cursors: [any KeyedCursor]) {
    heap = MergeHeap(cursors.filter(\.hasEntry)) { $0.key.lexicographicallyPrecedes($1.key) }
  }

  var hasEntry: Bool { heap.first != nil }
  var key: [UInt8] { heap.first?.key ?? [] }
  var payload: [UInt8] { heap.first?.payload ?? [] }

  func advance() throws(Problem) {
    guard let first = heap.first else { return }
    try first.advance()
    heap.settleFirst(hasEnded: !first.hasEntry)
  }
}

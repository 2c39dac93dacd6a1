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

  func add(key: [UInt8], payload: [UInt8]) throws(Problem) { try add(key: key.span, payload: payload.span) }

  func add(key: Span<UInt8>, payload: Span<UInt8>) throws(Problem) {
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
    var entry = ByteBuffer()
    while cursor.hasEntry {
      entry.removeAll()
      cursor.appendKey(to: &entry)
      let keyLength = entry.count
      cursor.appendPayload(to: &entry)
      buffer.append(long: UInt64(keyLength))
      buffer.append(long: UInt64(entry.count - keyLength))
      buffer.append(entry.span)
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
  /// The first eight bytes of the key, as a number that sorts as they do.
  var head: UInt64 { get }
  var payload: [UInt8] { get }
  func appendKey(to out: inout ByteBuffer)
  func appendPayload(to out: inout ByteBuffer)
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

  func append(key: Span<UInt8>, payload: Span<UInt8>) {
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

    init(_ memory: KeyedMemory, _ order: [Int]) {
      self.memory = memory
      self.order = order
    }

    var hasEntry: Bool { next < order.count }
    var key: [UInt8] { memory.bytes.copied(keyRange) }
    var head: UInt64 { memory.bytes.head(at: keyRange.lowerBound, count: keyRange.count) }
    var payload: [UInt8] { memory.bytes.copied(payloadRange) }
    func appendKey(to out: inout ByteBuffer) { memory.bytes.copy(keyRange, to: &out) }
    func appendPayload(to out: inout ByteBuffer) { memory.bytes.copy(payloadRange, to: &out) }
    func advance() throws(Problem) { next += 1 }

    private var keyRange: Range<Int> { memory.entries[order[next]].key }

    private var payloadRange: Range<Int> {
      let following = order[next] + 1
      let end = following < memory.entries.count ? memory.entries[following].start : memory.bytes.count
      return memory.entries[order[next]].key.upperBound..<end
    }
  }
}

/// A run that is read back from disk.
private final class KeyedFile: KeyedCursor {
  private var file: InputBytes
  private var entry = ByteBuffer()
  private var keyLength = 0
  private(set) var hasEntry = false
  private(set) var head: UInt64 = 0

  init(_ path: String) throws(Problem) {
    file = try InputBytes(path)
    try advance()
  }

  var key: [UInt8] { entry.copied(0..<keyLength) }
  var payload: [UInt8] { entry.copied(keyLength..<entry.count) }
  func appendKey(to out: inout ByteBuffer) { entry.copy(0..<keyLength, to: &out) }
  func appendPayload(to out: inout ByteBuffer) { entry.copy(keyLength..<entry.count, to: &out) }

  func advance() throws(Problem) {
    hasEntry = try !file.isAtEnd()
    guard hasEntry else { return }
    entry.removeAll()
    try file.read(16, to: &entry)
    var lengths = PackedCursor()
    let (own, payload) = (Int(lengths.long(entry.span)), Int(lengths.long(entry.span)))
    entry.removeAll()
    try file.read(own + payload, to: &entry)
    keyLength = own
    head = entry.head(at: 0, count: own)
  }
}

/// Several cursors as one, in order.
private final class KeyedMerge: KeyedCursor {
  private var heap: MergeHeap<any KeyedCursor>

  init(_ cursors: [any KeyedCursor]) {
    heap = MergeHeap(cursors.filter(\.hasEntry)) { a, b in
      a.head != b.head ? a.head < b.head : a.key.lexicographicallyPrecedes(b.key)
    }
  }

  var hasEntry: Bool { heap.first != nil }
  var key: [UInt8] { heap.first?.key ?? [] }
  var head: UInt64 { heap.first?.head ?? 0 }
  var payload: [UInt8] { heap.first?.payload ?? [] }
  func appendKey(to out: inout ByteBuffer) { heap.first?.appendKey(to: &out) }
  func appendPayload(to out: inout ByteBuffer) { heap.first?.appendPayload(to: &out) }

  func advance() throws(Problem) {
    guard let first = heap.first else { return }
    try first.advance()
    heap.settleFirst(hasEnded: !first.hasEntry)
  }
}

/// Entries that are sorted by keys of one length within a bound of memory: what is over it goes to disk in sorted runs.
///
/// Entries of equal keys come out in no order of their own: a key tells apart all that must be told apart.
final class KeyedRuns {
  private let folder: String
  private let keyLength: Int
  private let memoryLimit: Int
  private var memory: KeyedMemory
  private var files: [String] = []
  private var made = 0
  /// Entries added.
  private(set) var count = 0
  /// Runs that are merged at once: each has an open file and a buffer.
  private static let fanIn = 64

  /// - Parameters:
  ///   - folder: where runs are written; it is made at the first.
  ///   - memoryLimit: bytes of entries that are kept before they are written.
  init(folder: String, keyLength: Int, memoryLimit: Int) {
    self.folder = folder
    self.keyLength = keyLength
    self.memoryLimit = memoryLimit
    memory = KeyedMemory(keyLength: keyLength)
  }

  func add(key: [UInt8], payload: [UInt8]) throws(Problem) {
    precondition(key.count == keyLength, "keys of one sorting have one length")
    memory.append(key: key, payload: payload)
    count += 1
    if memory.byteCount > memoryLimit { try spill() }
  }

  private func spill() throws(Problem) {
    if made == 0 { try FileSystem.makeFolder(folder) }
    try write(memory.cursor())
    memory = KeyedMemory(keyLength: keyLength)
    if files.count > Self.fanIn { try mergeOldest() }
  }

  private func write(_ cursor: any KeyedCursor) throws(Problem) {
    let path = "\(folder)/run-\(made)"
    made += 1
    var file = try OutputFile(creating: path, isScratch: true)
    var buffer = ByteBuffer(capacity: 1 << 20)
    while cursor.hasEntry {
      buffer.append(cursor.key)
      for shift in stride(from: 0, to: 64, by: 8) {
        buffer.append(byte: UInt8(truncatingIfNeeded: cursor.payload.count >> shift))
      }
      buffer.append(cursor.payload)
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
    for path in oldest { cursors.append(try KeyedFile(path, keyLength: keyLength)) }
    try write(KeyedMerge(cursors))
    for path in oldest { try FileSystem.removeTree(path) }
  }

  /// A cursor over all that was added, in the order of keys.
  func cursor() throws(Problem) -> any KeyedCursor {
    if files.isEmpty { return memory.cursor() }
    var cursors: [any KeyedCursor] = []
    for path in files { cursors.append(try KeyedFile(path, keyLength: keyLength)) }
    cursors.append(memory.cursor())
    return KeyedMerge(cursors)
  }

  /// Takes the runs off the disk, and forgets what is in memory.
  func removeAll() throws(Problem) {
    memory = KeyedMemory(keyLength: keyLength)
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
  private let keyLength: Int
  private var bytes = ByteBuffer(capacity: 1 << 16)
  private var starts: [Int] = []

  init(keyLength: Int) { self.keyLength = keyLength }

  /// What the entries take, their places too.
  var byteCount: Int { bytes.count + starts.count * 8 }

  func append(key: [UInt8], payload: [UInt8]) {
    starts.append(bytes.count)
    bytes.append(key)
    bytes.append(payload)
  }

  func cursor() -> any KeyedCursor {
    var order = Array(starts.indices)
    order.sort { bytes.precedes(starts[$0], starts[$1], count: keyLength) }
    return Cursor(self, order)
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
    private var start: Int { memory.starts[order[next]] }
    var key: [UInt8] { memory.bytes.copied(start..<start + memory.keyLength) }

    var payload: [UInt8] {
      let following = order[next] + 1
      let end = following < memory.starts.count ? memory.starts[following] : memory.bytes.count
      return memory.bytes.copied(start + memory.keyLength..<end)
    }

    func advance() throws(Problem) { next += 1 }
  }
}

/// A run that is read back from disk.
private final class KeyedFile: KeyedCursor {
  private var file: InputBytes
  private let keyLength: Int
  private(set) var hasEntry = false
  private(set) var key: [UInt8] = []
  private(set) var payload: [UInt8] = []

  init(_ path: String, keyLength: Int) throws(Problem) {
    file = try InputBytes(path)
    self.keyLength = keyLength
    try advance()
  }

  func advance() throws(Problem) {
    hasEntry = try !file.isAtEnd()
    guard hasEntry else { return }
    var head = ByteBuffer(capacity: keyLength + 8)
    try file.read(keyLength + 8, to: &head)
    key = head.copied(0..<keyLength)
    let length = head.copied(keyLength..<keyLength + 8).reversed().reduce(0) { $0 << 8 | Int($1) }
    var body = ByteBuffer(capacity: length)
    try file.read(length, to: &body)
    payload = body.span.copied()
  }
}

/// Several cursors as one, in order.
private final class KeyedMerge: KeyedCursor {
  /// A binary heap: its first stands at the entry that comes next.
  private var heap: [any KeyedCursor]

  init(_ cursors: [any KeyedCursor]) {
    heap = cursors.filter(\.hasEntry)
    for i in stride(from: heap.count / 2 - 1, through: 0, by: -1) { sink(i) }
  }

  var hasEntry: Bool { !heap.isEmpty }
  var key: [UInt8] { heap.first?.key ?? [] }
  var payload: [UInt8] { heap.first?.payload ?? [] }

  func advance() throws(Problem) {
    guard let first = heap.first else { return }
    try first.advance()
    if !first.hasEntry {
      let last = heap.removeLast()
      if heap.isEmpty { return }
      heap[0] = last
    }
    sink(0)
  }

  private func sink(_ start: Int) {
    var parent = start
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2]
      where child < heap.count && heap[child].key.lexicographicallyPrecedes(heap[least].key) { least = child }
      if least == parent { return }
      heap.swapAt(parent, least)
      parent = least
    }
  }
}

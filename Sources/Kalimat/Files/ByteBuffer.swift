internal import CKernels
internal import CSystem

/// Bytes that grow, written without a check and a call for each: `[UInt8].append` runs at 127 MB/s.
///
/// Unsafe inside because that is its purpose; every write reserves its room first.
@safe public struct ByteBuffer: ~Copyable {
  private var base: UnsafeMutablePointer<UInt8>
  public private(set) var count: Int
  private var capacity: Int

  public init(capacity: Int = 4096) {
    self.capacity = max(capacity, 64)
    unsafe base = Self.take(&self.capacity)
    count = 0
  }

  deinit { unsafe Self.give(base, capacity) }

  /// Buffers from here on are blocks that are used again.
  private static let blockLimit = 1 << 20

  /// Memory for `capacity` bytes; that of a block is more.
  private static func take(_ capacity: inout Int) -> UnsafeMutablePointer<UInt8> {
    guard capacity >= blockLimit else { return UnsafeMutablePointer<UInt8>.allocate(capacity: capacity) }
    capacity = Int(ksys_block_size(UInt(capacity)))
    return unsafe ksys_block_take(UInt(capacity)).assumingMemoryBound(to: UInt8.self)
  }

  private static func give(_ base: UnsafeMutablePointer<UInt8>, _ capacity: Int) {
    if capacity < blockLimit { unsafe base.deallocate() } else { unsafe ksys_block_give(base, UInt(capacity)) }
  }

  /// Bytes of memory it takes, about: a block's pages come when they are written to.
  var residentCount: Int { capacity < Self.blockLimit ? capacity : count }

  /// The bytes so far.
  public var span: Span<UInt8> {
    @_lifetime(borrow self)
    borrowing get {
      let span = unsafe Span(_unsafeStart: base, count: count)
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }

  /// Shows a part of the bytes where they are: for buffers of a class, whose spans cannot leave it.
  borrowing func show<Result, Failure: Error>(
    _ range: Range<Int>, to body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let bytes = span
    return try body(bytes.extracting(range))
  }

  /// Appends a part of these bytes to others.
  public borrowing func copy(_ range: Range<Int>, to other: inout ByteBuffer) {
    let bytes = span
    other.append(bytes.extracting(range))
  }

  /// A part of the bytes in an array of their own.
  public borrowing func copied(_ range: Range<Int>) -> [UInt8] {
    let bytes = span
    return bytes.extracting(range).copied()
  }

  /// Whether one part of the bytes sorts before another.
  public borrowing func precedes(_ a: Range<Int>, _ b: Range<Int>) -> Bool {
    let bytes = span
    for (i, j) in zip(a, b) where bytes[i] != bytes[j] { return bytes[i] < bytes[j] }
    return a.count < b.count
  }

  /// The offset behind the first `byte` at or after `start`; the count where there is none.
  public borrowing func index(after byte: UInt8, from start: Int) -> Int {
    let bytes = span
    var here = start
    while here < bytes.count && bytes[here] != byte { here += 1 }
    return min(here + 1, bytes.count)
  }

  /// The offset behind the last `byte`; 0 where there is none.
  public borrowing func lastIndex(after byte: UInt8) -> Int {
    let bytes = span
    var here = bytes.count
    while here > 0 && bytes[here - 1] != byte { here -= 1 }
    return here
  }

  /// Whether `length` bytes at the offset `a` sort before as many at `b`.
  public borrowing func precedes(_ a: Int, _ b: Int, count length: Int) -> Bool {
    let bytes = span
    var i = 0
    while i < length && bytes[a + i] == bytes[b + i] { i += 1 }
    return i < length && bytes[a + i] < bytes[b + i]
  }

  /// The first eight of `length` bytes at the offset as a number that sorts as they do.
  borrowing func head(at offset: Int, count length: Int) -> UInt64 {
    let bytes = span
    var head: UInt64 = 0
    for i in 0..<8 { head = head << 8 | (i < length ? UInt64(bytes[offset + i]) : 0) }
    return head
  }

  /// Takes the first `length` bytes away.
  public mutating func removeFirst(_ length: Int) {
    if length == 0 { return }
    unsafe base.update(from: base + length, count: count - length)
    count -= length
  }

  /// Empties it and keeps its memory.
  public mutating func removeAll() { count = 0 }

  /// Shortens to the first `newCount` bytes.
  public mutating func truncate(to newCount: Int) { count = min(count, max(newCount, 0)) }

  /// Writes a number of four bytes over others, lowest byte first.
  mutating func replace(wordAt offset: Int, with value: Int) {
    precondition(offset + 4 <= count)
    for i in 0..<4 { unsafe base[offset + i] = UInt8(truncatingIfNeeded: value >> (8 * i)) }
  }

  /// Appends a part of these bytes once more.
  mutating func append(again range: Range<Int>) {
    precondition(range.upperBound <= count)
    reserve(range.count)
    unsafe (base + count).update(from: base + range.lowerBound, count: range.count)
    count += range.count
  }

  /// Makes room for `more` bytes behind those it holds.
  @inline(__always)
  public mutating func reserve(_ more: Int) {
    guard count + more > capacity else { return }
    grow(more)
  }

  /// Apart from the check before it, which is all that is mostly done.
  @inline(never)
  private mutating func grow(_ more: Int) {
    var wanted = max(capacity * 2, count + more)
    let grown = unsafe Self.take(&wanted)
    unsafe grown.update(from: base, count: count)
    unsafe Self.give(base, capacity)
    unsafe base = grown
    capacity = wanted
  }

  /// Appends one byte.
  public mutating func append(byte: UInt8) {
    reserve(1)
    unsafe base[count] = byte
    count += 1
  }

  /// Appends four bytes, the lowest first.
  mutating func append(littleEndian bits: UInt32) {
    reserve(4)
    unsafe UnsafeMutableRawPointer(base + count).storeBytes(of: bits.littleEndian, as: UInt32.self)
    count += 4
  }

  /// Appends eight bytes, the highest first, so that bytes sort as numbers do.
  mutating func append(sortable bits: UInt64) {
    reserve(8)
    unsafe UnsafeMutableRawPointer(base + count).storeBytes(of: bits.bigEndian, as: UInt64.self)
    count += 8
  }

  /// Appends bytes as they are.
  public mutating func append(_ bytes: Span<UInt8>) {
    reserve(bytes.count)
    unsafe bytes.withUnsafeBufferPointer { from in
      guard let start = from.baseAddress else { return }
      unsafe (base + count).update(from: start, count: from.count)
    }
    count += bytes.count
  }

  /// Appends bytes as they are.
  public mutating func append(_ bytes: [UInt8]) { append(bytes.span) }

  /// Appends bytes, but for those that `replace` writes otherwise, or leaves out, and says so: runs of the others go at once.
  /// It is asked of controls, quotes, backslashes and 0x7F: only these have another spelling anywhere.
  @inline(__always)
  mutating func append(_ all: Span<UInt8>, replacing replace: (UInt8, inout ByteBuffer) -> Bool) {
    var copied = 0
    var here = Kernels.cellRun(all, from: 0)
    while here < all.count {
      append(all.extracting(copied..<here))
      copied = replace(all[here], &self) ? here + 1 : here
      here += 1
      here += Kernels.cellRun(all, from: here)
    }
    append(all.extracting(copied..<all.count))
  }

  /// Appends bytes as they are.
  public mutating func append<let length: Int>(_ bytes: InlineArray<length, UInt8>) { append(bytes.span) }

  /// Appends a literal's UTF-8.
  public mutating func append(_ text: StaticString) {
    reserve(text.utf8CodeUnitCount)
    unsafe (base + count).update(from: text.utf8Start, count: text.utf8CodeUnitCount)
    count += text.utf8CodeUnitCount
  }

  /// Appends a text's UTF-8.
  public mutating func append(text: String) {
    var text = text
    text.withUTF8 { bytes in
      reserve(bytes.count)
      guard let start = bytes.baseAddress else { return }
      unsafe (base + count).update(from: start, count: bytes.count)
      count += bytes.count
    }
  }

  /// Appends a decimal number.
  public mutating func append(decimal value: Int) {
    reserve(20)
    if value >= 0 && value < 10 {
      unsafe base[count] = 0x30 + UInt8(truncatingIfNeeded: value)
      count += 1
      return
    }
    var digits = InlineArray<20, UInt8>(repeating: 0)
    var rest = value.magnitude
    var first = 20
    repeat {
      first -= 1
      digits[first] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    } while rest > 0
    if value < 0 { append(byte: 0x2D) }
    for i in first..<20 {
      unsafe base[count] = digits[i]
      count += 1
    }
  }

  /// Appends UTF-8 with JSON's escapes, without the quotes (docs/FORMAT.md, "A sentence record").
  public mutating func append(escaped bytes: [UInt8]) { append(escaped: bytes.span) }

  /// Appends a JSON string's content with a record's escapes (docs/FORMAT.md, "A sentence record").
  public mutating func append(escaped bytes: Span<UInt8>) {
    reserve(bytes.count * 6 + 64)
    unsafe bytes.withUnsafeBufferPointer { from in
      guard let start = from.baseAddress else { return }
      count += unsafe kk_json_escape(start, from.count, base + count)
    }
  }
}

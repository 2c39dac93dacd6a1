internal import CDeflate
internal import CZstd

/// How shards are packed: the format, and the level that goes into the manifest.
struct Compressor: Sendable {
  let format: CompressionFormat

  /// gz 6 and zst 3: what the manifest says, and what the bytes depend on.
  var level: Int32 { format == .gz ? 6 : 3 }

  /// Name, version and level, as the manifest has them; empty for none.
  var description: String {
    switch format {
    case .none: ""
    case .gz: unsafe "libdeflate \(String(cString: kd_version())) level \(level)"
    case .zst: unsafe "zstd \(String(cString: kzstd_version())) level \(level)"
    }
  }

  /// One piece as one gzip member or one zstd frame; as it stands for none.
  func pack(_ piece: Span<UInt8>) throws(Problem) -> [UInt8] {
    if format == .none { return piece.copied() }
    let bound = format == .gz ? kd_gzip_bound(piece.count) : kzstd_bound(piece.count)
    let packed = unsafe [UInt8](unsafeUninitializedCapacity: bound) { out, count in
      count = unsafe piece.withUnsafeBufferPointer { from in
        unsafe format == .gz
          ? kd_gzip(from.baseAddress, from.count, out.baseAddress, bound, level)
          : kzstd_compress(from.baseAddress, from.count, out.baseAddress, bound, level)
      }
    }
    if packed.isEmpty { throw Problem("the compressor failed", advice: "There may be too little memory.") }
    return packed
  }
}

extension Span<UInt8> {
  /// The bytes in an array of their own.
  func copied() -> [UInt8] {
    unsafe withUnsafeBufferPointer { unsafe Array($0) }
  }
}

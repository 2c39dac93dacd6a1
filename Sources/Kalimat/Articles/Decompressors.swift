internal import CZlib
internal import CZstd

/// How far one call came, and its status: 0 more is wanted, 1 a member or frame has ended, -1 broken.
struct DecompressionProgress {
  var consumed = 0
  var produced = 0
  var status: Int32 = -1
}

/// zlib's inflate, set to gzip.
@safe struct Inflater: ~Copyable {
  private let inflater: OpaquePointer

  init?() {
    guard let opened = unsafe kz_inflater_open() else { return nil }
    unsafe inflater = opened
  }

  deinit { unsafe kz_inflater_close(inflater) }

  func inflate(_ bytes: Span<UInt8>, into room: UnsafeMutableBufferPointer<UInt8>) -> DecompressionProgress {
    var progress = DecompressionProgress()
    progress.status = unsafe bytes.withUnsafeBufferPointer { bytes in
      unsafe kz_inflate(
        inflater, bytes.baseAddress, bytes.count, room.baseAddress, room.count, &progress.consumed, &progress.produced)
    }
    return progress
  }
}

/// zstd's streaming decoder.
@safe struct FrameDecoder: ~Copyable {
  private let decoder: OpaquePointer

  init?() {
    guard let opened = unsafe kzstd_decoder_open() else { return nil }
    unsafe decoder = opened
  }

  deinit { unsafe kzstd_decoder_close(decoder) }

  func decode(_ bytes: Span<UInt8>, into room: UnsafeMutableBufferPointer<UInt8>) -> DecompressionProgress {
    var progress = DecompressionProgress()
    progress.status = unsafe bytes.withUnsafeBufferPointer { bytes in
      unsafe kzstd_decode(
        decoder, bytes.baseAddress, bytes.count, room.baseAddress, room.count, &progress.consumed, &progress.produced)
    }
    return progress
  }
}

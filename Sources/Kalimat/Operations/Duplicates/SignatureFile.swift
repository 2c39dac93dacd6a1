/// What is kept of each article outside of memory, by its number: its ID and its signature.
struct SignatureFile {
  private static let idLength = 17
  static let recordLength = idLength + MinHash.permutations * 4

  static func append(_ id: [UInt8], _ signature: [UInt32], to out: inout ByteBuffer) {
    out.append(id)
    for value in signature {
      for shift in stride(from: 0, to: 32, by: 8) {
        out.append(byte: UInt8(truncatingIfNeeded: value >> UInt32(shift)))
      }
    }
  }

  private let file: MappedFile

  init(_ path: String) throws(Problem) { file = try MappedFile(path) }

  func id(of number: Int) -> [UInt8] {
    let start = number * Self.recordLength
    return file.withBytes { $0.extracting(start..<start + Self.idLength).copied() }
  }

  /// In how many of the permutations two articles agree.
  func agreement(_ a: Int, _ b: Int) -> Int {
    let (first, second) = (a * Self.recordLength + Self.idLength, b * Self.recordLength + Self.idLength)
    return file.withBytes { bytes in
      var count = 0
      for i in stride(from: 0, to: MinHash.permutations * 4, by: 4) {
        let isEqual =
          bytes[first + i] == bytes[second + i] && bytes[first + i + 1] == bytes[second + i + 1]
          && bytes[first + i + 2] == bytes[second + i + 2] && bytes[first + i + 3] == bytes[second + i + 3]
        if isEqual { count += 1 }
      }
      return count
    }
  }
}

/// The linear model that is asked about doubtful candidates: a sum of 8-bit weights of hashed features.
///
/// The file (docs/SEGMENTATION.md, "The model"): 64 bytes of header, then buckets of four slots of two bytes,
/// fingerprint and weight. A feature that training did not see is told by its fingerprint, and weighs nothing.
package struct BoundaryModel: Sendable {
  /// Bytes before the first bucket.
  package static let headerLength = 64
  /// Buckets of four slots.
  package static let bucketCount = 8184

  private let bytes: [UInt8]
  private let languages: [UInt32]

  /// The model of no weights: every score is 0.
  package init() {
    bytes = []
    languages = []
  }

  /// A model that knows languages but weighs nothing: for the features of training.
  package init(knowing languages: [UInt32]) {
    bytes = []
    self.languages = languages
  }

  /// Reads a file of weights; one of another size is no model.
  package init(file: [UInt8]) {
    guard file.count == Self.headerLength + Self.bucketCount * 8 else {
      self.init()
      return
    }
    var languages: [UInt32] = []
    for start in stride(from: 4, to: Self.headerLength, by: 3) where file[start] != 0 {
      languages.append(UInt32(file[start]) << 16 | UInt32(file[start + 1]) << 8 | UInt32(file[start + 2]))
    }
    self.init(bytes: file, languages: languages)
  }

  private init(bytes: [UInt8], languages: [UInt32]) {
    self.bytes = bytes
    self.languages = languages
  }

  /// The weights that are built in.
  package static let shipped = BoundaryModel(file: BuiltInFile.boundaryWeights.contents())

  package var isEmpty: Bool { bytes.isEmpty }

  /// Whether the language, two or three letters packed into a number, has features of its own.
  package func knows(_ language: UInt32) -> Bool { languages.contains(language) }

  /// A subtag of two or three letters as a number.
  package static func packed(_ language: String) -> UInt32 {
    var letters: [UInt8] = []
    for byte in language.utf8 {
      if byte == 0x2D || byte == 0x5F || letters.count == 3 { break }
      letters.append(byte | 0x20)
    }
    while letters.count < 3 { letters.append(0x20) }
    return UInt32(letters[0]) << 16 | UInt32(letters[1]) << 8 | UInt32(letters[2])
  }

  /// The weight of a feature, −127 to 127.
  @inline(__always)
  package func weight(of feature: UInt32) -> Int {
    let bucket = Self.headerLength + Self.bucket(of: feature) * 8
    let fingerprint = Self.fingerprint(of: feature)
    for slot in 0..<4 where bytes[bucket + slot * 2] == fingerprint {
      return Int(Int8(bitPattern: bytes[bucket + slot * 2 + 1]))
    }
    return 0
  }

  package static func bucket(of feature: UInt32) -> Int {
    Int(truncatingIfNeeded: (UInt64(feature) &* UInt64(bucketCount)) >> 32)
  }

  /// Never 0, which is a free slot.
  package static func fingerprint(of feature: UInt32) -> UInt8 {
    let mixed = UInt8(truncatingIfNeeded: (feature &* 0x2545_F491) >> 24)
    return mixed == 0 ? 1 : mixed
  }

  /// The sum of the weights of `features`; over 0 for a boundary.
  package func score(_ features: [UInt32]) -> Int {
    if bytes.isEmpty { return 0 }
    var sum = 0
    for feature in features { sum &+= weight(of: feature) }
    return sum
  }
}

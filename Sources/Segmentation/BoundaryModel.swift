/// The linear model that is asked about doubtful candidates: a sum of 8-bit weights of hashed features.
///
/// The file (docs/SEGMENTATION.md, "The model"): 64 bytes of header, then buckets of four slots of two bytes,
/// fingerprint and weight. A feature that training did not see is told by its fingerprint, and weighs nothing.
package struct BoundaryModel: Sendable {
  /// Bytes before the first bucket.
  package static let headerLength = 64
  /// Buckets of four slots.
  package static let bucketCount = 8184

  /// A number a bucket: its eight bytes, the first lowest.
  private let buckets: [UInt64]
  private let languages: [UInt32]

  /// The model of no weights: every score is 0.
  package init() {
    buckets = []
    languages = []
  }

  /// A model that knows languages but weighs nothing: for the features of training.
  package init(knowing languages: [UInt32]) {
    buckets = []
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
    let buckets = (0..<Self.bucketCount).map { number in
      let start = Self.headerLength + number * 8
      return (0..<8).reduce(UInt64(0)) { $0 | UInt64(file[start + $1]) << UInt64($1 * 8) }
    }
    self.init(buckets: buckets, languages: languages)
  }

  private init(buckets: [UInt64], languages: [UInt32]) {
    self.buckets = buckets
    self.languages = languages
  }

  /// The weights that are built in.
  package static let shipped = BoundaryModel(file: BuiltInFile.boundaryWeights.contents())

  package var isEmpty: Bool { buckets.isEmpty }

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

  /// The weight of a feature, −127 to 127, in a model that is not empty.
  @inline(__always)
  private static func weight(of feature: UInt32, in buckets: Span<UInt64>) -> Int {
    // At most `bucketCount` − 1, and there are as many.
    let bucket = unsafe buckets[unchecked: Self.bucket(of: feature)]
    let fingerprints: UInt64 = 0x00FF_00FF_00FF_00FF
    let difference = (bucket & fingerprints) ^ UInt64(fingerprint(of: feature)) &* 0x0001_0001_0001_0001
    // The bit above a slot's fingerprint is 0 where it is the feature's; the weight begins there.
    let found = ~(difference &+ fingerprints) & 0x0100_0100_0100_0100
    return found == 0 ? 0 : Int(Int8(truncatingIfNeeded: bucket >> UInt64(found.trailingZeroBitCount)))
  }

  @inline(__always)
  package static func bucket(of feature: UInt32) -> Int {
    Int(truncatingIfNeeded: (UInt64(feature) &* UInt64(bucketCount)) >> 32)
  }

  /// Never 0, which is a free slot.
  @inline(__always)
  package static func fingerprint(of feature: UInt32) -> UInt8 {
    let mixed = UInt8(truncatingIfNeeded: (feature &* 0x2545_F491) >> 24)
    return mixed == 0 ? 1 : mixed
  }

  /// The sum of the weights of `features`; over 0 for a boundary.
  func score(_ features: borrowing Features) -> Int {
    guard buckets.count == Self.bucketCount else { return 0 }
    let buckets = self.buckets.span
    var sum = 0
    for index in 0..<features.count { sum &+= Self.weight(of: features.values[index], in: buckets) }
    return sum
  }
}

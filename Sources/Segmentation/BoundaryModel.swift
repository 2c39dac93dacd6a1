internal import CKernels

/// The linear model that is asked about doubtful candidates: a sum of 8-bit weights of hashed features.
///
/// The file (docs/SEGMENTATION.md, "The model"): 64 bytes of header, then buckets of four slots of two bytes,
/// fingerprint and weight. A feature that training did not see is told by its fingerprint, and weighs nothing.
package struct BoundaryModel: Sendable {
  /// Bytes before the first bucket.
  package static let headerLength = 64
  /// Buckets of four slots.
  package static let bucketCount = 8184

  /// The file without its header.
  private let buckets: [UInt8]
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
    self.init(buckets: Array(file[Self.headerLength...]), languages: languages)
  }

  private init(buckets: [UInt8], languages: [UInt32]) {
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

  package static func bucket(of feature: UInt32) -> Int { Int(kk_feature_bucket(feature, UInt32(bucketCount))) }

  /// Never 0, which is a free slot.
  package static func fingerprint(of feature: UInt32) -> UInt8 { kk_feature_fingerprint(feature) }

  /// The sum of the weights of `features`; over 0 for a boundary.
  func score(_ features: borrowing Features) -> Int {
    guard buckets.count == Self.bucketCount * 8 else { return 0 }
    return Int(
      unsafe kk_model_score(buckets, UInt32(Self.bucketCount), features.inputs, features.count, features.language))
  }
}

/// The shares of a dataset's splits, e.g. `train=0.98,dev=0.01,test=0.01`, and which split an article goes to.
public struct SplitPlan: Sendable, Equatable {
  /// One split and its share.
  public struct Part: Sendable, Equatable {
    public var name: String
    /// The share as it was given: a decimal of at most six places.
    public var share: String
    /// Cumulated with those before it, in millionths.
    var limit: Int
  }

  public let parts: [Part]
  public let salt: String

  /// Everything in one split called train.
  public static let whole = SplitPlan(parts: [Part(name: "train", share: "1", limit: 1_000_000)], salt: "")

  private init(parts: [Part], salt: String) {
    self.parts = parts
    self.salt = salt
  }

  /// Reads `name=share,name=share…`; a name alone has the whole.
  public init(_ text: String, salt: String) throws(Problem) {
    var parts: [Part] = []
    var sum = 0
    for piece in text.split(separator: ",", omittingEmptySubsequences: false) {
      let sides = piece.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = String(sides[0])
      let share = sides.count == 2 ? String(sides[1]) : "1"
      guard Self.isName(name), let millionths = Self.millionths(share), millionths > 0 else {
        throw .usage(
          "--split has \"\(piece)\"", expected: "name=share, the share a decimal of at most six places over 0",
          advice: "An example: --split train=0.98,dev=0.01,test=0.01.")
      }
      guard !parts.contains(where: { Array($0.name.utf8) == Array(name.utf8) }) else {
        throw .usage("--split names \"\(name)\" twice", expected: "each split once")
      }
      sum += millionths
      parts.append(Part(name: name, share: share, limit: sum))
    }
    guard sum == 1_000_000 else {
      throw .usage("the shares of --split sum to \(Self.decimal(sum))", expected: "a sum of 1")
    }
    self.init(parts: parts, salt: salt)
  }

  /// Names that Hugging Face takes for a split: letters, digits and `_`, a letter first.
  private static func isName(_ name: String) -> Bool {
    guard let first = name.utf8.first, first | 0x20 >= 0x61 && first | 0x20 <= 0x7A else { return false }
    return name.utf8.allSatisfy { byte in
      (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || (byte >= 0x30 && byte <= 0x39) || byte == 0x5F
    }
  }

  /// A decimal from 0 to 1 of at most six places, in millionths.
  static func millionths(_ share: String) -> Int? {
    let sides = share.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let whole = sides.first, whole == "0" || whole == "1" || (whole.isEmpty && sides.count == 2) else {
      return nil
    }
    let places = sides.count == 2 ? Array(sides[1].utf8) : []
    guard places.count <= 6, sides.count == 1 || !places.isEmpty else { return nil }
    var value = whole == "1" ? 1 : 0
    for i in 0..<6 {
      let digit = i < places.count ? places[i] : 0x30
      guard digit >= 0x30 && digit <= 0x39 else { return nil }
      value = value * 10 + Int(digit - 0x30)
    }
    return value <= 1_000_000 ? value : nil
  }

  private static func decimal(_ millionths: Int) -> String {
    let places = String(1_000_000 + millionths % 1_000_000).dropFirst()
    return "\(millionths / 1_000_000).\(places)"
  }

  /// The number, below 1,000,000, that decides an article's split: H("kalimat-split-1", salt, value).
  static func number(salt: String, value: Span<UInt8>) -> Int {
    var hash = SHA256()
    hash.update("kalimat-split-1")
    hash.update(byte: 0)
    hash.update(salt)
    hash.update(byte: 0)
    hash.update(value)
    let digest = hash.finish()
    var first: UInt64 = 0
    for i in 0..<8 { first = first << 8 | UInt64(digest.bytes[i]) }
    return Int(first.multipliedFullWidth(by: 1_000_000).high)
  }

  /// The index of the split that an article with this value (its doc_id, or a field's value) goes to.
  public func index(for value: Span<UInt8>) -> Int {
    if parts.count == 1 { return 0 }
    let number = Self.number(salt: salt, value: value)
    return parts.firstIndex { $0.limit > number } ?? parts.count - 1
  }
}

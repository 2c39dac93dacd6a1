/// One article, as a reader gives it: its text T, its key, and what its source says of it.
public struct Article: Sendable, Equatable {
  public var keyKind: KeyKind
  /// UTF-8; for the kind `content` empty here: it is made of the text when the build knows how often the text came.
  public var key: [UInt8]
  /// T in UTF-8: never empty.
  public var text: [UInt8]
  /// The key's path of the file it came from, and its record: the line, from 1; 0 where the file is one article.
  public var path: [UInt8]
  public var record: Int
  public var title: [UInt8] = []
  public var url: [UInt8] = []
  /// A BCP 47 tag that was given, in canonical form; empty where none was.
  public var language: String = ""
  public var published: [UInt8] = []
  public var license: [UInt8] = []
  /// The value of `--split-by`'s field; nil where it is absent.
  public var splitValue: [UInt8]? = nil
  /// The value of `--source-field`'s field; nil where it is absent.
  public var sourceValue: [UInt8]? = nil
  /// The `--keep` fields' values in the order named; empty where absent.
  public var kept: [[UInt8]] = []

  public init(keyKind: KeyKind, key: [UInt8], text: [UInt8], path: [UInt8], record: Int) {
    self.keyKind = keyKind
    self.key = key
    self.text = text
    self.path = path
    self.record = record
  }

  /// The `--keep` field of this place; empty where the article has no fields (plain text).
  func keptValue(_ index: Int) -> [UInt8] { index < kept.count ? kept[index] : [] }
}

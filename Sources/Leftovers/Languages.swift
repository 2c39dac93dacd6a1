internal import Segmentation
internal import Synchronization

/// The lexicon of each language, read once a process.
enum Languages {
  /// The lexicon for a BCP 47 tag: its language's words, those of the languages that share pages with it, and English.
  static func lexicon(for tag: String) -> Lexicon {
    let language = String(tag.prefix { $0 != "-" && $0 != "_" }).lowercased()
    if let known = cache.withLock({ $0[language] }) { return known }
    let lexicon = Lexicon(files: texts(for: language))
    cache.withLock { $0[language] = lexicon }
    return lexicon
  }

  private static let cache = Mutex<[String: Lexicon]>([:])

  /// The words of every page, English, those of the languages it is written beside, and its own.
  static func texts(for language: String) -> [[UInt8]] {
    let own = language == "en" ? [] : [language]
    let names = ["all", "en"] + (neighbours[language] ?? []) + own
    return names.compactMap { name in BuiltInFile.leftovers.first { $0.name == name }?.contents() }
  }

  /// Languages whose pages are often framed in another language.
  private static let neighbours = ["jv": ["id"], "ms": ["id"], "su": ["id"]]
}

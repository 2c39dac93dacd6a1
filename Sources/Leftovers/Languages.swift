internal import Synchronization

/// The lexicon of each language, read once a process.
enum Languages {
  /// The lexicon for a BCP 47 tag: its language's words, those of the languages that share pages with it, and English.
  static func lexicon(for tag: String) -> Lexicon {
    let language = String(tag.prefix { $0 != "-" && $0 != "_" }).lowercased()
    if let known = cache.withLock({ $0[language] }) { return known }
    let lexicon = Lexicon(files: files(for: language))
    cache.withLock { $0[language] = lexicon }
    return lexicon
  }

  private static let cache = Mutex<[String: Lexicon]>([:])

  private static func files(for language: String) -> [[UInt8]] {
    let shared = [PackageResources.all_txt, PackageResources.en_txt]
    switch language {
    case "en": return shared
    case "id", "ms", "jv", "su": return shared + [PackageResources.id_txt]
    default: return shared + [PackageResources.id_txt]
    }
  }
}

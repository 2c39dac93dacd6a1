internal import ICU
internal import Synchronization

/// The tables of one rule set: with line ends as ICU has them, and with line ends as spaces.
struct SentenceTables: Sendable {
  let plain: SentenceTable
  let joining: SentenceTable

  private init?(rules: BreakRules, usesAVX2: Bool) {
    guard let plain = SentenceTable(rules: rules, joiningLines: false, usesAVX2: usesAVX2),
      let joining = SentenceTable(rules: rules, joiningLines: true, usesAVX2: usesAVX2)
    else { return nil }
    self.plain = plain
    self.joining = joining
  }

  /// The tables of `language`, made once a process; languages whose rules are the same bytes share them.
  ///
  /// - Returns: nil where its rules are not of the kind that `SentenceTable` can run.
  static func of(language: String, usesAVX2: Bool) throws(SegmentationError) -> SentenceTables? {
    let key = usesAVX2 ? language : "portable " + language
    if let known = cache.withLock({ $0.byLanguage[key] }) { return known }
    let iterator: SentenceBreakIterator
    do { iterator = try SentenceBreakIterator(locale: language) } catch { throw .icu(error.name) }
    let rules = iterator.compiledRules()
    return cache.withLock { cache in
      let tables = cache.tables(of: rules, usesAVX2: usesAVX2)
      cache.byLanguage[key] = .some(tables)
      return tables
    }
  }

  private static let cache = Mutex(Cache())

  private struct Cache {
    var byLanguage: [String: SentenceTables?] = [:]
    var byRules: [(bytes: [UInt8], usesAVX2: Bool, tables: SentenceTables?)] = []

    mutating func tables(of bytes: [UInt8], usesAVX2: Bool) -> SentenceTables? {
      for known in byRules where known.usesAVX2 == usesAVX2 && known.bytes == bytes { return known.tables }
      // Whatever is refused, and why, comes to the same here: ubrk does the work.
      let rules = try? BreakRules(bytes: bytes)
      let tables = rules.flatMap { SentenceTables(rules: $0, usesAVX2: usesAVX2) }
      byRules.append((bytes, usesAVX2, tables))
      return tables
    }
  }
}

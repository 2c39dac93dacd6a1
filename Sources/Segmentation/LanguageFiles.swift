/// The language files that are built in.
package enum LanguageFiles {
  /// The file of a language subtag, or nil where it has none.
  package static func file(_ language: String) -> [UInt8]? {
    BuiltInFile.segmentation.first { $0.name == language }?.contents()
  }

  /// The knowledge of a BCP 47 tag's language: of its first subtag.
  package static func knowledge(_ tag: String) -> LanguageKnowledge {
    let language = String(tag.prefix { $0 != "-" && $0 != "_" }).lowercased()
    guard let file = file(language) else { return LanguageKnowledge() }
    return LanguageKnowledge(file: file.span)
  }
}

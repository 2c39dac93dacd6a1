/// The language files and the model's weights that are built in.
package enum LanguageFiles {
  /// The file of a language subtag, or nil where it has none.
  package static func file(_ language: String) -> [UInt8]? {
    files.first { $0.language == language }?.contents()
  }

  /// The knowledge of a BCP 47 tag's language: of its first subtag.
  package static func knowledge(_ tag: String) -> LanguageKnowledge {
    let language = String(tag.prefix { $0 != "-" && $0 != "_" }).lowercased()
    guard let file = file(language) else { return LanguageKnowledge() }
    return LanguageKnowledge(file: file.span)
  }

  /// One line a language.
  package static let files: [(language: String, contents: @Sendable () -> [UInt8])] = [
    ("ar", { PackageResources.ar_txt }),
    ("cs", { PackageResources.cs_txt }),
    ("da", { PackageResources.da_txt }),
    ("de", { PackageResources.de_txt }),
    ("en", { PackageResources.en_txt }),
    ("es", { PackageResources.es_txt }),
    ("fi", { PackageResources.fi_txt }),
    ("fr", { PackageResources.fr_txt }),
    ("hi", { PackageResources.hi_txt }),
    ("id", { PackageResources.id_txt }),
    ("it", { PackageResources.it_txt }),
    ("ja", { PackageResources.ja_txt }),
    ("jv", { PackageResources.jv_txt }),
    ("ms", { PackageResources.ms_txt }),
    ("nb", { PackageResources.nb_txt }),
    ("nl", { PackageResources.nl_txt }),
    ("pl", { PackageResources.pl_txt }),
    ("pt", { PackageResources.pt_txt }),
    ("ru", { PackageResources.ru_txt }),
    ("sk", { PackageResources.sk_txt }),
    ("su", { PackageResources.su_txt }),
    ("sv", { PackageResources.sv_txt }),
    ("tr", { PackageResources.tr_txt }),
    ("uk", { PackageResources.uk_txt }),
    ("zh", { PackageResources.zh_txt }),
  ]
}

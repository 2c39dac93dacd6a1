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
    ("am", { PackageResources.am_txt }),
    ("ar", { PackageResources.ar_txt }),
    ("bn", { PackageResources.bn_txt }),
    ("cs", { PackageResources.cs_txt }),
    ("da", { PackageResources.da_txt }),
    ("de", { PackageResources.de_txt }),
    ("el", { PackageResources.el_txt }),
    ("en", { PackageResources.en_txt }),
    ("es", { PackageResources.es_txt }),
    ("fa", { PackageResources.fa_txt }),
    ("fi", { PackageResources.fi_txt }),
    ("fr", { PackageResources.fr_txt }),
    ("hi", { PackageResources.hi_txt }),
    ("hu", { PackageResources.hu_txt }),
    ("id", { PackageResources.id_txt }),
    ("is", { PackageResources.is_txt }),
    ("it", { PackageResources.it_txt }),
    ("ja", { PackageResources.ja_txt }),
    ("jv", { PackageResources.jv_txt }),
    ("km", { PackageResources.km_txt }),
    ("ko", { PackageResources.ko_txt }),
    ("lo", { PackageResources.lo_txt }),
    ("ms", { PackageResources.ms_txt }),
    ("my", { PackageResources.my_txt }),
    ("nb", { PackageResources.nb_txt }),
    ("nl", { PackageResources.nl_txt }),
    ("pl", { PackageResources.pl_txt }),
    ("pt", { PackageResources.pt_txt }),
    ("ro", { PackageResources.ro_txt }),
    ("ru", { PackageResources.ru_txt }),
    ("sk", { PackageResources.sk_txt }),
    ("su", { PackageResources.su_txt }),
    ("sv", { PackageResources.sv_txt }),
    ("th", { PackageResources.th_txt }),
    ("tr", { PackageResources.tr_txt }),
    ("uk", { PackageResources.uk_txt }),
    ("vi", { PackageResources.vi_txt }),
    ("zh", { PackageResources.zh_txt }),
  ]
}

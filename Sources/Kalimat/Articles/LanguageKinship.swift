/// Which languages a detector takes for each other, and which script each is written in.
enum LanguageKinship {
  /// Whether two tags are of one language, or of two that a detector takes for each other in a sentence.
  static func areClose(_ a: String, _ b: String) -> Bool {
    let (one, other) = (primary(a), primary(b))
    return one == other || close.contains { $0.contains(one) && $0.contains(other) }
  }

  /// The script (ISO 15924) that a tag's language is written in: the tag's own, else the usual one; nil where there are
  /// several.
  static func script(of tag: String) -> String? {
    for part in tag.split(separator: "-").dropFirst() where part.utf8.count == 4 { return String(part) }
    let language = primary(tag)
    for (script, languages) in scripts where languages.contains(language) { return script }
    return several.contains(language) ? nil : "Latn"
  }

  /// Whether a text whose scalars are mostly of `found` may be in `script`: Japanese in Han, say.
  static func isPart(_ found: String, of script: String) -> Bool {
    switch script {
    case "Hans", "Hant", "Hani": found == "Hani" || found == "Bopo"
    case "Jpan": ["Hani", "Hira", "Kana"].contains(found)
    case "Kore": ["Hang", "Hani"].contains(found)
    default: found == script
    }
  }

  static func primary(_ tag: String) -> String { String(tag.prefix { $0 != "-" }) }

  private static let close: [Set<String>] = [
    ["id", "ms", "jv", "su", "zsm", "ban", "min"], ["nb", "nn", "no", "da"], ["hr", "sr", "bs", "sh", "sl"],
    ["cs", "sk"], ["gl", "pt", "es", "ca", "ast"], ["ru", "uk", "be", "bg", "mk", "rue"],
    ["hi", "mr", "ne", "mai", "bho", "sa"], ["fa", "ps", "ur"], ["fa", "ar"], ["zh", "yue", "wuu"], ["nl", "af", "fy"],
    ["tr", "az", "tk", "crh"], ["fi", "et"], ["fr", "oc"], ["it", "co"], ["sv", "nb", "no", "da"],
    ["kk", "ky", "tt", "ba"],
    ["xh", "zu"], ["rw", "rn"], ["tl", "fil", "ceb"], ["de", "lb"], ["en", "sco"],
  ]
  private static let several: Set<String> = [
    "sr", "uz", "az", "ku", "pa", "sd", "ks", "mn", "tg", "kk", "bs", "ms", "ha", "und", "mul",
  ]
  private static let scripts: [(String, Set<String>)] = [
    ("Arab", ["ar", "fa", "ur", "ps", "ug", "ckb", "arz"]), ("Hebr", ["he", "yi"]),
    ("Cyrl", ["ru", "uk", "be", "bg", "mk", "ky", "tt", "ba"]), ("Grek", ["el"]), ("Armn", ["hy"]), ("Geor", ["ka"]),
    ("Deva", ["hi", "mr", "ne", "sa", "mai"]), ("Beng", ["bn", "as"]), ("Gujr", ["gu"]), ("Orya", ["or"]),
    ("Taml", ["ta"]), ("Telu", ["te"]), ("Knda", ["kn"]), ("Mlym", ["ml"]), ("Sinh", ["si"]), ("Thai", ["th"]),
    ("Laoo", ["lo"]), ("Khmr", ["km"]), ("Mymr", ["my"]), ("Tibt", ["bo", "dz"]), ("Ethi", ["am", "ti"]),
    ("Jpan", ["ja"]), ("Kore", ["ko"]), ("Hani", ["zh", "yue", "wuu"]),
  ]
}

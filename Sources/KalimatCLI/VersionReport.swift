internal import Kalimat

/// What `kalimat --version` prints.
enum VersionReport {
  static var text: String {
    (["kalimat \(Version.kalimat)"] + Version.parts.map { "  \($0.name): \($0.value)" }).joined(separator: "\n")
  }

  static var json: String {
    let members = [("kalimat", JSONValue.text(Version.kalimat))] + Version.parts.map { ($0.name, .text($0.value)) }
    return String(decoding: JSONValue.members(members).line, as: UTF8.self)
  }
}

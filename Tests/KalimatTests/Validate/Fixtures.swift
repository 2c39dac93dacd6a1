import Segmentation

@testable import Kalimat

/// Small datasets that have a bit of everything, built once.
enum Fixtures {
  /// Two splits, two shards, uncompressed: lines that repeat, raw, lead, leftovers, articles of White_Space alone, JSON Lines
  /// with a kept field.
  static let plain = Result { try build(plainConfiguration) }

  /// The split is that of a field that is not kept; keys are the texts'.
  static let byContent = Result {
    try build(
      {
        var configuration = plainConfiguration
        configuration.fields.keep = []
        configuration.fields.splitBy = "site"
        return configuration
      }(),
      inputs: [
        "g.jsonl": records.replacingOccurrences("\"id\":", with: "\"no\":").replacingOccurrences(
          "\"url\":", with: "\"at\":")
      ])
  }

  /// An article stands twice, and a list names the one that is kept.
  static let duplicated = Result {
    let texts = ["a.txt": "Satu dua.", "b.txt": "Satu dua.", "c.txt": "Tiga."]
    let ids = ["a.txt", "b.txt"].map { DocumentID(kind: .path, key: Array($0.utf8)).description }.sorted()
    let folder = try ScratchFolder()
    try folder.write("list", "\(ids[1])\texact\t\(ids[0])\n")
    var configuration = plainConfiguration
    configuration.fields.keep = []
    var lists = CurationLists()
    lists.duplicates = "\(folder.path)/list"
    try lists.load(into: &configuration)
    return try build(configuration, inputs: texts)
  }

  /// The same, packed.
  static let packed = Result {
    var configuration = plainConfiguration
    configuration.compression = .gz
    return try build(configuration)
  }

  /// One split, one shard of each kind of a few hundred bytes: small enough to spoil each byte of it.
  static let tiny = Result { try build(tinyConfiguration, inputs: tinyTexts) }
  static let tinyPacked = Result {
    var configuration = tinyConfiguration
    configuration.compression = .gz
    return try build(configuration, inputs: tinyTexts)
  }

  private static let tinyTexts = [
    "a.txt": texts["a.txt"] ?? "", "b.txt": " \nBaris \"satu\".\n\nDua\u{2028}", "c.txt": " \n",
  ]

  private static var tinyConfiguration: BuildConfiguration {
    var configuration = plainConfiguration
    configuration.fields.keep = []
    configuration.shards = 1
    configuration.split = .whole
    return configuration
  }

  /// Every column there is.
  static let joined = Result {
    try build(
      {
        var configuration = plainConfiguration
        configuration.join = DerivedColumn.allCases.map(\.rawValue) + DocumentField.allCases.map(\.rawValue) + ["site"]
        configuration.leftovers = .mark
        configuration.paragraphs = .lines
        return configuration
      }())
  }

  static var plainConfiguration: BuildConfiguration {
    var configuration = BuildConfiguration()
    configuration.compression = .none
    configuration.shards = 2
    configuration.paragraphs = .blankLines
    configuration.language = "id"
    configuration.fields.keep = ["site"]
    configuration.maxChars = 60
    if let plan = try? SplitPlan("train=0.5,dev=0.5", salt: "s") { configuration.split = plan }
    return configuration
  }

  static let records =
    (1...6).map { n in
      #"{"id":"r\#(n)","url":"https://example.org/\#(n)","title":"Judul \#(n)","site":"s\#(n)","#
        + #""text":"Kalimat pertama nomor \#(n). Ya. Kalimat kedua.\n\nPenutup \#(n)."}"#
    }.joined(separator: "\n") + "\n"
    + #"{"id":"r7","site":"s7","text":" \n"}"# + "\n" + #"{"id":"r8","site":"s8","text":"\t"}"# + "\n"

  static let texts = [
    "a.txt": "Ya. Ya. Tidak.\n\nIni  kalimat\tdengan spasi. Ya.\n\n5 hours ago\n",
    "b.txt": "\u{FEFF}\n 日本語の文が\nここで折り返す。次の文。\n\n\u{1}kontrol \"kutip\" \\ miring\u{2028}\u{85}\n\nakhir",
    "c.txt": " \n\n", "d.txt": "\t\n\u{A0}\n", "e.txt": "\n\n", "f.txt": "\u{3000}", "h.txt": "  \n \n",
    "i.txt": "\u{2003}\n",
    "j.txt":
      "Satu kalimat yang sangat panjang sekali sehingga lebih dari enam puluh aksara. Pendek.\n\n—\n\nSelesai. Sudah.",
    "k.txt": "Judul\n\nIsi paragraf satu. Isi lagi.\n\nIsi paragraf dua.\n\nVIVA.co.id\n", "l.txt": "Hanya ini.",
  ]

  static func build(
    _ configuration: BuildConfiguration, inputs: [String: String]? = nil
  ) throws -> DatasetInMemory {
    let folder = try ScratchFolder()
    var texts = inputs ?? texts
    if inputs == nil { texts["g.jsonl"] = records }
    for (name, text) in texts { try folder.write("in/\(name)", text) }
    var request = BuildRequest()
    request.inputs = ["\(folder.path)/in"]
    request.output = "\(folder.path)/out"
    request.jobs = 1
    _ = try Build(request, configuration).run()
    return try DatasetInMemory(folder: request.output)
  }

  /// Validates a dataset in a folder of its own.
  static func validate(
    _ dataset: DatasetInMemory, _ change: (inout ValidationRequest) -> Void = { _ in }
  ) throws -> ValidationReport {
    let folder = try ScratchFolder()
    try dataset.write(to: "\(folder.path)/data")
    var request = ValidationRequest(path: "\(folder.path)/data")
    request.jobs = 1
    change(&request)
    return try Validate(request).run()
  }
}

extension String {
  fileprivate func replacingOccurrences(_ old: String, with new: String) -> String {
    split(separator: old, omittingEmptySubsequences: false).joined(separator: new)
  }
}

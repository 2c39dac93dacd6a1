/// Asks whether the files that describe the dataset say what the manifest says.
struct DescriptionChecks {
  let dataset: DatasetFolder
  let present: Set<[UInt8]>
  let levels: Set<ValidationLevel>

  private func isPresent(_ name: String) -> Bool { present.contains(Array(name.utf8)) }

  func run(_ log: inout FindingLog) throws(Problem) {
    if levels.contains(.fixity) {
      try checkFiles(&log)
      try checkSums(&log)
    }
    if levels.contains(.records) {
      try checkGenerated(&log)
      if isPresent("README.md") {
        CardCheck(dataset).check(try WholeFile.read(dataset.file("README.md")), &log)
      }
      try InputsCheck(dataset, present: present).run(&log)
    }
  }

  // MARK: Fixity

  private func checkFiles(_ log: inout FindingLog) throws(Problem) {
    for file in dataset.manifest.files where isPresent(file.path) {
      let found = try WholeFile.digest(dataset.file(file.path))
      if found.byteCount != file.bytes {
        log.add(
          .bytes, .init(file: file.path), "a file of bytes \(found.byteCount)",
          expected: "\(file.bytes), as the manifest says")
      }
      if !found.digest.hex.utf8.elementsEqual(file.sha256.utf8) {
        log.add(
          .digest, .init(file: file.path), "a SHA-256 of \(found.digest.hex)",
          expected: "\(file.sha256), as the manifest says")
      }
    }
  }

  /// SHA256SUMS is a function of the manifest and its bytes.
  private func checkSums(_ log: inout FindingLog) throws(Problem) {
    let name = "SHA256SUMS"
    guard isPresent(name) else { return }
    let manifest = dataset.manifest
    let listed = DatasetDescriptions.sums(of: manifest, dataset.manifestBytes)
    let wanted = listed.map { Array("\($0.sha256)  \($0.path)\n".utf8) }
    let bytes = try WholeFile.read(dataset.file(name))
    var offset = 0
    for (i, line) in wanted.enumerated() {
      let end = min(bytes.count, bytes[offset...].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count)
      if bytes[offset..<end].elementsEqual(line) {
        offset = end
        continue
      }
      log.add(
        .sums, .init(file: name, line: i + 1, byteOffset: offset),
        "\"\(String(decoding: bytes[offset..<end].prefix(200).filter { $0 != 0x0A }, as: UTF8.self))\"",
        expected:
          "\"\(listed[i].sha256)  \(listed[i].path)\": the digest of that file as the manifest, or its own bytes, say it"
      )
      // Behind a line too many or too few all others are shifted.
      if !bytes[offset..<end].dropFirst(64).elementsEqual(line.dropFirst(64)) { return }
      offset = end
    }
    if offset < bytes.count {
      log.add(
        .sums, .init(file: name, line: wanted.count + 1, byteOffset: offset), "more lines",
        expected: "the end, behind a line for each file")
    }
  }

  // MARK: Records

  /// schema.json and croissant.json are functions of the manifest.
  private func checkGenerated(_ log: inout FindingLog) throws(Problem) {
    let manifest = dataset.manifest
    let schema: RecordSchema
    do { schema = try RecordSchema(config: manifest.config) } catch { return }
    try compare("schema.json", CanonicalJSON.indented(schema.jsonSchema()), .schema, &log)
    let croissant = Croissant.description(of: manifest, schema: schema, compression: dataset.compression)
    if let croissant { try compare("croissant.json", CanonicalJSON.indented(croissant), .croissant, &log) }
  }

  private func compare(_ name: String, _ wanted: [UInt8], _ check: FindingCheck, _ log: inout FindingLog)
    throws(Problem)
  {
    guard isPresent(name) else { return }
    let bytes = try WholeFile.read(dataset.file(name))
    if bytes == wanted { return }
    let offset =
      zip(bytes, wanted).enumerated().first { $0.element.0 != $0.element.1 }?.offset
      ?? min(bytes.count, wanted.count)
    let line = bytes[..<offset].count { $0 == 0x0A } + 1
    log.add(
      check, .init(file: name, line: line, byteOffset: offset),
      RecordParser.quote(bytes.span, at: offset),
      expected: "\(RecordParser.quote(wanted.span, at: offset)), as the manifest makes it")
  }
}

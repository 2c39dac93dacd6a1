/// Asks whether what rejected duplicates name as kept in their place is there: else their text is in no record of data/.
///
/// Shard by shard: an ID begins with the 20 bits that say in which shard it stands. So each shard is read once, and memory
/// is bounded by what is named of one shard.
struct KeptCheck {
  private let dataset: DatasetFolder

  /// An ID that is named as kept and of which data/ has nothing, nor rejected/ a duplicate of another.
  struct Absence {
    var id: String
    /// Where it is named first.
    var place: Problem.Place
    /// Records that name it.
    var records: Int
    /// Why its own record was rejected; nil where the dataset has none.
    var reason: RejectionReason?
  }

  init(_ dataset: DatasetFolder) { self.dataset = dataset }

  /// Calls `tell` with every absence, in the order of IDs.
  ///
  /// - Throws: where a shard can't be read.
  func run(_ tell: (Absence) -> Void) throws(Problem) {
    guard dataset.rules.rejectedHasKept else { return }
    let named = KeyedRuns(folder: ScratchFolder.newName(), memoryLimit: Self.memoryLimit)
    let files = dataset.shards(of: .rejected)
    for (number, file) in files.enumerated() { try note(file, number, in: named) }
    let cursor = try named.cursor()
    let count = UInt64(max(dataset.manifest.config["shards"]?.intValue ?? 1, 1))
    while cursor.hasEntry {
      let shard = Self.shard(of: cursor.key, count)
      var group = Group()
      while cursor.hasEntry, Self.shard(of: cursor.key, count) == shard {
        group.add(cursor.key, cursor.payload)
        try cursor.advance()
      }
      try settle(&group, shard: Int(shard))
      group.forEach { naming in
        var place = Problem.Place(file: files[naming.file].path, line: naming.line, byteOffset: naming.byteOffset)
        place.id = naming.own
        tell(.init(id: naming.id, place: place, records: naming.records, reason: naming.reason))
      }
    }
  }

  private static let memoryLimit = 64 << 20

  /// Keys sort by the digits that say the shard.
  private static func shard(of key: [UInt8], _ count: UInt64) -> UInt64 {
    let bits = key.prefix(4).reduce(UInt64(0)) { $0 << 5 | UInt64(Base32Hex.value($1) ?? 0) }
    return (bits * count) >> 20
  }

  private func note(_ file: ShardFile, _ number: Int, in named: KeyedRuns) throws(Problem) {
    var scan = try ShardScan(file, in: dataset)
    var payload = ByteBuffer()
    while try scan.next() {
      let kept = scan.parser.slots.count - 2
      let id = scan.text(kept)
      guard Group.packed(id) != nil else { continue }
      payload.removeAll()
      for value in [number, scan.reader.lineNumber, scan.reader.byteOffset] { payload.append(long: UInt64(value)) }
      scan.append(RecordShape.Sentence.id, to: &payload)
      try named.add(key: id[1..<5] + id, payload: payload.span.copied())
    }
  }

  /// Takes out what stands in data/, and asks of the rest why it does not.
  private func settle(_ group: inout Group, shard: Int) throws(Problem) {
    for file in dataset.shards(of: .data) where file.index == shard && !group.isEmpty {
      var scan = try ShardScan(file, in: dataset)
      while try scan.next() {
        group.remove(id: scan.text(RecordShape.Sentence.id), document: scan.text(RecordShape.Sentence.doc))
      }
    }
    for file in dataset.shards(of: .rejected) where file.index == shard && !group.isEmpty {
      var scan = try ShardScan(file, in: dataset)
      while try scan.next() {
        let (id, document) = (scan.text(RecordShape.Sentence.id), scan.text(RecordShape.Sentence.doc))
        switch RecordRules.reason(scan.text(scan.parser.slots.count - 1).span) {
        // It names what is kept in its own place, and that is asked for too.
        case .duplicate: group.remove(id: id, document: document)
        case let reason: group.note(reason, id: id, document: document)
        }
      }
    }
  }

  /// What is named of one shard.
  private struct Group {
    struct Naming {
      var id: String
      var file: Int
      var line: Int
      var byteOffset: Int
      /// The ID of the record that names it first.
      var own: String
      var records = 1
      var reason: RejectionReason? = nil
    }

    private var namings: [PackedID: Naming] = [:]

    var isEmpty: Bool { namings.isEmpty }

    mutating func add(_ key: [UInt8], _ payload: [UInt8]) {
      let id = key[4...]
      guard let packed = Self.packed(Array(id)) else { return }
      var cursor = PackedCursor()
      let values = (0..<3).map { _ in Int(cursor.long(payload.span)) }
      var naming = Naming(
        id: String(decoding: id, as: UTF8.self), file: values[0], line: values[1], byteOffset: values[2],
        own: String(decoding: payload[24...], as: UTF8.self))
      if let known = namings[packed] {
        let isFirst = (known.file, known.line) < (naming.file, naming.line)
        naming = isFirst ? known : naming
        naming.records = known.records + 1
      }
      namings[packed] = naming
    }

    /// An article's ID and a sentence's are told apart by what they are made of: digests of different texts.
    static func packed(_ id: [UInt8]) -> PackedID? {
      id.first == 0x64
        ? PackedID(id.span, prefix: 0x64, skipping: 1) : PackedID(id.span, prefix: 0x73, skipping: 5)
    }

    mutating func remove(id: [UInt8], document: [UInt8]) {
      for id in [id, document] { if let packed = Self.packed(id) { namings[packed] = nil } }
    }

    mutating func note(_ reason: RejectionReason?, id: [UInt8], document: [UInt8]) {
      for id in [id, document] { if let packed = Self.packed(id) { namings[packed]?.reason = reason } }
    }

    func forEach(_ take: (Naming) -> Void) {
      for (_, naming) in namings.sorted(by: { $0.key < $1.key }) { take(naming) }
    }
  }
}

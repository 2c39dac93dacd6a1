/// Texts that stand in more than one split, e.g. "Thanks.": a test set that shares them with its training set leaks a little.
enum SharedTexts {
  /// How many different texts of data/ at least two splits have.
  ///
  /// Memory is 16 to 32 bytes for each different text of all splits but the one with the most records: texts are told apart
  /// by 64 bits of their SHA-256.
  static func count(in dataset: DatasetFolder) throws(Problem) -> Int {
    let shards = dataset.shards(of: .data)
    let names = (dataset.rules.split?.parts ?? []).map(\.name).filter { dataset.manifest.records(.data, split: $0) > 0 }
    guard names.count > 1 else { return 0 }
    let bySize = names.sorted {
      dataset.manifest.records(.data, split: $0) < dataset.manifest.records(.data, split: $1)
    }
    var splits: [UInt64: UInt64] = [:]
    var shared: Set<UInt64> = []
    for (i, name) in bySize.enumerated() {
      for shard in shards where shard.split.utf8.elementsEqual(name.utf8) {
        try forEachText(of: shard, in: dataset) { text in
          let seen = splits[text] ?? 0
          if seen & ~(1 << UInt64(i & 63)) != 0 { shared.insert(text) }
          if i < bySize.count - 1 { splits[text] = seen | 1 << UInt64(i & 63) }
        }
      }
    }
    return shared.count
  }

  private static func forEachText(
    of shard: ShardFile, in dataset: DatasetFolder, _ take: (UInt64) -> Void
  ) throws(Problem) {
    var scan = try ShardScan(shard, in: dataset)
    var text = ByteBuffer()
    while try scan.next() {
      text.removeAll()
      scan.append(RecordShape.Sentence.text, to: &text)
      let digest = SHA256.digest(of: text.span)
      take((0..<8).reduce(UInt64(0)) { $0 << 8 | UInt64(digest.bytes[$1]) })
    }
  }
}

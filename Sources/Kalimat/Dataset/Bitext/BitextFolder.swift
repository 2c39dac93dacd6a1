/// A bitext dataset's folder, and what its manifest says.
public struct BitextFolder: Sendable {
  /// As the user named it.
  public let path: String
  public let manifest: Manifest
  /// Canonical or not.
  let manifestBytes: [UInt8]
  let split: SplitPlan
  let compression: CompressionFormat
  let languages: BitextLanguages?

  /// Whether the folder's manifest says that it is a bitext dataset; false where there is no manifest that can be read.
  public static func isOne(at path: String) -> Bool {
    guard FileSystem.kind(of: "\(path)/manifest.json") == .file,
      let bytes = try? WholeFile.read("\(path)/manifest.json"),
      let manifest = try? Manifest.read(bytes.span)
    else { return false }
    return BitextConfiguration.isBitext(manifest.config)
  }

  /// - Throws: where it has no manifest that can be read, or that of another kind of dataset.
  public init(_ path: String) throws(Problem) {
    let place = "\(path)/manifest.json"
    guard FileSystem.kind(of: place) == .file else {
      throw Problem(
        "the folder has no manifest.json", at: .init(file: path), expected: "the folder of a bitext dataset")
    }
    let bytes = try WholeFile.read(place)
    do throws(ManifestFault) {
      manifest = try Manifest.read(bytes.span)
    } catch {
      throw Problem(error.found, at: .init(file: place, byteOffset: error.byteOffset), expected: error.expected)
    }
    guard BitextConfiguration.isBitext(manifest.config) else {
      throw Problem("a dataset of sentences", at: .init(file: path), expected: "a bitext dataset")
    }
    let parts = (manifest.config["split"]?.elements ?? [])
      .map { "\($0["name"]?.textValue ?? "")=\($0["share"]?.textValue ?? "")" }.joined(separator: ",")
    split = try SplitPlan(parts, salt: manifest.config["split-salt"]?.textValue ?? "")
    compression = manifest.config["compression"]?.textValue.flatMap { CompressionFormat(rawValue: $0) } ?? .gz
    languages = BitextLanguages(config: manifest.config)
    manifestBytes = bytes
    self.path = path
  }

  var shardCount: Int { manifest.config["shards"]?.intValue ?? 1 }

  func file(_ name: String) -> String { path.hasSuffix("/") ? path + name : "\(path)/\(name)" }

  /// The shards of a kind, split by split, in order.
  func shards(of kind: RecordKind) -> [ShardFacts] {
    split.parts.flatMap { part in
      manifest.shards.filter { $0.kind == kind && $0.split.utf8.elementsEqual(part.name.utf8) }.sorted {
        $0.index < $1.index
      }
    }
  }
}

/// The records of a bitext dataset's shards, one after another; taken to be right.
final class BitextStream {
  private let folder: BitextFolder
  private let kind: RecordKind
  private let shards: [ShardFacts]
  private var nextShard = 0
  private var reader: ReaderBox?

  /// A reader is not copyable, and an optional in a class is easier to hold as one that is.
  private final class ReaderBox {
    var reader: ShardReader
    init(_ reader: consuming ShardReader) { self.reader = reader }
  }

  /// - Parameter shards: those to read, of that kind; nil for all.
  init(_ folder: BitextFolder, _ kind: RecordKind = .data, shards: [ShardFacts]? = nil) {
    self.folder = folder
    self.kind = kind
    self.shards = shards ?? folder.shards(of: kind)
  }

  /// Where the record given last stands: its line, and that line's first byte in the uncompressed shard.
  var place: Problem.Place {
    .init(
      file: nextShard > 0 ? shards[nextShard - 1].path : "", line: reader?.reader.lineNumber,
      byteOffset: reader?.reader.byteOffset)
  }

  /// The next record, and the split it is in; nil at the end.
  func next() throws(Problem) -> (record: BitextRecord, split: String)? {
    while true {
      if let box = reader {
        let path = shards[nextShard - 1].path
        do throws(UnpackFailure) {
          if try !box.reader.next() {
            reader = nil
            continue
          }
        } catch {
          throw Problem("the shard cannot be unpacked", at: .init(file: path), advice: "kalimat validate says more.")
        }
        do throws(RecordFault) {
          return (try BitextRecord(box.reader.line, isRejected: kind == .rejected), shards[nextShard - 1].split)
        } catch {
          throw Problem(
            error.found, at: .init(file: path, line: box.reader.lineNumber), expected: error.expected,
            advice: "kalimat validate says all that is wrong with this dataset.")
        }
      }
      guard nextShard < shards.count else { return nil }
      reader = ReaderBox(
        try ShardReader(path: folder.file(shards[nextShard].path), format: folder.compression, isHashed: false))
      nextShard += 1
    }
  }
}

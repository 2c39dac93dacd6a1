internal import Leftovers
internal import Segmentation

/// What records say of their few kinds, rules and reasons, as bytes made once.
struct NameTable: Sendable {
  private let bytes: [UInt8]
  /// Where each name begins, and where the last one ends.
  private let offsets: [Int]

  /// - Parameter names: the n-th name is that of the n-th case.
  init(_ names: [String]) {
    var bytes: [UInt8] = []
    var offsets = [0]
    for name in names {
      bytes += Array(name.utf8)
      offsets.append(bytes.count)
    }
    self.bytes = bytes
    self.offsets = offsets
  }

  func append(_ index: Int, to out: inout ByteBuffer) {
    out.append(bytes.span.extracting(offsets[index]..<offsets[index + 1]))
  }

  static let kinds = NameTable(Kind.allCases.map(\.name))
  static let rules = NameTable(Rule.allCases.map(\.name))
  static let reasons = NameTable(RejectionReason.allCases.map(\.rawValue))
}

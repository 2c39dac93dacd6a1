public import ArgumentParser
public import Kalimat
public import Segmentation

extension InputFormat: ExpressibleByArgument {}
extension CompressionFormat: ExpressibleByArgument {}
extension LeftoverPolicy: ExpressibleByArgument {}
extension DuplicateKeyPolicy: ExpressibleByArgument {}
extension ParagraphMode: ExpressibleByArgument {}
extension RuleSet: ExpressibleByArgument {}
extension ReviewKind: ExpressibleByArgument {}

/// A number of bytes: `1048576`, `64K`, `256MiB`, `2G` (by 1,024).
struct ByteSize: ExpressibleByArgument, CustomStringConvertible {
  var bytes: Int

  init(bytes: Int) { self.bytes = bytes }

  init?(argument: String) {
    let digits = argument.prefix { $0.isASCII && $0.isNumber }
    guard let value = Int(digits) else { return nil }
    let shift: Int
    switch argument.dropFirst(digits.count).lowercased() {
    case "", "b": shift = 0
    case "k", "kb", "kib": shift = 10
    case "m", "mb", "mib": shift = 20
    case "g", "gb", "gib": shift = 30
    default: return nil
    }
    let (bytes, overflow) = value.multipliedReportingOverflow(by: 1 << shift)
    guard !overflow, bytes > 0 else { return nil }
    self.bytes = bytes
  }

  var description: String {
    for (shift, unit) in [(30, "G"), (20, "M"), (10, "K")] where bytes >= 1 << shift && bytes % (1 << shift) == 0 {
      return "\(bytes >> shift)\(unit)"
    }
    return String(bytes)
  }

  var defaultValueDescription: String { description }
}

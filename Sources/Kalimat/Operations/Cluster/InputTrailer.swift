/// The last line of articles that another program sends: `{"end": n}`, n the lines before it. Where the sender dies, its
/// pipe ends like any other: only this line tells an end from a cut.
struct InputTrailer {
  /// Articles that came.
  private(set) var count: Int? = nil

  /// Takes the line off the input's last piece; other pieces stay as they are.
  mutating func take(_ piece: inout InputPiece) throws(Problem) {
    guard piece.isLast else { return }
    var start = piece.bytes.count
    while start > 0 && (start == piece.bytes.count || piece.bytes[start - 1] != 0x0A) { start -= 1 }
    let before = piece.firstRecord - 1 + piece.bytes[..<start].count { $0 == 0x0A }
    guard piece.bytes.last == 0x0A,
      case .object(let members)? = try? JSONParser.parse(piece.bytes.span.extracting(start..<piece.bytes.count - 1)),
      members.count == 1, let said = JSONValue.object(members)["end"]?.intValue
    else { throw Self.cut(before) }
    if said != before {
      throw Problem(
        "the input's last line says that \(said) articles came, and it is line \(before + 1)",
        at: .init(file: "standard input"), expected: "a line for each article and no other", advice: Self.advice)
    }
    count = said
    piece.bytes.removeLast(piece.bytes.count - start)
  }

  /// To be called at the input's end.
  func check() throws(Problem) {
    if count == nil { throw Self.cut(0) }
  }

  private static let advice = "Nothing was written. Let the task run again."

  private static func cut(_ count: Int) -> Problem {
    Problem(
      "the input is cut: it ends without its last line", at: .init(file: "standard input"),
      expected: "{\"end\": n} behind n lines, whoever sends them", advice: advice)
  }
}

import Foundation
import Testing

@testable import Kalimat

/// Python's json, made strict, judges the parser: on random documents, and on each of them broken at random.
struct JSONAgainstPythonTests {
  /// Reads documents as hexadecimal, a line each, and says what each is: a shape in which nothing is lost, or `bad`.
  static let judge = #"""
    import json, sys

    def refuse(_): raise ValueError

    def pairs(members):
        if len({k for k, _ in members}) < len(members): raise ValueError
        return members

    class Number(str): pass

    def shape(v):
        if v is None: return "z"
        if v is True: return "t"
        if v is False: return "f"
        if isinstance(v, Number): return "n" + v + ";"
        if isinstance(v, str): return "s" + v.encode("utf-8").hex() + ";"
        # An empty object is an empty list of pairs: told apart by a wrapper.
        if isinstance(v, tuple): return "o" + "".join(shape(k) + shape(w) for k, w in v[0]) + "."
        return "a" + "".join(map(shape, v)) + "."

    for line in sys.stdin:
        try:
            text = bytes.fromhex(line.strip()).decode("utf-8")
            print(shape(json.loads(
                text, parse_float=Number, parse_int=Number, parse_constant=refuse,
                object_pairs_hook=lambda m: (pairs(m),))))
        except (ValueError, UnicodeEncodeError):
            print("bad")
    """#

  static func shape(_ value: JSONValue) -> String {
    switch value {
    case .null: "z"
    case .bool(let flag): flag ? "t" : "f"
    case .number(let bytes): "n\(String(decoding: bytes, as: UTF8.self));"
    case .string(let bytes): "s\(hex(bytes));"
    case .array(let elements): "a\(elements.map(shape).joined())."
    case .object(let members): "o\(members.map { "s\(hex($0.key));\(shape($0.value))" }.joined())."
    }
  }

  static let digits = Array("0123456789abcdef")

  static func hex(_ bytes: [UInt8]) -> String {
    var text = ""
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return text
  }

  static let python: String? = ["/usr/bin/env"].first {
    let which = Process()
    which.executableURL = URL(fileURLWithPath: $0)
    which.arguments = ["python3", "-c", ""]
    which.standardError = FileHandle.nullDevice
    guard (try? which.run()) != nil else { return false }
    which.waitUntilExit()
    return which.terminationStatus == 0
  }

  @Test(.enabled(if: python != nil, "no python3"))
  func agreesWithPython() throws {
    var cases: [[UInt8]] = []
    var writer = RandomJSON(generator: SeededGenerator(state: 20_261_123))
    for _ in 0..<3_000 {
      let document = writer.document()
      cases.append(document)
      for _ in 0..<3 { cases.append(writer.broken(document)) }
    }
    let folder = try ScratchFolder()
    try folder.write("cases", cases.map(Self.hex).joined(separator: "\n") + "\n")
    try folder.write("judge.py", Self.judge)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Self.python ?? "")
    process.arguments = ["sh", "-c", "python3 judge.py < cases > verdicts"]
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    let verdicts = try String(contentsOfFile: folder.path + "/verdicts", encoding: .utf8).split(separator: "\n")
    try #require(verdicts.count == cases.count)
    var good = 0
    for (document, verdict) in zip(cases, verdicts) {
      let ours = (try? JSONParser.parse(document.span)).map(Self.shape) ?? "bad"
      if ours != verdict {
        Issue.record(
          "\(String(decoding: document, as: UTF8.self)) (\(Self.hex(document))): ours \(ours), Python's \(verdict)")
      }
      if verdict != "bad" { good += 1 }
    }
    // Both sides are really there.
    #expect(good > 3_000 && cases.count - good > 3_000, "\(good) of \(cases.count)")
  }
}

/// Random JSON, in every spelling that RFC 8259 has for it.
struct RandomJSON {
  var generator: SeededGenerator

  mutating func document() -> [UInt8] { Array((space() + value(depth: 0) + space()).utf8) }

  mutating func number(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &generator) }

  private mutating func pick(_ texts: [String]) -> String { texts[number(texts.count)] }

  private mutating func space() -> String { number(4) == 0 ? pick([" ", "\n", "\t", "\r\n", "  "]) : "" }

  private mutating func value(depth: Int) -> String {
    switch number(depth > 4 ? 5 : 8) {
    case 0: return pick(["true", "false", "null"])
    case 1: return numeral()
    case 2...4: return string()
    case 5: return "[" + list { $0.value(depth: depth + 1) } + "]"
    default: return "{" + list { $0.string() + $0.space() + ":" + $0.space() + $0.value(depth: depth + 1) } + "}"
    }
  }

  private mutating func list(_ element: (inout RandomJSON) -> String) -> String {
    var parts: [String] = []
    for _ in 0..<number(5) { parts.append(space() + element(&self) + space()) }
    return parts.isEmpty ? space() : parts.joined(separator: ",")
  }

  private mutating func numeral() -> String {
    let whole = number(3) == 0 ? "0" : String(number(1_000_000_000) + 1)
    let sign = pick(["", "", "-"])
    let fraction = pick(["", "", ".0", ".250", ".\(number(1_000))"])
    let exponent = pick(["", "", "", "e5", "E-7", "e+0\(number(30))"])
    return sign + whole + fraction + exponent
  }

  private mutating func string() -> String {
    var text = "\""
    for _ in 0..<number(number(10) == 0 ? 60 : 9) { text += character() }
    return text + "\""
  }

  private mutating func character() -> String {
    switch number(8) {
    case 0: return pick([#"\""#, #"\\"#, #"\/"#, #"\b"#, #"\f"#, #"\n"#, #"\r"#, #"\t"#])
    case 1: return #"\u"# + pick(["00e9", "0041", "0000", "001F", "20aC", "FFFF", "2028", "d7ff", "e000"])
    case 2: return #"\ud8"# + pick(["3d", "00", "FF"]) + #"\uD"# + pick(["c00", "E00", "fFf"])
    case 3: return pick(["é", "漢", "😀", "\u{7F}", "\u{80}", "\u{2028}", "\u{FFFF}", "\u{10FFFF}", "\u{FEFF}"])
    default: return pick(["a", "bc", " ", "0", "{", "]", ",", ":", "/", "'", "text of some length"])
    }
  }

  /// A byte or a few taken out, put in, changed or doubled; or the end cut off.
  mutating func broken(_ document: [UInt8]) -> [UInt8] {
    var bytes = document
    for _ in 0...number(2) where !bytes.isEmpty {
      let place = number(bytes.count)
      switch number(6) {
      case 0: bytes.remove(at: place)
      case 1: bytes.removeSubrange(place...)
      case 2:
        bytes.insert(
          contentsOf: Array(
            pick(["\"", "\\", ",", "}", "[", "\\ud83d", "\0", "\n", "e", "-", "0", ".", "NaN", "\u{FEFF}"]).utf8),
          at: place)
      case 3: bytes[place] = UInt8(number(256))
      case 4: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 1 + number(12))], at: place)
      default: bytes.swapAt(place, number(bytes.count))
      }
    }
    return bytes
  }
}

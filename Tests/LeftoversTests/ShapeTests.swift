import CKernels
import Testing

@testable import Leftovers

/// What is counted of a line's shape, by the kernel and scalar by scalar.
@Suite struct ShapeTests {
  static let pieces = [
    "kata", "Kata", "KATA", "a", "A", "U.S.", "2PM", "12", " ", " ", "  ", "\t", "\u{A0}", "\u{3000}", "|", "·", " » ",
    "»",
    " / ", "/", " > ", ",", "、", "،", "\"", "«", "「", "@", "(", "…", "é", "É", "ß", "ı", "İ", "я", "Я", "ά", "字", "ひ",
    "カ", "한",
    "ไทย", "ع", "٣", "५", "ａ", "５", "｜", "，", "\u{AD}", "\u{200B}", "\u{FEFF}", "😀", "𠀀", "ﬁ", "Ḁ", "ἀ", "ﾊ",
  ]

  @Test func counts() {
    var random = SystemRandomNumberGenerator()
    var seen = Counted()
    for _ in 0..<20_000 {
      var text = ""
      // Up to some blocks of 64 bytes.
      for _ in 0..<Int.random(in: 0...(Bool.random(using: &random) ? 14 : 90), using: &random) {
        text +=
          Int.random(in: 0..<40, using: &random) == 0
          ? String(UnicodeScalar(UInt32.random(in: 1..<0xD7FF, using: &random)) ?? "x")
          : Self.pieces[Int.random(in: 0..<Self.pieces.count, using: &random)]
      }
      let expected = Counted(text)
      #expect(Counted(kernel: text) == expected, "\(text)")
      #expect(Counted(kernel: text, isPortable: true) == expected, "\(text)")
      for index in seen.numbers.indices { seen.numbers[index] += expected.numbers[index] }
    }
    // Each number was above 0 somewhere.
    #expect(seen.numbers.allSatisfy { $0 > 0 })
  }

  @Test("What stands before a line counts only as the space before its first mark")
  func before() {
    let bytes = Array(" / x".utf8)
    var counts = kk_shape_counts()
    unsafe kk_measure_shape(bytes, 1, bytes.count, ShapeTable.shared.classes, &counts)
    #expect(counts.separators == 1 && counts.width == 3)
  }

  struct Counted: Equatable {
    var numbers = [Int](repeating: 0, count: 13)

    init() {}

    init(kernel text: String, isPortable: Bool = false) {
      let bytes = Array(text.utf8)
      var counts = kk_shape_counts()
      if isPortable {
        unsafe kk_measure_shape_portable(bytes, 0, bytes.count, ShapeTable.shared.classes, &counts)
      } else {
        unsafe kk_measure_shape(bytes, 0, bytes.count, ShapeTable.shared.classes, &counts)
      }
      numbers =
        [
          counts.width, counts.words, counts.digits, counts.letters, counts.unspaced, counts.capitalised,
          counts.shouted, counts.separators, counts.commas,
        ].map(Int.init)
        + [counts.begins_with_name, counts.begins_lowercase, counts.has_quote, counts.has_at].map(Int.init)
    }

    /// Run by run between White_Space.
    init(_ text: String) {
      let scalars = text.unicodeScalars.map(\.value)
      numbers[0] = scalars.reduce(0) { $0 + (Folding.isUnspaced($1) && $1 >= 0x2000 && $1 < 0x10000 ? 2 : 1) }
      for run in scalars.split(whereSeparator: { Folding.fold($0) == 0x20 }) { add(Array(run)) }
      for (place, scalar) in scalars.enumerated() { addMark(scalar, place, scalars) }
    }

    private mutating func add(_ run: [UInt32]) {
      let first = run.firstIndex { Self.isDigit($0) || Self.isLetter($0) }
      let letters = run.filter(Self.isLetter)
      let before = numbers[1]
      numbers[1] += first.map { $0 + 1 } ?? run.count
      numbers[2] += run.count(where: Self.isDigit)
      if let first, Self.isLetter(run[first]) {
        if numbers[3] == 0 {
          let isCased = run[first] < 0x590 || run[first] >= 0x1E00 && run[first] < 0x2000
          numbers[10] = !Self.isUpper(run[first]) && isCased ? 1 : 0
        }
        if Self.isUpper(run[first]) {
          numbers[5] += 1
          if before == 1, first == 0, numbers[5] == 2 { numbers[9] = 1 }
        }
      }
      numbers[3] += letters.count
      numbers[4] += letters.count(where: Folding.isUnspaced)
      if letters.count > 1, letters.allSatisfy(Self.isUpper) { numbers[6] += 1 }
    }

    private mutating func addMark(_ scalar: UInt32, _ place: Int, _ all: [UInt32]) {
      let before = place > 0 && all[place - 1] == 0x20
      let behind = place + 1 < all.count && all[place + 1] == 0x20
      switch scalar {
      case 0x7C, 0xB7, 0x2022, 0x203A, 0xFF5C: numbers[7] += 1
      case 0xBB: numbers[7] += before ? 1 : 0
      case 0x2F, 0x3E: numbers[7] += before && behind ? 1 : 0
      case 0x2C, 0x3001, 0xFF0C, 0x60C: numbers[8] += 1
      case 0x22, 0x201C, 0x201E, 0xAB, 0x300C: numbers[11] = 1
      case 0x40: numbers[12] = 1
      default: break
      }
    }

    private static func isDigit(_ scalar: UInt32) -> Bool { Folding.fold(scalar) == 0x30 }
    private static func isLetter(_ scalar: UInt32) -> Bool {
      Folding.isWord(scalar) && scalar > 0x2F && !isDigit(scalar) && Folding.fold(scalar) != 0x20
    }
    private static func isUpper(_ scalar: UInt32) -> Bool {
      Folding.fold(scalar) != scalar && scalar < 0x1F00 && scalar != 0x131
    }
  }
}

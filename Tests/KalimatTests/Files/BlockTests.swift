import Testing

@testable import Kalimat

/// Large buffers are blocks that are used again.
struct BlockTests {
  @Test("A buffer that grows over the limit of blocks, and on, keeps its bytes")
  func growing() {
    var buffer = ByteBuffer()
    for number in 0..<900_000 { buffer.append(word: number) }
    #expect(buffer.count == 3_600_000)
    var cursor = PackedCursor()
    var wrong = 0
    for number in 0..<900_000 where cursor.word(buffer.span) != number { wrong += 1 }
    #expect(wrong == 0)
  }

  @Test("Two buffers at once never share a block, whoever had it before")
  func apart() {
    for round: UInt8 in 1...3 {
      var first = ByteBuffer(capacity: 1 << 20)
      var second = ByteBuffer(capacity: 1 << 20)
      for _ in 0..<(1 << 20) {
        first.append(byte: round)
        second.append(byte: round + 100)
      }
      let (one, other) = (first.copied(0..<first.count), second.copied(0..<second.count))
      #expect(one.allSatisfy { $0 == round } && other.allSatisfy { $0 == round + 100 })
    }
  }

  @Test("What is shown is the range that was asked for")
  func shown() {
    var buffer = ByteBuffer()
    buffer.append("kalimat")
    #expect(buffer.show(2..<5) { $0.copied() } == Array("lim".utf8))
  }
}

import CKernels
import Testing

/// Runs of JSON strings: SIMD against the rule as it stands in RFC 8259, section 7.
struct JSONPlainRunTests {
  private func run(_ bytes: [UInt8]) -> Int {
    unsafe bytes.withUnsafeBufferPointer { unsafe kk_json_plain_run($0.baseAddress, $0.count) }
  }

  @Test("Each byte, at each place of two blocks, ends a run or does not")
  func everyByteAtEveryPlace() {
    for byte in UInt8.min...UInt8.max {
      let ends = byte < 0x20 || byte == 0x22 || byte == 0x5C
      for place in 0..<37 {
        var bytes = [UInt8](repeating: 0x61, count: 37)
        bytes[place] = byte
        #expect(run(bytes) == (ends ? place : 37), "0x\(String(byte, radix: 16)) at \(place)")
      }
    }
  }

  @Test("The first of two ends counts, and an empty run has none")
  func first() {
    #expect(run([]) == 0)
    #expect(run([UInt8](repeating: 0x22, count: 40)) == 0)
    #expect(run([UInt8](repeating: 0x20, count: 20) + [0x5C, 0x22]) == 20)
  }
}

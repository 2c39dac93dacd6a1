import CKernels
import Testing

/// The runs of bytes that XML and tables take over, byte by byte.
@Suite struct PlainRunTests {
  static func stopsXML(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == 0x26 || byte == 0x3C || byte == 0x3E || byte == 0x22 || byte == 0xEF
  }

  static func stopsCell(_ byte: UInt8) -> Bool { byte < 0x20 || byte == 0x22 || byte == 0x5C || byte == 0x7F }

  static func check(_ bytes: [UInt8]) {
    let xml = bytes.firstIndex(where: stopsXML) ?? bytes.count
    let cell = bytes.firstIndex(where: stopsCell) ?? bytes.count
    #expect(unsafe kk_xml_run(bytes, bytes.count) == xml, "\(bytes)")
    #expect(unsafe kk_cell_run(bytes, bytes.count) == cell, "\(bytes)")
  }

  @Test("Every byte at every place of every length about blocks of 16")
  func eachByte() {
    for length in [0, 1, 2, 15, 16, 17, 31, 32, 33, 48, 50] {
      let plain = [UInt8](repeating: 0x61, count: length)
      Self.check(plain)
      for place in 0..<length {
        for byte in UInt8.min...UInt8.max {
          var bytes = plain
          bytes[place] = byte
          let isStop = (Self.stopsXML(byte), Self.stopsCell(byte))
          if unsafe kk_xml_run(bytes, length) != (isStop.0 ? place : length)
            || kk_cell_run(bytes, length) != (isStop.1 ? place : length)
          {
            Issue.record("byte \(byte) at \(place) of \(length)")
          }
        }
      }
    }
  }

  @Test("The first of several stops")
  func random() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<5_000 {
      Self.check(
        (0..<Int.random(in: 0...90, using: &random)).map { _ in
          Int.random(in: 0..<20, using: &random) == 0 ? UInt8.random(in: 0...255, using: &random) : 0xC3
        })
    }
  }
}

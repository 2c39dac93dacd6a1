internal import CKernels

/// JSON text of a value in the two shapes the dataset has; by a writer of our own, because Foundation's differs.
enum CanonicalJSON {
  /// The bytes of Python's `json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False)`, and LF.
  static func indented(_ value: JSONValue) -> [UInt8] {
    var out: [UInt8] = []
    append(value, indent: 0, to: &out)
    out.append(0x0A)
    return out
  }

  /// One line, members in their order, no space outside strings.
  static func compact(_ value: JSONValue) -> [UInt8] {
    var out: [UInt8] = []
    append(value, indent: nil, to: &out)
    return out
  }

  private static func append(_ value: JSONValue, indent: Int?, to out: inout [UInt8]) {
    switch value {
    case .null: out += Array("null".utf8)
    case .bool(let flag): out += Array((flag ? "true" : "false").utf8)
    case .number(let bytes): out += bytes
    case .string(let bytes): appendString(bytes, python: indent != nil, to: &out)
    case .array(let elements):
      appendList(open: 0x5B, close: 0x5D, count: elements.count, indent: indent, to: &out) { i, inner, out in
        append(elements[i], indent: inner, to: &out)
      }
    case .object(let members):
      let ordered = indent == nil ? members : members.sorted { $0.key.lexicographicallyPrecedes($1.key) }
      appendList(open: 0x7B, close: 0x7D, count: ordered.count, indent: indent, to: &out) { i, inner, out in
        appendString(ordered[i].key, python: indent != nil, to: &out)
        out.append(0x3A)
        if indent != nil { out.append(0x20) }
        append(ordered[i].value, indent: inner, to: &out)
      }
    }
  }

  private static func appendList(
    open: UInt8, close: UInt8, count: Int, indent: Int?, to out: inout [UInt8],
    element: (Int, Int?, inout [UInt8]) -> Void
  ) {
    out.append(open)
    let inner = indent.map { $0 + 2 }
    for i in 0..<count {
      if i > 0 { out.append(0x2C) }
      if let inner { out.append(0x0A); out += [UInt8](repeating: 0x20, count: inner) }
      element(i, inner, &out)
    }
    if count > 0, let indent { out.append(0x0A); out += [UInt8](repeating: 0x20, count: indent) }
    out.append(close)
  }

  /// Python escapes only `"`, `\` and C0 controls; a record also U+0085, U+2028 and U+2029.
  private static func appendString(_ bytes: [UInt8], python: Bool, to out: inout [UInt8]) {
    out.append(0x22)
    if python {
      for byte in bytes { appendPythonEscaped(byte, to: &out) }
    } else {
      appendEscaped(bytes.span, to: &out)
    }
    out.append(0x22)
  }

  private static func appendPythonEscaped(_ byte: UInt8, to out: inout [UInt8]) {
    switch byte {
    case 0x22, 0x5C: out += [0x5C, byte]
    case 0x08: out += Array("\\b".utf8)
    case 0x09: out += Array("\\t".utf8)
    case 0x0A: out += Array("\\n".utf8)
    case 0x0C: out += Array("\\f".utf8)
    case 0x0D: out += Array("\\r".utf8)
    case 0..<0x20:
      out += Array("\\u00".utf8)
      out.append(Base32Hex.digit(byte >> 4))
      out.append(Base32Hex.digit(byte & 15))
    default: out.append(byte)
    }
  }

  /// Appends a string's content with the escapes of a record (docs/FORMAT.md, "A sentence record").
  static func appendEscaped(_ bytes: Span<UInt8>, to out: inout [UInt8]) {
    var here = 0
    while here < bytes.count {
      let byte = bytes[here]
      if byte == 0xC2, bytes[here + 1] == 0x85 {
        out += Array("\\u0085".utf8)
        here += 2
      } else if byte == 0xE2, bytes[here + 1] == 0x80, bytes[here + 2] & 0xFE == 0xA8 {
        out += Array((bytes[here + 2] == 0xA8 ? "\\u2028" : "\\u2029").utf8)
        here += 3
      } else {
        appendPythonEscaped(byte, to: &out)
        here += 1
      }
    }
  }
}

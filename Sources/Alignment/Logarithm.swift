/// Logarithm and exponential in plain arithmetic: the same bits on every machine, and no C library in this target.
enum Logarithm {
  /// The natural logarithm of a positive, finite number; error under 1e-13.
  @inline(__always) static func natural(_ value: Double) -> Double {
    let bits = value.bitPattern
    var exponent = Int((bits >> 52) & 0x7FF) &- 1023
    var fraction = Double(bitPattern: (bits & 0x000F_FFFF_FFFF_FFFF) | 0x3FF0_0000_0000_0000)
    if fraction > 1.4142135623730951 {
      fraction *= 0.5
      exponent &+= 1
    }
    // ln m = 2 atanh((m - 1) / (m + 1)), and |z| < 0.172.
    let z = (fraction - 1) / (fraction + 1)
    let s = z * z
    let series =
      1 + s * (1 / 3 + s * (1 / 5 + s * (1 / 7 + s * (1 / 9 + s * (1 / 11 + s * (1 / 13 + s * (1 / 15)))))))
    return Double(exponent) * 0.6931471805599453 + 2 * z * series
  }

  /// e to the `value`; 0 under -700. Relative error under 1e-10.
  @inline(__always) static func exponential(_ value: Double) -> Double {
    if value < -700 { return 0 }
    let scaled = (min(value, 700) * 1.4426950408889634).rounded()
    let r = min(value, 700) - scaled * 0.6931471805599453
    let half = r * 0.5
    // exp(r / 2) squared: |r / 2| < 0.174.
    let e =
      1 + half
      * (1 + half * (1 / 2.0 + half * (1 / 6.0 + half * (1 / 24.0 + half * (1 / 120.0 + half * (1 / 720.0))))))
    return Double(bitPattern: UInt64(bitPattern: Int64(1023 &+ Int(scaled))) << 52) * e * e
  }
}

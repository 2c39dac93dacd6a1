import Foundation
import Testing

@testable import Alignment

@Suite struct LogarithmTests {
  @Test func naturalLogarithm() {
    var value = 1e-200
    while value < 1e200 {
      #expect(abs(Logarithm.natural(value) - log(value)) < 1e-12 * max(1, abs(log(value))))
      value *= 1.37
    }
  }

  @Test func exponential() {
    for step in -6000...6000 {
      let value = Double(step) / 10
      #expect(abs(Logarithm.exponential(value) / exp(value) - 1) < 1e-8)
    }
    #expect(Logarithm.exponential(-1e9) == 0)
  }
}

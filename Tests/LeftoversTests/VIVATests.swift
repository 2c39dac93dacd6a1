import Foundation
import Testing

@Suite("The VIVA article")
struct VIVATests {
  @Test("Its 14 sentences stay, its tail goes, each line for its reason")
  func exactlyRight() throws {
    let file = repository.appending(path: "Corpus/id-viva-2025-11-04.txt")
    let page = try Judged(String(contentsOf: file, encoding: .utf8), language: "id")
    #expect(
      page.reasons == Array(repeating: "-", count: 14) + Array(repeating: "teaser", count: 4)
        + ["publisher", "date", "relative-time", "counter"])
    #expect(page.texts.last == "1")
    #expect(page.kinds.prefix(14).allSatisfy { $0 == "body" })
  }
}

import Foundation
import Testing

@testable import Alignment

@Suite struct PairingTests {
  @Test func findsShuffledDocuments() throws {
    var chance = Chance(state: 21)
    let texts = (0..<30).map { number in
      var pair = MadeText(beads: 10, mess: 0.2, chance: &chance, words: 150).pair
      // One document in three has a number of its own: from these it learns the words.
      if number % 3 == 0 {
        pair.source[0] += " \(number * 37 + 1000)"
        pair.target[0] += " \(number * 37 + 1000)"
      }
      return pair
    }
    let order = Array(0..<30).shuffled(using: &chance)
    let pairs = try DocumentPairing().pairs(source: texts.map(\.source), target: order.map { texts[$0].target })
    let right = pairs.count { order[$0.target] == $0.source }
    #expect(Double(right) >= 0.97 * Double(pairs.count))
    #expect(right >= 26)
  }

  @Test func emptyCollections() throws {
    #expect(try DocumentPairing().pairs(source: [], target: []).isEmpty)
    #expect(try DocumentPairing().pairs(source: [["One 1."]], target: []).isEmpty)
    #expect(try DocumentPairing().pairs(source: [[]], target: [[]]).isEmpty)
  }

  /// Articles of ten beads made of each gold set, shuffled, a fifth of each side taken away.
  @Test func goldArticles() throws {
    let environment = ProcessInfo.processInfo.environment
    guard environment["KALIMAT_SOAK"] != nil else { return print("goldArticles: skipped: KALIMAT_SOAK is not set") }
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let besides = root.deletingLastPathComponent().appending(path: "shared/gold").path
    let gold = (environment["KALIMAT_GOLD"] ?? besides) + "/alignment"
    guard let sets = try? FileManager.default.contentsOfDirectory(atPath: gold).sorted() else {
      print("goldArticles: skipped: \(gold) is not there")
      return
    }
    var meanPrecision = 0.0, meanRecall = 0.0
    for set in sets {
      var chance = Chance(state: 22)
      let articles = try Self.articles("\(gold)/\(set)")
      let kept = articles.indices.map { _ in Double.random(in: 0..<1, using: &chance) }
      let source = articles.indices.filter { kept[$0] < 0.8 }
      let target = articles.indices.filter { kept[$0] < 0.6 || kept[$0] >= 0.8 }.shuffled(using: &chance)
      let pairs = try DocumentPairing().pairs(
        source: source.map { articles[$0].source }, target: target.map { articles[$0].target })
      let right = pairs.count { source[$0.source] == target[$0.target] }
      let wanted = kept.count { $0 < 0.6 }
      let precision = Double(right) / Double(max(1, pairs.count)), recall = Double(right) / Double(max(1, wanted))
      print(
        "pairing \(set): \(wanted) pairs among \(source.count) and \(target.count) articles, "
          + "precision \((precision * 1000).rounded() / 10), recall \((recall * 1000).rounded() / 10)")
      meanPrecision += precision / Double(sets.count)
      meanRecall += recall / Double(sets.count)
    }
    print(
      "pairing mean: precision \((meanPrecision * 1000).rounded() / 10), recall \((meanRecall * 1000).rounded() / 10)")
    #expect(meanPrecision > 0.9)
    #expect(meanRecall > 0.8)
  }

  private static func lines(_ path: String) throws -> [String] {
    try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
      .dropLast().map(String.init)
  }

  private static func articles(_ folder: String) throws -> [DocumentPair] {
    var articles: [DocumentPair] = []
    for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() where name.hasSuffix(".src") {
      let stem = "\(folder)/\(name.dropLast(4))"
      let source = try lines("\(stem).src"), target = try lines("\(stem).tgt")
      var article = DocumentPair(source: [], target: [])
      var count = 0
      for line in try lines("\(stem).gold") {
        let sides = line.split(separator: ":", omittingEmptySubsequences: false).map { side in
          side.split { !$0.isNumber }.compactMap { Int($0) }
        }
        guard sides.count >= 2 else { continue }
        article.source += sides[0].map { source[$0] }
        article.target += sides[1].map { target[$0] }
        count += 1
        if count % 10 == 0 {
          articles.append(article)
          article = DocumentPair(source: [], target: [])
        }
      }
      if !article.source.isEmpty && !article.target.isEmpty { articles.append(article) }
    }
    return articles
  }
}

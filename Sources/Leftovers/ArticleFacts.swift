/// What an article says of itself, as bytes of its text; nil where it does not say.
public struct ArticleFacts: Sendable, Equatable {
  /// Its title.
  public var title: Range<Int>?
  /// When it was published, as `2025-11-04`; empty where it does not say, or not plainly.
  public var published = ""
  /// Who wrote it: names alone, as they stand.
  public var author: Range<Int>?
  public var publisher: Range<Int>?
  /// Where its dateline says that it was written.
  public var place: Range<Int>?

  public init() {}
}

extension Page {
  /// - Parameters:
  ///   - reasons: by line, nil where it stays.
  ///   - kinds: by line.
  func facts(_ text: Span<UInt8>, reasons: [LeftoverReason?], kinds: [Kind], language: String) -> ArticleFacts {
    var facts = ArticleFacts()
    if let title = kinds.firstIndex(of: .title) { facts.title = lines[title].start..<lines[title].end }
    let body = firstText(reasons, kinds)
    let head = lines.indices.prefix(body ?? 0)
    // Where a summary stands first, the dateline opens a later paragraph.
    let opening = lines.indices.dropFirst(body ?? lines.count).filter { kinds[$0] == .body && lines[$0].isRunning }
    for index in opening.prefix(4) where facts.place == nil && facts.publisher == nil {
      readDateline(text, index, kinds, isFirst: index == body, &facts)
    }
    facts.published = published(text, head: head, reasons, language)
    let last = lines.indices.last { reasons[$0] == nil } ?? -1
    let tail = lines.indices.dropFirst(last + 1).prefix(3)
    for index in Array(head) + Array(tail) where reasons[index] == .byline && facts.author == nil {
      if Self.namesEditor(text, lines[index]) { continue }
      facts.author = author(text, lines[index])
    }
    // `Oleh Bu Tuti | 3 Februari 2024`
    for index in head where reasons[index] == .date && facts.author == nil {
      if Self.labelEnd(text, lines[index].start, lines[index].start + 1) != nil || lines[index].words.label == .byline {
        facts.author = author(text, lines[index])
      }
    }
    // `2025-01-12 08:30 来源：青峰日报 作者：刘文`
    for index in head where reasons[index] == .date && lines[index].length <= 160 {
      if facts.author == nil { facts.author = Self.labelled(text, lines[index], Self.authors) }
      if facts.publisher == nil { facts.publisher = Self.labelled(text, lines[index], Self.sources) }
    }
    if facts.publisher == nil { facts.publisher = publisher(text, reasons) }
    return facts
  }

  /// Where the running text begins: behind a summary that stands over the byline or the date.
  private func firstText(_ reasons: [LeftoverReason?], _ kinds: [Kind]) -> Int? {
    let running = lines.indices.filter { reasons[$0] == nil && lines[$0].isRunning && kinds[$0] != .caption }.prefix(2)
    guard let first = running.first, let second = running.last else { return nil }
    let isSummary = reasons[first..<second].contains { $0 == .byline || $0 == .date } && second - first <= 12
    return isSummary ? second : first
  }

  /// `Editor: …`, which is not who wrote.
  private static func namesEditor(_ text: Span<UInt8>, _ line: Line) -> Bool {
    let word: [UInt8] = Array("editor".utf8)
    guard line.length > word.count else { return false }
    return word.indices.allSatisfy { text[line.start + $0] | 0x20 == word[$0] }
  }

  /// The first date over the text, else the only one below it.
  private func published(
    _ text: Span<UInt8>, head: Range<Int>.SubSequence, _ reasons: [LeftoverReason?], _ language: String
  ) -> String {
    func date(_ index: Int) -> String? {
      WrittenDate.iso(
        text, from: lines[index].start, to: min(lines[index].end, lines[index].start + 160), language: language)
    }
    for index in head
    where reasons[index] == .date || reasons[index] == .byline || reasons[index] == .relativeTime {
      if let date = date(index) { return date }
    }
    let dates = lines.indices.filter { reasons[$0] == .date && !head.contains($0) }.compactMap(date)
    guard let first = dates.first, dates.allSatisfy({ $0 == first }) else { return "" }
    return first
  }

  /// `Jakarta, VIVA – …`, `KOTA, PORTAL - …`, or a line of its own: place and publisher.
  private func readDateline(
    _ text: Span<UInt8>, _ body: Int, _ kinds: [Kind], isFirst: Bool, _ facts: inout ArticleFacts
  ) {
    var end: Int?
    var start = lines[body].start
    if let own = kinds.firstIndex(of: .dateline) {
      start = lines[own].start
      end = lines[own].end
    } else {
      end = Self.dashedEnd(text, start, min(lines[body].end, start + 64))
    }
    guard let end else { return }
    let all = Self.parts(text, start, end)
    let parts = all.filter { Self.isName(text, $0) }
    guard let first = parts.first, all.count <= 2 || parts.count == all.count else { return }
    // Later paragraphs open with other words and a dash too: there only one name or two.
    if !isFirst, parts.count < all.count || all.count > 2 || first.count > 24 { return }
    // `JAMBI, PORTAL`: where one of two is capitals alone and the other is not, capitals are the publisher.
    let second = parts.count > 1 ? parts[1] : nil
    if let second, Self.isShouted(text, first), !Self.isShouted(text, second) {
      (facts.publisher, facts.place) = (first, second)
    } else {
      facts.place = first
      if let second, Self.isShouted(text, second) || Self.hasDot(text, second) { facts.publisher = second }
    }
  }

  /// Where a dash with spaces follows a few words: the dateline's end.
  private static func dashedEnd(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Int? {
    var here = start
    while here + 4 < end {
      if text[here] == 0x20 {
        let next = text[here + 1]
        let isDash =
          next == 0x2D && (text[here + 2] == 0x20 || text[here + 2] == 0x2D)
          || next == 0xE2 && text[here + 2] == 0x80 && (text[here + 3] == 0x93 || text[here + 3] == 0x94)
        if isDash { return here > start + 2 ? here : nil }
      }
      if text[here] == 0x3A || text[here] == 0x3F || text[here] == 0x21 || text[here] == 0x22 { return nil }
      here += 1
    }
    return nil
  }

  /// What stands between commas and slashes.
  private static func parts(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var from = start
    for here in start...end where here == end || text[here] == 0x2C || text[here] == 0x2F || text[here] == 0x28 {
      var (low, high) = (from, here)
      while low < high, text[low] == 0x20 { low += 1 }
      while high > low, text[high - 1] == 0x20 || text[high - 1] == 0x29 { high -= 1 }
      if low < high { parts.append(low..<high) }
      from = here + 1
    }
    return parts
  }

  /// Up to four words, each with a capital, without digits.
  private static func isName(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard range.count >= 2, range.count <= 48 else { return false }
    let shape = Shape(of: text, from: range.lowerBound, to: range.upperBound)
    return shape.digits == 0 && shape.letters > 1 && shape.words <= 4
      && (shape.capitalised == shape.words || !shape.beginsWithLowercase && shape.capitalised == 0)
  }

  private static func isShouted(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let shape = Shape(of: text, from: range.lowerBound, to: range.upperBound)
    return shape.shouted == shape.words
  }

  private static func hasDot(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    range.contains { text[$0] == 0x2E }
  }

  /// The names of a byline: what stands behind its label, up to a comma, a bar, a slash, a bracket or a number.
  private func author(_ text: Span<UInt8>, _ line: Line) -> Range<Int>? {
    guard line.shape.form != .initials, line.shape.form != .email, line.shape.width <= 120 else { return nil }
    var start = line.start
    if let label = Self.labelEnd(text, line.start, line.end) { start = label }
    while start < line.end, text[start] == 0x20 || text[start] == 0x3A { start += 1 }
    var end = start
    while end < line.end, !Self.endsName(text, end, line.end) { end += 1 }
    while end > start, text[end - 1] == 0x20 { end -= 1 }
    // `박지훈 기자`: what the author is stands behind the name.
    let role = Self.roles.first { role in
      let from = end - role.utf8.count
      return from > start && role.utf8.enumerated().allSatisfy { text[from + $0.offset] == $0.element }
    }
    end -= role?.utf8.count ?? 0
    guard end > start else { return nil }
    let shape = Shape(of: text, from: start, to: end)
    let isName = shape.words >= 2 && shape.words <= 5 && shape.capitalised == shape.words && shape.shouted < shape.words
    let isUncased =
      shape.capitalised == 0 && !shape.beginsWithLowercase && end - start <= 30
      && (start > line.start || role != nil)
    return isName || isUncased ? start..<end : nil
  }

  /// Behind `Oleh`, `By`, `Penulis:` and the like: a colon in the first words, or a label of the list.
  private static func labelEnd(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Int? {
    for here in start..<min(end, start + 40) where text[here] == 0x3A { return here + 1 }
    for label in labels where start + label.utf8.count < end {
      if label.utf8.enumerated().allSatisfy({ text[start + $0.offset] | 0x20 == $0.element | 0x20 }),
        text[start + label.utf8.count] == 0x20
      {
        return start + label.utf8.count + 1
      }
    }
    return nil
  }

  private static let labels = [
    "oleh", "by", "written by", "reported by", "reporting by", "words by", "von", "par", "por", "di", "door", "av",
    "laporan", "penulis", "reporter", "ditulis oleh",
  ]

  private static func endsName(_ text: Span<UInt8>, _ here: Int, _ end: Int) -> Bool {
    switch text[here] {
    case 0x2C, 0x2F, 0x28, 0x7C, 0x30...0x39, 0x3C, 0x5B, 0x3B: true
    case 0x20: here + 1 < end && (text[here + 1] == 0x2D || text[here + 1] == 0xE2 || text[here + 1] == 0xC2)
    default: false
    }
  }

  /// A domain that stands alone, else the first line that names one.
  private func publisher(_ text: Span<UInt8>, _ reasons: [LeftoverReason?]) -> Range<Int>? {
    let named = lines.indices.filter { reasons[$0] == .publisher && lines[$0].shape.width <= 60 }
    let best = named.first { lines[$0].shape.form == .domain } ?? named.first { lines[$0].shape.capitalised > 0 }
    return best.map { index in
      let line = lines[index]
      // `Part of the Northsea Media Group`: the name alone.
      let label = Self.owners.first { Self.begins(text, line, with: $0) && $0.utf8.count + 3 < line.length }
      return line.start + (label?.utf8.count ?? 0)..<line.end
    }
  }

  private static let roles = [" 기자", " 특파원", " 선임기자", " 인턴기자", " 논설위원", "记者", "記者"]

  private static let authors = [
    "作者：", "作者:", "记者：", "記者：", "文：", "執筆：", "글: ", "기자: ", "Author: ", "Penulis: ", "Autor: ", "Auteur : ", "Autore: ",
    "Auteur: ", "Автор: ", "Yazar: ", "الكاتب: ", "लेखक: ",
  ]
  private static let sources = [
    "来源：", "来源:", "來源：", "出典：", "出所：", "출처: ", "Source: ", "Sumber: ", "Quelle: ", "Source : ", "Fuente: ", "Fonte: ",
    "Bron: ", "Источник: ", "Kaynak: ", "المصدر: ", "स्रोत: ",
  ]

  /// What stands behind one of the labels within a line, up to a space in unspaced scripts.
  private static func labelled(_ text: Span<UInt8>, _ line: Line, _ labels: [String]) -> Range<Int>? {
    for here in line.start..<line.end where here == line.start || text[here - 1] == 0x20 {
      let rest = Line(sentences: line.sentences, start: here, end: line.end)
      guard let label = labels.first(where: { begins(text, rest, with: $0) }) else { continue }
      let start = here + label.utf8.count
      let isUnspaced = text[start] >= 0xE3 && text[start] < 0xEA
      var end = start
      while end < line.end, !endsName(text, end, line.end), !(isUnspaced && text[end] == 0x20) { end += 1 }
      while end > start, text[end - 1] == 0x20 { end -= 1 }
      if end > start, end - start <= 48 { return start..<end }
    }
    return nil
  }

  private static let owners = [
    "Part of the ", "Part of ", "A service of ", "Published by ", "Powered by ", "Bagian dari ", "Sebahagian daripada ",
    "Diterbitkan oleh ", "Ein Angebot der ", "Ein Angebot von ", "Herausgegeben von ", "Un site du ", "Édité par ",
    "Una publicación de ", "Editado por ", "Uma publicação de ", "Publicado por ", "Edito da ", "Pubblicato da ",
    "Een uitgave van ", "Uitgegeven door ", "Издатель: ", "Учредитель: ", "الناشر: ", "Yayıncı: ", "प्रकाशक: ",
    "発行：", "主办：", "主办单位：", "발행: ", "발행처: ",
  ]

  private static func begins(_ text: Span<UInt8>, _ line: Line, with label: String) -> Bool {
    label.utf8.count < line.length && label.utf8.enumerated().allSatisfy { text[line.start + $0.offset] == $0.element }
  }
}

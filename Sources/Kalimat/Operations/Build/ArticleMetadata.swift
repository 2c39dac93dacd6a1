internal import Leftovers

extension Article {
  /// Takes what the article says of itself for what nobody else said: title and published, and of the `--keep` fields
  /// those named author, publisher and place.
  mutating func fill(from facts: ArticleFacts, keep: [String]) {
    if title.isEmpty { title = line(facts.title) }
    if published.isEmpty { published = Array(facts.published.utf8) }
    for (index, name) in keep.enumerated() where index < kept.count && kept[index].isEmpty {
      switch name {
      case "author": kept[index] = line(facts.author)
      case "publisher": kept[index] = line(facts.publisher)
      case "place": kept[index] = line(facts.place)
      case "title": kept[index] = line(facts.title)
      case "published": kept[index] = Array(facts.published.utf8)
      default: break
      }
    }
  }

  /// On one line, as a record's text.
  private func line(_ range: Range<Int>?) -> [UInt8] {
    guard let range else { return [] }
    var line = ByteBuffer()
    _ = SentenceText.append(text.span.extracting(range), to: &line)
    return line.span.copied()
  }
}

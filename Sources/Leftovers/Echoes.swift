extension Page {
  /// The teaser of another story that stands last: a headline, and a short text behind it that says the headline again. Only
  /// lines of the page follow.
  mutating func findEcho(_ text: Span<UInt8>) {
    guard let last = lines.lastIndex(where: { $0.isText }), last >= 3, last + 1 < lines.count else {
      return
    }
    let headline = lines[last - 1]
    guard headline.isLoose, headline.shape.words >= 4, lines[last].shape.width <= 260 else { return }
    guard lines[(last + 1)...].allSatisfy({ $0.isPage || $0.isLoose }), lines[last + 1].isPage else { return }
    let wanted = wordHashes(text, headline)
    let said = Set(wordHashes(text, lines[last]))
    guard wanted.count >= 4, wanted.count(where: { said.contains($0) }) * 5 >= wanted.count * 3 else { return }
    lines[last - 1].isEcho = true
    lines[last].isEcho = true
  }

  /// The words of a line of four letters or more, folded, as hashes.
  private mutating func wordHashes(_ text: Span<UInt8>, _ line: Line) -> [UInt64] {
    folded.fold(text, from: line.start, to: line.end)
    let bytes = folded.span
    var hashes: [UInt64] = []
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    var length = 0
    for index in 0...bytes.count {
      let byte = index < bytes.count ? bytes[index] : 0x20
      if byte >= 0x80 || (byte >= 0x61 && byte <= 0x7A) || (byte >= 0x30 && byte <= 0x39) {
        hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
        length += 1
      } else {
        if length >= 4 { hashes.append(hash) }
        hash = 0xcbf2_9ce4_8422_2325
        length = 0
      }
    }
    return hashes
  }
}

internal import Alignment

/// The files that help an alignment: a dictionary, and the lexicon of earlier runs.
struct AidFiles {
  var dictionary: String?
  var lexicon: String?

  /// What they say. A lexicon that is not there yet is empty: this run starts it.
  func knowledge() throws(Problem) -> Knowledge {
    var knowledge = Knowledge()
    if let path = dictionary {
      for (index, line) in try LineFile(path).lines.enumerated() where !line.isEmpty {
        let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
        guard fields.count >= 2, !fields[0].isEmpty, !fields[1].isEmpty else {
          throw Problem(
            "no entry of a dictionary", at: .init(file: path, line: index + 1),
            expected: "a word and its translation, with a tab between them")
        }
        knowledge.dictionary.append((String(fields[0]), String(fields[1])))
      }
    }
    if let path = lexicon, FileSystem.exists(path) {
      let text = try LineFile.bytes(of: path)
      do throws(AlignmentError) { knowledge.lexicon = try Lexicon(text: text) } catch { throw problem(error) }
    }
    return knowledge
  }

  /// What went wrong, for a person.
  ///
  /// - Parameter decision: where the n-th decision of a document was read.
  func problem(_ error: AlignmentError, decision: (Int, Int) -> Problem.Place? = { _, _ in nil }) -> Problem {
    switch error {
    case .icu(let name):
      return Problem("ICU failed: \(name)", advice: "Is this ICU's data whole? kalimat --version says which it is.")
    case .interrupted:
      return Problem("stopped by a signal", advice: "Nothing was written.", gravity: .interrupted)
    case .badLexiconLine(let line, let found, let expected):
      return Problem(found, at: .init(file: lexicon ?? "", line: line), expected: expected)
    case .badDecision(let document, let number, let found):
      return Problem(
        "the bead cannot hold: \(found)", at: decision(document, number),
        expected: "beads of lines that are there, that do not cross")
    }
  }
}

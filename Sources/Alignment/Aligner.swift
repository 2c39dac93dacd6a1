/// Aligns collections of documents with nothing but the collection itself.
///
/// A first pass looks at lengths and cognates; rounds of learning (ModelOne over all documents together, lengths, edges)
/// and search follow. docs/ALIGNMENT.md tells the method and what each piece is worth.
public struct Aligner: Sendable {
  public var parameters: AlignmentParameters

  public init(parameters: AlignmentParameters = AlignmentParameters()) { self.parameters = parameters }

  /// Aligns documents that share a pair of languages. The result does not depend on how `parallel` runs.
  ///
  /// - Parameters:
  ///   - knowledge: a dictionary, a lexicon that an earlier run has learned.
  ///   - learnsLexicon: whether to count once more, over the final beads: only then the result's lexicon has entries.
  /// - Complexity: linear in the sentences, but for a first band that is capped.
  public func align(
    _ documents: [DocumentPair], knowledge: Knowledge = Knowledge(), learnsLexicon: Bool = false,
    parallel: some ParallelMap = SerialMap()
  ) throws(AlignmentError) -> Alignment {
    var collection = try Collection(documents, knowledge: knowledge, parameters: parameters)
    try collection.run(parallel)
    let beads = try collection.decode(parallel)
    let lexicon =
      learnsLexicon
      ? collection.lexicon(beads, earlier: knowledge.lexicon) : Lexicon(stemLength: parameters.stemLength, entries: [])
    return Alignment(beads: collection.join(beads), lexicon: lexicon)
  }
}

internal import ArgumentParser
internal import Kalimat

/// The lists that a build obeys.
struct CurationArguments: ParsableArguments {
  @Option(help: "Reject the lines that this list has of their source (kalimat repeated).")
  var repeated: String?
  @Option(help: "Reject the articles and sentences that this list has (kalimat duplicates).")
  var duplicates: String?
  @Option(help: "Obey these decisions about records and boundaries (kalimat review).")
  var decisions: String?

  var lists: CurationLists {
    var lists = CurationLists()
    lists.repeated = repeated
    lists.duplicates = duplicates
    lists.decisions = decisions
    return lists
  }
}

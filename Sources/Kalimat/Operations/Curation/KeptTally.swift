/// What a list of duplicates took out of a dataset without leaving its text anywhere, in words.
struct KeptTally {
  private var lost = Count()
  private var rejected = Count()
  private var reasons: Set<String> = []

  private struct Count {
    var ids = 0
    var records = 0
    var first = ""
  }

  mutating func add(_ absence: KeptCheck.Absence) {
    if let reason = absence.reason {
      reasons.insert(reason.rawValue)
      Self.add(absence, to: &rejected)
    } else {
      Self.add(absence, to: &lost)
    }
  }

  private static func add(_ absence: KeptCheck.Absence, to count: inout Count) {
    if count.ids == 0 { count.first = absence.id }
    count.ids += 1
    count.records += absence.records
  }

  /// Of IDs that the dataset has not; nil where there is none.
  var lostNote: String? {
    guard lost.ids > 0 else { return nil }
    return "duplicates were rejected in favour of what this dataset has not: \(Self.words(lost)). Their text is in no "
      + "record of data/. Write the list anew from these articles: kalimat duplicates."
  }

  /// Of IDs whose own records were rejected; nil where there is none.
  var rejectedNote: String? {
    guard rejected.ids > 0 else { return nil }
    let why = reasons.sorted().joined(separator: ", ")
    return "duplicates were rejected in favour of what was rejected itself (\(why)): \(Self.words(rejected))"
  }

  private static func words(_ count: Count) -> String {
    "records: \(count.records), kept IDs: \(count.ids), the first \(count.first)"
  }

  /// The notes of a dataset that was just written.
  static func notes(of dataset: DatasetFolder) throws(Problem) -> [String] {
    var tally = KeptTally()
    try KeptCheck(dataset).run { tally.add($0) }
    return [tally.lostNote, tally.rejectedNote.map { "\($0)." }].compactMap { $0 }
  }
}

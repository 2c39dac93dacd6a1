internal import Leftovers
internal import Segmentation

/// A place of an article that may have been decided wrongly: the nearer its margin is to 0, the more so.
public struct Doubt: Sendable {
  /// What is in doubt.
  public enum Subject: Sendable, Equatable {
    /// The boundary behind the record, before the one of that ID.
    case boundary(next: String)
    /// No boundary at that code point of the record's text.
    case inside(offset: Int)
    /// The record was rejected.
    case reject
  }

  public var subject: Subject
  /// The record's place in its article, counted over both kinds.
  public var sequence: Int
  /// The record's ID.
  public var id: String
  /// From the threshold: in the model's weights for boundaries, in units of evidence for rejects.
  public var margin: Int
  /// The layer and the model's score, or the reason and the signs.
  public var why: String

  /// A reject that says itself what it is (a form, or words of the lists alone), or a boundary of what is rejected
  /// anyway. It comes behind the others.
  var isPlain = false

  /// The distance from the threshold.
  public var distance: Int { abs(margin) }
}

/// Finds what is doubtful in stored articles, by segmenting and classifying them again. One a thread.
final class DoubtFinder {
  private let configuration: BuildConfiguration
  private let classifier = LeftoverClassifier()
  private var segmenters: [String: SegmenterBox] = [:]

  /// A segmenter is not copyable, and a dictionary holds what can be copied.
  private final class SegmenterBox {
    var segmenter: Segmenter
    init(language: String, rules: RuleSet) throws(SegmentationError) {
      segmenter = try Segmenter(language: language, rules: rules)
    }
  }

  init(_ configuration: BuildConfiguration) { self.configuration = configuration }

  /// The doubts of an article with all of its records. What this program would cut otherwise (another version, or a
  /// person's decisions) has none.
  func doubts(in article: StoredArticle) throws(Problem) -> [Doubt] {
    let text = article.text
    let language = String(decoding: article.language, as: UTF8.self)
    let records = ranges(of: article)
    return try boundaries(article, records, text.span, language) + rejects(article, records, text.span, language)
  }

  /// The records as sentences, by bytes of the text.
  private func ranges(of article: StoredArticle) -> [Sentence] {
    var start = article.lead.count
    return article.sentences.map { record in
      let sentence = Sentence(
        start: start, end: start + record.slice.count, paragraph: record.paragraph, rule: .paragraph)
      start += record.slice.count + record.separator.count
      return sentence
    }
  }

  private func boundaries(
    _ article: StoredArticle, _ records: [Sentence], _ text: Span<UInt8>, _ language: String
  ) throws(Problem) -> [Doubt] {
    if configuration.rules != .full { return [] }
    let explanations: [Explanation]
    do throws(SegmentationError) {
      if segmenters[language] == nil {
        segmenters[language] = try SegmenterBox(language: language, rules: configuration.rules)
      }
      explanations =
        try segmenters[language]?.segmenter.explanations(of: text, paragraphs: configuration.paragraphs) ?? []
    } catch { throw Problem("\(error)", at: .init(file: String(decoding: article.source, as: UTF8.self))) }
    var doubts: [Doubt] = []
    var index = 0
    for place in explanations {
      guard let margin = place.margin, let score = place.score else { continue }
      while index < records.count && records[index].end < place.end { index += 1 }
      guard index < records.count else { break }
      let record = article.sentences[index]
      let isRecordsEnd = records[index].end == place.end
      var subject: Doubt.Subject? = nil
      if place.isBoundary, isRecordsEnd, index + 1 < records.count, records[index + 1].start == place.next {
        subject = .boundary(next: String(decoding: article.sentences[index + 1].id, as: UTF8.self))
      } else if !place.isBoundary, !isRecordsEnd, records[index].start < place.end {
        subject = Self.offset(of: place.next - records[index].start, in: record).map { .inside(offset: $0) }
      }
      guard let subject else { continue }
      doubts.append(
        Doubt(
          subject: subject, sequence: record.sequence, id: String(decoding: record.id, as: UTF8.self), margin: margin,
          why: "\(place.rule.name), \(place.layer) \(score)", isPlain: record.isRejected))
    }
    return doubts
  }

  /// The code point of a record's text that stands at a byte of its slice; nil at its edges.
  private static func offset(of byte: Int, in record: StoredSentence) -> Int? {
    var left = 0
    var here = 0
    let slice = record.slice
    while here < byte {
      let space = WhiteSpace.length(in: slice.span, at: here)
      if space == 0 { left += 1 }
      here += space > 0 ? space : UTF8Scalar.decode(slice.span, at: here).length
    }
    if left == 0 || here >= slice.count { return nil }
    var offset = 0
    here = 0
    while here < record.text.count {
      let space = WhiteSpace.length(in: record.text.span, at: here)
      if space == 0 && left == 0 { return offset }
      if space == 0 { left -= 1 }
      here += space > 0 ? space : UTF8Scalar.decode(record.text.span, at: here).length
      offset += 1
    }
    return nil
  }

  private func rejects(
    _ article: StoredArticle, _ records: [Sentence], _ text: Span<UInt8>, _ language: String
  ) -> [Doubt] {
    guard configuration.leftovers != .off else { return [] }
    let verdicts = classifier.verdicts(for: records, of: text, language: language)
    var doubts: [Doubt] = []
    for (record, verdict) in zip(article.sentences, verdicts) {
      guard let reason = verdict.reason.map({ RejectionReason($0) }), !record.reason.isEmpty,
        record.reason.elementsEqual(reason.rawValue.utf8)
      else { continue }
      let signs = verdict.signals.names
      doubts.append(
        Doubt(
          subject: .reject, sequence: record.sequence, id: String(decoding: record.id, as: UTF8.self),
          margin: verdict.score, why: reason.rawValue + (signs.isEmpty ? "" : " (\(signs.joined(separator: ", ")))"),
          isPlain: !verdict.signals.isDisjoint(with: [.form, .wholeWords])))
    }
    return doubts
  }
}

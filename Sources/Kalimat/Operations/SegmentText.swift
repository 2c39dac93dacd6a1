internal import CKernels
internal import Leftovers
public import Segmentation

/// A sentence of a text, and where it stands in its file.
public struct SegmentedSentence: Sendable {
  /// On one line, as a record has it.
  public var text: [UInt8]
  /// Code points of the file before its first scalar and after its last.
  public var start: Int
  public var end: Int
  public var startByte: Int
  public var endByte: Int
  public var paragraph: Int
  public var rule: Rule

  /// The line of JSON that `segment --json` prints.
  public var json: JSONValue {
    .members([
      ("text", .string(text)), ("start", .int(start)), ("end", .int(end)), ("start_byte", .int(startByte)),
      ("end_byte", .int(endByte)), ("para", .int(paragraph)), ("rule", .text(rule.name)),
    ])
  }
}

/// Text → sentences, without a dataset.
public struct SegmentText: Sendable {
  /// Canonical BCP 47; nil: detected for each text.
  public var language: String?
  public var paragraphs: ParagraphMode
  public var rules: RuleSet
  public var encoding: String?
  /// In place of the weights that are built in.
  private var model: BoundaryModel?

  public init(language: String?, paragraphs: ParagraphMode, rules: RuleSet, encoding: String?) {
    self.language = language
    self.paragraphs = paragraphs
    self.rules = rules
    self.encoding = encoding
  }

  /// Takes the model's weights from a file that SegmentationTrainer wrote: `make eval` scores with weights that did
  /// not see what they are scored on. Throws where it is no such file.
  public mutating func useWeights(of file: String) throws(Problem) {
    let model = BoundaryModel(file: try WholeFile.read(file))
    guard !model.isEmpty else {
      throw Problem("no weights", at: .init(file: file), expected: "a file that SegmentationTrainer train wrote")
    }
    self.model = model
  }

  /// What cuts texts of a language as these settings want.
  func segmenter(_ language: String) throws(SegmentationError) -> Segmenter {
    guard let model, rules == .full else { return try Segmenter(language: language, rules: rules) }
    return try Segmenter(language: language, rules: rules, model: model)
  }

  /// Reads a file (`-` is standard input), decompressed and decoded, and gives its sentences one by one.
  public func run(_ location: String, take: (SegmentedSentence) -> Void) throws(Problem) {
    if location == "-" && paragraphs == .lines && encoding == nil { return try stream(take) }
    var reader = try InputReader(InputFile(text: location), encoding: encoding)
    reader.mayBeEmpty = true
    while let piece = try reader.next() {
      var cutter = SentenceCutter(self, detectFrom: piece.bytes)
      try cutter.cut(piece.bytes, isLast: true, take)
    }
  }

  /// Standard input a line a paragraph: sentences come as soon as their line has.
  private func stream(_ take: (SegmentedSentence) -> Void) throws(Problem) {
    var input = try InputBytes.standardInput()
    var waiting = ByteBuffer()
    var cutter: SentenceCutter? = nil
    var offset = 0
    while try !input.isAtEnd() {
      try Interruption.check()
      try input.readBlock(to: &waiting)
      let whole = waiting.lastIndex(after: 0x0A)
      if whole == 0 { continue }
      try cutLines(waiting.copied(0..<whole), at: offset, isLast: false, &cutter, take)
      offset += whole
      waiting.removeFirst(whole)
    }
    try cutLines(waiting.span.copied(), at: offset, isLast: true, &cutter, take)
  }

  private func cutLines(
    _ lines: [UInt8], at offset: Int, isLast: Bool, _ cutter: inout SentenceCutter?,
    _ take: (SegmentedSentence) -> Void
  ) throws(Problem) {
    let valid = Kernels.validPrefix(lines.span)
    if valid < lines.count {
      throw Problem(
        "bytes that are no UTF-8", at: .init(file: "-", byteOffset: offset + valid), expected: "UTF-8",
        advice: "Name the text's encoding: --encoding NAME.")
    }
    if cutter == nil { cutter = SentenceCutter(self, detectFrom: lines) }
    try cutter?.cut(lines, isLast: isLast, take)
  }
}

/// Cuts a text that comes in pieces of whole lines, and keeps count of where it is.
private struct SentenceCutter {
  private let settings: SegmentText
  private let language: String
  private var segmenter: SegmenterBox? = nil
  private var characters = 0
  private var bytes = 0
  private var paragraphs = 0
  /// The last sentence so far: whether it ends the text is known when more comes, or nothing.
  private var held: SegmentedSentence? = nil

  private final class SegmenterBox {
    var segmenter: Segmenter
    init(_ segmenter: consuming Segmenter) { self.segmenter = segmenter }
  }

  init(_ settings: SegmentText, detectFrom text: [UInt8]) {
    self.settings = settings
    language = settings.language ?? LanguageDetector.detect(text.span).tag
  }

  mutating func cut(_ text: [UInt8], isLast: Bool, _ take: (SegmentedSentence) -> Void) throws(Problem) {
    let box: SegmenterBox
    do throws(SegmentationError) {
      if let segmenter {
        box = segmenter
      } else {
        box = SegmenterBox(try settings.segmenter(language))
      }
      segmenter = box
      let sentences = try box.segmenter.sentences(of: text.span, paragraphs: settings.paragraphs)
      var counted = 0
      for sentence in sentences {
        if let held { take(held) }
        characters += Kernels.characterCount(text.span.extracting(counted..<sentence.start))
        let start = characters
        characters += Kernels.characterCount(text.span.extracting(sentence.start..<sentence.end))
        counted = sentence.end
        var line = ByteBuffer(capacity: sentence.end - sentence.start)
        _ = SentenceText.append(text.span.extracting(sentence.start..<sentence.end), to: &line)
        held = SegmentedSentence(
          text: line.span.copied(), start: start, end: characters, startByte: bytes + sentence.start,
          endByte: bytes + sentence.end, paragraph: paragraphs + sentence.paragraph,
          rule: sentence.rule == .textEnd ? .paragraph : sentence.rule)
      }
      characters += Kernels.characterCount(text.span.extracting(counted..<text.count))
      bytes += text.count
      paragraphs += (sentences.last?.paragraph ?? -1) + 1
    } catch { throw Problem("\(error)", expected: "text that ICU can segment") }
    if isLast, var last = held {
      last.rule = .textEnd
      take(last)
      held = nil
    }
  }
}

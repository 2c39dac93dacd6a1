/// JSON Lines by custom_id: a target beside it, or the answer of a language model's batch.
final class BatchReader: ReturnedReader {
  private(set) var contentSHA256 = ""
  private let file: ReturnedFile
  private let lines: LineReader
  /// Of the line at hand, and what is not given of it yet.
  private var value = JSONValue.null
  private var answers: ArraySlice<BatchAnswer> = []

  init(_ file: ReturnedFile) throws(Problem) {
    self.file = file
    lines = try LineReader(file.path, encoding: file.encoding)
  }

  func next(_ entry: inout EntrySlot) throws(Problem) -> Bool {
    if answers.isEmpty, try !readLine() { return false }
    guard let answer = answers.popFirst() else { return false }
    fill(&entry)
    entry.target.append(answer.text)
    entry.state = answer.state
    return true
  }

  /// Reads the next line that is not blank; false at the end.
  private func readLine() throws(Problem) -> Bool {
    while let range = try lines.next() {
      let bytes = lines.bytes
      let line = bytes.span.extracting(range)
      if line.trimmed(0..<line.count).isEmpty { continue }
      do { value = try JSONParser.parse(line) } catch {
        throw Problem(
          error.found, at: .init(file: file.path, line: lines.lineNumber, byteOffset: error.byteOffset),
          expected: error.expected, advice: "The byte is counted from the line's first.")
      }
      answers = BatchAnswer.all(in: value, line: line, targetLanguage: file.targetLanguage)[...]
      return true
    }
    return false
  }

  /// What all answers of a line have.
  private func fill(_ entry: inout EntrySlot) {
    if let digest = value["content_sha256"]?.textValue { contentSHA256 = digest }
    entry.unit = lines.lineNumber
    entry.line = lines.lineNumber
    entry.id.append(value["custom_id"]?.bytes ?? value["id"]?.bytes ?? value["key"]?.bytes ?? [])
    entry.document.append(value["doc_id"]?.bytes ?? [])
    if let source = value["source"]?.bytes {
      entry.source.append(source)
      entry.hasSource = true
    }
  }
}

/// A translation in a line of a batch, and whether it came to its end.
struct BatchAnswer: Sendable, Equatable {
  var text: [UInt8]
  var state = EntryState.done

  /// All of a line; where it has them in no field that is known, the whole line.
  ///
  /// A target is a text, or an object with a `text` or with one under its language, as `datasets` has translations. Answers
  /// are those of OpenAI (Chat Completions and Responses), Anthropic and Gemini, each in the shape that its batches give back.
  static func all(in value: JSONValue, line: Span<UInt8>, targetLanguage: String) -> [BatchAnswer] {
    for name in ["target", "translation"] {
      if let target = value[name], let text = text(target) ?? text(target[targetLanguage]) ?? text(target["text"]) {
        return [BatchAnswer(text: text)]
      }
    }
    let response = value["response"]
    if let status = response?["status_code"]?.intValue, !(200..<300).contains(status) { return [whole(line, .failed)] }
    if let body = response?["body"] {
      if let choices = body["choices"]?.elements { return answers(choices.map(chat), line) }
      if body["output"] != nil { return answers([output(body)], line) }
    }
    if let result = value["result"] {
      if let message = result["message"] { return answers([self.message(message)], line) }
      if result["type"] != nil { return [whole(line, .failed)] }
    }
    if let candidates = (response?["candidates"] ?? value["candidates"])?.elements {
      return answers(candidates.map(candidate), line)
    }
    if let error = value["error"], error != .null { return [whole(line, .failed)] }
    return [hasMoreThanExported(value) ? whole(line, .unknownShape) : BatchAnswer(text: [])]
  }

  /// Whether a line has more to it than `kalimat export` wrote, or than an empty target.
  private static func hasMoreThanExported(_ value: JSONValue) -> Bool {
    let exported = [
      "custom_id", "id", "key", "source_lang", "target_lang", "source", "previous", "next", "doc_id", "content_sha256",
    ]
    guard case .object(let members) = value else { return true }
    return members.contains { member in
      member.value != .null && !exported.contains { $0.utf8.elementsEqual(member.key) }
    }
  }

  private static func whole(_ line: Span<UInt8>, _ state: EntryState) -> BatchAnswer {
    BatchAnswer(text: line.copied(), state: state)
  }

  /// The same text twice is one answer; no answer at all is told by the line.
  private static func answers(_ found: [BatchAnswer], _ line: Span<UInt8>) -> [BatchAnswer] {
    var answers: [BatchAnswer] = []
    for answer in found where !answers.contains(answer) { answers.append(answer) }
    return answers.isEmpty ? [whole(line, .unknownShape)] : answers
  }

  /// A text, or the texts of an array's blocks, one after another; nil where there is none. Blocks of other kinds, such as a
  /// model's thinking, are passed over.
  private static func text(_ value: JSONValue?) -> [UInt8]? {
    if let bytes = value?.bytes { return bytes }
    guard let blocks = value?.elements else { return nil }
    let texts = blocks.compactMap { block -> [UInt8]? in
      if let kind = block["type"]?.textValue, kind != "text", kind != "output_text" { return nil }
      // Gemini marks the parts that are thoughts.
      if block["thought"] == .bool(true) { return nil }
      return block.bytes ?? block["text"]?.bytes
    }
    return texts.isEmpty ? nil : Array(texts.joined())
  }

  /// OpenAI, Chat Completions: `choices[]`.
  private static func chat(_ choice: JSONValue) -> BatchAnswer {
    let message = choice["message"]
    if let refusal = message?["refusal"]?.bytes { return BatchAnswer(text: refusal, state: .refused) }
    return BatchAnswer(text: text(message?["content"]) ?? [], state: state(choice["finish_reason"]))
  }

  /// OpenAI, Responses: `output[]`, of which the items of type `message` are the answer.
  private static func output(_ body: JSONValue) -> BatchAnswer {
    let texts = (body["output"]?.elements ?? []).compactMap { text($0["content"]) }
    let isCut = body["status"]?.textValue == "incomplete"
    return BatchAnswer(
      text: Array(texts.joined()), state: isCut ? state(body["incomplete_details"]?["reason"]) : .done)
  }

  /// Anthropic: `result.message`.
  private static func message(_ message: JSONValue) -> BatchAnswer {
    BatchAnswer(text: text(message["content"]) ?? [], state: state(message["stop_reason"]))
  }

  /// Gemini: `response.candidates[]`.
  private static func candidate(_ candidate: JSONValue) -> BatchAnswer {
    BatchAnswer(text: text(candidate["content"]?["parts"]) ?? [], state: state(candidate["finishReason"]))
  }

  /// Why an answer ended.
  private static func state(_ reason: JSONValue?) -> EntryState {
    switch reason?.textValue?.lowercased() {
    case "length", "max_tokens", "max_output_tokens", "pause_turn": .cutShort
    case "content_filter", "refusal", "safety", "recitation", "language", "blocklist", "prohibited_content", "spii",
      "malformed_function_call", "other":
      .refused
    default: .done
    }
  }
}

extension JSONValue {
  /// A string's bytes; nil of any other value.
  fileprivate var bytes: [UInt8]? {
    guard case .string(let bytes) = self else { return nil }
    return bytes
  }
}

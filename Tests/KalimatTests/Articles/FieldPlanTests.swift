import Testing

@testable import Kalimat

struct FieldPlanTests {
  static let place = Problem.Place(file: "f.jsonl", line: 1)

  static func plan(_ record: String?, _ change: (inout FieldRequest) -> Void = { _ in }) throws -> FieldPlan {
    var request = FieldRequest()
    change(&request)
    let value = try record.map { try JSONParser.parse(Array($0.utf8).span) }
    return try FieldPlan.plan(request, first: value, at: value == nil ? nil : place)
  }

  static let idKey = #"The articles of JSON Lines have their field "id" as key (--id-field)."#
  static let urlKey = #"The articles of JSON Lines have their field "url" as key (--url-field)."#
  static let contentKey =
    "The articles of JSON Lines have their text as key: an edited article has a new doc_id (--id-field, --url-field)."

  @Test func guessesAndSaysSo() throws {
    let plan = try Self.plan(
      #"{"id":7,"url":"u","title":"t","text":"x","lang":"id","published":"2025","license":"CC0","author":"a"}"#)
    var expected = FieldPlan(text: ["text"], keyKind: .id)
    (expected.id, expected.url, expected.lang) = ("id", "url", "lang")
    (expected.title, expected.published, expected.license) = ("title", "published", "license")
    expected.guessed = [
      "Guessed from f.jsonl:1: --text-field text --id-field id --url-field url --lang-field lang --title-field title --published-field published --license-field license.",
      Self.idKey,
    ]
    #expect(plan == expected)
  }

  @Test(arguments: [
    (#"{"content":"x","body":"y"}"#, "content"), (#"{"text":"","body":"y"}"#, "body"),
    (#"{"text":1,"article":"y"}"#, "article"), (#"{"text":null,"maintext":"y"}"#, "maintext"),
    (#"{"raw_content":"y"}"#, "raw_content"), (#"{"Text":"no","body":"y"}"#, "body"),
  ])
  func text(_ record: String, field: String) throws {
    #expect(try Self.plan(record).text == [field])
  }

  @Test func noTextAtAll() throws {
    let says =
      "f.jsonl:1: no field that looks like an article's text; expected one of text, content, body, article, maintext, raw_content, article_text, article_body. Name it with --text-field; this record has id, story."
    #expect(problemText { _ = try Self.plan(#"{"id":1,"story":"x"}"#) } == says)
    #expect(try Self.plan(#"{"id":1,"story":"x"}"#) { $0.text = ["story"] }.text == ["story"])
  }

  /// format.md, "Key".
  @Test(
    arguments: [
      (#"{"text":"x"}"#, nil, nil, KeyKind.content, nil), (#"{"text":"x","url":"u"}"#, nil, nil, .url, "url"),
      (#"{"text":"x","url":"u","id":"i"}"#, nil, nil, .id, "id"),
      (#"{"text":"x","id":null,"url":"u"}"#, nil, nil, .url, "url"),
      (#"{"text":"x","id":""}"#, nil, nil, .content, nil), (#"{"text":"x","id":["a"]}"#, nil, nil, .id, "id"),
      (#"{"text":"x","link":"u"}"#, nil, nil, .content, nil),
      // Only --url-field: url, though there is an id.
      (#"{"text":"x","url":"u","id":"i"}"#, nil, "link", .url, "link"), (#"{"text":"x"}"#, "key", nil, .id, "key"),
      (#"{"text":"x","url":"u"}"#, "key", "link", .id, "key"),
      // The empty name: not that one.
      (#"{"text":"x","url":"u","id":"i"}"#, "", nil, .url, "url"),
      (#"{"text":"x","url":"u","id":"i"}"#, "", "", .content, nil),
      (#"{"text":"x","url":"u","id":"i"}"#, nil, "", .id, "id"),
      (#"{"text":"x","url":"u","id":"i"}"#, "", "link", .url, "link"),
    ] as [(String, String?, String?, KeyKind, String?)])
  func keys(_ record: String, id: String?, url: String?, kind: KeyKind, field: String?) throws {
    let plan = try Self.plan(record) {
      $0.id = id
      $0.url = url
    }
    #expect(plan.keyKind == kind)
    if kind == .id { #expect(plan.id == field) }
    if kind == .url { #expect(plan.url == field) }
    #expect(
      plan.guessed.last?.hasPrefix("The articles of JSON Lines have their \(field.map { "field \"\($0)\"" } ?? "text")")
        == true)
  }

  @Test func whatIsAskedForIsNotGuessed() throws {
    let plan = try Self.plan(#"{"text":"x","title":"t","lang":"id","date":"d","headline":"h"}"#) {
      $0.text = ["a", "b"]
      $0.title = "headline"
      $0.lang = ""
      $0.published = ""
      $0.splitBy = "site"
      $0.keep = ["k"]
    }
    #expect(plan.text == ["a", "b"] && plan.title == "headline" && plan.lang == nil && plan.published == nil)
    #expect(plan.splitBy == "site" && plan.keep == ["k"])
    #expect(plan.guessed == [Self.contentKey])
  }

  @Test func aLanguageFieldWithoutTagsIsNotRead() throws {
    let plan = try Self.plan(#"{"text":"x","language":"English"}"#)
    #expect(plan.lang == nil)
    #expect(
      plan.guessed == [
        "Guessed from f.jsonl:1: --text-field text.",
        #"The field "language" has "English", which is no BCP 47 tag: it is not read (--lang-field)."#, Self.contentKey,
      ])
    #expect(try Self.plan(#"{"text":"x","language":"English"}"#) { $0.lang = "language" }.lang == "language")
  }

  @Test func withoutJSONLinesNothingIsSaid() throws {
    #expect(try FieldPlan.plan(FieldRequest(), files: [], encoding: nil) == FieldPlan(text: [], keyKind: .content))
  }

  @Test func names() {
    #expect(FieldRequest.names(["title,text", "a.b", ",x,"]) == ["title", "text", "a.b", "x"])
  }

  /// The first object of the first file by path, whatever stands before it.
  @Test func theFirstRecordOfTheFirstFile() throws {
    let folder = try ScratchFolder()
    try folder.write("a.txt", "text")
    try folder.write("b.jsonl", "\n[1]\nno json\n")
    try folder.write("c.jsonl.gz", InputReaderTests.pack(.gz, Array("\n[]\n{\"body\":\"x\",\"url\":\"u\"}\n".utf8)))
    try folder.write("d.jsonl", #"{"text":"x","id":1}"#)
    let files = try InputList.list(inputs: [folder.path], filesFrom: nil, root: nil, format: nil).files
    let plan = try FieldPlan.plan(FieldRequest(), files: files, encoding: nil)
    #expect(plan.text == ["body"] && plan.keyKind == .url)
    #expect(
      plan.guessed.map(folder.short) == [
        "Guessed from DIR/c.jsonl.gz:3: --text-field body --url-field url.", Self.urlKey,
      ])
  }
}

// How fast articles are read: swift run -c release --package-path Benchmarks Readers Corpus [MEGABYTES]
//
// Makes JSON Lines of the folder's articles in five shapes, reads each, and prints megabytes a second of CPU time of one
// thread. Detecting languages is measured on the first shape.
import Foundation
import Kalimat

/// CPU time of this process, in seconds.
func cpuSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

/// A JSON string; with `isASCII` every other character as `\uXXXX`.
func quoted(_ text: String, isASCII: Bool = false) -> String {
  var out = "\""
  for unit in text.unicodeScalars {
    switch unit {
    case "\"", "\\": out += "\\\(unit)"
    case "\n": out += "\\n"
    case _ where unit.value < 0x20 || isASCII && unit.value > 0x7E:
      for code in String(unit).utf16 { out += "\\u" + String(format: "%04x", code) }
    default: out.unicodeScalars.append(unit)
    }
  }
  return out + "\""
}

struct Shape {
  var name: String
  /// Line number `i`.
  var line: (Int) -> String
}

func shapes(of folder: String) -> [Shape] {
  let names = (FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []).sorted()
  let texts = names.filter { $0.hasSuffix(".txt") }.compactMap {
    try? String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8)
  }
  let lines = [false, true].map { isASCII in
    texts.map {
      ",\"title\":\(quoted(String($0.prefix(40)), isASCII: isASCII)),\"text\":\(quoted($0, isASCII: isASCII))}\n"
    }
  }
  let long = String(repeating: "The quick brown fox jumps over the lazy dog. ", count: 220_000)
  return [
    Shape(name: "articles") { "{\"id\":\"a\($0)\"\(lines[0][$0 % texts.count])" },
    Shape(name: "letters as \\uXXXX") { "{\"id\":\"a\($0)\"\(lines[1][$0 % texts.count])" },
    Shape(name: "lines of 10 MB without escapes") { "{\"id\":\($0),\"text\":\"\(long)\"}\n" },
    Shape(name: "an escape every six bytes") {
      "{\"id\":\($0),\"text\":\"\(String(repeating: "word\\n", count: 100_000))\"}\n"
    },
    Shape(name: "records of some 37 bytes") { "{\"id\":\($0),\"text\":\"A short text.\"}\n" },
  ]
}

func write(_ shape: Shape, megabytes: Int, to path: String) throws {
  _ = FileManager.default.createFile(atPath: path, contents: nil)
  let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
  var written = 0
  var number = 0
  while written < megabytes * 1_000_000 {
    var block = Data()
    while block.count < 1 << 20 {
      block.append(contentsOf: shape.line(number).utf8)
      number += 1
    }
    try file.write(contentsOf: block)
    written += block.count
  }
  try file.close()
}

func measure(_ path: String, detects: Bool) throws -> String {
  let files = try InputList.list(inputs: [path], filesFrom: nil, root: nil, format: nil).files
  let parser = ArticleParser(fields: try .plan(FieldRequest(), files: files, encoding: nil), language: nil)
  var (bytes, textBytes) = (0, 0)
  var (reading, parsing, detecting) = (0.0, 0.0, 0.0)
  for file in files {
    var reader = try InputReader(file, encoding: nil)
    while true {
      let start = cpuSeconds()
      guard let piece = try reader.next() else { break }
      let read = cpuSeconds()
      let parsed = parser.parse(piece, of: file)
      let done = cpuSeconds()
      reading += read - start
      parsing += done - read
      bytes += piece.bytes.count
      for case .article(let article) in parsed where detects && textBytes < 20_000_000 {
        let start = cpuSeconds()
        _ = LanguageDetector.detect(article.text.span)
        detecting += cpuSeconds() - start
        textBytes += article.text.count
      }
    }
  }
  let rate = { (bytes: Int, seconds: Double) in "\(Int(Double(bytes) / 1e6 / seconds)) MB/s" }
  return "read \(rate(bytes, reading)), parse \(rate(bytes, parsing))"
    + (detects ? ", detect \(rate(textBytes, detecting))" : "")
}

let arguments = CommandLine.arguments
guard arguments.count > 1 else {
  print("usage: Readers FOLDER [MEGABYTES]")
  exit(64)
}
let path = FileManager.default.temporaryDirectory.path + "/kalimat-readers-\(getpid()).jsonl"
for (number, shape) in shapes(of: arguments[1]).enumerated() {
  try write(shape, megabytes: arguments.count > 2 ? Int(arguments[2]) ?? 100 : 100, to: path)
  print("\(shape.name): \(try measure(path, detects: number == 0))")
  try FileManager.default.removeItem(atPath: path)
}

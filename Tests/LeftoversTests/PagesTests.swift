import Foundation
import Leftovers
import Segmentation
import Testing

/// The thresholds stand a little below what docs/LEFTOVERS.md says was measured.
@Suite("Marked pages")
struct PagesTests {
  @Test("Body is kept, leftovers go")
  func keptAndRejected() throws {
    var body = (kept: 0, all: 0)
    var page = (rejected: 0, named: 0, all: 0)
    for marked in try MarkedPage.all() {
      let judged = try Judged(marked.text, language: marked.language, paragraphs: .auto)
      for (sentence, verdict) in zip(judged.sentences, judged.verdicts) {
        let label = marked.label(sentence.start, sentence.end)
        if label == "body" {
          body.all += 1
          body.kept += verdict.reason == nil ? 1 : 0
        } else if !MarkedPage.kinds.contains(label) {
          page.all += 1
          page.rejected += verdict.reason == nil ? 0 : 1
          page.named += verdict.reason?.name == label ? 1 : 0
        }
      }
    }
    #expect(body.all > 1000 && page.all > 1000)
    #expect(Double(body.kept) >= 0.995 * Double(body.all), "\(body)")
    #expect(Double(page.rejected) >= 0.91 * Double(page.all), "\(page)")
    #expect(Double(page.named) >= 0.70 * Double(page.all), "\(page)")
  }

  @Test("A page without leftovers loses nothing")
  func cleanPages() throws {
    let clean = try MarkedPage.all().filter(\.isClean)
    #expect(clean.count >= 15)
    for page in clean {
      let judged = try Judged(page.text, language: page.language, paragraphs: .auto)
      let lost = zip(judged.texts, judged.verdicts).filter { $0.1.reason != nil }.map(\.0)
      #expect(lost.isEmpty, "\(page.name): \(lost)")
    }
  }

  @Test(
    "Sentences of the page within a paragraph",
    arguments: [
      ("Polisi menutup jalan itu sejak pagi hari. Baca juga: Jembatan Lama Ditutup", ["-", "related"]),
      ("Semua korban sudah pulang ke rumah masing-masing. (abc/def)", ["-", "byline"]),
      ("Warga melintas di depan balai kota, Senin pagi. Foto: Nia Rumengan/Radar", ["-", "credit"]),
    ])
  func withinParagraph(_ text: String, _ reasons: [String]) throws {
    let before = "Kota itu tenang pada hari Minggu, kata seorang warga yang lewat di sana.\n"
    #expect(try Judged(before + text, language: "id").reasons == ["-"] + reasons)
  }

  @Test(
    "Every verdict has its sentence, in empty and odd texts too",
    arguments: ["", "\n", " ", "a", "…", "(", "#", "©", "12:30"])
  func oddTexts(_ text: String) throws {
    let judged = try Judged(text, language: "und", paragraphs: .auto)
    #expect(judged.verdicts.count == judged.sentences.count)
    #expect(judged.verdicts.allSatisfy { ($0.reason == nil) == ($0.kind != .other) })
  }

  @Test("The rules' digest has every language file")
  func ruleBytes() throws {
    var names: [String] = []
    LeftoverRuleBytes.forEach { name, bytes in
      names.append(name)
      #expect(!bytes.isEmpty)
    }
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Sources/Leftovers/Languages")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".txt") }
    #expect(names.dropFirst().dropLast() == files.map { "leftovers \($0)" }.sorted()[...])
    #expect(Set(names).count == names.count)
  }
}

import Testing

/// What an article says in words that pages use too, and neighbours in a list.
@Suite struct QuietPagesTests {
  private static let story = """
    The potter's year
    Ana Birch threw her first bowl at the age of sixty, in a shed that had held nothing but rakes before.
    “Read more books about glaze. Share them with your friends.” That is what she tells whoever comes by.
    Follow the river to the old mill and sign up for the Tuesday class. Bring an apron and old shoes.
    In winter the shed is cold, and she fires the kiln twice a week to keep the clay from freezing.
    """

  @Test func asksOfAStoryStay() throws {
    let judged = try Judged(Self.story, language: "en")
    #expect(judged.reasons.allSatisfy { $0 == "-" }, "\(zip(judged.reasons, judged.texts).map { "\($0) \($1)" })")
  }

  /// The same article with a page round it: its text stays, and the page's own asks go.
  @Test func asksOfAPageGo() throws {
    let judged = try Judged(
      Self.story + "\nRead more: The kiln that would not cool\nSign up for our newsletter\nShare this article\n",
      language: "en")
    #expect(
      Array(judged.reasons.suffix(3)) == ["related", "newsletter", "share"],
      "\(zip(judged.reasons, judged.texts).map { "\($0) \($1)" })")
    #expect(judged.reasons.prefix(4).allSatisfy { $0 == "-" })
  }

  @Test func neighboursOfAListFareAlike() throws {
    let judged = try Judged(
      """
      Swimmers save the lido
      Swimmers had gathered 4,000 signatures
      The council voted on Monday to keep the lido open for at least another ten years, to loud cheers.
      It had been going to close the pool in March, as repairs would have cost more than two million pounds.
      Swimmers had stood outside of the town hall since dawn, some of them in nothing but their trunks.
      Most read
      1. Fire crews called to harbour
      2. School bus route axed
      3. Bakery gives away 400 loaves
      Cookie policy
      """, language: "en")
    #expect(
      judged.reasons.prefix(5).allSatisfy { $0 == "-" }, "\(zip(judged.reasons, judged.texts).map { "\($0) \($1)" })")
    #expect(Array(judged.reasons.suffix(5).prefix(4)) == ["related", "teaser", "teaser", "teaser"])
  }
}

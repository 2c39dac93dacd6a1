internal import Kalimat

/// The date that reproducible builds agree on (SOURCE_DATE_EPOCH): seconds since 1970, as RFC 3339 in UTC.
enum SourceDate {
  static func fromEnvironment() throws -> String {
    guard let text = ProcessEnvironment.value(of: "SOURCE_DATE_EPOCH") else { return "" }
    guard let seconds = Int(text), (0..<253_402_300_800).contains(seconds) else {
      throw Problem.usage("SOURCE_DATE_EPOCH is \"\(text)\"", expected: "seconds since 1970")
    }
    let (date, second) = (civil(day: seconds / 86_400), seconds % 86_400)
    return "\(digits(date.year, 4))-\(digits(date.month, 2))-\(digits(date.day, 2))"
      + "T\(digits(second / 3_600, 2)):\(digits(second / 60 % 60, 2)):\(digits(second % 60, 2))Z"
  }

  /// The Gregorian date of a day counted from 1970-01-01 = 0: by eras of 400 years, years that begin in March.
  private static func civil(day: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = day + 719_468
    let (era, dayOfEra) = (shifted / 146_097, shifted % 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let march = (5 * dayOfYear + 2) / 153
    let month = march < 10 ? march + 3 : march - 9
    return (era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * march + 2) / 5 + 1)
  }

  private static func digits(_ value: Int, _ count: Int) -> String {
    let text = String(value)
    return String(repeating: "0", count: max(0, count - text.count)) + text
  }
}

internal import Glibc
internal import Kalimat

/// The date that reproducible builds agree on (SOURCE_DATE_EPOCH): seconds since 1970, as RFC 3339 in UTC.
enum SourceDate {
  static func fromEnvironment() throws -> String {
    guard let value = unsafe getenv("SOURCE_DATE_EPOCH") else { return "" }
    let text = unsafe String(cString: value)
    guard var seconds = time_t(text), seconds >= 0 else {
      throw Problem.usage("SOURCE_DATE_EPOCH is \"\(text)\"", expected: "seconds since 1970")
    }
    var parts = unsafe tm()
    unsafe gmtime_r(&seconds, &parts)
    var out = [CChar](repeating: 0, count: 32)
    let count = unsafe strftime(&out, out.count, "%Y-%m-%dT%H:%M:%SZ", &parts)
    return String(decoding: out.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

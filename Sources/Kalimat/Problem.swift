/// The one error type of this level: what was found, where, what was expected, what to do next.
public struct Problem: Error, Sendable, Equatable {
  /// Where a problem was found; what is not known is nil.
  public struct Place: Sendable, Equatable {
    /// The file as the user named it, or a path inside a dataset.
    public var file: String
    /// From 1.
    public var line: Int?
    /// From 0, in the file's decompressed bytes.
    public var byteOffset: Int?
    /// The ID of the record or article concerned.
    public var id: String?

    public init(file: String, line: Int? = nil, byteOffset: Int? = nil, id: String? = nil) {
      self.file = file
      self.line = line
      self.byteOffset = byteOffset
      self.id = id
    }
  }

  /// Which exit code it leads to.
  public enum Gravity: Sendable, Equatable {
    /// The job could not be done: exit code 2.
    case failure
    /// The command line asks for what cannot be: exit code 64.
    case usage
    /// The job was stopped from outside (Ctrl-C): exit code 130.
    case interrupted
  }

  public var gravity: Gravity
  public var found: String
  public var place: Place?
  public var expected: String
  public var advice: String

  public init(
    _ found: String, at place: Place? = nil, expected: String = "", advice: String = "", gravity: Gravity = .failure
  ) {
    self.gravity = gravity
    self.found = found
    self.place = place
    self.expected = expected
    self.advice = advice
  }

  /// A command line that asks for what cannot be: exit code 64.
  public static func usage(_ found: String, expected: String = "", advice: String = "") -> Problem {
    Problem(found, expected: expected, advice: advice, gravity: .usage)
  }
}

extension Problem: CustomStringConvertible {
  /// One paragraph: `file:line (byte n): what was found; expected …. What to do.`
  public var description: String {
    var text = place.map { "\($0): " } ?? ""
    text += found
    if !expected.isEmpty { text += "; expected \(expected)" }
    text += "."
    if !advice.isEmpty { text += " \(advice)" }
    return text
  }
}

extension Problem.Place: CustomStringConvertible {
  public var description: String {
    var text = file
    if let line { text += ":\(line)" }
    var more: [String] = []
    if let byteOffset { more.append("byte \(byteOffset)") }
    if let id { more.append(id) }
    if !more.isEmpty { text += " (\(more.joined(separator: ", ")))" }
    return text
  }
}

/// A number of things as people write it: `1 article`, `2 articles`.
///
/// - Parameters:
///   - noun: in the singular; it takes an s.
package func counted(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

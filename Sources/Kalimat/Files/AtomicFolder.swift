internal import CSystem

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// What happens to a dataset that stands where the new one shall stand.
public enum Replacement: String, Sendable, CaseIterable {
  /// It is refused.
  case never
  /// The two are exchanged whole, in one step, and the old one is deleted.
  case exchange
  /// The same; where the file system cannot exchange, the old one is deleted first.
  case unsafe
}

/// A folder that is written beside its place and appears there whole, or not at all (docs/FORMAT.md, "Safety").
struct AtomicFolder: ~Copyable {
  /// Where it shall stand.
  let destination: String
  /// Where it is being written: `OUT.partial-XXXX`.
  let partial: String
  private let replacement: Replacement
  private let lock: Int32
  private var committed = false

  init(at path: String, replacement: Replacement) throws(Problem) {
    var destination = path
    while destination.count > 1 && destination.hasSuffix("/") { destination.removeLast() }
    let parent = FileSystem.parent(of: destination)
    try FileSystem.makeFolders(parent)
    try Self.check(destination, replacement)
    Self.removeAbandoned(beside: destination)
    (partial, lock) = try Self.makePartial(of: destination)
    self.destination = destination
    self.replacement = replacement
  }

  deinit {
    // What was not committed must not look like a dataset.
    if !committed { try? FileSystem.removeTree(partial) }
    close(lock)
  }

  private static func check(_ destination: String, _ replacement: Replacement) throws(Problem) {
    guard FileSystem.exists(destination) else { return }
    if replacement == .never {
      throw Problem(
        "the output is there already", at: .init(file: destination), expected: "a path where nothing stands",
        advice: "Name another --output, or add --replace.")
    }
    if !FileSystem.exists("\(destination)/manifest.json") {
      throw Problem(
        "what stands there is no dataset: it has no manifest.json", at: .init(file: destination),
        expected: "a dataset to replace", advice: "Name another --output, or move it away.")
    }
  }

  /// Makes and locks a folder of a new name. The lock is on the folder itself: no file to take away later.
  private static func makePartial(of destination: String) throws(Problem) -> (String, Int32) {
    let digits = Array("abcdefghijklmnopqrstuvwxyz0123456789")
    for _ in 0..<100 {
      let path = destination + ".partial-" + String((0..<6).map { _ in digits[Int.random(in: 0..<digits.count)] })
      if unsafe mkdir(path, 0o777) != 0 {
        if errno == EEXIST { continue }
        throw FileSystem.problem("cannot make the folder", path)
      }
      let descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      // Another build may have taken it for abandoned before it was locked: then it is gone, and the next name is tried.
      if descriptor >= 0, flock(descriptor, LOCK_EX | LOCK_NB) == 0, FileSystem.exists(path) {
        return (path, descriptor)
      }
      if descriptor >= 0 { close(descriptor) }
    }
    throw Problem("cannot make a folder beside the output", at: .init(file: destination))
  }

  /// Removes what interrupted builds of the same output left, where no live process holds its lock.
  private static func removeAbandoned(beside destination: String) {
    let parent = FileSystem.parent(of: destination)
    let prefix = FileSystem.lastPart(of: destination) + ".partial-"
    for name in (try? FileSystem.names(in: parent)) ?? [] where name.hasPrefix(prefix) {
      let path = "\(parent)/\(name)"
      let descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      guard descriptor >= 0 else { continue }
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { try? FileSystem.removeTree(path) }
      close(descriptor)
    }
  }

  /// Puts the folder in its place. Every file in it must be finished; `folders` are those below it.
  consuming func commit(folders: [String]) throws(Problem) {
    for folder in folders { try FileSystem.syncFolder("\(partial)/\(folder)") }
    try FileSystem.syncFolder(partial)
    try move()
    committed = true
    try FileSystem.syncFolder(FileSystem.parent(of: destination))
    // After an exchange the old dataset stands under the partial name.
    if FileSystem.exists(partial) { try FileSystem.removeTree(partial) }
  }

  private func move() throws(Problem) {
    var code = unsafe ksys_rename_new(partial, destination)
    if code == EINVAL || code == ENOSYS, !FileSystem.exists(destination) {
      // A file system without RENAME_NOREPLACE: rename itself only ever replaces an empty folder.
      code = unsafe rename(partial, destination) == 0 ? 0 : errno
    }
    if code == 0 { return }
    guard code == EEXIST, replacement != .never else {
      throw FileSystem.problem("cannot put the dataset in its place", destination, code)
    }
    code = unsafe ksys_rename_exchange(partial, destination)
    if code == 0 { return }
    guard replacement == .unsafe else {
      throw Problem(
        "the file system cannot exchange two folders: \(FileSystem.reason(code))", at: .init(file: destination),
        advice: "Name another --output, or use --replace=unsafe, which deletes the old dataset first.")
    }
    try FileSystem.removeTree(destination)
    if unsafe rename(partial, destination) != 0 {
      throw FileSystem.problem("cannot put the dataset in its place", destination)
    }
  }
}

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Visits inputs and folders, and collects the files to read. Paths are bytes: a name need not be UTF-8 to be met.
struct FolderWalk {
  /// A file or folder, whatever it is called.
  private struct Identity: Hashable {
    var device: UInt64
    var number: UInt64

    init(_ status: stat) {
      device = UInt64(truncatingIfNeeded: status.st_dev)
      number = UInt64(truncatingIfNeeded: status.st_ino)
    }
  }

  let format: InputFormat?
  /// The real path of `--root`.
  let root: [UInt8]?
  var listing = InputListing()
  var hasStandardInput = false
  /// What was visited, with the place it was first met at.
  private var files: [Identity: [[UInt8]]] = [:]
  private var folders: [Identity: [UInt8]] = [:]
  /// The folders that the walk is inside of.
  private var ancestors: Set<Identity> = []

  init(format: InputFormat?, root: [UInt8]?) {
    self.format = format
    self.root = root
  }

  /// - Parameters:
  ///   - input: a file, a folder, or `-`, as the user named it.
  ///   - list: where it stands in a list of inputs.
  mutating func visit(input: [UInt8], from list: Problem.Place?) {
    if input.elementsEqual("-".utf8) { return visitStandardInput(from: list) }
    guard !input.isEmpty, !input.contains(0), Kernels.validPrefix(input.span) == input.count else {
      return add(
        "a path that is \(input.isEmpty ? "empty" : input.contains(0) ? "no path: it has a NUL" : "not UTF-8")",
        list ?? place(input), expected: "a path in UTF-8, because IDs are made of it", advice: "Rename the file.")
    }
    var status = stat()
    guard unsafe stat(Self.text(input), &status) == 0 else {
      let code = errno
      let advice = input.last == 0x0D ? "The line ends in CR: write the list with LF alone." : ""
      let problem = FileSystem.problem("cannot be read", Self.text(input), code)
      let found = list.map { _ in "\(Self.text(input)) \(problem.found)" } ?? problem.found
      return add(found, list ?? place(input), advice: advice.isEmpty ? problem.advice : advice)
    }
    switch status.st_mode & S_IFMT {
    case S_IFDIR:
      var folder = input
      while folder.count > 1 && folder.last == 0x2F { folder.removeLast() }
      guard let prefix = prefix(of: folder, real: RealPath.of(folder)) else { return }
      visit(folder: folder, Identity(status), prefix: prefix)
    case S_IFREG:
      let slash = input.lastIndex(of: 0x2F)
      let name = Array(input[((slash ?? -1) + 1)...])
      let parent = slash.map { $0 == 0 ? [0x2F] : Array(input[..<$0]) } ?? [0x2E]
      guard let prefix = root == nil ? [] : prefix(of: input, real: RealPath.of(parent)) else { return }
      visit(file: input, Identity(status), path: prefix + name)
    default:
      add(
        "\(Self.kind(status)), not a file or a folder", place(input),
        advice: "Give its text on standard input, as -.")
    }
  }

  private mutating func visitStandardInput(from list: Problem.Place?) {
    if hasStandardInput {
      return add(
        "standard input is asked for twice", list ?? .init(file: "-"), expected: "- once", advice: "Name it once.")
    }
    hasStandardInput = true
    listing.files.append(
      InputFile(location: "-", path: Array("stdin".utf8), format: format ?? .text, compression: .none))
  }

  /// What stands before the paths of what is in `real`: empty, or folders below the root, with a slash; nil, and a
  /// `Problem`, where it is not below the root.
  private mutating func prefix(of input: [UInt8], real: [UInt8]?) -> [UInt8]? {
    guard let root else { return [] }
    let base = root == [0x2F] ? root : root + [0x2F]
    if let real, real == root { return [] }
    if let real, real.starts(with: base) { return Array(real.dropFirst(base.count)) + [0x2F] }
    add(
      "not below --root \(Self.text(root))", place(input), expected: "inputs that are in it",
      advice: "Name a folder further up as --root, or build without it.")
    return nil
  }

  // MARK: Folders

  private mutating func visit(folder: [UInt8], _ identity: Identity, prefix: [UInt8]) {
    if let first = folders[identity] {
      let what =
        ancestors.contains(identity)
        ? "a link back to the folder \(Self.text(first)), which it is in" : "the same folder as \(Self.text(first))"
      return add(
        what, place(folder), expected: "each folder once",
        advice: ancestors.contains(identity) ? "Remove the link." : "Name it once, or remove the link.")
    }
    folders[identity] = folder
    ancestors.insert(identity)
    defer { ancestors.remove(identity) }
    do throws(Problem) {
      let names = try Self.names(in: folder)
      if Self.isDataset(names) {
        return add(
          "a dataset that kalimat made", place(folder), expected: "articles",
          advice: "Name the articles that it was made of, or move it out of their folder.")
      }
      for name in names { visit(entry: name, in: folder, prefix: prefix) }
    } catch {
      listing.problems.append(error)
    }
  }

  /// Whether a folder has what every dataset has: its lines would be read as articles.
  private static func isDataset(_ names: [[UInt8]]) -> Bool {
    ["manifest.json", "SHA256SUMS", "schema.json"].allSatisfy { names.contains(Array($0.utf8)) }
  }

  private mutating func visit(entry name: [UInt8], in folder: [UInt8], prefix: [UInt8]) {
    if name.first == 0x2E {
      listing.hiddenSkipped += 1
      return
    }
    let location = (folder == [0x2F] ? folder : folder + [0x2F]) + name
    let kindOfName = InputName(name)
    var status = stat()
    guard unsafe stat(Self.pointable(location), &status) == 0 else {
      let code = errno
      return add(
        code == ELOOP ? "a link that leads to itself" : "cannot be read: \(FileSystem.reason(code))", place(location),
        advice: code == ELOOP || code == ENOENT ? "Remove the link, or mend it." : "Check the rights of that place.")
    }
    let isFolder = status.st_mode & S_IFMT == S_IFDIR
    guard isFolder || kindOfName.isReadInFolders else {
      listing.otherSkipped += 1
      return
    }
    if Kernels.validPrefix(name.span) < name.count {
      return add(
        "a path that is not UTF-8", place(location), expected: "a path in UTF-8, because IDs are made of it",
        advice: "Rename it.")
    }
    if isFolder {
      visit(folder: location, Identity(status), prefix: prefix + name + [0x2F])
    } else if status.st_mode & S_IFMT == S_IFREG {
      visit(file: location, Identity(status), path: prefix + name)
    } else {
      add("\(Self.kind(status)), not a file or a folder", place(location), advice: "Take it out of the folder.")
    }
  }

  private mutating func visit(file: [UInt8], _ identity: Identity, path: [UInt8]) {
    // Hard links are names of equal standing; the same file reached on two ways would be read twice.
    if let met = files[identity], let real = RealPath.of(file) {
      if let first = met.first(where: { RealPath.of($0) == real }) {
        return add(
          "the same file as \(Self.text(first))", place(file), expected: "each file once",
          advice: "Name it once, or remove the link.")
      }
    }
    files[identity, default: []].append(file)
    let name = InputName(path)
    if Kernels.validPrefix(name.stem.span) < name.stem.count {
      return add(
        "a path that is not UTF-8", place(file), expected: "a path in UTF-8, because IDs are made of it",
        advice: "Rename it, or name a folder further down as --root.")
    }
    listing.files.append(
      InputFile(
        location: Self.text(file), path: name.stem, format: format ?? name.format, compression: name.compression))
  }

  // MARK: Names

  /// The names in a folder, sorted by bytes, without `.` and `..`.
  private static func names(in folder: [UInt8]) throws(Problem) -> [[UInt8]] {
    guard let open = unsafe opendir(pointable(folder)) else {
      throw FileSystem.problem("cannot read the folder", text(folder))
    }
    defer { unsafe closedir(open) }
    var names: [[UInt8]] = []
    while true {
      errno = 0
      guard let entry = unsafe readdir(open) else { break }
      // Unsafe: d_name is a C array that ends at its NUL.
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        let start = unsafe UnsafeRawPointer(pointer).assumingMemoryBound(to: CChar.self)
        return unsafe Array(UnsafeRawBufferPointer(start: start, count: strlen(start)))
      }
      if name != [0x2E] && name != [0x2E, 0x2E] { names.append(name) }
    }
    if errno != 0 { throw FileSystem.problem("cannot read the folder", text(folder)) }
    return names.sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// A path as C takes it.
  static func pointable(_ path: [UInt8]) -> [CChar] { path.map { CChar(bitPattern: $0) } + [0] }

  /// A path for people: what is not UTF-8 in it as `\xNN`.
  static func text(_ path: [UInt8]) -> String {
    var rest = path[...]
    var text = ""
    while !rest.isEmpty {
      let valid = Kernels.validPrefix(Array(rest).span)
      text += String(decoding: rest.prefix(valid), as: UTF8.self)
      rest = rest.dropFirst(valid)
      if let bad = rest.popFirst() { text += "\\x\(JSONCursor.hex(bad))" }
    }
    return text
  }

  private static func kind(_ status: stat) -> String {
    switch status.st_mode & S_IFMT {
    case S_IFIFO: "a pipe"
    case S_IFSOCK: "a socket"
    default: "a device"
    }
  }

  private func place(_ path: [UInt8]) -> Problem.Place { .init(file: Self.text(path)) }

  private mutating func add(_ found: String, _ place: Problem.Place, expected: String = "", advice: String = "") {
    listing.problems.append(Problem(found, at: place, expected: expected, advice: advice))
  }
}

/// realpath(3): a path without links, `.` and `..`.
enum RealPath {
  static func of(_ path: [UInt8]) -> [UInt8]? {
    guard let real = unsafe realpath(FolderWalk.pointable(path), nil) else { return nil }
    defer { unsafe free(real) }
    return unsafe Array(UnsafeRawBufferPointer(start: real, count: strlen(real)))
  }
}

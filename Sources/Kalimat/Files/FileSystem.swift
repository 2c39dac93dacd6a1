#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The file system's calls, with a `Problem` in place of errno.
enum FileSystem {
  /// What strerror says of an errno.
  static func reason(_ code: Int32) -> String {
    unsafe strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)"
  }

  static func problem(_ what: String, _ path: String, _ code: Int32 = errno) -> Problem {
    let advice =
      switch code {
      case ENOSPC, EDQUOT: "Free some space, or write elsewhere; nothing half-written is left."
      case EACCES, EPERM, EROFS: "Check the rights of that place."
      default: ""
      }
    return Problem("\(what): \(reason(code))", at: .init(file: path), advice: advice)
  }

  /// Writes all of `bytes`, however many calls it takes; gives 0, or errno.
  static func writeAll(_ bytes: Span<UInt8>, to descriptor: Int32, at offset: Int? = nil) -> Int32 {
    unsafe bytes.withUnsafeBytes { buffer in
      var place = off_t(offset ?? 0)
      var rest = unsafe buffer[...]
      while unsafe !rest.isEmpty {
        // Linux writes at most 2 GiB at a time; less is asked for, so that other systems agree.
        let step = unsafe UnsafeRawBufferPointer(rebasing: rest.prefix(1 << 30))
        let written =
          unsafe offset == nil
          ? write(descriptor, step.baseAddress, step.count) : pwrite(descriptor, step.baseAddress, step.count, place)
        if written < 0 {
          if errno == EINTR { continue }
          return errno
        }
        unsafe rest = rest.dropFirst(written)
        place += off_t(written)
      }
      return 0
    }
  }

  enum Kind { case file, folder, other, absent }

  /// What stands at a path; symbolic links are followed.
  static func kind(of path: String) -> Kind {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return .absent }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .file
    case S_IFDIR: return .folder
    default: return .other
    }
  }

  /// A file's length in bytes; 0 where it cannot be told.
  static func size(of path: String) -> Int {
    var status = stat()
    return unsafe stat(path, &status) == 0 ? Int(status.st_size) : 0
  }

  /// Whether anything stands at a path, a broken link too.
  static func exists(_ path: String) -> Bool {
    var status = stat()
    return unsafe lstat(path, &status) == 0
  }

  /// Whether two paths lead to the same file or folder, which is there.
  static func isSame(_ path: String, _ other: String) -> Bool {
    var (one, two) = (stat(), stat())
    guard unsafe stat(path, &one) == 0, unsafe stat(other, &two) == 0 else { return false }
    return one.st_dev == two.st_dev && one.st_ino == two.st_ino
  }

  /// Removes a file, where there is one.
  static func removeFile(_ path: String) { _ = unsafe unlink(path) }

  /// Gives a file a second name, which must be free; 0, or errno.
  static func link(_ path: String, as other: String) -> Int32 { unsafe Glibc.link(path, other) == 0 ? 0 : errno }

  /// Moves a file over whatever file stands at the other path.
  static func move(_ path: String, over other: String) throws(Problem) {
    if unsafe rename(path, other) != 0 { throw problem("cannot write", other) }
  }

  static func makeFolder(_ path: String) throws(Problem) {
    if unsafe mkdir(path, 0o777) != 0 { throw problem("cannot make the folder", path) }
  }

  /// Makes a folder and those above it, where they are not there.
  static func makeFolders(_ path: String) throws(Problem) {
    switch kind(of: path) {
    case .folder: return
    case .absent:
      try makeFolders(parent(of: path))
      try makeFolder(path)
    default: throw Problem("there is no folder of that name, but something else", at: .init(file: path))
    }
  }

  /// Makes what a folder's name says durable.
  static func syncFolder(_ path: String) throws(Problem) {
    let descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw problem("cannot open the folder", path) }
    defer { close(descriptor) }
    // A file system that cannot sync a folder says EINVAL: there is nothing to wait for.
    if fsync(descriptor) != 0 && errno != EINVAL { throw problem("cannot sync the folder", path) }
  }

  /// The names in a folder, sorted by bytes, without `.` and `..`.
  static func names(in path: String) throws(Problem) -> [String] {
    guard let folder = unsafe opendir(path) else { throw problem("cannot read the folder", path) }
    defer { unsafe closedir(folder) }
    var names: [String] = []
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
  }

  /// Removes a file, or a folder and all in it; links are removed, not followed.
  static func removeTree(_ path: String) throws(Problem) {
    var status = stat()
    guard unsafe lstat(path, &status) == 0 else {
      if errno == ENOENT { return }
      throw problem("cannot look at", path)
    }
    if status.st_mode & S_IFMT == S_IFDIR {
      for name in try names(in: path) { try removeTree("\(path)/\(name)") }
      if unsafe rmdir(path) != 0 && errno != ENOENT { throw problem("cannot remove the folder", path) }
    } else if unsafe unlink(path) != 0 && errno != ENOENT {
      throw problem("cannot remove", path)
    }
  }

  /// The folder that a path's last part stands in.
  static func parent(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: 0x2F) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The path's last part.
  static func lastPart(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }
}

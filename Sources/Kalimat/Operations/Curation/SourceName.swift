/// What an article's source is: the site or folder whose pages share their furniture (docs/CURATION.md, "Source").
enum SourceName {
  /// The value of `--source-field`; else the host of its address; else, for a file that is one article, its folder's path;
  /// else the empty name.
  static func of(_ article: Article) -> [UInt8] {
    if let value = article.sourceValue { return value }
    if let host = host(of: article.keyKind == .url ? article.key : article.url) { return host }
    guard article.keyKind == .path, let slash = article.path.lastIndex(of: 0x2F) else { return [] }
    return Array(article.path[..<slash])
  }

  /// The host of an address (RFC 3986, section 3.2.2), in lower case, without port and user; nil where there is none.
  static func host(of address: [UInt8]) -> [UInt8]? {
    guard let colon = address.firstIndex(of: 0x3A), address[colon...].starts(with: [0x3A, 0x2F, 0x2F]) else {
      return nil
    }
    var authority = address[(colon + 3)...]
    if let end = authority.firstIndex(where: { $0 == 0x2F || $0 == 0x3F || $0 == 0x23 }) {
      authority = authority[..<end]
    }
    if let at = authority.lastIndex(of: 0x40) { authority = authority[(at + 1)...] }
    if authority.first == 0x5B {
      // An IPv6 address has colons of its own.
      authority = authority[...(authority.firstIndex(of: 0x5D) ?? authority.endIndex - 1)]
    } else if let port = authority.firstIndex(of: 0x3A) {
      authority = authority[..<port]
    }
    if authority.isEmpty { return nil }
    return authority.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
  }
}

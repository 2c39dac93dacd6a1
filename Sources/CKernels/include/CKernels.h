// Our own SIMD: scanning, escaping, hashing. A portable path stands beside each; which one runs is chosen at run time.
#ifndef KALIMAT_CKERNELS_H
#define KALIMAT_CKERNELS_H

#include <stddef.h>
#include <stdint.h>

/// The offset of the first byte at which `bytes` stops being UTF-8 (RFC 3629), or `byte_count` where all of it is.
size_t kk_utf8_valid_prefix(const uint8_t *bytes, size_t byte_count);
/// Code points of valid UTF-8.
size_t kk_utf8_count(const uint8_t *bytes, size_t byte_count);

// MARK: json.c

/// Writes `bytes` as the inside of a JSON string, with the escapes of docs/FORMAT.md, "A sentence record": `\"` `\\` `\b` `\t`
/// `\n` `\f` `\r`; other C0 controls, U+0085, U+2028 and U+2029 as `\u` and four lower-case hex digits; all else as it is.
/// Returns the bytes written, at most 6 × `byte_count`; `out` must have room for 6 × `byte_count` + 32, because blocks of 32
/// are written whole. Reads nothing past `bytes + byte_count`.
size_t kk_json_escape(const uint8_t *bytes, size_t byte_count, uint8_t *out);
/// The same without SIMD; the one that runs where the CPU has no AVX2.
size_t kk_json_escape_portable(const uint8_t *bytes, size_t byte_count, uint8_t *out);

#endif

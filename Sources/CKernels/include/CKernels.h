// Our own SIMD: scanning, escaping, hashing. A portable path stands beside each; which one runs is chosen at run time.
#ifndef KALIMAT_CKERNELS_H
#define KALIMAT_CKERNELS_H

#include <stddef.h>
#include <stdint.h>

/// The offset of the first byte at which `bytes` stops being UTF-8 (RFC 3629), or `byte_count` where all of it is.
size_t kk_utf8_valid_prefix(const uint8_t *bytes, size_t byte_count);
/// Code points of valid UTF-8.
size_t kk_utf8_count(const uint8_t *bytes, size_t byte_count);

#endif

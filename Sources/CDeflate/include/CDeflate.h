// libdeflate behind a small door of ours: writing gzip members, one call a piece. Reading streams, by CZlib.
#ifndef KALIMAT_CDEFLATE_H
#define KALIMAT_CDEFLATE_H

#include <stddef.h>
#include <stdint.h>

/// libdeflate's version, e.g. "1.14"; valid for ever.
const char *kd_version(void);
/// Bytes that hold the gzip member of any `byte_count` bytes.
size_t kd_gzip_bound(size_t byte_count);
/// Writes `bytes` as one gzip member without name or time. The bytes written; 0 where it failed.
size_t kd_gzip(const uint8_t *bytes, size_t byte_count, uint8_t *out, size_t capacity, int level);

#endif

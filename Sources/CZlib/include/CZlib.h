// zlib behind a small door of ours: gzip members, one call a piece.
#ifndef KALIMAT_CZLIB_H
#define KALIMAT_CZLIB_H

#include <stddef.h>
#include <stdint.h>

/// zlib's version, e.g. "1.2.13"; valid for ever.
const char *kz_version(void);
/// Bytes that hold the gzip member of any `byte_count` bytes.
size_t kz_gzip_bound(size_t byte_count);
/// Writes `bytes` as one gzip member without name or time. The bytes written; 0 where it failed.
size_t kz_gzip(const uint8_t *bytes, size_t byte_count, uint8_t *out, size_t capacity, int level);

typedef struct kz_inflater kz_inflater;
kz_inflater *kz_inflater_open(void);
void kz_inflater_close(kz_inflater *inflater);
/// Inflates some bytes of one gzip member. `*consumed` and `*produced` say how far it came.
/// 0: give more input or room; 1: the member has ended (the next call begins a new one); -1: the data is broken.
int kz_inflate(
    kz_inflater *inflater, const uint8_t *bytes, size_t byte_count, uint8_t *out, size_t capacity, size_t *consumed,
    size_t *produced);

#endif

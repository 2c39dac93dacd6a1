// zstd behind a small door of ours: frames with content size and checksum, one call a piece.
#ifndef KALIMAT_CZSTD_H
#define KALIMAT_CZSTD_H

#include <stddef.h>
#include <stdint.h>

/// zstd's version, e.g. "1.5.4"; valid for ever.
const char *kzstd_version(void);
/// Bytes that hold the frame of any `byte_count` bytes.
size_t kzstd_bound(size_t byte_count);
/// Writes `bytes` as one frame with content size and checksum. The bytes written; 0 where it failed.
size_t kzstd_compress(const uint8_t *bytes, size_t byte_count, uint8_t *out, size_t capacity, int level);

typedef struct kzstd_decoder kzstd_decoder;
kzstd_decoder *kzstd_decoder_open(void);
void kzstd_decoder_close(kzstd_decoder *decoder);
/// Decodes some bytes. 0: give more input or room; 1: a frame has ended; -1: the data is broken.
int kzstd_decode(
    kzstd_decoder *decoder, const uint8_t *bytes, size_t byte_count, uint8_t *out, size_t capacity, size_t *consumed,
    size_t *produced);

#endif

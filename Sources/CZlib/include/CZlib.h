// zlib behind a small door of ours: reading gzip members, some bytes at a time.
#ifndef KALIMAT_CZLIB_H
#define KALIMAT_CZLIB_H

#include <stddef.h>
#include <stdint.h>

typedef struct kz_inflater kz_inflater;
kz_inflater *kz_inflater_open(void);
void kz_inflater_close(kz_inflater *inflater);
/// Inflates some bytes of one gzip member. `*consumed` and `*produced` say how far it came.
/// 0: give more input or room; 1: the member has ended (the next call begins a new one); -1: the data is broken.
int kz_inflate(
    kz_inflater *inflater, const uint8_t *bytes, size_t byte_count, uint8_t *out, size_t capacity, size_t *consumed,
    size_t *produced);

#endif

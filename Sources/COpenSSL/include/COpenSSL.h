// SHA-256 of OpenSSL (FIPS 180-4) on a kept context: its one-shot call is five times slower on short texts.
#ifndef KALIMAT_COPENSSL_H
#define KALIMAT_COPENSSL_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
  uint32_t words[28];
} kssl_sha256;

void kssl_sha256_init(kssl_sha256 *context);
void kssl_sha256_update(kssl_sha256 *context, const void *bytes, size_t byte_count);
/// Writes 32 bytes.
void kssl_sha256_final(kssl_sha256 *context, uint8_t *out);

#endif

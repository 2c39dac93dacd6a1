#define OPENSSL_SUPPRESS_DEPRECATED
#include "COpenSSL.h"

#include <openssl/sha.h>

// The low-level calls need no provider to be loaded, which would cost milliseconds at start.

_Static_assert(sizeof(SHA256_CTX) <= sizeof(kssl_sha256), "OpenSSL's context has grown");

void kssl_sha256_init(kssl_sha256 *context) { SHA256_Init((SHA256_CTX *)context); }

void kssl_sha256_update(kssl_sha256 *context, const void *bytes, size_t byte_count) {
  SHA256_Update((SHA256_CTX *)context, bytes, byte_count);
}

void kssl_sha256_final(kssl_sha256 *context, uint8_t *out) { SHA256_Final(out, (SHA256_CTX *)context); }

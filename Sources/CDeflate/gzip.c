#include "CDeflate.h"

#include <libdeflate.h>

const char *kd_version(void) { return LIBDEFLATE_VERSION_STRING; }

size_t kd_gzip_bound(size_t byte_count) { return libdeflate_gzip_compress_bound(NULL, byte_count); }

size_t kd_gzip(const uint8_t *bytes, size_t byte_count, uint8_t *out, size_t capacity, int level) {
  struct libdeflate_compressor *compressor = libdeflate_alloc_compressor(level);
  if (!compressor) return 0;
  size_t written = libdeflate_gzip_compress(compressor, bytes, byte_count, out, capacity);
  libdeflate_free_compressor(compressor);
  return written;
}

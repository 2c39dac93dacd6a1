#include "CZlib.h"

#include <stdlib.h>
#include <zlib.h>

enum { gzip_window_bits = 15 + 16 };

struct kz_inflater {
  z_stream stream;
  int ended;
};

kz_inflater *kz_inflater_open(void) {
  kz_inflater *self = calloc(1, sizeof *self);
  if (!self) return NULL;
  if (inflateInit2(&self->stream, gzip_window_bits) != Z_OK) {
    free(self);
    return NULL;
  }
  return self;
}

void kz_inflater_close(kz_inflater *self) {
  inflateEnd(&self->stream);
  free(self);
}

int kz_inflate(
    kz_inflater *self, const uint8_t *bytes, size_t byte_count, uint8_t *out, size_t capacity, size_t *consumed,
    size_t *produced) {
  *consumed = *produced = 0;
  if (self->ended) {
    if (inflateReset(&self->stream) != Z_OK) return -1;
    self->ended = 0;
  }
  self->stream.next_in = (Bytef *)bytes;
  self->stream.avail_in = byte_count > 1u << 30 ? 1u << 30 : (uInt)byte_count;
  self->stream.next_out = out;
  self->stream.avail_out = capacity > 1u << 30 ? 1u << 30 : (uInt)capacity;
  int status = inflate(&self->stream, Z_NO_FLUSH);
  *consumed = (size_t)(self->stream.next_in - bytes);
  *produced = (size_t)(self->stream.next_out - out);
  if (status == Z_STREAM_END) {
    self->ended = 1;
    return 1;
  }
  return status == Z_OK || status == Z_BUF_ERROR ? 0 : -1;
}

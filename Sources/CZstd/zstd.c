#include "CZstd.h"

#include <zstd.h>

const char *kzstd_version(void) { return ZSTD_versionString(); }

size_t kzstd_bound(size_t byte_count) { return ZSTD_compressBound(byte_count) + 32; }

size_t kzstd_compress(const uint8_t *bytes, size_t byte_count, uint8_t *out, size_t capacity, int level) {
  ZSTD_CCtx *context = ZSTD_createCCtx();
  if (!context) return 0;
  ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level);
  ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
  ZSTD_CCtx_setParameter(context, ZSTD_c_contentSizeFlag, 1);
  size_t written = ZSTD_compress2(context, out, capacity, bytes, byte_count);
  ZSTD_freeCCtx(context);
  return ZSTD_isError(written) ? 0 : written;
}

kzstd_decoder *kzstd_decoder_open(void) { return (kzstd_decoder *)ZSTD_createDCtx(); }

void kzstd_decoder_close(kzstd_decoder *self) { ZSTD_freeDCtx((ZSTD_DCtx *)self); }

int kzstd_decode(
    kzstd_decoder *self, const uint8_t *bytes, size_t byte_count, uint8_t *out, size_t capacity, size_t *consumed,
    size_t *produced) {
  ZSTD_inBuffer input = {bytes, byte_count, 0};
  ZSTD_outBuffer output = {out, capacity, 0};
  size_t hint = ZSTD_decompressStream((ZSTD_DCtx *)self, &output, &input);
  *consumed = input.pos;
  *produced = output.pos;
  if (ZSTD_isError(hint)) return -1;
  return hint == 0 ? 1 : 0;
}

#include "CICU.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_err.h>

// ICU's default callback writes U+FFFD in silence: text would be lost without a word. So the stop callback is set, and
// the text goes through a pivot that lives as long as the converter, so that it may come in pieces.

struct kicu_converter {
  UConverter *from, *to;
  UChar pivot[4096], *pivot_source, *pivot_target;
  int started;
};

kicu_converter *kicu_converter_open(const char *name) {
  kicu_converter *self = calloc(1, sizeof *self);
  if (!self) return NULL;
  UErrorCode status = U_ZERO_ERROR;
  self->pivot_source = self->pivot_target = self->pivot;
  self->from = ucnv_open(name, &status);
  self->to = ucnv_open("UTF-8", &status);
  ucnv_setToUCallBack(self->from, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &status);
  ucnv_setFromUCallBack(self->to, UCNV_FROM_U_CALLBACK_STOP, NULL, NULL, NULL, &status);
  if (U_FAILURE(status)) {
    kicu_converter_close(self);
    return NULL;
  }
  return self;
}

void kicu_converter_close(kicu_converter *self) {
  if (self->from) ucnv_close(self->from);
  if (self->to) ucnv_close(self->to);
  free(self);
}

const char *kicu_converter_name(kicu_converter *self) {
  UErrorCode status = U_ZERO_ERROR;
  const char *own = ucnv_getName(self->from, &status);
  if (U_FAILURE(status)) return "";
  const char *standards[] = {"MIME", "IANA"};
  for (int i = 0; i < 2; i++) {
    status = U_ZERO_ERROR;
    const char *name = ucnv_getStandardName(own, standards[i], &status);
    if (U_SUCCESS(status) && name) return name;
  }
  return own;
}

int kicu_converter_convert(
    kicu_converter *self, const uint8_t *bytes, size_t byte_count, int is_last, uint8_t *out, size_t capacity,
    size_t *consumed, size_t *produced, uint8_t *bad, int8_t *bad_count) {
  static const uint8_t nothing;
  if (!bytes) bytes = &nothing;
  const char *source = (const char *)bytes;
  char *target = (char *)out;
  UErrorCode status = U_ZERO_ERROR;
  ucnv_convertEx(
      self->to, self->from, &target, target + capacity, &source, source + byte_count, self->pivot, &self->pivot_source,
      &self->pivot_target, self->pivot + 4096, !self->started, is_last != 0, &status);
  self->started = 1;
  *consumed = (size_t)(source - (const char *)bytes);
  *produced = (size_t)(target - (char *)out);
  if (U_SUCCESS(status)) return 0;
  if (status == U_BUFFER_OVERFLOW_ERROR) return 1;
  UErrorCode ignored = U_ZERO_ERROR;
  ucnv_getInvalidChars(self->from, (char *)bad, bad_count, &ignored);
  if (U_FAILURE(ignored)) *bad_count = 0;
  return status == U_INVALID_CHAR_FOUND || status == U_ILLEGAL_CHAR_FOUND || status == U_TRUNCATED_CHAR_FOUND
          || status == U_ILLEGAL_ESCAPE_SEQUENCE || status == U_UNSUPPORTED_ESCAPE_SEQUENCE
      ? -1
      : -2;
}

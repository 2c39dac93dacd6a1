#include "CICU.h"

#include <unicode/ucnv.h>
#include <unicode/ucnv_err.h>

// ICU's default callback writes U+FFFD in silence: text would be lost without a word. So the stop callback is set, and
// the text is converted through a pivot in pieces.

kicu_converter *kicu_converter_open(const char *name) {
  UErrorCode status = U_ZERO_ERROR;
  UConverter *converter = ucnv_open(name, &status);
  if (U_FAILURE(status)) return NULL;
  ucnv_setToUCallBack(converter, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &status);
  if (U_FAILURE(status)) {
    ucnv_close(converter);
    return NULL;
  }
  return (kicu_converter *)converter;
}

void kicu_converter_close(kicu_converter *converter) { ucnv_close((UConverter *)converter); }

int64_t kicu_converter_to_utf8(
    kicu_converter *self, const uint8_t *bytes, int64_t byte_count, uint8_t *out, int64_t capacity,
    int64_t *bad_offset) {
  UConverter *from = (UConverter *)self;
  UErrorCode status = U_ZERO_ERROR;
  UConverter *to = ucnv_open("UTF-8", &status);
  if (U_FAILURE(status)) return -2;
  ucnv_setFromUCallBack(to, UCNV_FROM_U_CALLBACK_STOP, NULL, NULL, NULL, &status);
  ucnv_reset(from);
  const char *source = (const char *)bytes, *source_end = source + byte_count;
  UChar pivot[4096], *pivot_source = pivot, *pivot_target = pivot;
  int64_t total = 0;
  char scratch[8192];
  UBool first = 1;
  for (;;) {
    char *target = total < capacity ? (char *)out + total : scratch;
    char *target_start = target;
    const char *target_end = total < capacity ? (char *)out + capacity : scratch + sizeof scratch;
    status = U_ZERO_ERROR;
    ucnv_convertEx(
        to, from, &target, target_end, &source, source_end, pivot, &pivot_source, &pivot_target, pivot + 4096,
        first, 1, &status);
    first = 0;
    total += target - target_start;
    if (status == U_BUFFER_OVERFLOW_ERROR) {
      // Out of room: from here on only the size is counted.
      if (total < capacity) capacity = total;
      continue;
    }
    break;
  }
  if (U_FAILURE(status)) {
    char pending[32];
    int8_t pending_count = sizeof pending;
    UErrorCode ignored = U_ZERO_ERROR;
    ucnv_getInvalidChars(from, pending, &pending_count, &ignored);
    *bad_offset = (source - (const char *)bytes) - (U_SUCCESS(ignored) ? pending_count : 0);
    ucnv_close(to);
    return -1;
  }
  ucnv_close(to);
  return total;
}

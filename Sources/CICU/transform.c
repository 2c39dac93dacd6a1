#include "CICU.h"

#include <stdlib.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

// ICU's transforms work on UTF-16: one way in, one way out, shared by all of them.

static UChar *to_utf16(const uint8_t *bytes, int32_t byte_count, int32_t spare, int32_t *length) {
  UErrorCode status = U_ZERO_ERROR;
  UChar *text = malloc(sizeof(UChar) * ((size_t)byte_count + (size_t)spare + 1));
  if (!text) return NULL;
  u_strFromUTF8(text, byte_count + 1, length, (const char *)bytes, byte_count, &status);
  if (U_FAILURE(status)) {
    free(text);
    return NULL;
  }
  return text;
}

static int32_t to_utf8(const UChar *text, int32_t length, uint8_t *out, int32_t capacity) {
  UErrorCode status = U_ZERO_ERROR;
  int32_t written = 0;
  u_strToUTF8((char *)out, capacity, &written, text, length, &status);
  return U_FAILURE(status) && status != U_BUFFER_OVERFLOW_ERROR ? -1 : written;
}

int32_t kicu_nfkc_lowercase(const uint8_t *bytes, int32_t byte_count, uint8_t *out, int32_t capacity) {
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2 *nfkc = unorm2_getNFKCInstance(&status);
  int32_t length = 0;
  UChar *text = to_utf16(bytes, byte_count, 0, &length);
  if (!text) return -1;
  // NFKC makes one UTF-16 unit into at most 18; lower case one into at most 3.
  int32_t room = length * 18 + 18;
  UChar *normal = malloc(sizeof(UChar) * (size_t)room), *lower = malloc(sizeof(UChar) * (size_t)room * 3);
  int32_t result = -1;
  if (normal && lower && U_SUCCESS(status)) {
    int32_t normal_length = unorm2_normalize(nfkc, text, length, normal, room, &status);
    int32_t lower_length = u_strToLower(lower, room * 3, normal, normal_length, "", &status);
    if (U_SUCCESS(status)) result = to_utf8(lower, lower_length, out, capacity);
  }
  free(text);
  free(normal);
  free(lower);
  return result;
}

kicu_transliterator *kicu_transliterator_open(const char *identifier) {
  UErrorCode status = U_ZERO_ERROR;
  UChar wide[128];
  int32_t length = 0;
  u_strFromUTF8(wide, 128, &length, identifier, -1, &status);
  UTransliterator *transliterator = utrans_openU(wide, length, UTRANS_FORWARD, NULL, 0, NULL, &status);
  return U_FAILURE(status) ? NULL : (kicu_transliterator *)transliterator;
}

void kicu_transliterator_close(kicu_transliterator *transliterator) { utrans_close((UTransliterator *)transliterator); }

int32_t kicu_transliterate(
    kicu_transliterator *self, const uint8_t *bytes, int32_t byte_count, uint8_t *out, int32_t capacity) {
  UErrorCode status = U_ZERO_ERROR;
  int32_t length = 0, spare = byte_count * 8 + 64;
  UChar *text = to_utf16(bytes, byte_count, spare, &length);
  if (!text) return -1;
  int32_t limit = length, room = byte_count + spare;
  utrans_transUChars((UTransliterator *)self, text, &length, room, 0, &limit, &status);
  int32_t result = U_FAILURE(status) ? -1 : to_utf8(text, length, out, capacity);
  free(text);
  return result;
}

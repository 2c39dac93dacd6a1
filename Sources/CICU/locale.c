#include "CICU.h"

#include <string.h>
#include <unicode/uloc.h>

int kicu_locale_canonical_tag(const char *tag, char *out, int32_t capacity) {
  UErrorCode status = U_ZERO_ERROR;
  char locale[ULOC_FULLNAME_CAPACITY];
  int32_t parsed = 0;
  uloc_forLanguageTag(tag, locale, sizeof locale, &parsed, &status);
  if (U_FAILURE(status) || parsed != (int32_t)strlen(tag)) return 0;
  int32_t written = uloc_toLanguageTag(locale, out, capacity, 1, &status);
  return U_SUCCESS(status) && written < capacity;
}

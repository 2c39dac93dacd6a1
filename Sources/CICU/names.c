#include "CICU.h"

#include <string.h>
#include <unicode/udat.h>
#include <unicode/uloc.h>
#include <unicode/unum.h>
#include <unicode/ustring.h>

static int32_t to_utf8(const UChar *text, int32_t length, uint8_t *out, int32_t capacity) {
  UErrorCode status = U_ZERO_ERROR;
  int32_t written = 0;
  u_strToUTF8((char *)out, capacity, &written, text, length, &status);
  return U_FAILURE(status) ? -1 : written;
}

static int32_t date_symbol(const char *locale, UDateFormatSymbolType type, int32_t index, UChar *wide, int32_t room) {
  UErrorCode status = U_ZERO_ERROR;
  UDateFormat *format = udat_open(UDAT_NONE, UDAT_LONG, locale, NULL, 0, NULL, 0, &status);
  if (U_FAILURE(status)) return -1;
  int32_t length = index < udat_countSymbols(format, type) ? udat_getSymbols(format, type, index, wide, room, &status) : -1;
  udat_close(format);
  return U_FAILURE(status) ? -1 : length;
}

static int32_t spelled_number(const char *locale, int32_t number, UChar *wide, int32_t room) {
  UErrorCode status = U_ZERO_ERROR;
  UNumberFormat *format = unum_open(UNUM_SPELLOUT, NULL, 0, locale, NULL, &status);
  if (U_FAILURE(status)) return -1;
  int32_t length = unum_format(format, number, wide, room, NULL, &status);
  unum_close(format);
  return U_FAILURE(status) ? -1 : length;
}

static int32_t country_name(const char *locale, int32_t index, UChar *wide, int32_t room) {
  UErrorCode status = U_ZERO_ERROR;
  const char *const *codes = uloc_getISOCountries();
  for (int32_t i = 0; i < index; i++) {
    if (!codes[i]) return -1;
  }
  if (!codes[index]) return -1;
  char tag[16] = "und_";
  strncat(tag, codes[index], 8);
  int32_t length = uloc_getDisplayCountry(tag, locale, wide, room, &status);
  return U_FAILURE(status) || status == U_USING_DEFAULT_WARNING ? 0 : length;
}

int32_t kicu_name(const char *locale, int kind, int32_t index, uint8_t *out, int32_t capacity) {
  UChar wide[256];
  int32_t length = -1;
  switch (kind) {
    case KICU_MONTH: length = date_symbol(locale, UDAT_MONTHS, index, wide, 256); break;
    case KICU_STANDALONE_MONTH: length = date_symbol(locale, UDAT_STANDALONE_MONTHS, index, wide, 256); break;
    case KICU_WEEKDAY: length = date_symbol(locale, UDAT_WEEKDAYS, index + 1, wide, 256); break;
    case KICU_COUNTRY: length = country_name(locale, index, wide, 256); break;
    case KICU_NUMBER: length = spelled_number(locale, index, wide, 256); break;
  }
  return length < 0 || length > 256 ? -1 : to_utf8(wide, length, out, capacity);
}

#include "CICU.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

const char *kicu_script_name(uint32_t scalar) {
  return uscript_getShortName((UScriptCode)kicu_script(scalar));
}

int32_t kicu_script(uint32_t scalar) {
  UErrorCode status = U_ZERO_ERROR;
  UScriptCode script = uscript_getScript((UChar32)scalar, &status);
  return U_FAILURE(status) ? USCRIPT_UNKNOWN : script;
}

int8_t kicu_general_category(uint32_t scalar) { return u_charType((UChar32)scalar); }

uint32_t kicu_lowercase(uint32_t scalar) { return (uint32_t)u_tolower((UChar32)scalar); }

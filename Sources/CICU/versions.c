#include "CICU.h"

#include <stdio.h>
#include <unicode/uchar.h>
#include <unicode/ulocdata.h>
#include <unicode/uversion.h>

static const char *two_parts(const UVersionInfo version, char *out, size_t capacity) {
  snprintf(out, capacity, "%d.%d", version[0], version[1]);
  return out;
}

const char *kicu_icu_version(void) {
  static _Thread_local char text[16];
  UVersionInfo version;
  u_getVersion(version);
  return two_parts(version, text, sizeof text);
}

const char *kicu_unicode_version(void) {
  static _Thread_local char text[16];
  UVersionInfo version;
  u_getUnicodeVersion(version);
  return two_parts(version, text, sizeof text);
}

const char *kicu_cldr_version(void) {
  static _Thread_local char text[16];
  UVersionInfo version = {0};
  UErrorCode status = U_ZERO_ERROR;
  ulocdata_getCLDRVersion(version, &status);
  return two_parts(version, text, sizeof text);
}

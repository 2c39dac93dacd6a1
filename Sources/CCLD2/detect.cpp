#include "CCLD2.h"

#include <cstdio>

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

extern "C" kcld2_result kcld2_detect(const uint8_t *bytes, int32_t byte_count) {
  CLD2::Language languages[3];
  int percents[3];
  double scores[3];
  int text_bytes = 0;
  bool reliable = false;
  CLD2::CLDHints hints = {nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
  CLD2::Language language = CLD2::ExtDetectLanguageSummary(
      reinterpret_cast<const char *>(bytes), byte_count, true, &hints, 0, languages, percents, scores, nullptr,
      &text_bytes, &reliable);
  return {CLD2::LanguageCode(language), language == languages[0] ? percents[0] : 0, reliable ? 1 : 0};
}

#include "CCLD2.h"

#include <string>

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

// CLD2 asks the script of the letter after a span's end before it asks whether the text has ended there
// (GetOneScriptSpan), and indexes a table by what it finds: bytes that are no UTF-8 lead it out of the table.
static const size_t spaces_after_end = 8;

extern "C" kcld2_result kcld2_detect(const uint8_t *bytes, int32_t byte_count) {
  static thread_local std::string text;
  text.assign(reinterpret_cast<const char *>(bytes), static_cast<size_t>(byte_count));
  text.append(spaces_after_end, ' ');
  CLD2::Language languages[3];
  int percents[3];
  double scores[3];
  int text_bytes = 0;
  bool reliable = false;
  CLD2::CLDHints hints = {nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
  CLD2::Language language = CLD2::ExtDetectLanguageSummary(
      text.data(), byte_count, true, &hints, 0, languages, percents, scores, nullptr, &text_bytes, &reliable);
  return {CLD2::LanguageCode(language), language == languages[0] ? percents[0] : 0, reliable ? 1 : 0};
}

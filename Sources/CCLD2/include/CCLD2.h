// Compact Language Detector 2 behind a C door of ours.
#ifndef KALIMAT_CCLD2_H
#define KALIMAT_CCLD2_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
  const char *tag;   // CLD2's code of the language, e.g. "id", "zh-Hant"; valid for ever
  int32_t percent;   // share of the text, 0 to 100
  int32_t reliable;  // CLD2's own verdict
} kcld2_result;

/// Detects the language of plain text in valid UTF-8.
kcld2_result kcld2_detect(const uint8_t *bytes, int32_t byte_count);

#ifdef __cplusplus
}
#endif
#endif

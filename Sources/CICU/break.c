#include "CICU.h"

#include <stdlib.h>
#include <unicode/ubrk.h>
#include <unicode/utext.h>

struct kicu_break {
  UBreakIterator *iterator;
  UText text;
};

kicu_break *kicu_break_open(const char *locale, const char **error) {
  UErrorCode status = U_ZERO_ERROR;
  kicu_break *self = calloc(1, sizeof *self);
  if (!self) {
    *error = "out of memory";
    return NULL;
  }
  self->text = (UText)UTEXT_INITIALIZER;
  self->iterator = ubrk_open(UBRK_SENTENCE, locale, NULL, 0, &status);
  if (U_FAILURE(status)) {
    *error = u_errorName(status);
    free(self);
    return NULL;
  }
  return self;
}

void kicu_break_close(kicu_break *self) {
  ubrk_close(self->iterator);
  utext_close(&self->text);
  free(self);
}

int kicu_break_set_text(kicu_break *self, const uint8_t *bytes, int64_t byte_count) {
  UErrorCode status = U_ZERO_ERROR;
  utext_openUTF8(&self->text, (const char *)bytes, byte_count, &status);
  ubrk_setUText(self->iterator, &self->text, &status);
  if (U_FAILURE(status)) return 0;
  ubrk_first(self->iterator);
  return 1;
}

int64_t kicu_break_next(kicu_break *self) {
  int32_t offset = ubrk_next(self->iterator);
  return offset == UBRK_DONE ? -1 : offset;
}

int32_t kicu_break_binary_rules(kicu_break *self, uint8_t *out, int32_t capacity) {
  UErrorCode status = U_ZERO_ERROR;
  int32_t needed = ubrk_getBinaryRules(self->iterator, out, capacity, &status);
  if (status == U_BUFFER_OVERFLOW_ERROR) return needed;
  return U_FAILURE(status) ? 0 : needed;
}

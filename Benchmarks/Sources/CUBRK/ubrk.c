#define _GNU_SOURCE
#include "CUBRK.h"

#include <stdlib.h>
#include <time.h>
#include <unicode/ubrk.h>
#include <unicode/ustring.h>
#include <unicode/utext.h>

struct cubrk {
  UBreakIterator *iterator;
  UText text;
  UChar *wide;
  int32_t capacity;
};

cubrk *cubrk_open(const char *locale, size_t capacity) {
  UErrorCode status = U_ZERO_ERROR;
  cubrk *self = calloc(1, sizeof *self);
  if (!self) return NULL;
  self->text = (UText)UTEXT_INITIALIZER;
  self->capacity = (int32_t)capacity;
  self->wide = malloc(sizeof(UChar) * (capacity + 1));
  self->iterator = ubrk_open(UBRK_SENTENCE, locale, NULL, 0, &status);
  if (!self->wide || U_FAILURE(status)) {
    free(self->wide);
    free(self);
    return NULL;
  }
  return self;
}

void cubrk_close(cubrk *self) {
  ubrk_close(self->iterator);
  utext_close(&self->text);
  free(self->wide);
  free(self);
}

static size_t count(cubrk *self) {
  size_t found = 0;
  ubrk_first(self->iterator);
  while (ubrk_next(self->iterator) != UBRK_DONE) found++;
  return found;
}

size_t cubrk_count_utf16(cubrk *self, const uint8_t *bytes, size_t byte_count) {
  UErrorCode status = U_ZERO_ERROR;
  int32_t length = 0;
  u_strFromUTF8(self->wide, self->capacity, &length, (const char *)bytes, (int32_t)byte_count, &status);
  ubrk_setText(self->iterator, self->wide, length, &status);
  return U_FAILURE(status) ? 0 : count(self);
}

size_t cubrk_count_utf8(cubrk *self, const uint8_t *bytes, size_t byte_count) {
  UErrorCode status = U_ZERO_ERROR;
  utext_openUTF8(&self->text, (const char *)bytes, (int64_t)byte_count, &status);
  ubrk_setUText(self->iterator, &self->text, &status);
  return U_FAILURE(status) ? 0 : count(self);
}

double cubrk_seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

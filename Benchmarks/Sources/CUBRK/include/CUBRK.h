// ICU's sentence iterator as one would call it from C, for measuring against.
#ifndef KALIMAT_CUBRK_H
#define KALIMAT_CUBRK_H

#include <stddef.h>
#include <stdint.h>

typedef struct cubrk cubrk;

/// NULL where ICU cannot open the locale. `capacity`: the bytes of the longest text.
cubrk *cubrk_open(const char *locale, size_t capacity);
void cubrk_close(cubrk *self);
/// Sentences of a text: converted to UTF-16, then ubrk_setText and ubrk_next.
size_t cubrk_count_utf16(cubrk *self, const uint8_t *bytes, size_t byte_count);
/// Sentences of a text: ubrk_setUText over its UTF-8, and ubrk_next.
size_t cubrk_count_utf8(cubrk *self, const uint8_t *bytes, size_t byte_count);
/// CPU seconds of this thread so far.
double cubrk_seconds(void);

#endif

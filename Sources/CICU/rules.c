#include "CICU.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ucptrie.h>

int32_t kicu_trie_ranges(
    const uint8_t *trie, int32_t byte_count, uint32_t *ends, uint32_t *values, int32_t capacity) {
  // ICU reads the trie where it lies and wants it aligned; one copy is cheaper than to ask for that of every caller.
  uint8_t *copy = malloc((size_t)byte_count);
  if (!copy) return -1;
  memcpy(copy, trie, (size_t)byte_count);
  UErrorCode status = U_ZERO_ERROR;
  UCPTrie *opened =
      ucptrie_openFromBinary(UCPTRIE_TYPE_ANY, UCPTRIE_VALUE_BITS_ANY, copy, byte_count, NULL, &status);
  int32_t count = 0;
  if (U_FAILURE(status)) {
    count = -1;
  } else {
    UChar32 start = 0, end;
    uint32_t value;
    while ((end = ucptrie_getRange(opened, start, UCPMAP_RANGE_NORMAL, 0, NULL, NULL, &value)) >= 0) {
      if (count < capacity) {
        ends[count] = (uint32_t)end;
        values[count] = value;
      }
      count++;
      start = end + 1;
    }
    ucptrie_close(opened);
  }
  free(copy);
  return count;
}

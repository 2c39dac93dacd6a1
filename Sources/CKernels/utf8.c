#include "CKernels.h"

#include <string.h>

// The state machine of RFC 3629, section 4, with a jump over eight ASCII bytes at a time.
size_t kk_utf8_valid_prefix(const uint8_t *bytes, size_t byte_count) {
  size_t i = 0;
  while (i < byte_count) {
    uint64_t eight;
    while (i + 8 <= byte_count) {
      memcpy(&eight, bytes + i, 8);
      if (eight & 0x8080808080808080u) break;
      i += 8;
    }
    if (i >= byte_count) return byte_count;
    uint8_t lead = bytes[i];
    if (lead < 0x80) {
      i++;
      continue;
    }
    size_t length;
    uint8_t low = 0x80, high = 0xBF;
    if (lead >= 0xC2 && lead <= 0xDF) {
      length = 2;
    } else if (lead >= 0xE0 && lead <= 0xEF) {
      length = 3;
      if (lead == 0xE0) low = 0xA0;
      if (lead == 0xED) high = 0x9F;
    } else if (lead >= 0xF0 && lead <= 0xF4) {
      length = 4;
      if (lead == 0xF0) low = 0x90;
      if (lead == 0xF4) high = 0x8F;
    } else {
      return i;
    }
    if (i + length > byte_count || bytes[i + 1] < low || bytes[i + 1] > high) return i;
    for (size_t k = 2; k < length; k++) {
      if ((bytes[i + k] & 0xC0) != 0x80) return i;
    }
    i += length;
  }
  return byte_count;
}

size_t kk_utf8_count(const uint8_t *bytes, size_t byte_count) {
  size_t count = 0;
  for (size_t i = 0; i < byte_count; i++) count += (bytes[i] & 0xC0) != 0x80;
  return count;
}

#include "CKernels.h"

void kk_sum_trees(
    const int16_t *columns, size_t row_count, const uint16_t *features, const int16_t *thresholds,
    const int32_t *leaves, size_t tree_count, int32_t *sums) {
  for (size_t tree = 0; tree < tree_count; tree++, features += 4, thresholds += 4, leaves += 16) {
    const int16_t *first = columns + features[0] * row_count, *second = columns + features[1] * row_count;
    const int16_t *third = columns + features[2] * row_count, *fourth = columns + features[3] * row_count;
    for (size_t row = 0; row < row_count; row += 16) {
      // Sixteen rows at once: the compiler makes vectors of it.
      int16_t names[16];
      for (size_t k = 0; k < 16; k++) {
        names[k] = (int16_t)((first[row + k] > thresholds[0]) << 3 | (second[row + k] > thresholds[1]) << 2 |
                             (third[row + k] > thresholds[2]) << 1 | (fourth[row + k] > thresholds[3]));
      }
      for (size_t k = 0; k < 16; k++) sums[row + k] += leaves[names[k]];
    }
  }
}

// The language files and weights that are built into the program, as bytes in its read-only part. The compiler copies the
// files as they are (#embed of C23): as array literals of Swift they were a third of a release build's time.
#ifndef KALIMAT_CEMBEDDED_H
#define KALIMAT_CEMBEDDED_H

#include <stddef.h>
#include <stdint.h>

/// A file that is built in: its name without `.txt`, and its bytes.
typedef struct {
  const char *name;
  const uint8_t *bytes;
  size_t byte_count;
} kembedded_file;

/// The files of Sources/Segmentation/Languages, in order of their names; NULL past the last.
const kembedded_file *kembedded_segmentation(size_t index);

/// Sources/Segmentation/Model/boundaries.weights.
kembedded_file kembedded_boundary_weights(void);

/// The files of Sources/Leftovers/Languages, in order of their names; NULL past the last.
const kembedded_file *kembedded_leftovers(size_t index);

/// Sources/Leftovers/Model/pages.weights.
kembedded_file kembedded_page_weights(void);

#endif

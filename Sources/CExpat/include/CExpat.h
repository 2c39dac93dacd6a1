// XML by Expat, as events in a buffer, behind a C door of ours: what a hostile file could do is refused here.
#ifndef KALIMAT_CEXPAT_H
#define KALIMAT_CEXPAT_H

#include <stddef.h>
#include <stdint.h>

typedef struct kxml_reader kxml_reader;

/// Why reading stopped, beside what Expat itself says.
enum {
  KXML_OK = 0,
  KXML_BROKEN = 1,     // no well-formed XML: kxml_message says why
  KXML_ENTITY = 2,     // an entity is declared, or one that is not declared is used
  KXML_DEPTH = 3,      // elements nested deeper than 256
  KXML_SIZE = 4,       // a tag, comment or the like over 1 MiB
  KXML_MEMORY = 5,
};

enum { KXML_DEPTH_LIMIT = 256, KXML_TOKEN_LIMIT = 1 << 20 };

/// NULL where memory is short.
kxml_reader *kxml_open(void);
void kxml_close(kxml_reader *reader);

/// Reads the next bytes; what was found stands in kxml_events until the next call.
int32_t kxml_parse(kxml_reader *reader, const uint8_t *bytes, size_t byte_count, int32_t is_last);

/// Events, one after another: a kind ('S' start, 'A' attribute's name, 'V' its value, 'E' end, 'T' text), the line it stands
/// on and its length in bytes, both 32 bits in the machine's order, and its UTF-8.
const uint8_t *kxml_events(const kxml_reader *reader, size_t *byte_count);

/// Where it stopped: the line, from 1, the byte, from 0, and what Expat says.
uint64_t kxml_line(const kxml_reader *reader);
uint64_t kxml_byte(const kxml_reader *reader);
const char *kxml_message(const kxml_reader *reader);

const char *kxml_version(void);

#endif

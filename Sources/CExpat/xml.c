#include "CExpat.h"

#include <expat.h>
#include <stdlib.h>
#include <string.h>

struct kxml_reader {
  XML_Parser parser;
  uint8_t *events;
  size_t count;
  size_t capacity;
  uint64_t fed;
  int32_t depth;
  int32_t status;
};

static void stop(kxml_reader *reader, int32_t status) {
  if (reader->status == KXML_OK) reader->status = status;
  XML_StopParser(reader->parser, XML_FALSE);
}

static void add(kxml_reader *reader, uint8_t kind, const char *bytes, size_t byte_count) {
  if (reader->status != KXML_OK) return;
  size_t wanted = reader->count + 9 + byte_count;
  if (wanted > reader->capacity) {
    size_t capacity = wanted * 2;
    uint8_t *grown = realloc(reader->events, capacity);
    if (grown == NULL) {
      stop(reader, KXML_MEMORY);
      return;
    }
    reader->events = grown;
    reader->capacity = capacity;
  }
  uint32_t line = (uint32_t)XML_GetCurrentLineNumber(reader->parser);
  uint32_t length = (uint32_t)byte_count;
  uint8_t *out = reader->events + reader->count;
  out[0] = kind;
  memcpy(out + 1, &line, 4);
  memcpy(out + 5, &length, 4);
  if (byte_count > 0) memcpy(out + 9, bytes, byte_count);
  reader->count = wanted;
}

static void on_start(void *data, const XML_Char *name, const XML_Char **attributes) {
  kxml_reader *reader = data;
  if (++reader->depth > KXML_DEPTH_LIMIT) {
    stop(reader, KXML_DEPTH);
    return;
  }
  add(reader, 'S', name, strlen(name));
  size_t total = 0;
  for (; attributes[0] != NULL; attributes += 2) {
    size_t name_length = strlen(attributes[0]);
    size_t value_length = strlen(attributes[1]);
    total += name_length + value_length;
    if (total > KXML_TOKEN_LIMIT) {
      stop(reader, KXML_SIZE);
      return;
    }
    add(reader, 'A', attributes[0], name_length);
    add(reader, 'V', attributes[1], value_length);
  }
}

static void on_end(void *data, const XML_Char *name) {
  kxml_reader *reader = data;
  reader->depth -= 1;
  add(reader, 'E', name, strlen(name));
}

static void on_text(void *data, const XML_Char *bytes, int byte_count) { add(data, 'T', bytes, (size_t)byte_count); }

static void on_entity_declaration(
    void *data, const XML_Char *name, int is_parameter, const XML_Char *value, int value_length, const XML_Char *base,
    const XML_Char *system, const XML_Char *public_id, const XML_Char *notation) {
  (void)name, (void)is_parameter, (void)value, (void)value_length;
  (void)base, (void)system, (void)public_id, (void)notation;
  stop(data, KXML_ENTITY);
}

// Expat passes over an entity in silence where a DOCTYPE names a DTD that it has not read.
static void on_skipped_entity(void *data, const XML_Char *name, int is_parameter) {
  (void)name;
  if (!is_parameter) stop(data, KXML_ENTITY);
}

static int on_external_entity(
    XML_Parser parser, const XML_Char *context, const XML_Char *base, const XML_Char *system,
    const XML_Char *public_id) {
  (void)context, (void)base, (void)system, (void)public_id;
  stop(XML_GetUserData(parser), KXML_ENTITY);
  return XML_STATUS_ERROR;
}

kxml_reader *kxml_open(void) {
  kxml_reader *reader = calloc(1, sizeof *reader);
  if (reader == NULL) return NULL;
  reader->parser = XML_ParserCreate(NULL);
  if (reader->parser == NULL) {
    free(reader);
    return NULL;
  }
  XML_SetUserData(reader->parser, reader);
  XML_SetElementHandler(reader->parser, on_start, on_end);
  XML_SetCharacterDataHandler(reader->parser, on_text);
  XML_SetEntityDeclHandler(reader->parser, on_entity_declaration);
  XML_SetSkippedEntityHandler(reader->parser, on_skipped_entity);
  XML_SetExternalEntityRefHandler(reader->parser, on_external_entity);
  return reader;
}

void kxml_close(kxml_reader *reader) {
  if (reader == NULL) return;
  XML_ParserFree(reader->parser);
  free(reader->events);
  free(reader);
}

int32_t kxml_parse(kxml_reader *reader, const uint8_t *bytes, size_t byte_count, int32_t is_last) {
  reader->count = 0;
  if (reader->status != KXML_OK) return reader->status;
  reader->fed += byte_count;
  enum XML_Status status = XML_Parse(reader->parser, (const char *)bytes, (int)byte_count, is_last);
  if (reader->status != KXML_OK) return reader->status;
  if (status != XML_STATUS_OK) return reader->status = KXML_BROKEN;
  // What Expat keeps because its end has not come: it grows with the file where it is one tag.
  XML_Index here = XML_GetCurrentByteIndex(reader->parser);
  if (!is_last && here >= 0 && reader->fed - (uint64_t)here > 2 * (uint64_t)KXML_TOKEN_LIMIT) {
    return reader->status = KXML_SIZE;
  }
  return KXML_OK;
}

const uint8_t *kxml_events(const kxml_reader *reader, size_t *byte_count) {
  *byte_count = reader->count;
  return reader->events;
}

uint64_t kxml_line(const kxml_reader *reader) { return XML_GetCurrentLineNumber(reader->parser); }

uint64_t kxml_byte(const kxml_reader *reader) {
  XML_Index here = XML_GetCurrentByteIndex(reader->parser);
  return here < 0 ? 0 : (uint64_t)here;
}

const char *kxml_message(const kxml_reader *reader) {
  const char *message = XML_ErrorString(XML_GetErrorCode(reader->parser));
  return message == NULL ? "" : message;
}

const char *kxml_version(void) { return XML_ExpatVersion(); }

// What Swift cannot import of ICU: its functions are renamed by macros, and its headers clash with Foundation's private copy.
// So this header is opaque, and ICU's own headers are included by the .c files only.
#ifndef KALIMAT_CICU_H
#define KALIMAT_CICU_H

#include <stddef.h>
#include <stdint.h>

// MARK: break.c

typedef struct kicu_break kicu_break;

/// Opens ICU's sentence iterator for a locale; NULL and a name of the error in `error` where it cannot.
kicu_break *kicu_break_open(const char *locale, const char **error);
void kicu_break_close(kicu_break *iterator);
/// Lends `byte_count` bytes of valid UTF-8 to the iterator; they must live until the next call. 0 where it failed.
int kicu_break_set_text(kicu_break *iterator, const uint8_t *bytes, int64_t byte_count);
/// The next boundary, a byte offset; -1 after the last.
int64_t kicu_break_next(kicu_break *iterator);
/// Copies the compiled rules to `out`; the bytes needed, 0 where this iterator has none.
int32_t kicu_break_binary_rules(kicu_break *iterator, uint8_t *out, int32_t capacity);

// MARK: rules.c

/// The code points of a serialized UCPTrie (the category table of compiled break rules) as ranges in ascending order from
/// 0: range k ends with `ends[k]`, itself included, and all of it has `values[k]`. Returns the ranges there are, of which
/// `capacity` at most are written; -1 where `trie` is none.
int32_t kicu_trie_ranges(
    const uint8_t *trie, int32_t byte_count, uint32_t *ends, uint32_t *values, int32_t capacity);

// MARK: versions.c

/// Versions as ICU prints them, e.g. "72.1", "15.0", "42.0"; valid for ever.
const char *kicu_icu_version(void);
const char *kicu_unicode_version(void);
const char *kicu_cldr_version(void);

// MARK: locale.c

/// Writes the canonical BCP 47 form of `tag`; 1 where the whole of it was well formed.
int kicu_locale_canonical_tag(const char *tag, char *out, int32_t capacity);

// MARK: properties.c

/// ISO 15924 code of the scalar's script, e.g. "Latn", "Zyyy" (Common), "Zinh" (Inherited); valid for ever.
const char *kicu_script_name(uint32_t scalar);
/// The scalar's script as ICU's number, for comparing.
int32_t kicu_script(uint32_t scalar);
/// ICU's u_charType: the general category's number.
int8_t kicu_general_category(uint32_t scalar);
/// Simple lower case mapping.
uint32_t kicu_lowercase(uint32_t scalar);

// MARK: convert.c

typedef struct kicu_converter kicu_converter;

/// Opens a converter by name; NULL where ICU does not know it. It stops at the first bytes it cannot map.
kicu_converter *kicu_converter_open(const char *name);
void kicu_converter_close(kicu_converter *converter);
/// The encoding's MIME or IANA name, e.g. "windows-1252", or ICU's own where it has neither; lives as long as the
/// converter.
const char *kicu_converter_name(kicu_converter *converter);
/// Converts the text's next bytes to UTF-8. 0: all of them are taken; 1: more room is wanted, call again with the rest;
/// -1: `*bad_count` bytes, the last of those taken and copied to `bad` (which has room for `*bad_count`), cannot be
/// mapped, or the text ends inside a character; -2: any other failure. `is_last` marks the text's last bytes.
int kicu_converter_convert(
    kicu_converter *converter, const uint8_t *bytes, size_t byte_count, int is_last, uint8_t *out, size_t capacity,
    size_t *consumed, size_t *produced, uint8_t *bad, int8_t *bad_count);

// MARK: transform.c

/// NFKC and lower case (full case mapping, root locale) of valid UTF-8. The bytes written or needed; -1 on failure.
int32_t kicu_nfkc_lowercase(const uint8_t *bytes, int32_t byte_count, uint8_t *out, int32_t capacity);

typedef struct kicu_transliterator kicu_transliterator;
/// Opens a transliterator by ID, e.g. "Cyrillic-Latin"; NULL where ICU does not know it.
kicu_transliterator *kicu_transliterator_open(const char *identifier);
void kicu_transliterator_close(kicu_transliterator *transliterator);
/// Transliterates valid UTF-8. The bytes written or needed; -1 on failure.
int32_t kicu_transliterate(
    kicu_transliterator *transliterator, const uint8_t *bytes, int32_t byte_count, uint8_t *out, int32_t capacity);

// MARK: names.c

/// What CLDR has names for. Indices are from 0: months from January, weekdays from Sunday, countries in ICU's order, a
/// number stands for itself.
enum { KICU_MONTH, KICU_STANDALONE_MONTH, KICU_WEEKDAY, KICU_COUNTRY, KICU_NUMBER };
/// Writes the name in the locale's language. Its bytes, 0 where CLDR has none, -1 where there is no such index.
int32_t kicu_name(const char *locale, int kind, int32_t index, uint8_t *out, int32_t capacity);

#endif

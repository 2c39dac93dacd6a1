// Our own SIMD: scanning, escaping, hashing. A portable path stands beside each; which one runs is chosen at run time.
#ifndef KALIMAT_CKERNELS_H
#define KALIMAT_CKERNELS_H

#include <stddef.h>
#include <stdint.h>

// MARK: utf8.c

/// The offset of the first byte at which `bytes` stops being UTF-8 (RFC 3629), or `byte_count` where all of it is.
size_t kk_utf8_valid_prefix(const uint8_t *bytes, size_t byte_count);
/// The same without SIMD.
size_t kk_utf8_valid_prefix_portable(const uint8_t *bytes, size_t byte_count);
/// Code points of valid UTF-8.
size_t kk_utf8_count(const uint8_t *bytes, size_t byte_count);
/// The same without SIMD.
size_t kk_utf8_count_portable(const uint8_t *bytes, size_t byte_count);

// MARK: lines.c

/// Where the first line end (LF, CR, U+0085, U+2028, U+2029) begins in `bytes[from ..< to]`; `to` where there is none.
size_t kk_find_line_end(const uint8_t *bytes, size_t from, size_t to);
/// The same without SIMD.
size_t kk_find_line_end_portable(const uint8_t *bytes, size_t from, size_t to);

// MARK: json.c

/// Writes `bytes` as the inside of a JSON string, with the escapes of docs/FORMAT.md, "A sentence record": `\"` `\\`
/// `\b` `\t` `\n` `\f` `\r`; other C0 controls, U+0085, U+2028 and U+2029 as `\u` and four lower-case hex digits; all
/// else as it is. Returns the bytes written, at most 6 × `byte_count`; `out` must have room for 6 × `byte_count` + 32,
/// because blocks of 32 are written whole. Reads nothing past `bytes + byte_count`.
size_t kk_json_escape(const uint8_t *bytes, size_t byte_count, uint8_t *out);
/// The same without SIMD; the one that runs where the CPU has no AVX2.
size_t kk_json_escape_portable(const uint8_t *bytes, size_t byte_count, uint8_t *out);

// MARK: scan.c

/// Whether this CPU has what the AVX2 paths ask for (AVX2, BMI1 and BMI2), and KALIMAT_ENGINE is not `portable`: then no
/// function here uses more than the architecture's least, nor the CPU's SHA-256.
int kk_has_avx2(void);
/// The value of the environment variable KALIMAT_ENGINE (`avx2`, `portable` or `ubrk`), NULL where it is not set.
const char *kk_engine_wanted(void);
/// Finds the bytes of `bytes[from ..< to]` that may begin a hot code point, and writes their offsets from `from`,
/// ascending, to `out`, which needs room for `to - from` + 4. Returns how many; SIZE_MAX where the CPU has no AVX2.
/// `table`: eight look-ups of 16 bytes, each indexed by half a byte. The first two, by the low and the high half, are
/// for code points told by one byte; the three pairs after them for those told by three bytes running. A byte is
/// reported where the halves of the one byte, or of all three, have a bit in common. Reads nothing at or after `bytes +
/// limit`, which is at least `to`; `to - from` under 4 GiB.
size_t kk_hot_offsets(
    const uint8_t *table, const uint8_t *bytes, size_t from, size_t to, size_t limit, uint32_t *out);

// MARK: marks.c

/// Finds the bytes of `bytes[from ..< to]` (valid UTF-8) at which the layers above ICU have to look, and writes their
/// offsets from `from`, ascending, to `out`, which needs room for `to - from` + 4. Returns how many.
/// They are: where ASCII white space begins, but for what stands between a letter or digit and a lower-case letter, or
/// between a comma and what is not white space, all of ASCII (with `every_space` those too); `"` `(` `)` `[` `]`; a
/// period before what is neither white space nor digit; and where three bytes running have a bucket in common in the
/// last six look-ups of `table` (as `kk_hot_offsets` has them). Reads nothing at or after `bytes + limit`, which is at
/// least `to`; `to - from` under 4 GiB.
size_t kk_mark_offsets(
    const uint8_t *table, int every_space, const uint8_t *bytes, size_t from, size_t to, size_t limit, uint32_t *out);
/// The same without SIMD.
size_t kk_mark_offsets_portable(
    const uint8_t *table, int every_space, const uint8_t *bytes, size_t from, size_t to, size_t limit, uint32_t *out);

/// Of `marks`, offsets from `bytes + from`, leaves out the space between a small letter and a capital of ASCII that begins
/// no list's marker, and no word that may be among `beginnings` (512 numbers, as WordFilter.swift has them) but is not
/// "I": there a sentence runs on. Returns how many are left. Reads nothing at or after `bytes + limit`.
size_t kk_marks_that_part(
    const uint64_t *beginnings, const uint8_t *bytes, size_t from, size_t limit, uint32_t *marks, size_t count);

// MARK: model.c

/// The hashes of up to 32 features of a candidate: feature k is the group `inputs[k]` and the values `inputs[32 + k]`,
/// `inputs[64 + k]` and `inputs[96 + k]`. With a `language` that is not 0, each is followed by the hash of the feature in
/// that language. Returns how many were written to `out`.
size_t kk_feature_hashes(const uint32_t *inputs, size_t count, uint32_t language, uint32_t *out);
/// Which of `bucket_count` buckets a feature is kept in.
uint32_t kk_feature_bucket(uint32_t hash, uint32_t bucket_count);
/// What tells a feature from others of its bucket: 1 to 255.
uint8_t kk_feature_fingerprint(uint32_t hash);
/// The sum of the weights of the features that `kk_feature_hashes` has of `inputs`. A bucket is four slots of two bytes,
/// fingerprint and signed weight, no fingerprint in two of them; a free slot is 0 and 0. `inputs`: 128 numbers.
int32_t kk_model_score(
    const uint8_t *buckets, uint32_t bucket_count, const uint32_t *inputs, size_t count, uint32_t language);
/// The same without SIMD.
int32_t kk_model_score_portable(
    const uint8_t *buckets, uint32_t bucket_count, const uint32_t *inputs, size_t count, uint32_t language);

// MARK: trees.c

/// Sums over trees that ask four questions each, the same of every row. Question q of tree k: whether number
/// `features[4k + q]` of the row is above `thresholds[4k + q]`; the answers, the first as the highest bit, name one of the
/// tree's 16 `leaves` from 16k on. Number f of row r stands at `columns[f × row_count + r]`; `row_count` is a multiple of 16.
/// Adds to `sums`, one a row.
void kk_sum_trees(
    const int16_t *columns, size_t row_count, const uint16_t *features, const int16_t *thresholds,
    const int32_t *leaves, size_t tree_count, int32_t *sums);

// MARK: sha256.c

/// Whether this CPU has instructions for SHA-256. Where it has not, nothing below may be called: OpenSSL is there for
/// that.
int kk_has_sha256(void);

/// A message on its way.
typedef struct {
  uint32_t state[8];
  uint64_t byte_count;
  uint8_t pending[64];
} kk_sha256;

void kk_sha256_init(kk_sha256 *stream);
void kk_sha256_update(kk_sha256 *stream, const uint8_t *bytes, size_t byte_count);
/// Updates two streams at once, which takes little longer than one; best with about as many bytes for each.
void kk_sha256_update_pair(
    kk_sha256 *stream, const uint8_t *bytes, size_t byte_count, kk_sha256 *other, const uint8_t *other_bytes,
    size_t other_byte_count);
/// Writes 32 bytes; the stream must be initialised before its next use.
void kk_sha256_final(kk_sha256 *stream, uint8_t *out);
/// The digests of `count` messages that stand end to end, two at a time: message k is `bytes[offsets[k] ..< offsets[k +
/// 1]]`, its digest the 32 bytes at `digests + 32 * k`.
void kk_sha256_many(const uint8_t *bytes, const uint64_t *offsets, size_t count, uint8_t *digests);

// MARK: text.c

/// How many bytes from the start of valid UTF-8 a sentence's text takes over as they are: the offset of the first
/// White_Space other than U+0020 and of the first of two spaces running, or `byte_count`. Reads nothing past `bytes +
/// byte_count`.
size_t kk_text_run(const uint8_t *bytes, size_t byte_count);
/// The same without SIMD.
size_t kk_text_run_portable(const uint8_t *bytes, size_t byte_count);

// MARK: plain.c

/// How many bytes from the start XML's element content takes over as they are: those before the first control (below
/// 0x20), `&`, `<`, `>`, `"`, or 0xEF, with which U+FFFE and U+FFFF begin. Reads nothing past `bytes + byte_count`.
size_t kk_xml_run(const uint8_t *bytes, size_t byte_count);
/// How many bytes from the start stand as they are in a cell or a C string: those before the first control, `"`, `\` or
/// 0x7F. Reads nothing past `bytes + byte_count`.
size_t kk_cell_run(const uint8_t *bytes, size_t byte_count);

// MARK: parts.c

/// The offset of the first byte where a number of any script, an address or a placeholder may begin: a digit, `%`, `<`, `{`,
/// `ht` or `ww` in either case, or a byte from 0xD9 on (digits beyond ASCII begin at U+0660); `byte_count` where there is none.
size_t kk_part_run(const uint8_t *bytes, size_t byte_count);

/// How many bytes are ASCII letters; how many begin a character beyond ASCII.
size_t kk_ascii_letter_count(const uint8_t *bytes, size_t byte_count);
size_t kk_lead_byte_count(const uint8_t *bytes, size_t byte_count);

// MARK: fold.c

/// Folds bytes of a line as `FoldedLine` does, as far as each folds to one byte: ASCII but digits and controls, capitals to
/// small letters, single spaces. `after_space`: whether the byte before is a space, or there is none. Returns how many bytes
/// it folded; `out` needs room for `byte_count` + 32.
size_t kk_fold_run(const uint8_t *bytes, size_t byte_count, uint8_t *out, int after_space);
/// The same without SIMD.
size_t kk_fold_run_portable(const uint8_t *bytes, size_t byte_count, uint8_t *out, int after_space);

/// Scalars that a table of folds has an entry for; what those from here on fold to is built in.
#define KK_FOLD_SCALARS 0x2100
/// Folds `text[start ..< end]` (valid UTF-8, but the last scalar may be cut, and is left out then) behind the `filled` bytes
/// of `out`, as `FoldedLine` does, and returns how many bytes there are then. `folds`: KK_FOLD_SCALARS numbers, as
/// `Folding.fold` gives them. No scalar folds to more bytes than it has; `out` needs room for 32 more.
size_t kk_fold_line(
    const uint8_t *text, size_t start, size_t end, const uint16_t *folds, uint8_t *out, size_t filled);

// MARK: stems.c

/// The stems of a line, rising, each once: hashes of words of five letters and more by their first five, of Hangul by two,
/// of pairs of Han and of other unspaced letters but Hiragana. Of long lines the first 600 bytes. Returns how many; `out`
/// needs room for as many as the bytes read. `folds`: as above.
size_t kk_line_stems(const uint8_t *text, size_t byte_count, const uint16_t *folds, uint32_t *out);

// MARK: words.c

/// Whether a scalar of a folded line is a letter or digit of a word, as far as finding words' ends needs it.
static inline int kk_is_word(uint32_t scalar) {
  if (scalar < 0xC0) {
    return (scalar >= '0' && scalar <= '9') || ((scalar | 0x20) >= 'a' && (scalar | 0x20) <= 'z') || scalar == 0xAA ||
           scalar == 0xB5 || scalar == 0xBA;
  }
  if (scalar < 0x2000) {
    return scalar != 0xD7 && scalar != 0xF7 && scalar != 0x60C && scalar != 0x61B && scalar != 0x61F &&
           scalar != 0x6D4 && scalar != 0x964 && scalar != 0x965;
  }
  if (scalar < 0x3100) {
    return scalar >= 0x2C00 && !(scalar >= 0x3000 && scalar <= 0x3004) && !(scalar >= 0x3008 && scalar <= 0x3020) &&
           scalar != 0x30FB;
  }
  if (scalar < 0xFE00) return 1;
  return !(scalar <= 0xFE6F || (scalar >= 0xFF00 && scalar <= 0xFF0F) || (scalar >= 0xFF1A && scalar <= 0xFF20) ||
           (scalar >= 0xFF3B && scalar <= 0xFF40) || (scalar >= 0xFF5B && scalar <= 0xFF65) ||
           (scalar >= 0x1F000 && scalar <= 0x1FAFF));
}

/// Whether words of the scalar's script stand without spaces, or take endings, so that a word may end anywhere.
static inline int kk_is_unspaced(uint32_t scalar) {
  if (scalar < 0xE00) return 0;
  return scalar <= 0xEFF || (scalar >= 0x1000 && scalar <= 0x109F) || (scalar >= 0x1780 && scalar <= 0x17FF) ||
         (scalar >= 0x2E80 && scalar <= 0x9FFF) || (scalar >= 0xAC00 && scalar <= 0xD7FF) ||
         (scalar >= 0xF900 && scalar <= 0xFAFF) || (scalar >= 0xFF66 && scalar <= 0xFFDC) ||
         (scalar >= 0x20000 && scalar <= 0x3FFFF);
}

/// How far the key of a phrase reaches: the bytes of its first run, at most eight. A run is the letters of a word; one
/// character of an unspaced script, with the one behind it (of three bytes each); or any other character, with what stands
/// behind it or behind a space: letters, or one character of an unspaced script of three bytes. Reads `byte_count` bytes at
/// most, of valid UTF-8; 0 where there are none.
size_t kk_first_run(const uint8_t *bytes, size_t byte_count);
/// The first `byte_count` bytes, at most eight, as a number: the key of a run.
static inline uint64_t kk_run_key(const uint8_t *bytes, size_t byte_count) {
  uint64_t key = 0;
  for (size_t i = 0; i < byte_count && i < 8; i++) key |= (uint64_t)bytes[i] << (8 * i);
  return key;
}

/// The keys of a lexicon: an open-addressed table of `mask` + 1 slots (a power of two, 0 where a slot is empty), probed
/// from `kk_key_slot` on, and before it a filter of 32768 bits. `follows`: of each slot the bits (`kk_follow_bit`) of the two
/// bytes that stand behind the key in some phrase, all of them where a phrase is one byte longer than the key; the highest
/// bit where the key alone is one.
typedef struct {
  const uint64_t *keys;
  const uint64_t *follows;
  const uint64_t *filter;
  size_t mask;
} kk_lexicon;

static inline uint64_t kk_key_hash(uint64_t key) { return key * 0x9E3779B97F4A7C15u; }
static inline size_t kk_key_slot(uint64_t hash, size_t mask) { return (size_t)(hash >> 20) & mask; }
static inline unsigned kk_follow_bit(const uint8_t *bytes) { return (bytes[0] * 7u + bytes[1]) % 64 % 63; }
static inline size_t kk_filter_bit(uint64_t hash) { return (size_t)(hash >> 49); }

/// A place where a phrase of the lexicon may begin, and the slot of its key there.
typedef struct {
  uint16_t offset;
  /// Whether the place is within a word or behind one: a phrase begins there only where another ends.
  uint8_t after_word;
  /// Whether of the phrases that begin with the key only the one that is the key may stand there.
  uint8_t is_key;
  uint32_t slot;
  /// The eight bytes from the offset on, as of a key; behind the line's end whatever stands there.
  uint64_t bytes;
} kk_word_hit;

/// Words of a folded line.
typedef struct {
  /// Bytes of words, numbers apart, and how many numbers (a `0` each).
  size_t word_bytes, numbers;
  /// The offset of the first byte of a word or quote; the line's length where there is none.
  size_t first_stop;
} kk_words;

/// Counts the words of a folded line of valid UTF-8, and writes to `hits`, in order, the places at which the lexicon has
/// the key and what may follow it. Returns how many. Reads 72 bytes past the line's end at most, whatever
/// stands there; `byte_count` under 65536; `hits` needs room for 2 × `byte_count`.
size_t kk_find_words(
    const uint8_t *line, size_t byte_count, kk_lexicon lexicon, kk_words *words, kk_word_hit *hits);
/// The same without SIMD, of any line.
size_t kk_find_words_portable(
    const uint8_t *line, size_t byte_count, kk_lexicon lexicon, kk_words *words, kk_word_hit *hits);
/// Of these hits those at the line's first byte. Reads as many bytes past the end; `hits` needs room for 2.
size_t kk_first_hits(const uint8_t *line, size_t byte_count, kk_lexicon lexicon, kk_word_hit *hits);

// MARK: shape.c

/// What a scalar is for the shape of a line. `kk_shape_after_space`: a separator behind U+0020; `kk_shape_between_spaces`:
/// one between two of them.
enum {
  kk_shape_other,
  kk_shape_space,
  kk_shape_digit,
  kk_shape_letter,
  kk_shape_upper,
  kk_shape_unspaced,
  kk_shape_separator,
  kk_shape_after_space,
  kk_shape_between_spaces,
  kk_shape_comma,
  kk_shape_quote,
  kk_shape_at
};
/// Scalars that a table of these has an entry for; what those from here on are is built in.
#define KK_SHAPE_SCALARS 0x2100

/// What `Shape` counts: columns; beginnings of words, with what stands before their first letter or digit; digits,
/// letters, letters of unspaced scripts; words that begin with a capital or are of capitals alone; and whether the first two
/// words are capitalised, the first letter is a small one, and quotes or an `@` are there.
typedef struct {
  uint32_t width, words, digits, letters, unspaced, capitalised, shouted, separators, commas;
  uint8_t begins_with_name, begins_lowercase, has_quote, has_at;
} kk_shape_counts;

/// Counts in `text[start ..< end]`, whole scalars of valid UTF-8. `table`: KK_SHAPE_SCALARS bytes. Reads the byte before
/// `start` too, unless that is 0.
void kk_measure_shape(const uint8_t *text, size_t start, size_t end, const uint8_t *table, kk_shape_counts *counts);
/// The same without SIMD.
void kk_measure_shape_portable(
    const uint8_t *text, size_t start, size_t end, const uint8_t *table, kk_shape_counts *counts);

// MARK: json_read.c

/// How many bytes from the start stand in any JSON string as they are: the offset of the first `"`, `\`, or control below
/// U+0020, or `byte_count`. Reads nothing past `bytes + byte_count`.
size_t kk_json_plain_run(const uint8_t *bytes, size_t byte_count);
/// How many bytes from the start stand in a record's JSON string as they are: the offset of the first `"`, `\`, C0
/// control, U+0085, U+2028 or U+2029, or `byte_count`. Reads nothing past `bytes + byte_count`.
size_t kk_json_run(const uint8_t *bytes, size_t byte_count);

#endif

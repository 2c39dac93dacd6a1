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

/// Whether this CPU has what the AVX2 paths ask for (AVX2, BMI1 and BMI2).
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

// MARK: words.c

/// Folds bytes of a line as `FoldedLine` does, as far as each folds to one byte: ASCII but digits and controls, capitals to
/// small letters, single spaces. `after_space`: whether the byte before is a space, or there is none. Returns how many bytes
/// it folded; `out` needs room for `byte_count` + 32.
size_t kk_fold_run(const uint8_t *bytes, size_t byte_count, uint8_t *out, int after_space);
/// The same without SIMD.
size_t kk_fold_run_portable(const uint8_t *bytes, size_t byte_count, uint8_t *out, int after_space);

/// Words of a folded line.
typedef struct {
  /// Bytes of words, numbers apart, and how many numbers (a `0` each).
  size_t word_bytes, numbers;
  /// The offset of the first byte of a word or quote; the line's length where there is none.
  size_t first_stop;
} kk_words;

/// The filter's bit, of 65536, that the four bytes from `bytes` on have. Behind the filter's 1024 words stand four more: a
/// bit for each byte that begins a phrase of under four bytes.
static inline uint32_t kk_filter_bit(const uint8_t *bytes) {
  uint32_t four = bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
  return four * 0x9E3779B1u >> 16;
}
/// Whether a phrase may begin at `bytes`; four bytes are read.
static inline int kk_may_begin(const uint64_t *filter, const uint8_t *bytes) {
  uint32_t bit = kk_filter_bit(bytes);
  return (filter[bit >> 6] >> (bit & 63) & 1) | (filter[1024 + (bytes[0] >> 6)] >> (bytes[0] & 63) & 1);
}

/// Looks at a folded line of ASCII: counts its words, and writes to `starts` the offsets at which a phrase may begin, by the
/// filter: where a word begins, or another byte but a space that follows no word. Returns how many. Reads 67 bytes past
/// the line's end at most, whatever stands there; `byte_count` under 65536; `starts` needs room for `byte_count`.
size_t kk_ascii_words(
    const uint8_t *line, size_t byte_count, const uint64_t *filter, kk_words *words, uint16_t *starts);
/// The same without SIMD.
size_t kk_ascii_words_portable(
    const uint8_t *line, size_t byte_count, const uint64_t *filter, kk_words *words, uint16_t *starts);

// MARK: json_read.c

/// How many bytes from the start stand in a record's JSON string as they are: the offset of the first `"`, `\`, C0
/// control, U+0085, U+2028 or U+2029, or `byte_count`. Reads nothing past `bytes + byte_count`.
size_t kk_json_run(const uint8_t *bytes, size_t byte_count);

#endif

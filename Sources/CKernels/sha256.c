#include <string.h>

#include "CKernels.h"
#include "cpu.h"

// SHA-256 (FIPS 180-4) by the CPU's own instructions. One stream waits for its own rounds most of the time (4 cycles
// each on Zen 4, of which 2 can be under way at once), so two independent streams run almost for the price of one.

static const uint32_t first_state[8] = {
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
};

#if KK_X86
#include <cpuid.h>

#define KK_SHA __attribute__((target("sha,sse4.1,ssse3")))

static const uint32_t round_constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static int cpu_has_sha(void) {
  static int known = -1;  // A race writes the same value twice.
  int has = __atomic_load_n(&known, __ATOMIC_RELAXED);
  if (has < 0) {
    unsigned a, b, c, d;
    has = (kk_cpu_instructions & KK_MAY_ASK) && __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & bit_SHA) != 0 && __builtin_cpu_supports("sse4.1");
    __atomic_store_n(&known, has, __ATOMIC_RELAXED);
  }
  return has;
}

// The instructions want the state as ABEF and CDGH.
KK_SHA static inline void load_state(const uint32_t *state, __m128i *abef, __m128i *cdgh) {
  __m128i cdab = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)state), 0xB1);
  __m128i efgh = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(state + 4)), 0x1B);
  *abef = _mm_alignr_epi8(cdab, efgh, 8);
  *cdgh = _mm_blend_epi16(efgh, cdab, 0xF0);
}

KK_SHA static inline void store_state(uint32_t *state, __m128i abef, __m128i cdgh) {
  __m128i feba = _mm_shuffle_epi32(abef, 0x1B);
  __m128i dchg = _mm_shuffle_epi32(cdgh, 0xB1);
  _mm_storeu_si128((__m128i *)state, _mm_blend_epi16(feba, dchg, 0xF0));
  _mm_storeu_si128((__m128i *)(state + 4), _mm_alignr_epi8(dchg, feba, 8));
}

// Runs `block_count` blocks of each of `lanes` streams, 1 or 2: inlined with a constant, the loops over lanes are gone.
KK_SHA __attribute__((always_inline)) static inline void compress(
    const int lanes, uint32_t *const *states, const uint8_t *const *blocks, size_t block_count) {
  const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  __m128i abef[2], cdgh[2], words[4][2];
  const uint8_t *at[2];
  for (int l = 0; l < lanes; l++) {
    load_state(states[l], &abef[l], &cdgh[l]);
    at[l] = blocks[l];
  }
  for (; block_count > 0; block_count--) {
    __m128i abef_before[2], cdgh_before[2];
    for (int l = 0; l < lanes; l++) {
      abef_before[l] = abef[l];
      cdgh_before[l] = cdgh[l];
      for (int k = 0; k < 4; k++) {
        words[k][l] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(at[l] + 16 * k)), big_endian);
      }
      at[l] += 64;
    }
#pragma clang loop unroll(full)
    for (int i = 0; i < 16; i++) {
      __m128i constants = _mm_loadu_si128((const __m128i *)(round_constants + 4 * i));
      for (int l = 0; l < lanes; l++) {
        __m128i sum = _mm_add_epi32(words[i & 3][l], constants);
        cdgh[l] = _mm_sha256rnds2_epu32(cdgh[l], abef[l], sum);
        abef[l] = _mm_sha256rnds2_epu32(abef[l], cdgh[l], _mm_shuffle_epi32(sum, 0x0E));
        if (i < 12) {
          // The four words used just now make room for those of four steps ahead.
          __m128i next = _mm_sha256msg1_epu32(words[i & 3][l], words[(i + 1) & 3][l]);
          next = _mm_add_epi32(next, _mm_alignr_epi8(words[(i + 3) & 3][l], words[(i + 2) & 3][l], 4));
          words[i & 3][l] = _mm_sha256msg2_epu32(next, words[(i + 3) & 3][l]);
        }
      }
    }
    for (int l = 0; l < lanes; l++) {
      abef[l] = _mm_add_epi32(abef[l], abef_before[l]);
      cdgh[l] = _mm_add_epi32(cdgh[l], cdgh_before[l]);
    }
  }
  for (int l = 0; l < lanes; l++) store_state(states[l], abef[l], cdgh[l]);
}

KK_SHA static void compress_one(uint32_t *state, const uint8_t *blocks, size_t block_count) {
  compress(1, &state, &blocks, block_count);
}

KK_SHA static void compress_two(
    uint32_t *state, const uint8_t *blocks, uint32_t *other_state, const uint8_t *other_blocks, size_t block_count) {
  uint32_t *states[2] = {state, other_state};
  const uint8_t *both[2] = {blocks, other_blocks};
  compress(2, states, both, block_count);
}

#else
static int cpu_has_sha(void) { return 0; }
static void compress_one(uint32_t *state, const uint8_t *blocks, size_t block_count) {
  (void)state, (void)blocks, (void)block_count;
}
static void compress_two(
    uint32_t *state, const uint8_t *blocks, uint32_t *other_state, const uint8_t *other_blocks, size_t block_count) {
  (void)state, (void)blocks, (void)other_state, (void)other_blocks, (void)block_count;
}
#endif

int kk_has_sha256(void) { return cpu_has_sha(); }

static inline void write_digest(const uint32_t *state, uint8_t *out) {
  for (int k = 0; k < 8; k++) {
    uint32_t word = __builtin_bswap32(state[k]);
    memcpy(out + 4 * k, &word, 4);
  }
}

// Writes the padding of a message whose last `pending` bytes, under 64, stand at `tail`; the blocks there are then.
static inline size_t pad(uint8_t *tail, size_t pending, uint64_t byte_count) {
  size_t blocks = pending < 56 ? 1 : 2;
  tail[pending] = 0x80;
  memset(tail + pending + 1, 0, 64 * blocks - 8 - pending - 1);
  uint64_t bits = __builtin_bswap64(byte_count * 8);
  memcpy(tail + 64 * blocks - 8, &bits, 8);
  return blocks;
}

void kk_sha256_init(kk_sha256 *stream) {
  memcpy(stream->state, first_state, sizeof first_state);
  stream->byte_count = 0;
}

// Fills a block that was begun; moves past what it took. Whether the block is full, and so has been run.
static inline int fill(kk_sha256 *stream, const uint8_t **bytes, size_t *byte_count) {
  size_t pending = stream->byte_count % 64;
  stream->byte_count += *byte_count;
  if (pending == 0) return 1;
  size_t taken = 64 - pending < *byte_count ? 64 - pending : *byte_count;
  memcpy(stream->pending + pending, *bytes, taken);
  *bytes += taken;
  *byte_count -= taken;
  if (pending + taken < 64) return 0;
  compress_one(stream->state, stream->pending, 1);
  return 1;
}

void kk_sha256_update(kk_sha256 *stream, const uint8_t *bytes, size_t byte_count) {
  if (byte_count == 0 || !fill(stream, &bytes, &byte_count)) return;
  compress_one(stream->state, bytes, byte_count / 64);
  memcpy(stream->pending, bytes + byte_count / 64 * 64, byte_count % 64);
}

void kk_sha256_update_pair(
    kk_sha256 *stream, const uint8_t *bytes, size_t byte_count, kk_sha256 *other, const uint8_t *other_bytes,
    size_t other_byte_count) {
  if (byte_count == 0 || other_byte_count == 0) {
    kk_sha256_update(stream, bytes, byte_count);
    kk_sha256_update(other, other_bytes, other_byte_count);
    return;
  }
  int full = fill(stream, &bytes, &byte_count), other_full = fill(other, &other_bytes, &other_byte_count);
  size_t blocks = full ? byte_count / 64 : 0, other_blocks = other_full ? other_byte_count / 64 : 0;
  size_t both = blocks < other_blocks ? blocks : other_blocks;
  if (both > 0) compress_two(stream->state, bytes, other->state, other_bytes, both);
  if (full) {
    compress_one(stream->state, bytes + 64 * both, blocks - both);
    memcpy(stream->pending, bytes + 64 * blocks, byte_count % 64);
  }
  if (other_full) {
    compress_one(other->state, other_bytes + 64 * both, other_blocks - both);
    memcpy(other->pending, other_bytes + 64 * other_blocks, other_byte_count % 64);
  }
}

void kk_sha256_final(kk_sha256 *stream, uint8_t *out) {
  uint8_t tail[128];
  size_t pending = stream->byte_count % 64;
  memcpy(tail, stream->pending, pending);
  compress_one(stream->state, tail, pad(tail, pending, stream->byte_count));
  write_digest(stream->state, out);
}

// One of the messages of `kk_sha256_many` on its way.
struct lane {
  uint32_t state[8];
  const uint8_t *blocks;
  size_t block_count;
  size_t tail_count;
  int in_tail;
  size_t message;
  uint8_t tail[128];
};

static inline void go_to_tail(struct lane *lane) {
  lane->blocks = lane->tail;
  lane->block_count = lane->tail_count;
  lane->in_tail = 1;
}

static inline void begin(struct lane *lane, size_t message, const uint8_t *bytes, const uint64_t *offsets) {
  size_t byte_count = (size_t)(offsets[message + 1] - offsets[message]), pending = byte_count % 64;
  memcpy(lane->state, first_state, sizeof first_state);
  lane->message = message;
  lane->blocks = bytes + offsets[message];
  lane->block_count = byte_count / 64;
  memcpy(lane->tail, lane->blocks + byte_count - pending, pending);
  lane->tail_count = pad(lane->tail, pending, byte_count);
  lane->in_tail = 0;
  if (lane->block_count == 0) go_to_tail(lane);
}

// Moves a lane past `block_count` blocks; whether its message is done.
static inline int advance(struct lane *lane, size_t block_count) {
  lane->blocks += 64 * block_count;
  lane->block_count -= block_count;
  if (lane->block_count > 0) return 0;
  if (lane->in_tail) return 1;
  go_to_tail(lane);
  return 0;
}

void kk_sha256_many(const uint8_t *bytes, const uint64_t *offsets, size_t count, uint8_t *digests) {
  struct lane lanes[2];
  size_t next = 0;
  int active = 0;
  for (; active < 2 && next < count; active++) begin(&lanes[active], next++, bytes, offsets);
  while (active > 0) {
    size_t blocks = lanes[0].block_count;
    if (active == 2) {
      if (lanes[1].block_count < blocks) blocks = lanes[1].block_count;
      compress_two(lanes[0].state, lanes[0].blocks, lanes[1].state, lanes[1].blocks, blocks);
    } else {
      compress_one(lanes[0].state, lanes[0].blocks, blocks);
    }
    for (int l = active - 1; l >= 0; l--) {
      if (!advance(&lanes[l], blocks)) continue;
      write_digest(lanes[l].state, digests + 32 * lanes[l].message);
      if (next < count) {
        begin(&lanes[l], next++, bytes, offsets);
      } else {
        // The other lane goes on alone, in the first place. Its blocks may stand in its own tail.
        active--;
        if (l == 0 && active == 1) {
          size_t run = lanes[1].in_tail ? (size_t)(lanes[1].blocks - lanes[1].tail) : 0;
          lanes[0] = lanes[1];
          if (lanes[0].in_tail) lanes[0].blocks = lanes[0].tail + run;
        }
      }
    }
  }
}

#define _GNU_SOURCE
#include "CSystem.h"

#include <pthread.h>
#include <stdlib.h>

#ifdef __linux__
#include <sys/mman.h>
#endif

enum { classes = 48 };

struct block {
  struct block *next;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct block *waiting[classes];
static size_t waiting_bytes;
// A build's pieces on their way. More is not kept: a spilled run's blocks would each grow to the longest they ever held.
static const size_t waiting_limit = 16 << 20;

// The power of two that blocks of so many bytes have.
static unsigned class_of(size_t byte_count) {
  unsigned power = 20;
  while (power < classes - 1 && ((size_t)1 << power) < byte_count) power++;
  return power;
}

unsigned long ksys_block_size(unsigned long byte_count) { return 1ul << class_of(byte_count); }

// Not of huge pages: they were tried, and clearing the parts of them that nobody writes to cost more than the faults saved.
static void *map(size_t byte_count) {
#ifdef __linux__
  void *block = mmap(NULL, byte_count, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return block == MAP_FAILED ? NULL : block;
#else
  return malloc(byte_count);
#endif
}

static void unmap(void *block, size_t byte_count) {
#ifdef __linux__
  munmap(block, byte_count);
#else
  (void)byte_count;
  free(block);
#endif
}

void *ksys_block_take(unsigned long byte_count) {
  unsigned power = class_of(byte_count);
  pthread_mutex_lock(&lock);
  struct block *block = waiting[power];
  if (block) {
    waiting[power] = block->next;
    waiting_bytes -= (size_t)1 << power;
  }
  pthread_mutex_unlock(&lock);
  if (!block) block = map((size_t)1 << power);
  // As Swift's own allocation does: nobody can go on without it.
  if (!block) abort();
  return block;
}

void ksys_block_give(void *memory, unsigned long byte_count) {
  unsigned power = class_of(byte_count);
  size_t size = (size_t)1 << power;
  pthread_mutex_lock(&lock);
  int keeps = waiting_bytes + size <= waiting_limit;
  if (keeps) {
    struct block *block = memory;
    block->next = waiting[power];
    waiting[power] = block;
    waiting_bytes += size;
  }
  pthread_mutex_unlock(&lock);
  if (!keeps) unmap(memory, size);
}

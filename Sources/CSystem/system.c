#define _GNU_SOURCE
#include "CSystem.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#ifdef __linux__
#include <sys/prctl.h>
#endif

int ksys_rename_new(const char *from, const char *to) {
#ifdef __linux__
  return renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0 ? 0 : errno;
#else
  return renamex_np(from, to, RENAME_EXCL) == 0 ? 0 : errno;
#endif
}

int ksys_rename_exchange(const char *a, const char *b) {
#ifdef __linux__
  return renameat2(AT_FDCWD, a, AT_FDCWD, b, RENAME_EXCHANGE) == 0 ? 0 : errno;
#else
  return renamex_np(a, b, RENAME_SWAP) == 0 ? 0 : errno;
#endif
}

int ksys_die_with_parent(void) {
#ifdef __linux__
  return prctl(PR_SET_PDEATHSIG, SIGTERM) == 0 ? 0 : errno;
#else
  return ENOTSUP;
#endif
}

static volatile sig_atomic_t signal_received;

static void note_signal(int number) { signal_received = number; }

void ksys_watch_signals(void) {
  struct sigaction action = {0};
  action.sa_handler = note_signal;
  // After the first signal the default stands again, so that a second one ends the program at once.
  action.sa_flags = (int)SA_RESETHAND;
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGTERM, &action, NULL);
  sigaction(SIGHUP, &action, NULL);
  signal(SIGPIPE, SIG_IGN);
  // Over a limit of file size write says EFBIG, and what was half written is taken away.
  signal(SIGXFSZ, SIG_IGN);
}

int ksys_signal_received(void) { return signal_received; }

void ksys_return_large_buffers(void) {
#ifdef __GLIBC__
  mallopt(M_MMAP_THRESHOLD, 1 << 20);
  // Setting one ends glibc's own adjusting of the other: at its 128 KiB, buffers of an article that come and go would move
  // the heap's end up and down, a tenth of a build's time.
  mallopt(M_TRIM_THRESHOLD, 16 << 20);
#endif
}

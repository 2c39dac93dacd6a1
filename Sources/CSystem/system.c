#define _GNU_SOURCE
#include "CSystem.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>

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

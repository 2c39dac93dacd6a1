// A full disk, on demand: loaded by LD_PRELOAD into the real program, it lets one call fail that needs space.
//
// KALIMAT_FAULT_AT=n   the n-th such call (from 1) fails with ENOSPC; 0 or none: every call goes through
// KALIMAT_FAULT_ALL=1  and so does every one after it
// KALIMAT_FAULT_LOG=p  one line a call is appended to p: its name
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

static atomic_long calls;
static long fault_at;
static int fault_all;
static int log_descriptor = -1;

__attribute__((constructor)) static void begin(void) {
  const char *at = getenv("KALIMAT_FAULT_AT"), *log = getenv("KALIMAT_FAULT_LOG");
  fault_at = at ? atol(at) : 0;
  fault_all = getenv("KALIMAT_FAULT_ALL") != NULL;
  if (log) log_descriptor = (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

// Whether this call is the one that fails.
static int fails(const char *name) {
  long number = atomic_fetch_add(&calls, 1) + 1;
  if (log_descriptor >= 0) {
    char line[64];
    int length = snprintf(line, sizeof line, "%s\n", name);
    syscall(SYS_write, log_descriptor, line, (size_t)length);
  }
  if (fault_at && (number == fault_at || (fault_all && number > fault_at))) {
    errno = ENOSPC;
    return 1;
  }
  return 0;
}

// Pipes, terminals and sockets need no space.
static int takes_space(int descriptor) {
  struct stat status;
  return descriptor > 2 && fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
}

ssize_t write(int descriptor, const void *bytes, size_t count) {
  if (takes_space(descriptor) && fails("write")) return -1;
  return syscall(SYS_write, descriptor, bytes, count);
}

ssize_t pwrite(int descriptor, const void *bytes, size_t count, off_t offset) {
  if (takes_space(descriptor) && fails("pwrite")) return -1;
  return syscall(SYS_pwrite64, descriptor, bytes, count, offset);
}

int fsync(int descriptor) { return fails("fsync") ? -1 : (int)syscall(SYS_fsync, descriptor); }

int fdatasync(int descriptor) { return fails("fdatasync") ? -1 : (int)syscall(SYS_fdatasync, descriptor); }

int mkdir(const char *path, mode_t mode) {
  return fails("mkdir") ? -1 : (int)syscall(SYS_mkdirat, AT_FDCWD, path, mode);
}

int rename(const char *from, const char *to) {
  return fails("rename") ? -1 : (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

int renameat2(int from_folder, const char *from, int to_folder, const char *to, unsigned flags) {
  return fails("renameat2") ? -1 : (int)syscall(SYS_renameat2, from_folder, from, to_folder, to, flags);
}

static int open_at(int folder, const char *path, int flags, va_list rest) {
  mode_t mode = 0;
  if ((flags & O_CREAT) || (flags & O_TMPFILE) == O_TMPFILE) mode = va_arg(rest, mode_t);
  if ((flags & O_CREAT) && fails("open")) return -1;
  return (int)syscall(SYS_openat, folder, path, flags, mode);
}

#define OPENS(name, parameters, folder)                     \
  int name(parameters const char *path, int flags, ...) {   \
    va_list rest;                                           \
    va_start(rest, flags);                                  \
    int descriptor = open_at(folder, path, flags, rest);    \
    va_end(rest);                                           \
    return descriptor;                                      \
  }
#define NOTHING
#define FOLDER int folder,
OPENS(open, NOTHING, AT_FDCWD)
OPENS(open64, NOTHING, AT_FDCWD)
OPENS(openat, FOLDER, folder)
OPENS(openat64, FOLDER, folder)

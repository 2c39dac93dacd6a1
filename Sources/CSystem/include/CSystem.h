// System calls that Glibc's Swift overlay does not give.
#ifndef KALIMAT_CSYSTEM_H
#define KALIMAT_CSYSTEM_H

/// renameat2 with RENAME_NOREPLACE. 0, or errno.
int ksys_rename_new(const char *from, const char *to);
/// renameat2 with RENAME_EXCHANGE. 0, or errno.
int ksys_rename_exchange(const char *a, const char *b);
/// The kernel sends this process SIGTERM when its parent dies. 0, or errno.
int ksys_die_with_parent(void);

/// From now on buffers of a mebibyte or more go back to the system when they are freed: glibc would raise that limit by
/// itself, keep them, and memory would grow with the corpus.
void ksys_return_large_buffers(void);

/// Notes the first SIGINT, SIGTERM or SIGHUP; a second one ends the program. SIGPIPE is ignored, so that write says EPIPE.
void ksys_watch_signals(void);
/// The signal that came, or 0.
int ksys_signal_received(void);

// MARK: blocks.c

/// The bytes that a block for `byte_count` bytes has: a power of two, 1 MiB or more.
unsigned long ksys_block_size(unsigned long byte_count);
/// A block of so many bytes. Up to 16 MiB of those that are given back are kept for the next who asks for their size:
/// fresh memory costs more than most of what is done with it.
void *ksys_block_take(unsigned long byte_count);
void ksys_block_give(void *block, unsigned long byte_count);

// MARK: terminal.c

/// Keys come one by one and unechoed from standard input. 0, or errno.
int ksys_terminal_raw(void);
/// Standard input is as it was before.
void ksys_terminal_restore(void);
/// Columns and rows of standard output. 0, or errno.
int ksys_terminal_size(int *columns, int *rows);
/// Waits for keys, at most so long. Bytes read; 0 where none came or a signal did; -1 at the end of input.
int ksys_terminal_read(unsigned char *bytes, int capacity, int milliseconds);

// MARK: threads.c

/// A lock with two conditions, for a bounded queue between threads.
typedef struct ksys_monitor ksys_monitor;
ksys_monitor *ksys_monitor_open(void);
void ksys_monitor_close(ksys_monitor *monitor);
void ksys_monitor_lock(ksys_monitor *monitor);
void ksys_monitor_unlock(ksys_monitor *monitor);
/// Waits until somebody signals the condition (0 or 1); the lock is held before and after.
void ksys_monitor_wait(ksys_monitor *monitor, int condition);
/// Wakes all who wait for the condition.
void ksys_monitor_signal(ksys_monitor *monitor, int condition);

typedef struct ksys_thread ksys_thread;
/// Starts a thread with a stack of 8 MiB; NULL where the system refuses.
ksys_thread *ksys_thread_start(void (*body)(void *context), void *context);
/// Waits for its end and frees it.
void ksys_thread_join(ksys_thread *thread);
/// Processors this process may run on, at least 1.
int ksys_processor_count(void);

#endif

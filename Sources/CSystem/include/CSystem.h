// System calls that Glibc's Swift overlay does not give.
#ifndef KALIMAT_CSYSTEM_H
#define KALIMAT_CSYSTEM_H

/// renameat2 with RENAME_NOREPLACE. 0, or errno.
int ksys_rename_new(const char *from, const char *to);
/// renameat2 with RENAME_EXCHANGE. 0, or errno.
int ksys_rename_exchange(const char *a, const char *b);
/// The kernel sends this process SIGTERM when its parent dies. 0, or errno.
int ksys_die_with_parent(void);

#endif

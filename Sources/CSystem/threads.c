#define _GNU_SOURCE
#include "CSystem.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#ifdef __linux__
#include <sched.h>
#endif

struct ksys_monitor {
  pthread_mutex_t mutex;
  pthread_cond_t conditions[2];
};

ksys_monitor *ksys_monitor_open(void) {
  ksys_monitor *self = calloc(1, sizeof *self);
  if (!self) return NULL;
  pthread_mutex_init(&self->mutex, NULL);
  pthread_cond_init(&self->conditions[0], NULL);
  pthread_cond_init(&self->conditions[1], NULL);
  return self;
}

void ksys_monitor_close(ksys_monitor *self) {
  pthread_cond_destroy(&self->conditions[0]);
  pthread_cond_destroy(&self->conditions[1]);
  pthread_mutex_destroy(&self->mutex);
  free(self);
}

void ksys_monitor_lock(ksys_monitor *self) { pthread_mutex_lock(&self->mutex); }
void ksys_monitor_unlock(ksys_monitor *self) { pthread_mutex_unlock(&self->mutex); }
void ksys_monitor_wait(ksys_monitor *self, int condition) {
  pthread_cond_wait(&self->conditions[condition], &self->mutex);
}
void ksys_monitor_signal(ksys_monitor *self, int condition) { pthread_cond_broadcast(&self->conditions[condition]); }

struct ksys_thread {
  pthread_t thread;
  void (*body)(void *);
  void *context;
};

static void *run(void *argument) {
  ksys_thread *self = argument;
  self->body(self->context);
  return NULL;
}

ksys_thread *ksys_thread_start(void (*body)(void *context), void *context) {
  ksys_thread *self = calloc(1, sizeof *self);
  if (!self) return NULL;
  self->body = body;
  self->context = context;
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  // Elsewhere than on Linux a thread has half a megabyte by default.
  pthread_attr_setstacksize(&attributes, 8 << 20);
  int failure = pthread_create(&self->thread, &attributes, run, self);
  pthread_attr_destroy(&attributes);
  if (failure) {
    free(self);
    return NULL;
  }
  return self;
}

void ksys_thread_join(ksys_thread *self) {
  pthread_join(self->thread, NULL);
  free(self);
}

int ksys_processor_count(void) {
#ifdef __linux__
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) == 0 && CPU_COUNT(&set) > 0) return CPU_COUNT(&set);
#endif
  long count = sysconf(_SC_NPROCESSORS_ONLN);
  return count > 0 ? (int)count : 1;
}

#include "fake_counters.h"

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

static atomic_long counters[FAKE_COUNTERS];
static atomic_long threads_inside;
static pthread_t main_thread;

__attribute__((constructor)) static void remember_main_thread(void) { main_thread = pthread_self(); }

void fake_count(fake_counter counter, long by) { atomic_fetch_add(&counters[counter], by); }

long fake_counted(fake_counter counter) { return atomic_load(&counters[counter]); }

void fake_perform_begin(void) {
  long inside = atomic_fetch_add(&threads_inside, 1) + 1;
  long peak = atomic_load(&counters[FAKE_PEAK_THREADS]);
  while (inside > peak && !atomic_compare_exchange_weak(&counters[FAKE_PEAK_THREADS], &peak, inside)) continue;
  if (pthread_equal(pthread_self(), main_thread)) fake_count(FAKE_MAIN_THREAD_CALLS, 1);
  fake_count(FAKE_PERFORMED, 1);
}

void fake_perform_end(void) { atomic_fetch_sub(&threads_inside, 1); }

long long fake_clock(void) {
  struct timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * 1000000000LL + now.tv_nsec;
}

void fake_clock_stop(long long began) { fake_count(FAKE_NANOSECONDS, fake_clock() - began); }

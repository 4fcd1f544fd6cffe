/* What the stand-in observed, read by the tests: live objects, threads, and how long it took itself. */
#ifndef FAKE_COUNTERS_H
#define FAKE_COUNTERS_H

typedef enum {
  FAKE_LIVE_OBJECTS,
  FAKE_PEAK_THREADS, /* inside performRequests: at once */
  FAKE_MAIN_THREAD_CALLS,
  FAKE_PERFORMED,
  FAKE_CANCELS,
  FAKE_NANOSECONDS, /* of processor time in the stand-in, boxes excepted, so that a measurement can subtract it */
  FAKE_BOXES,
  FAKE_COUNTERS
} fake_counter;

void fake_count(fake_counter counter, long by);
long fake_counted(fake_counter counter);

void fake_perform_begin(void);
void fake_perform_end(void);

/* long long began = fake_clock(); …; fake_clock_stop(began); */
long long fake_clock(void);
void fake_clock_stop(long long began);

/* Measured: what one call of boundingBoxForRange:error: costs the stand-in, its later release included. */
double fakeNanosecondsABox(void);

#endif

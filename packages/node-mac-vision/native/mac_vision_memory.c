/* Ownership of what crosses the C interface: plain C, the same on every platform. */
#include "mac_vision.h"

#include <stdlib.h>
#include <string.h>

mv_result *mv_result_new(void) { return calloc(1, sizeof(mv_result)); }

void mv_result_free(mv_result *result) {
  if (!result) return;
  for (size_t i = 0; i < result->line_count; i++) {
    free(result->lines[i].text);
    free(result->lines[i].words);
    free(result->lines[i].characters);
  }
  free(result->lines);
  free(result);
}

void mv_strings_free(char **strings) {
  if (!strings) return;
  for (char **s = strings; *s; s++) free(*s);
  free(strings);
}

static char *copied(const char *text) { return text ? strdup(text) : NULL; }

void mv_error_set(mv_error *error, mv_error_kind kind, long code, const char *domain, const char *message) {
  mv_error_clear(error);
  error->kind = kind;
  error->code = code;
  error->domain = copied(domain);
  error->message = copied(message);
}

void mv_error_clear(mv_error *error) {
  free(error->domain);
  free(error->message);
  memset(error, 0, sizeof *error);
}

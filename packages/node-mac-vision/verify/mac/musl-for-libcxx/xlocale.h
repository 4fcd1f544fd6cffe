/* Lets Debian's libc++ headers be parsed for a Darwin target on top of musl's C headers. For checks of syntax, types and
 * symbols only, never for a program that runs: the values are arbitrary. */
#pragma once
#include <locale.h>
#include <stdarg.h>
#include <stddef.h>

typedef unsigned int __uint32_t;

enum {
  _CTYPE_S = 1 << 10,
  _CTYPE_R = 1 << 11,
  _CTYPE_C = 1 << 12,
  _CTYPE_U = 1 << 13,
  _CTYPE_L = 1 << 14,
  _CTYPE_A = 1 << 15,
  _CTYPE_D = 1 << 16,
  _CTYPE_P = 1 << 17,
  _CTYPE_X = 1 << 18,
  _CTYPE_B = 1 << 19
};

#ifdef __cplusplus
extern "C" {
#endif
long long strtoll_l(const char *, char **, int, locale_t);
unsigned long long strtoull_l(const char *, char **, int, locale_t);
int sscanf_l(const char *, locale_t, const char *, ...);
int snprintf_l(char *, size_t, locale_t, const char *, ...);
int asprintf_l(char **, locale_t, const char *, ...);
#ifdef __cplusplus
}
#endif

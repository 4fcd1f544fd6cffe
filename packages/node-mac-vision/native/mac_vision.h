/* What the Node layer asks of Vision, in plain C: no Apple type and no Node type crosses this line.
 *
 * Coordinates are Vision's own: 0..1 of the region of interest in the upright image, origin bottom left.
 * Text is UTF-16, because Vision's ranges and JavaScript's string offsets both count UTF-16 units: offsets need no
 * translation, and NULs and lone surrogates survive. Everything handed out is malloc'd and freed by this interface. */
#ifndef MAC_VISION_H
#define MAC_VISION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
  double x, y;
} mv_point;

/* Corners of the text as it is read: on an upside-down line `top_left` lies at the lower right of the image. */
typedef struct {
  mv_point top_left, top_right, bottom_right, bottom_left;
} mv_quad;

/* A word or a character: a range of its line's text. */
typedef struct {
  uint32_t start, length; /* UTF-16 units */
  bool has_quad;          /* false: Vision gave no box */
  mv_quad quad;
} mv_span;

typedef struct {
  uint16_t *text;
  size_t text_length; /* UTF-16 units; not NUL terminated */
  double confidence;  /* 0..1, of the whole line */
  mv_quad quad;
  mv_span *words;
  size_t word_count;
  mv_span *characters; /* fast recognition only */
  size_t character_count;
} mv_line;

typedef struct {
  mv_line *lines;
  size_t line_count;
  uint32_t stored_width, stored_height; /* pixels, before the orientation is applied */
  uint32_t orientation;                 /* EXIF, 1..8 */
  uint32_t revision;                    /* of the text recogniser */
  bool has_document;
  mv_quad document; /* corners of the sheet of paper */
} mv_result;

typedef struct {
  double x, y, width, height;
} mv_region;

typedef struct {
  bool fast;
  bool correct_language;
  bool detect_document;
  float minimum_text_height; /* of the image's height */
  mv_region region;          /* 0..1, origin bottom left; {0, 0, 1, 1} is the whole image */
  uint64_t pixels_max;
  const char *const *languages; /* UTF-8; none: Vision's default */
  size_t language_count;
  const char *const *custom_words; /* UTF-8 */
  size_t custom_word_count;
} mv_options;

typedef enum {
  MV_ERROR_NONE,
  MV_ERROR_CANCELLED,
  MV_ERROR_NOT_AN_IMAGE,
  MV_ERROR_TOO_LARGE,
  MV_ERROR_VISION,    /* Vision said so: domain and code are its NSError's */
  MV_ERROR_EXCEPTION, /* an Objective-C exception; domain is its name */
  MV_ERROR_MEMORY
} mv_error_kind;

typedef struct {
  mv_error_kind kind;
  long code;
  char *domain;  /* UTF-8, may be NULL */
  char *message; /* UTF-8, may be NULL */
} mv_error;

/* A handle by which any thread may cancel, before the work has begun, during it and after it. */
typedef struct mv_job mv_job;
mv_job *mv_job_new(void); /* NULL: out of memory */
void mv_job_cancel(mv_job *job);
void mv_job_free(mv_job *job);

/* Reads the text of an undecoded image file; blocks until Vision is done. Takes `bytes` (malloc'd) over, whatever
 * happens. True: `*result` is the caller's to free. False: `*error` is set and the caller's to clear. */
bool mv_recognize(mv_job *job, void *bytes, size_t length, const mv_options *options, mv_result **result,
                  mv_error *error);

/* Languages of one level, NULL-terminated; NULL with `*error` set where Vision names none. */
char **mv_supported_languages(bool fast, mv_error *error);

/* Version of macOS as people read it, and the text recogniser's default revision. NULL: out of memory. */
char *mv_system_version(void);
uint32_t mv_default_revision(void);

mv_result *mv_result_new(void);
void mv_result_free(mv_result *result);
void mv_strings_free(char **strings);
void mv_error_set(mv_error *error, mv_error_kind kind, long code, const char *domain, const char *message);
void mv_error_clear(mv_error *error);

#ifdef __cplusplus
}
#endif
#endif

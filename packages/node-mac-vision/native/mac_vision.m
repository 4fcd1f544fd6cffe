/* The one file that knows Apple's frameworks.
 *
 * Plain Objective-C on purpose. No C++: an exception of one language must never cross frames of the other. No classes,
 * no blocks, no subscripts: so the same file also runs on GNUstep, where it is tested. It is built with ARC on a Mac
 * and both with and without ARC in the tests, which is what the macros below are for.
 *
 * Vision blocks the calling thread. One handler and one request set serve one image and are never shared. */
#import <Foundation/Foundation.h>
#import <ImageIO/ImageIO.h>
#import <Vision/Vision.h>

#include "mac_vision.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#if __has_feature(objc_arc)
#define OWNED(x) (x)
#define BRIDGED(type, x) ((__bridge type)(x))
#define UNTIL_SCOPE_ENDS __attribute__((objc_precise_lifetime)) /* ARC may else release after the last use */
#else
#define OWNED(x) [(x) autorelease]
#define BRIDGED(type, x) ((type)(x))
#define UNTIL_SCOPE_ENDS
#endif

/* ---- Cancelling: the requests under way, known to other threads only while the lock is held -------------------- */

enum { REQUESTS_MAX = 2 };

struct mv_job {
  pthread_mutex_t lock;
  bool cancelled;
  void *requests[REQUESTS_MAX]; /* not retained: recognize() keeps them alive between enter and leave */
};

mv_job *mv_job_new(void) {
  mv_job *job = calloc(1, sizeof *job);
  if (job) pthread_mutex_init(&job->lock, NULL);
  return job;
}

void mv_job_free(mv_job *job) {
  if (!job) return;
  pthread_mutex_destroy(&job->lock);
  free(job);
}

void mv_job_cancel(mv_job *job) {
  pthread_mutex_lock(&job->lock);
  job->cancelled = true;
  for (size_t i = 0; i < REQUESTS_MAX; i++) {
    if (!job->requests[i]) continue;
    @autoreleasepool {
      [BRIDGED(VNRequest *, job->requests[i]) cancel];
    }
  }
  pthread_mutex_unlock(&job->lock);
}

static bool job_enter(mv_job *job, VNRequest *text, VNRequest *document) {
  pthread_mutex_lock(&job->lock);
  bool may_run = !job->cancelled;
  if (may_run) {
    job->requests[0] = BRIDGED(void *, text);
    job->requests[1] = BRIDGED(void *, document);
  }
  pthread_mutex_unlock(&job->lock);
  return may_run;
}

static bool job_leave(mv_job *job) {
  pthread_mutex_lock(&job->lock);
  bool cancelled = job->cancelled;
  memset(job->requests, 0, sizeof job->requests);
  pthread_mutex_unlock(&job->lock);
  return cancelled;
}

/* ---- Errors ----------------------------------------------------------------------------------------------------- */

static bool fail(mv_error *error, mv_error_kind kind, const char *message) {
  mv_error_set(error, kind, 0, "node-mac-vision", message);
  return false;
}

/* An NSError may be missing although the call failed; that is an error still. */
static bool fail_with(mv_error *error, NSError *cause, const char *doing) {
  if (!cause) {
    mv_error_set(error, MV_ERROR_VISION, 0, "node-mac-vision", doing);
    return false;
  }
  mv_error_kind kind = MV_ERROR_VISION;
  if ([[cause domain] isEqualToString:VNErrorDomain]) {
    if ([cause code] == VNErrorRequestCancelled) kind = MV_ERROR_CANCELLED;
    if ([cause code] == VNErrorInvalidImage) kind = MV_ERROR_NOT_AN_IMAGE;
  }
  mv_error_set(error, kind, [cause code], [[cause domain] UTF8String], [[cause localizedDescription] UTF8String]);
  return false;
}

static bool fail_with_exception(mv_error *error, NSException *exception) {
  mv_error_set(error, MV_ERROR_EXCEPTION, 0, [[exception name] UTF8String], [[exception reason] UTF8String]);
  return false;
}

/* ---- The image's size and orientation, read from its header ----------------------------------------------------- */

static uint32_t property(NSDictionary *properties, CFStringRef name) {
  return [[properties objectForKey:BRIDGED(NSString *, name)] unsignedIntValue];
}

static bool read_header(NSData *data, uint64_t pixels_max, mv_result *result, mv_error *error) {
  CGImageSourceRef source = CGImageSourceCreateWithData(BRIDGED(CFDataRef, data), NULL);
  if (!source) return fail(error, MV_ERROR_NOT_AN_IMAGE, "the bytes are no image file that macOS can read");
  CFDictionaryRef header = CGImageSourceCopyPropertiesAtIndex(source, 0, NULL);
  CFRelease(source);
  if (!header) return fail(error, MV_ERROR_NOT_AN_IMAGE, "the image file has no readable header");

  NSDictionary *properties = BRIDGED(NSDictionary *, header);
  result->stored_width = property(properties, kCGImagePropertyPixelWidth);
  result->stored_height = property(properties, kCGImagePropertyPixelHeight);
  uint32_t orientation = property(properties, kCGImagePropertyOrientation);
  result->orientation = orientation >= 1 && orientation <= 8 ? orientation : 1;
  CFRelease(header);

  uint64_t pixels = (uint64_t)result->stored_width * result->stored_height;
  if (!pixels) return fail(error, MV_ERROR_NOT_AN_IMAGE, "the image file has no size");
  if (pixels > pixels_max) return fail(error, MV_ERROR_TOO_LARGE, "the image has more pixels than allowed");
  return true;
}

/* ---- Requests --------------------------------------------------------------------------------------------------- */

static NSArray<NSString *> *string_array(const char *const *strings, size_t count) {
  NSMutableArray<NSString *> *array = [NSMutableArray arrayWithCapacity:count];
  for (size_t i = 0; i < count; i++) {
    NSString *string = [NSString stringWithUTF8String:strings[i]];
    if (string) [array addObject:string];
  }
  return array;
}

static VNRecognizeTextRequest *new_text_request(bool fast) {
  VNRecognizeTextRequest *request = OWNED([[VNRecognizeTextRequest alloc] init]);
  [request setRecognitionLevel:fast ? VNRequestTextRecognitionLevelFast : VNRequestTextRecognitionLevelAccurate];
  return request;
}

static VNRecognizeTextRequest *text_request(const mv_options *options) {
  VNRecognizeTextRequest *request = new_text_request(options->fast);
  [request setUsesLanguageCorrection:options->correct_language ? YES : NO];
  [request setMinimumTextHeight:options->minimum_text_height];
  mv_region region = options->region;
  [request setRegionOfInterest:CGRectMake(region.x, region.y, region.width, region.height)];
  if (options->language_count) {
    [request setRecognitionLanguages:string_array(options->languages, options->language_count)];
  }
  if (options->custom_word_count) {
    [request setCustomWords:string_array(options->custom_words, options->custom_word_count)];
  }
  return request;
}

/* ---- Results ---------------------------------------------------------------------------------------------------- */

static mv_point point(CGPoint p) { return (mv_point){p.x, p.y}; }

static mv_quad quad(VNRectangleObservation *rectangle) {
  return (mv_quad){point([rectangle topLeft]), point([rectangle topRight]), point([rectangle bottomRight]),
                   point([rectangle bottomLeft])};
}

/* Vision answers with nil, with nil and an error, or with an empty box at the origin where it has no box to give. */
static void add_span(mv_span *span, VNRecognizedText *text, NSRange range) {
  NSError *no_box = nil;
  VNRectangleObservation *box = [text boundingBoxForRange:range error:&no_box];
  span->start = (uint32_t)range.location;
  span->length = (uint32_t)range.length;
  if (!box) return;
  CGSize size = [box boundingBox].size;
  span->has_quad = size.width > 0 && size.height > 0;
  if (span->has_quad) span->quad = quad(box);
}

static bool is_space(NSCharacterSet *spaces, uint16_t unit) {
  bool printable_ascii = unit > 0x20 && unit < 0x7f; /* nearly every unit of a receipt: spares a message */
  return !printable_ascii && [spaces characterIsMember:unit];
}

/* Words are what stands between white space; a character is a composed sequence (an emoji, a letter and its accent).
 * Vision's boxes of single characters are real in fast mode only: accurate mode answers with the whole word's. */
static bool fill_line(mv_line *line, VNRecognizedTextObservation *observation, VNRecognizedText *text, bool fast) {
  NSString *string = [text string];
  size_t length = [string length];
  line->confidence = [text confidence];
  line->quad = quad(observation);
  line->text_length = length;
  line->text = calloc(length + 1, sizeof *line->text);
  line->words = calloc(length / 2 + 1, sizeof *line->words); /* words are at least one unit of space apart */
  line->characters = fast ? calloc(length + 1, sizeof *line->characters) : NULL;
  if (!line->text || !line->words || (fast && !line->characters)) return false;
  [string getCharacters:line->text range:NSMakeRange(0, length)];

  NSCharacterSet *spaces = [NSCharacterSet whitespaceAndNewlineCharacterSet];
  size_t word_start = 0;
  bool in_word = false;
  for (size_t at = 0; at <= length;) {
    /* Words need no composed characters: no half of a pair and no accent is white space. */
    NSRange character =
        fast && at < length ? [string rangeOfComposedCharacterSequenceAtIndex:at] : NSMakeRange(at, 1);
    bool space = at == length || (character.length == 1 && is_space(spaces, line->text[at]));
    if (!space && !in_word) word_start = at;
    if (space && in_word) add_span(&line->words[line->word_count++], text, NSMakeRange(word_start, at - word_start));
    if (!space && fast) add_span(&line->characters[line->character_count++], text, character);
    in_word = !space;
    at = character.location + character.length;
  }
  return true;
}

static bool fill_lines(mv_result *result, NSArray<VNRecognizedTextObservation *> *observations, bool fast) {
  result->lines = calloc([observations count] + 1, sizeof *result->lines);
  if (!result->lines) return false;
  for (VNRecognizedTextObservation *observation in observations) {
    @autoreleasepool {
      VNRecognizedText *best = [[observation topCandidates:1] firstObject];
      if (best && !fill_line(&result->lines[result->line_count++], observation, best, fast)) return false;
    }
  }
  return true;
}

static void fill_document(mv_result *result, NSArray<VNRectangleObservation *> *found) {
  VNRectangleObservation *sheet = [found firstObject];
  if (!sheet) return;
  result->has_document = true;
  result->document = quad(sheet);
}

/* ---- One image -------------------------------------------------------------------------------------------------- */

static bool recognize(mv_job *job, NSData *data, const mv_options *options, mv_result *result, mv_error *error) {
  if (!read_header(data, options->pixels_max, result, error)) return false;

  UNTIL_SCOPE_ENDS VNRecognizeTextRequest *text = text_request(options);
  UNTIL_SCOPE_ENDS VNDetectDocumentSegmentationRequest *document = nil;
  NSMutableArray<VNRequest *> *requests = [NSMutableArray arrayWithCapacity:REQUESTS_MAX];
  [requests addObject:text];
  if (options->detect_document) {
    document = OWNED([[VNDetectDocumentSegmentationRequest alloc] init]);
    [requests addObject:document];
  }
  result->revision = (uint32_t)[text revision];
  VNImageRequestHandler *handler =
      OWNED([[VNImageRequestHandler alloc] initWithData:data
                                            orientation:(CGImagePropertyOrientation)result->orientation
                                                options:@{}]);

  if (!job_enter(job, text, document)) return fail(error, MV_ERROR_CANCELLED, "cancelled before it began");
  NSError *cause = nil;
  bool performed = false, cancelled = false;
  /* @finally: an exception releases the requests while it unwinds this frame, so the job forgets them here. */
  @try {
    performed = [handler performRequests:requests error:&cause];
  } @finally {
    cancelled = job_leave(job);
  }
  if (cancelled) return fail(error, MV_ERROR_CANCELLED, "cancelled");
  if (!performed) return fail_with(error, cause, "Vision failed without saying why");
  NSArray<VNRecognizedTextObservation *> *observations = [text results];
  if (!observations) return fail_with(error, nil, "Vision finished without a result");
  if (!fill_lines(result, observations, options->fast)) return fail(error, MV_ERROR_MEMORY, "out of memory");
  if (document) fill_document(result, [document results]);
  return true;
}

bool mv_recognize(mv_job *job, void *bytes, size_t length, const mv_options *options, mv_result **result,
                  mv_error *error) {
  memset(error, 0, sizeof *error);
  *result = NULL;
  mv_result *filling = mv_result_new();
  if (!filling) {
    free(bytes);
    return fail(error, MV_ERROR_MEMORY, "out of memory");
  }
  bool done = false;
  @autoreleasepool { /* threads of a pool have none: without it every image's memory stays */
    @try {
      NSData *data = OWNED([[NSData alloc] initWithBytesNoCopy:bytes length:length freeWhenDone:YES]);
      done = recognize(job, data, options, filling, error);
    } @catch (NSException *exception) {
      done = fail_with_exception(error, exception);
    }
  }
  if (!done) {
    mv_result_free(filling);
    return false;
  }
  *result = filling;
  return true;
}

/* ---- What this Mac can do --------------------------------------------------------------------------------------- */

static char *copied_utf8(NSString *string) {
  const char *utf8 = [string UTF8String];
  return strdup(utf8 ? utf8 : "");
}

static char **copied_strings(NSArray<NSString *> *strings) {
  char **copies = calloc([strings count] + 1, sizeof *copies);
  size_t count = 0;
  if (!copies) return NULL;
  for (NSString *string in strings) {
    copies[count] = copied_utf8(string);
    if (!copies[count++]) {
      mv_strings_free(copies);
      return NULL;
    }
  }
  return copies;
}

char **mv_supported_languages(bool fast, mv_error *error) {
  char **languages = NULL;
  memset(error, 0, sizeof *error);
  @autoreleasepool {
    @try {
      NSError *cause = nil;
      NSArray<NSString *> *found = [new_text_request(fast) supportedRecognitionLanguagesAndReturnError:&cause];
      if (found) {
        languages = copied_strings(found);
        if (!languages) fail(error, MV_ERROR_MEMORY, "out of memory");
      } else {
        fail_with(error, cause, "Vision names no languages");
      }
    } @catch (NSException *exception) {
      fail_with_exception(error, exception);
    }
  }
  return languages;
}

char *mv_system_version(void) {
  @autoreleasepool {
    return copied_utf8([[NSProcessInfo processInfo] operatingSystemVersionString]);
  }
}

uint32_t mv_default_revision(void) {
  @autoreleasepool {
    return (uint32_t)[new_text_request(false) revision];
  }
}

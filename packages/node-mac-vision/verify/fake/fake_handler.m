#include "fake_image.h"
#include "fake_storage.h"

#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>

enum { POLL_US = 1000 };

NSString *const VNErrorDomain = @"com.apple.Vision";
static atomic_bool poisoned;

NSError *fakeError(NSInteger code, NSString *message) {
  return [NSError errorWithDomain:VNErrorDomain
                             code:code
                         userInfo:[NSDictionary dictionaryWithObject:message forKey:NSLocalizedDescriptionKey]];
}

@implementation VNImageRequestHandler
COUNTED_CLASS
- (id)initWithData:(NSData *)data orientation:(CGImagePropertyOrientation)orientation options:(NSDictionary *)options {
  if (!data || !options) [NSException raise:NSInvalidArgumentException format:@"nil argument"];
  if ((self = [super init])) {
    fake.data = [data retain];
    fake.orientation = orientation;
  }
  return self;
}
- (void)releaseFake {
  [fake.data release];
}

- (void)wait:(NSDictionary *)image cancelledBy:(VNRequest *)request {
  BOOL deaf = [[image objectForKey:@"deaf"] boolValue];
  long left_us = [[image objectForKey:@"delayMs"] longValue] * 1000;
  for (; left_us > 0 && (deaf || !request->fake.cancelled); left_us -= POLL_US) usleep(POLL_US);
}

/* nil where the image asks for none. */
- (NSError *)askedError:(NSDictionary *)image accurate:(BOOL)accurate {
  if ([image objectForKey:@"poison"]) poisoned = true;
  if (poisoned && accurate) return fakeError(VNErrorInternalError, @"the recogniser is broken for good");
  NSDictionary *error = [image objectForKey:@"error"];
  if (![error isKindOfClass:[NSDictionary class]]) return nil;
  return fakeError([[error objectForKey:@"code"] longValue], [error objectForKey:@"message"]);
}

- (NSString *)settingsOf:(VNRecognizeTextRequest *)request {
  struct fake_storage *s = &request->fake;
  return [NSString stringWithFormat:@"level=%ld corrects=%d minimum=%.4f orientation=%ld languages=%@ words=%@ "
                                    @"region=%.3f,%.3f,%.3f,%.3f",
                                    (long)s->level, s->corrects, s->minimum_text_height, (long)fake.orientation,
                                    [s->languages componentsJoinedByString:@","],
                                    [s->custom_words componentsJoinedByString:@","], s->region.origin.x,
                                    s->region.origin.y, s->region.size.width, s->region.size.height];
}

- (NSArray *)textOf:(NSDictionary *)image request:(VNRecognizeTextRequest *)request {
  NSMutableArray *found = [NSMutableArray array];
  for (NSDictionary *line in [image objectForKey:@"lines"]) {
    VNRecognizedTextObservation *observation = fakeLine(line, request, fake.orientation);
    if (observation) [found addObject:observation];
  }
  if ([[image objectForKey:@"echo"] boolValue]) {
    [found addObject:fakeText([self settingsOf:request], 1, (fake_quad){{0, 1}, {1, 1}, {1, 0}, {0, 0}})];
  }
  return found;
}

- (NSArray *)documentOf:(NSDictionary *)image request:(VNRequest *)request {
  NSArray *corners = [image objectForKey:@"document"];
  if (!corners) return [NSArray array];
  VNRectangleObservation *sheet = [[[VNRectangleObservation alloc] init] autorelease];
  sheet->fake.quad = fakeReported(corners, fake.orientation, request->fake.region);
  return [NSArray arrayWithObject:sheet];
}

- (BOOL)perform:(VNRequest *)request on:(NSDictionary *)image error:(NSError **)error {
  VNRecognizeTextRequest *text =
      [request isKindOfClass:[VNRecognizeTextRequest class]] ? (VNRecognizeTextRequest *)request : nil;
  if (text) [self wait:image cancelledBy:request];
  if (request->fake.cancelled) {
    if (error) *error = fakeError(VNErrorRequestCancelled, @"the request was cancelled");
    return NO;
  }
  if ([image objectForKey:@"crash"]) raise(SIGSEGV);
  if ([image objectForKey:@"throw"]) [NSException raise:[image objectForKey:@"throw"] format:@"thrown by Vision"];
  if ([[image objectForKey:@"error"] isEqual:@"silent"]) return NO;
  NSError *asked = [self askedError:image accurate:text && text->fake.level == VNRequestTextRecognitionLevelAccurate];
  if (asked) {
    if (error) *error = asked;
    return NO;
  }
  if ([image objectForKey:@"noResults"]) return YES;
  /* The results belong to the request alone, and go with it. */
  NSAutoreleasePool *pool = [[NSAutoreleasePool alloc] init];
  NSArray *results = text ? [self textOf:image request:text] : [self documentOf:image request:request];
  [request->fake.results release];
  request->fake.results = [results copy];
  [pool drain];
  return YES;
}

- (BOOL)performRequests:(NSArray *)requests error:(NSError **)error {
  long long began = fake_clock();
  fake_perform_begin();
  NSDictionary *image = newFakeImage(fake.data);
  @try {
    if (!image) {
      if (error) *error = fakeError(VNErrorInvalidImage, @"cannot decode the image");
      return NO;
    }
    for (VNRequest *request in requests) {
      if (![self perform:request on:image error:error]) return NO;
    }
    return YES;
  } @finally {
    [image release];
    fake_perform_end();
    fake_clock_stop(began);
  }
}
@end

#include "fake_storage.h"

#include <math.h>

@implementation VNObservation
COUNTED_CLASS
- (void)releaseFake {
}
- (VNConfidence)confidence {
  return fake.confidence;
}
@end

@implementation VNDetectedObjectObservation
- (CGRect)boundingBox {
  fake_quad q = fake.quad;
  double left = fmin(fmin(q.top_left.x, q.top_right.x), fmin(q.bottom_left.x, q.bottom_right.x));
  double right = fmax(fmax(q.top_left.x, q.top_right.x), fmax(q.bottom_left.x, q.bottom_right.x));
  double bottom = fmin(fmin(q.top_left.y, q.top_right.y), fmin(q.bottom_left.y, q.bottom_right.y));
  double top = fmax(fmax(q.top_left.y, q.top_right.y), fmax(q.bottom_left.y, q.bottom_right.y));
  return CGRectMake(left, bottom, right - left, top - bottom);
}
@end

@implementation VNRectangleObservation
- (CGPoint)topLeft {
  return fake.quad.top_left;
}
- (CGPoint)topRight {
  return fake.quad.top_right;
}
- (CGPoint)bottomLeft {
  return fake.quad.bottom_left;
}
- (CGPoint)bottomRight {
  return fake.quad.bottom_right;
}
@end

@implementation VNRecognizedTextObservation
- (void)releaseFake {
  [fake.text release];
  [super releaseFake];
}
- (NSArray *)topCandidates:(NSUInteger)maximum {
  return fake.text && maximum ? [NSArray arrayWithObject:fake.text] : [NSArray array];
}
@end

static CGPoint between(CGPoint from, CGPoint to, double share) {
  return (CGPoint){from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share};
}

static VNRectangleObservation *rectangle(fake_quad quad) {
  VNRectangleObservation *box = [[[VNRectangleObservation alloc] init] autorelease];
  box->fake.quad = quad;
  return box;
}

@implementation VNRecognizedText
COUNTED_CLASS
- (void)releaseFake {
  [fake.text release];
  [fake.boxes release];
}
- (NSString *)string {
  return [[fake.text retain] autorelease];
}
- (VNConfidence)confidence {
  return fake.confidence;
}

/* Accurate recognition answers with the box of the whole word, whatever part of it was asked for. */
- (NSRange)wholeWords:(NSRange)range {
  NSCharacterSet *spaces = [NSCharacterSet whitespaceAndNewlineCharacterSet];
  NSUInteger from = range.location, to = NSMaxRange(range);
  while (from > 0 && ![spaces characterIsMember:[fake.text characterAtIndex:from - 1]]) from--;
  while (to < [fake.text length] && ![spaces characterIsMember:[fake.text characterAtIndex:to]]) to++;
  return NSMakeRange(from, to - from);
}

- (VNRectangleObservation *)boxOf:(NSRange)range error:(NSError **)error {
  double length = [fake.text length];
  if (NSMaxRange(range) > length) [NSException raise:NSRangeException format:@"range beyond the text"];
  if ([fake.boxes isEqual:@"throw"]) [NSException raise:NSGenericException format:@"no box today"];
  if ([fake.boxes isEqual:@"nil"]) return nil;
  if ([fake.boxes isEqual:@"error"]) {
    if (error) *error = fakeError(VNErrorInvalidArgument, @"no box for this range");
    return nil;
  }
  if ([fake.boxes isEqual:@"empty"]) return rectangle((fake_quad){{0, 0}, {0, 0}, {0, 0}, {0, 0}});
  NSRange shown = fake.accurate ? [self wholeWords:range] : range;
  double from = shown.location / length, to = NSMaxRange(shown) / length;
  fake_quad q = fake.quad;
  return rectangle((fake_quad){between(q.top_left, q.top_right, from), between(q.top_left, q.top_right, to),
                               between(q.bottom_left, q.bottom_right, to),
                               between(q.bottom_left, q.bottom_right, from)});
}

- (VNRectangleObservation *)boundingBoxForRange:(NSRange)range error:(NSError **)error {
  fake_count(FAKE_BOXES, 1);
  return [self boxOf:range error:error];
}
@end

VNRecognizedTextObservation *fakeText(NSString *string, float confidence, fake_quad quad) {
  VNRecognizedTextObservation *observation = [[[VNRecognizedTextObservation alloc] init] autorelease];
  observation->fake.quad = quad;
  observation->fake.confidence = confidence;
  if (!string) return observation;
  VNRecognizedText *text = [[VNRecognizedText alloc] init];
  text->fake.text = [string copy];
  text->fake.confidence = confidence;
  text->fake.quad = quad;
  observation->fake.text = text;
  return observation;
}

static NSString *textOf(NSDictionary *line) {
  NSArray *units = [line objectForKey:@"units"];
  return units ? fakeUnits(units) : [line objectForKey:@"text"];
}

/* Text whose middle lies outside the region, or that is lower than asked for, is not seen. */
VNRecognizedTextObservation *fakeLine(NSDictionary *line, VNRecognizeTextRequest *request, NSInteger orientation) {
  fake_quad quad = fakeReported([line objectForKey:@"quad"], orientation, request->fake.region);
  double x = (quad.top_left.x + quad.bottom_right.x) / 2, y = (quad.top_left.y + quad.bottom_right.y) / 2;
  if (x < 0 || x > 1 || y < 0 || y > 1) return nil;
  double height = hypot(quad.top_left.x - quad.bottom_left.x, quad.top_left.y - quad.bottom_left.y);
  if (height < request->fake.minimum_text_height) return nil;
  NSNumber *confidence = [line objectForKey:@"confidence"];
  VNRecognizedTextObservation *observation =
      fakeText(textOf(line), confidence ? [confidence floatValue] : 1, quad);
  VNRecognizedText *text = observation->fake.text;
  if (!text) return observation;
  text->fake.boxes = [[line objectForKey:@"boxes"] copy];
  text->fake.accurate = request->fake.level == VNRequestTextRecognitionLevelAccurate;
  return observation;
}

/* A box is too quick for a clock around each: the clock would cost more. Its release counts, which comes with the pool. */
double fakeNanosecondsABox(void) {
  enum { ROUNDS = 100, BOXES = 200 };
  NSRange range = NSMakeRange(6, 5);
  NSAutoreleasePool *outer = [[NSAutoreleasePool alloc] init];
  VNRecognizedText *text =
      fakeText(@"word0 word1 word2 word3 word4 word5", 1, (fake_quad){{0, 1}, {1, 1}, {1, 0}, {0, 0}})->fake.text;
  text->fake.accurate = YES;
  long long began = fake_clock();
  for (int round = 0; round < ROUNDS; round++) {
    NSAutoreleasePool *inner = [[NSAutoreleasePool alloc] init];
    for (int box = 0; box < BOXES; box++) [text boxOf:range error:NULL];
    [inner drain];
  }
  double spent = fake_clock() - began;
  [outer drain];
  return spent / (ROUNDS * BOXES);
}

/* The instance variables of the stand-in's classes, then Vision's declarations: GCC's runtime fixes a class's layout
 * in its interface, so the storage has to be known before. */
#ifndef FAKE_STORAGE_H
#define FAKE_STORAGE_H

#import <Foundation/Foundation.h>
#import <ImageIO/ImageIO.h>

#include "fake_counters.h"

typedef struct {
  CGPoint top_left, top_right, bottom_right, bottom_left;
} fake_quad;

struct fake_storage {
  /* observations and texts */
  float confidence;
  fake_quad quad;
  id text;
  NSString *boxes;
  BOOL accurate;
  /* requests */
  CGRect region;
  NSArray *languages, *custom_words, *results;
  NSInteger level;
  BOOL corrects;
  float minimum_text_height;
  NSUInteger revision;
  _Atomic int cancelled;
  /* handlers */
  NSData *data;
  NSInteger orientation;
};

#define DECLARED_STORAGE \
  { @public struct fake_storage fake; }
#import <Vision/Vision.h>

/* Every class of the stand-in counts its live objects and frees what it keeps in -releaseFake. */
#define COUNTED_CLASS                       \
  +(id)allocWithZone : (NSZone *)zone {     \
    fake_count(FAKE_LIVE_OBJECTS, 1);       \
    return [super allocWithZone:zone];      \
  }                                         \
  -(void)dealloc {                          \
    fake_count(FAKE_LIVE_OBJECTS, -1);      \
    [self releaseFake];                     \
    [super dealloc];                        \
  }

NSError *fakeError(NSInteger code, NSString *message);

/* Stored coordinates (origin top left) as Vision reports them: upright, of the region, origin bottom left. */
fake_quad fakeReported(NSArray *corners, NSInteger orientation, CGRect region);

/* Observations of one line, for a request; nil where Vision would not see it. */
VNRecognizedTextObservation *fakeLine(NSDictionary *line, VNRecognizeTextRequest *request, NSInteger orientation);
/* A string of these UTF-16 units, whatever they are. */
NSString *fakeUnits(NSArray *units);

VNRecognizedTextObservation *fakeText(NSString *text, float confidence, fake_quad quad);

#endif

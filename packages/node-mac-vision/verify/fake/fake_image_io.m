/* ImageIO and Core Foundation, as far as they are asked. */
#include "fake_image.h"
#include "fake_storage.h"

const CFStringRef kCGImagePropertyPixelWidth = (CFStringRef) @"PixelWidth";
const CFStringRef kCGImagePropertyPixelHeight = (CFStringRef) @"PixelHeight";
const CFStringRef kCGImagePropertyOrientation = (CFStringRef) @"Orientation";

@interface FakeImageSource : NSObject {
 @public
  NSDictionary *image;
}
@end

@implementation FakeImageSource
COUNTED_CLASS
- (void)releaseFake {
  [image release];
}
@end

CGImageSourceRef CGImageSourceCreateWithData(CFDataRef data, CFDictionaryRef options) {
  (void)options;
  long long began = fake_clock();
  NSDictionary *image = newFakeImage((NSData *)data);
  FakeImageSource *source = nil;
  if (image) {
    source = [[FakeImageSource alloc] init];
    source->image = image;
  }
  fake_clock_stop(began);
  return (CGImageSourceRef)source;
}

CFDictionaryRef CGImageSourceCopyPropertiesAtIndex(CGImageSourceRef source, size_t index, CFDictionaryRef options) {
  (void)index;
  (void)options;
  NSDictionary *image = ((FakeImageSource *)source)->image;
  if ([image objectForKey:@"noHeader"]) return NULL;
  NSDictionary *names = [NSDictionary dictionaryWithObjectsAndKeys:@"PixelWidth", @"width", @"PixelHeight", @"height",
                                                                   @"Orientation", @"orientation", nil];
  NSMutableDictionary *header = [[NSMutableDictionary alloc] init];
  for (NSString *name in names) {
    id value = [image objectForKey:name];
    if (value) [header setObject:value forKey:[names objectForKey:name]];
  }
  return (CFDictionaryRef)header;
}

void CFRelease(CFTypeRef object) {
  long long began = fake_clock();
  [(id)object release];
  fake_clock_stop(began);
}

/* Core Foundation and ImageIO, as far as mac_vision.m uses them; declared by hand from the public documentation.
 * The ownership attributes feed clang's static analyser. For checks on Linux only. */
#ifndef DECLARED_IMAGEIO_H
#define DECLARED_IMAGEIO_H

#import <CoreGraphics/CoreGraphics.h>

#define DECLARED_BRIDGE(type) __attribute__((objc_bridge(type)))
#define DECLARED_RETURNS_OWNED __attribute__((cf_returns_retained))

typedef const void *CFTypeRef;
typedef const struct DECLARED_BRIDGE(NSData) __CFData *CFDataRef;
typedef const struct DECLARED_BRIDGE(NSDictionary) __CFDictionary *CFDictionaryRef;
typedef const struct DECLARED_BRIDGE(NSString) __CFString *CFStringRef;
typedef struct CGImageSource *CGImageSourceRef;

void CFRelease(CFTypeRef _Nonnull __attribute__((cf_consumed)) object);

CGImageSourceRef _Nullable CGImageSourceCreateWithData(CFDataRef _Nonnull data, CFDictionaryRef _Nullable options)
    DECLARED_RETURNS_OWNED;
CFDictionaryRef _Nullable CGImageSourceCopyPropertiesAtIndex(CGImageSourceRef _Nonnull source, size_t index,
                                                             CFDictionaryRef _Nullable options)
    DECLARED_RETURNS_OWNED;

extern const CFStringRef _Nonnull kCGImagePropertyPixelWidth;
extern const CFStringRef _Nonnull kCGImagePropertyPixelHeight;
extern const CFStringRef _Nonnull kCGImagePropertyOrientation;

typedef enum __attribute__((enum_extensibility(closed))) CGImagePropertyOrientation : uint32_t {
  kCGImagePropertyOrientationUp = 1,
  kCGImagePropertyOrientationUpMirrored = 2,
  kCGImagePropertyOrientationDown = 3,
  kCGImagePropertyOrientationDownMirrored = 4,
  kCGImagePropertyOrientationLeftMirrored = 5,
  kCGImagePropertyOrientationRight = 6,
  kCGImagePropertyOrientationRightMirrored = 7,
  kCGImagePropertyOrientationLeft = 8
} CGImagePropertyOrientation;
#endif

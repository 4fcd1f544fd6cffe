#include "fake_storage.h"

/* EXIF orientation: where a stored pixel is seen. CIPA DC-008 (Exif 2.32), tag 0x0112. */
static CGPoint upright(CGPoint stored, NSInteger orientation) {
  double x = stored.x, y = stored.y;
  switch (orientation) {
    case 2: return (CGPoint){1 - x, y};
    case 3: return (CGPoint){1 - x, 1 - y};
    case 4: return (CGPoint){x, 1 - y};
    case 5: return (CGPoint){y, x};
    case 6: return (CGPoint){1 - y, x};
    case 7: return (CGPoint){1 - y, 1 - x};
    case 8: return (CGPoint){y, 1 - x};
    default: return stored;
  }
}

static CGPoint reported(NSArray *stored, NSInteger orientation, CGRect region) {
  CGPoint at = {[[stored objectAtIndex:0] doubleValue], [[stored objectAtIndex:1] doubleValue]};
  CGPoint seen = upright(at, orientation);
  return (CGPoint){(seen.x - region.origin.x) / region.size.width,
                   (1 - seen.y - region.origin.y) / region.size.height};
}

fake_quad fakeReported(NSArray *corners, NSInteger orientation, CGRect region) {
  return (fake_quad){reported([corners objectAtIndex:0], orientation, region),
                     reported([corners objectAtIndex:1], orientation, region),
                     reported([corners objectAtIndex:2], orientation, region),
                     reported([corners objectAtIndex:3], orientation, region)};
}

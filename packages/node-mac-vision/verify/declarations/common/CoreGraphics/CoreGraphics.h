/* Declared by hand from the public documentation; for checks on Linux only. */
#ifndef DECLARED_COREGRAPHICS_H
#define DECLARED_COREGRAPHICS_H

#import <Foundation/Foundation.h>

typedef struct CGPoint {
  CGFloat x, y;
} CGPoint;
typedef struct CGSize {
  CGFloat width, height;
} CGSize;
typedef struct CGRect {
  CGPoint origin;
  CGSize size;
} CGRect;

static inline CGRect CGRectMake(CGFloat x, CGFloat y, CGFloat width, CGFloat height) {
  return (CGRect){{x, y}, {width, height}};
}
#endif

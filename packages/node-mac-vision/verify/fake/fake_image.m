#include "fake_image.h"

#include <string.h>

static const char marker[] = "FAKEIMG";
static const unsigned char png_signature[] = {0x89, 'P', 'N', 'G'};
enum { PNG_SIZE_AT = 16, PNG_HEADER_LENGTH = 24 };

static NSNumber *bigEndian(const unsigned char *at) {
  return [NSNumber numberWithUnsignedInt:(unsigned)at[0] << 24 | at[1] << 16 | at[2] << 8 | at[3]];
}

static NSDictionary *blankPng(NSData *data) {
  const unsigned char *bytes = [data bytes];
  if ([data length] < PNG_HEADER_LENGTH || memcmp(bytes, png_signature, sizeof png_signature)) return nil;
  return [NSDictionary dictionaryWithObjectsAndKeys:bigEndian(bytes + PNG_SIZE_AT), @"width",
                                                    bigEndian(bytes + PNG_SIZE_AT + 4), @"height", nil];
}

static NSDictionary *parse(NSData *data) {
  NSData *mark = [NSData dataWithBytes:marker length:sizeof marker - 1];
  NSRange found = [data rangeOfData:mark options:NSDataSearchBackwards range:NSMakeRange(0, [data length])];
  if (found.location == NSNotFound) return blankPng(data);
  NSUInteger from = NSMaxRange(found);
  NSData *json = [data subdataWithRange:NSMakeRange(from, [data length] - from)];
  id object = [NSJSONSerialization JSONObjectWithData:json options:0 error:NULL];
  return [object isKindOfClass:[NSDictionary class]] ? object : nil;
}

NSDictionary *newFakeImage(NSData *data) {
  NSAutoreleasePool *pool = [[NSAutoreleasePool alloc] init];
  NSDictionary *image = [parse(data) retain];
  [pool drain];
  return image;
}

#include "fake_storage.h"

#include <stdlib.h>

/* A string of any UTF-16 units. GNUstep's own refuse halves of surrogate pairs, JSON too; Vision's need not. */
@interface FakeUnits : NSString {
 @public
  unichar *characters;
  NSUInteger count;
}
@end

@implementation FakeUnits
COUNTED_CLASS
- (void)releaseFake {
  free(characters);
}
- (NSUInteger)length {
  return count;
}
- (unichar)characterAtIndex:(NSUInteger)index {
  if (index >= count) [NSException raise:NSRangeException format:@"index beyond the text"];
  return characters[index];
}
- (id)copyWithZone:(NSZone *)zone {
  (void)zone;
  return [self retain];
}
@end

NSString *fakeUnits(NSArray *units) {
  FakeUnits *string = [[[FakeUnits alloc] init] autorelease];
  string->count = [units count];
  string->characters = calloc(string->count + 1, sizeof(unichar));
  for (NSUInteger i = 0; i < string->count; i++) {
    string->characters[i] = [[units objectAtIndex:i] unsignedShortValue];
  }
  return string;
}

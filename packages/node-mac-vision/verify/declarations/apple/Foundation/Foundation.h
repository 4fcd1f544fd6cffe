/* The few names of Foundation that mac_vision.m uses, declared by hand from the public documentation.
 * For checks on Linux only: on a Mac the SDK's own header is found instead. */
#ifndef DECLARED_FOUNDATION_H
#define DECLARED_FOUNDATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What BOOL is differs by architecture, and with it how a call passes it. */
#if defined(__APPLE__) && defined(__arm64__)
typedef bool BOOL;
#elif defined(__APPLE__)
typedef signed char BOOL;
#else
typedef unsigned char BOOL; /* GCC's libobjc */
#endif
#define YES __objc_yes
#define NO __objc_no
#define nil ((id)0)

typedef long NSInteger;
typedef unsigned long NSUInteger;
typedef unsigned short unichar;
typedef double CGFloat;

typedef struct _NSRange {
  NSUInteger location, length;
} NSRange;
static inline NSRange NSMakeRange(NSUInteger location, NSUInteger length) { return (NSRange){location, length}; }

typedef struct {
  unsigned long state;
  id __unsafe_unretained _Nullable *_Nullable itemsPtr;
  unsigned long *_Nullable mutationsPtr;
  unsigned long extra[5];
} NSFastEnumerationState;

#pragma clang assume_nonnull begin

@class NSString, NSError, NSArray<T>, NSDictionary<K, V>;

@protocol NSCopying
@end

__attribute__((objc_root_class))
@interface NSObject {
  Class isa;
}
+ (instancetype)alloc;
- (instancetype)init;
#if !__has_feature(objc_arc)
- (instancetype)retain;
- (oneway void)release;
- (instancetype)autorelease;
#endif
@end

@protocol NSFastEnumeration
- (NSUInteger)countByEnumeratingWithState:(NSFastEnumerationState *)state
                                  objects:(id __unsafe_unretained _Nullable[_Nonnull])buffer
                                    count:(NSUInteger)length;
@end

@interface NSString : NSObject <NSCopying>
@property(readonly) NSUInteger length;
@property(nullable, readonly) const char *UTF8String __attribute__((objc_returns_inner_pointer));
+ (nullable instancetype)stringWithUTF8String:(const char *)bytes;
- (BOOL)isEqualToString:(NSString *)other;
- (void)getCharacters:(unichar *)buffer range:(NSRange)range;
- (NSRange)rangeOfComposedCharacterSequenceAtIndex:(NSUInteger)index;
@end

@interface NSArray<__covariant T> : NSObject <NSFastEnumeration>
@property(readonly) NSUInteger count;
@property(nullable, nonatomic, readonly) T firstObject;
+ (instancetype)arrayWithObjects:(const T _Nonnull[_Nullable])objects count:(NSUInteger)count;
@end

@interface NSMutableArray<T> : NSArray <T>
+ (instancetype)arrayWithCapacity:(NSUInteger)capacity;
- (void)addObject:(T)object;
@end

@interface NSDictionary<__covariant K, __covariant V> : NSObject
+ (instancetype)dictionaryWithObjects:(const V _Nonnull[_Nullable])objects
                              forKeys:(const K<NSCopying> _Nonnull[_Nullable])keys
                                count:(NSUInteger)count;
- (nullable V)objectForKey:(K)key;
@end

@interface NSNumber : NSObject
@property(readonly) unsigned int unsignedIntValue;
@end

@interface NSData : NSObject
- (instancetype)initWithBytesNoCopy:(void *)bytes length:(NSUInteger)length freeWhenDone:(BOOL)frees;
@end

@interface NSError : NSObject
@property(readonly, copy) NSString *domain;
@property(readonly) NSInteger code;
@property(readonly, copy) NSString *localizedDescription;
@end

__attribute__((objc_exception))
@interface NSException : NSObject
@property(readonly, copy) NSString *name;
@property(nullable, readonly, copy) NSString *reason;
@end

@interface NSCharacterSet : NSObject
@property(class, readonly, copy) NSCharacterSet *whitespaceAndNewlineCharacterSet;
- (BOOL)characterIsMember:(unichar)unit;
@end

@interface NSProcessInfo : NSObject
@property(class, readonly, strong) NSProcessInfo *processInfo;
@property(readonly, copy) NSString *operatingSystemVersionString;
@end

#pragma clang assume_nonnull end
#endif

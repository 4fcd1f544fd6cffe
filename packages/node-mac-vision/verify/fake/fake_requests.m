#include "fake_storage.h"

@implementation VNRequest
COUNTED_CLASS
- (id)init {
  if ((self = [super init])) fake.revision = 3;
  return self;
}
- (void)releaseFake {
  long long began = fake_clock();
  [fake.results release];
  fake_clock_stop(began);
}
- (NSUInteger)revision {
  return fake.revision;
}
- (void)setRevision:(NSUInteger)revision {
  fake.revision = revision;
}
- (void)cancel {
  fake_count(FAKE_CANCELS, 1);
  fake.cancelled = 1;
}
@end

@implementation VNImageBasedRequest
- (id)init {
  if ((self = [super init])) fake.region = CGRectMake(0, 0, 1, 1);
  return self;
}
- (CGRect)regionOfInterest {
  return fake.region;
}
- (void)setRegionOfInterest:(CGRect)region {
  fake.region = region;
}
@end

@implementation VNDetectDocumentSegmentationRequest
- (NSArray *)results {
  return [[fake.results retain] autorelease];
}
@end

@implementation VNRecognizeTextRequest
- (id)init {
  if ((self = [super init])) fake.corrects = 1;
  return self;
}
- (void)releaseFake {
  [fake.languages release];
  [fake.custom_words release];
  [super releaseFake];
}
- (NSArray *)recognitionLanguages {
  return fake.languages;
}
- (void)setRecognitionLanguages:(NSArray *)languages {
  [fake.languages autorelease];
  fake.languages = [languages copy];
}
- (NSArray *)customWords {
  return fake.custom_words;
}
- (void)setCustomWords:(NSArray *)words {
  [fake.custom_words autorelease];
  fake.custom_words = [words copy];
}
- (VNRequestTextRecognitionLevel)recognitionLevel {
  return (VNRequestTextRecognitionLevel)fake.level;
}
- (void)setRecognitionLevel:(VNRequestTextRecognitionLevel)level {
  fake.level = level;
}
- (BOOL)usesLanguageCorrection {
  return fake.corrects;
}
- (void)setUsesLanguageCorrection:(BOOL)corrects {
  fake.corrects = corrects;
}
- (float)minimumTextHeight {
  return fake.minimum_text_height;
}
- (void)setMinimumTextHeight:(float)height {
  fake.minimum_text_height = height;
}
- (NSArray *)results {
  return [[fake.results retain] autorelease];
}
- (NSArray *)supportedRecognitionLanguagesAndReturnError:(NSError **)error {
  (void)error;
  if (fake.level == VNRequestTextRecognitionLevelFast) return @[ @"en-US", @"de-DE" ];
  return @[ @"en-US", @"de-DE", @"zh-Hans" ];
}
@end

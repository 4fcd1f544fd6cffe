/* The part of Vision that mac_vision.m uses, declared by hand from the public documentation: for compile checks and
 * for the stand-in on Linux. The `availability` attributes make clang report a name newer than the oldest macOS. */
#ifndef DECLARED_VISION_H
#define DECLARED_VISION_H

#import <ImageIO/ImageIO.h>

#define SINCE_MACOS(version) __attribute__((availability(macos, introduced = version)))

/* The stand-in keeps its instance variables here: GCC's runtime wants them in the interface. */
#ifndef DECLARED_STORAGE
#define DECLARED_STORAGE
#endif

#pragma clang assume_nonnull begin

typedef float VNConfidence;
typedef NSString *VNImageOption;

extern NSString *const VNErrorDomain;
typedef enum VNErrorCode : NSInteger {
  VNErrorRequestCancelled = 1,
  VNErrorInternalError = 9,
  VNErrorInvalidImage = 13,
  VNErrorInvalidArgument = 14
} VNErrorCode;

typedef enum VNRequestTextRecognitionLevel : NSInteger {
  VNRequestTextRecognitionLevelAccurate = 0,
  VNRequestTextRecognitionLevelFast = 1
} VNRequestTextRecognitionLevel;

SINCE_MACOS(10.13)
@interface VNObservation : NSObject DECLARED_STORAGE
@property(readonly, nonatomic, assign) VNConfidence confidence;
@end

SINCE_MACOS(10.13)
@interface VNDetectedObjectObservation : VNObservation
@property(readonly, nonatomic, assign) CGRect boundingBox;
@end

SINCE_MACOS(10.13)
@interface VNRectangleObservation : VNDetectedObjectObservation
@property(readonly, nonatomic, assign) CGPoint topLeft;
@property(readonly, nonatomic, assign) CGPoint topRight;
@property(readonly, nonatomic, assign) CGPoint bottomLeft;
@property(readonly, nonatomic, assign) CGPoint bottomRight;
@end

SINCE_MACOS(10.15)
@interface VNRecognizedText : NSObject DECLARED_STORAGE
@property(readonly, nonatomic, copy) NSString *string;
@property(readonly, nonatomic, assign) VNConfidence confidence;
- (nullable VNRectangleObservation *)boundingBoxForRange:(NSRange)range
                                                   error:(NSError *_Nullable __autoreleasing *_Nullable)error;
@end

SINCE_MACOS(10.15)
@interface VNRecognizedTextObservation : VNRectangleObservation
- (NSArray<VNRecognizedText *> *)topCandidates:(NSUInteger)maximum;
@end

SINCE_MACOS(10.13)
@interface VNRequest : NSObject DECLARED_STORAGE
@property(readwrite, nonatomic, assign) NSUInteger revision;
- (void)cancel;
@end

SINCE_MACOS(10.13)
@interface VNImageBasedRequest : VNRequest
@property(readwrite, nonatomic, assign) CGRect regionOfInterest;
@end

SINCE_MACOS(10.15)
@interface VNRecognizeTextRequest : VNImageBasedRequest
@property(readwrite, nonatomic, copy) NSArray<NSString *> *recognitionLanguages;
@property(readwrite, nonatomic, copy) NSArray<NSString *> *customWords;
@property(readwrite, nonatomic, assign) VNRequestTextRecognitionLevel recognitionLevel;
@property(readwrite, nonatomic, assign) BOOL usesLanguageCorrection;
@property(readwrite, nonatomic, assign) float minimumTextHeight;
@property(readonly, nonatomic, copy, nullable) NSArray<VNRecognizedTextObservation *> *results;
- (nullable NSArray<NSString *> *)supportedRecognitionLanguagesAndReturnError:
    (NSError *_Nullable __autoreleasing *_Nullable)error SINCE_MACOS(12.0);
@end

SINCE_MACOS(12.0)
@interface VNDetectDocumentSegmentationRequest : VNImageBasedRequest
@property(readonly, nonatomic, copy, nullable) NSArray<VNRectangleObservation *> *results;
@end

SINCE_MACOS(10.13)
@interface VNImageRequestHandler : NSObject DECLARED_STORAGE
- (instancetype)init __attribute__((unavailable));
- (instancetype)initWithData:(NSData *)data
                 orientation:(CGImagePropertyOrientation)orientation
                     options:(NSDictionary<VNImageOption, id> *)options;
- (BOOL)performRequests:(NSArray<VNRequest *> *)requests error:(NSError *_Nullable __autoreleasing *_Nullable)error;
@end

#pragma clang assume_nonnull end
#endif

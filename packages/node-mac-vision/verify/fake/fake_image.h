/* An "image" for the stand-in: any bytes that end in FAKEIMG and a JSON object, so that a real JPEG or PNG with the
 * JSON behind it passes for both. A PNG without one is a blank sheet. Fields of the object, all optional:
 *
 *   width, height, orientation   header, as stored
 *   lines: [{text, confidence, quad, boxes}]   quad in 0..1 of the stored image, origin top left, corners as read;
 *                                boxes: "nil" | "error" | "empty" | "throw" says how single words' boxes fail
 *                                in place of text, units: its UTF-16 units, where JSON cannot say them
 *   document: quad               the sheet of paper
 *   delayMs, deaf                takes that long; deaf: does not notice a cancel
 *   error: {code, message} | "silent"
 *   throw: name of an exception  raised in performRequests:
 *   noResults                    succeeds with nil results
 *   poison                       fails, and so does every later accurate request of the process
 *   crash                        raises SIGSEGV
 *   echo                         adds a line that tells the settings received */
#ifndef FAKE_IMAGE_H
#define FAKE_IMAGE_H

#import <Foundation/Foundation.h>

/* The caller's to release; nil: no image. Not autoreleased: what the stand-in makes it also frees on its own time, since
 * its time is measured. */
NSDictionary *newFakeImage(NSData *data);

#endif

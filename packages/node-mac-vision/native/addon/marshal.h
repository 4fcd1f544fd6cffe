#pragma once
#include <napi.h>

#include "../mac_vision.h"

namespace mac_vision {

/* A result as one object of numbers and strings: `texts` one a line, and every coordinate of the image in a single
 * Float64Array, `numbers`, because a typed array costs the same to make for one number as for ten thousand.
 *
 *   a line:              confidence, quad (8), words, characters (counts); then its words; then its characters
 *   a word, a character: start, length (UTF-16 units), quad (8; NaN where Vision gave no box)
 *   a quad:              x, y of top left, top right, bottom right, bottom left
 *
 * decode-result.ts is the reader. */
Napi::Object ToJavaScript(const Napi::Env &env, const mv_result &result);

/* An Error with `kind`, `domain` and `nativeCode`. */
Napi::Error ToJavaScript(const Napi::Env &env, const mv_error &error);

}  // namespace mac_vision

#include "marshal.h"

#include <limits>

namespace mac_vision {
namespace {

constexpr size_t kQuadNumbers = 8;
constexpr size_t kLineNumbers = 1 + kQuadNumbers + 2;
constexpr size_t kSpanNumbers = 2 + kQuadNumbers;

/* Writes numbers one after the other; the caller has counted them before. */
class Writer {
 public:
  explicit Writer(double *at) : at_(at) {}

  void Put(double number) { *at_++ = number; }

  void Put(const mv_quad &quad) {
    for (const mv_point &corner : {quad.top_left, quad.top_right, quad.bottom_right, quad.bottom_left}) {
      Put(corner.x);
      Put(corner.y);
    }
  }

  void Put(const mv_span *spans, size_t count) {
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    constexpr mv_quad no_box = {{nan, nan}, {nan, nan}, {nan, nan}, {nan, nan}};
    for (size_t i = 0; i < count; i++) {
      Put(spans[i].start);
      Put(spans[i].length);
      Put(spans[i].has_quad ? spans[i].quad : no_box);
    }
  }

 private:
  double *at_;
};

size_t NumbersOf(const mv_result &result) {
  size_t count = 0;
  for (size_t i = 0; i < result.line_count; i++) {
    count += kLineNumbers + kSpanNumbers * (result.lines[i].word_count + result.lines[i].character_count);
  }
  return count;
}

Napi::Float64Array Numbers(const Napi::Env &env, const mv_result &result) {
  auto numbers = Napi::Float64Array::New(env, NumbersOf(result));
  Writer writer(numbers.Data());
  for (size_t i = 0; i < result.line_count; i++) {
    const mv_line &line = result.lines[i];
    writer.Put(line.confidence);
    writer.Put(line.quad);
    writer.Put(static_cast<double>(line.word_count));
    writer.Put(static_cast<double>(line.character_count));
    writer.Put(line.words, line.word_count);
    writer.Put(line.characters, line.character_count);
  }
  return numbers;
}

Napi::Array Texts(const Napi::Env &env, const mv_result &result) {
  auto texts = Napi::Array::New(env, result.line_count);
  for (size_t i = 0; i < result.line_count; i++) {
    Napi::HandleScope scope(env);
    const mv_line &line = result.lines[i];
    auto units = reinterpret_cast<const char16_t *>(line.text);
    /* As a plain napi_value: Set() would send a Napi::String through UTF-8, which has no halves of surrogate pairs. */
    napi_value text = Napi::String::New(env, units, line.text_length);
    texts.Set(static_cast<uint32_t>(i), text);
  }
  return texts;
}

const char *KindName(mv_error_kind kind) {
  switch (kind) {
    case MV_ERROR_NONE: break;
    case MV_ERROR_CANCELLED: return "cancelled";
    case MV_ERROR_NOT_AN_IMAGE: return "not_an_image";
    case MV_ERROR_TOO_LARGE: return "too_large";
    case MV_ERROR_VISION: return "vision";
    case MV_ERROR_EXCEPTION: return "exception";
    case MV_ERROR_MEMORY: return "memory";
  }
  return "none";
}

const char *OrEmpty(const char *text) { return text ? text : ""; }

}  // namespace

Napi::Object ToJavaScript(const Napi::Env &env, const mv_result &result) {
  auto object = Napi::Object::New(env);
  object.Set("storedWidth", result.stored_width);
  object.Set("storedHeight", result.stored_height);
  object.Set("orientation", result.orientation);
  object.Set("revision", result.revision);
  object.Set("texts", Texts(env, result));
  object.Set("numbers", Numbers(env, result));
  if (result.has_document) {
    auto document = Napi::Float64Array::New(env, kQuadNumbers);
    Writer(document.Data()).Put(result.document);
    object.Set("document", document);
  }
  return object;
}

Napi::Error ToJavaScript(const Napi::Env &env, const mv_error &error) {
  auto object = Napi::Error::New(env, OrEmpty(error.message));
  object.Set("kind", Napi::String::New(env, KindName(error.kind)));
  object.Set("domain", Napi::String::New(env, OrEmpty(error.domain)));
  object.Set("nativeCode", Napi::Number::New(env, static_cast<double>(error.code)));
  return object;
}

}  // namespace mac_vision

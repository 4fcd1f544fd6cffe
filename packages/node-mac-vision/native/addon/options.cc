#include "options.h"

namespace mac_vision {
namespace {

Napi::TypeError Wrong(const Napi::Env &env, const std::string &name, const char *expected) {
  return Napi::TypeError::New(env, name + " must be " + expected);
}

bool Boolean(const Napi::Object &from, const char *name) {
  Napi::Value value = from.Get(name);
  if (!value.IsBoolean()) throw Wrong(from.Env(), name, "a boolean");
  return value.As<Napi::Boolean>().Value();
}

double Number(const Napi::Object &from, const char *name) {
  Napi::Value value = from.Get(name);
  if (!value.IsNumber()) throw Wrong(from.Env(), name, "a number");
  return value.As<Napi::Number>().DoubleValue();
}

std::vector<std::string> Strings(const Napi::Object &from, const char *name) {
  constexpr const char *expected = "an array of strings";
  Napi::Value value = from.Get(name);
  if (!value.IsArray()) throw Wrong(from.Env(), name, expected);
  auto array = value.As<Napi::Array>();
  std::vector<std::string> strings;
  for (uint32_t i = 0; i < array.Length(); i++) {
    Napi::Value string = array.Get(i);
    if (!string.IsString()) throw Wrong(from.Env(), name, expected);
    strings.push_back(string.As<Napi::String>().Utf8Value());
  }
  return strings;
}

std::vector<const char *> Pointers(const std::vector<std::string> &strings) {
  std::vector<const char *> pointers;
  for (const std::string &string : strings) pointers.push_back(string.c_str());
  return pointers;
}

}  // namespace

Options::Options(const Napi::Object &from)
    : languages_(Strings(from, "languages")),
      custom_words_(Strings(from, "customWords")),
      language_pointers_(Pointers(languages_)),
      custom_word_pointers_(Pointers(custom_words_)) {
  options_.fast = Boolean(from, "fast");
  options_.correct_language = Boolean(from, "languageCorrection");
  options_.detect_document = Boolean(from, "detectDocument");
  options_.minimum_text_height = static_cast<float>(Number(from, "minimumTextHeight"));
  options_.region = {Number(from, "regionX"), Number(from, "regionY"), Number(from, "regionWidth"),
                     Number(from, "regionHeight")};
  options_.pixels_max = static_cast<uint64_t>(Number(from, "pixelsMax"));
  options_.languages = language_pointers_.data();
  options_.language_count = language_pointers_.size();
  options_.custom_words = custom_word_pointers_.data();
  options_.custom_word_count = custom_word_pointers_.size();
}

}  // namespace mac_vision

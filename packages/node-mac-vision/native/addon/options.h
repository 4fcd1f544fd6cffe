#pragma once
#include <napi.h>

#include <string>
#include <vector>

#include "../mac_vision.h"

namespace mac_vision {

/* One job's options. It owns the strings that the C structure points to, so it neither copies nor moves. */
class Options {
 public:
  /* Throws a TypeError that names the field which is missing or of the wrong type: TypeScript has checked the rest. */
  explicit Options(const Napi::Object &from);
  Options(const Options &) = delete;
  Options &operator=(const Options &) = delete;

  const mv_options *get() const { return &options_; }

 private:
  mv_options options_{};
  std::vector<std::string> languages_, custom_words_;
  std::vector<const char *> language_pointers_, custom_word_pointers_;
};

}  // namespace mac_vision

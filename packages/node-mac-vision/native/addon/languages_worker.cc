#include "languages_worker.h"

#include "marshal.h"

namespace mac_vision {

LanguagesWorker::LanguagesWorker(const Napi::Function &done, bool fast)
    : AsyncWorker(done, "mac_vision.languages"), fast_(fast) {}

LanguagesWorker::~LanguagesWorker() {
  mv_strings_free(languages_);
  mv_error_clear(&error_);
}

void LanguagesWorker::Execute() { languages_ = mv_supported_languages(fast_, &error_); }

std::vector<napi_value> LanguagesWorker::GetResult(Napi::Env env) {
  if (!languages_) return {ToJavaScript(env, error_).Value()};
  auto languages = Napi::Array::New(env);
  for (uint32_t i = 0; languages_[i]; i++) languages.Set(i, languages_[i]);
  return {env.Null(), languages};
}

}  // namespace mac_vision

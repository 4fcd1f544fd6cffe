#include "languages_worker.h"

#include "marshal.h"

namespace mac_vision {

LanguagesWorker::LanguagesWorker(const Napi::Env &env, bool fast)
    : AsyncWorker(env, "mac_vision.languages"), deferred_(env), fast_(fast) {}

LanguagesWorker::~LanguagesWorker() {
  mv_strings_free(languages_);
  mv_error_clear(&error_);
}

void LanguagesWorker::Execute() { languages_ = mv_supported_languages(fast_, &error_); }

void LanguagesWorker::OnOK() {
  Napi::Env env = Env();
  if (!languages_) {
    deferred_.Reject(ToJavaScript(env, error_).Value());
    return;
  }
  auto languages = Napi::Array::New(env);
  for (uint32_t i = 0; languages_[i]; i++) languages.Set(i, languages_[i]);
  deferred_.Resolve(languages);
}

}  // namespace mac_vision

#pragma once
#include <napi.h>

#include <vector>

#include "../mac_vision.h"

namespace mac_vision {

/* Asks Vision for its languages on a thread of libuv's pool: the first question loads a model.
 * Then done(error | null, languages) is called. */
class LanguagesWorker : public Napi::AsyncWorker {
 public:
  LanguagesWorker(const Napi::Function &done, bool fast);
  ~LanguagesWorker() override;

 protected:
  void Execute() override;
  std::vector<napi_value> GetResult(Napi::Env env) override;

 private:
  bool fast_;
  char **languages_ = nullptr;
  mv_error error_{};
};

}  // namespace mac_vision

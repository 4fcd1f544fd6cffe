#pragma once
#include <napi.h>

#include <memory>

#include "../mac_vision.h"

namespace mac_vision {

/* Asks Vision for its languages on a thread of libuv's pool: the first question loads a model. */
class LanguagesWorker : public Napi::AsyncWorker {
 public:
  LanguagesWorker(const Napi::Env &env, bool fast);
  ~LanguagesWorker() override;
  Napi::Promise Promise() const { return deferred_.Promise(); }

 protected:
  void Execute() override;
  void OnOK() override;

 private:
  Napi::Promise::Deferred deferred_;
  bool fast_;
  char **languages_ = nullptr;
  mv_error error_{};
};

}  // namespace mac_vision

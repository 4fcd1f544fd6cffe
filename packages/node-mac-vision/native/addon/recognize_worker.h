#pragma once
#include <napi.h>

#include <cstdlib>
#include <memory>
#include <optional>
#include <vector>

#include "../mac_vision.h"
#include "options.h"

namespace mac_vision {

struct Freed {
  void operator()(void *bytes) const { std::free(bytes); }
  void operator()(mv_result *result) const { mv_result_free(result); }
};
using Bytes = std::unique_ptr<void, Freed>;

/* Shared by the worker and by the `cancel` function handed to JavaScript: whichever goes last frees it. */
using Job = std::shared_ptr<mv_job>;
Job NewJob(const Napi::Env &env);

/* How many images Vision may have at once, in the whole process and so over all worker threads: it dead-locks from
 * five on. The limiter in TypeScript stays below this; a slot is the last guard. */
class Slot {
 public:
  static constexpr int kMax = 4;
  explicit Slot(const Napi::Env &env); /* throws an Error of kind `busy` */
  ~Slot();
  Slot(const Slot &) = delete;
  Slot &operator=(const Slot &) = delete;
};

/* One image, read on a thread of libuv's pool; then done(error | null, recognition) is called. A callback, not a promise:
 * Node leaks a promise that is still open when its worker thread is terminated. */
class RecognizeWorker : public Napi::AsyncWorker {
 public:
  RecognizeWorker(const Napi::Function &done, Job job, Bytes bytes, size_t length, std::unique_ptr<Options> options);
  ~RecognizeWorker() override;

 protected:
  void Execute() override;
  std::vector<napi_value> GetResult(Napi::Env env) override;

 private:
  std::optional<Slot> slot_; /* given back before JavaScript hears of the end and starts the next image */
  Job job_;
  Bytes bytes_;
  size_t length_;
  std::unique_ptr<Options> options_;
  std::unique_ptr<mv_result, Freed> result_;
  mv_error error_{};
};

}  // namespace mac_vision

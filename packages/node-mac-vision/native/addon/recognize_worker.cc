#include "recognize_worker.h"

#include <atomic>
#include <string>

#include "marshal.h"

namespace mac_vision {
namespace {
std::atomic<int> slots_taken{0};
}

Job NewJob(const Napi::Env &env) {
  Job job(mv_job_new(), mv_job_free);
  if (!job) throw Napi::Error::New(env, "out of memory");
  return job;
}

Slot::Slot(const Napi::Env &env) {
  if (slots_taken.fetch_add(1) < kMax) return;
  slots_taken.fetch_sub(1);
  auto error = Napi::Error::New(env, "Vision has " + std::to_string(kMax) + " images already");
  error.Set("kind", "busy");
  throw error;
}

Slot::~Slot() { slots_taken.fetch_sub(1); }

RecognizeWorker::RecognizeWorker(const Napi::Function &done, Job job, Bytes bytes, size_t length,
                                 std::unique_ptr<Options> options)
    : AsyncWorker(done, "mac_vision.recognize"),
      slot_(std::in_place, done.Env()),
      job_(std::move(job)),
      bytes_(std::move(bytes)),
      length_(length),
      options_(std::move(options)) {}

RecognizeWorker::~RecognizeWorker() { mv_error_clear(&error_); }

void RecognizeWorker::Execute() {
  mv_result *result = nullptr;
  mv_recognize(job_.get(), bytes_.release(), length_, options_->get(), &result, &error_);
  result_.reset(result);
  slot_.reset();
}

std::vector<napi_value> RecognizeWorker::GetResult(Napi::Env env) {
  if (result_) return {env.Null(), ToJavaScript(env, *result_)};
  return {ToJavaScript(env, error_).Value()};
}

}  // namespace mac_vision

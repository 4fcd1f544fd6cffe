/* The module's doors. Portable: the same file is built on a Mac and, around a stand-in for Vision, on Linux. */
#include <napi.h>

#include <cstring>

#include "languages_worker.h"
#include "recognize_worker.h"

namespace mac_vision {
namespace {

/* The job owns its bytes: the caller may overwrite, transfer or drop its buffer as soon as start() is back. */
Bytes CopyOf(const Napi::Uint8Array &array) {
  Bytes copy(std::malloc(array.ByteLength() + 1));
  if (!copy) throw Napi::Error::New(array.Env(), "out of memory");
  if (array.ByteLength()) std::memcpy(copy.get(), array.Data(), array.ByteLength()); /* an empty array has no data */
  return copy;
}

Napi::Function DoneFrom(const Napi::Value &value) {
  if (!value.IsFunction()) throw Napi::TypeError::New(value.Env(), "done must be a function");
  return value.As<Napi::Function>();
}

/* start(bytes: Uint8Array, options, done: (error, recognition) => void) -> cancel() */
Napi::Value Start(const Napi::CallbackInfo &info) {
  Napi::Env env = info.Env();
  if (!info[0].IsTypedArray() || info[0].As<Napi::TypedArray>().TypedArrayType() != napi_uint8_array) {
    throw Napi::TypeError::New(env, "bytes must be a Uint8Array");
  }
  if (!info[1].IsObject()) throw Napi::TypeError::New(env, "options must be an object");
  auto bytes = info[0].As<Napi::Uint8Array>();
  auto options = std::make_unique<Options>(info[1].As<Napi::Object>());
  Napi::Function done = DoneFrom(info[2]);
  Job job = NewJob(env);
  auto worker =
      std::make_unique<RecognizeWorker>(done, job, CopyOf(bytes), bytes.ByteLength(), std::move(options));
  worker.release()->Queue(); /* it deletes itself when it is done */
  return Napi::Function::New(env, [job](const Napi::CallbackInfo &) { mv_job_cancel(job.get()); }, "cancel");
}

/* supportedLanguages(fast: boolean, done: (error, languages) => void) */
void SupportedLanguages(const Napi::CallbackInfo &info) {
  auto worker = std::make_unique<LanguagesWorker>(DoneFrom(info[1]), info[0].ToBoolean().Value());
  worker.release()->Queue();
}

/* describe() -> {systemVersion, revision} */
Napi::Value Describe(const Napi::CallbackInfo &info) {
  Napi::Env env = info.Env();
  std::unique_ptr<char, Freed> version(mv_system_version());
  if (!version) throw Napi::Error::New(env, "out of memory");
  auto description = Napi::Object::New(env);
  description.Set("systemVersion", version.get());
  description.Set("revision", mv_default_revision());
  return description;
}

Napi::Object Init(Napi::Env env, Napi::Object exports) {
  exports.Set("start", Napi::Function::New(env, Start, "start"));
  exports.Set("supportedLanguages", Napi::Function::New(env, SupportedLanguages, "supportedLanguages"));
  exports.Set("describe", Napi::Function::New(env, Describe, "describe"));
  return exports;
}

}  // namespace
}  // namespace mac_vision

static Napi::Object Init(Napi::Env env, Napi::Object exports) { return mac_vision::Init(env, exports); }
NODE_API_MODULE(mac_vision, Init)

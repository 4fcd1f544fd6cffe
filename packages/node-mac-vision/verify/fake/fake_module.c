/* The module as it is loaded in tests: the addon's own, plus `fakeCounters()` and `fakeNanosecondsABox()`. The addon is compiled with its
 * entry point renamed to mac_vision_module, so that its sources know nothing of this. */
#include <malloc.h>
#include <node_api.h>

#include "fake_counters.h"

napi_value mac_vision_module(napi_env env, napi_value exports);

static napi_value counters(napi_env env, napi_callback_info info) {
  (void)info;
  static const char *const names[FAKE_COUNTERS] = {"liveObjects", "peakThreads", "mainThreadCalls",
                                                   "performed",   "cancels",     "nanoseconds", "boxes"};
  napi_value object, number;
  napi_create_object(env, &object);
  for (int i = 0; i < FAKE_COUNTERS; i++) {
    napi_create_int64(env, fake_counted(i), &number);
    napi_set_named_property(env, object, names[i], number);
  }
  napi_create_int64(env, (int64_t)mallinfo2().uordblks, &number);
  napi_set_named_property(env, object, "heapBytes", number);
  return object;
}

static napi_value nanoseconds_a_box(napi_env env, napi_callback_info info) {
  (void)info;
  napi_value number;
  napi_create_double(env, fakeNanosecondsABox(), &number);
  return number;
}

/* Not NAPI_MODULE_INIT, which would declare the Node-API version that the addon declares already. */
NAPI_EXTERN napi_value napi_register_module_v1(napi_env env, napi_value exports);
napi_value napi_register_module_v1(napi_env env, napi_value exports) {
  napi_value with_addon = mac_vision_module(env, exports), function;
  if (!with_addon) return NULL;
  napi_create_function(env, "fakeCounters", NAPI_AUTO_LENGTH, counters, NULL, &function);
  napi_set_named_property(env, with_addon, "fakeCounters", function);
  napi_create_function(env, "fakeNanosecondsABox", NAPI_AUTO_LENGTH, nanoseconds_a_box, NULL, &function);
  napi_set_named_property(env, with_addon, "fakeNanosecondsABox", function);
  return with_addon;
}

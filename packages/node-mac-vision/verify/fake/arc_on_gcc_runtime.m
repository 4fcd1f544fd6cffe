/* Lets code that clang compiled with ARC for the gnustep-1.9 runtime run on GCC's libobjc, which Debian's GNUstep is
 * built for. Sound as long as that code defines no class: then the two ABIs differ only in what is bridged here.
 * Compiled without ARC, for GCC's runtime. */
#import <Foundation/Foundation.h>
#include <objc/message.h>
#include <objc/objc-exception.h>
#include <unwind.h>

/* A module announces itself with its ABI's version: clang writes 9, libobjc takes 8. The build script renames the
 * module's call of __objc_exec_class to this function. */
struct objc_module_header {
  unsigned long version, size;
  const char *name;
  void *symbols;
};
extern void __objc_exec_class(void *);
enum { GCC_MODULE_VERSION = 8 };

void arc_register_module(struct objc_module_header *module);
void arc_register_module(struct objc_module_header *module) {
  module->version = GCC_MODULE_VERSION;
  module->size = sizeof *module;
  __objc_exec_class(module);
}

/* gnustep-1.9 looks a method up as a slot, GCC's runtime as a function. */
struct arc_slot {
  Class owner, cached_for;
  const char *types;
  int version;
  IMP method;
};

struct arc_slot *objc_msg_lookup_sender(id *receiver, SEL selector, id sender);
struct arc_slot *objc_msg_lookup_sender(id *receiver, SEL selector, id sender) {
  (void)sender;
  static __thread struct arc_slot slot;
  slot.method = objc_msg_lookup(*receiver, selector);
  return &slot;
}

/* Exceptions: GCC's personality routine hands the landing pad the object itself. */
#define PERSONALITY_PARAMETERS \
  int version, _Unwind_Action actions, _Unwind_Exception_Class class, struct _Unwind_Exception *exception, \
      struct _Unwind_Context *context
_Unwind_Reason_Code __gnu_objc_personality_v0(PERSONALITY_PARAMETERS);
_Unwind_Reason_Code __gnustep_objc_personality_v0(PERSONALITY_PARAMETERS);
_Unwind_Reason_Code __gnustep_objc_personality_v0(PERSONALITY_PARAMETERS) {
  return __gnu_objc_personality_v0(version, actions, class, exception, context);
}
id objc_begin_catch(id exception);
id objc_begin_catch(id exception) { return exception; }
void objc_end_catch(void);
void objc_end_catch(void) {}
void objc_exception_rethrow(id exception);
void objc_exception_rethrow(id exception) { objc_exception_throw(exception); }

/* The entry points that ARC calls. clang.llvm.org/docs/AutomaticReferenceCounting.html#runtime-support */
#define ARC_ENTRY(name, expression) \
  id name(id object);               \
  id name(id object) { return (expression); }
ARC_ENTRY(objc_retain, [object retain])
ARC_ENTRY(objc_autorelease, [object autorelease])
ARC_ENTRY(objc_autoreleaseReturnValue, [object autorelease])
ARC_ENTRY(objc_retainAutorelease, [[object retain] autorelease])
ARC_ENTRY(objc_retainAutoreleaseReturnValue, [[object retain] autorelease])
ARC_ENTRY(objc_retainAutoreleasedReturnValue, [object retain])

void objc_release(id object);
void objc_release(id object) { [object release]; }

void objc_storeStrong(id *place, id object);
void objc_storeStrong(id *place, id object) {
  id before = *place;
  *place = [object retain];
  [before release];
}

void *objc_autoreleasePoolPush(void);
void *objc_autoreleasePoolPush(void) { return [[NSAutoreleasePool alloc] init]; }
void objc_autoreleasePoolPop(void *pool);
void objc_autoreleasePoolPop(void *pool) { [(NSAutoreleasePool *)pool drain]; }

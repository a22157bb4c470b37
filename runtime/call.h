// call.h: the narrow door from the runtime to Gila code. The vm implements it (vm/call.cc).
#ifndef GILA_RUNTIME_CALL_H_
#define GILA_RUNTIME_CALL_H_

#include <initializer_list>
#include <span>

#include "runtime/names.h"
#include "runtime/object.h"
#include "runtime/result.h"
#include "runtime/thread.h"

namespace gila {

struct CodeData;
struct Dict;
struct Code;
struct Frame;

// callable(*args, **keywords): the values of the names in the tuple `kwnames` are the last of
// `args`.
Result<Value> Call(Thread& thread, Value callable, std::span<const Value> args,
                   Value kwnames = kUnbound) GILA_ATTACHED;
inline Result<Value> Call(Thread& thread, Value callable,
                          std::initializer_list<Value> args) GILA_ATTACHED {
  return Call(thread, callable, std::span<const Value>(args.begin(), args.size()));
}
// callable(*tuple, **dict); the dict may be unbound.
Result<Value> CallWith(Thread& thread, Value callable, Value args_tuple,
                       Value kwargs_dict) GILA_ATTACHED;
// receiver.name(*args), without making a bound method.
Result<Value> CallMethod(Thread& thread, Value receiver, Value interned_name,
                         std::span<const Value> args) GILA_ATTACHED;
inline Result<Value> CallMethod(Thread& thread, Value receiver, Value interned_name,
                                std::initializer_list<Value> args = {}) GILA_ATTACHED {
  return CallMethod(thread, receiver, interned_name,
                    std::span<const Value>(args.begin(), args.size()));
}

// Runs module-level or eval code with these namespaces; `locals` may be any mapping (unbound: the
// globals).
Result<Value> RunCode(Thread& thread, Code* code, Dict* globals, Value locals,
                      Value closure = kUnbound) GILA_ATTACHED;

// sys._getframe(depth): the frame object of the depth-th running Gila frame; null when there are
// not so many.
Frame* CurrentFrame(Thread& thread, int depth) GILA_ATTACHED;
// Globals of the running Gila function; null at top level. Locals as locals() gives them.
Dict* CurrentGlobals(Thread& thread) GILA_ATTACHED;
Result<Value> CurrentLocals(Thread& thread) GILA_ATTACHED;

// What zero-argument super() works on: the class in the running function's __class__ cell and its
// first argument. RuntimeError in CPython's words ("super(): no arguments").
Status CurrentSuperArguments(Thread& thread, Value* cls, Value* self) GILA_ATTACHED;

// Forgets every inline cache in every code object. Stops the world.
void InvalidateAllInlineCaches(Thread& thread) GILA_ATTACHED;

}  // namespace gila

#endif  // GILA_RUNTIME_CALL_H_

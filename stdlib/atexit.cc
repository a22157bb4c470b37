// atexit.cc: the module atexit.
#include "stdlib/atexit.h"

#include "runtime/call.h"
#include "runtime/heap/heap.h"
#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/types/dict.h"
#include "runtime/types/exception.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"

namespace gila {

namespace {

// A list of tuples (function, args, keywords); no list before the first one.
Value registered = kUnbound;

Result<List*> Registered(Thread& thread) {
  if (registered.IsUnbound()) {
    GILA_TRY(List* const list, NewList(thread));
    heap::AddRoot(&registered);
    registered = list;
  }
  return registered.As<List>();
}

Result<Value> Register(Thread& thread, Args args) {
  const std::span<const Value> given = args.rest();
  if (given.empty()) {
    return thread.RaiseTypeError("register() takes at least 1 argument (0 given)");
  }
  if (!IsCallable(given[0])) return thread.RaiseTypeError("the first argument must be callable");
  GILA_TRY(Tuple* const positional, NewTuple(thread, given.subspan(1)));
  const Value parts[] = {given[0], positional, args.Or(0, kNone)};
  GILA_TRY(Tuple* const entry, NewTuple(thread, parts));
  GILA_TRY(List* const list, Registered(thread));
  GILA_TRY_VOID(ListAppend(thread, list, entry));
  return given[0];
}

Result<Value> Unregister(Thread& thread, Args args) {
  GILA_TRY(List* const list, Registered(thread));
  GILA_TRY(List* const kept, NewList(thread));
  for (int64_t i = 0;; ++i) {
    const Value entry = ListAt(list, i);
    if (entry.IsUnbound()) break;
    GILA_TRY(const bool same, Equal(thread, entry.As<Tuple>()->At(0), args[0]));
    if (!same) GILA_TRY_VOID(ListAppend(thread, kept, entry));
  }
  registered = kept;
  return kNone;
}

Result<Value> Clear(Thread& thread, Args) {
  GILA_TRY(registered, Result<Value>(NewList(thread)));
  return kNone;
}

Result<Value> RunAll(Thread& thread, Args) {
  RunExitFunctions(thread);
  return kNone;
}

Result<Value> Count(Thread& thread, Args) {
  GILA_TRY(List* const list, Registered(thread));
  return Value::SmallInt(list->size.Load());
}

const NativeDef kFunctions[] = {
    {"register", Register, "(*args, **kwargs)",
     "register(func, *args, **kwargs) -> func\n\nRegister a function to be executed upon normal "
     "program termination"},
    {"unregister", Unregister, "(func, /)",
     "unregister(func) -> None\n\nUnregister an exit function which was previously registered"},
    {"_clear", Clear, "()", "Clear the list of previously registered exit functions."},
    {"_run_exitfuncs", RunAll, "()", "Run all registered exit functions."},
    {"_ncallbacks", Count, "()", "Return the number of registered exit functions."},
    {nullptr, nullptr, nullptr, nullptr},
};

}  // namespace

// What they register themselves comes too late.
void RunExitFunctions(Thread& thread) {
  if (!IsList(registered)) return;
  List* const list = registered.As<List>();
  for (int64_t i = list->size.Load(); i > 0; --i) {
    const Value entry = ListAt(registered.As<List>(), i - 1);
    if (entry.IsUnbound()) continue;  // unregistered meanwhile
    const Tuple* parts = entry.As<Tuple>();
    const Value keywords = parts->At(2);
    const Result<Value> result =
        CallWith(thread, parts->At(0), parts->At(1), keywords.IsNone() ? kUnbound : keywords);
    if (!result.ok()) {
      WriteUnraisable(thread, parts->At(0), "Exception ignored in atexit callback");
    }
  }
  const Result<List*> none = NewList(thread);
  if (none.ok()) registered = none.value();
}

Status InitAtexitModule(Thread& thread, Module* module) GILA_ATTACHED;
Status InitAtexitModule(Thread& thread, Module* module) {
  GILA_TRY_VOID(Registered(thread));
  return AddFunctions(thread, module, kFunctions);
}

}  // namespace gila

// sys_functions.cc: the functions of sys.
#include <dlfcn.h>

#include <atomic>
#include <string>

#include "runtime/call.h"
#include "runtime/heap/heap.h"
#include "runtime/modules.h"
#include "runtime/protocols.h"
#include "runtime/threads/attach.h"
#include "runtime/threads/counting.h"
#include "runtime/tracing.h"
#include "runtime/type.h"
#include "runtime/types/dict.h"
#include "runtime/types/exception.h"
#include "runtime/types/float.h"
#include "runtime/types/generator.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "runtime/types/struct_sequence.h"
#include "stdlib/sys.h"

namespace gila {

namespace {

// --- exceptions ---

Result<Value> ExcInfo(Thread& thread, Args) {
  const Value handled = thread.handled;
  Value parts[] = {kNone, kNone, kNone};
  if (IsException(handled)) {
    parts[0] = TypeOf(handled);
    parts[1] = handled;
    parts[2] = handled.As<Exception>()->traceback.Load();
  }
  return NewTuple(thread, parts);
}

Result<Value> CurrentException(Thread& thread, Args) {
  return IsException(thread.handled) ? thread.handled : kNone;
}

Result<Value> Exit(Thread& thread, Args args) {
  const Value status = args.Or(0, kNone);
  if (status.IsNone()) {
    GILA_TRY(const Value error, NewException(thread, TypeId::kSystemExit, {}));
    return thread.RaiseObject(error);
  }
  if (IsTuple(status)) {
    GILA_TRY(const Value error, CallWith(thread, GetType(TypeId::kSystemExit), status, kUnbound));
    return thread.RaiseObject(error);
  }
  return thread.RaiseWith(TypeId::kSystemExit, status);
}

// --- limits ---

Result<Value> GetRecursionLimit(Thread& thread, Args) {
  return Value::SmallInt(thread.depth_limit);
}

Result<Value> SetRecursionLimit(Thread& thread, Args args) {
  GILA_TRY(const Value given, Index(thread, args[0]));
  int64_t limit;
  if (!TryInt64(given, &limit) || limit > INT32_MAX || limit < INT32_MIN) {
    return thread.Raise(TypeId::kOverflowError, "Python int too large to convert to C int");
  }
  if (limit < 1) {
    return thread.RaiseValueError("recursion limit must be greater or equal than 1");
  }
  // The call of this function counts too.
  if (thread.depth + 1 >= limit) {
    return thread.RaiseFormat(
        TypeId::kRecursionError,
        "cannot set the recursion limit to %lld at the recursion depth %d: the limit is too low",
        static_cast<long long>(limit), thread.depth + 1);
  }
  int32_t wanted = static_cast<int32_t>(limit);
  ForEachThread([](Thread* other, void* value) { other->depth_limit = *static_cast<int*>(value); },
                &wanted);
  return kNone;
}

Result<Value> GetIntMaxStrDigits(Thread&, Args) {
  return Value::SmallInt(int_max_str_digits.Load());
}

Result<Value> SetIntMaxStrDigits(Thread& thread, Args args) {
  GILA_TRY(const int64_t digits, ToInt64(thread, args[0]));
  if (digits != 0 && digits < 640) {
    return thread.RaiseValueError("maxdigits must be 0 or larger than 640");
  }
  int_max_str_digits.Store(digits);
  return kNone;
}

// --- objects ---

Result<Value> GetSizeOf(Thread& thread, Args args) {
  GILA_TRY(const Value method,
           Result<Value>(LookupOnType(thread, TypeOf(args[0]), Intern(thread, "__sizeof__"))));
  if (method.IsUnbound()) {
    if (args.Has(1)) return args[1];
    const std::string given(TypeNameOf(args[0]));
    return thread.RaiseTypeError("Type %s doesn't define __sizeof__", given.c_str());
  }
  GILA_TRY(const Value bound, BindDescriptor(thread, method, args[0], TypeOf(args[0])));
  const Result<Value> answer = Call(thread, bound, {});
  if (!answer.ok()) {
    if (!args.Has(1) || !thread.ExceptionMatches(TypeId::kTypeError)) return kFailed;
    thread.ClearException();
    return args[1];
  }
  GILA_TRY(const int64_t size, ToInt64(thread, answer.value()));
  if (size < 0) return thread.RaiseValueError("__sizeof__() should return >= 0");
  return NewInt(thread, size);
}

Result<Value> InternText(Thread& thread, Args args) {
  if (!IsExactly(args[0], TypeId::kStr)) {
    const std::string given(TypeNameOf(args[0]));
    return thread.RaiseTypeError(
        IsStr(args[0]) ? "can't intern %s" : "intern() argument must be str, not %s",
        given.c_str());
  }
  return InternStr(thread, args[0].As<Str>());
}

// There are no counts; two is what CPython says of an object that one variable names.
Result<Value> GetRefCount(Thread&, Args) { return Value::SmallInt(2); }

Result<Value> GetFrame(Thread& thread, Args args) {
  int64_t depth = 0;
  if (args.Has(0)) {
    GILA_TRY(depth, ToInt64(thread, args[0]));
  }
  Frame* const frame = CurrentFrame(thread, depth < 0 ? 0 : static_cast<int>(depth));
  if (frame == nullptr) {
    if (thread.HasException()) return kFailed;
    return thread.RaiseValueError("call stack is not deep enough");
  }
  return reinterpret_cast<Object*>(frame);
}

// --- tracing ---

// Both take **keywords, so that a call of them is never done in the middle of an instruction's fast
// path: the vm then sees at once that it is to step.
Result<Value> SetHook(Thread& thread, Args args, const char* name, Value* hook) {
  GILA_TRY(const bool has_keywords, Truth(thread, args.Has(0) ? args[0] : kFalse));
  if (has_keywords) return thread.RaiseTypeError("sys.%s() takes no keyword arguments", name);
  if (args.rest().size() != 1)
    return thread.RaiseTypeError("sys.%s() takes exactly one argument (%zu given)", name,
                                 args.rest().size());
  const Value function = args.rest()[0];
  *hook = function.IsNone() ? kUnbound : function;
  UpdateTracing(thread);
  return kNone;
}
Result<Value> SetTrace(Thread& thread, Args args) {
  return SetHook(thread, args, "settrace", &thread.trace_function);
}
Result<Value> GetTrace(Thread& thread, Args) {
  return thread.trace_function.IsUnbound() ? kNone : thread.trace_function;
}
Result<Value> SetProfile(Thread& thread, Args args) {
  return SetHook(thread, args, "setprofile", &thread.profile_function);
}
Result<Value> GetProfile(Thread& thread, Args) {
  return thread.profile_function.IsUnbound() ? kNone : thread.profile_function;
}

const char* const kHookFields[] = {"firstiter", "finalizer", nullptr};
const StructSequenceSpec kHookSpec = {"asyncgen_hooks", "Hooks for asynchronous generators.",
                                      kHookFields, 2};
LazyStructSequenceType hooks_type(kHookSpec);

Result<Value> GetAsyncGenHooks(Thread& thread, Args) {
  GILA_TRY(Type* const type, hooks_type.Get(thread));
  Value hooks[2];
  for (int i = 0; i < 2; ++i) {
    hooks[i] = thread.async_gen_hooks[i].IsUnbound() ? kNone : thread.async_gen_hooks[i];
  }
  return NewStructSequence(thread, type, hooks);
}

Result<Value> SetAsyncGenHooks(Thread& thread, Args args) {
  for (int i = 0; i < 2; ++i) {
    if (!args.Has(static_cast<size_t>(i))) continue;
    const Value hook = args[static_cast<size_t>(i)];
    if (!hook.IsNone() && !IsCallable(hook)) {
      const std::string given(TypeNameOf(hook));
      return thread.RaiseTypeError("callable %s expected, got %s", kHookFields[i], given.c_str());
    }
    thread.async_gen_hooks[i] = hook.IsNone() ? kUnbound : hook;
  }
  return kNone;
}

Result<Value> GetOriginDepth(Thread&, Args) { return Value::SmallInt(coroutine_origin_depth); }
Result<Value> SetOriginDepth(Thread& thread, Args args) {
  GILA_TRY(const int64_t depth, ToInt64(thread, args[0]));
  if (depth < 0) return thread.RaiseValueError("depth must be >= 0");
  coroutine_origin_depth = depth;
  return kNone;
}

// --- threads ---

std::atomic<int> dlopen_flags = RTLD_NOW;

Result<Value> GetDlopenFlags(Thread&, Args) { return Value::SmallInt(dlopen_flags.load()); }
Result<Value> SetDlopenFlags(Thread& thread, Args args) {
  GILA_TRY(const int64_t flags, ToInt64(thread, args[0]));
  dlopen_flags.store(static_cast<int>(flags));
  return kNone;
}

Result<Value> GetInterval(Thread& thread, Args) { return NewFloat(thread, GetSwitchInterval()); }

Result<Value> SetInterval(Thread& thread, Args args) {
  GILA_TRY(const double seconds, ToDouble(thread, args[0]));
  if (!(seconds > 0)) return thread.RaiseValueError("switch interval must be strictly positive");
  SetSwitchInterval(seconds);
  return kNone;
}

Result<Value> IsGilOn(Thread&, Args) { return Value::Bool(IsGilEnabled()); }

Result<Value> GilStats(Thread& thread, Args) {
  const GilStatistics statistics = GetGilStatistics();
  GILA_TRY(Dict* const dict, NewDict(thread));
  const auto set = [&](const char* name, uint64_t number) -> Status {
    GILA_TRY(const Value value, NewIntFromUnsigned(thread, number));
    return DictSet(thread, dict, Intern(thread, name), value);
  };
  GILA_TRY_VOID(set("acquisitions", statistics.acquisitions));
  GILA_TRY_VOID(set("forced_drops", statistics.forced_drops));
  GILA_TRY_VOID(set("waits", statistics.waits));
  GILA_TRY_VOID(set("wait_ns", statistics.wait_nanoseconds));
  GILA_TRY_VOID(set("hold_ns", statistics.hold_nanoseconds));
  GILA_TRY_VOID(set("longest_wait_ns", statistics.longest_wait_nanoseconds));
  return dict;
}

// --- the rest ---

Result<Value> Utf8Name(Thread& thread, Args) { return Intern(thread, "utf-8"); }
Result<Value> FsErrors(Thread& thread, Args) { return Intern(thread, "surrogateescape"); }
Result<Value> IsFinalizing(Thread&, Args) { return kFalse; }
Result<Value> AllocatedBlocks(Thread& thread, Args) {
  return NewIntFromUnsigned(thread, heap::GetStatistics().allocated_bytes / heap::kGranule);
}
Result<Value> Audit(Thread&, Args) { return kNone; }

}  // namespace

const NativeDef kSysFunctions[] = {
    {"exc_info", ExcInfo, "()", "Return current exception information: (type, value, traceback)."},
    {"exception", CurrentException, "()", "Return the current exception."},
    {"exit", Exit, "(status=None, /)", "Exit the interpreter by raising SystemExit(status)."},
    {"getrecursionlimit", GetRecursionLimit, "()",
     "Return the current value of the recursion limit."},
    {"setrecursionlimit", SetRecursionLimit, "(limit, /)",
     "Set the maximum depth of the Python interpreter stack to n."},
    {"get_int_max_str_digits", GetIntMaxStrDigits, "()",
     "Return the maximum string digits limit for non-binary int<->str conversions."},
    {"set_int_max_str_digits", SetIntMaxStrDigits, "(maxdigits)",
     "Set the maximum string digits limit for non-binary int<->str conversions."},
    {"getsizeof", GetSizeOf, "(object, default=None)", "Return the size of object in bytes."},
    {"intern", InternText, "(string, /)", "``Intern'' the given string."},
    {"getrefcount", GetRefCount, "(object, /)", "Return the reference count of object."},
    {"_getframe", GetFrame, "(depth=0, /)", "Return a frame object from the call stack."},
    {"settrace", SetTrace, "(*arguments, **keywords)", "Set the global debug tracing function."},
    {"gettrace", GetTrace, "()", "Return the global debug tracing function."},
    {"setprofile", SetProfile, "(*arguments, **keywords)", "Set the profiling function."},
    {"getprofile", GetProfile, "()", "Return the profiling function."},
    {"get_asyncgen_hooks", GetAsyncGenHooks, "()",
     "Return the installed asynchronous generators hooks."},
    {"set_asyncgen_hooks", SetAsyncGenHooks, "(firstiter=None, finalizer=None)",
     "Set a finalizer for async generators objects."},
    {"get_coroutine_origin_tracking_depth", GetOriginDepth, "()",
     "Check status of origin tracking for coroutine objects in this thread."},
    {"set_coroutine_origin_tracking_depth", SetOriginDepth, "(depth)",
     "Enable or disable origin tracking for coroutine objects in this thread."},
    {"getdlopenflags", GetDlopenFlags, "()",
     "Return the flags for dlopen(); Gila loads no extensions."},
    {"setdlopenflags", SetDlopenFlags, "(flags, /)",
     "Set the flags for dlopen(), for getdlopenflags()."},
    {"getswitchinterval", GetInterval, "()",
     "Return the current thread switch interval; see sys.setswitchinterval()."},
    {"setswitchinterval", SetInterval, "(interval, /)",
     "Set the ideal thread switching delay inside the Python interpreter."},
    {"_is_gil_enabled", IsGilOn, "()", "Return True if the GIL is currently enabled."},
    {"_gil_stats", GilStats, "()", "Counters of the global interpreter lock, as a dict."},
    {"getdefaultencoding", Utf8Name, "()",
     "Return the current default encoding used by the Unicode implementation."},
    {"getfilesystemencoding", Utf8Name, "()",
     "Return the encoding used to convert Unicode filenames to OS filenames."},
    {"getfilesystemencodeerrors", FsErrors, "()",
     "Return the error mode used for Unicode to OS filename conversion."},
    {"is_finalizing", IsFinalizing, "()", "Return True if Python is exiting."},
    {"getallocatedblocks", AllocatedBlocks, "()",
     "Return the number of memory blocks currently allocated."},
    {"audit", Audit, "(event, /, *args)", "Passes the event to any hooks that are attached."},
    {"addaudithook", Audit, "(hook)", "Adds a new audit hook callback."},
    {nullptr, nullptr, nullptr, nullptr},
};

Result<Module*> InitSysModule(Thread& thread, const LibraryOptions& options) {
  GILA_TRY(Module* const module, NewModule(thread, "sys"));
  Dict* const dict = module->dict.Load();
  SetSysDict(dict);
  GILA_TRY_VOID(AddFunctions(thread, module, kSysFunctions));
  GILA_TRY_VOID(AddFunctions(thread, module, kSysHooks));
  GILA_TRY_VOID(AddFunctions(thread, module, kSysThreads));
  if constexpr (kCountsAtomics) GILA_TRY_VOID(AddFunctions(thread, module, kSysCounting));
  for (const NativeDef* hook = kSysHooks; hook->name != nullptr; ++hook) {
    const std::string original = "__" + std::string(hook->name) + "__";
    GILA_TRY_VOID(AddValue(thread, module, original.c_str(),
                           DictGetInterned(dict, Intern(thread, hook->name))));
  }
  GILA_TRY_VOID(AddSysInfo(thread, module, options));
  GILA_TRY_VOID(AddValue(thread, module, "modules", ModulesDict(thread)));
  GILA_TRY_VOID(DictSet(thread, ModulesDict(thread), Intern(thread, "sys"), module));
  InstallSysHooks();
  return module;
}

}  // namespace gila

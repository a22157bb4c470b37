// function.cc: functions made by def and lambda, and bound methods. Calling them is the vm's.
#include "runtime/types/function.h"

#include <absl/strings/str_cat.h>

#include <string>

#include "runtime/call.h"
#include "runtime/heap/heap.h"
#include "runtime/instances.h"
#include "runtime/modules.h"
#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/protocols/attributes.h"
#include "runtime/type_internal.h"
#include "runtime/type_slots.h"
#include "runtime/types/dict.h"
#include "runtime/types/object_internal.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace gila {

namespace {

// Where code with these globals looks for builtins, never null. What is no dictionary leaves an
// empty one: a look-up that misses asks `__builtins__` itself.
Result<Dict*> BuiltinsFor(Thread& thread, Dict* globals) {
  const Value builtins = DictGetInterned(globals, NameOf(Name::kBuiltins));
  if (builtins.IsUnbound()) return BuiltinsDict(thread);
  if (const Module* from = CastOrNull<Module>(builtins)) return from->dict.Load();
  if (Dict* const dict = CastOrNull<Dict>(builtins)) return dict;
  return NewDict(thread);
}

}  // namespace

Result<Function*> NewFunction(Thread& thread, Code* code, Dict* globals) {
  GILA_TRY(Function* const function, Allocate<Function>(thread, TypeId::kFunction));
  function->code.Init(code);
  function->globals.Init(globals);
  for (Slot* slot : {&function->defaults, &function->keyword_defaults, &function->doc,
                     &function->annotations, &function->attributes}) {
    slot->Init(kUnbound);
  }
  function->name.Init(code->name.Load());
  function->qualname.Init(code->qualname.Load());
  const Value module = DictGetInterned(globals, NameOf(Name::kName));
  function->module.Init(module);
  GILA_TRY(Dict* const builtins, BuiltinsFor(thread, globals));
  function->builtins.Init(builtins);
  return function;
}

Result<Value> NewMethod(Thread& thread, Value function, Value self) {
  GILA_TRY(Method* const method, Allocate<Method>(thread, TypeId::kMethod));
  method->function.Init(function);
  method->self.Init(self);
  return method;
}

namespace {

void TraceFunction(Object* object, Marker& marker) {
  auto* function = static_cast<Function*>(object);
  marker.Visit(function->code);
  marker.Visit(function->globals);
  marker.Visit(function->builtins);
  marker.Visit(function->closure);
  for (const Slot* slot :
       {&function->defaults, &function->keyword_defaults, &function->name, &function->qualname,
        &function->module, &function->doc, &function->annotations, &function->attributes}) {
    marker.Visit(*slot);
  }
}

const KindInfo kFunctionKind = {"function", TraceFunction, nullptr};

Function* Self(Value v) { return v.As<Function>(); }
Value OrNone(Value v) { return v.IsUnbound() ? kNone : v; }

Result<Value> FunctionRepr(Thread& thread, Args args) {
  return NewStr(thread, absl::StrCat("<function ", ToUtf8(Self(args[0])->qualname.Load()), " at ",
                                     AddressText(args[0]), ">"));
}

Result<Value> FunctionCall(Thread& thread, Args args) {
  GILA_TRY(Tuple* const positional, NewTuple(thread, args.rest()));
  return CallWith(thread, args[0], positional, args[1]);
}

// A descriptor by its very nature.
Result<Value> FunctionGet(Thread& thread, Args args) {
  if (args[1].IsNone()) {
    if (!args.Has(2) || args[2].IsNone()) {
      return thread.RaiseTypeError("__get__(None, None) is invalid");
    }
    return args[0];
  }
  return NewMethod(thread, args[0], args[1]);
}

// --- attributes ---

Status SetText(Thread& thread, Value self, Value value, Slot Function::* slot, const char* name) {
  if (!IsStr(value)) return thread.RaiseTypeError("%s must be set to a string object", name);
  (Self(self)->*slot).Store(self.AsObject(), value);
  return kOk;
}
Result<Value> GetName(Thread&, Value self) { return Self(self)->name.Load(); }
Status SetName(Thread& thread, Value self, Value value) {
  return SetText(thread, self, value, &Function::name, "__name__");
}
Result<Value> GetQualname(Thread&, Value self) { return Self(self)->qualname.Load(); }
Status SetQualname(Thread& thread, Value self, Value value) {
  return SetText(thread, self, value, &Function::qualname, "__qualname__");
}
Result<Value> GetModule(Thread&, Value self) { return OrNone(Self(self)->module.Load()); }
Status SetModule(Thread&, Value self, Value value) {
  Self(self)->module.Store(self.AsObject(), OrNone(value));
  return kOk;
}

Result<Value> GetDoc(Thread&, Value self) {
  const Value own = Self(self)->doc.Load();
  if (!own.IsUnbound()) return own;
  // Constant 0 of a function is its docstring or None.
  const Code* code = Self(self)->code.Load();
  return code->constant_count > 0 && IsStr(code->constants[0]) ? code->constants[0] : kNone;
}
Status SetDoc(Thread&, Value self, Value value) {
  Self(self)->doc.Store(self.AsObject(), OrNone(value));
  return kOk;
}

Result<Value> GetCode(Thread&, Value self) { return Self(self)->code.Load(); }
Status SetCode(Thread& thread, Value self, Value value) {
  Code* const code = CastOrNull<Code>(value);
  if (code == nullptr) return thread.RaiseTypeError("__code__ must be set to a code object");
  const Tuple* closure = Self(self)->closure.Load();
  const int64_t have = closure == nullptr ? 0 : closure->length;
  const int64_t need = code->free_names.Load().As<Tuple>()->length;
  if (have != need) {
    const std::string name = ToUtf8(Self(self)->name.Load());
    return thread.RaiseValueError("%s() requires a code object with %lld free vars, not %lld",
                                  name.c_str(), static_cast<long long>(have),
                                  static_cast<long long>(need));
  }
  // An explicit docstring of the old code stays the function's.
  GILA_TRY(const Value doc, GetDoc(thread, self));
  Self(self)->doc.Store(self.AsObject(), doc);
  Self(self)->code.Store(self.AsObject(), code);
  return kOk;
}

Result<Value> GetDefaults(Thread&, Value self) { return OrNone(Self(self)->defaults.Load()); }
Status SetDefaults(Thread& thread, Value self, Value value) {
  if (value.IsNone()) value = kUnbound;
  if (!value.IsUnbound() && !IsTuple(value)) {
    return thread.RaiseTypeError("__defaults__ must be set to a tuple object");
  }
  Self(self)->defaults.Store(self.AsObject(), value);
  return kOk;
}
Result<Value> GetKeywordDefaults(Thread&, Value self) {
  return OrNone(Self(self)->keyword_defaults.Load());
}
Status SetKeywordDefaults(Thread& thread, Value self, Value value) {
  if (value.IsNone()) value = kUnbound;
  if (!value.IsUnbound() && !IsDict(value)) {
    return thread.RaiseTypeError("__kwdefaults__ must be set to a dict object");
  }
  Self(self)->keyword_defaults.Store(self.AsObject(), value);
  return kOk;
}

Result<Value> GetAnnotations(Thread& thread, Value self) {
  Function* const function = Self(self);
  const Value known = function->annotations.Load();
  if (IsDict(known)) return known;
  GILA_TRY(Dict* const dict, NewDict(thread));
  if (IsTuple(known)) {  // as the compiler left them: name, value, name, value, ...
    const Tuple* flat = known.As<Tuple>();
    for (int64_t i = 0; i + 1 < flat->length; i += 2) {
      GILA_TRY_VOID(DictSet(thread, dict, flat->At(i), flat->At(i + 1)));
    }
  }
  // Two threads may ask at once: one dictionary wins.
  if (function->annotations.CompareExchange(function, known, dict)) return dict;
  return function->annotations.Load();
}
Status SetAnnotations(Thread& thread, Value self, Value value) {
  if (value.IsNone()) value = kUnbound;
  if (!value.IsUnbound() && !IsDict(value)) {
    return thread.RaiseTypeError("__annotations__ must be set to a dict object");
  }
  Self(self)->annotations.Store(self.AsObject(), value);
  return kOk;
}

Result<Value> GetClosure(Thread&, Value self) {
  Tuple* const closure = Self(self)->closure.Load();
  return closure == nullptr ? kNone : Value(closure);
}
Result<Value> GetGlobals(Thread&, Value self) { return Self(self)->globals.Load(); }
Result<Value> GetBuiltins(Thread&, Value self) {
  Dict* const builtins = Self(self)->builtins.Load();
  return builtins == nullptr ? kNone : Value(builtins);
}
Result<Value> GetDictOf(Thread& thread, Value self) {
  return MaterializeDict(thread, self.AsObject());
}
Status SetDictOf(Thread& thread, Value self, Value value) {
  if (value.IsUnbound()) return thread.RaiseTypeError("cannot delete __dict__");
  return kInstanceDictGetSet.set(thread, self, value);
}

struct NewFunctionArguments {
  Code* code;
  Dict* globals;
  Value name, defaults, closure;
};

Status CheckNewFunction(Thread& thread, const NewFunctionArguments& a) {
  if (!a.name.IsNone() && !IsStr(a.name)) {
    return thread.RaiseTypeError("arg 3 (name) must be None or string");
  }
  if (!a.defaults.IsNone() && !IsTuple(a.defaults)) {
    return thread.RaiseTypeError("arg 4 (defaults) must be None or tuple");
  }
  const int64_t need = a.code->free_names.Load().As<Tuple>()->length;
  if (!IsTuple(a.closure)) {
    if (need > 0 && a.closure.IsNone()) {
      return thread.RaiseTypeError("arg 5 (closure) must be tuple");
    }
    if (!a.closure.IsNone()) return thread.RaiseTypeError("arg 5 (closure) must be None or tuple");
  }
  const int64_t have = IsTuple(a.closure) ? a.closure.As<Tuple>()->length : 0;
  if (have != need) {
    const std::string name = ToUtf8(a.code->name.Load());
    return thread.RaiseValueError("%s requires closure of length %lld, not %lld", name.c_str(),
                                  static_cast<long long>(need), static_cast<long long>(have));
  }
  for (int64_t i = 0; i < have; ++i) {
    const Value cell = a.closure.As<Tuple>()->At(i);
    if (IsKind(cell, kKindCell)) continue;
    const std::string given(TypeNameOf(cell));
    return thread.RaiseTypeError("arg 5 (closure) expected cell, found %s", given.c_str());
  }
  return kOk;
}

// types.FunctionType(code, globals, name=None, argdefs=None, closure=None)
Result<Value> FunctionNew(Thread& thread, Args args) {
  if (!IsKind(args[1], kKindCode)) {
    const std::string given(TypeNameOf(args[1]));
    return thread.RaiseTypeError("function() argument 'code' must be code, not %s", given.c_str());
  }
  if (!IsDict(args[2])) {
    const std::string given(TypeNameOf(args[2]));
    return thread.RaiseTypeError("function() argument 'globals' must be dict, not %s",
                                 given.c_str());
  }
  const NewFunctionArguments a{args[1].As<Code>(), args[2].As<Dict>(), args.Or(3, kNone),
                               args.Or(4, kNone), args.Or(5, kNone)};
  GILA_TRY_VOID(CheckNewFunction(thread, a));
  GILA_TRY(Function* const function, NewFunction(thread, a.code, a.globals));
  if (!a.name.IsNone()) function->name.Store(function, a.name);
  if (!a.defaults.IsNone()) function->defaults.Store(function, a.defaults);
  if (IsTuple(a.closure)) function->closure.Store(function, a.closure.As<Tuple>());
  return function;
}

const NativeDef kFunctionMethods[] = {
    {"__repr__", FunctionRepr, "(self, /)", "Return repr(self)."},
    {"__call__", FunctionCall, "(self, /, *args, **kwargs)", "Call self as a function."},
    {"__get__", FunctionGet, "(self, instance, owner=None, /)",
     "Return an attribute of instance, which is of type owner."},
    {nullptr, nullptr, nullptr, nullptr},
};

const GetSetDef kFunctionGetSets[] = {
    {"__name__", GetName, SetName, nullptr},
    {"__qualname__", GetQualname, SetQualname, nullptr},
    {"__module__", GetModule, SetModule, nullptr},
    {"__doc__", GetDoc, SetDoc, nullptr},
    {"__code__", GetCode, SetCode, nullptr},
    {"__defaults__", GetDefaults, SetDefaults, nullptr},
    {"__kwdefaults__", GetKeywordDefaults, SetKeywordDefaults, nullptr},
    {"__annotations__", GetAnnotations, SetAnnotations, nullptr},
    {"__closure__", GetClosure, ReadonlyMember, nullptr},
    {"__globals__", GetGlobals, ReadonlyMember, nullptr},
    {"__builtins__", GetBuiltins, ReadonlyMember, nullptr},
    {"__dict__", GetDictOf, SetDictOf, nullptr},
    {nullptr, nullptr, nullptr, nullptr},
};

}  // namespace

extern const TypeSpec kFunctionSpec;
const TypeSpec kFunctionSpec = {
    .doc = "Create a function object.",
    .new_function = FunctionNew,
    .new_signature = "(cls, code, globals, name=None, argdefs=None, closure=None)",
    .methods = kFunctionMethods,
    .getsets = kFunctionGetSets,
    .extra_flags = kHasWeakref,
    .native_size = sizeof(Function),
    .kind_info = &kFunctionKind,
};

}  // namespace gila

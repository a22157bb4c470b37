// decimal_context.cc: Context: precision, rounding, exponents, flags and traps; and which context
// is current. That is kept in a context variable, so every thread and every task has its own.
#include <algorithm>

#include "runtime/protocols.h"
#include "runtime/types/dict.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "stdlib/contextvars.h"
#include "stdlib/decimal_internal.h"
#include "stdlib/import.h"

namespace gila {

using namespace decimal;  // NOLINT: the limits and conditions

Type* decimal_context_type = nullptr;
uint8_t decimal_context_kind = 0;

namespace {

Value context_variable, default_context, basic_context, extended_context;
Type* manager_type = nullptr;

constexpr const char* kRoundingNames[kRoundingCount] = {
    "ROUND_UP",      "ROUND_DOWN",      "ROUND_CEILING",   "ROUND_FLOOR",
    "ROUND_HALF_UP", "ROUND_HALF_DOWN", "ROUND_HALF_EVEN", "ROUND_05UP"};
Value rounding_strings[kRoundingCount];  // interned, hence immortal

DecimalContext* Self(Value v) { return v.As<DecimalContext>(); }

// prec, rounding, Emin, Emax, capitals, clamp: `from` overwrites them.
void CopySettings(DecimalContext* to, const DecimalContext* from) {
  to->prec.Store(from->prec.Load());
  to->emax.Store(from->emax.Load());
  to->emin.Store(from->emin.Load());
  to->rounding.Store(from->rounding.Load());
  to->clamp.Store(from->clamp.Load());
  to->capitals.Store(from->capitals.Load());
  to->traps_word.Store(from->traps_word.Load());
}

Result<DecimalContext*> NewContextOfType(Thread& thread, Type* type) {
  GILA_TRY(Object* const object, AllocateInstance(thread, type));
  auto* const context = static_cast<DecimalContext*>(object);
  if (IsDecimalContext(default_context)) {
    CopySettings(context, Self(default_context));
  } else {
    const Settings initial;
    context->prec.Store(initial.prec);
    context->emax.Store(initial.emax);
    context->emin.Store(initial.emin);
    context->rounding.Store(static_cast<uint8_t>(initial.rounding));
    context->capitals.Store(1);
    context->traps_word.Store(kAnyInvalid | kDivisionByZero | kOverflow);
  }
  context->flags_dict.Store(context, kUnbound);
  context->traps_dict.Store(context, kUnbound);
  return context;
}

Result<int64_t> Integer(Thread& thread, Value v) {
  if (!IsInt(v)) return thread.RaiseTypeError("an integer is required");
  int64_t i;
  if (!TryInt64(v, &i))
    return thread.Raise(TypeId::kOverflowError, "Python int too large to convert to C ssize_t");
  return i;
}

// --- attributes ---

struct Range {
  Atomic<int64_t> DecimalContext::* field;
  int64_t least, greatest;
  const char* error;
};
constexpr Range kPrec = {&DecimalContext::prec, 1, kMaxPrec,
                         "valid range for prec is [1, MAX_PREC]"};
constexpr Range kEmin = {&DecimalContext::emin, kMinEmin, 0,
                         "valid range for Emin is [MIN_EMIN, 0]"};
constexpr Range kEmax = {&DecimalContext::emax, 0, kMaxEmax,
                         "valid range for Emax is [0, MAX_EMAX]"};
struct Switch {
  Atomic<uint8_t> DecimalContext::* field;
  const char* error;
};
constexpr Switch kCapitals = {&DecimalContext::capitals, "valid values for capitals are 0 or 1"};
constexpr Switch kClamp = {&DecimalContext::clamp, "valid values for clamp are 0 or 1"};

Failed RaiseDeleted(Thread& thread) {
  return thread.Raise(TypeId::kAttributeError, "context attributes cannot be deleted");
}

template <const Range& range>
Result<Value> GetRange(Thread& thread, Value self) {
  return NewInt(thread, (Self(self)->*range.field).Load());
}
template <const Range& range>
Status SetRange(Thread& thread, Value self, Value value) {
  if (value.IsUnbound()) return RaiseDeleted(thread);
  GILA_TRY(const int64_t number, Integer(thread, value));
  if (number < range.least || number > range.greatest)
    return thread.RaiseValueError("%s", range.error);
  (Self(self)->*range.field).Store(number);
  return kOk;
}
template <const Switch& which>
Result<Value> GetSwitch(Thread&, Value self) {
  return Value::SmallInt((Self(self)->*which.field).Load());
}
template <const Switch& which>
Status SetSwitch(Thread& thread, Value self, Value value) {
  if (value.IsUnbound()) return RaiseDeleted(thread);
  GILA_TRY(const int64_t number, Integer(thread, value));
  if (number != 0 && number != 1) return thread.RaiseValueError("%s", which.error);
  (Self(self)->*which.field).Store(static_cast<uint8_t>(number));
  return kOk;
}

Result<Value> GetRounding(Thread&, Value self) {
  return rounding_strings[Self(self)->rounding.Load()];
}
Status SetRounding(Thread& thread, Value self, Value value) {
  if (value.IsUnbound()) return RaiseDeleted(thread);
  GILA_TRY(const Rounding rounding, ReadRounding(thread, value));
  Self(self)->rounding.Store(static_cast<uint8_t>(rounding));
  return kOk;
}

template <bool traps>
Result<Value> GetSignals(Thread& thread, Value self) {
  Slot& slot = traps ? Self(self)->traps_dict : Self(self)->flags_dict;
  if (slot.Load().IsUnbound()) {
    GILA_TRY(const Value dict, NewSignalDict(thread, Self(self), traps));
    // Another thread may have been first.
    slot.CompareExchange(Self(self), kUnbound, dict);
  }
  return slot.Load();
}
template <bool traps>
Status SetSignals(Thread& thread, Value self, Value value) {
  if (value.IsUnbound()) return RaiseDeleted(thread);
  if (IsList(value)) return thread.RaiseTypeError("argument must be a signal dict");
  GILA_TRY(const uint32_t bits, ReadSignals(thread, value));
  (traps ? Self(self)->traps_word : Self(self)->flags_word).Store(bits);
  return kOk;
}

constexpr GetSetDef kFields[] = {{"prec", GetRange<kPrec>, SetRange<kPrec>, nullptr},
                                 {"rounding", GetRounding, SetRounding, nullptr},
                                 {"Emin", GetRange<kEmin>, SetRange<kEmin>, nullptr},
                                 {"Emax", GetRange<kEmax>, SetRange<kEmax>, nullptr},
                                 {"capitals", GetSwitch<kCapitals>, SetSwitch<kCapitals>, nullptr},
                                 {"clamp", GetSwitch<kClamp>, SetSwitch<kClamp>, nullptr},
                                 {"flags", GetSignals<false>, SetSignals<false>, nullptr},
                                 {"traps", GetSignals<true>, SetSignals<true>, nullptr},
                                 {nullptr, nullptr, nullptr, nullptr}};

Result<Value> ContextNew(Thread& thread, Args args) {
  return NewContextOfType(thread, args[0].As<Type>());
}

}  // namespace

Result<Value> DecimalContextInit(Thread& thread, Args args) {
  static constexpr const char* kNames[] = {"prec", "rounding", "Emin", "Emax", "capitals", "clamp"};
  for (size_t i = 0; i < 6; ++i) {
    if (!args.Or(1 + i, kNone).IsNone())
      GILA_TRY_VOID(SetContextAttribute(thread, args[0], kNames[i], args[1 + i]));
  }
  if (!args.Or(7, kNone).IsNone()) {
    GILA_TRY(const uint32_t flags, ReadSignals(thread, args[7]));
    Self(args[0])->flags_word.Store(flags);
  }
  if (!args.Or(8, kNone).IsNone()) {
    GILA_TRY(const uint32_t traps, ReadSignals(thread, args[8]));
    Self(args[0])->traps_word.Store(traps);
  }
  return kNone;
}

Status SetContextAttribute(Thread& thread, Value context, const char* name, Value value) {
  for (const GetSetDef* field = kFields; field->name != nullptr; ++field)
    if (std::string_view(field->name) == name) return field->set(thread, context, value);
  return kOk;
}

Result<Rounding> ReadRounding(Thread& thread, Value v) {
  if (IsStr(v)) {
    for (int i = 0; i < kRoundingCount; ++i)
      if (v == rounding_strings[i] || StrEqual(v.As<Str>(), rounding_strings[i].As<Str>()))
        return static_cast<Rounding>(i);
  }
  return thread.RaiseTypeError(
      "valid values for rounding are:\n  [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN,\n"
      "   ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN,\n   ROUND_05UP]");
}

Result<DecimalContext*> CopyDecimalContext(Thread& thread, const DecimalContext* context) {
  GILA_TRY(DecimalContext* const copy, NewContextOfType(thread, decimal_context_type));
  CopySettings(copy, context);
  return copy;
}

Result<DecimalContext*> CurrentDecimalContext(Thread& thread) {
  GILA_TRY(const Value found, ContextVariableGet(thread, context_variable));
  if (GILA_LIKELY(!found.IsUnbound())) return Self(found);
  GILA_TRY(DecimalContext* const fresh, CopyDecimalContext(thread, Self(default_context)));
  GILA_TRY_VOID(ContextVariableSet(thread, context_variable, fresh));
  return fresh;
}

Status SetCurrentDecimalContext(Thread& thread, Value context) {
  if (!IsDecimalContext(context)) return thread.RaiseTypeError("argument must be a context");
  // The templates stay as they are.
  if (context == default_context || context == basic_context || context == extended_context) {
    GILA_TRY(DecimalContext* const copy, CopyDecimalContext(thread, Self(context)));
    return ContextVariableSet(thread, context_variable, copy);
  }
  return ContextVariableSet(thread, context_variable, context);
}

Result<DecimalContext*> ContextArgument(Thread& thread, Args args, size_t index) {
  if (args.Or(index, kNone).IsNone()) return CurrentDecimalContext(thread);
  if (!IsDecimalContext(args[index]))
    return thread.RaiseTypeError("optional argument must be a context");
  return Self(args[index]);
}

namespace {

// --- the functions of the module ---

Result<Value> GetContext(Thread& thread, Args) { return CurrentDecimalContext(thread); }
Result<Value> SetContext(Thread& thread, Args args) {
  GILA_TRY_VOID(SetCurrentDecimalContext(thread, args[0]));
  return kNone;
}

struct Manager : Object {
  Slot fresh, saved;
};

Result<Value> LocalContext(Thread& thread, Args args) {
  GILA_TRY(DecimalContext* const current, CurrentDecimalContext(thread));
  DecimalContext* source = current;
  if (!args.Or(0, kNone).IsNone()) {
    if (!IsDecimalContext(args[0]))
      return thread.RaiseTypeError("optional argument must be a context");
    source = Self(args[0]);
  }
  GILA_TRY(DecimalContext* const fresh, CopyDecimalContext(thread, source));
  fresh->flags_word.Store(source->flags_word.Load());
  if (args.Has(1)) {
    static constexpr std::string_view kNames[] = {"prec",     "rounding", "Emin",  "Emax",
                                                  "capitals", "clamp",    "flags", "traps"};
    int64_t position = 0;
    Value key, value;
    while (DictNext(args[1].As<Dict>(), &position, &key, &value)) {
      const std::string name = ToUtf8(key);
      if (std::find(std::begin(kNames), std::end(kNames), name) == std::end(kNames))
        return thread.RaiseTypeError("'%s' is an invalid keyword argument for this function",
                                     name.c_str());
      if (value.IsNone()) continue;
      const bool list = IsList(value) && (name == "flags" || name == "traps");
      if (!list) {
        GILA_TRY_VOID(SetContextAttribute(thread, fresh, name.c_str(), value));
        continue;
      }
      GILA_TRY(const uint32_t bits, ReadSignals(thread, value));
      (name == "traps" ? fresh->traps_word : fresh->flags_word).Store(bits);
    }
  }
  GILA_TRY(Object* const object, AllocateInstance(thread, manager_type));
  auto* const manager = static_cast<Manager*>(object);
  manager->fresh.Store(manager, fresh);
  manager->saved.Store(manager, current);
  return object;
}

Result<Value> ManagerEnter(Thread& thread, Args args) {
  const Value fresh = args[0].As<Manager>()->fresh.Load();
  GILA_TRY_VOID(ContextVariableSet(thread, context_variable, fresh));
  return fresh;
}
Result<Value> ManagerExit(Thread& thread, Args args) {
  GILA_TRY_VOID(ContextVariableSet(thread, context_variable, args[0].As<Manager>()->saved.Load()));
  return kFalse;
}

constexpr NativeDef kManagerMethods[] = {{"__enter__", ManagerEnter, "(self, /)", nullptr},
                                         {"__exit__", ManagerExit, "(self, /, *args)", nullptr},
                                         {nullptr, nullptr, nullptr, nullptr}};
void TraceManager(Object* object, Marker& marker) {
  marker.Visit(static_cast<Manager*>(object)->fresh);
  marker.Visit(static_cast<Manager*>(object)->saved);
}
void TraceContext(Object* object, Marker& marker) {
  marker.Visit(static_cast<DecimalContext*>(object)->flags_dict);
  marker.Visit(static_cast<DecimalContext*>(object)->traps_dict);
}
constexpr KindInfo kManagerKind = {"ContextManager", TraceManager, nullptr};
constexpr KindInfo kContextKind = {"decimal.Context", TraceContext, nullptr};
constexpr TypeSpec kManagerSpec = {
    .methods = kManagerMethods, .native_size = sizeof(Manager), .kind_info = &kManagerKind};
constexpr TypeSpec kContextSpec = {.doc =
                                       "How decimal arithmetic is done: precision, rounding, "
                                       "exponents, and which signals are raised.",
                                   .new_function = ContextNew,
                                   .new_signature =
                                       "(cls, prec=None, rounding=None, Emin=None, Emax=None, "
                                       "capitals=None, clamp=None, flags=None, traps=None)",
                                   .methods = kDecimalContextMethods,
                                   .getsets = kFields,
                                   .native_size = sizeof(DecimalContext),
                                   .kind_info = &kContextKind};

constexpr NativeDef kFunctions[] = {
    {"getcontext", GetContext, "()", "The current context."},
    {"setcontext", SetContext, "(context, /)", "Make another context the current one."},
    {"localcontext", LocalContext, "(ctx=None, **kwargs)",
     "A context manager with a copy of the context (by default the current one), changed as the "
     "keywords say."},
    {nullptr, nullptr, nullptr, nullptr}};

// DefaultContext, BasicContext and ExtendedContext.
Status AddTemplates(Thread& thread, Module* module) {
  GILA_TRY(DecimalContext* const initial, NewContextOfType(thread, decimal_context_type));
  default_context = initial;
  GILA_TRY(DecimalContext* const basic, NewContextOfType(thread, decimal_context_type));
  basic->prec.Store(9);
  basic->rounding.Store(static_cast<uint8_t>(Rounding::kHalfUp));
  basic->traps_word.Store(kAnyInvalid | kDivisionByZero | kOverflow | kUnderflow | kClamped);
  basic_context = basic;
  GILA_TRY(DecimalContext* const extended, NewContextOfType(thread, decimal_context_type));
  extended->prec.Store(9);
  extended->traps_word.Store(0);
  extended_context = extended;
  for (const Value* const root : {&default_context, &basic_context, &extended_context})
    heap::AddRoot(root);
  GILA_TRY_VOID(AddValue(thread, module, "DefaultContext", default_context));
  GILA_TRY_VOID(AddValue(thread, module, "BasicContext", basic_context));
  return AddValue(thread, module, "ExtendedContext", extended_context);
}

}  // namespace

Status AddDecimalContext(Thread& thread, Module* module) {
  for (int i = 0; i < kRoundingCount; ++i) {
    rounding_strings[i] = Intern(thread, kRoundingNames[i]);
    GILA_TRY_VOID(AddValue(thread, module, kRoundingNames[i], rounding_strings[i]));
  }
  decimal_context_kind = RegisterKind(kContextKind);
  GILA_TRY(decimal_context_type, AddType(thread, module, kContextSpec, "decimal.Context",
                                         decimal_context_kind, sizeof(DecimalContext), kBasetype));
  GILA_TRY(manager_type, AddType(thread, module, kManagerSpec, "decimal.ContextManager",
                                 RegisterKind(kManagerKind), sizeof(Manager), kNoInstantiate));
  GILA_TRY_VOID(DelAttr(thread, module, Intern(thread, "ContextManager")));
  heap::AddRoot(reinterpret_cast<Object**>(&decimal_context_type));
  heap::AddRoot(reinterpret_cast<Object**>(&manager_type));
  GILA_TRY_VOID(AddTemplates(thread, module));
  GILA_TRY(const Value contextvars, ImportAbsolute(thread, "_contextvars"));
  GILA_TRY(const Value variable_class, GetAttr(thread, contextvars, Intern(thread, "ContextVar")));
  GILA_TRY(context_variable, Call(thread, variable_class, {Intern(thread, "decimal_context")}));
  heap::AddRoot(&context_variable);
  return AddFunctions(thread, module, kFunctions);
}

}  // namespace gila

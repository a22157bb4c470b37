// decimal_signals.cc: what happens when a condition is met: it is marked in the context's flags,
// and raised when the context has a trap for it. Also the mappings that show flags and traps,
// signal by signal.
#include "runtime/protocols.h"
#include "runtime/types/dict.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "stdlib/decimal_internal.h"
#include "stdlib/import.h"
#include "stdlib/native_support.h"

namespace gila {

using namespace decimal;  // NOLINT: the names of the conditions

namespace {

// A signal, in the order of the dicts. InvalidOperation stands for several conditions.
struct Signal {
  const char* name;
  uint32_t bits;
  Type* type;
};
Signal signals[] = {{"InvalidOperation", kAnyInvalid, nullptr},
                    {"FloatOperation", kFloatOperation, nullptr},
                    {"DivisionByZero", kDivisionByZero, nullptr},
                    {"Overflow", kOverflow, nullptr},
                    {"Underflow", kUnderflow, nullptr},
                    {"Subnormal", kSubnormal, nullptr},
                    {"Inexact", kInexact, nullptr},
                    {"Rounded", kRounded, nullptr},
                    {"Clamped", kClamped, nullptr}};
constexpr size_t kSignalCount = sizeof(signals) / sizeof(signals[0]);
// What is told as the argument of an InvalidOperation.
Signal invalid_kinds[] = {{"InvalidOperation", kInvalidOperation, nullptr},
                          {"ConversionSyntax", kConversionSyntax, nullptr},
                          {"DivisionImpossible", kDivisionImpossible, nullptr},
                          {"DivisionUndefined", kDivisionUndefined, nullptr},
                          {"InvalidContext", kInvalidContext, nullptr}};

struct SignalDict : Object {
  PointerSlot<Object> context;  // null when the program made it by itself
  uint8_t traps;
};
Type* signal_dict_type = nullptr;
uint8_t signal_dict_kind = 0;

constexpr const char kValidSignals[] =
    "valid values for signals are:\n  [InvalidOperation, FloatOperation, DivisionByZero,\n"
    "   Overflow, Underflow, Subnormal, Inexact, Rounded,\n   Clamped]";

Result<Value> ConditionList(Thread& thread, uint32_t conditions) {
  GILA_TRY(List* const list, NewList(thread));
  for (const Signal& kind : invalid_kinds)
    if (conditions & kind.bits) GILA_TRY_VOID(ListAppend(thread, list, kind.type));
  for (size_t i = 1; i < kSignalCount; ++i)
    if (conditions & signals[i].bits) GILA_TRY_VOID(ListAppend(thread, list, signals[i].type));
  return list;
}

GILA_NOINLINE Status RaiseTrapped(Thread& thread, uint32_t conditions) {
  if (conditions & kOutOfMemory) return thread.RaiseMemoryError();
  GILA_TRY(const Value list, ConditionList(thread, conditions));
  for (const Signal& signal : signals) {
    if ((conditions & signal.bits) == 0) continue;
    GILA_TRY(const Value exception, Call(thread, signal.type, {list}));
    return thread.RaiseObject(exception);
  }
  return kOk;
}

}  // namespace

Status Report(Thread& thread, DecimalContext* context, uint32_t conditions) {
  if ((context->flags_word.LoadRelaxed() & conditions) != conditions)
    context->flags_word.FetchOr(conditions);
  const uint32_t trapped = conditions & (context->traps_word.LoadRelaxed() | kOutOfMemory);
  return GILA_LIKELY(trapped == 0) ? kOk : RaiseTrapped(thread, trapped);
}

Result<uint32_t> SignalBits(Thread& thread, Value signal) {
  for (const Signal& known : signals)
    if (signal == Value(known.type)) return known.bits;
  GILA_TRY(Str* const text, NewStr(thread, kValidSignals));
  return thread.RaiseWith(TypeId::kKeyError, text);
}

Result<Value> SignalList(Thread& thread, uint32_t conditions) {
  GILA_TRY(List* const list, NewList(thread));
  for (const Signal& signal : signals)
    if (conditions & signal.bits) GILA_TRY_VOID(ListAppend(thread, list, signal.type));
  return list;
}

std::string SignalNames(uint32_t conditions) {
  static constexpr struct {
    const char* name;
    uint32_t bits;
  } kOrder[] = {{"Clamped", kClamped},
                {"InvalidOperation", kAnyInvalid},
                {"DivisionByZero", kDivisionByZero},
                {"Inexact", kInexact},
                {"FloatOperation", kFloatOperation},
                {"Overflow", kOverflow},
                {"Rounded", kRounded},
                {"Subnormal", kSubnormal},
                {"Underflow", kUnderflow}};
  std::string names;
  for (const auto& [name, bits] : kOrder) {
    if ((conditions & bits) == 0) continue;
    if (!names.empty()) names += ", ";
    names += name;
  }
  return names;
}

namespace {

Result<Atomic<uint32_t>*> Word(Thread& thread, Value v) {
  auto* const dict = v.As<SignalDict>();
  auto* const context = static_cast<DecimalContext*>(dict->context.Load());
  if (context == nullptr) return thread.RaiseValueError("invalid signal dict");
  return dict->traps != 0 ? &context->traps_word : &context->flags_word;
}
bool IsSignalDict(Value v) { return v.IsPointer() && v.AsObject()->kind == signal_dict_kind; }

Result<uint32_t> DictBits(Thread& thread, Dict* dict) {
  if (dict->size.Load() != static_cast<int64_t>(kSignalCount)) {
    GILA_TRY(Str* const text, NewStr(thread, "invalid signal dict"));
    return thread.RaiseWith(TypeId::kKeyError, text);
  }
  uint32_t bits = 0;
  int64_t position = 0;
  Value key, value;
  while (DictNext(dict, &position, &key, &value)) {
    GILA_TRY(const uint32_t signal, SignalBits(thread, key));
    GILA_TRY(const bool on, Truth(thread, value));
    if (on) bits |= signal;
  }
  return bits;
}

}  // namespace

Result<uint32_t> ReadSignals(Thread& thread, Value v) {
  if (IsSignalDict(v)) {
    GILA_TRY(Atomic<uint32_t>* const word, Word(thread, v));
    return word->Load();
  }
  if (IsDict(v)) return DictBits(thread, v.As<Dict>());
  if (!IsList(v)) return thread.RaiseTypeError("argument must be a signal dict");
  uint32_t bits = 0;
  GILA_TRY(Tuple* const items, ListToTuple(thread, v.As<List>()));
  for (int64_t i = 0; i < items->length; ++i) {
    GILA_TRY(const uint32_t signal, SignalBits(thread, items->At(i)));
    bits |= signal;
  }
  return bits;
}

Result<Value> NewSignalDict(Thread& thread, DecimalContext* context, bool traps) {
  GILA_TRY(Object* const object, AllocateInstance(thread, signal_dict_type));
  auto* const dict = static_cast<SignalDict*>(object);
  dict->traps = traps ? 1 : 0;
  dict->context.Store(dict, context);
  return object;
}

// --- SignalDict ---

namespace {

Result<Value> DictNew(Thread& thread, Args args) {
  return AllocateInstance(thread, args[0].As<Type>());
}
Result<Value> DictInit(Thread&, Args) { return kNone; }

Result<Value> DictGetItem(Thread& thread, Args args) {
  GILA_TRY(Atomic<uint32_t>* const word, Word(thread, args[0]));
  GILA_TRY(const uint32_t bits, SignalBits(thread, args[1]));
  return Value::Bool((word->Load() & bits) != 0);
}
Result<Value> DictSetItem(Thread& thread, Args args) {
  GILA_TRY(Atomic<uint32_t>* const word, Word(thread, args[0]));
  GILA_TRY(const uint32_t bits, SignalBits(thread, args[1]));
  GILA_TRY(const bool on, Truth(thread, args[2]));
  if (on) {
    word->FetchOr(bits);
  } else {
    word->FetchAnd(~bits);
  }
  return kNone;
}
Result<Value> DictDelItem(Thread& thread, Args) {
  return thread.RaiseValueError("signal keys cannot be deleted");
}
Result<Value> DictLength(Thread& thread, Args args) {
  GILA_TRY_VOID(Word(thread, args[0]));
  return Value::SmallInt(kSignalCount);
}
Result<Value> DictIter(Thread& thread, Args args) {
  GILA_TRY_VOID(Word(thread, args[0]));
  GILA_TRY(const Value all, SignalList(thread, ~uint32_t{0}));
  GILA_TRY(Tuple* const keys, ToTuple(thread, all));
  return GetIter(thread, keys);
}
Result<Value> DictCopyMethod(Thread& thread, Args args) {
  GILA_TRY(Atomic<uint32_t>* const word, Word(thread, args[0]));
  GILA_TRY(Dict* const dict, NewDict(thread));
  for (const Signal& signal : signals)
    GILA_TRY_VOID(
        DictSet(thread, dict, signal.type, Value::Bool((word->Load() & signal.bits) != 0)));
  return dict;
}
Result<Value> DictRepr(Thread& thread, Args args) {
  GILA_TRY(Atomic<uint32_t>* const word, Word(thread, args[0]));
  std::string text;
  for (const Signal& signal : signals) {
    text += text.empty() ? "{" : ", ";
    text += std::string("<class 'decimal.") + signal.name +
            "'>:" + ((word->Load() & signal.bits) != 0 ? "True" : "False");
  }
  return NewStr(thread, text + "}");
}
template <bool equal>
Result<Value> DictCompare(Thread& thread, Args args) {
  GILA_TRY(Atomic<uint32_t>* const word, Word(thread, args[0]));
  if (!IsSignalDict(args[1]) && !IsDict(args[1])) return kNotImplemented;
  const Result<uint32_t> other = ReadSignals(thread, args[1]);
  if (!other.ok()) {
    // A dict with other keys is just another one.
    if (!thread.ExceptionMatches(TypeId::kKeyError)) return kFailed;
    thread.ClearException();
    return Value::Bool(!equal);
  }
  // Conditions of one signal count together.
  bool same = true;
  for (const Signal& signal : signals)
    same = same && ((word->Load() & signal.bits) != 0) == ((other.value() & signal.bits) != 0);
  return Value::Bool(same == equal);
}

constexpr NativeDef kDictMethods[] = {
    {"__init__", DictInit, "(self, *args, **kwargs)", nullptr},
    {"__getitem__", DictGetItem, "(self, key, /)", "Return self[key]."},
    {"__setitem__", DictSetItem, "(self, key, value, /)", "Set self[key] to value."},
    {"__delitem__", DictDelItem, "(self, key, /)", "Delete self[key]."},
    {"__len__", DictLength, "(self, /)", "Return len(self)."},
    {"__iter__", DictIter, "(self, /)", "Implement iter(self)."},
    {"__repr__", DictRepr, "(self, /)", "Return repr(self)."},
    {"__eq__", DictCompare<true>, "(self, value, /)", "Return self==value."},
    {"__ne__", DictCompare<false>, "(self, value, /)", "Return self!=value."},
    {"copy", DictCopyMethod, "(self, /)", "The signals in a plain dict."},
    {nullptr, nullptr, nullptr, nullptr}};
void TraceDict(Object* object, Marker& marker) {
  marker.Visit(static_cast<SignalDict*>(object)->context);
}
constexpr KindInfo kDictKind = {"SignalDict", TraceDict, nullptr};
constexpr TypeSpec kDictSpec = {.new_function = DictNew,
                                .new_signature = "(cls, *args, **kwargs)",
                                .methods = kDictMethods,
                                .native_size = sizeof(SignalDict),
                                .kind_info = &kDictKind};

// class SignalDict(mixin, MutableMapping).
Status MakeSignalDict(Thread& thread, Module* module) {
  signal_dict_kind = RegisterKind(kDictKind);
  GILA_TRY(Type* const mixin, AddType(thread, module, kDictSpec, "decimal.SignalDictMixin",
                                      signal_dict_kind, sizeof(SignalDict), kBasetype));
  GILA_TRY_VOID(SetTypeAttribute(thread, mixin, Intern(thread, "__hash__"), kNone));
  GILA_TRY_VOID(DelAttr(thread, module, Intern(thread, "SignalDictMixin")));
  GILA_TRY(const Value abc, ImportAbsolute(thread, "_collections_abc"));
  GILA_TRY(const Value mapping, GetAttr(thread, abc, Intern(thread, "MutableMapping")));
  GILA_TRY(Tuple* const bases, NewPair(thread, mixin, mapping));
  GILA_TRY(Dict* const body, NewDict(thread));
  GILA_TRY_VOID(DictSet(thread, body, NameOf(gila::Name::kModule_), Intern(thread, "decimal")));
  const Value metaclass(TypeOf(mapping));
  GILA_TRY(const Value made, Call(thread, metaclass, {Intern(thread, "SignalDict"), bases, body}));
  signal_dict_type = made.As<Type>();
  heap::AddRoot(reinterpret_cast<Object**>(&signal_dict_type));
  return kOk;
}

// Makes class decimal.name(*bases).
Result<Type*> MakeException(Thread& thread, Module* module, const char* name,
                            std::initializer_list<Type*> bases) {
  GILA_TRY(Tuple* const tuple, NewTuple(thread, static_cast<int64_t>(bases.size())));
  size_t i = 0;
  for (Type* const base : bases) tuple->items[i++].Init(base);
  GILA_TRY(Dict* const body, NewDict(thread));
  GILA_TRY_VOID(DictSet(thread, body, NameOf(gila::Name::kModule_), Intern(thread, "decimal")));
  GILA_TRY(Type* const type,
           NewType(thread, GetType(TypeId::kType), Intern(thread, name).As<Str>(), tuple, body));
  GILA_TRY_VOID(AddValue(thread, module, name, type));
  return type;
}

}  // namespace

Status AddDecimalSignals(Thread& thread, Module* module) {
  Type* const arithmetic = GetType(TypeId::kArithmeticError);
  Type* const zero = GetType(TypeId::kZeroDivisionError);
  GILA_TRY(Type* const base, MakeException(thread, module, "DecimalException", {arithmetic}));
  const auto add = [&](size_t index, std::initializer_list<Type*> bases) -> Status {
    GILA_TRY(signals[index].type, MakeException(thread, module, signals[index].name, bases));
    heap::AddRoot(reinterpret_cast<Object**>(&signals[index].type));
    return kOk;
  };
  GILA_TRY_VOID(add(8, {base}));
  GILA_TRY_VOID(add(7, {base}));
  GILA_TRY_VOID(add(6, {base}));
  GILA_TRY_VOID(add(5, {base}));
  GILA_TRY_VOID(add(4, {signals[6].type, signals[7].type, signals[5].type}));
  GILA_TRY_VOID(add(3, {signals[6].type, signals[7].type}));
  GILA_TRY_VOID(add(2, {base, zero}));
  GILA_TRY_VOID(add(1, {base, GetType(TypeId::kTypeError)}));
  GILA_TRY_VOID(add(0, {base}));
  invalid_kinds[0].type = signals[0].type;
  for (size_t i = 1; i < 5; ++i) {
    const bool undefined = invalid_kinds[i].bits == kDivisionUndefined;
    if (undefined) {
      GILA_TRY(invalid_kinds[i].type,
               MakeException(thread, module, invalid_kinds[i].name, {signals[0].type, zero}));
    } else {
      GILA_TRY(invalid_kinds[i].type,
               MakeException(thread, module, invalid_kinds[i].name, {signals[0].type}));
    }
    heap::AddRoot(reinterpret_cast<Object**>(&invalid_kinds[i].type));
  }
  return MakeSignalDict(thread, module);
}

}  // namespace gila

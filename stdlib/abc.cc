// abc.cc: the native half of abc (module _abc): which classes an abstract base class accepts, and
// the memory of earlier answers. ABCMeta itself is stdlib/lib/abc.py.
//
// Every class of that metaclass carries an AbcData in its own namespace, under _abc_impl. Classes
// are remembered by weak reference, so that a class of the program can still die.
#include "runtime/heap/heap.h"
#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/type_internal.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"
#include "runtime/types/set_internal.h"
#include "runtime/types/str.h"
#include "runtime/types/weakref.h"

namespace gila {
namespace {

struct AbcData : Object {
  PointerSlot<Set> registry, accepted, refused;  // weak references; null until needed
  Atomic<int64_t> refused_at;                    // registrations when `refused` was begun
};
Type* abc_data_type = nullptr;
uint8_t abc_data_kind = 0;
Value abc_impl_name, abstract_mark, subclass_hook, subclasses_name;
// Counts registrations: what was refused before one may be accepted after it.
Atomic<int64_t> registrations;

void TraceAbcData(Object* object, Marker& marker) {
  auto* const data = static_cast<AbcData*>(object);
  marker.Visit(data->registry);
  marker.Visit(data->accepted);
  marker.Visit(data->refused);
}
constexpr KindInfo kAbcDataKind = {"_abc_data", TraceAbcData, nullptr};

Result<AbcData*> DataOf(Thread& thread, Value cls) {
  if (IsKind(cls, kKindType)) {
    Value data = DictGetInterned(cls.As<Type>()->dict.Load(), abc_impl_name);
    // A class that failed while it was made, and is not collected yet, has only its bases'.
    if (data.IsUnbound()) {
      GILA_TRY(data, GetAttrOrUnbound(thread, cls, abc_impl_name));
    }
    if (IsKind(data, static_cast<Kind>(abc_data_kind)))
      return static_cast<AbcData*>(data.AsObject());
  }
  return thread.RaiseTypeError("_abc_impl is set to a wrong type");
}

Status Remember(Thread& thread, AbcData* data, PointerSlot<Set>& set, Value cls) {
  if (set.Load() == nullptr) {
    GILA_TRY(Set* const fresh, NewSet(thread, TypeId::kSet));
    set.Store(data, fresh);
  }
  GILA_TRY(const Value reference, NewWeakRef(thread, cls, kUnbound));
  GILA_TRY_VOID(SetAdd(thread, set.Load(), reference));
  return kOk;
}

// `reference` is the weak reference to a class that is given out again; its hash is known, as every
// class that is remembered went into a set with it.
Result<bool> Remembered(Thread& thread, const PointerSlot<Set>& set, WeakRef* reference) {
  Set* const references = set.Load();
  if (references == nullptr || references->size.Load() == 0) return false;
  return SetContainsHashed(thread, references, reference, reference->hash.Load());
}

// --- making a class abstract ---

Result<bool> IsAbstract(Thread& thread, Value v) {
  GILA_TRY(const Value mark, GetAttrOrUnbound(thread, v, abstract_mark));
  if (mark.IsUnbound()) return false;
  return Truth(thread, mark);
}

Status CollectAbstractNames(Thread& thread, Type* cls, Set* names) {
  int64_t position = 0;
  Value name, value;
  while (DictNext(cls->dict.Load(), &position, &name, &value)) {
    GILA_TRY(const bool is_abstract, IsAbstract(thread, value));
    if (is_abstract) GILA_TRY_VOID(SetAdd(thread, names, name));
  }
  const Tuple* const bases = cls->bases.Load();
  for (int64_t i = 0; i < bases->length; ++i) {
    GILA_TRY(const Value inherited,
             GetAttrOrUnbound(thread, bases->At(i), NameOf(Name::kAbstractMethods)));
    if (inherited.IsUnbound()) continue;
    GILA_TRY_VOID(ForEach(thread, inherited, [&](Value key) -> Status {
      GILA_TRY(Str* const text, ToStrArgument(thread, key, "attribute name"));
      GILA_TRY(const Value found, GetAttrOrUnbound(thread, cls, InternStr(thread, text)));
      if (found.IsUnbound()) return kOk;
      GILA_TRY(const bool is_abstract, IsAbstract(thread, found));
      if (is_abstract) GILA_TRY_VOID(SetAdd(thread, names, key));
      return kOk;
    }));
  }
  return kOk;
}

// __abc_tpflags__ of Sequence and Mapping: their classes match sequence and mapping patterns.
Status TakePatternFlags(Thread& thread, Type* cls) {
  const Value name = Intern(thread, "__abc_tpflags__");
  const Value bits = DictGetInterned(cls->dict.Load(), name);
  if (!bits.IsSmallInt()) return kOk;
  if (bits.AsSmallInt() & (1 << 5)) cls->flags.FetchOr(kMatchSequence);
  if (bits.AsSmallInt() & (1 << 6)) cls->flags.FetchOr(kMatchMapping);
  return SetTypeAttribute(thread, cls, name, kUnbound);
}

Result<Value> AbcInit(Thread& thread, Args args) {
  if (!IsKind(args[0], kKindType)) return thread.RaiseTypeError("_abc_init() takes a class");
  Type* const cls = args[0].As<Type>();
  GILA_TRY(Set* const names, NewSet(thread, TypeId::kFrozenSet));
  GILA_TRY_VOID(CollectAbstractNames(thread, cls, names));
  GILA_TRY_VOID(SetAttr(thread, cls, NameOf(Name::kAbstractMethods), names));
  GILA_TRY_VOID(TakePatternFlags(thread, cls));
  GILA_TRY(Object* const data, AllocateInstance(thread, abc_data_type));
  GILA_TRY_VOID(SetTypeAttribute(thread, cls, abc_impl_name, data));
  return kNone;
}

// --- registering ---

// The class and those derived from it match from now on, and nothing else. Built-in ones stay what
// they are: a str is no sequence to a pattern.
void TakePattern(Type* type, uint32_t pattern) {
  if (!type->Has(kHeapType)) return;
  type->flags.FetchAnd(~uint32_t{kMatchSequence | kMatchMapping});
  type->flags.FetchOr(pattern);
  ForEachSubclass(type, [&](Type* subclass) { TakePattern(subclass, pattern); });
}

Result<Value> AbcRegister(Thread& thread, Args args) {
  if (!IsKind(args[1], kKindType)) return thread.RaiseTypeError("Can only register classes");
  GILA_TRY(const bool already, IsSubclass(thread, args[1], args[0]));
  if (already) return args[1];
  GILA_TRY(const bool cycle, IsSubclass(thread, args[0], args[1]));
  if (cycle) return thread.Raise(TypeId::kRuntimeError, "Refusing to create an inheritance cycle");
  GILA_TRY(AbcData* const data, DataOf(thread, args[0]));
  GILA_TRY_VOID(Remember(thread, data, data->registry, args[1]));
  registrations.FetchAdd(1);
  const uint32_t pattern = args[0].As<Type>()->flags.Load() & (kMatchSequence | kMatchMapping);
  if (pattern != 0) TakePattern(args[1].As<Type>(), pattern);
  return args[1];
}

// --- asking ---

enum class Verdict : uint8_t { kNo, kYes, kUnknown };

Result<Verdict> FromMemory(Thread& thread, AbcData* data, Value subclass) {
  WeakRef* const reference = heap::SharedWeakrefTo(subclass.AsObject(), GetType(TypeId::kWeakRef));
  const bool ever = reference != nullptr && reference->hash.Load() != -1;
  GILA_TRY(const bool accepted,
           ever ? Remembered(thread, data->accepted, reference) : Result<bool>(false));
  if (accepted) return Verdict::kYes;
  const int64_t now = registrations.Load();
  if (data->refused_at.Load() != now) {
    data->refused.Store(data, nullptr);
    data->refused_at.Store(now);
    return Verdict::kUnknown;
  }
  GILA_TRY(const bool refused,
           ever ? Remembered(thread, data->refused, reference) : Result<bool>(false));
  return refused ? Verdict::kNo : Verdict::kUnknown;
}

// Does any class among the registered or the subclasses of `cls` accept `subclass`?
Result<bool> AskOthers(Thread& thread, AbcData* data, Value cls, Value subclass) {
  if (Set* const registry = data->registry.Load()) {
    GILA_TRY(Set* const registered, SetCopy(thread, registry, TypeId::kSet));
    int64_t position = 0;
    Value reference;
    while (SetNext(registered, &position, &reference)) {
      Object* const candidate = reference.As<WeakRef>()->referent.Load();
      if (candidate == nullptr) continue;
      GILA_TRY(const bool accepted, IsSubclass(thread, subclass, candidate));
      if (accepted) return true;
    }
  }
  GILA_TRY(const Value subclasses, CallMethod(thread, cls, subclasses_name));
  if (!IsList(subclasses)) return thread.RaiseTypeError("__subclasses__() must return a list");
  for (int64_t i = 0;; ++i) {
    const Value candidate = ListAt(subclasses.As<List>(), i);
    if (candidate.IsUnbound()) return false;
    GILA_TRY(const bool accepted, IsSubclass(thread, subclass, candidate));
    if (accepted) return true;
  }
}

Result<bool> Decide(Thread& thread, AbcData* data, Value cls, Value subclass) {
  GILA_TRY(const Value hook, CallMethod(thread, cls, subclass_hook, {subclass}));
  if (hook.IsBool()) return hook.IsTrue();
  if (hook != kNotImplemented) {
    return thread.Raise(TypeId::kAssertionError,
                        "__subclasshook__ must return either False, True, or NotImplemented");
  }
  if (IsSubtype(subclass.As<Type>(), cls.As<Type>())) return true;
  return AskOthers(thread, data, cls, subclass);
}

Result<Value> AbcSubclassCheck(Thread& thread, Args args) {
  const Value cls = args[0], subclass = args[1];
  if (!IsKind(subclass, kKindType))
    return thread.RaiseTypeError("issubclass() arg 1 must be a class");
  const RecursionScope scope(thread, " in __subclasscheck__");
  GILA_TRY_VOID(scope.status());
  GILA_TRY(AbcData* const data, DataOf(thread, cls));
  GILA_TRY(const Verdict known, FromMemory(thread, data, subclass));
  if (known != Verdict::kUnknown) return Value::Bool(known == Verdict::kYes);
  GILA_TRY(const bool accepted, Decide(thread, data, cls, subclass));
  GILA_TRY_VOID(Remember(thread, data, accepted ? data->accepted : data->refused, subclass));
  return Value::Bool(accepted);
}

Result<Value> AbcInstanceCheck(Thread& thread, Args args) {
  const Value cls = args[0];
  GILA_TRY(AbcData* const data, DataOf(thread, cls));
  GILA_TRY(const Value subclass, GetAttr(thread, args[1], NameOf(Name::kClass)));
  if (IsKind(subclass, kKindType)) {
    GILA_TRY(const Verdict known, FromMemory(thread, data, subclass));
    if (known == Verdict::kYes) return kTrue;
    if (known == Verdict::kNo && subclass == Value(TypeOf(args[1]))) return kFalse;
  }
  const Value check = NameOf(Special::kSubclassCheck);
  GILA_TRY(const Value accepted, CallMethod(thread, cls, check, {subclass}));
  GILA_TRY(const bool truth, Truth(thread, accepted));
  const Value type = TypeOf(args[1]);
  if (truth || type == subclass) return Value::Bool(truth);
  return CallMethod(thread, cls, check, {type});
}

// --- looking inside ---

Result<Value> CopyOf(Thread& thread, const PointerSlot<Set>& set) {
  if (Set* const present = set.Load()) return SetCopy(thread, present, TypeId::kSet);
  return NewSet(thread, TypeId::kSet);
}

Result<Value> GetDump(Thread& thread, Args args) {
  GILA_TRY(AbcData* const data, DataOf(thread, args[0]));
  GILA_TRY(const Value registry, CopyOf(thread, data->registry));
  GILA_TRY(const Value accepted, CopyOf(thread, data->accepted));
  GILA_TRY(const Value refused, CopyOf(thread, data->refused));
  const Value parts[] = {registry, accepted, refused, Value::SmallInt(data->refused_at.Load())};
  return NewTuple(thread, parts);
}

Result<Value> ResetRegistry(Thread& thread, Args args) {
  GILA_TRY(AbcData* const data, DataOf(thread, args[0]));
  data->registry.Store(data, nullptr);
  return kNone;
}

Result<Value> ResetCaches(Thread& thread, Args args) {
  GILA_TRY(AbcData* const data, DataOf(thread, args[0]));
  data->accepted.Store(data, nullptr);
  data->refused.Store(data, nullptr);
  return kNone;
}

Result<Value> GetCacheToken(Thread&, Args) { return Value::SmallInt(registrations.Load()); }

constexpr NativeDef kFunctions[] = {
    {"_abc_init", AbcInit, "(cls, /)", "Makes a new class of ABCMeta ready."},
    {"_abc_register", AbcRegister, "(cls, subclass, /)", "Registers a virtual subclass."},
    {"_abc_instancecheck", AbcInstanceCheck, "(cls, instance, /)",
     "What isinstance() asks an abstract class."},
    {"_abc_subclasscheck", AbcSubclassCheck, "(cls, subclass, /)",
     "What issubclass() asks an abstract class."},
    {"_get_dump", GetDump, "(cls, /)", "The registry and both memories, for debugging."},
    {"_reset_registry", ResetRegistry, "(cls, /)", "Forgets what was registered."},
    {"_reset_caches", ResetCaches, "(cls, /)", "Forgets earlier answers."},
    {"get_cache_token", GetCacheToken, "()",
     "A number that is another one after every registration."},
    {nullptr, nullptr, nullptr, nullptr}};

constexpr TypeSpec kAbcDataSpec = {.native_size = sizeof(AbcData), .kind_info = &kAbcDataKind};

}  // namespace

Status InitAbcModule(Thread& thread, Module* module) {
  abc_impl_name = Intern(thread, "_abc_impl");
  abstract_mark = Intern(thread, "__isabstractmethod__");
  subclass_hook = Intern(thread, "__subclasshook__");
  subclasses_name = Intern(thread, "__subclasses__");
  abc_data_kind = RegisterKind(kAbcDataKind);
  GILA_TRY(abc_data_type, AddType(thread, module, kAbcDataSpec, "_abc._abc_data", abc_data_kind,
                                  sizeof(AbcData), kPlain));
  return AddFunctions(thread, module, kFunctions);
}

}  // namespace gila

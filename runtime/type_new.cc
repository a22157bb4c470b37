// type_new.cc: the class statement's end: type.__new__. The namespace becomes a type: metaclass,
// layout, __slots__, descriptors, MRO, __set_name__, __init_subclass__, in CPython's order.
#include <absl/strings/str_cat.h>

#include <string>
#include <vector>

#include "runtime/call.h"
#include "runtime/heap/heap.h"
#include "runtime/instances.h"
#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/type.h"
#include "runtime/type_internal.h"
#include "runtime/type_slots.h"
#include "runtime/types/dict.h"
#include "runtime/types/exception.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "runtime/types/super.h"

namespace gila {

Result<Type*> CalculateMetaclass(Thread& thread, Type* metaclass, Tuple* bases) {
  Type* winner = metaclass;
  for (int64_t i = 0; i < bases->length; ++i) {
    Type* candidate = TypeOf(bases->At(i));
    if (IsSubtype(winner, candidate)) continue;
    if (!IsSubtype(candidate, winner)) {
      return thread.RaiseTypeError(
          "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of "
          "the metaclasses of all its bases");
    }
    winner = candidate;
  }
  return winner;
}

namespace {

constexpr uint32_t kMatchCollection = kMatchSequence | kMatchMapping;

// What is known about the class being made. Lives on the native stack, where the collector sees it.
struct ClassBuilder {
  Thread& thread;
  Type* metaclass;
  Str* name;
  Tuple* bases;
  Dict* dict = nullptr;
  Type* base = nullptr;
  SlotNames slots;
  Type* type = nullptr;

  Value Get(Value key) const { return DictGetInterned(dict, key); }
  Status Set(Value key, Value value) { return DictSet(thread, dict, key, value); }

  Status SetModule() {
    if (!Get(NameOf(Name::kModule_)).IsUnbound()) return kOk;
    const Dict* globals = CurrentGlobals(thread);
    if (globals == nullptr) return kOk;
    const Value module = DictGetInterned(globals, NameOf(Name::kName));
    return module.IsUnbound() ? kOk : Set(NameOf(Name::kModule_), module);
  }

  Status TakeQualname() {
    GILA_TRY(const Value qualname, DictPop(thread, dict, NameOf(Name::kQualname)));
    if (qualname.IsUnbound()) {
      type->qualname.Store(type, name);
    } else if (!IsStr(qualname)) {
      const std::string given(TypeNameOf(qualname));
      return thread.RaiseTypeError("type __qualname__ must be a str, not %s", given.c_str());
    } else {
      type->qualname.Store(type, qualname);
    }
    return kOk;
  }

  // Plain functions under these names are what the language makes of them.
  Status WrapFunction(Value key, TypeId wrapper, Kind kind) {
    const Value function = Get(key);
    if (!IsKind(function, kKindFunction)) return kOk;
    Object* wrapped = heap::Allocate(thread, sizeof(WrappedCallable), kind, ShapeIdOf(wrapper));
    if (wrapped == nullptr) return kFailed;
    static_cast<WrappedCallable*>(wrapped)->callable.Init(function);
    return Set(key, wrapped);
  }

  Status FillNamespace() {
    GILA_TRY_VOID(SetModule());
    GILA_TRY_VOID(TakeQualname());
    GILA_TRY_VOID(WrapFunction(NameOf(Special::kNew), TypeId::kStaticMethod, kKindStaticMethod));
    GILA_TRY_VOID(
        WrapFunction(NameOf(Special::kInitSubclass), TypeId::kClassMethod, kKindClassMethod));
    GILA_TRY_VOID(
        WrapFunction(NameOf(Special::kClassGetItem), TypeId::kClassMethod, kKindClassMethod));
    GILA_TRY_VOID(AddSlotDescriptors(thread, type, slots));
    if (Get(NameOf(Name::kDoc)).IsUnbound()) GILA_TRY_VOID(Set(NameOf(Name::kDoc), kNone));
    // Equality without a hash would break dicts.
    if (!Get(NameOf(Special::kEq)).IsUnbound() && Get(NameOf(Special::kHash)).IsUnbound()) {
      GILA_TRY_VOID(Set(NameOf(Special::kHash), kNone));
    }
    return kOk;
  }

  void SetLayout() {
    uint32_t flags = kBasetype | kHeapType;
    flags |= base->flags.Load() & (kHasDict | kHasWeakref | kMatchSelf | kIsTypeSubclass);
    // To a pattern it is a sequence or a mapping, not both: the first base that is either decides.
    for (int64_t i = 0; i < bases->length && (flags & kMatchCollection) == 0; ++i)
      flags |= bases->At(i).As<Type>()->flags.Load() & kMatchCollection;
    if (slots.add_dict) flags |= kHasDict;
    if (slots.add_weakref) flags |= kHasWeakref;
    type->flags.StoreRelaxed(flags);
    type->instance_kind = base->instance_kind;
    type->native_size = base->native_size;
    type->attributes_offset = AttributesOffsetForSubclass(base);
  }

  // The namespace of __class__ cells: the function bodies of the class see the new type.
  Status FillClassCell() {
    GILA_TRY(const Value cell, DictPop(thread, dict, NameOf(Name::kClassCell)));
    if (cell.IsUnbound()) return kOk;
    if (!IsKind(cell, kKindCell)) {
      GILA_TRY(Str* const shown, Repr(thread, TypeOf(cell)));
      return thread.RaiseTypeError("__classcell__ must be a nonlocal cell, not %s",
                                   ToUtf8(shown).c_str());
    }
    cell.As<Cell>()->value.Store(cell.AsObject(), type);
    return kOk;
  }

  Result<Type*> Build(Dict* name_space) {
    GILA_TRY(base, BestBase(thread, bases));
    GILA_TRY(dict, DictCopy(thread, name_space));
    GILA_TRY_VOID(ReadSlots(thread, base, bases, name, dict, &slots));
    GILA_TRY(type, NewTypeObject(thread, metaclass->root.Load()->id));
    type->name.Store(type, name);
    type->bases.Store(type, bases);
    type->base.Store(type, base);
    type->dict.Store(type, dict);
    SetLayout();
    GILA_TRY_VOID(FillNamespace());
    GILA_TRY_VOID(FillClassCell());
    GILA_TRY(Tuple* const mro, ResolveMro(thread, metaclass, type, bases));
    type->mro.Store(type, mro);
    for (int64_t i = 0; i < bases->length; ++i) {
      GILA_TRY_VOID(AddSubclass(thread, bases->At(i).As<Type>(), type));
    }
    UpdateDynamicFlags(thread, type);
    return type;
  }
};

Failed RaiseSetNameFailed(Thread& thread, Value descriptor, Value name, Type* type) {
  const Value cause = thread.TakeException();
  const std::string descriptor_type(TypeNameOf(descriptor)), type_name(TypeName(type));
  GILA_TRY(Str* const shown, Repr(thread, name));
  thread.Raise(TypeId::kRuntimeError,
               absl::StrCat("Error calling __set_name__ on '", descriptor_type, "' instance ",
                            ToUtf8(shown), " in '", type_name, "'"));
  if (IsException(thread.exception)) {
    auto* error = thread.exception.As<Exception>();
    error->cause.Store(error, cause);
    error->context.Store(error, cause);
    error->suppress_context.Store(1);
  }
  return kFailed;
}

Status CallSetNames(Thread& thread, Type* type) {
  // A hook may change the namespace.
  GILA_TRY(Dict* const names, DictCopy(thread, type->dict.Load()));
  int64_t position = 0;
  Value name, value;
  while (DictNext(names, &position, &name, &value)) {
    if (!value.IsPointer() || IsKind(value, kKindFunction) || IsStr(value)) continue;
    const Value args[] = {type, name};
    if (!CallSpecial(thread, value, Special::kSetName, args).ok()) {
      return RaiseSetNameFailed(thread, value, name, type);
    }
  }
  return kOk;
}

// super(type, type).__init_subclass__(**keywords)
Status CallInitSubclass(Thread& thread, Type* type, Value keywords) {
  GILA_TRY(const Value hook, SuperLookup(thread, type, type, type, NameOf(Special::kInitSubclass)));
  if (hook.IsUnbound()) return kOk;
  GILA_TRY_VOID(CallWith(thread, hook, empty_tuple, keywords));
  return kOk;
}

Result<Type*> BuildType(Thread& thread, Type* metaclass, Str* name, Tuple* bases, Dict* name_space,
                        Value keywords) {
  if (StrFind(name, latin1_strings[0].As<Str>(), 0, name->length) >= 0) {
    return thread.RaiseValueError("type name must not contain null characters");
  }
  const Value interned = InternStr(thread, name);
  if (interned.IsError()) return kFailed;
  if (bases->length == 0) {
    const Value object = GetType(TypeId::kObject);
    GILA_TRY(bases, NewTuple(thread, std::span<const Value>(&object, 1)));
  }
  ClassBuilder builder{.thread = thread,
                       .metaclass = metaclass,
                       .name = interned.As<Str>(),
                       .bases = bases,
                       .slots = {}};
  GILA_TRY(Type* const type, builder.Build(name_space));
  GILA_TRY_VOID(CallSetNames(thread, type));
  GILA_TRY_VOID(CallInitSubclass(thread, type, keywords));
  return type;
}

Status CheckArgument(Thread& thread, bool good, int number, const char* wanted, Value given) {
  if (good) return kOk;
  const std::string type_name(TypeNameOf(given));
  return thread.RaiseTypeError("type.__new__() argument %d must be %s, not %s", number, wanted,
                               type_name.c_str());
}

Status CheckBases(Thread& thread, const Tuple* bases) {
  for (int64_t i = 0; i < bases->length; ++i) {
    if (IsType(bases->At(i))) continue;
    GILA_TRY(const Value entries,
             GetAttrOrUnbound(thread, bases->At(i), NameOf(Name::kMroEntries)));
    if (!entries.IsUnbound()) {
      return thread.RaiseTypeError(
          "type() doesn't support MRO entry resolution; use types.new_class()");
    }
  }
  return kOk;
}

}  // namespace

Result<Type*> NewType(Thread& thread, Type* metaclass, Str* name, Tuple* bases, Dict* name_space) {
  return BuildType(thread, metaclass, name, bases, name_space, kUnbound);
}

Result<Value> TypeNew(Thread& thread, Args args) {
  const std::span<const Value> given = args.rest();
  if (given.size() != 3) {
    return thread.RaiseTypeError("type.__new__() takes exactly 3 arguments (%zu given)",
                                 given.size());
  }
  GILA_TRY_VOID(CheckArgument(thread, IsStr(given[0]), 1, "str", given[0]));
  GILA_TRY_VOID(CheckArgument(thread, IsTuple(given[1]), 2, "tuple", given[1]));
  GILA_TRY_VOID(CheckArgument(thread, IsDict(given[2]), 3, "dict", given[2]));
  Tuple* bases = given[1].As<Tuple>();
  Type* const metaclass = args[0].As<Type>();
  GILA_TRY_VOID(CheckBases(thread, bases));
  GILA_TRY(Type* const winner, CalculateMetaclass(thread, metaclass, bases));
  if (winner != metaclass) {
    const Value make = LookupOnType(thread, winner, NameOf(Special::kNew));
    const bool standard =
        IsKind(make, kKindNativeFunction) && make.As<NativeFunction>()->function == TypeNew;
    if (!standard) {
      GILA_TRY(const Value bound, BindDescriptor(thread, make, kUnbound, winner));
      const Value all[] = {winner, given[0], given[1], given[2]};
      GILA_TRY(Tuple* const tuple, NewTuple(thread, all));
      return CallWith(thread, bound, tuple, args[1]);
    }
  }
  return BuildType(thread, winner, given[0].As<Str>(), bases, given[2].As<Dict>(), args[1]);
}

namespace {

// What a metaclass's own mro() answered, as a tuple of types.
Result<Tuple*> CheckMro(Thread& thread, const Type* type, Value answer) {
  GILA_TRY(Tuple* const mro, ToTuple(thread, answer));
  for (int64_t i = 0; i < mro->length; ++i) {
    const Value entry = mro->At(i);
    if (!IsType(entry)) {
      const std::string given(TypeNameOf(entry));
      return thread.RaiseTypeError("mro() returned a non-class ('%s')", given.c_str());
    }
    if (type->instance_kind != entry.As<Type>()->instance_kind &&
        entry.As<Type>()->instance_kind != kKindObject) {
      const std::string given(TypeName(entry.As<Type>()));
      return thread.RaiseTypeError("mro() returned base with unsuitable layout ('%s')",
                                   given.c_str());
    }
  }
  return mro;
}

}  // namespace

Result<Tuple*> ResolveMro(Thread& thread, Type* metaclass, Type* type, Tuple* bases) {
  const Value method = LookupOnType(thread, metaclass, NameOf(Name::kMro));
  if (metaclass == GetType(TypeId::kType) || IsKind(method, kKindMethodDescriptor)) {
    return ComputeMro(thread, type, bases);
  }
  // The program's mro() may use the class, which has none yet: until it answers, the first base's.
  if (type->mro.Load() == nullptr) {
    const Tuple* first = bases->At(0).As<Type>()->mro.Load();
    std::vector<Value> provisional = {type};
    for (int64_t i = 0; i < first->length; ++i) provisional.push_back(first->At(i));
    GILA_TRY(Tuple* const mro, NewTuple(thread, provisional));
    type->mro.Store(type, mro);
  }
  GILA_TRY(const Value bound, BindDescriptor(thread, method, type, metaclass));
  GILA_TRY(const Value answer, Call(thread, bound, {}));
  return CheckMro(thread, type, answer);
}

}  // namespace gila

// type_call.cc: calling a class: __new__, then __init__ of what came out, with the rules of object
// about surplus arguments.
#include <absl/container/inlined_vector.h>

#include <string>

#include "runtime/call.h"
#include "runtime/heap/heap.h"
#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/protocols/special_call.h"
#include "runtime/type.h"
#include "runtime/type_internal.h"
#include "runtime/types/dict.h"
#include "runtime/types/exception_internal.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace gila {

namespace {

using ArgumentVector = absl::InlinedVector<Value, 8>;

ArgumentVector Prepend(Value first, const Value* args, size_t count) {
  ArgumentVector all;
  all.reserve(count + 1);
  all.push_back(first);
  all.insert(all.end(), args, args + count);
  return all;
}

bool IsNative(Value v, Kind kind, NativeFn function) {
  return IsKind(v, kind) && v.As<NativeFunction>()->function == function;
}

bool IsObjectNew(Value v) { return IsNative(v, kKindNativeFunction, ObjectNew); }
bool IsObjectInit(Value v) { return IsNative(v, kKindSlotWrapper, ObjectInit); }

Failed RaiseAbstract(Thread& thread, Type* type) {
  GILA_TRY(const Value names, GetAttr(thread, type, NameOf(Name::kAbstractMethods)));
  GILA_TRY(List* const list, ToList(thread, names));
  GILA_TRY_VOID(ListSort(thread, list, kNone, false));
  GILA_TRY(Str* const comma, NewStr(thread, ", "));
  GILA_TRY(const Value joined, StrJoin(thread, comma, list));
  const std::string type_name(TypeName(type));
  return thread.RaiseTypeError("Can't instantiate abstract class %s with abstract method%s %s",
                               type_name.c_str(), list->size.Load() > 1 ? "s" : "",
                               ToUtf8(joined).c_str());
}

Result<Value> MakeInstance(Thread& thread, Type* type, Value make, const Value* args, size_t count,
                           Value kwnames) {
  if (GILA_LIKELY(IsObjectNew(make))) return NewPlainInstance(thread, type, count > 0);
  if (count < 4 && IsKind(make, kKindNativeFunction)) {
    Value few[4] = {type};
    std::copy(args, args + count, few + 1);
    return CallNative(thread, make.As<NativeFunction>(), few, count + 1, kwnames);
  }
  const ArgumentVector all = Prepend(type, args, count);
  if (IsKind(make, kKindNativeFunction)) {
    return CallNative(thread, make.As<NativeFunction>(), all.data(), all.size(), kwnames);
  }
  GILA_TRY(const Value bound, BindDescriptor(thread, make, kUnbound, type));
  return Call(thread, bound, all, kwnames);
}

}  // namespace

Result<Value> NewPlainInstance(Thread& thread, Type* type, bool surplus) {
  if (GILA_UNLIKELY(surplus)) {
    // Somebody must have wanted the arguments: an __init__ or a __new__ of the class.
    const std::string type_name(TypeName(type));
    if (!IsObjectNew(LookupSpecial(thread, type, Special::kNew))) {
      return thread.RaiseTypeError(
          "object.__new__() takes exactly one argument (the type to instantiate)");
    }
    if (IsObjectInit(LookupSpecial(thread, type, Special::kInit))) {
      return thread.RaiseTypeError("%s() takes no arguments", type_name.c_str());
    }
  }
  if (GILA_UNLIKELY(type->Has(kAbstract))) return RaiseAbstract(thread, type);
  return AllocateInstance(thread, type);
}

Result<Value> ObjectNew(Thread& thread, Args args) {
  const bool keywords = args.Has(1) && args[1].As<Dict>()->size.Load() != 0;
  return NewPlainInstance(thread, args[0].As<Type>(), keywords || !args.rest().empty());
}

Result<Value> ObjectInit(Thread& thread, Args args) {
  const bool keywords = args.Has(1) && args[1].As<Dict>()->size.Load() != 0;
  if (!keywords && args.rest().empty()) return kNone;
  Type* const type = TypeOf(args[0]);
  const std::string type_name(TypeName(type));
  if (!IsObjectInit(LookupSpecial(thread, type, Special::kInit))) {
    return thread.RaiseTypeError(
        "object.__init__() takes exactly one argument (the instance to initialize)");
  }
  if (IsObjectNew(LookupSpecial(thread, type, Special::kNew)) && !type->Has(kNoInstantiate)) {
    return thread.RaiseTypeError(
        "%s.__init__() takes exactly one argument (the instance to initialize)", type_name.c_str());
  }
  return kNone;
}

Result<Value> CallBuiltinType(Thread& thread, Type* type, const Value* args, size_t count) {
  if (GILA_UNLIKELY(type == GetType(TypeId::kType)))
    return count == 1 ? Value(TypeOf(args[0])) : kUnbound;
  if (type->instance_kind == kKindException && !type->Has(kNoInstantiate))
    return CallExceptionType(thread, type, std::span<const Value>(args, count));
  if (type->Has(kHeapType | kNoInstantiate)) return kUnbound;
  const Value make = LookupSpecial(thread, type, Special::kNew);
  if (!IsKind(make, kKindNativeFunction) || make.As<NativeFunction>()->owner.Load() != type)
    return kUnbound;
  GILA_TRY(const Value instance,
           CallNativeWithFirst(thread, make.As<NativeFunction>(), type, args, count));
  if (instance.IsUnbound()) return kUnbound;
  const Value init = LookupSpecial(thread, type, Special::kInit);
  if (IsObjectInit(init) || TypeOf(instance) != type ||
      IsNative(init, kKindSlotWrapper, NothingToInit))
    return instance;
  Value all[4] = {instance};
  if (!IsKind(init, kKindSlotWrapper) || count >= std::size(all)) {
    GILA_TRY_VOID(Call(thread, init, Prepend(instance, args, count)));
    return instance;
  }
  std::copy(args, args + count, all + 1);
  GILA_TRY_VOID(CallNative(thread, init.As<NativeFunction>(), all, count + 1, kUnbound));
  return instance;
}

namespace {

// dict(a=1, b=2)
Result<Value> DictOfKeywords(Thread& thread, const Value* values, const Tuple* names) {
  GILA_TRY(Dict* const dict, NewDict(thread));
  for (int64_t i = 0; i < names->length; ++i)
    GILA_TRY_VOID(DictSet(thread, dict, names->At(i), values[i]));
  return dict;
}

}  // namespace

Result<Value> CallDirect(Thread& thread, Value callable, const Value* args, size_t count) {
  if (!callable.IsPointer()) return kUnbound;
  Type* const type = TypeOf(callable);
  if (callable.AsObject()->kind == kKindType) {
    if (type != GetType(TypeId::kType)) return kUnbound;
    return CallBuiltinType(thread, callable.As<Type>(), args, count);
  }
  const Value call = LookupSpecial(thread, type, Special::kCall);
  if (!IsKind(call, kKindSlotWrapper)) return kUnbound;
  const auto* const native = call.As<NativeFunction>();
  if (!IsSubtype(type, native->owner.Load())) return kUnbound;
  return CallNativeWithFirst(thread, native, callable, args, count);
}

Result<Value> CallType(Thread& thread, Type* type, const Value* args, size_t count, Value kwnames) {
  if (GILA_UNLIKELY(type == GetType(TypeId::kType))) {
    const size_t keywords =
        kwnames.IsUnbound() ? 0 : static_cast<size_t>(kwnames.As<Tuple>()->length);
    if (count == 1 && keywords == 0) return TypeOf(args[0]);
    if (count - keywords != 3) return thread.RaiseTypeError("type() takes 1 or 3 arguments");
  }
  if (GILA_UNLIKELY(type->Has(kNoInstantiate))) {
    const std::string type_name(FullTypeName(type));
    return thread.RaiseTypeError("cannot create '%s' instances", type_name.c_str());
  }
  const Value make = LookupSpecial(thread, type, Special::kNew);
  if (type == GetType(TypeId::kDict) && !kwnames.IsUnbound() &&
      kwnames.As<Tuple>()->length == static_cast<int64_t>(count))
    return DictOfKeywords(thread, args, kwnames.As<Tuple>());
  // dict.__new__ takes whatever __init__ will read, and looks at none of it.
  const bool for_init = type == GetType(TypeId::kDict);
  GILA_TRY(const Value instance, for_init ? Result<Value>(NewDict(thread))
                                          : MakeInstance(thread, type, make, args, count, kwnames));
  Type* const instance_type = TypeOf(instance);
  if (instance_type != type && !IsSubtype(instance_type, type)) return instance;
  const Value init = LookupSpecial(thread, instance_type, Special::kInit);
  // object.__init__ has nothing to do; object.__new__ or another __new__ has seen the arguments.
  if (IsObjectInit(init)) return instance;
  Result<Value> result = kFailed;
  if (constexpr size_t kFew = 4; IsKind(init, kKindSlotWrapper) && count < kFew) {
    Value few[kFew] = {instance};
    std::copy(args, args + count, few + 1);
    result = CallNative(thread, init.As<NativeFunction>(), few, count + 1, kwnames);
  } else if (IsMethodLike(init)) {
    result = Call(thread, init, Prepend(instance, args, count), kwnames);
  } else {
    GILA_TRY(const Value bound, BindDescriptor(thread, init, instance, instance_type));
    result = Call(thread, bound, std::span<const Value>(args, count), kwnames);
  }
  if (GILA_UNLIKELY(!result.ok())) return kFailed;
  if (GILA_UNLIKELY(!result.value().IsNone())) {
    const std::string given(TypeNameOf(result.value()));
    return thread.RaiseTypeError("__init__() should return None, not '%s'", given.c_str());
  }
  return instance;
}

}  // namespace gila

// weakref.cc: weak references and proxies. heap/finalize.cc clears them in the pause in which their
// referent dies.
#include "runtime/types/weakref.h"

#include <cstdio>
#include <vector>

#include "runtime/heap/heap.h"
#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/type_internal.h"
#include "runtime/types/function.h"
#include "runtime/types/generic_alias.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace gila {
namespace {

void TraceWeakRef(Object* object, Marker& marker) {
  auto* ref = static_cast<WeakRef*>(object);
  marker.Visit(ref->callback);
  marker.Visit(ref->attributes);
}
const KindInfo kWeakRefKind = {"WeakRef", TraceWeakRef, nullptr};

bool TakesWeakrefs(Value v) {
  if (!v.IsPointer()) return false;
  switch (v.AsObject()->kind) {
    case kKindInt:
    case kKindFloat:
    case kKindComplex:
    case kKindStr:
    case kKindBytes:
    case kKindTuple:
    case kKindList:
    case kKindDict:
    case kKindByteArray:
    case kKindRange:
    case kKindSlice:
    case kKindCell:
    case kKindException:
    case kKindProperty:
    case kKindObject:
      return TypeOf(v)->Has(kHasWeakref);
    default:
      return true;
  }
}

Result<Value> MakeRef(Thread& thread, Type* type, Value referent, Value callback) {
  if (!TakesWeakrefs(referent)) {
    const std::string name(TypeNameOf(referent));
    return thread.RaiseTypeError("cannot create weak reference to '%s' object", name.c_str());
  }
  if (callback.IsUnbound()) callback = kNone;
  if (callback.IsNone() && !type->Has(kHeapType)) {
    WeakRef* const known = heap::SharedWeakrefTo(referent.AsObject(), type);
    if (known != nullptr) return known;
  }
  GILA_TRY(Object * object, AllocateInstance(thread, type));
  auto* ref = static_cast<WeakRef*>(object);
  ref->callback.Store(ref, callback);
  ref->hash.Store(-1);
  ref->referent.Store(referent.AsObject());
  heap::RegisterWeakref(thread, referent.AsObject(), ref);
  return object;
}

// The referent, kept alive by being returned; unbound when it is dead.
Value Target(Value ref) {
  Object* referent = ref.As<WeakRef>()->referent.Load();
  return referent == nullptr ? kUnbound : Value(referent);
}

Result<Value> RefNew(Thread& thread, Args args) {
  return MakeRef(thread, args[0].As<Type>(), args[1], args[2]);
}

Result<Value> RefCall(Thread&, Args args) {
  const Value target = Target(args[0]);
  return target.IsUnbound() ? kNone : target;
}

Result<Value> RefHash(Thread& thread, Args args) {
  WeakRef* ref = args[0].As<WeakRef>();
  if (ref->hash.Load() == -1) {
    const Value target = Target(args[0]);
    if (target.IsUnbound()) return thread.RaiseTypeError("weak object has gone away");
    GILA_TRY(const int64_t hash, Hash(thread, target));
    ref->hash.Store(hash);
  }
  return NewInt(thread, ref->hash.Load());
}

template <bool kEqual>
Result<Value> RefCompare(Thread& thread, Args args) {
  if (!IsKind(args[1], kKindWeakRef)) return kNotImplemented;
  const Value a = Target(args[0]), b = Target(args[1]);
  if (a.IsUnbound() || b.IsUnbound()) return Value::Bool((args[0] == args[1]) == kEqual);
  return Compare(thread, kEqual ? CompareOp::kEq : CompareOp::kNe, a, b);
}

Result<Value> RefRepr(Thread& thread, Args args) {
  const Value target = Target(args[0]);
  char text[256];
  if (target.IsUnbound()) {
    snprintf(text, sizeof(text), "<weakref at %p; dead>", static_cast<void*>(args[0].AsObject()));
  } else {
    const std::string type(TypeNameOf(target));
    snprintf(text, sizeof(text), "<weakref at %p; to '%s' at %p>",
             static_cast<void*>(args[0].AsObject()), type.c_str(),
             static_cast<void*>(target.AsObject()));
  }
  return NewStr(thread, text);
}

Result<Value> RefCallback(Thread&, Value self) {
  return Target(self).IsUnbound() ? kNone : self.As<WeakRef>()->callback.Load();
}

#define END {nullptr, nullptr, nullptr, nullptr}
const NativeDef kRefMethods[] = {
    {"__init__", NothingToInit, "(self, ob, callback=None, /)", "Initialize self."},
    {"__class_getitem__", ClassGetItem, "@classmethod(cls, item, /)", "See PEP 585"},
    {"__call__", RefCall, "(self)", "Call self as a function."},
    {"__hash__", RefHash, "(self, /)", "Return hash(self)."},
    {"__eq__", RefCompare<true>, "(self, value, /)", "Return self==value."},
    {"__ne__", RefCompare<false>, "(self, value, /)", "Return self!=value."},
    {"__repr__", RefRepr, "(self, /)", "Return repr(self)."},
    END};
const GetSetDef kRefFields[] = {{"__callback__", RefCallback, nullptr, nullptr}, END};

// --- proxies: every operation is passed on to the referent ---

Result<Value> Referent(Thread& thread, Value proxy) {
  const Value target = Target(proxy);
  if (target.IsUnbound())
    return thread.Raise(TypeId::kReferenceError, "weakly-referenced object no longer exists");
  return target;
}
Result<Value> Unwrap(Thread& thread, Value v) {
  return IsKind(v, kKindWeakProxy) || IsKind(v, kKindWeakCallableProxy) ? Referent(thread, v)
                                                                        : Result<Value>(v);
}

Result<Value> ProxyGetAttr(Thread& thread, Args args) {
  GILA_TRY(const Value target, Referent(thread, args[0]));
  GILA_TRY(Str * name, ToStrArgument(thread, args[1], "attribute name"));
  return GetAttr(thread, target, InternStr(thread, name));
}
Result<Value> ProxySetAttr(Thread& thread, Args args) {
  GILA_TRY(const Value target, Referent(thread, args[0]));
  GILA_TRY(Str * name, ToStrArgument(thread, args[1], "attribute name"));
  GILA_TRY_VOID(SetAttr(thread, target, InternStr(thread, name), args[2]));
  return kNone;
}
Result<Value> ProxyDelAttr(Thread& thread, Args args) {
  GILA_TRY(const Value target, Referent(thread, args[0]));
  GILA_TRY(Str * name, ToStrArgument(thread, args[1], "attribute name"));
  GILA_TRY_VOID(DelAttr(thread, target, InternStr(thread, name)));
  return kNone;
}
Result<Value> ProxyStr(Thread& thread, Args args) {
  GILA_TRY(const Value target, Referent(thread, args[0]));
  return ToStr(thread, target);
}
Result<Value> ProxyRepr(Thread& thread, Args args) {
  const Value target = Target(args[0]);
  const std::string type(target.IsUnbound() ? "NoneType" : TypeNameOf(target));
  char text[256];
  snprintf(text, sizeof(text), "<weakproxy at %p to %s at %p>",
           static_cast<void*>(args[0].AsObject()), type.c_str(),
           target.IsPointer() ? static_cast<void*>(target.AsObject()) : nullptr);
  return NewStr(thread, text);
}
Result<Value> ProxyBool(Thread& thread, Args args) {
  GILA_TRY(const Value target, Referent(thread, args[0]));
  GILA_TRY(const bool truth, Truth(thread, target));
  return Value::Bool(truth);
}
Result<Value> ProxyLen(Thread& thread, Args args) {
  GILA_TRY(const Value target, Referent(thread, args[0]));
  GILA_TRY(const int64_t length, Length(thread, target));
  return NewInt(thread, length);
}
Result<Value> ProxyContains(Thread& thread, Args args) {
  GILA_TRY(const Value target, Referent(thread, args[0]));
  GILA_TRY(const bool found, Contains(thread, target, args[1]));
  return Value::Bool(found);
}
Result<Value> ProxyGetItem(Thread& thread, Args args) {
  GILA_TRY(const Value target, Referent(thread, args[0]));
  return GetItem(thread, target, args[1]);
}
Result<Value> ProxySetItem(Thread& thread, Args args) {
  GILA_TRY(const Value target, Referent(thread, args[0]));
  GILA_TRY_VOID(SetItem(thread, target, args[1], args[2]));
  return kNone;
}
Result<Value> ProxyDelItem(Thread& thread, Args args) {
  GILA_TRY(const Value target, Referent(thread, args[0]));
  GILA_TRY_VOID(DelItem(thread, target, args[1]));
  return kNone;
}
Result<Value> ProxyIter(Thread& thread, Args args) {
  GILA_TRY(const Value target, Referent(thread, args[0]));
  return GetIter(thread, target);
}
Result<Value> ProxyNext(Thread& thread, Args args) {
  GILA_TRY(const Value target, Referent(thread, args[0]));
  GILA_TRY(const Value item, Next(thread, target));
  if (item.IsUnbound())
    return thread.RaiseObject(reinterpret_cast<Object*>(GetType(TypeId::kStopIteration)));
  return item;
}
Result<Value> ProxyHash(Thread& thread, Args args) {
  const std::string name(TypeNameOf(args[0]));
  return thread.RaiseTypeError("unhashable type: '%s'", name.c_str());
}
Result<Value> ProxyCall(Thread& thread, Args args) {
  GILA_TRY(const Value target, Referent(thread, args[0]));
  GILA_TRY(Tuple * given, NewTuple(thread, args.rest()));
  return CallWith(thread, target, given, args[1]);
}

template <CompareOp kOp>
Result<Value> ProxyCompare(Thread& thread, Args args) {
  GILA_TRY(const Value a, Unwrap(thread, args[0]));
  GILA_TRY(const Value b, Unwrap(thread, args[1]));
  return Compare(thread, kOp, a, b);
}
template <BinaryOp kOp>
Result<Value> ProxyBinary(Thread& thread, Args args) {
  GILA_TRY(const Value a, Unwrap(thread, args[0]));
  GILA_TRY(const Value b, Unwrap(thread, args[1]));
  return Binary(thread, kOp, a, b);
}
template <BinaryOp kOp>
Result<Value> ProxyReflected(Thread& thread, Args args) {
  GILA_TRY(const Value a, Unwrap(thread, args[0]));
  GILA_TRY(const Value b, Unwrap(thread, args[1]));
  return Binary(thread, kOp, b, a);
}

#define UNARY_ROW(name, function, doc) {name, function, "(self, /)", doc}
#define BINARY_ROW(name, function) {name, function, "(self, value, /)", nullptr}
#define OPERATOR_ROWS(name, op)                          \
  BINARY_ROW("__" name "__", ProxyBinary<BinaryOp::op>), \
      BINARY_ROW("__r" name "__", ProxyReflected<BinaryOp::op>)
#define PROXY_ROWS                                                                                \
  {"__getattribute__", ProxyGetAttr, "(self, name, /)", "Return getattr(self, name)."},           \
      {"__setattr__", ProxySetAttr, "(self, name, value, /)",                                     \
       "Implement setattr(self, name, value)."},                                                  \
      {"__delattr__", ProxyDelAttr, "(self, name, /)", "Implement delattr(self, name)."},         \
      UNARY_ROW("__str__", ProxyStr, "Return str(self)."),                                        \
      UNARY_ROW("__repr__", ProxyRepr, "Return repr(self)."),                                     \
      UNARY_ROW("__bool__", ProxyBool, "True if self else False"),                                \
      UNARY_ROW("__len__", ProxyLen, "Return len(self)."),                                        \
      UNARY_ROW("__iter__", ProxyIter, "Implement iter(self)."),                                  \
      UNARY_ROW("__next__", ProxyNext, "Implement next(self)."),                                  \
      UNARY_ROW("__hash__", ProxyHash, "Proxies are unhashable."),                                \
      BINARY_ROW("__contains__", ProxyContains), BINARY_ROW("__getitem__", ProxyGetItem),         \
      BINARY_ROW("__delitem__", ProxyDelItem),                                                    \
      {"__setitem__", ProxySetItem, "(self, key, value, /)", nullptr},                            \
      BINARY_ROW("__lt__", ProxyCompare<CompareOp::kLt>),                                         \
      BINARY_ROW("__le__", ProxyCompare<CompareOp::kLe>),                                         \
      BINARY_ROW("__eq__", ProxyCompare<CompareOp::kEq>),                                         \
      BINARY_ROW("__ne__", ProxyCompare<CompareOp::kNe>),                                         \
      BINARY_ROW("__gt__", ProxyCompare<CompareOp::kGt>),                                         \
      BINARY_ROW("__ge__", ProxyCompare<CompareOp::kGe>), OPERATOR_ROWS("add", kAdd),             \
      OPERATOR_ROWS("sub", kSub), OPERATOR_ROWS("mul", kMul), OPERATOR_ROWS("truediv", kTrueDiv), \
      OPERATOR_ROWS("floordiv", kFloorDiv), OPERATOR_ROWS("mod", kMod),                           \
      OPERATOR_ROWS("matmul", kMatMul), OPERATOR_ROWS("and", kAnd), OPERATOR_ROWS("or", kOr),     \
      OPERATOR_ROWS("xor", kXor), OPERATOR_ROWS("lshift", kLShift),                               \
      OPERATOR_ROWS("rshift", kRShift)

const NativeDef kProxyMethods[] = {PROXY_ROWS, END};
const NativeDef kCallableProxyMethods[] = {
    PROXY_ROWS,
    {"__call__", ProxyCall, "(self, *args, **kwargs)", "Call self as a function."},
    END};
#undef END

}  // namespace

Result<Value> NewWeakRef(Thread& thread, Value referent, Value callback) {
  return MakeRef(thread, GetType(TypeId::kWeakRef), referent, callback);
}

Result<Value> NewWeakProxy(Thread& thread, Value referent, Value callback) {
  const TypeId id = IsCallable(referent) ? TypeId::kWeakCallableProxy : TypeId::kWeakProxy;
  return MakeRef(thread, GetType(id), referent, callback);
}

extern const TypeSpec kWeakRefSpec, kWeakProxySpec, kWeakCallableProxySpec;
const TypeSpec kWeakRefSpec = {
    .new_function = RefNew,
    .new_signature = "(cls, ob, callback=None, /)",
    .methods = kRefMethods,
    .getsets = kRefFields,
    .native_size = offsetof(WeakRef, attributes),
    .kind_info = &kWeakRefKind,
};
const TypeSpec kWeakProxySpec = {
    .methods = kProxyMethods,
    .extra_flags = kCustomGetAttribute | kCustomSetAttribute | kNoInstantiate,
    .native_size = sizeof(WeakRef),
    .kind_info = &kWeakRefKind,
};
const TypeSpec kWeakCallableProxySpec = {
    .methods = kCallableProxyMethods,
    .extra_flags = kCustomGetAttribute | kCustomSetAttribute | kNoInstantiate,
    .native_size = sizeof(WeakRef),
    .kind_info = &kWeakRefKind,
};

}  // namespace gila

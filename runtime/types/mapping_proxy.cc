// mapping_proxy.cc: mappingproxy, the read-only view that `C.__dict__` is.
#include <string>

#include "runtime/call.h"
#include "runtime/heap/heap.h"
#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/type_internal.h"
#include "runtime/types/dict.h"
#include "runtime/types/generic_alias.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "runtime/types/super.h"

namespace gila {

namespace {

void TraceProxy(Object* object, Marker& marker) {
  marker.Visit(static_cast<MappingProxy*>(object)->mapping);
}
const KindInfo kProxyKind = {"mappingproxy", TraceProxy, nullptr};

Value Mapping(Args args) { return args[0].As<MappingProxy>()->mapping.Load(); }

Result<Value> ProxyNew(Thread& thread, Args args) {
  const bool mapping = !IsTuple(args[1]) && !IsList(args[1]) &&
                       !LookupSpecial(thread, TypeOf(args[1]), Special::kGetItem).IsUnbound();
  if (!mapping) {
    const std::string given(TypeNameOf(args[1]));
    return thread.RaiseTypeError("mappingproxy() argument must be a mapping, not %s",
                                 given.c_str());
  }
  return NewMappingProxy(thread, args[1]);
}

Result<Value> ProxyLen(Thread& thread, Args args) {
  GILA_TRY(const int64_t length, Length(thread, Mapping(args)));
  return NewInt(thread, length);
}
Result<Value> ProxyGetItem(Thread& thread, Args args) {
  return GetItem(thread, Mapping(args), args[1]);
}
Result<Value> ProxyContains(Thread& thread, Args args) {
  GILA_TRY(const bool answer, Contains(thread, Mapping(args), args[1]));
  return Value::Bool(answer);
}
Result<Value> ProxyIter(Thread& thread, Args args) { return GetIter(thread, Mapping(args)); }
Result<Value> ProxyStr(Thread& thread, Args args) { return ToStr(thread, Mapping(args)); }
Result<Value> ProxyRepr(Thread& thread, Args args) {
  GILA_TRY(Str* const shown, Repr(thread, Mapping(args)));
  StrBuilder text(thread);
  text.AppendAscii("mappingproxy(");
  text.Append(shown);
  text.AppendAscii(")");
  return text.Finish();
}
Result<Value> ProxyEq(Thread& thread, Args args) {
  const Value other =
      IsKind(args[1], kKindMappingProxy) ? args[1].As<MappingProxy>()->mapping.Load() : args[1];
  return Compare(thread, CompareOp::kEq, Mapping(args), other);
}
Result<Value> ProxyNe(Thread& thread, Args args) {
  const Value other =
      IsKind(args[1], kKindMappingProxy) ? args[1].As<MappingProxy>()->mapping.Load() : args[1];
  return Compare(thread, CompareOp::kNe, Mapping(args), other);
}
Result<Value> ProxyHash(Thread& thread, Args args) {
  GILA_TRY(const int64_t hash, Hash(thread, Mapping(args)));
  return NewInt(thread, hash);
}
Result<Value> ProxyOr(Thread& thread, Args args) {
  Value left = args[0], right = args[1];
  if (IsKind(left, kKindMappingProxy)) left = left.As<MappingProxy>()->mapping.Load();
  if (IsKind(right, kKindMappingProxy)) right = right.As<MappingProxy>()->mapping.Load();
  return Binary(thread, BinaryOp::kOr, left, right);
}
Result<Value> ProxyRor(Thread& thread, Args args) {
  const Value swapped[] = {args[1], args[0]};
  return ProxyOr(thread, Args(swapped, 2, 2));
}
Result<Value> ProxyIor(Thread& thread, Args) {
  return thread.RaiseTypeError("'|=' is not supported by mappingproxy; use '|' instead");
}
Result<Value> ProxyReversed(Thread& thread, Args args) {
  return CallMethod(thread, Mapping(args), NameOf(Special::kReversed));
}
Result<Value> ProxyGet(Thread& thread, Args args) {
  return CallMethod(thread, Mapping(args), Intern(thread, "get"), {args[1], args.Or(2, kNone)});
}
Result<Value> ProxyKeys(Thread& thread, Args args) {
  return CallMethod(thread, Mapping(args), NameOf(Name::kKeys));
}
Result<Value> ProxyValues(Thread& thread, Args args) {
  return CallMethod(thread, Mapping(args), Intern(thread, "values"));
}
Result<Value> ProxyItems(Thread& thread, Args args) {
  return CallMethod(thread, Mapping(args), Intern(thread, "items"));
}
Result<Value> ProxyCopy(Thread& thread, Args args) {
  return CallMethod(thread, Mapping(args), Intern(thread, "copy"));
}

const NativeDef kProxyMethods[] = {
    {"__len__", ProxyLen, "(self, /)", "Return len(self)."},
    {"__getitem__", ProxyGetItem, "(self, key, /)", "Return self[key]."},
    {"__contains__", ProxyContains, "(self, key, /)", "Return bool(key in self)."},
    {"__iter__", ProxyIter, "(self, /)", "Implement iter(self)."},
    {"__str__", ProxyStr, "(self, /)", "Return str(self)."},
    {"__repr__", ProxyRepr, "(self, /)", "Return repr(self)."},
    {"__eq__", ProxyEq, "(self, value, /)", "Return self==value."},
    {"__ne__", ProxyNe, "(self, value, /)", "Return self!=value."},
    {"__hash__", ProxyHash, "(self, /)", "Return hash(self)."},
    {"__or__", ProxyOr, "(self, value, /)", "Return self|value."},
    {"__ror__", ProxyRor, "(self, value, /)", "Return value|self."},
    {"__ior__", ProxyIor, "(self, value, /)", "Return self|=value."},
    {"__reversed__", ProxyReversed, "(self, /)", "D.__reversed__() -> reverse iterator"},
    {"__class_getitem__", ClassGetItem, "@classmethod(cls, object, /)", "See PEP 585"},
    {"get", ProxyGet, "(self, key, default=None, /)",
     "Return the value for key if key is in the mapping, else default."},
    {"keys", ProxyKeys, "(self, /)", "D.keys() -> a set-like object providing a view on D's keys"},
    {"values", ProxyValues, "(self, /)", "D.values() -> an object providing a view on D's values"},
    {"items", ProxyItems, "(self, /)",
     "D.items() -> a set-like object providing a view on D's items"},
    {"copy", ProxyCopy, "(self, /)", "D.copy() -> a shallow copy of D"},
    {nullptr, nullptr, nullptr, nullptr},
};

}  // namespace

Result<Value> NewMappingProxy(Thread& thread, Value mapping) {
  GILA_TRY(MappingProxy* const proxy, Allocate<MappingProxy>(thread, TypeId::kMappingProxy));
  proxy->mapping.Init(mapping);
  return proxy;
}

extern const TypeSpec kMappingProxySpec;
const TypeSpec kMappingProxySpec = {
    .doc = nullptr,
    .new_function = ProxyNew,
    .new_signature = "(cls, mapping)",
    .methods = kProxyMethods,
    .native_size = sizeof(MappingProxy),
    .kind_info = &kProxyKind,
};

}  // namespace gila

// simple_namespace.cc: types.SimpleNamespace: an object that is nothing but attributes.
#include "runtime/types/simple_namespace.h"

#include <string>

#include "runtime/call.h"
#include "runtime/heap/heap.h"
#include "runtime/instances.h"
#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/type_internal.h"
#include "runtime/types/dict.h"
#include "runtime/types/object_internal.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace gila {

namespace {

Result<Value> NamespaceNew(Thread& thread, Args args) {
  return AllocateInstance(thread, args[0].As<Type>());
}

Result<Value> NamespaceInit(Thread& thread, Args args) {
  if (!args.rest().empty()) {
    return thread.RaiseTypeError("no positional arguments expected");
  }
  if (!args.Has(1)) return kNone;
  int64_t position = 0;
  Value name, value;
  while (DictNext(args[1].As<Dict>(), &position, &name, &value)) {
    GILA_TRY(const Value interned, AttributeName(thread, name));
    GILA_TRY_VOID(SetOwnAttribute(thread, args[0].AsObject(), interned, value));
  }
  return kNone;
}

Result<Value> NamespaceRepr(Thread& thread, Args args) {
  const bool plain = TypeOf(args[0]) == GetType(TypeId::kSimpleNamespace);
  StrBuilder text(thread);
  text.AppendUtf8(plain ? "namespace" : TypeName(TypeOf(args[0])));
  text.AppendAscii("(");
  if (ReprEnter(thread, args[0])) {
    text.AppendAscii("...)");
    return text.Finish();
  }
  const auto body = [&]() -> Status {
    GILA_TRY(Dict* const attributes, CopyOwnAttributes(thread, args[0].AsObject()));
    int64_t position = 0;
    Value name, value;
    bool first = true;
    while (DictNext(attributes, &position, &name, &value)) {
      if (!IsStr(name) || name.As<Str>()->length == 0) continue;
      if (!first) text.AppendAscii(", ");
      first = false;
      text.Append(name.As<Str>());
      text.AppendAscii("=");
      GILA_TRY(Str* const shown, Repr(thread, value));
      text.Append(shown);
    }
    return kOk;
  };
  const Status status = body();
  ReprLeave(thread, args[0]);
  GILA_TRY_VOID(status);
  text.AppendAscii(")");
  return text.Finish();
}

Result<Value> CompareNamespaces(Thread& thread, Args args, CompareOp op) {
  if (!IsKind(args[1], kKindSimpleNamespace)) return kNotImplemented;
  GILA_TRY(Dict* const a, MaterializeDict(thread, args[0].AsObject()));
  GILA_TRY(Dict* const b, MaterializeDict(thread, args[1].AsObject()));
  return Compare(thread, op, a, b);
}
Result<Value> NamespaceEq(Thread& thread, Args args) {
  return CompareNamespaces(thread, args, CompareOp::kEq);
}
Result<Value> NamespaceNe(Thread& thread, Args args) {
  return CompareNamespaces(thread, args, CompareOp::kNe);
}

Result<Value> NamespaceReduce(Thread& thread, Args args) {
  GILA_TRY(Dict* const attributes, CopyOwnAttributes(thread, args[0].AsObject()));
  const Value parts[] = {TypeOf(args[0]), empty_tuple, attributes};
  return NewTuple(thread, parts);
}

const NativeDef kNamespaceMethods[] = {
    {"__init__", NamespaceInit, "(self, /, *args, **kwargs)", "Initialize self."},
    {"__repr__", NamespaceRepr, "(self, /)", "Return repr(self)."},
    {"__eq__", NamespaceEq, "(self, value, /)", "Return self==value."},
    {"__ne__", NamespaceNe, "(self, value, /)", "Return self!=value."},
    {"__hash__", nullptr, nullptr, nullptr},
    {"__reduce__", NamespaceReduce, "(self, /)", "Return state information for pickling"},
    {nullptr, nullptr, nullptr, nullptr},
};

}  // namespace

Result<Value> NewSimpleNamespace(Thread& thread) {
  return AllocateInstance(thread, GetType(TypeId::kSimpleNamespace));
}

extern const TypeSpec kSimpleNamespaceSpec;
const TypeSpec kSimpleNamespaceSpec = {
    .doc = "A simple attribute-based namespace.\n\nSimpleNamespace(**kwargs)",
    .new_function = NamespaceNew,
    .new_signature = "(cls, /, *args, **kwargs)",
    .methods = kNamespaceMethods,
};

}  // namespace gila

// singletons.cc: the types of None, NotImplemented and Ellipsis. The values themselves are
// immediates (value.h).
#include "runtime/heap/heap.h"
#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/types/dict.h"
#include "runtime/types/str.h"

namespace gila {

namespace {

Result<Value> TakesNothing(Thread& thread, Args args, const char* name, Value singleton) {
  if (!args.rest().empty() || (args.Has(1) && args[1].As<Dict>()->size.Load() != 0)) {
    return thread.RaiseTypeError("%s takes no arguments", name);
  }
  return singleton;
}

Result<Value> NoneNew(Thread& thread, Args args) {
  return TakesNothing(thread, args, "NoneType", kNone);
}
Result<Value> NoneRepr(Thread& thread, Args) { return Intern(thread, "None"); }
Result<Value> NoneBool(Thread&, Args) { return kFalse; }

Result<Value> NotImplementedNew(Thread& thread, Args args) {
  return TakesNothing(thread, args, "NotImplementedType", kNotImplemented);
}
Result<Value> NotImplementedRepr(Thread& thread, Args) { return Intern(thread, "NotImplemented"); }
Result<Value> NotImplementedBool(Thread& thread, Args args) {
  GILA_TRY(const bool truth, Truth(thread, args[0]));
  return Value::Bool(truth);
}

Result<Value> EllipsisNew(Thread& thread, Args args) {
  return TakesNothing(thread, args, "EllipsisType", kEllipsis);
}
Result<Value> EllipsisRepr(Thread& thread, Args) { return Intern(thread, "Ellipsis"); }

const NativeDef kNoneMethods[] = {
    {"__repr__", NoneRepr, "(self, /)", "Return repr(self)."},
    {"__bool__", NoneBool, "(self, /)", "True if self else False"},
    {nullptr, nullptr, nullptr, nullptr},
};
// Both are pickled by name.
const NativeDef kNotImplementedMethods[] = {
    {"__repr__", NotImplementedRepr, "(self, /)", "Return repr(self)."},
    {"__bool__", NotImplementedBool, "(self, /)", "True if self else False"},
    {"__reduce__", NotImplementedRepr, "(self, /)", nullptr},
    {nullptr, nullptr, nullptr, nullptr},
};
const NativeDef kEllipsisMethods[] = {
    {"__repr__", EllipsisRepr, "(self, /)", "Return repr(self)."},
    {"__reduce__", EllipsisRepr, "(self, /)", nullptr},
    {nullptr, nullptr, nullptr, nullptr},
};

}  // namespace

extern const TypeSpec kNoneTypeSpec, kNotImplementedTypeSpec, kEllipsisTypeSpec;
const TypeSpec kNoneTypeSpec = {
    .new_function = NoneNew, .new_signature = "(cls, /, *args, **kwargs)", .methods = kNoneMethods};
const TypeSpec kNotImplementedTypeSpec = {.new_function = NotImplementedNew,
                                          .new_signature = "(cls, /, *args, **kwargs)",
                                          .methods = kNotImplementedMethods};
const TypeSpec kEllipsisTypeSpec = {.new_function = EllipsisNew,
                                    .new_signature = "(cls, /, *args, **kwargs)",
                                    .methods = kEllipsisMethods};

}  // namespace gila

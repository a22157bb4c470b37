// copy_module.cc: the native module _copy, what copy cannot say in Gila without a loss: see
// object_state.h. Pickles are read with the same function.
#include "runtime/instances.h"
#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/types/function.h"
#include "runtime/types/str.h"
#include "stdlib/object_state.h"

namespace gila {

Status UpdateAttributes(Thread& thread, Value instance, Dict* state) {
  int64_t position = 0;
  Value key, value;
  Type* const type = TypeOf(instance);
  // Straight into the instance where nobody can tell the difference.
  bool direct = instance.IsPointer() && type->Has(kHeapType) && type->Has(kHasDict) &&
                type->instance_kind == kKindInstance;
  if (direct) {
    const Value descriptor = LookupOnType(thread, type, NameOf(Name::kDict_));
    direct = descriptor.IsUnbound() || !IsKind(descriptor, kKindProperty);
  }
  Value dict = kUnbound;
  while (DictNext(state, &position, &key, &value)) {
    if (IsExactly(key, TypeId::kStr)) key = InternStr(thread, key.As<Str>());
    if (direct && IsExactly(key, TypeId::kStr)) {
      GILA_TRY_VOID(SetOwnAttribute(thread, instance.AsObject(), key, value));
      continue;
    }
    if (dict.IsUnbound()) {
      GILA_TRY(dict, GetAttr(thread, instance, NameOf(Name::kDict_)));
    }
    GILA_TRY_VOID(SetItem(thread, dict, key, value));
  }
  return kOk;
}

namespace {

Result<Value> Update(Thread& thread, Args args) {
  if (IsExactly(args[1], TypeId::kDict)) {
    // A copy of its own, which no other thread changes meanwhile.
    GILA_TRY(Dict* const state, DictCopy(thread, args[1].As<Dict>()));
    GILA_TRY_VOID(UpdateAttributes(thread, args[0], state));
    return kNone;
  }
  GILA_TRY(const Value dict, GetAttr(thread, args[0], NameOf(Name::kDict_)));
  static const Value update = Intern(thread, "update");
  return CallMethod(thread, dict, update, {args[1]});
}

constexpr NativeDef kFunctions[] = {{"update_attributes", Update, "(instance, attributes, /)",
                                     "instance.__dict__.update(attributes)"},
                                    {nullptr, nullptr, nullptr, nullptr}};

}  // namespace

Status InitCopyModule(Thread& thread, Module* module) GILA_ATTACHED;
Status InitCopyModule(Thread& thread, Module* module) {
  return AddFunctions(thread, module, kFunctions);
}

}  // namespace gila

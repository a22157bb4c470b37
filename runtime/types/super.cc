// super.cc: super objects. super() without arguments takes the class from the cell __class__ and
// the object from the first parameter of the running function.
#include "runtime/types/super.h"

#include <string>

#include "bytecode/code_data.h"
#include "runtime/call.h"
#include "runtime/heap/heap.h"
#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/protocols/attributes.h"
#include "runtime/type_internal.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/object_internal.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace gila {

namespace {

void TraceSuper(Object* object, Marker& marker) {
  auto* super = static_cast<Super*>(object);
  marker.Visit(super->type);
  marker.Visit(super->object);
  marker.Visit(super->object_type);
}
const KindInfo kSuperKind = {"super", TraceSuper, nullptr};

Super* Self(Value v) { return v.As<Super>(); }

// The type whose MRO is searched: the object itself when it is a subclass of `type`, else its type.
Result<Type*> CheckObject(Thread& thread, Type* type, Value object) {
  if (IsType(object) && IsSubtype(object.As<Type>(), type)) return object.As<Type>();
  if (IsSubtype(TypeOf(object), type)) return TypeOf(object);
  GILA_TRY(const Value claimed, GetAttrOrUnbound(thread, object, NameOf(Name::kClass)));
  if (IsType(claimed) && IsSubtype(claimed.As<Type>(), type)) return claimed.As<Type>();
  return thread.RaiseTypeError("super(type, obj): obj must be an instance or subtype of type");
}

Status SetUp(Thread& thread, Super* super, Type* type, Value object) {
  Type* object_type = nullptr;
  if (object.IsNone()) object = kUnbound;
  if (!object.IsUnbound()) {
    GILA_TRY(object_type, CheckObject(thread, type, object));
  }
  super->type.Store(super, type);
  super->object.Store(super, object);
  super->object_type.Store(super, object_type);
  return kOk;
}

Result<Value> SuperNew(Thread& thread, Args args) {
  GILA_TRY(Object* const object, AllocateInstance(thread, args[0].As<Type>()));
  static_cast<Super*>(object)->object.Init(kUnbound);
  return object;
}

// Before register 0 of a frame stand the running function and, nearest, its code (vm/frame.h draws
// it).
constexpr int kFrameFunction = -4, kFrameCode = -1;

// The first argument of the running function, which may live in a cell.
Result<Value> FirstArgument(Thread& thread, const Code* code) {
  if (code->positional_count == 0) {
    return thread.Raise(TypeId::kRuntimeError, "super(): no arguments");
  }
  Value first = thread.registers[0];
  for (const uint16_t cell_register : code->data->cell_registers) {
    if (cell_register == 0 && IsKind(first, kKindCell)) {
      first = first.As<Cell>()->value.Load();
      break;
    }
  }
  if (first.IsUnbound()) return thread.Raise(TypeId::kRuntimeError, "super(): arg[0] deleted");
  return first;
}

// What super() means in the function that runs.
Status ImplicitSuper(Thread& thread, Value* type, Value* object) {
  if (thread.registers == nullptr) {
    return thread.Raise(TypeId::kRuntimeError, "super(): no current frame");
  }
  const Code* code = thread.registers[kFrameCode].As<Code>();
  GILA_TRY(*object, FirstArgument(thread, code));
  const Tuple* names = code->free_names.Load().As<Tuple>();
  const Tuple* closure = thread.registers[kFrameFunction].As<Function>()->closure.Load();
  const Value class_name = Intern(thread, "__class__");
  for (int64_t i = 0; i < names->length; ++i) {
    if (names->At(i) != class_name) continue;
    *type = closure->At(i).As<Cell>()->value.Load();
    if (type->IsUnbound()) {
      return thread.Raise(TypeId::kRuntimeError, "super(): empty __class__ cell");
    }
    if (IsType(*type)) return kOk;
    const std::string given(TypeNameOf(*type));
    return thread.RaiseFormat(TypeId::kRuntimeError, "super(): __class__ is not a type (%s)",
                              given.c_str());
  }
  return thread.Raise(TypeId::kRuntimeError, "super(): __class__ cell not found");
}

Result<Value> SuperInit(Thread& thread, Args args) {
  const size_t count = args.rest().size();
  if (count > 2) {
    return thread.RaiseTypeError("super() expected at most 2 arguments, got %zu", count);
  }
  Value type = kUnbound, object = kUnbound;
  if (count == 0) {
    GILA_TRY_VOID(ImplicitSuper(thread, &type, &object));
  } else {
    type = args.rest()[0];
    if (count == 2) object = args.rest()[1];
  }
  if (!IsType(type)) {
    const std::string given(TypeNameOf(type));
    return thread.RaiseTypeError("super() argument 1 must be a type, not %s", given.c_str());
  }
  GILA_TRY_VOID(SetUp(thread, Self(args[0]), type.As<Type>(), object));
  return kNone;
}

Result<Value> SuperRepr(Thread& thread, Args args) {
  const Super* super = Self(args[0]);
  const auto name = [](const Type* type) {
    return type == nullptr ? std::string("NULL") : std::string(TypeName(type));
  };
  std::string text = "<super: <class '" + name(super->type.Load()) + "'>, ";
  const Type* object_type = super->object_type.Load();
  text += object_type == nullptr ? "NULL>" : "<" + name(object_type) + " object>>";
  return NewStr(thread, text);
}

// Binds an unbound super object to an instance.
Result<Value> SuperGet(Thread& thread, Args args) {
  Super* const super = Self(args[0]);
  if (args[1].IsNone() || !super->object.Load().IsUnbound()) return args[0];
  if (TypeOf(args[0]) != GetType(TypeId::kSuper)) {
    return Call(thread, TypeOf(args[0]), {super->type.Load(), args[1]});
  }
  return NewSuper(thread, super->type.Load(), args[1]);
}

Result<Value> GetThisClass(Thread&, Value self) {
  Type* const type = Self(self)->type.Load();
  return type == nullptr ? kNone : Value(type);
}
Result<Value> GetSelf(Thread&, Value self) {
  const Value object = Self(self)->object.Load();
  return object.IsUnbound() ? kNone : object;
}
Result<Value> GetSelfClass(Thread&, Value self) {
  Type* const type = Self(self)->object_type.Load();
  return type == nullptr ? kNone : Value(type);
}

const NativeDef kSuperMethods[] = {
    {"__init__", SuperInit, "(self, /, *args)", "Initialize self."},
    {"__repr__", SuperRepr, "(self, /)", "Return repr(self)."},
    {"__getattribute__", SuperGetAttribute, "(self, name, /)", "Return getattr(self, name)."},
    {"__get__", SuperGet, "(self, instance, owner=None, /)",
     "Return an attribute of instance, which is of type owner."},
    {nullptr, nullptr, nullptr, nullptr},
};

const GetSetDef kSuperGetSets[] = {
    {"__thisclass__", GetThisClass, ReadonlyMember, "the class invoking super()"},
    {"__self__", GetSelf, ReadonlyMember, "the instance invoking super(); may be None"},
    {"__self_class__", GetSelfClass, ReadonlyMember,
     "the type of the instance invoking super(); may be None"},
    {nullptr, nullptr, nullptr, nullptr},
};

}  // namespace

Result<Value> SuperGetAttribute(Thread& thread, Args args) {
  GILA_TRY(const Value name, AttributeName(thread, args[1]));
  return StandardGetAttr(thread, args[0], name);
}

Result<Value> NewSuper(Thread& thread, Type* type, Value object) {
  GILA_TRY(Super* const super, Allocate<Super>(thread, TypeId::kSuper));
  super->object.Init(kUnbound);
  GILA_TRY_VOID(SetUp(thread, super, type, object));
  return super;
}

Result<Value> SuperLookup(Thread& thread, Type* type, Value object, Type* object_type, Value name) {
  const Tuple* mro = object_type->mro.Load();
  int64_t i = 0;
  while (i < mro->length && mro->At(i) != Value(type)) ++i;
  for (++i; i < mro->length; ++i) {
    const Value found = DictGetInterned(mro->At(i).As<Type>()->dict.Load(), name);
    if (found.IsUnbound()) continue;
    // super(C, C) looks up class methods: bound to the class, not to an instance.
    const bool on_class = object == Value(object_type);
    return BindDescriptor(thread, found, on_class ? kUnbound : object, object_type);
  }
  return kUnbound;
}

extern const TypeSpec kSuperSpec;
const TypeSpec kSuperSpec = {
    .doc =
        "super() -> same as super(__class__, <first argument>)\nsuper(type) -> unbound super "
        "object\nsuper(type, obj) -> bound super object; requires isinstance(obj, type)",
    .new_function = SuperNew,
    .new_signature = "(cls, /, *args, **kwargs)",
    .methods = kSuperMethods,
    .getsets = kSuperGetSets,
    .native_size = sizeof(Super),
    .kind_info = &kSuperKind,
};

}  // namespace gila

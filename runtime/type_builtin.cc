// type_builtin.cc: the Type objects of the core and of native modules, made from builtin_types.def,
// exceptions.def and the specs that the files of runtime/types export (native.h).
#include <string_view>
#include <vector>

#include "runtime/heap/heap.h"
#include "runtime/native.h"
#include "runtime/type.h"
#include "runtime/type_internal.h"
#include "runtime/types/dict.h"
#include "runtime/types/exception.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace gila {

// Weak, so that a program may be linked from a part of the runtime (unit tests).
#define GILA_TYPE(id, name, base, flags) extern const TypeSpec k##id##Spec __attribute__((weak));
#define GILA_LAYOUT(id)
#include "runtime/types/builtin_types.def"
#define GILA_EXCEPTION(id, base) extern const TypeSpec k##id##Spec __attribute__((weak));
#include "runtime/types/exceptions.def"

Type* builtin_types[static_cast<size_t>(TypeId::kCount)];
Type* immediate_types[8];

namespace {

struct BuiltinRow {
  const char* name;
  TypeId base;
  uint32_t flags;
  uint8_t kind;
  const TypeSpec* spec;
};

const BuiltinRow kRows[] = {
#define GILA_TYPE(id, name, base, flags) {name, TypeId::k##base, flags, kKind##id, &k##id##Spec},
#define GILA_LAYOUT(id)
#include "runtime/types/builtin_types.def"
#define GILA_EXCEPTION(id, base) \
  {#id, TypeId::k##base, kBasetype | kHasDict, kKindException, &k##id##Spec},
#include "runtime/types/exceptions.def"
};
constexpr size_t kBuiltinCount = static_cast<size_t>(TypeId::kCount);
static_assert(sizeof(kRows) / sizeof(kRows[0]) == kBuiltinCount);

// Which types the match statement takes for sequences and mappings, and which take themselves as
// the only positional pattern.
uint32_t MatchFlags(TypeId id) {
  switch (id) {
    case TypeId::kList:
    case TypeId::kTuple:
      return kMatchSequence | kMatchSelf;
    case TypeId::kRange:
    case TypeId::kMemoryView:
      return kMatchSequence;
    case TypeId::kDict:
      return kMatchMapping | kMatchSelf;
    case TypeId::kMappingProxy:
      return kMatchMapping;
    case TypeId::kBool:
    case TypeId::kByteArray:
    case TypeId::kBytes:
    case TypeId::kFloat:
    case TypeId::kFrozenSet:
    case TypeId::kInt:
    case TypeId::kSet:
    case TypeId::kStr:
      return kMatchSelf;
    default:
      return 0;
  }
}

// Layouts with an overflow word of their own; the others that take attributes have it behind the
// native fields.
uint16_t OwnAttributesOffset(uint8_t kind, size_t native_size) {
  switch (kind) {
    case kKindFunction:
      return offsetof(Function, attributes);
    case kKindStaticMethod:
    case kKindClassMethod:
      return offsetof(WrappedCallable, attributes);
    case kKindType:
    case kKindModule:
      return 0;  // their namespace is a dictionary of their own
    default:
      return static_cast<uint16_t>((native_size + 7) & ~size_t{7});
  }
}

// The layout of native types whose spec says nothing.
size_t NativeSizeOf(const BuiltinRow& row, const Type* base) {
  if (row.kind == kKindException) return offsetof(Exception, attributes);
  const size_t own = row.spec != nullptr ? row.spec->native_size : sizeof(Object);
  return base != nullptr && base->native_size > own ? base->native_size : own;
}

std::string_view LastPart(std::string_view dotted) {
  const size_t dot = dotted.rfind('.');
  return dot == std::string_view::npos ? dotted : dotted.substr(dot + 1);
}

constexpr uint32_t kInheritedFlags =
    kHasDict | kHasWeakref | kMatchSequence | kMatchMapping | kIsTypeSubclass;

void TraceType(Object* object, Marker& marker) {
  auto* type = static_cast<Type*>(object);
  marker.Visit(type->name);
  marker.Visit(type->qualname);
  marker.Visit(type->bases);
  marker.Visit(type->mro);
  marker.Visit(type->base);
  marker.Visit(type->dict);
  marker.Visit(type->metaclass_type);
  marker.Visit(type->subclasses);
  marker.Mark(type->lookup_table.Load());
  for (const Slot& slot : type->special) marker.Visit(slot);
}

// How many names FillFromSpec is about to put into a namespace, so that it need not grow.
int64_t NamesIn(const TypeSpec* spec) {
  if (spec == nullptr) return 0;
  int64_t names = (spec->new_function != nullptr) + (spec->doc != nullptr);
  for (const NativeDef* def = spec->methods; def != nullptr && def->name != nullptr; ++def) ++names;
  for (const GetSetDef* def = spec->getsets; def != nullptr && def->name != nullptr; ++def) ++names;
  return names;
}

// `type` gets its name, bases, MRO and an empty namespace. There is memory at start-up.
Status InitHierarchy(Thread& thread, Type* type, std::string_view dotted_name, Type* base,
                     Type* second_base) {
  type->name.Store(type, Intern(thread, LastPart(dotted_name)));
  type->qualname.Store(type, type->name.Load());
  const bool has_module = dotted_name.find('.') != std::string_view::npos;
  GILA_TRY(Dict* const dict, NewDict(thread, NamesIn(type->spec) + has_module));
  type->dict.Store(type, dict);
  std::vector<Value> bases, mro{type};
  if (base != nullptr) {
    bases.push_back(base);
    for (int64_t i = 0; i < base->mro->length; ++i) mro.push_back(base->mro->At(i));
    type->base.Store(type, base);
    GILA_TRY_VOID(AddSubclass(thread, base, type));
  }
  if (second_base != nullptr) {  // ExceptionGroup: its first base and that one's base are siblings
    bases.push_back(second_base);
    mro.insert(mro.begin() + 2, second_base);
    GILA_TRY_VOID(AddSubclass(thread, second_base, type));
  }
  GILA_TRY(Tuple* const base_tuple, NewTuple(thread, bases));
  type->bases.Store(type, base_tuple);
  GILA_TRY(Tuple* const mro_tuple, NewTuple(thread, mro));
  type->mro.Store(type, mro_tuple);
  if (has_module) {
    const std::string_view module =
        dotted_name.substr(0, dotted_name.size() - LastPart(dotted_name).size() - 1);
    GILA_TRY_VOID(DictSet(thread, dict, NameOf(Name::kModule_), Intern(thread, module)));
  }
  return kOk;
}

void InitLayout(TypeId id, const BuiltinRow& row) {
  Type* type = GetType(id);
  const Type* base = id == TypeId::kObject ? nullptr : GetType(row.base);
  type->spec = row.spec;
  type->instance_kind = row.kind;
  type->native_size = static_cast<uint16_t>(NativeSizeOf(row, base));
  uint32_t flags = row.flags | MatchFlags(id);
  if (row.spec != nullptr) flags |= row.spec->extra_flags;
  if (base != nullptr) flags |= base->flags.LoadRelaxed() & kInheritedFlags;
  if (id == TypeId::kType) flags |= kIsTypeSubclass;
  type->flags.StoreRelaxed(flags);
  const bool has_dict = flags & kHasDict;
  type->attributes_offset = has_dict ? OwnAttributesOffset(row.kind, type->native_size) : 0;
  InitBuiltinShape(id, type, 0, has_dict ? 0 : kShapeNoDict);
  type->root.StoreRelaxed(ShapeAt(ShapeIdOf(id)));
}

void InitImmediateTypes() {
  for (Type*& type : immediate_types) type = GetType(TypeId::kNoneType);
  const auto set = [](Value v, TypeId id) { immediate_types[(v.word() >> 3) & 7] = GetType(id); };
  set(kTrue, TypeId::kBool);
  set(kFalse, TypeId::kBool);
  set(kNotImplemented, TypeId::kNotImplementedType);
  set(kEllipsis, TypeId::kEllipsisType);
}

Status InitTypes(Thread& thread) {
  for (size_t i = 0; i < kBuiltinCount; ++i) {
    GILA_TRY(builtin_types[i], NewTypeObject(thread, ShapeIdOf(TypeId::kType)));
    heap::AddRoot(reinterpret_cast<Object**>(&builtin_types[i]));
  }
  InitImmediateTypes();
  for (size_t i = 0; i < kBuiltinCount; ++i) {
    const TypeId id = static_cast<TypeId>(i);
    InitLayout(id, kRows[i]);
    Type* base = id == TypeId::kObject ? nullptr : GetType(kRows[i].base);
    Type* second = id == TypeId::kExceptionGroup ? GetType(TypeId::kException) : nullptr;
    if (second != nullptr && second->mro.Load() == nullptr) continue;  // made below
    GILA_TRY_VOID(InitHierarchy(thread, GetType(id), kRows[i].name, base, second));
  }
  GILA_TRY_VOID(InitHierarchy(thread, GetType(TypeId::kExceptionGroup), "ExceptionGroup",
                              GetType(TypeId::kBaseExceptionGroup), GetType(TypeId::kException)));
  for (size_t i = 0; i < kBuiltinCount; ++i) {
    if (kRows[i].spec != nullptr) {
      GILA_TRY_VOID(FillFromSpec(thread, builtin_types[i], *kRows[i].spec));
    }
  }
  for (Type* type : builtin_types) UpdateDynamicFlags(thread, type);
  return kOk;
}

}  // namespace

Result<Type*> NewTypeObject(Thread& thread, uint32_t shape_id) {
  GILA_TRY(Type* const type, Allocate<Type>(thread, shape_id));
  for (Slot& slot : type->special) slot.Init(kUnbound);
  for (Slot* slot : {&type->name, &type->qualname, &type->subclasses}) slot->Init(kUnbound);
  return type;
}

void InitBuiltinTypes(Thread& thread) {
  InitLookupKinds();
  SetKindInfo(kKindType, {"type", TraceType, nullptr});
  for (size_t i = 0; i < kBuiltinCount; ++i) {
    const TypeSpec* spec = kRows[i].spec;
    if (spec != nullptr && spec->kind_info != nullptr) SetKindInfo(kRows[i].kind, *spec->kind_info);
  }
  GILA_CHECK(InitTypes(thread).ok());
}

uint16_t AttributesOffsetForSubclass(const Type* base) {
  switch (base->instance_kind) {
    case kKindType:
    case kKindModule:
      return 0;
    case kKindTuple:
      return offsetof(Tuple, attributes);  // the items have no fixed end
    default:
      return static_cast<uint16_t>((base->native_size + 7) & ~7);
  }
}

Result<Type*> NewNativeType(Thread& thread, const TypeSpec& spec, std::string_view qualified_name,
                            Type* base, Kind kind, size_t native_size, uint32_t flags) {
  if (base == nullptr) base = GetType(TypeId::kObject);
  GILA_TRY(Type* const type, NewTypeObject(thread, ShapeIdOf(TypeId::kType)));
  type->spec = &spec;
  type->instance_kind = kind;
  type->native_size =
      static_cast<uint16_t>(native_size > base->native_size ? native_size : base->native_size);
  flags |= spec.extra_flags | (base->flags.LoadRelaxed() & kInheritedFlags);
  type->flags.StoreRelaxed(flags);
  const bool has_dict = flags & kHasDict;
  type->attributes_offset = has_dict ? OwnAttributesOffset(kind, type->native_size) : 0;
  type->root.StoreRelaxed(NewRootShape(type, 0, has_dict ? 0 : kShapeNoDict));
  GILA_TRY_VOID(InitHierarchy(thread, type, qualified_name, base, nullptr));
  GILA_TRY_VOID(FillFromSpec(thread, type, spec));
  UpdateDynamicFlags(thread, type);
  return type;
}

}  // namespace gila

// type.cc: relations between types: subclass lists, the C3 linearisation, which base decides the
// layout of instances, and the root shapes that follow from it. Types of the core are made in
// type_builtin.cc, those of programs in type_new.cc; type_lookup.cc knows what a name means.
#include "runtime/type.h"

#include <algorithm>
#include <string>
#include <vector>

#include "runtime/call.h"
#include "runtime/heap/heap.h"
#include "runtime/instances.h"
#include "runtime/protocols.h"
#include "runtime/type_internal.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "runtime/types/weakref.h"

namespace gila {

bool IsSubtype(const Type* type, const Type* base) {
  if (type == base) return true;
  const Tuple* mro = type->mro.Load();
  if (GILA_UNLIKELY(mro == nullptr)) return base == GetType(TypeId::kObject);
  for (int64_t i = 1; i < mro->length; ++i) {
    if (mro->At(i) == Value(base)) return true;
  }
  return false;
}

namespace {

// Where texts stay for the while that a message is made.
std::string_view Kept(std::string text) {
  thread_local std::string ring[8];
  thread_local unsigned next = 0;
  return ring[next++ % 8] = std::move(text);
}

}  // namespace

std::string_view TypeName(const Type* type) {
  const Str* name = type->name.Load().As<Str>();
  return name->IsAscii() ? name->ascii() : Kept(ToUtf8(name));
}

std::string_view FullTypeName(const Type* type) {
  if (type->Has(kHeapType)) return TypeName(type);
  const Value module = DictGetInterned(type->dict.Load(), NameOf(Name::kModule_));
  if (!IsStr(module)) return TypeName(type);
  return Kept(ToUtf8(module) + "." + std::string(TypeName(type)));
}

bool IsDataDescriptor(Thread& thread, Value v) {
  if (!v.IsPointer()) return false;
  switch (v.AsObject()->kind) {
    case kKindFunction:
    case kKindMethodDescriptor:
    case kKindSlotWrapper:
    case kKindNativeFunction:
    case kKindClassMethodDescriptor:
    case kKindStr:
    case kKindTuple:
      if (TypeOf(v)->spec != nullptr) return false;
      break;
    case kKindProperty:
    case kKindMember:
    case kKindGetSet:
      return true;
    default:
      break;
  }
  Type* type = TypeOf(v);
  return !LookupSpecial(thread, type, Special::kSet).IsUnbound() ||
         !LookupSpecial(thread, type, Special::kDelete).IsUnbound();
}

Status AddSubclass(Thread& thread, Type* base, Type* type) {
  // Types of the core live for ever; those of programs may die before their base.
  Value entry = type;
  if (type->Has(kHeapType)) {
    GILA_TRY(entry, NewWeakRef(thread, type, kUnbound));
  }
  ByteLockGuard guard(type_lock);  // two classes may be made at once
  const Value old = base->subclasses.Load();
  if (IsList(old)) {
    List* const list = old.As<List>();
    const ValueArray* const store = list->store.Load();
    if (store != nullptr && list->size.Load() < store->length)
      return ListAppend(thread, list, entry);
  }
  // Before the list grows, those that have died make room.
  GILA_TRY(List* const kept, NewList(thread));
  for (int64_t i = 0; IsList(old); ++i) {
    const Value known = ListAt(old.As<List>(), i);
    if (known.IsUnbound()) break;
    const bool dead =
        IsKind(known, kKindWeakRef) && known.As<WeakRef>()->referent.Load() == nullptr;
    if (!dead) GILA_TRY_VOID(ListAppend(thread, kept, known));
  }
  GILA_TRY_VOID(ListAppend(thread, kept, entry));
  base->subclasses.Store(base, kept);
  return kOk;
}

void RemoveSubclass(Type* base, const Type* type) {
  ByteLockGuard guard(type_lock);
  const Value list = base->subclasses.Load();
  if (!IsList(list)) return;
  ValueArray* store = list.As<List>()->store.Load();
  const int64_t size = list.As<List>()->size.Load();
  for (int64_t i = 0; i < size; ++i) {
    const Value entry = store->items[i].Load();
    if (IsKind(entry, kKindWeakRef) && entry.As<WeakRef>()->referent.Load() == type) {
      // Order is what __subclasses__() shows, so the rest moves up.
      for (int64_t j = i; j + 1 < size; ++j) {
        store->items[j].Store(store, store->items[j + 1].Load());
      }
      list.As<List>()->size.Store(size - 1);
      return;
    }
  }
}

// --- method resolution order ---

namespace {

using Sequence = std::vector<Type*>;  // types stay alive: their bases tuples hold them

Sequence ToSequence(const Tuple* types) {
  Sequence sequence;
  for (int64_t i = 0; i < types->length; ++i) sequence.push_back(types->At(i).As<Type>());
  return sequence;
}

Failed RaiseInconsistent(Thread& thread, const std::vector<Sequence>& sequences,
                         const std::vector<size_t>& heads) {
  std::vector<Type*> blocked;
  for (size_t i = 0; i < sequences.size(); ++i) {
    if (heads[i] == sequences[i].size()) continue;
    Type* head = sequences[i][heads[i]];
    if (std::find(blocked.begin(), blocked.end(), head) == blocked.end()) blocked.push_back(head);
  }
  std::string text = "Cannot create a consistent method resolution\norder (MRO) for bases";
  for (size_t i = 0; i < blocked.size(); ++i) {
    text += i == 0 ? " " : ", ";
    text += TypeName(blocked[i]);
  }
  return thread.Raise(TypeId::kTypeError, text);
}

bool InTailOf(const Type* type, const std::vector<Sequence>& sequences,
              const std::vector<size_t>& heads) {
  for (size_t i = 0; i < sequences.size(); ++i) {
    for (size_t j = heads[i] + 1; j < sequences[i].size(); ++j) {
      if (sequences[i][j] == type) return true;
    }
  }
  return false;
}

}  // namespace

Result<Tuple*> ComputeMro(Thread& thread, Type* type, Tuple* bases) {
  std::vector<Sequence> sequences;
  for (int64_t i = 0; i < bases->length; ++i) {
    for (int64_t j = i + 1; j < bases->length; ++j) {
      if (bases->At(i) == bases->At(j)) {
        const std::string_view name = TypeName(bases->At(i).As<Type>());
        return thread.RaiseTypeError("duplicate base class %.*s", static_cast<int>(name.size()),
                                     name.data());
      }
    }
    sequences.push_back(ToSequence(bases->At(i).As<Type>()->mro.Load()));
  }
  sequences.push_back(ToSequence(bases));
  std::vector<size_t> heads(sequences.size(), 0);
  std::vector<Value> order{type};
  while (true) {
    bool all_empty = true;
    Type* chosen = nullptr;
    for (size_t i = 0; i < sequences.size() && chosen == nullptr; ++i) {
      if (heads[i] == sequences[i].size()) continue;
      all_empty = false;
      Type* candidate = sequences[i][heads[i]];
      if (!InTailOf(candidate, sequences, heads)) chosen = candidate;
    }
    if (all_empty) return NewTuple(thread, order);
    if (chosen == nullptr) return RaiseInconsistent(thread, sequences, heads);
    order.push_back(chosen);
    for (size_t i = 0; i < sequences.size(); ++i) {
      if (heads[i] < sequences[i].size() && sequences[i][heads[i]] == chosen) ++heads[i];
    }
  }
}

// --- layout ---

namespace {

// The built-in exception classes that have fields of their own: they cannot be mixed.
bool HasOwnExceptionFields(const Type* type) {
  for (const TypeId id :
       {TypeId::kBaseException, TypeId::kBaseExceptionGroup, TypeId::kSyntaxError,
        TypeId::kSystemExit, TypeId::kImportError, TypeId::kUnicodeDecodeError,
        TypeId::kUnicodeEncodeError, TypeId::kUnicodeTranslateError, TypeId::kStopIteration,
        TypeId::kOSError, TypeId::kAttributeError, TypeId::kNameError}) {
    if (type == GetType(id)) return true;
  }
  return false;
}

int MemberCount(const Type* type) { return type->root.Load()->member_count; }

bool AddsLayout(const Type* type) {
  const Type* base = type->base.Load();
  if (base == nullptr) return true;
  if (type->instance_kind == kKindException && !type->Has(kHeapType)) {
    return HasOwnExceptionFields(type);
  }
  return type->instance_kind != base->instance_kind || type->native_size != base->native_size ||
         MemberCount(type) != MemberCount(base);
}

// The nearest class upwards that adds fields or __slots__.
const Type* SolidBase(const Type* type) {
  while (!AddsLayout(type)) type = type->base.Load();
  return type;
}

}  // namespace

Result<Type*> BestBase(Thread& thread, Tuple* bases) {
  Type* best = nullptr;
  const Type* winner = nullptr;
  for (int64_t i = 0; i < bases->length; ++i) {
    if (!IsType(bases->At(i))) return thread.RaiseTypeError("bases must be types");
    Type* base = bases->At(i).As<Type>();
    if (!base->Has(kBasetype)) {
      const std::string_view name = TypeName(base);
      return thread.RaiseTypeError("type '%.*s' is not an acceptable base type",
                                   static_cast<int>(name.size()), name.data());
    }
    const Type* candidate = SolidBase(base);
    if (winner == nullptr || (winner != candidate && IsSubtype(candidate, winner))) {
      winner = candidate;
      best = base;
    } else if (!IsSubtype(winner, candidate)) {
      return thread.RaiseTypeError("multiple bases have instance lay-out conflict");
    }
  }
  return best;
}

namespace {

// Same built-in layout, and the same __slots__ names in the same order.
bool SameMembers(const Type* a, const Type* b) {
  const Shape *x = a->root.Load(), *y = b->root.Load();
  if (x->member_count != y->member_count) return false;
  while (x->slot_count > 0) {
    const Value left = x->key, right = y->key;
    if (left != right && left.As<Member>()->name.Load() != right.As<Member>()->name.Load()) {
      return false;
    }
    x = ShapeAt(x->parent);
    y = ShapeAt(y->parent);
  }
  return true;
}

}  // namespace

bool CompatibleForAssignment(const Type* from, const Type* to) {
  return from->instance_kind == to->instance_kind && from->native_size == to->native_size &&
         from->attributes_offset == to->attributes_offset &&
         from->Has(kHasDict) == to->Has(kHasDict) && SameMembers(from, to);
}

void InstallRootShape(Type* type, const Tuple* members, int inline_capacity) {
  const uint8_t flags = type->Has(kHasDict) ? 0 : kShapeNoDict;
  const Shape* root = NewRootShape(type, static_cast<uint16_t>(inline_capacity), flags);
  for (int64_t i = 0; i < members->length; ++i) {
    const Shape* next = root->Add(members->At(i));
    GILA_CHECK(next != nullptr);
    root = next;
  }
  type->root.Store(root);
}

namespace {

// A root with the same members as `root` and another capacity or other flags.
const Shape* DeriveRoot(Type* type, const Shape* root, int inline_capacity, uint8_t flags) {
  std::vector<Value> members(root->member_count);
  const Shape* shape = root;
  for (int i = root->member_count - 1; i >= 0; --i, shape = ShapeAt(shape->parent)) {
    members[static_cast<size_t>(i)] = shape->key;
  }
  const Shape* made = NewRootShape(type, static_cast<uint16_t>(inline_capacity), flags);
  for (const Value member : members) made = made->Add(member);
  return made;
}

}  // namespace

void ReserveAttributes(Thread&, Type* type, int count) {
  ByteLockGuard guard(type_lock);
  const Shape* root = type->root.Load();
  // No room behind the native fields, or no attributes but the members.
  if (type->attributes_offset < type->native_size || !type->Has(kHasDict)) return;
  const int wanted = std::min(root->member_count + count, kMaxShapeSlots);
  // An odd count fills whole granules: header and overflow word take one.
  const int capacity = (wanted + 1) & ~1;
  if (capacity > root->inline_capacity)
    type->root.Store(DeriveRoot(type, root, capacity, root->flags));
}

const Shape* DictionaryShape(Type* type) {
  const Shape* known = type->dictionary_shape.Load();
  if (known != nullptr) return known;
  ByteLockGuard guard(type_lock);
  known = type->dictionary_shape.Load();
  if (known != nullptr) return known;
  const Shape* root = type->root.Load();
  // Every root has room for the members, so this capacity is right for instances of all of them.
  known = DeriveRoot(type, root, std::min<int>(root->inline_capacity, root->member_count),
                     kShapeDictionary);
  type->dictionary_shape.Store(known);
  return known;
}

}  // namespace gila

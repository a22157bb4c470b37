// dict_iterators.cc: the six iterators of dict. They hold the dict and a position, not a table: a
// dict that was rebuilt with as many keys goes on at the same position, as in CPython.
#include "runtime/types/dict_internal.h"
#include "runtime/types/iterators.h"

namespace gila {
namespace {

DictIterator* Self(Args args) { return static_cast<DictIterator*>(args[0].AsObject()); }

void TraceDictIterator(Object* object, Marker& marker) {
  marker.Visit(static_cast<DictIterator*>(object)->dict);
}
constexpr KindInfo kDictIteratorKind = {"dict iterator", TraceDictIterator, nullptr};

bool IsBackwards(const DictIterator* iterator) {
  return iterator->kind >= kKindDictReverseKeyIterator;
}

Result<Value> IteratorResult(Thread& thread, const DictIterator* iterator, Value key, Value value) {
  switch (iterator->kind) {
    case kKindDictKeyIterator:
    case kKindDictReverseKeyIterator:
      return key;
    case kKindDictValueIterator:
    case kKindDictReverseValueIterator:
      return value;
    default:
      return NewPair(thread, key, value);
  }
}

Result<Value> ReturnSelf(Thread&, Args args) { return args[0]; }
Result<Value> NextMethod(Thread& thread, Args args) {
  return NextResult(thread, DictIteratorStep(thread, Self(args)));
}
Result<Value> HintMethod(Thread&, Args args) {
  const DictIterator* const self = Self(args);
  const Dict* const dict = self->dict.Load();
  if (dict == nullptr || self->size.Load() != dict->size.Load()) return Value::SmallInt(0);
  return Value::SmallInt(self->left.Load());
}

// iter(list of what is left); the iterator itself stays where it is.
Result<Value> ReduceMethod(Thread& thread, Args args) {
  const DictIterator* const self = Self(args);
  GILA_TRY(DictIterator* const copy, Allocate<DictIterator>(thread, self->shape_id.Load()));
  copy->kind = self->kind;
  copy->dict.Init(self->dict.Load());
  copy->position.Store(self->position.Load());
  copy->size.Store(self->size.Load());
  copy->left.Store(self->left.Load());
  GILA_TRY(List* const rest, ToList(thread, copy));
  GILA_TRY(const Value iter, BuiltinFunction(thread, "iter"));
  const Value list = rest;
  GILA_TRY(Tuple* const arguments, NewTuple(thread, std::span<const Value>(&list, 1)));
  const Value parts[] = {iter, arguments};
  return NewTuple(thread, parts);
}

constexpr NativeDef kMethods[] = {
    {"__iter__", ReturnSelf, "(self, /)", "Implement iter(self)."},
    {"__next__", NextMethod, "(self, /)", "Implement next(self)."},
    {"__length_hint__", HintMethod, "(self, /)",
     "Private method returning an estimate of len(list(it))."},
    {"__reduce__", ReduceMethod, "(self, /)", "Return state information for pickling."},
    {nullptr, nullptr, nullptr, nullptr}};

}  // namespace

extern const TypeSpec kDictKeyIteratorSpec, kDictValueIteratorSpec, kDictItemIteratorSpec,
    kDictReverseKeyIteratorSpec, kDictReverseValueIteratorSpec, kDictReverseItemIteratorSpec;
#define GILA_DICT_ITERATOR_SPEC(name) \
  const TypeSpec name = {             \
      .methods = kMethods, .native_size = sizeof(DictIterator), .kind_info = &kDictIteratorKind}
GILA_DICT_ITERATOR_SPEC(kDictKeyIteratorSpec);
GILA_DICT_ITERATOR_SPEC(kDictValueIteratorSpec);
GILA_DICT_ITERATOR_SPEC(kDictItemIteratorSpec);
GILA_DICT_ITERATOR_SPEC(kDictReverseKeyIteratorSpec);
GILA_DICT_ITERATOR_SPEC(kDictReverseValueIteratorSpec);
GILA_DICT_ITERATOR_SPEC(kDictReverseItemIteratorSpec);
#undef GILA_DICT_ITERATOR_SPEC

Result<Value> NewDictIterator(Thread& thread, TypeId type, Dict* dict) {
  Object* const object =
      heap::Allocate(thread, sizeof(DictIterator), KindOf(type), ShapeIdOf(type));
  if (object == nullptr) return kFailed;
  auto* const iterator = static_cast<DictIterator*>(object);
  const int64_t size = dict->size.Load();
  iterator->dict.Init(dict);
  iterator->position.StoreRelaxed(IsBackwards(iterator) ? dict->table->used.Load() - 1 : 0);
  iterator->size.StoreRelaxed(size);
  iterator->left.StoreRelaxed(size);
  OwnFreshIterator(iterator);
  return object;
}

Result<bool> DictIteratorPair(Thread& thread, DictIterator* iterator, Value* pair) {
  const IteratorTurn turn(iterator);
  Dict* const dict = iterator->dict.Load();
  if (dict == nullptr) return false;
  if (GILA_UNLIKELY(iterator->size.LoadRelaxed() != dict->size.Load())) {
    iterator->size.Store(-1);  // and so it stays
    return thread.Raise(TypeId::kRuntimeError, "dictionary changed size during iteration");
  }
  int64_t position = iterator->position.LoadRelaxed();
  const bool backwards = IsBackwards(iterator);
  if (GILA_UNLIKELY(!(backwards ? DictPrevious(dict, &position, &pair[0], &pair[1])
                                : DictNext(dict, &position, &pair[0], &pair[1])))) {
    iterator->dict.Store(iterator, nullptr);
    return false;
  }
  const int64_t left = iterator->left.LoadRelaxed();
  if (GILA_UNLIKELY(left == 0 && !backwards)) {
    iterator->dict.Store(iterator, nullptr);
    return thread.Raise(TypeId::kRuntimeError, "dictionary keys changed during iteration");
  }
  iterator->position.StoreRelaxed(position);
  iterator->left.StoreRelaxed(left - 1);
  return true;
}

Result<Value> DictIteratorStep(Thread& thread, DictIterator* iterator) {
  Value pair[2];
  GILA_TRY(const bool more, DictIteratorPair(thread, iterator, pair));
  return more ? IteratorResult(thread, iterator, pair[0], pair[1]) : kUnbound;
}

}  // namespace gila

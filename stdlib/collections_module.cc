// collections_module.cc: the native module _collections: defaultdict, the counting loop of Counter,
// and the field descriptors of named tuples. deque and OrderedDict have files of their own; the
// rest of collections is stdlib/lib/collections.
#include "runtime/heap/heap.h"
#include "runtime/protocols.h"
#include "runtime/protocols/native_getter.h"
#include "runtime/types/container_support.h"
#include "runtime/types/dict_internal.h"
#include "runtime/types/function.h"
#include "runtime/types/snapshot.h"
#include "stdlib/collections_internal.h"

namespace gila {
namespace {

// --- defaultdict ---

Type* default_dict_type = nullptr;

DefaultDict* Self(Args args) { return static_cast<DefaultDict*>(args[0].AsObject()); }

Result<Value> DefaultDictNew(Thread& thread, Args args) {
  GILA_TRY(Dict* const dict, NewDictOf(thread, args[0].As<Type>()));
  auto* const self = static_cast<DefaultDict*>(dict);
  self->factory.Store(self, kNone);
  self->flags |= kDictHasFactory;
  return self;
}

// defaultdict(default_factory=None, /, [mapping or pairs], **kwargs)
Result<Value> DefaultDictInit(Thread& thread, Args args) {
  DefaultDict* const self = Self(args);
  const auto given = args.rest();
  Value factory = kNone;
  if (!given.empty()) {
    factory = given[0];
    if (!factory.IsNone() && !IsCallable(factory))
      return thread.RaiseTypeError("first argument must be callable or None");
    if (given.size() > 2) {
      return thread.RaiseTypeError("dict expected at most 1 argument, got %zu", given.size() - 1);
    }
  }
  self->factory.Store(self, factory);
  if (given.size() == 2) GILA_TRY_VOID(DictUpdate(thread, self, given[1]));
  if (args.Has(1)) GILA_TRY_VOID(DictUpdate(thread, self, args[1]));
  return kNone;
}

Result<Value> DefaultDictMissing(Thread& thread, Args args) {
  const Value factory = Self(args)->factory.Load();
  if (factory.IsNone()) return thread.RaiseWith(TypeId::kKeyError, args[1]);
  GILA_TRY(const Value made, Call(thread, factory, {}));
  if (TypeOf(args[0]) == default_dict_type) {
    // Another thread may have been faster: everybody gets the value that is there then.
    GILA_TRY(const Value present, DictSetDefault(thread, Self(args), args[1], made));
    return present.IsUnbound() ? made : present;
  }
  GILA_TRY_VOID(SetItem(thread, args[0], args[1], made));
  return made;
}

Result<Value> DefaultDictCopy(Thread& thread, Args args) {
  return Call(thread, TypeOf(args[0]), {Self(args)->factory.Load(), args[0]});
}

Result<Value> DefaultDictReduce(Thread& thread, Args args) {
  const Value factory = Self(args)->factory.Load();
  Tuple* arguments = empty_tuple;
  if (!factory.IsNone()) {
    GILA_TRY(arguments, NewTuple(thread, std::span<const Value>(&factory, 1)));
  }
  GILA_TRY(const Value items, CallMethod(thread, args[0], Intern(thread, "items")));
  GILA_TRY(const Value iterator, GetIter(thread, items));
  const Value parts[] = {TypeOf(args[0]), arguments, kNone, kNone, iterator};
  return NewTuple(thread, parts);
}

Result<Value> DefaultDictRepr(Thread& thread, Args args) {
  const Value base_repr = LookupSpecial(thread, GetType(TypeId::kDict), Special::kRepr);
  GILA_TRY(const Value dict_text, Call(thread, base_repr, {args[0]}));
  const Value factory = Self(args)->factory.Load();
  std::string factory_text = "...";
  if (!ReprEnter(thread, factory)) {
    const Result<Str*> shown = Repr(thread, factory);
    ReprLeave(thread, factory);
    if (!shown.ok()) return kFailed;
    factory_text = ToUtf8(shown.value());
  }
  StrBuilder text(thread);
  text.AppendUtf8(std::string(TypeName(TypeOf(args[0]))) + "(" + factory_text + ", ");
  text.Append(dict_text.As<Str>());
  text.AppendAscii(")");
  return text.Finish();
}

Result<Value> MergedWith(Thread& thread, Value self, Value left, Value right) {
  if (!IsDict(left) || !IsDict(right)) return kNotImplemented;
  const Value factory = static_cast<DefaultDict*>(self.AsObject())->factory.Load();
  GILA_TRY(const Value merged, Call(thread, TypeOf(self), {factory, left}));
  if (IsDict(merged)) GILA_TRY_VOID(DictUpdate(thread, merged.As<Dict>(), right));
  return merged;
}
Result<Value> DefaultDictOr(Thread& thread, Args args) {
  return MergedWith(thread, args[0], args[0], args[1]);
}
Result<Value> DefaultDictROr(Thread& thread, Args args) {
  return MergedWith(thread, args[0], args[1], args[0]);
}

constexpr NativeDef kDefaultDictMethods[] = {
    {"__init__", DefaultDictInit, "(self, /, *args, **kwargs)", "Fill the dictionary anew."},
    {"__missing__", DefaultDictMissing, "(self, key, /)",
     "What self[key] does for a key that is not there: stores what the factory makes."},
    {"__repr__", DefaultDictRepr, "(self, /)", "Return repr(self)."},
    {"__reduce__", DefaultDictReduce, "(self, /)", "Return state information for pickling."},
    {"__or__", DefaultDictOr, "(self, value, /)", "Return self|value."},
    {"__ror__", DefaultDictROr, "(self, value, /)", "Return value|self."},
    {"__copy__", DefaultDictCopy, "(self, /)", "A shallow copy."},
    {"__class_getitem__", ClassGetItem, "@classmethod(cls, item, /)", "See PEP 585"},
    {"copy", DefaultDictCopy, "(self, /)", "A shallow copy."},
    {nullptr, nullptr, nullptr, nullptr}};

Result<Value> GetFactory(Thread&, Value self) {
  return static_cast<DefaultDict*>(self.AsObject())->factory.Load();
}
Status SetFactory(Thread&, Value self, Value factory) {
  auto* const dict = static_cast<DefaultDict*>(self.AsObject());
  dict->factory.Store(dict, factory.IsUnbound() ? kNone : factory);
  return kOk;
}
constexpr GetSetDef kDefaultDictGetSets[] = {
    {"default_factory", GetFactory, SetFactory, "makes the value of a key that is not there"},
    {nullptr, nullptr, nullptr, nullptr}};

constexpr TypeSpec kDefaultDictSpec = {
    .doc = "A dictionary that makes the value of a missing key by calling default_factory.",
    .new_function = DefaultDictNew,
    .new_signature = "(cls, *args, **kwargs)",
    .methods = kDefaultDictMethods,
    .getsets = kDefaultDictGetSets,
    .native_size = sizeof(DefaultDict)};

// --- _count_elements ---

// Does the class of the mapping count with dict's own methods?
bool CountsAsDict(Thread& thread, Value mapping) {
  if (!IsDict(mapping)) return false;
  Type* const dict = GetType(TypeId::kDict);
  Type* const type = TypeOf(mapping);
  const Value get = Intern(thread, "get");
  return LookupOnType(thread, type, get) == LookupOnType(thread, dict, get) &&
         LookupSpecial(thread, type, Special::kSetItem) ==
             LookupSpecial(thread, dict, Special::kSetItem);
}

Status CountOne(Thread& thread, Value mapping, Value element) {
  GILA_TRY(const Value before,
           CallMethod(thread, mapping, Intern(thread, "get"), {element, Value::SmallInt(0)}));
  GILA_TRY(const Value after, Binary(thread, BinaryOp::kAdd, before, Value::SmallInt(1)));
  return SetItem(thread, mapping, element, after);
}

Result<Value> CountElements(Thread& thread, Args args) {
  const Value mapping = args[0];
  const bool quick = CountsAsDict(thread, mapping);
  GILA_TRY_VOID(ForEach(thread, args[1], [&](Value element) -> Status {
    GILA_TRY_VOID(thread.CheckBreaker());
    if (quick) {
      GILA_TRY(const bool done, DictIncrement(thread, mapping.As<Dict>(), element));
      if (done) return kOk;
    }
    return CountOne(thread, mapping, element);
  }));
  return kNone;
}

// --- _tuplegetter ---

struct TupleGetter : Object {
  Atomic<int64_t> index;
  Slot doc;
};
void TraceTupleGetter(Object* object, Marker& marker) {
  marker.Visit(static_cast<TupleGetter*>(object)->doc);
}
constexpr KindInfo kTupleGetterKind = {"_tuplegetter", TraceTupleGetter, nullptr};

TupleGetter* Getter(Value v) { return static_cast<TupleGetter*>(v.AsObject()); }

Result<Value> TupleGetterNew(Thread& thread, Args args) {
  GILA_TRY(const int64_t index, ToInt64(thread, args[1]));
  GILA_TRY(Object* const object, AllocateInstance(thread, args[0].As<Type>()));
  auto* const self = static_cast<TupleGetter*>(object);
  self->index.Store(index);
  self->doc.Store(self, args[2]);
  return self;
}

Result<Value> GetTupleItem(Thread& thread, Object* getter, Value instance) {
  const int64_t index = static_cast<TupleGetter*>(getter)->index.Load();
  if (GILA_LIKELY(IsTuple(instance))) {
    if (GILA_LIKELY(index < instance.As<Tuple>()->length)) return instance.As<Tuple>()->At(index);
    return thread.Raise(TypeId::kIndexError, "tuple index out of range");
  }
  if (instance.IsNone()) return getter;
  return thread.RaiseTypeError(
      "descriptor for index '%lld' for tuple subclasses doesn't apply to '%s' object",
      static_cast<long long>(index), TypeNameText(instance).c_str());
}

Result<Value> TupleGetterGet(Thread& thread, Args args) {
  return GetTupleItem(thread, args[0].AsObject(), args[1]);
}

Result<Value> TupleGetterSet(Thread& thread, Args) {
  return thread.Raise(TypeId::kAttributeError, "can't set attribute");
}
Result<Value> TupleGetterDelete(Thread& thread, Args) {
  return thread.Raise(TypeId::kAttributeError, "can't delete attribute");
}

Result<Value> TupleGetterReduce(Thread& thread, Args args) {
  const Value inner[] = {Value::SmallInt(Getter(args[0])->index.Load()),
                         Getter(args[0])->doc.Load()};
  GILA_TRY(Tuple* const arguments, NewTuple(thread, inner));
  const Value parts[] = {TypeOf(args[0]), arguments};
  return NewTuple(thread, parts);
}

Result<Value> TupleGetterRepr(Thread& thread, Args args) {
  const Value parts[] = {Value::SmallInt(Getter(args[0])->index.Load()),
                         Getter(args[0])->doc.Load()};
  return ReprItems(thread, "_tuplegetter(", ")",
                   [&parts](int64_t i) { return i < 2 ? parts[i] : kUnbound; });
}

constexpr NativeDef kTupleGetterMethods[] = {
    {"__get__", TupleGetterGet, "(self, instance, owner=None, /)", "The item of the tuple."},
    {"__set__", TupleGetterSet, "(self, instance, value, /)", "Always fails."},
    {"__delete__", TupleGetterDelete, "(self, instance, /)", "Always fails."},
    {"__reduce__", TupleGetterReduce, "(self, /)", "Return state information for pickling."},
    {"__repr__", TupleGetterRepr, "(self, /)", "Return repr(self)."},
    {nullptr, nullptr, nullptr, nullptr}};

Result<Value> GetterDoc(Thread&, Value self) { return Getter(self)->doc.Load(); }
Status SetGetterDoc(Thread&, Value self, Value doc) {
  TupleGetter* const getter = Getter(self);
  getter->doc.Store(getter, doc.IsUnbound() ? kNone : doc);
  return kOk;
}
constexpr GetSetDef kTupleGetterGetSets[] = {{"__doc__", GetterDoc, SetGetterDoc, nullptr},
                                             {nullptr, nullptr, nullptr, nullptr}};
constexpr TypeSpec kTupleGetterSpec = {.new_function = TupleGetterNew,
                                       .new_signature = "(cls, index, doc, /)",
                                       .methods = kTupleGetterMethods,
                                       .getsets = kTupleGetterGetSets,
                                       .native_size = sizeof(TupleGetter),
                                       .kind_info = &kTupleGetterKind};

constexpr NativeDef kFunctions[] = {{"_count_elements", CountElements, "(mapping, iterable, /)",
                                     "Adds one to mapping[element] for every element."},
                                    {nullptr, nullptr, nullptr, nullptr}};

// For runtime/types/snapshot.h.
Result<Value> Snapshot(Thread& thread, Value v) {
  GILA_TRY(const Value items, SnapshotDeque(thread, v));
  return items.IsUnbound() ? SnapshotOrderedDict(thread, v) : items;
}

}  // namespace

Status AddDefaultDictType(Thread& thread, Module* module) {
  GILA_TRY(default_dict_type,
           AddType(thread, module, kDefaultDictSpec, "collections.defaultdict", kKindDict,
                   sizeof(DefaultDict), kBasetype | kHasWeakref, GetType(TypeId::kDict)));
  return kOk;
}

Status InitCollectionsModule(Thread& thread, Module* module) {
  library_snapshot = Snapshot;
  GILA_TRY_VOID(AddDequeTypes(thread, module));
  GILA_TRY_VOID(AddDefaultDictType(thread, module));
  GILA_TRY_VOID(AddOrderedDictTypes(thread, module));
  const uint8_t getter_kind = RegisterKind(kTupleGetterKind);
  native_getters[getter_kind] = GetTupleItem;
  GILA_TRY_VOID(AddType(thread, module, kTupleGetterSpec, "_collections._tuplegetter", getter_kind,
                        sizeof(TupleGetter), kPlain));
  return AddFunctions(thread, module, kFunctions);
}

}  // namespace gila

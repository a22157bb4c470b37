// functools.cc: the native half of functools (module _functools): reduce, partial and cmp_to_key.
// The cache behind lru_cache is in functools_cache.cc; the rest is stdlib/lib/functools.py.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "runtime/heap/heap.h"
#include "runtime/protocols.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "stdlib/functools_internal.h"

namespace gila {

namespace {

Result<Value> Reduce(Thread& thread, Args args) {
  const Result<Value> iterator = GetIter(thread, args[1]);
  if (!iterator.ok()) {
    if (thread.ExceptionMatches(TypeId::kTypeError) &&
        LookupSpecial(thread, TypeOf(args[1]), Special::kIter).IsUnbound()) {
      thread.ClearException();
      return thread.RaiseTypeError("reduce() arg 2 must support iteration");
    }
    return kFailed;
  }
  Value total = args[2];
  while (true) {
    GILA_TRY(const Value item, Next(thread, iterator.value()));
    if (item.IsUnbound()) break;
    if (total.IsUnbound()) {
      total = item;
    } else {
      GILA_TRY(total, Call(thread, args[0], {total, item}));
    }
  }
  if (total.IsUnbound())
    return thread.RaiseTypeError("reduce() of empty iterable with no initial value");
  return total;
}

// --- partial ---

struct Partial : Object {
  Slot function;
  Slot args;      // tuple
  Slot keywords;  // dict
};
Type* partial_type = nullptr;

void TracePartial(Object* object, Marker& marker) {
  const auto* partial = static_cast<Partial*>(object);
  marker.Visit(partial->function);
  marker.Visit(partial->args);
  marker.Visit(partial->keywords);
}
constexpr KindInfo kPartialKind = {"partial", TracePartial, nullptr};

Result<Tuple*> JoinTuples(Thread& thread, const Tuple* head, std::span<const Value> tail) {
  GILA_TRY(Tuple * joined, NewTuple(thread, head->length + static_cast<int64_t>(tail.size())));
  for (int64_t i = 0; i < head->length; ++i) joined->items[i].Store(joined, head->At(i));
  for (size_t i = 0; i < tail.size(); ++i)
    joined->items[head->length + static_cast<int64_t>(i)].Store(joined, tail[i]);
  return joined;
}

Result<Value> PartialNew(Thread& thread, Args args) {
  if (args.rest().empty())
    return thread.RaiseTypeError("type 'partial' takes at least one argument");
  Value function = args.rest()[0];
  if (!IsCallable(function)) return thread.RaiseTypeError("the first argument must be callable");
  const std::span<const Value> given = args.rest().subspan(1);
  Tuple* positional;
  Dict* keywords;
  if (TypeOf(function) == partial_type) {
    // A partial of a partial is one partial.
    const auto* inner = function.As<Partial>();
    GILA_TRY(positional, JoinTuples(thread, inner->args.Load().As<Tuple>(), given));
    GILA_TRY(keywords, DictCopy(thread, inner->keywords.Load().As<Dict>()));
    function = inner->function.Load();
  } else {
    GILA_TRY(positional, NewTuple(thread, given));
    GILA_TRY(keywords, NewDict(thread));
  }
  if (args.Has(1)) GILA_TRY_VOID(DictUpdate(thread, keywords, args[1]));
  GILA_TRY(Object * object, AllocateInstance(thread, args[0].As<Type>()));
  auto* partial = static_cast<Partial*>(object);
  partial->function.Store(partial, function);
  partial->args.Store(partial, positional);
  partial->keywords.Store(partial, keywords);
  return partial;
}

Result<Value> PartialCall(Thread& thread, Args args) {
  const auto* partial = args[0].As<Partial>();
  const auto* first = partial->args.Load().As<Tuple>();
  Dict* keywords = partial->keywords.Load().As<Dict>();
  constexpr size_t kFew = 8;
  const auto given = static_cast<size_t>(first->length), count = given + args.rest().size();
  if (count <= kFew && !args.Has(1) && keywords->size.Load() == 0) {
    Value all[kFew];
    for (size_t i = 0; i < given; ++i) all[i] = first->At(static_cast<int64_t>(i));
    std::copy(args.rest().begin(), args.rest().end(), all + given);
    return Call(thread, partial->function.Load(), std::span<const Value>(all, count));
  }
  GILA_TRY(Tuple * positional, JoinTuples(thread, first, args.rest()));
  if (keywords->size.Load() == 0)
    return CallWith(thread, partial->function.Load(), positional, args[1]);
  if (args.Has(1)) {
    GILA_TRY(keywords, DictCopy(thread, keywords));
    GILA_TRY_VOID(DictUpdate(thread, keywords, args[1]));
  }
  return CallWith(thread, partial->function.Load(), positional, keywords);
}

Result<std::string> PartialText(Thread& thread, Value self, const std::string& name) {
  const auto* partial = self.As<Partial>();
  GILA_TRY(Str * function, Repr(thread, partial->function.Load()));
  std::string text = absl::StrCat(name, "(", ToUtf8(function));
  const auto* positional = partial->args.Load().As<Tuple>();
  for (int64_t i = 0; i < positional->length; ++i) {
    GILA_TRY(Str * shown, Repr(thread, positional->At(i)));
    absl::StrAppend(&text, ", ", ToUtf8(shown));
  }
  int64_t position = 0;
  Value key, value;
  while (DictNext(partial->keywords.Load().As<Dict>(), &position, &key, &value)) {
    GILA_TRY(Str * key_text, ToStr(thread, key));
    GILA_TRY(Str * shown, Repr(thread, value));
    absl::StrAppend(&text, ", ", ToUtf8(key_text), "=", ToUtf8(shown));
  }
  return absl::StrCat(text, ")");
}

Result<Value> PartialRepr(Thread& thread, Args args) {
  if (ReprEnter(thread, args[0])) return Result<Value>(NewStr(thread, "..."));
  const Type* type = TypeOf(args[0]);
  const std::string name =
      type == partial_type ? "functools.partial" : ToUtf8(type->qualname.Load());
  const Result<std::string> text = PartialText(thread, args[0], name);
  ReprLeave(thread, args[0]);
  if (!text.ok()) return kFailed;
  return Result<Value>(NewStr(thread, text.value()));
}

Result<Value> PartialReduce(Thread& thread, Args args) {
  const auto* partial = args[0].As<Partial>();
  const Value function[] = {partial->function.Load()};
  GILA_TRY(Tuple * constructor_args, NewTuple(thread, function));
  Value attributes = kNone;
  GILA_TRY(Dict * dict, MaterializeDict(thread, args[0].AsObject()));
  if (dict->size.Load() > 0) attributes = dict;
  const Value state[] = {partial->function.Load(), partial->args.Load(), partial->keywords.Load(),
                         attributes};
  GILA_TRY(Tuple * state_tuple, NewTuple(thread, state));
  const Value all[] = {TypeOf(args[0]), constructor_args, state_tuple};
  return Result<Value>(NewTuple(thread, all));
}

Result<Value> PartialSetState(Thread& thread, Args args) {
  const auto* state = CastOrNull<Tuple>(args[1]);
  if (state == nullptr || state->length != 4 || !IsCallable(state->At(0)) ||
      !IsTuple(state->At(1)) || !(IsDict(state->At(2)) || state->At(2).IsNone()))
    return thread.RaiseTypeError("invalid partial state");
  auto* partial = args[0].As<Partial>();
  Value keywords = state->At(2);
  if (keywords.IsNone()) {
    GILA_TRY(keywords, NewDict(thread));
  }
  partial->function.Store(partial, state->At(0));
  partial->args.Store(partial, state->At(1));
  partial->keywords.Store(partial, keywords);
  if (IsDict(state->At(3))) {
    GILA_TRY(Dict * dict, MaterializeDict(thread, partial));
    GILA_TRY_VOID(DictUpdate(thread, dict, state->At(3)));
  }
  return kNone;
}

Result<Value> PartialGetFunction(Thread&, Value self) {
  return self.As<Partial>()->function.Load();
}
Result<Value> PartialGetArgs(Thread&, Value self) { return self.As<Partial>()->args.Load(); }
Result<Value> PartialGetKeywords(Thread&, Value self) {
  return self.As<Partial>()->keywords.Load();
}

Result<Value> GenericClassItem(Thread& thread, Args args) {
  return Call(thread, GetType(TypeId::kGenericAlias), {args[0], args[1]});
}

constexpr GetSetDef kPartialGetSets[] = {
    {"func", PartialGetFunction, nullptr, "function object to use in future partial calls"},
    {"args", PartialGetArgs, nullptr, "tuple of arguments to future partial calls"},
    {"keywords", PartialGetKeywords, nullptr,
     "dictionary of keyword arguments to future partial calls"},
    {}};
constexpr NativeDef kPartialMethods[] = {
    {"__call__", PartialCall, "(self, /, *args, **kwargs)", "Call self as a function."},
    {"__repr__", PartialRepr, "(self, /)", "Return repr(self)."},
    {"__reduce__", PartialReduce, "(self, /)", nullptr},
    {"__setstate__", PartialSetState, "(self, state, /)", nullptr},
    {"__class_getitem__", GenericClassItem, "@classmethod(cls, item, /)", "See PEP 585."},
    {}};
constexpr TypeSpec kPartialType = {
    .doc = "partial(f, *args, **kwargs) is f with these arguments given already.",
    .new_function = PartialNew,
    .new_signature = "(cls, /, *args, **kwargs)",
    .methods = kPartialMethods,
    .getsets = kPartialGetSets};

// --- cmp_to_key ---

// The key function (object unbound) and its keys share a layout and, as in CPython, a type.
struct Key : Object {
  Slot compare;
  Slot object;
};
Type* key_type = nullptr;

void TraceKey(Object* object, Marker& marker) {
  marker.Visit(static_cast<Key*>(object)->compare);
  marker.Visit(static_cast<Key*>(object)->object);
}
constexpr KindInfo kKeyKind = {"KeyWrapper", TraceKey, nullptr};

Result<Value> NewKey(Thread& thread, Value compare, Value wrapped) {
  GILA_TRY(Object * object, AllocateInstance(thread, key_type));
  static_cast<Key*>(object)->compare.Store(object, compare);
  static_cast<Key*>(object)->object.Store(object, wrapped);
  return object;
}

Result<Value> CmpToKey(Thread& thread, Args args) { return NewKey(thread, args[0], kUnbound); }
Result<Value> KeyCall(Thread& thread, Args args) {
  return NewKey(thread, args[0].As<Key>()->compare.Load(), args[1]);
}

template <CompareOp op>
Result<Value> KeyCompare(Thread& thread, Args args) {
  if (TypeOf(args[1]) != key_type)
    return thread.RaiseTypeError("other argument must be K instance");
  const auto *a = args[0].As<Key>(), *b = args[1].As<Key>();
  const Value x = a->object.Load(), y = b->object.Load();
  if (x.IsUnbound() || y.IsUnbound()) return thread.Raise(TypeId::kAttributeError, "object");
  GILA_TRY(const Value order, Call(thread, a->compare.Load(), {x, y}));
  return Compare(thread, op, order, Value::SmallInt(0));
}

Result<Value> KeyGetObject(Thread& thread, Value self) {
  const Value wrapped = self.As<Key>()->object.Load();
  if (wrapped.IsUnbound()) return thread.Raise(TypeId::kAttributeError, "obj");
  return wrapped;
}
Status KeySetObject(Thread&, Value self, Value value) {
  self.As<Key>()->object.Store(self.AsObject(), value);
  return kOk;
}

constexpr GetSetDef kKeyGetSets[] = {
    {"obj", KeyGetObject, KeySetObject, "Value wrapped by a key function."}, {}};
constexpr NativeDef kKeyMethods[] = {
    {"__call__", KeyCall, "(self, obj)", "The key of obj."},
    {"__lt__", KeyCompare<CompareOp::kLt>, "(self, value, /)", "Return self<value."},
    {"__le__", KeyCompare<CompareOp::kLe>, "(self, value, /)", "Return self<=value."},
    {"__eq__", KeyCompare<CompareOp::kEq>, "(self, value, /)", "Return self==value."},
    {"__ne__", KeyCompare<CompareOp::kNe>, "(self, value, /)", "Return self!=value."},
    {"__gt__", KeyCompare<CompareOp::kGt>, "(self, value, /)", "Return self>value."},
    {"__ge__", KeyCompare<CompareOp::kGe>, "(self, value, /)", "Return self>=value."},
    {"__hash__", nullptr, nullptr, nullptr},
    {}};
constexpr TypeSpec kKeyType = {.methods = kKeyMethods, .getsets = kKeyGetSets};

// _own_attribute(instance, name, default): what the instance itself holds, without making its
// __dict__. AttributeError when it can hold nothing.
Result<Value> OwnAttribute(Thread& thread, Args args) {
  GILA_TRY(Str * name, ToStrArgument(thread, args[1], "_own_attribute() argument 'name'"));
  if (!args[0].IsPointer() || !TypeOf(args[0])->Has(kHasDict))
    return thread.Raise(TypeId::kAttributeError, "__dict__");
  const Value value = GetOwnAttribute(args[0].AsObject(), InternStr(thread, name));
  return value.IsUnbound() ? args[2] : value;
}

constexpr NativeDef kFunctions[] = {
    {"_own_attribute", OwnAttribute, "(instance, name, default, /)",
     "The attribute that the instance itself holds."},
    {"reduce", Reduce, "(function, iterable, initial=None, /)",
     "function(...function(function(a, b), c)..., z)"},
    {"cmp_to_key", CmpToKey, "(mycmp)", "A key function out of an old-style comparison."},
    {}};

}  // namespace

Status InitFunctoolsModule(Thread& thread, Module* module) {
  GILA_TRY_VOID(AddFunctions(thread, module, kFunctions));
  GILA_TRY(partial_type,
           AddType(thread, module, kPartialType, "functools.partial", RegisterKind(kPartialKind),
                   sizeof(Partial), kBasetype | kHasDict | kHasWeakref));
  heap::AddRoot(reinterpret_cast<Object**>(&partial_type));
  GILA_TRY(key_type, AddType(thread, module, kKeyType, "functools.KeyWrapper",
                             RegisterKind(kKeyKind), sizeof(Key), kPlain));
  heap::AddRoot(reinterpret_cast<Object**>(&key_type));
  return AddCacheType(thread, module);
}

}  // namespace gila

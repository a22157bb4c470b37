// dict_methods.cc: dict as programs see it.
#include "runtime/types/dict_internal.h"
#include "runtime/types/function.h"
#include "runtime/types/iterators.h"
#include "runtime/types/sequence.h"
#include "runtime/types/set_internal.h"

namespace gila {
namespace {

Dict* Self(Args args) { return args[0].As<Dict>(); }

void TraceDict(Object* object, Marker& marker) {
  marker.Visit(static_cast<Dict*>(object)->table);
  if (object->flags & kDictHasFactory) marker.Visit(static_cast<DefaultDict*>(object)->factory);
}
constexpr KindInfo kDictKind = {"dict", TraceDict, nullptr};

// --- construction ---

Result<Value> DictNew(Thread& thread, Args args) { return NewDictOf(thread, args[0].As<Type>()); }

// dict(mapping_or_pairs, **kwargs) and update(): args are self, kwargs and at most one more.
Status UpdateFromArguments(Thread& thread, Args args, const char* function) {
  const auto given = args.rest();
  if (given.size() > 1) {
    return thread.RaiseTypeError("%s expected at most 1 argument, got %zu", function, given.size());
  }
  if (!given.empty()) GILA_TRY_VOID(DictUpdate(thread, Self(args), given[0]));
  if (args.Has(1)) GILA_TRY_VOID(DictUpdate(thread, Self(args), args[1]));
  return kOk;
}

Result<Value> DictInit(Thread& thread, Args args) {
  GILA_TRY_VOID(UpdateFromArguments(thread, args, "dict"));
  return kNone;
}

// What a hint of a length is believed at most.
constexpr int64_t kMaxReserved = int64_t{1} << 20;

Result<Value> DictFromKeys(Thread& thread, Args args) {
  const Value value = args.Or(2, kNone);
  Value made = kNone;
  if (args[0] == Value(GetType(TypeId::kDict))) {
    // Most items are probably different.
    GILA_TRY(const int64_t length, LengthHint(thread, args[1], 0));
    GILA_TRY(made, NewDict(thread, std::min<int64_t>(length, kMaxReserved)));
  } else {
    GILA_TRY(made, Call(thread, args[0], {}));
  }
  if (IsExactly(made, TypeId::kDict)) {
    Dict* const dict = made.As<Dict>();
    if (IsAnySet(args[1])) {
      int64_t position = 0, hash;
      Value key;
      while (SetNextHashed(static_cast<Set*>(args[1].AsObject()), &position, &key, &hash))
        GILA_TRY_VOID(DictSetHashed(thread, dict, key, hash, value));
      return made;
    }
    GILA_TRY_VOID(ForEach(thread, args[1], [&](Value key) -> Status {
      GILA_TRY_VOID(thread.CheckBreaker());
      return DictSet(thread, dict, key, value);
    }));
    return made;
  }
  GILA_TRY_VOID(
      ForEach(thread, args[1], [&](Value key) { return SetItem(thread, made, key, value); }));
  return made;
}

// --- items ---

Result<Value> DictGetItem(Thread& thread, Args args) {
  return DictSubscript(thread, Self(args), args[1]);
}

Result<Value> DictSetItem(Thread& thread, Args args) {
  GILA_TRY_VOID(DictSet(thread, Self(args), args[1], args[2]));
  return kNone;
}

Result<Value> DictDelItem(Thread& thread, Args args) {
  GILA_TRY(const int64_t hash, KeyHash(thread, args[1]));
  GILA_TRY(const Value removed, DictPopHashed(thread, Self(args), args[1], hash));
  if (removed.IsUnbound()) return thread.RaiseWith(TypeId::kKeyError, args[1]);
  return kNone;
}

Result<Value> DictContains(Thread& thread, Args args) {
  GILA_TRY(const Value value, DictGet(thread, Self(args), args[1]));
  return Value::Bool(!value.IsUnbound());
}

Result<Value> DictLen(Thread&, Args args) { return Value::SmallInt(Self(args)->size.Load()); }

Result<Value> DictGetMethod(Thread& thread, Args args) {
  GILA_TRY(const Value value, DictGet(thread, Self(args), args[1]));
  return value.IsUnbound() ? args.Or(2, kNone) : value;
}

Result<Value> DictSetDefaultMethod(Thread& thread, Args args) {
  const Value value = args.Or(2, kNone);
  GILA_TRY(const Value present, DictSetDefault(thread, Self(args), args[1], value));
  return present.IsUnbound() ? value : present;
}

Result<Value> DictPopMethod(Thread& thread, Args args) {
  GILA_TRY(const Value value, DictPop(thread, Self(args), args[1]));
  if (!value.IsUnbound()) return value;
  if (args.Has(2)) return args[2];
  return thread.RaiseWith(TypeId::kKeyError, args[1]);
}

Result<Value> DictPopItem(Thread& thread, Args args) {
  Value pair[2];
  if (!DictPopEnd(Self(args), true, &pair[0], &pair[1])) {
    GILA_TRY(Str* const words, NewStr(thread, "popitem(): dictionary is empty"));
    return thread.RaiseWith(TypeId::kKeyError, words);
  }
  return NewTuple(thread, pair);
}

Result<Value> DictClearMethod(Thread& thread, Args args) {
  DictClear(thread, Self(args));
  return kNone;
}

Result<Value> DictCopyMethod(Thread& thread, Args args) { return DictCopy(thread, Self(args)); }

Result<Value> DictUpdateMethod(Thread& thread, Args args) {
  GILA_TRY_VOID(UpdateFromArguments(thread, args, "update"));
  return kNone;
}

Result<Value> DictKeys(Thread& thread, Args args) {
  return NewDictView(thread, TypeId::kDictKeys, Self(args));
}
Result<Value> DictValues(Thread& thread, Args args) {
  return NewDictView(thread, TypeId::kDictValues, Self(args));
}
Result<Value> DictItems(Thread& thread, Args args) {
  return NewDictView(thread, TypeId::kDictItems, Self(args));
}
Result<Value> DictIter(Thread& thread, Args args) {
  return NewDictIterator(thread, TypeId::kDictKeyIterator, Self(args));
}
Result<Value> DictReversed(Thread& thread, Args args) {
  return NewDictIterator(thread, TypeId::kDictReverseKeyIterator, Self(args));
}

// --- operators ---

Result<Value> DictEq(Thread& thread, Args args) {
  if (!IsDict(args[1])) return kNotImplemented;
  GILA_TRY(const bool equal, DictEqual(thread, Self(args), args[1].As<Dict>()));
  return Value::Bool(equal);
}
Result<Value> DictNe(Thread& thread, Args args) {
  GILA_TRY(const Value equal, DictEq(thread, args));
  return equal == kNotImplemented ? equal : Value::Bool(equal == kFalse);
}

Result<Value> Merged(Thread& thread, Value left, Value right) {
  if (!IsDict(left) || !IsDict(right)) return kNotImplemented;
  GILA_TRY(Dict* const merged, DictCopy(thread, left.As<Dict>()));
  GILA_TRY_VOID(DictUpdate(thread, merged, right));
  return merged;
}
Result<Value> DictOr(Thread& thread, Args args) { return Merged(thread, args[0], args[1]); }
Result<Value> DictROr(Thread& thread, Args args) { return Merged(thread, args[1], args[0]); }
Result<Value> DictIOr(Thread& thread, Args args) {
  GILA_TRY_VOID(DictUpdate(thread, Self(args), args[1]));
  return args[0];
}

Result<Value> DictRepr(Thread& thread, Args args) {
  Dict* const self = Self(args);
  if (self->size.Load() == 0) return NewStr(thread, "{}");
  const ReprScope scope(thread, self);
  if (scope.nested()) return NewStr(thread, "{...}");
  StrBuilder text(thread);
  text.AppendAscii("{");
  int64_t position = 0;
  Value key, value;
  bool first = true;
  while (DictNext(self, &position, &key, &value)) {
    if (!first) text.AppendAscii(", ");
    first = false;
    GILA_TRY(Str* const shown_key, Repr(thread, key));
    text.Append(shown_key);
    text.AppendAscii(": ");
    GILA_TRY(Str* const shown_value, Repr(thread, value));
    text.Append(shown_value);
  }
  text.AppendAscii("}");
  return text.Finish();
}

Result<Value> DictSizeof(Thread&, Args args) {
  const Dict* const self = Self(args);
  const DictTable* const table = self->table.Load();
  const size_t stored = table == empty_dict_table ? 0 : heap::CellSize(table);
  return Value::SmallInt(static_cast<int64_t>(heap::CellSize(self) + stored));
}

constexpr NativeDef kDictMethods[] = {
    {"__init__", DictInit, "(self, /, *args, **kwargs)",
     "Initialize self.  See help(type(self)) for accurate signature."},
    {"__getitem__", DictGetItem, "(self, key, /)", "x.__getitem__(y) <==> x[y]"},
    {"__setitem__", DictSetItem, "(self, key, value, /)", "Set self[key] to value."},
    {"__delitem__", DictDelItem, "(self, key, /)", "Delete self[key]."},
    {"__contains__", DictContains, "(self, key, /)",
     "True if the dictionary has the specified key, else False."},
    {"__len__", DictLen, "(self, /)", "Return len(self)."},
    {"__iter__", DictIter, "(self, /)", "Implement iter(self)."},
    {"__reversed__", DictReversed, "(self, /)", "Return a reverse iterator over the dict keys."},
    {"__eq__", DictEq, "(self, value, /)", "Return self==value."},
    {"__ne__", DictNe, "(self, value, /)", "Return self!=value."},
    {"__or__", DictOr, "(self, value, /)", "Return self|value."},
    {"__ror__", DictROr, "(self, value, /)", "Return value|self."},
    {"__ior__", DictIOr, "(self, value, /)", "Return self|=value."},
    {"__hash__", nullptr, nullptr, nullptr},
    {"__repr__", DictRepr, "(self, /)", "Return repr(self)."},
    {"__sizeof__", DictSizeof, "(self, /)", "D.__sizeof__() -> size of D in memory, in bytes"},
    {"__class_getitem__", ClassGetItem, "@classmethod(cls, item, /)", "See PEP 585"},
    {"get", DictGetMethod, "(self, key, default=None, /)",
     "Return the value for key if key is in the dictionary, else default."},
    {"setdefault", DictSetDefaultMethod, "(self, key, default=None, /)",
     "The value of a key; a key that is not there is put in with the default."},
    {"pop", DictPopMethod, "(self, key, default=<unrepresentable>, /)",
     "Take an item out and return it."},
    {"popitem", DictPopItem, "(self, /)",
     "Take the last pair out and return it; KeyError when there is none."},
    {"keys", DictKeys, "(self, /)", "D.keys() -> a set-like object providing a view on D's keys"},
    {"items", DictItems, "(self, /)",
     "D.items() -> a set-like object providing a view on D's items"},
    {"values", DictValues, "(self, /)", "D.values() -> an object providing a view on D's values"},
    {"update", DictUpdateMethod, "(self, /, *args, **kwargs)",
     "Store the pairs of a mapping or an iterable, then the keyword arguments."},
    {"fromkeys", DictFromKeys, "@classmethod(cls, iterable, value=None, /)",
     "Create a new dictionary with keys from iterable and values set to value."},
    {"clear", DictClearMethod, "(self, /)", "D.clear() -> None.  Remove all items from D."},
    {"copy", DictCopyMethod, "(self, /)", "D.copy() -> a shallow copy of D"},
    {nullptr, nullptr, nullptr, nullptr}};

}  // namespace

extern const TypeSpec kDictSpec;
const TypeSpec kDictSpec = {
    .doc = "Keys with values, in the order of insertion. dict(mapping or pairs, **more).",
    .new_function = DictNew,
    .new_signature = "(cls, *args, **kwargs)",
    .methods = kDictMethods,
    .extra_flags = kMatchMapping,
    .native_size = sizeof(Dict),
    .kind_info = &kDictKind};

}  // namespace gila

// operator.cc: the module _operator, on which lib/operator.py stands: the operators as functions,
// and the callables itemgetter, attrgetter and methodcaller.
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "runtime/heap/heap.h"
#include "runtime/modules.h"
#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "stdlib/native_support.h"

namespace gila {

namespace {

// --- operators ---

template <BinaryOp op>
Result<Value> BinaryFunction(Thread& thread, Args args) {
  return Binary(thread, op, args[0], args[1]);
}
template <BinaryOp op>
Result<Value> InPlaceFunction(Thread& thread, Args args) {
  return InPlace(thread, op, args[0], args[1]);
}
template <UnaryOp op>
Result<Value> UnaryFunction(Thread& thread, Args args) {
  return Unary(thread, op, args[0]);
}
template <CompareOp op>
Result<Value> CompareFunction(Thread& thread, Args args) {
  return Compare(thread, op, args[0], args[1]);
}

Result<Value> TruthFunction(Thread& thread, Args args) {
  GILA_TRY(const bool truth, Truth(thread, args[0]));
  return Value::Bool(truth);
}
Result<Value> NotFunction(Thread& thread, Args args) {
  GILA_TRY(const bool truth, Truth(thread, args[0]));
  return Value::Bool(!truth);
}
Result<Value> IsFunction(Thread&, Args args) { return Value::Bool(args[0] == args[1]); }
Result<Value> IsNotFunction(Thread&, Args args) { return Value::Bool(args[0] != args[1]); }
Result<Value> IndexFunction(Thread& thread, Args args) { return Index(thread, args[0]); }

// Concatenation is the + of sequences.
Status RequireSequence(Thread& thread, Value v) {
  if (!LookupSpecial(thread, TypeOf(v), Special::kGetItem).IsUnbound() && !IsDict(v)) return kOk;
  return thread.RaiseTypeError("'%.*s' object can't be concatenated",
                               static_cast<int>(TypeNameOf(v).size()), TypeNameOf(v).data());
}
Result<Value> ConcatFunction(Thread& thread, Args args) {
  GILA_TRY_VOID(RequireSequence(thread, args[0]));
  return Binary(thread, BinaryOp::kAdd, args[0], args[1]);
}
Result<Value> InPlaceConcatFunction(Thread& thread, Args args) {
  GILA_TRY_VOID(RequireSequence(thread, args[0]));
  return InPlace(thread, BinaryOp::kAdd, args[0], args[1]);
}

Result<Value> ContainsFunction(Thread& thread, Args args) {
  GILA_TRY(const bool found, Contains(thread, args[0], args[1]));
  return Value::Bool(found);
}
Result<Value> GetItemFunction(Thread& thread, Args args) {
  return GetItem(thread, args[0], args[1]);
}
Result<Value> SetItemFunction(Thread& thread, Args args) {
  GILA_TRY_VOID(SetItem(thread, args[0], args[1], args[2]));
  return kNone;
}
Result<Value> DelItemFunction(Thread& thread, Args args) {
  GILA_TRY_VOID(DelItem(thread, args[0], args[1]));
  return kNone;
}

// What countOf() and indexOf() look through: it is refused in the words of "in".
Result<Value> SearchedIterator(Thread& thread, Value sequence) {
  const Result<Value> iterator = GetIter(thread, sequence);
  if (iterator.ok() || !thread.ExceptionMatches(TypeId::kTypeError)) return iterator;
  thread.ClearException();
  const std::string name(TypeNameOf(sequence));
  return thread.RaiseTypeError("argument of type '%s' is not iterable", name.c_str());
}

Result<Value> CountOf(Thread& thread, Args args) {
  int64_t count = 0;
  GILA_TRY(const Value iterator, SearchedIterator(thread, args[0]));
  GILA_TRY_VOID(ForEach(thread, iterator, [&](Value item) -> Status {
    GILA_TRY(const bool equal, Equal(thread, item, args[1]));
    count += equal;
    return thread.CheckBreaker();
  }));
  return Value::SmallInt(count);
}
Result<Value> IndexOf(Thread& thread, Args args) {
  GILA_TRY(const Value iterator, SearchedIterator(thread, args[0]));
  for (int64_t i = 0;; ++i) {
    GILA_TRY(const Value item, Next(thread, iterator));
    if (item.IsUnbound()) return thread.RaiseValueError("sequence.index(x): x not in sequence");
    GILA_TRY(const bool equal, Equal(thread, item, args[1]));
    if (equal) return Value::SmallInt(i);
    GILA_TRY_VOID(thread.CheckBreaker());
  }
}

Result<Value> LengthHintFunction(Thread& thread, Args args) {
  int64_t fallback = 0;
  if (args.Has(1)) {
    if (!LookupSpecial(thread, TypeOf(args[1]), Special::kIndex).IsUnbound()) {
      GILA_TRY(fallback, ToInt64(thread, args[1]));
    } else {
      return thread.Raise(TypeId::kTypeError,
                          absl::StrCat("'", std::string(TypeNameOf(args[1])),
                                       "' object cannot be interpreted as an integer"));
    }
  }
  GILA_TRY(const int64_t hint, LengthHint(thread, args[0], fallback));
  return Value::SmallInt(hint);
}

Result<Value> CallFunction(Thread& thread, Args args) {
  GILA_TRY(Tuple * positional, NewTuple(thread, args.rest()));
  return CallWith(thread, args[0], positional, args[1]);
}

// --- itemgetter, attrgetter, methodcaller ---

struct Getter : Object {
  Slot keys;  // tuple of keys; of interned names or tuples of such (dotted ones)
};
struct MethodCaller : Object {
  Slot name;
  Slot args;    // tuple
  Slot kwargs;  // dict or unbound
};

void TraceGetter(Object* object, Marker& marker) {
  marker.Visit(static_cast<Getter*>(object)->keys);
}
void TraceMethodCaller(Object* object, Marker& marker) {
  const auto* caller = static_cast<MethodCaller*>(object);
  marker.Visit(caller->name);
  marker.Visit(caller->args);
  marker.Visit(caller->kwargs);
}
constexpr KindInfo kItemGetterKind = {"itemgetter", TraceGetter, nullptr};
constexpr KindInfo kAttrGetterKind = {"attrgetter", TraceGetter, nullptr};
constexpr KindInfo kMethodCallerKind = {"methodcaller", TraceMethodCaller, nullptr};

Result<Value> NewGetter(Thread& thread, Value cls, Tuple* keys) {
  GILA_TRY(Object * object, AllocateInstance(thread, cls.As<Type>()));
  static_cast<Getter*>(object)->keys.Store(object, keys);
  return object;
}

// get(key) for the only key, or the tuple of them all.
template <class Get>
Result<Value> OneOrTuple(Thread& thread, const Tuple* keys, Get get) {
  if (keys->length == 1) return get(keys->At(0));
  GILA_TRY(Tuple * results, NewTuple(thread, keys->length));
  for (int64_t i = 0; i < keys->length; ++i) {
    GILA_TRY(const Value item, get(keys->At(i)));
    results->items[i].Store(results, item);
  }
  return results;
}

Result<Value> ItemGetterNew(Thread& thread, Args args) {
  if (args.rest().empty()) return thread.RaiseTypeError("itemgetter expected 1 argument, got 0");
  GILA_TRY(Tuple * keys, NewTuple(thread, args.rest()));
  return NewGetter(thread, args[0], keys);
}
Result<Value> ItemGetterCall(Thread& thread, Args args) {
  const auto* keys = args[0].As<Getter>()->keys.Load().As<Tuple>();
  return OneOrTuple(thread, keys, [&](Value key) { return GetItem(thread, args[1], key); });
}

// "a.b" as the tuple of its names, "a" as itself.
Result<Value> SplitName(Thread& thread, Value name) {
  if (!IsStr(name)) return thread.RaiseTypeError("attribute name must be a string");
  const std::string text = ToUtf8(name);
  if (!absl::StrContains(text, ".")) return InternStr(thread, name.As<Str>());
  const std::vector<std::string> parts = absl::StrSplit(text, '.');
  GILA_TRY(Tuple * names, NewTuple(thread, static_cast<int64_t>(parts.size())));
  for (size_t i = 0; i < parts.size(); ++i) names->items[i].Store(names, Intern(thread, parts[i]));
  return names;
}
Result<Value> AttrGetterNew(Thread& thread, Args args) {
  if (args.rest().empty()) return thread.RaiseTypeError("attrgetter expected 1 argument, got 0");
  GILA_TRY(Tuple * keys, NewTuple(thread, static_cast<int64_t>(args.rest().size())));
  for (int64_t i = 0; i < keys->length; ++i) {
    GILA_TRY(const Value name, SplitName(thread, args.rest()[static_cast<size_t>(i)]));
    keys->items[i].Store(keys, name);
  }
  return NewGetter(thread, args[0], keys);
}
Result<Value> AttrGetterCall(Thread& thread, Args args) {
  const auto* keys = args[0].As<Getter>()->keys.Load().As<Tuple>();
  return OneOrTuple(thread, keys, [&](Value key) -> Result<Value> {
    if (!IsTuple(key)) return GetAttr(thread, args[1], key);
    Value object = args[1];
    for (int64_t i = 0; i < key.As<Tuple>()->length; ++i) {
      GILA_TRY(object, GetAttr(thread, object, key.As<Tuple>()->At(i)));
    }
    return object;
  });
}

Result<std::string> QualifiedName(Thread& thread, Value self) {
  Type* type = TypeOf(self);
  GILA_TRY(const Value module, GetAttr(thread, type, NameOf(Name::kModule_)));
  const std::string name = ToUtf8(type->qualname.Load());
  return IsStr(module) ? absl::StrCat(ToUtf8(module), ".", name) : name;
}

Result<Value> ItemGetterRepr(Thread& thread, Args args) {
  const Value keys = args[0].As<Getter>()->keys.Load();
  if (ReprEnter(thread, args[0])) return Result<Value>(NewStr(thread, "operator.itemgetter(...)"));
  const Result<std::string> name = QualifiedName(thread, args[0]);
  const bool single = keys.As<Tuple>()->length == 1;
  const Result<Str*> text = Repr(thread, single ? keys.As<Tuple>()->At(0) : keys);
  ReprLeave(thread, args[0]);
  if (!name.ok() || !text.ok()) return kFailed;
  return Result<Value>(
      NewStr(thread, single ? absl::StrCat(name.value(), "(", ToUtf8(text.value()), ")")
                            : absl::StrCat(name.value(), ToUtf8(text.value()))));
}

// The name as the program wrote it: a tuple of parts is joined again.
Result<Value> DottedName(Thread& thread, Value key) {
  if (!IsTuple(key)) return key;
  std::string dotted;
  for (int64_t i = 0; i < key.As<Tuple>()->length; ++i)
    absl::StrAppend(&dotted, i == 0 ? "" : ".", ToUtf8(key.As<Tuple>()->At(i)));
  return Result<Value>(NewStr(thread, dotted));
}

Result<Value> AttrGetterRepr(Thread& thread, Args args) {
  const auto* keys = args[0].As<Getter>()->keys.Load().As<Tuple>();
  GILA_TRY(std::string text, QualifiedName(thread, args[0]));
  for (int64_t i = 0; i < keys->length; ++i) {
    GILA_TRY(const Value key, DottedName(thread, keys->At(i)));
    GILA_TRY(Str * shown, Repr(thread, key));
    absl::StrAppend(&text, i == 0 ? "(" : ", ", ToUtf8(shown));
  }
  return Result<Value>(NewStr(thread, absl::StrCat(text, ")")));
}

Result<Value> MethodCallerNew(Thread& thread, Args args) {
  if (args.rest().empty())
    return thread.RaiseTypeError("methodcaller needs at least one argument, the method name");
  const Value name = args.rest()[0];
  if (!IsStr(name)) return thread.RaiseTypeError("method name must be a string");
  const Value interned = InternStr(thread, name.As<Str>());
  GILA_TRY(Tuple * positional, NewTuple(thread, args.rest().subspan(1)));
  GILA_TRY(Object * object, AllocateInstance(thread, args[0].As<Type>()));
  auto* caller = static_cast<MethodCaller*>(object);
  caller->name.Store(caller, interned);
  caller->args.Store(caller, positional);
  caller->kwargs.Store(caller, args[1]);
  return caller;
}
Result<Value> MethodCallerCall(Thread& thread, Args args) {
  const auto* caller = args[0].As<MethodCaller>();
  const Value kwargs = caller->kwargs.Load();
  const auto* positional = caller->args.Load().As<Tuple>();
  if (kwargs.IsUnbound() && positional->length == 0)
    return CallMethod(thread, args[1], caller->name.Load());
  GILA_TRY(const Value method, GetAttr(thread, args[1], caller->name.Load()));
  return CallWith(thread, method, caller->args.Load(), kwargs);
}
Result<Value> MethodCallerRepr(Thread& thread, Args args) {
  const auto* caller = args[0].As<MethodCaller>();
  GILA_TRY(std::string text, QualifiedName(thread, args[0]));
  GILA_TRY(Str * name, Repr(thread, caller->name.Load()));
  absl::StrAppend(&text, "(", ToUtf8(name));
  const auto* positional = caller->args.Load().As<Tuple>();
  for (int64_t i = 0; i < positional->length; ++i) {
    GILA_TRY(Str * shown, Repr(thread, positional->At(i)));
    absl::StrAppend(&text, ", ", ToUtf8(shown));
  }
  if (const Value kwargs = caller->kwargs.Load(); !kwargs.IsUnbound()) {
    int64_t position = 0;
    Value key, value;
    while (DictNext(kwargs.As<Dict>(), &position, &key, &value)) {
      GILA_TRY(Str * shown, Repr(thread, value));
      absl::StrAppend(&text, ", ", ToUtf8(key), "=", ToUtf8(shown));
    }
  }
  return Result<Value>(NewStr(thread, absl::StrCat(text, ")")));
}

// What copy and pickle make the object of again: (class, arguments).
Result<Value> Recipe(Thread& thread, Value cls, Tuple* arguments) {
  const Value parts[] = {cls, arguments};
  return Result<Value>(NewTuple(thread, parts));
}
Result<Value> ItemGetterReduce(Thread& thread, Args args) {
  return Recipe(thread, TypeOf(args[0]), args[0].As<Getter>()->keys.Load().As<Tuple>());
}
Result<Value> AttrGetterReduce(Thread& thread, Args args) {
  const auto* keys = args[0].As<Getter>()->keys.Load().As<Tuple>();
  GILA_TRY(Tuple * names, NewTuple(thread, keys->length));
  for (int64_t i = 0; i < keys->length; ++i) {
    GILA_TRY(const Value name, DottedName(thread, keys->At(i)));
    names->items[i].Store(names, name);
  }
  return Recipe(thread, TypeOf(args[0]), names);
}
// With keywords the class is not enough: functools.partial(class, name, **kwargs) takes the rest.
Result<Value> MethodCallerReduce(Thread& thread, Args args) {
  const auto* caller = args[0].As<MethodCaller>();
  const auto* positional = caller->args.Load().As<Tuple>();
  const Value kwargs = caller->kwargs.Load();
  if (!kwargs.IsUnbound()) {
    GILA_TRY(const Value functools, ImportModule(thread, "functools"));
    GILA_TRY(const Value partial, GetAttr(thread, functools, Intern(thread, "partial")));
    const Value given[] = {TypeOf(args[0]), caller->name.Load()};
    GILA_TRY(Tuple * bound, NewTuple(thread, given));
    GILA_TRY(const Value maker, CallWith(thread, partial, bound, kwargs));
    return Recipe(thread, maker, caller->args.Load().As<Tuple>());
  }
  GILA_TRY(Tuple * arguments, NewTuple(thread, positional->length + 1));
  arguments->items[0].Store(arguments, caller->name.Load());
  for (int64_t i = 0; i < positional->length; ++i)
    arguments->items[i + 1].Store(arguments, positional->At(i));
  return Recipe(thread, TypeOf(args[0]), arguments);
}

constexpr NativeDef kItemGetterMethods[] = {
    {"__call__", ItemGetterCall, "(self, obj, /)", "obj[key], or a tuple of such."},
    {"__repr__", ItemGetterRepr, "(self, /)", "Return repr(self)."},
    {"__reduce__", ItemGetterReduce, "(self, /)", "What pickle needs."},
    {}};
constexpr NativeDef kAttrGetterMethods[] = {
    {"__call__", AttrGetterCall, "(self, obj, /)", "obj.name, or a tuple of such."},
    {"__repr__", AttrGetterRepr, "(self, /)", "Return repr(self)."},
    {"__reduce__", AttrGetterReduce, "(self, /)", "What pickle needs."},
    {}};
constexpr NativeDef kMethodCallerMethods[] = {
    {"__call__", MethodCallerCall, "(self, obj, /)", "obj.name(*args, **kwargs)."},
    {"__repr__", MethodCallerRepr, "(self, /)", "Return repr(self)."},
    {"__reduce__", MethodCallerReduce, "(self, /)", "What pickle needs."},
    {}};
constexpr TypeSpec kItemGetterType = {.doc = "itemgetter(k)(x) is x[k]; several keys give a tuple.",
                                      .new_function = ItemGetterNew,
                                      .new_signature = "(cls, /, *items)",
                                      .methods = kItemGetterMethods};
constexpr TypeSpec kAttrGetterType = {.doc = "attrgetter('a.b')(x) is x.a.b; several give a tuple.",
                                      .new_function = AttrGetterNew,
                                      .new_signature = "(cls, /, *attrs)",
                                      .methods = kAttrGetterMethods};
constexpr TypeSpec kMethodCallerType = {.doc = "methodcaller('f', *args)(x) is x.f(*args).",
                                        .new_function = MethodCallerNew,
                                        .new_signature = "(cls, /, *args, **kwargs)",
                                        .methods = kMethodCallerMethods};

#define GILA_BINARY_ROWS(name, plain, op, symbol)                                \
  {plain, BinaryFunction<BinaryOp::op>, "(a, b, /)", "Same as a " symbol " b."}, \
      {"i" name, InPlaceFunction<BinaryOp::op>, "(a, b, /)", "Same as a " symbol "= b."}
#define GILA_COMPARE_ROWS(name, op, symbol) \
  {name, CompareFunction<CompareOp::op>, "(a, b, /)", "Same as a " symbol " b."}

constexpr NativeDef kFunctions[] = {
    GILA_COMPARE_ROWS("lt", kLt, "<"),
    GILA_COMPARE_ROWS("le", kLe, "<="),
    GILA_COMPARE_ROWS("eq", kEq, "=="),
    GILA_COMPARE_ROWS("ne", kNe, "!="),
    GILA_COMPARE_ROWS("ge", kGe, ">="),
    GILA_COMPARE_ROWS("gt", kGt, ">"),
    GILA_BINARY_ROWS("add", "add", kAdd, "+"),
    GILA_BINARY_ROWS("sub", "sub", kSub, "-"),
    GILA_BINARY_ROWS("mul", "mul", kMul, "*"),
    GILA_BINARY_ROWS("matmul", "matmul", kMatMul, "@"),
    GILA_BINARY_ROWS("truediv", "truediv", kTrueDiv, "/"),
    GILA_BINARY_ROWS("floordiv", "floordiv", kFloorDiv, "//"),
    GILA_BINARY_ROWS("mod", "mod", kMod, "%"),
    GILA_BINARY_ROWS("pow", "pow", kPow, "**"),
    GILA_BINARY_ROWS("lshift", "lshift", kLShift, "<<"),
    GILA_BINARY_ROWS("rshift", "rshift", kRShift, ">>"),
    GILA_BINARY_ROWS("and", "and_", kAnd, "&"),
    GILA_BINARY_ROWS("xor", "xor", kXor, "^"),
    GILA_BINARY_ROWS("or", "or_", kOr, "|"),
    {"neg", UnaryFunction<UnaryOp::kNeg>, "(a, /)", "Same as -a."},
    {"pos", UnaryFunction<UnaryOp::kPos>, "(a, /)", "Same as +a."},
    {"abs", UnaryFunction<UnaryOp::kAbs>, "(a, /)", "Same as abs(a)."},
    {"inv", UnaryFunction<UnaryOp::kInvert>, "(a, /)", "Same as ~a."},
    {"invert", UnaryFunction<UnaryOp::kInvert>, "(a, /)", "Same as ~a."},
    {"not_", NotFunction, "(a, /)", "Same as not a."},
    {"truth", TruthFunction, "(a, /)", "True if a counts as true, else False."},
    {"is_", IsFunction, "(a, b, /)", "Same as a is b."},
    {"is_not", IsNotFunction, "(a, b, /)", "Same as a is not b."},
    {"index", IndexFunction, "(a, /)", "Same as a.__index__()."},
    {"concat", ConcatFunction, "(a, b, /)", "Same as a + b, for sequences."},
    {"iconcat", InPlaceConcatFunction, "(a, b, /)", "Same as a += b, for sequences."},
    {"contains", ContainsFunction, "(a, b, /)", "Same as b in a (note the order)."},
    {"getitem", GetItemFunction, "(a, b, /)", "Same as a[b]."},
    {"setitem", SetItemFunction, "(a, b, c, /)", "Same as a[b] = c."},
    {"delitem", DelItemFunction, "(a, b, /)", "Same as del a[b]."},
    {"countOf", CountOf, "(a, b, /)", "How often b is in a."},
    {"indexOf", IndexOf, "(a, b, /)", "The first index of b in a."},
    {"length_hint", LengthHintFunction, "(obj, default=0, /)",
     "About how many items obj will give."},
    {"_compare_digest", CompareDigest, "(a, b, /)",
     "a == b, in a time that does not tell where they differ."},
    {"call", CallFunction, "(obj, /, *args, **kwargs)", "Same as obj(*args, **kwargs)."},
    {}};

}  // namespace

Status InitOperatorModule(Thread& thread, Module* module) {
  GILA_TRY_VOID(AddFunctions(thread, module, kFunctions));
  GILA_TRY_VOID(AddType(thread, module, kItemGetterType, "operator.itemgetter",
                        RegisterKind(kItemGetterKind), sizeof(Getter), kPlain));
  GILA_TRY_VOID(AddType(thread, module, kAttrGetterType, "operator.attrgetter",
                        RegisterKind(kAttrGetterKind), sizeof(Getter), kPlain));
  GILA_TRY_VOID(AddType(thread, module, kMethodCallerType, "operator.methodcaller",
                        RegisterKind(kMethodCallerKind), sizeof(MethodCaller), kPlain));
  return kOk;
}

}  // namespace gila

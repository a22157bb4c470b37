// compare.cc: comparison, truth, hash and membership of any value.
//
// Comparing is natively recursive (a list of lists), so everything beyond numbers and strings
// counts as a frame. No lock is held while an `__eq__` runs: the containers look, compare and look
// again.
#include <cstring>
#include <optional>

#include "absl/strings/str_cat.h"
#include "runtime/protocols.h"
#include "runtime/protocols/declined.h"
#include "runtime/protocols/special_call.h"
#include "runtime/protocols/warn.h"
#include "runtime/thread.h"
#include "runtime/type.h"
#include "runtime/type_internal.h"
#include "runtime/types/bytes.h"
#include "runtime/types/container_support.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/object_internal.h"
#include "runtime/types/sequence.h"
#include "runtime/types/sought.h"
#include "runtime/types/str.h"

namespace gila {

namespace {

constexpr struct {
  Special special;
  CompareOp swapped;
  const char* symbol;
} kComparisons[] = {
    {Special::kLt, CompareOp::kGt, "<"},  {Special::kLe, CompareOp::kGe, "<="},
    {Special::kEq, CompareOp::kEq, "=="}, {Special::kNe, CompareOp::kNe, "!="},
    {Special::kGt, CompareOp::kLt, ">"},  {Special::kGe, CompareOp::kLe, ">="},
};

Special SpecialOf(CompareOp op) { return kComparisons[static_cast<size_t>(op)].special; }
CompareOp Swapped(CompareOp op) { return kComparisons[static_cast<size_t>(op)].swapped; }

template <class T>
GILA_ALWAYS_INLINE bool Order(CompareOp op, T a, T b) {
  switch (op) {
    case CompareOp::kLt:
      return a < b;
    case CompareOp::kLe:
      return a <= b;
    case CompareOp::kEq:
      return a == b;
    case CompareOp::kNe:
      return a != b;
    case CompareOp::kGt:
      return a > b;
    default:
      return a >= b;
  }
}

GILA_ALWAYS_INLINE bool IsExactNumber(Value v) {
  return v.IsSmallInt() || v.IsDouble() || v.IsBool() || IsExactly(v, TypeId::kInt) ||
         IsExactly(v, TypeId::kFloat);
}

// Of two exact real numbers.
bool CompareNumbers(CompareOp op, Value a, Value b) {
  if (IsFloat(a)) {
    if (IsFloat(b)) return Order(op, FloatValue(a), FloatValue(b));
    return IntCompareToDouble(Swapped(op), b, FloatValue(a));
  }
  if (IsFloat(b)) return IntCompareToDouble(op, a, FloatValue(b));
  return IntCompare(op, a, b);
}

bool CompareStrings(CompareOp op, const Str* a, const Str* b) {
  if (op == CompareOp::kEq) return StrEqual(a, b);
  if (op == CompareOp::kNe) return !StrEqual(a, b);
  return Order(op, StrCompare(a, b), 0);
}

// The built-in pairs that need no method; false when `a` and `b` are not one of those.
GILA_ALWAYS_INLINE bool CompareSimple(CompareOp op, Value a, Value b, bool* result) {
  if (BothSmallInts(a, b)) {
    *result = Order(op, static_cast<int64_t>(a.word()), static_cast<int64_t>(b.word()));
    return true;
  }
  if (a.IsDouble() && b.IsDouble()) {
    *result = Order(op, a.AsDouble(), b.AsDouble());
    return true;
  }
  if (IsExactly(a, TypeId::kStr)) {
    if (!IsExactly(b, TypeId::kStr)) return false;
    *result = CompareStrings(op, a.As<Str>(), b.As<Str>());
    return true;
  }
  if (IsExactNumber(a) && IsExactNumber(b)) {
    *result = CompareNumbers(op, a, b);
    return true;
  }
  return false;
}

// What the type of `a` says about `a op b`; kNotImplemented when it does not know.
Result<Value> CompareByMethod(Thread& thread, CompareOp op, Value a, Value b) {
  const Value method = LookupSpecial(thread, TypeOf(a), SpecialOf(op));
  if (method.IsUnbound()) return kNotImplemented;
  if (IsObjectMethod(method)) {
    if (op == CompareOp::kEq) return a == b ? kTrue : kNotImplemented;
    if (op != CompareOp::kNe) return kNotImplemented;
    // The opposite of what __eq__ says.
    GILA_TRY(const Value equal, CompareByMethod(thread, CompareOp::kEq, a, b));
    if (equal == kNotImplemented) return equal;
    GILA_TRY(const bool truth, Truth(thread, equal));
    return Value::Bool(!truth);
  }
  return CallUnbound2(thread, method, a, b);
}

// -b: text is compared with bytes.
Status WarnOfBytes(Thread& thread, Value a, Value b) {
  if (!IsBytes(a) && !IsExactly(a, TypeId::kByteArray)) std::swap(a, b);
  const bool array = IsExactly(a, TypeId::kByteArray);
  if (!array && !IsBytes(a)) return kOk;
  const char* const other = IsStr(b) ? "string" : IsInt(b) && !array ? "int" : nullptr;
  if (other == nullptr) return kOk;
  return WarnAbout(
      thread, TypeId::kBytesWarning,
      absl::StrCat("Comparison between ", array ? "bytearray" : "bytes", " and ", other));
}

// Both operands have declined.
Result<Value> CompareByDefault(Thread& thread, CompareOp op, Value a, Value b) {
  if (bytes_warning_level > 0 && (op == CompareOp::kEq || op == CompareOp::kNe))
    GILA_TRY_VOID(WarnOfBytes(thread, a, b));
  if (op == CompareOp::kEq) return Value::Bool(a == b);
  if (op == CompareOp::kNe) return Value::Bool(a != b);
  return thread.Raise(
      TypeId::kTypeError,
      absl::StrCat("'", kComparisons[static_cast<size_t>(op)].symbol,
                   "' not supported between instances of '", std::string(TypeNameOf(a)), "' and '",
                   std::string(TypeNameOf(b)), "'"));
}

bool ComparesByIdentity(Value v) {
  const Value method = TypeOf(v)->special[static_cast<size_t>(Special::kEq)].Load();
  return method.IsPointer() && IsObjectMethod(method);
}
// The type's own __eq__ runs no Gila code, and knows nothing of other types: that of object, or of
// a built-in value.
bool ComparesPlainly(Value v) {
  return IsExactNumber(v) || v.IsNone() || IsExactly(v, TypeId::kStr) ||
         IsExactly(v, TypeId::kTuple) || IsExactly(v, TypeId::kBytes) || ComparesByIdentity(v);
}

// Is its != the opposite of its ==? Of what ComparesPlainly() knows: a class may have a __ne__
// alone.
bool DiffersPlainly(Value v) {
  const Value method = TypeOf(v)->special[static_cast<size_t>(Special::kNe)].Load();
  return !ComparesByIdentity(v) || (method.IsPointer() && IsObjectMethod(method));
}

QuickEqual Quick(bool equal) { return equal ? QuickEqual::kYes : QuickEqual::kNo; }

// How deep tuples in tuples are compared without a call.
constexpr int kTupleDepth = 3;
QuickEqual EqualAtOnce(Value a, Value b, int depth);

QuickEqual TuplesEqualAtOnce(const Tuple* x, const Tuple* y, int depth) {
  if (x->length != y->length) return QuickEqual::kNo;
  for (int64_t i = 0; i < x->length; ++i) {
    if (depth == 0) return QuickEqual::kAsk;
    const QuickEqual equal = EqualAtOnce(x->At(i), y->At(i), depth - 1);
    if (equal != QuickEqual::kYes) return equal;
  }
  return QuickEqual::kYes;
}

QuickEqual EqualAtOnce(Value a, Value b, int depth) {
  bool simple;
  if (a == b) return QuickEqual::kYes;
  if (IsExactly(a, TypeId::kTuple) && IsExactly(b, TypeId::kTuple))
    return TuplesEqualAtOnce(a.As<Tuple>(), b.As<Tuple>(), depth);
  if (CompareSimple(CompareOp::kEq, a, b, &simple)) return Quick(simple);
  if (!ComparesPlainly(a) || !ComparesPlainly(b)) return QuickEqual::kAsk;
  if (!IsExactly(a, TypeId::kBytes) && !IsExactly(b, TypeId::kBytes)) return QuickEqual::kNo;
  if (TypeOf(a) == TypeOf(b)) return Quick(a.As<Bytes>()->view() == b.As<Bytes>()->view());
  return bytes_warning_level > 0 ? QuickEqual::kAsk : QuickEqual::kNo;
}

// Does an instance of a subclass (a named tuple, a member of an IntEnum) compare as `base` does?
bool ComparesAs(Thread& thread, Value v, TypeId base, CompareOp op) {
  const Type* const type = TypeOf(v);
  return type == GetType(base) || LookupSpecial(thread, TypeOf(v), SpecialOf(op)) ==
                                      LookupSpecial(thread, GetType(base), SpecialOf(op));
}

// Ints and tuples, those of subclasses too, without a call; nothing for others. Whoever is asked
// first says the same.
std::optional<bool> CompareAsBuiltin(Thread& thread, CompareOp op, Value a, Value b) {
  const auto both_as = [&](TypeId base) {
    return ComparesAs(thread, a, base, op) && ComparesAs(thread, b, base, Swapped(op));
  };
  if (IsInt(a) && IsInt(b) && both_as(TypeId::kInt)) return IntCompare(op, a, b);
  const bool equality = op == CompareOp::kEq || op == CompareOp::kNe;
  if (!equality || !IsKind(a, kKindTuple) || !IsKind(b, kKindTuple) || !both_as(TypeId::kTuple))
    return std::nullopt;
  const QuickEqual equal = TuplesEqualAtOnce(a.As<Tuple>(), b.As<Tuple>(), kTupleDepth);
  if (equal == QuickEqual::kAsk) return std::nullopt;
  return (equal == QuickEqual::kYes) == (op == CompareOp::kEq);
}

GILA_NOINLINE Result<Value> CompareSlow(Thread& thread, CompareOp op, Value a, Value b) {
  // The same object is asked, too: its __eq__ may deny it.
  if (a != b &&
      (op == CompareOp::kEq || (op == CompareOp::kNe && DiffersPlainly(a) && DiffersPlainly(b)))) {
    const QuickEqual equal = EqualAtOnce(a, b, kTupleDepth);
    if (equal != QuickEqual::kAsk)
      return Value::Bool((equal == QuickEqual::kYes) == (op == CompareOp::kEq));
  }
  if (const auto known = CompareAsBuiltin(thread, op, a, b)) return Value::Bool(*known);
  const RecursionScope scope(thread, " in comparison");
  GILA_TRY_VOID(scope.status());
  const Type *type_a = TypeOf(a), *type_b = TypeOf(b);
  bool reflected = false;
  if (type_a != type_b && IsSubtype(type_b, type_a)) {
    reflected = true;
    GILA_TRY(const Value result, CompareByMethod(thread, Swapped(op), b, a));
    if (result != kNotImplemented) return result;
  }
  {
    GILA_TRY(const Value result, CompareByMethod(thread, op, a, b));
    if (result != kNotImplemented) return result;
  }
  if (!reflected) {
    GILA_TRY(const Value result, CompareByMethod(thread, Swapped(op), b, a));
    if (result != kNotImplemented) return result;
  }
  return CompareByDefault(thread, op, a, b);
}

}  // namespace

Result<Value> Compare(Thread& thread, CompareOp op, Value a, Value b) {
  bool result;
  if (GILA_LIKELY(CompareSimple(op, a, b, &result))) return Value::Bool(result);
  return CompareSlow(thread, op, a, b);
}

Result<Value> CompareAfterLeft(Thread& thread, CompareOp op, Value a, Value b) {
  const RecursionScope scope(thread, " in comparison");
  GILA_TRY_VOID(scope.status());
  GILA_TRY(const Value result, CompareByMethod(thread, Swapped(op), b, a));
  return result != kNotImplemented ? Result<Value>(result) : CompareByDefault(thread, op, a, b);
}

Result<bool> CompareBool(Thread& thread, CompareOp op, Value a, Value b) {
  if (a == b) {
    if (op == CompareOp::kEq) return true;
    if (op == CompareOp::kNe) return false;
  }
  bool simple;
  if (GILA_LIKELY(CompareSimple(op, a, b, &simple))) return simple;
  GILA_TRY(const Value result, CompareSlow(thread, op, a, b));
  return Truth(thread, result);
}

QuickEqual EqualAtOnce(Value a, Value b) { return EqualAtOnce(a, b, kTupleDepth); }

Sought::Sought(Value wanted)
    : wanted_(wanted),
      unlike_immediates_(!IsExactNumber(wanted) && ComparesPlainly(wanted) &&
                         !IsExactly(wanted, TypeId::kBytes)) {}

Result<bool> Sought::Ask(Thread& thread, Value item) {
  const QuickEqual equal = EqualAtOnce(item, wanted_);
  if (equal == QuickEqual::kAsk) {
    unlike_immediates_ = false;
    unlike_shape_ = kNoShape;
    return Equal(thread, item, wanted_);
  }
  if (equal == QuickEqual::kNo && item.IsPointer() && ComparesByIdentity(item))
    unlike_shape_ = item.AsObject()->shape_id.LoadRelaxed();
  return equal == QuickEqual::kYes;
}

namespace {

Result<bool> TruthByMethods(Thread& thread, Value v) {
  Type* type = TypeOf(v);
  const Value method = LookupSpecial(thread, type, Special::kBool);
  if (!method.IsUnbound()) {
    GILA_TRY(const Value result, CallUnbound1(thread, method, v));
    if (result.IsBool()) return result.IsTrue();
    return thread.Raise(TypeId::kTypeError, absl::StrCat("__bool__ should return bool, returned ",
                                                         std::string(TypeNameOf(result))));
  }
  if (LookupSpecial(thread, type, Special::kLen).IsUnbound()) return true;
  GILA_TRY(const int64_t length, Length(thread, v));
  return length != 0;
}

}  // namespace

static Status WarnOfTruth(Thread& thread) {
  return WarnAbout(thread, TypeId::kDeprecationWarning,
                   "NotImplemented should not be used in a boolean context");
}

Result<bool> Truth(Thread& thread, Value v) {
  if (v.IsBool()) return v.IsTrue();
  if (v.IsNone()) return false;
  if (v.IsSmallInt()) return v.word() != 0;
  if (v.IsDouble()) return v.AsDouble() != 0;
  if (!v.IsPointer()) {  // Ellipsis, NotImplemented
    if (v == kNotImplemented) GILA_TRY_VOID(WarnOfTruth(thread));
    return true;
  }
  const Object* object = v.AsObject();
  switch (object->shape_id.LoadRelaxed()) {
    case ShapeIdOf(TypeId::kStr):
      return v.As<Str>()->length != 0;
    case ShapeIdOf(TypeId::kList):
      return v.As<List>()->size.Load() != 0;
    case ShapeIdOf(TypeId::kTuple):
      return v.As<Tuple>()->length != 0;
    case ShapeIdOf(TypeId::kBytes):
      return v.As<Bytes>()->size != 0;
    case ShapeIdOf(TypeId::kDict):
      return v.As<Dict>()->size.Load() != 0;
    case ShapeIdOf(TypeId::kSet):
    case ShapeIdOf(TypeId::kFrozenSet):
      return v.As<Set>()->size.Load() != 0;
    case ShapeIdOf(TypeId::kInt):
      return true;  // small ones, and so zero, are no objects
    case ShapeIdOf(TypeId::kFloat):
      return v.As<Float>()->value != 0;
    default:
      return TruthByMethods(thread, v);
  }
}

namespace {

Result<int64_t> HashByMethod(Thread& thread, Value v) {
  const Value method = LookupSpecial(thread, TypeOf(v), Special::kHash);
  if (method.IsUnbound() || method.IsNone()) {
    return thread.Raise(TypeId::kTypeError,
                        absl::StrCat("unhashable type: '", std::string(TypeNameOf(v)), "'"));
  }
  if (IsObjectMethod(method)) return IdentityHash(v);
  // Nested tuples are no frames, but they take native stack.
  if (GILA_UNLIKELY(reinterpret_cast<uintptr_t>(__builtin_frame_address(0)) < thread.native_limit))
    return thread.RaiseRecursionError("");
  GILA_TRY(const Value result, CallUnbound1(thread, method, v));
  if (!IsInt(result)) return thread.RaiseTypeError("__hash__ method should return an integer");
  int64_t hash;
  if (!TryInt64(result, &hash)) return IntHash(result);
  return hash == -1 ? int64_t{-2} : hash;
}

}  // namespace

Result<int64_t> Hash(Thread& thread, Value v) {
  if (v.IsSmallInt()) return IntHash(v);
  if (v.IsDouble()) return FloatHash(v.AsDouble(), nullptr);
  if (v.IsBool()) return int64_t{v.IsTrue()};
  if (!v.IsPointer()) return IdentityHash(v);
  switch (v.AsObject()->shape_id.LoadRelaxed()) {
    case ShapeIdOf(TypeId::kStr):
      return static_cast<int64_t>(HashStr(v.As<Str>()));
    case ShapeIdOf(TypeId::kInt):
      return IntHash(v);
    case ShapeIdOf(TypeId::kFloat):
      return FloatHash(v.As<Float>()->value, v.AsObject());
    case ShapeIdOf(TypeId::kTuple):
      return TupleHash(thread, v.As<Tuple>());
    case ShapeIdOf(TypeId::kFrozenSet):
      return FrozenSetHash(thread, v.As<Set>());
    case ShapeIdOf(TypeId::kFunction):
    case ShapeIdOf(TypeId::kType):
      return IdentityHash(v);
    default:
      return HashByMethod(thread, v);
  }
}

namespace {

Result<bool> ContainsByIteration(Thread& thread, Value container, Value item) {
  const Type* type = TypeOf(container);
  if (LookupSpecial(thread, TypeOf(container), Special::kIter).IsUnbound() &&
      LookupSpecial(thread, TypeOf(container), Special::kGetItem).IsUnbound()) {
    return thread.Raise(
        TypeId::kTypeError,
        absl::StrCat("argument of type '", std::string(TypeName(type)), "' is not iterable"));
  }
  GILA_TRY(const Value iterator, GetIter(thread, container));
  while (true) {
    GILA_TRY(const Value candidate, Next(thread, iterator));
    if (candidate.IsUnbound()) return false;
    GILA_TRY(const bool equal, Equal(thread, candidate, item));
    if (equal) return true;
    GILA_TRY_VOID(thread.CheckBreaker());
  }
}

}  // namespace

Result<bool> Contains(Thread& thread, Value container, Value item) {
  if (container.IsPointer()) {
    switch (container.AsObject()->shape_id.LoadRelaxed()) {
      case ShapeIdOf(TypeId::kDict): {
        GILA_TRY(const Value found, DictGet(thread, container.As<Dict>(), item));
        return !found.IsUnbound();
      }
      case ShapeIdOf(TypeId::kStr):
        if (!IsStr(item)) break;
        if (const Str *const text = container.As<Str>(), *const one = item.As<Str>();
            one->length == 1 && text->width_log2() == 0 && one->width_log2() == 0)
          return std::memchr(text->data, one->data[0], static_cast<size_t>(text->length)) !=
                 nullptr;
        return StrFind(container.As<Str>(), item.As<Str>(), 0, container.As<Str>()->length) >= 0;
      case ShapeIdOf(TypeId::kList): {
        const List* list = container.As<List>();
        Sought sought(item);
        for (int64_t i = 0;; ++i) {
          const Value candidate = ListAt(list, i);
          if (candidate.IsUnbound()) return false;
          GILA_TRY(const bool equal, sought.Is(thread, candidate));
          if (equal) return true;
        }
      }
      case ShapeIdOf(TypeId::kTuple): {
        const Tuple* tuple = container.As<Tuple>();
        Sought sought(item);
        for (int64_t i = 0; i < tuple->length; ++i) {
          GILA_TRY(const bool equal, sought.Is(thread, tuple->At(i)));
          if (equal) return true;
        }
        return false;
      }
      case ShapeIdOf(TypeId::kSet):
      case ShapeIdOf(TypeId::kFrozenSet):
        if (IsAnySet(item)) break;  // a set is looked up as the frozenset that equals it
        return SetContains(thread, container.As<Set>(), item);
      default:
        break;
    }
  }
  const Value method = LookupSpecial(thread, TypeOf(container), Special::kContains);
  if (method.IsUnbound()) return ContainsByIteration(thread, container, item);
  if (method.IsNone())
    return thread.Raise(TypeId::kTypeError, absl::StrCat("'", std::string(TypeNameOf(container)),
                                                         "' object is not a container"));
  GILA_TRY(const Value result, CallUnbound2(thread, method, container, item));
  return Truth(thread, result);
}

}  // namespace gila

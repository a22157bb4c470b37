// protocols.h: the operations of the language on any value: what the operators, the for loop and
// the built-in functions mean. Each takes the fast way for exact built-in types and else follows
// the data model (special methods, reflection, fallbacks) with CPython's errors. Implemented in
// runtime/protocols/*.cc, one file per group.
#ifndef GILA_RUNTIME_PROTOCOLS_H_
#define GILA_RUNTIME_PROTOCOLS_H_

#include <optional>
#include <string>

#include "runtime/call.h"
#include "runtime/names.h"
#include "runtime/object.h"
#include "runtime/result.h"

namespace gila {

struct Str;
struct Tuple;
struct Dict;

// --- attributes (protocols/attributes.cc) ---
Result<Value> GetAttr(Thread& thread, Value object, Value interned_name) GILA_ATTACHED;
// Unbound, with nothing raised, when there is no such attribute (other exceptions pass).
Result<Value> GetAttrOrUnbound(Thread& thread, Value object, Value interned_name) GILA_ATTACHED;
Status SetAttr(Thread& thread, Value object, Value interned_name, Value value) GILA_ATTACHED;
Status DelAttr(Thread& thread, Value object, Value interned_name) GILA_ATTACHED;
// What object.__getattribute__, __setattr__ and type's own do; no __getattr__ hook.
Result<Value> GenericGetAttr(Thread& thread, Value object, Value interned_name) GILA_ATTACHED;
Status GenericSetAttr(Thread& thread, Value object, Value interned_name,
                      Value value_or_unbound) GILA_ATTACHED;
Result<Value> TypeGetAttr(Thread& thread, Type* type, Value interned_name) GILA_ATTACHED;
// The attribute in the instance itself (shape slots or its dictionary); unbound when not there.
// Lock-free.
Value GetOwnAttribute(Object* object, Value interned_name);
Status SetOwnAttribute(Thread& thread, Object* object, Value interned_name,
                       Value value) GILA_ATTACHED;
// obj.__dict__: moves the instance to its dictionary shape.
Result<Dict*> MaterializeDict(Thread& thread, Object* object) GILA_ATTACHED;
// descriptor.__get__(object, type), or the value itself when it is no descriptor.
Result<Value> BindDescriptor(Thread& thread, Value descriptor, Value object,
                             Type* type) GILA_ATTACHED;
// The method for a call: true and *function, when `object.name` is a plain function on its type
// (call it with object first); else false and the attribute itself.
Result<bool> LookupMethod(Thread& thread, Value object, Value interned_name,
                          Value* function) GILA_ATTACHED;

// --- operators (protocols/operators.cc) ---
enum class BinaryOp : uint8_t {
  kAdd,
  kSub,
  kMul,
  kTrueDiv,
  kFloorDiv,
  kMod,
  kPow,
  kMatMul,
  kLShift,
  kRShift,
  kAnd,
  kOr,
  kXor,
  kDivMod
};
enum class CompareOp : uint8_t { kLt, kLe, kEq, kNe, kGt, kGe };
Result<Value> Binary(Thread& thread, BinaryOp op, Value a, Value b) GILA_ATTACHED;
Result<Value> InPlace(Thread& thread, BinaryOp op, Value a, Value b) GILA_ATTACHED;
Result<Value> Power(Thread& thread, Value base, Value exponent, Value modulus) GILA_ATTACHED;
enum class UnaryOp : uint8_t { kNeg, kPos, kInvert, kAbs };
Result<Value> Unary(Thread& thread, UnaryOp op, Value v) GILA_ATTACHED;
Result<Value> Compare(Thread& thread, CompareOp op, Value a, Value b) GILA_ATTACHED;
// As `bool(a op b)`, identity first for == (what containers use).
Result<bool> CompareBool(Thread& thread, CompareOp op, Value a, Value b) GILA_ATTACHED;
inline Result<bool> Equal(Thread& thread, Value a, Value b) {
  return CompareBool(thread, CompareOp::kEq, a, b);
}
Result<bool> Truth(Thread& thread, Value v) GILA_ATTACHED;
Result<int64_t> Hash(Thread& thread, Value v) GILA_ATTACHED;  // never -1
Result<bool> Contains(Thread& thread, Value container, Value item) GILA_ATTACHED;

// --- items and iteration (protocols/iteration.cc) ---
Result<int64_t> Length(Thread& thread, Value v) GILA_ATTACHED;
Result<int64_t> LengthHint(Thread& thread, Value v, int64_t fallback) GILA_ATTACHED;
Result<Value> GetItem(Thread& thread, Value object, Value key) GILA_ATTACHED;
Status SetItem(Thread& thread, Value object, Value key, Value value) GILA_ATTACHED;
Status DelItem(Thread& thread, Value object, Value key) GILA_ATTACHED;
Result<Value> GetIter(Thread& thread, Value iterable) GILA_ATTACHED;
// The next item; unbound at the end (StopIteration does not get out).
Result<Value> Next(Thread& thread, Value iterator) GILA_ATTACHED;
// Calls `body(item)` -> Status for every item; stops at the first failure. Fast for exact lists and
// tuples.
template <class Body>
Status ForEach(Thread& thread, Value iterable, Body body) {
  GILA_TRY(const Value iterator, GetIter(thread, iterable));
  while (true) {
    GILA_TRY(const Value item, Next(thread, iterator));
    if (item.IsUnbound()) return kOk;
    GILA_TRY_VOID(body(item));
  }
}
Result<Tuple*> ToTuple(Thread& thread, Value iterable) GILA_ATTACHED;
struct List;
Result<List*> ToList(Thread& thread, Value iterable) GILA_ATTACHED;

// --- text (protocols/text.cc) ---
Result<Str*> Repr(Thread& thread, Value v) GILA_ATTACHED;
Result<Str*> ToStr(Thread& thread, Value v) GILA_ATTACHED;
Result<Str*> Ascii(Thread& thread, Value v) GILA_ATTACHED;
Result<Value> Format(Thread& thread, Value v, Value spec) GILA_ATTACHED;
// True when `v` is already being shown by repr on this thread: "[...]". Leave what was entered.
bool ReprEnter(Thread& thread, Value v);
void ReprLeave(Thread& thread, Value v);

// --- numbers as arguments (protocols/convert.cc) ---
// operator.index: an int (small or big). TypeError "'x' object cannot be interpreted as an
// integer".
Result<Value> Index(Thread& thread, Value v) GILA_ATTACHED;
// Through __index__; OverflowError "Python int too large to convert to C ssize_t" when it does not
// fit.
Result<int64_t> ToInt64(Thread& thread, Value v) GILA_ATTACHED;
// The same, clipped to the range of int64 instead (slices, repeat counts).
Result<int64_t> ToIndexClipped(Thread& thread, Value v) GILA_ATTACHED;
// Through __index__, for subscripts: IndexError "cannot fit 'int' into an index-sized integer".
Result<int64_t> ToSubscript(Thread& thread, Value v) GILA_ATTACHED;
// Through __index__, for repeat counts: OverflowError "cannot fit 'int' into an index-sized
// integer".
Result<int64_t> ToRepeatCount(Thread& thread, Value v) GILA_ATTACHED;
Result<double> ToDouble(Thread& thread, Value v)
    GILA_ATTACHED;  // __float__, then __index__; "must be real number, not x"
// A str argument as such: TypeError "f() argument 'name' must be str, not int" with `what` = "f()
// argument 'name'".
Result<Str*> ToStrArgument(Thread& thread, Value v, const char* what) GILA_ATTACHED;

// --- types (protocols/instances.cc) ---
Result<bool> IsInstance(Thread& thread, Value v, Value class_or_tuple) GILA_ATTACHED;
Result<bool> IsSubclass(Thread& thread, Value type, Value class_or_tuple) GILA_ATTACHED;
bool IsCallable(Value v);

}  // namespace gila

#endif  // GILA_RUNTIME_PROTOCOLS_H_

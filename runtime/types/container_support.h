// container_support.h: small things that the container types share: moving slots, hashing the usual
// keys, the words of a few errors.
#ifndef GILA_RUNTIME_TYPES_CONTAINER_SUPPORT_H_
#define GILA_RUNTIME_TYPES_CONTAINER_SUPPORT_H_

#include <cstring>
#include <string>

#include "runtime/heap/heap.h"
#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/type.h"
#include "runtime/types/generic_alias.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"

namespace gila {

// Copies slots into an object that was allocated just now, with no allocation since.
GILA_ALWAYS_INLINE void CopyToFresh(Slot* to, const Slot* from, int64_t count) {
  if constexpr (kGilDisabled) {
    for (int64_t i = 0; i < count; ++i) to[i].Init(from[i].Load());
  } else if (count > 0) {
    std::memcpy(static_cast<void*>(to), from, static_cast<size_t>(count) * sizeof(Slot));
  }
}

// The write barrier of slots that were moved within `owner` as bytes (heap/mark.cc): of a large
// object only places are remembered, and those of young values have changed.
void RememberMoved(Object* owner, const Slot* from, const Slot* to, int64_t count);

// Moves slots within `owner`, whose lock is held; the ranges may overlap. Readers see old or new
// values, never half of one.
inline void MoveSlots(Object* owner, Slot* to, const Slot* from, int64_t count) {
  if constexpr (!kGilDisabled) {
    if (count <= 0) return;
    std::memmove(static_cast<void*>(to), from, static_cast<size_t>(count) * sizeof(Slot));
    if ((owner->gc.LoadRelaxed() & (kGcOld | kGcRemembered)) == kGcOld)
      RememberMoved(owner, from, to, count);
  } else if (to < from) {
    for (int64_t i = 0; i < count; ++i) to[i].Store(owner, from[i].Load());
  } else {
    for (int64_t i = count - 1; i >= 0; --i) to[i].Store(owner, from[i].Load());
  }
}

// Copies slots into another object that readers may already see.
inline void CopySlots(Object* owner, Slot* to, const Slot* from, int64_t count) {
  for (int64_t i = 0; i < count; ++i) to[i].Store(owner, from[i].Load());
}

// Holds the locks of two objects (or of one, given twice), the lower address first.
class PairLock {
 public:
  PairLock(Object* a, Object* b) {
    if constexpr (kGilDisabled) {
      first_ = a < b ? a : b;
      second_ = a < b ? b : a;
      first_->lock.Lock();
      if (second_ != first_) second_->lock.Lock();
    }
  }
  ~PairLock() {
    if constexpr (kGilDisabled) {
      if (second_ != first_) second_->lock.Unlock();
      first_->lock.Unlock();
    }
  }
  PairLock(const PairLock&) = delete;

 private:
  Object* first_ = nullptr;
  Object* second_ = nullptr;
};

// hash(i) of a small int: i modulo 2^61 - 1 with the sign kept, and never -1.
GILA_ALWAYS_INLINE int64_t SmallIntHash(Value v) {
  constexpr int64_t kModulus = (int64_t{1} << 61) - 1;
  const int64_t i = v.AsSmallInt();
  if (GILA_UNLIKELY(i == -1)) return -2;
  if (GILA_LIKELY(i > -kModulus && i < kModulus)) return i;
  return i == -kModulus - 1 ? -2 : 0;
}

// Hash with ints and strs inline. An instance of a subclass of str may have a __hash__ of its own.
GILA_ALWAYS_INLINE Result<int64_t> KeyHash(Thread& thread, Value key) {
  if (key.IsSmallInt()) return SmallIntHash(key);
  if (IsExactly(key, TypeId::kStr)) return static_cast<int64_t>(HashStr(key.As<Str>()));
  return Hash(thread, key);
}

// What a comparison says without Gila code, or that it must be asked.
enum class QuickEqual : uint8_t { kNo, kYes, kAsk };  // of QuickLess too
// What Equal says when that needs no Gila code, no allocation and no lock: numbers, strings, tuples
// of those, and instances of classes that compare by identity. (protocols/compare.cc)
QuickEqual EqualAtOnce(Value a, Value b);
// The same with the usual keys inline.
GILA_ALWAYS_INLINE QuickEqual QuickKeyEqual(Value a, Value b) {
  if (a == b) return QuickEqual::kYes;
  if (IsExactly(a, TypeId::kStr) && IsExactly(b, TypeId::kStr)) {
    const Str* s = a.As<Str>();
    const Str* t = b.As<Str>();
    if (s->IsInterned() && t->IsInterned()) return QuickEqual::kNo;
    return StrEqual(s, t) ? QuickEqual::kYes : QuickEqual::kNo;
  }
  if (BothSmallInts(a, b)) return QuickEqual::kNo;
  if (a.IsDouble() && b.IsDouble())
    return a.AsDouble() == b.AsDouble() ? QuickEqual::kYes : QuickEqual::kNo;
  return EqualAtOnce(a, b);
}

// a < b of the usual values without running Gila code; tuples when their first difference is of the
// usual kind.
QuickEqual QuickLess(Value a, Value b);

inline std::string TypeNameText(Value v) { return std::string(TypeNameOf(v)); }
// As refusals of an argument name it: None is not called NoneType.
inline std::string ArgumentKind(Value v) { return v.IsNone() ? "None" : TypeNameText(v); }

// raise StopIteration
Failed RaiseStopIteration(Thread& thread) GILA_ATTACHED;
// What a native __next__ returns for the result of one of our step functions: unbound becomes
// StopIteration.
inline Result<Value> NextResult(Thread& thread, Result<Value> item) GILA_ATTACHED {
  if (GILA_UNLIKELY(item.ok() && item.value().IsUnbound())) return RaiseStopIteration(thread);
  return item;
}
// What `a op b` says of two sequences that are equal as far as the shorter one goes.
inline Value CompareLengths(CompareOp op, int64_t a, int64_t b) {
  switch (op) {
    case CompareOp::kLt:
      return Value::Bool(a < b);
    case CompareOp::kLe:
      return Value::Bool(a <= b);
    case CompareOp::kEq:
      return Value::Bool(a == b);
    case CompareOp::kNe:
      return Value::Bool(a != b);
    case CompareOp::kGt:
      return Value::Bool(a > b);
    case CompareOp::kGe:
      return Value::Bool(a >= b);
  }
  return kNotImplemented;
}
// The count of `sequence * count` as a small int. Through __index__; OverflowError "cannot fit
// ...".
Result<Value> RepeatCount(Thread& thread, Value count) GILA_ATTACHED;
// An instance of `type`, which is the built-in type of `id` or a subclass of it.
inline bool IsExactType(const Type* type, TypeId id) { return type == GetType(id); }
// __reduce__ of an iterator that goes on as iter(sequence) from `index`, and of one that is done.
Result<Value> ReduceIterator(Thread& thread, Value sequence, int64_t index) GILA_ATTACHED;
Result<Value> ReduceExhausted(Thread& thread) GILA_ATTACHED;
// The built-in function of this name.
Result<Value> BuiltinFunction(Thread& thread, const char* name) GILA_ATTACHED;
// The position that an index argument of list.index and tuple.index means, clipped.
Result<int64_t> ClipIndexArgument(Thread& thread, Value argument, int64_t fallback,
                                  int64_t length) GILA_ATTACHED;
// "[a, b]": repr of the items joined by ", " between two texts. `at(i)` gives an item, unbound at
// the end.
template <class At>
Result<Value> ReprItems(Thread& thread, std::string_view open, std::string_view close, At at) {
  StrBuilder text(thread);
  text.AppendAscii(open);
  for (int64_t i = 0;; ++i) {
    const Value item = at(i);
    if (item.IsUnbound()) break;
    if (i > 0) text.AppendAscii(", ");
    GILA_TRY(Str* const shown, Repr(thread, item));
    text.Append(shown);
  }
  text.AppendAscii(close);
  return text.Finish();
}
// Marks `v` as being shown while it lives.
class ReprScope {
 public:
  ReprScope(Thread& thread, Value v) : thread_(thread), v_(v), nested_(ReprEnter(thread, v)) {}
  ~ReprScope() {
    if (!nested_) ReprLeave(thread_, v_);
  }
  ReprScope(const ReprScope&) = delete;
  bool nested() const { return nested_; }

 private:
  Thread& thread_;
  Value v_;
  bool nested_;
};

}  // namespace gila

#endif  // GILA_RUNTIME_TYPES_CONTAINER_SUPPORT_H_

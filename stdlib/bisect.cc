// bisect.cc: the native half of bisect (module _bisect): binary search in a sorted sequence.
#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/types/container_support.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"

namespace gila {
namespace {

Result<bool> Less(Thread& thread, Value a, Value b) {
  const QuickEqual quick = QuickLess(a, b);
  if (GILA_LIKELY(quick != QuickEqual::kAsk)) return quick == QuickEqual::kYes;
  GILA_TRY(const Value less, Compare(thread, CompareOp::kLt, a, b));
  return Truth(thread, less);
}

Result<Value> ItemOf(Thread& thread, Value sequence, int64_t index) {
  if (IsExactly(sequence, TypeId::kList)) {
    const Value item = ListAt(sequence.As<List>(), index);
    if (GILA_LIKELY(!item.IsUnbound())) return item;
  }
  return GetItem(thread, sequence, Value::SmallInt(index));
}

// What the functions are given: sequence, value, lo, hi and, by keyword, key.
struct Search {
  Value sequence, value, key;
  int64_t low, high;
};

Result<Search> ReadArguments(Thread& thread, Args args) {
  Search search{args[0], args[1], args.Or(4, kNone), 0, -1};
  if (args.Has(2)) {
    GILA_TRY(search.low, ToInt64(thread, args[2]));
  }
  if (args.Has(3) && !args[3].IsNone()) {
    GILA_TRY(search.high, ToInt64(thread, args[3]));
  }
  if (search.low < 0) return thread.RaiseValueError("lo must be non-negative");
  if (search.high == -1) {
    GILA_TRY(search.high, Length(thread, search.sequence));
  }
  return search;
}

// The place for `value` behind its equals (kRight) or before them.
template <bool kRight>
Result<int64_t> Find(Thread& thread, const Search& search, Value value) {
  int64_t low = search.low, high = search.high;
  while (low < high) {
    const int64_t middle = low + (high - low) / 2;
    GILA_TRY(Value item, ItemOf(thread, search.sequence, middle));
    if (!search.key.IsNone()) {
      GILA_TRY(item, Call(thread, search.key, {item}));
    }
    if constexpr (kRight) {
      GILA_TRY(const bool left, Less(thread, value, item));
      if (left)
        high = middle;
      else
        low = middle + 1;
    } else {
      GILA_TRY(const bool right, Less(thread, item, value));
      if (right)
        low = middle + 1;
      else
        high = middle;
    }
  }
  return low;
}

template <bool kRight>
Result<Value> Bisect(Thread& thread, Args args) {
  GILA_TRY(const Search search, ReadArguments(thread, args));
  GILA_TRY(const int64_t place, Find<kRight>(thread, search, search.value));
  return Value::SmallInt(place);
}

template <bool kRight>
Result<Value> Insort(Thread& thread, Args args) {
  GILA_TRY(const Search search, ReadArguments(thread, args));
  Value wanted = search.value;
  if (!search.key.IsNone()) {
    GILA_TRY(wanted, Call(thread, search.key, {wanted}));
  }
  GILA_TRY(const int64_t place, Find<kRight>(thread, search, wanted));
  GILA_TRY_VOID(CallMethod(thread, search.sequence, Intern(thread, "insert"),
                           {Value::SmallInt(place), search.value}));
  return kNone;
}

constexpr char kSignature[] = "(a, x, lo=0, hi=None, *, key=None)";
constexpr NativeDef kFunctions[] = {
    {"bisect_right", Bisect<true>, kSignature,
     "Where to insert x in the sorted sequence a, behind what is equal to it."},
    {"bisect_left", Bisect<false>, kSignature,
     "Where to insert x in the sorted sequence a, before what is equal to it."},
    {"insort_right", Insort<true>, kSignature,
     "Insert x in the sorted sequence a, behind what is equal to it."},
    {"insort_left", Insort<false>, kSignature,
     "Insert x in the sorted sequence a, before what is equal to it."},
    {nullptr, nullptr, nullptr, nullptr}};

}  // namespace

Status InitBisectModule(Thread& thread, Module* module) {
  return AddFunctions(thread, module, kFunctions);
}

}  // namespace gila

// bisect.cc: the native half of bisect (module _bisect): binary search in a sorted sequence.
//
// A list whose items compare without Gila code is searched, and inserted into, under its lock:
// threads that share a sorted list find it sorted. Anything else is asked item by item.
#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/types/function.h"
#include "runtime/types/list_internal.h"

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
  GILA_TRY(const Value place, NewInt(thread, index));
  return GetItem(thread, sequence, place);
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
  return search;
}

// The place for the value in an exact list, whose lock the caller holds. Nothing when the items are
// not compared by themselves.
template <bool kRight>
std::optional<int64_t> FindUnlocked(const Search& search) {
  if (!search.key.IsNone()) return std::nullopt;
  const List* const list = search.sequence.As<List>();
  const ValueArray* const store = list->store.Load();
  const int64_t size = list->size.LoadRelaxed();
  int64_t low = search.low, high = search.high == -1 ? size : search.high;
  if (high > size) return std::nullopt;
  while (low < high) {
    const int64_t middle = low + (high - low) / 2;
    const Value item = store->items[middle].Load();
    const QuickEqual less = kRight ? QuickLess(search.value, item) : QuickLess(item, search.value);
    if (less == QuickEqual::kAsk) return std::nullopt;
    if ((less == QuickEqual::kYes) == kRight)
      high = middle;
    else
      low = middle + 1;
  }
  return low;
}

// The place for `value` behind its equals (kRight) or before them.
template <bool kRight>
Result<int64_t> Find(Thread& thread, const Search& search, Value value) {
  int64_t low = search.low, high = search.high;
  if (high == -1) {
    GILA_TRY(high, Length(thread, search.sequence));
  }
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
  if (IsExactly(search.sequence, TypeId::kList)) {
    const ByteLockGuard guard(search.sequence.As<List>()->lock);
    const std::optional<int64_t> place = FindUnlocked<kRight>(search);
    if (place.has_value()) return Value::SmallInt(*place);
  }
  GILA_TRY(const int64_t place, Find<kRight>(thread, search, search.value));
  return NewInt(thread, place);
}

template <bool kRight>
Result<Value> Insort(Thread& thread, Args args) {
  GILA_TRY(const Search search, ReadArguments(thread, args));
  if (IsExactly(search.sequence, TypeId::kList)) {
    List* const list = search.sequence.As<List>();
    const ByteLockGuard guard(list->lock);
    const std::optional<int64_t> place = FindUnlocked<kRight>(search);
    if (place.has_value()) {
      GILA_TRY_VOID(ListInsertUnlocked(thread, list, *place, search.value));
      return kNone;
    }
  }
  Value wanted = search.value;
  if (!search.key.IsNone()) {
    GILA_TRY(wanted, Call(thread, search.key, {wanted}));
  }
  GILA_TRY(const int64_t place, Find<kRight>(thread, search, wanted));
  GILA_TRY(const Value index, NewInt(thread, place));
  GILA_TRY_VOID(
      CallMethod(thread, search.sequence, Intern(thread, "insert"), {index, search.value}));
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

// list_sort.cc: list.sort and sorted: which comparison to use, and what happens to the list
// meanwhile. The algorithm is in sorter.h.
//
// Items that compare without Gila code (all ints, all floats, all strings) are sorted with the list
// locked, in one piece as every other thread sees it. Otherwise the list is empty while it is being
// sorted, and whoever changes it then gets "list modified during sort".
//
// The array being sorted and the merge buffer are heap objects that were made when the sort began:
// a collection in the middle of it sees every item in one of the two, and no store needs a barrier,
// since nothing younger than the arrays is ever put into them.
#include <algorithm>

#include "runtime/types/float.h"
#include "runtime/types/list_internal.h"
#include "runtime/types/sorter.h"

namespace gila {
namespace {

struct Single {
  Value key;
};
struct WithItem {
  Value key, item;
};

// What all keys have in common.
enum class KeyKind : uint8_t { kInts, kFloats, kStrs, kTuples, kAny };

KeyKind KindOfKey(Value key) {
  if (key.IsSmallInt()) return KeyKind::kInts;
  if (key.IsDouble()) return KeyKind::kFloats;
  if (IsExactly(key, TypeId::kStr)) return KeyKind::kStrs;
  if (IsExactly(key, TypeId::kTuple) && key.As<Tuple>()->length > 0) return KeyKind::kTuples;
  return KeyKind::kAny;
}

template <class At>
KeyKind CommonKind(int64_t count, At at) {
  if (count == 0) return KeyKind::kAny;
  const KeyKind first = KindOfKey(at(0));
  if (first == KeyKind::kAny) return first;
  for (int64_t i = 1; i < count; ++i) {
    if (KindOfKey(at(i)) != first) return KeyKind::kAny;
  }
  return first;
}

inline bool StrLess(const Str* a, const Str* b) {
  if (a->width_log2() == 0 && b->width_log2() == 0) {
    const int64_t shorter = std::min(a->length, b->length);
    const int order = std::memcmp(a->data, b->data, static_cast<size_t>(shorter));
    return order < 0 || (order == 0 && a->length < b->length);
  }
  return StrCompare(a, b) < 0;
}

struct IntsLess {
  template <class Element>
  bool operator()(const Element& a, const Element& b) const {
    return static_cast<int64_t>(a.key.word()) < static_cast<int64_t>(b.key.word());
  }
};
struct FloatsLess {
  template <class Element>
  bool operator()(const Element& a, const Element& b) const {
    return a.key.AsDouble() < b.key.AsDouble();
  }
};
struct StrsLess {
  template <class Element>
  bool operator()(const Element& a, const Element& b) const {
    return StrLess(a.key.template As<Str>(), b.key.template As<Str>());
  }
};

// Any values: the usual types inline, the others through __lt__.
class AnyLess {
 public:
  explicit AnyLess(Thread& thread) : thread_(thread) {}
  template <class Element>
  bool operator()(const Element& a, const Element& b) {
    return Values(a.key, b.key);
  }
  bool failed() const { return failed_; }

 protected:
  bool Values(Value a, Value b) {
    if (BothSmallInts(a, b)) return a.AsSmallInt() < b.AsSmallInt();
    if (a.IsDouble() && b.IsDouble()) return a.AsDouble() < b.AsDouble();
    if (IsExactly(a, TypeId::kStr) && IsExactly(b, TypeId::kStr))
      return StrLess(a.As<Str>(), b.As<Str>());
    if (failed_) return false;
    const Result<Value> less = Compare(thread_, CompareOp::kLt, a, b);
    if (GILA_UNLIKELY(!less.ok())) return Fail();
    if (less.value().IsBool()) return less.value().IsTrue();
    const Result<bool> truth = Truth(thread_, less.value());
    return truth.ok() ? truth.value() : Fail();
  }
  bool Fail() {
    failed_ = true;
    return false;
  }
  Thread& thread_;
  bool failed_ = false;
};

// Tuples: the first items that differ decide, most often the very first ones.
class TuplesLess : public AnyLess {
 public:
  using AnyLess::AnyLess;
  template <class Element>
  bool operator()(const Element& a, const Element& b) {
    const Tuple* const x = a.key.template As<Tuple>();
    const Tuple* const y = b.key.template As<Tuple>();
    const int64_t shorter = std::min(x->length, y->length);
    for (int64_t i = 0; i < shorter; ++i) {
      const Value p = x->At(i), q = y->At(i);
      if (BothSmallInts(p, q)) {
        if (p == q) continue;
        return p.AsSmallInt() < q.AsSmallInt();
      }
      if (failed_) return false;
      const QuickEqual quick = QuickKeyEqual(p, q);
      bool equal = quick == QuickEqual::kYes;
      if (quick == QuickEqual::kAsk) {
        const Result<bool> asked = Equal(thread_, p, q);
        if (!asked.ok()) return Fail();
        equal = asked.value();
      }
      if (!equal) return Values(p, q);
    }
    return x->length < y->length;
  }
};

// Sorts `count` elements that lie in the items of `array`.
template <class Element, class Less>
Status SortElements(Thread& thread, ValueArray* array, int64_t count, Less& less) {
  auto* const elements = reinterpret_cast<Element*>(array->items);
  Sorter<Element, Less> sorter(elements, count, less);
  const int64_t first_run = sorter.FirstRun();
  if (first_run == count) return kOk;
  constexpr int64_t kWords = sizeof(Element) / sizeof(Value);
  GILA_TRY(ValueArray* const buffer, NewValueArray(thread, (count / 2 + 1) * kWords));
  sorter.Sort(first_run, reinterpret_cast<Element*>(buffer->items));
  return kOk;
}

template <class Element>
Status SortByKind(Thread& thread, ValueArray* array, int64_t count, KeyKind kind) {
  switch (kind) {
    case KeyKind::kInts: {
      IntsLess less;
      return SortElements<Element>(thread, array, count, less);
    }
    case KeyKind::kFloats: {
      FloatsLess less;
      return SortElements<Element>(thread, array, count, less);
    }
    case KeyKind::kStrs: {
      StrsLess less;
      return SortElements<Element>(thread, array, count, less);
    }
    case KeyKind::kTuples: {
      TuplesLess less(thread);
      GILA_TRY_VOID(SortElements<Element>(thread, array, count, less));
      return less.failed() ? Status(kFailed) : kOk;
    }
    case KeyKind::kAny:
      break;
  }
  AnyLess less(thread);
  GILA_TRY_VOID(SortElements<Element>(thread, array, count, less));
  return less.failed() ? Status(kFailed) : kOk;
}

// A reversed sort keeps equal items in order: reversed before and after.
template <class Element>
Status SortBothWays(Thread& thread, ValueArray* array, int64_t count, KeyKind kind, bool reverse) {
  auto* const elements = reinterpret_cast<Element*>(array->items);
  if (reverse) std::reverse(elements, elements + count);
  const Status status = SortByKind<Element>(thread, array, count, kind);
  if (reverse) std::reverse(elements, elements + count);
  return status;
}

// Sorts the list in one piece when no Gila code can run; false when it might.
Result<bool> SortLocked(Thread& thread, List* list, bool reverse) {
  const ByteLockGuard guard(list->lock);
  const int64_t count = list->size.LoadRelaxed();
  if (count < 2) return true;
  const ValueArray* const store = list->store.Load();
  const KeyKind kind = CommonKind(count, [store](int64_t i) { return store->items[i].Load(); });
  if (kind == KeyKind::kTuples || kind == KeyKind::kAny) return false;
  GILA_TRY(ValueArray* const sorted, NewValueArray(thread, count));
  CopyToFresh(sorted->items, store->items, count);
  GILA_TRY_VOID(SortBothWays<Single>(thread, sorted, count, kind, reverse));
  list->store.Store(list, sorted);
  return true;
}

// Takes the items out of the list.
ListSnapshot Detach(List* list) {
  const ByteLockGuard guard(list->lock);
  const ListSnapshot taken{list->store.Load(), list->size.LoadRelaxed()};
  list->size.Store(0);
  list->store.Store(list, empty_list_store);
  return taken;
}

// Gives the list its items back; false when somebody has put others there meanwhile.
bool PutBack(List* list, ValueArray* store, int64_t size) {
  const ByteLockGuard guard(list->lock);
  const bool untouched = list->store.Load() == empty_list_store;
  ListAdoptUnlocked(list, store, size);
  return untouched;
}

// The items in sorted order, in a new store. Fails with the list's own items in some order in
// *result when a comparison fails, and with null when a key function does.
Status SortDetached(Thread& thread, const ListSnapshot& items, bool reverse, ValueArray** result) {
  GILA_TRY(ValueArray* const sorted, NewValueArray(thread, items.size));
  CopyToFresh(sorted->items, items.store->items, items.size);
  *result = sorted;
  const KeyKind kind =
      CommonKind(items.size, [sorted](int64_t i) { return sorted->items[i].Load(); });
  return SortBothWays<Single>(thread, sorted, items.size, kind, reverse);
}

Status SortDetachedByKey(Thread& thread, const ListSnapshot& items, Value key, bool reverse,
                         ValueArray** result) {
  const int64_t count = items.size;
  // Keys are made in an array of their own: they are younger than it, and stored with the barrier.
  GILA_TRY(ValueArray* const keys, NewValueArray(thread, count));
  for (int64_t i = 0; i < count; ++i) {
    GILA_TRY(const Value made, Call(thread, key, {items.store->items[i].Load()}));
    keys->items[i].Store(keys, made);
    GILA_TRY_VOID(thread.CheckBreaker());
  }
  GILA_TRY(ValueArray* const sorted, NewValueArray(thread, count));
  GILA_TRY(ValueArray* const pairs, NewValueArray(thread, 2 * count));
  for (int64_t i = 0; i < count; ++i) {
    pairs->items[2 * i].Init(keys->items[i].Load());
    pairs->items[2 * i + 1].Init(items.store->items[i].Load());
  }
  const KeyKind kind = CommonKind(count, [keys](int64_t i) { return keys->items[i].Load(); });
  const Status status = SortBothWays<WithItem>(thread, pairs, count, kind, reverse);
  for (int64_t i = 0; i < count; ++i)
    sorted->items[i].Store(sorted, pairs->items[2 * i + 1].Load());
  *result = sorted;
  return status;
}

}  // namespace

Status ListSort(Thread& thread, List* list, Value key, bool reverse) {
  const bool by_key = !key.IsUnbound() && !key.IsNone();
  if (!by_key) {
    GILA_TRY(const bool done, SortLocked(thread, list, reverse));
    if (done) return kOk;
  }
  const ListSnapshot items = Detach(list);
  // Also a list that is being sorted looks empty: nothing is done to it.
  if (items.size == 0) return kOk;
  ValueArray* sorted = nullptr;
  const Status status = by_key ? SortDetachedByKey(thread, items, key, reverse, &sorted)
                               : SortDetached(thread, items, reverse, &sorted);
  const bool untouched = PutBack(list, sorted != nullptr ? sorted : items.store, items.size);
  if (status.ok() && !untouched) return thread.RaiseValueError("list modified during sort");
  return status;
}

Result<Value> ListSortMethod(Thread& thread, Args args) {
  bool reverse = false;
  if (args.Has(2)) {
    if (!IsInt(args[2])) {
      GILA_TRY(const Value number, Index(thread, args[2]));
      reverse = IntSign(number) != 0;
    } else {
      reverse = IntSign(args[2]) != 0;
    }
  }
  GILA_TRY_VOID(ListSort(thread, args[0].As<List>(), args[1], reverse));
  return kNone;
}

}  // namespace gila

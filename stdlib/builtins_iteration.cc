// builtins_iteration.cc: built-in functions about iteration: iter, next, len, all, any, min, max,
// sorted, and the asynchronous aiter and anext.
#include <string>

#include "runtime/call.h"
#include "runtime/protocols.h"
#include "runtime/type.h"
#include "runtime/types/int.h"
#include "runtime/types/iterators.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "stdlib/anext_default.h"
#include "stdlib/builtins.h"

namespace gila {

namespace {

Result<Value> Iter(Thread& thread, Args args) {
  if (!args.Has(1)) return GetIter(thread, args[0]);
  if (!IsCallable(args[0])) return thread.RaiseTypeError("iter(v, w): v must be callable");
  return NewCallableIterator(thread, args[0], args[1]);
}

Result<Value> NextOf(Thread& thread, Args args) {
  if (LookupSpecial(thread, TypeOf(args[0]), Special::kNext).IsUnbound()) {
    const std::string given(TypeNameOf(args[0]));
    return thread.RaiseTypeError("'%s' object is not an iterator", given.c_str());
  }
  if (!args.Has(1)) {
    // StopIteration and its value come out as they are.
    return CallSpecial(thread, args[0], Special::kNext);
  }
  GILA_TRY(const Value item, Next(thread, args[0]));
  return item.IsUnbound() ? args[1] : item;
}

Result<Value> Len(Thread& thread, Args args) {
  GILA_TRY(const int64_t length, Length(thread, args[0]));
  return NewInt(thread, length);
}

// The truth of the first item that differs from `wanted`, else `wanted`.
Result<Value> Every(Thread& thread, Value iterable, bool wanted) {
  if (IsExactly(iterable, TypeId::kList)) {
    const List* const list = iterable.As<List>();
    for (int64_t i = 0;; ++i) {
      const Value item = ListAt(list, i);
      if (item.IsUnbound()) return Value::Bool(wanted);
      GILA_TRY(const bool truth, Truth(thread, item));
      if (truth != wanted) return Value::Bool(truth);
    }
  }
  GILA_TRY(const Value iterator, GetIter(thread, iterable));
  while (true) {
    GILA_TRY(const Value item, Next(thread, iterator));
    if (item.IsUnbound()) return Value::Bool(wanted);
    GILA_TRY(const bool truth, Truth(thread, item));
    if (truth != wanted) return Value::Bool(truth);
  }
}

Result<Value> All(Thread& thread, Args args) { return Every(thread, args[0], true); }
Result<Value> Any(Thread& thread, Args args) { return Every(thread, args[0], false); }

// --- min and max ---

// The running best item; `key` None compares the items themselves.
struct Extreme {
  Thread& thread;
  CompareOp op;
  Value key;
  Value best = kUnbound, best_key = kUnbound;

  Status Offer(Value item) {
    Value item_key = item;
    if (!key.IsNone()) {
      GILA_TRY(item_key, Call(thread, key, {item}));
    }
    if (!best.IsUnbound()) {
      GILA_TRY(const bool better, Better(item_key));
      if (!better) return kOk;
    }
    best = item;
    best_key = item_key;
    return kOk;
  }

  Result<bool> Better(Value item_key) {
    if (BothSmallInts(item_key, best_key)) {
      const int64_t a = item_key.AsSmallInt(), b = best_key.AsSmallInt();
      return op == CompareOp::kGt ? a > b : a < b;
    }
    // Not CompareBool: identity decides nothing about an order.
    GILA_TRY(const Value answer, Compare(thread, op, item_key, best_key));
    return Truth(thread, answer);
  }
};

Result<Value> MinMax(Thread& thread, Args args, CompareOp op, const char* name) {
  const Value key = args.Or(0, kNone);
  const std::span<const Value> items = args.rest();
  Extreme extreme{thread, op, key};
  if (items.empty()) {
    return thread.RaiseTypeError("%s expected at least 1 argument, got 0", name);
  }
  if (items.size() > 1) {
    if (args.Has(1)) {
      return thread.RaiseTypeError(
          "Cannot specify a default for %s() with multiple positional arguments", name);
    }
    for (const Value item : items) GILA_TRY_VOID(extreme.Offer(item));
    return extreme.best;
  }
  GILA_TRY_VOID(
      ForEachItem(thread, items[0], [&](Value item) -> Status { return extreme.Offer(item); }));
  if (!extreme.best.IsUnbound()) return extreme.best;
  if (args.Has(1)) return args[1];
  return thread.RaiseValueError("%s() arg is an empty sequence", name);
}

Result<Value> Min(Thread& thread, Args args) { return MinMax(thread, args, CompareOp::kLt, "min"); }
Result<Value> Max(Thread& thread, Args args) { return MinMax(thread, args, CompareOp::kGt, "max"); }

// The keywords are list.sort's own, errors and all.
Result<Value> Sorted(Thread& thread, Args args) {
  const std::span<const Value> given = args.rest();
  if (given.size() != 1) {
    return thread.RaiseTypeError("sorted expected 1 argument, got %zu", given.size());
  }
  GILA_TRY(List* const list, ToList(thread, given[0]));
  if (!args.Has(0)) {
    GILA_TRY_VOID(ListSort(thread, list, kNone, false));
    return list;
  }
  static const Value sort =
      LookupOnType(thread, GetType(TypeId::kList), Intern(thread, "sort"));  // in the type: alive
  const Value self = list;
  GILA_TRY(Tuple* const positional, NewTuple(thread, std::span<const Value>(&self, 1)));
  GILA_TRY_VOID(CallWith(thread, sort, positional, args[0]));
  return list;
}

// --- asynchronous ---

Result<Value> Aiter(Thread& thread, Args args) {
  GILA_TRY(const Value iterator, CallSpecial(thread, args[0], Special::kAIter));
  if (iterator.IsUnbound()) {
    const std::string given(TypeNameOf(args[0]));
    return thread.RaiseTypeError("'%s' object is not an async iterable", given.c_str());
  }
  if (LookupSpecial(thread, TypeOf(iterator), Special::kANext).IsUnbound()) {
    const std::string given(TypeNameOf(iterator));
    return thread.RaiseTypeError("aiter() returned not an async iterator of type '%s'",
                                 given.c_str());
  }
  return iterator;
}

Result<Value> Anext(Thread& thread, Args args) {
  GILA_TRY(const Value awaitable, CallSpecial(thread, args[0], Special::kANext));
  if (awaitable.IsUnbound()) {
    const std::string given(TypeNameOf(args[0]));
    return thread.RaiseTypeError("'%s' object is not an async iterator", given.c_str());
  }
  return args.Has(1) ? NewAnextWithDefault(thread, awaitable, args[1]) : awaitable;
}

}  // namespace

const NativeDef kIterationBuiltins[] = {
    {"iter", Iter, "(object, sentinel=None, /)",
     "iter(iterable) -> iterator\niter(callable, sentinel) -> iterator\n\nGet an iterator from an "
     "object.\nIn the first form, the argument must supply its own iterator, or be a "
     "sequence.\nIn the second form, the callable is called until it returns the sentinel."},
    {"next", NextOf, "(iterator, default=None, /)",
     "next(iterator[, default])\n\nReturn the next item from the iterator. If default is given "
     "and the iterator\nis exhausted, it is returned instead of raising StopIteration."},
    {"len", Len, "(obj, /)", "Return the number of items in a container."},
    {"all", All, "(iterable, /)",
     "Return True if bool(x) is True for all values x in the iterable.\n\nIf the iterable is "
     "empty, return True."},
    {"any", Any, "(iterable, /)",
     "Return True if bool(x) is True for any x in the iterable.\n\nIf the iterable is empty, "
     "return False."},
    {"min", Min, "(*args, key=None, default=None)",
     "min(iterable, *[, default=obj, key=func]) -> value\nmin(arg1, arg2, *args, *[, key=func]) "
     "-> value"},
    {"max", Max, "(*args, key=None, default=None)",
     "max(iterable, *[, default=obj, key=func]) -> value\nmax(arg1, arg2, *args, *[, key=func]) "
     "-> value"},
    {"sorted", Sorted, "(*iterable, **kwargs)",
     "Return a new list containing all items from the iterable in ascending order."},
    {"aiter", Aiter, "(async_iterable, /)", "Return an AsyncIterator for an AsyncIterable object."},
    {"anext", Anext, "(aiterator, default=None, /)",
     "async anext(aiterator[, default])\n\nReturn the next item from the async iterator."},
    {nullptr, nullptr, nullptr, nullptr},
};

}  // namespace gila

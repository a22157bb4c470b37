// heapq.cc: the native half of heapq (module _heapq): a list kept as a binary heap.
//
// An operation holds the list's lock while its comparisons need no Gila code. When one does, the
// lock is let go for that comparison; every step before it was an exchange of two items, so
// whatever happens in it, no item is lost. A list that has changed meanwhile is an error, as in
// CPython.
#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/types/function.h"
#include "runtime/types/list_internal.h"

namespace gila {
namespace {

Failed Changed(Thread& thread) {
  return thread.Raise(TypeId::kRuntimeError, "list changed size during iteration");
}

// The list under its lock, which is let go for a comparison that runs Gila code.
class LockedHeap {
 public:
  LockedHeap(Thread& thread, List* list, bool largest_first)
      : thread_(thread), list_(list), largest_first_(largest_first) {
    Lock();
  }
  ~LockedHeap() { list_->lock.Unlock(); }
  LockedHeap(const LockedHeap&) = delete;

  int64_t size() const { return size_; }
  Value At(int64_t i) const { return store_->items[i].Load(); }
  void Put(int64_t i, Value v) { store_->items[i].Store(store_, v); }
  void Exchange(int64_t i, int64_t j) {
    const Value first = At(i);
    Put(i, At(j));
    Put(j, first);
  }
  // Does `a` come before `b` in the heap?
  Result<bool> Before(Value a, Value b) {
    if (largest_first_) std::swap(a, b);
    const QuickEqual quick = QuickLess(a, b);
    if (GILA_LIKELY(quick != QuickEqual::kAsk)) return quick == QuickEqual::kYes;
    return AskUnlocked(a, b);
  }
  Status Append(Value item) {
    GILA_TRY_VOID(ListInsertUnlocked(thread_, list_, size_, item));
    Look();
    return kOk;
  }
  // Takes the last item out of a heap that has one.
  Value PopLast() {
    const Value last = At(size_ - 1);
    ListShrinkUnlocked(list_, size_, size_ - 1);
    --size_;
    return last;
  }

  // Moves the item at `place` towards the root, but not past `top`, while it comes before its
  // parent.
  Status Rise(int64_t top, int64_t place) {
    while (place > top) {
      const int64_t parent = (place - 1) >> 1;
      GILA_TRY(const bool before, Before(At(place), At(parent)));
      if (!before) break;
      Exchange(place, parent);
      place = parent;
    }
    return kOk;
  }
  // Moves the item at `place` down to a leaf, then up to where it belongs: most often it came from
  // a leaf, and this takes fewer comparisons.
  Status Sink(int64_t place) {
    const int64_t top = place;
    for (int64_t child; (child = 2 * place + 1) < size_; place = child) {
      if (child + 1 < size_) {
        GILA_TRY(const bool left, Before(At(child), At(child + 1)));
        if (!left) ++child;
      }
      Exchange(place, child);
    }
    return Rise(top, place);
  }

 private:
  void Lock() {
    list_->lock.Lock();
    Look();
  }
  void Look() {
    size_ = list_->size.LoadRelaxed();
    store_ = list_->store.Load();
  }
  GILA_NOINLINE Result<bool> AskUnlocked(Value a, Value b) {
    const int64_t size = size_;
    list_->lock.Unlock();
    const Result<Value> less = Compare(thread_, CompareOp::kLt, a, b);
    const Result<bool> truth = less.ok() ? Truth(thread_, less.value()) : Result<bool>(kFailed);
    Lock();
    if (truth.ok() && size_ != size) return Changed(thread_);
    return truth;
  }

  Thread& thread_;
  List* list_;
  bool largest_first_;
  int64_t size_ = 0;
  ValueArray* store_ = nullptr;
};

Result<List*> HeapArgument(Thread& thread, Args args, const char* function) {
  if (IsList(args[0])) return args[0].As<List>();
  const std::string name = ArgumentKind(args[0]);
  return thread.RaiseTypeError("%s argument%s must be list, not %s", function,
                               args.size() > 1 ? " 1" : "", name.c_str());
}

Result<Value> HeapPush(Thread& thread, Args args) {
  GILA_TRY(List* const list, HeapArgument(thread, args, "heappush()"));
  LockedHeap heap(thread, list, false);
  GILA_TRY_VOID(heap.Append(args[1]));
  GILA_TRY_VOID(heap.Rise(0, heap.size() - 1));
  return kNone;
}

Result<Value> Pop(Thread& thread, List* list, bool largest_first) {
  LockedHeap heap(thread, list, largest_first);
  if (heap.size() == 0) return thread.Raise(TypeId::kIndexError, "index out of range");
  const Value last = heap.PopLast();
  if (heap.size() == 0) return last;
  const Value first = heap.At(0);
  heap.Put(0, last);
  GILA_TRY_VOID(heap.Sink(0));
  return first;
}

Result<Value> Replace(Thread& thread, List* list, Value item, bool largest_first) {
  LockedHeap heap(thread, list, largest_first);
  if (heap.size() == 0) return thread.Raise(TypeId::kIndexError, "index out of range");
  const Value first = heap.At(0);
  heap.Put(0, item);
  GILA_TRY_VOID(heap.Sink(0));
  return first;
}

Status Heapify(Thread& thread, List* list, bool largest_first) {
  LockedHeap heap(thread, list, largest_first);
  for (int64_t i = heap.size() / 2 - 1; i >= 0; --i) GILA_TRY_VOID(heap.Sink(i));
  return kOk;
}

template <bool kLargestFirst>
Result<Value> HeapPop(Thread& thread, Args args) {
  GILA_TRY(List* const list,
           HeapArgument(thread, args, kLargestFirst ? "_heappop_max()" : "heappop()"));
  return Pop(thread, list, kLargestFirst);
}
template <bool kLargestFirst>
Result<Value> HeapReplace(Thread& thread, Args args) {
  GILA_TRY(List* const list,
           HeapArgument(thread, args, kLargestFirst ? "_heapreplace_max()" : "heapreplace()"));
  return Replace(thread, list, args[1], kLargestFirst);
}
template <bool kLargestFirst>
Result<Value> HeapifyFunction(Thread& thread, Args args) {
  GILA_TRY(List* const list,
           HeapArgument(thread, args, kLargestFirst ? "_heapify_max()" : "heapify()"));
  GILA_TRY_VOID(Heapify(thread, list, kLargestFirst));
  return kNone;
}

Result<Value> HeapPushPop(Thread& thread, Args args) {
  GILA_TRY(List* const list, HeapArgument(thread, args, "heappushpop()"));
  LockedHeap heap(thread, list, false);
  if (heap.size() == 0) return args[1];
  const Value first = heap.At(0);
  GILA_TRY(const bool smaller, heap.Before(first, args[1]));
  if (!smaller) return args[1];
  if (heap.size() == 0) return Changed(thread);
  const Value out = heap.At(0);
  heap.Put(0, args[1]);
  GILA_TRY_VOID(heap.Sink(0));
  return out;
}

constexpr NativeDef kFunctions[] = {
    {"heappush", HeapPush, "(heap, item, /)", "Put an item on the heap."},
    {"heappop", HeapPop<false>, "(heap, /)", "Take the smallest item off the heap."},
    {"heapreplace", HeapReplace<false>, "(heap, item, /)",
     "Take the smallest item off the heap, then put an item on it."},
    {"heappushpop", HeapPushPop, "(heap, item, /)",
     "Put an item on the heap, then take the smallest one off."},
    {"heapify", HeapifyFunction<false>, "(heap, /)", "Make a list a heap, in place."},
    {"_heappop_max", HeapPop<true>, "(heap, /)", "Take the largest item off a maxheap."},
    {"_heapreplace_max", HeapReplace<true>, "(heap, item, /)",
     "Take the largest item off a maxheap, then put an item on it."},
    {"_heapify_max", HeapifyFunction<true>, "(heap, /)", "Make a list a maxheap, in place."},
    {nullptr, nullptr, nullptr, nullptr}};

}  // namespace

Status InitHeapqModule(Thread& thread, Module* module) {
  return AddFunctions(thread, module, kFunctions);
}

}  // namespace gila

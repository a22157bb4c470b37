// mark.cc: finding what is alive: the mark stack, tracing by kind, roots (precise and
// conservative), remembered objects. The world is stopped. collect.cc decides when, sweep is there
// too.
#include <sys/mman.h>

#include <cstdlib>
#include <cstring>

#include "runtime/heap/collector.h"
#include "runtime/names.h"
#include "runtime/shape.h"
#include "runtime/threads/attach.h"
#include "runtime/threads/fork.h"
#include "runtime/type.h"
#include "runtime/types/container_support.h"
#include "runtime/types/memoryview.h"

namespace gila {
namespace {

KindInfo kind_infos[256];
Atomic<int> next_kind{kFirstDynamicKind};

std::vector<const Value*>& ValueRoots() {
  static auto* roots = new std::vector<const Value*>;
  return *roots;
}
std::vector<Object**>& ObjectRoots() {
  static auto* roots = new std::vector<Object**>;
  return *roots;
}
std::mutex roots_mutex;
const ForkRepair repair([](Thread&, bool) { RenewMutex(roots_mutex); });

void TraceValueArray(Object* object, Marker& marker) {
  auto* array = static_cast<ValueArray*>(object);
  for (int64_t i = 0; i < array->length; ++i) marker.Visit(array->items[i]);
}

void TraceLookupCell(Object* object, Marker& marker) {
  auto* cell = static_cast<LookupCell*>(object);
  marker.Visit(cell->value);
  marker.Visit(cell->name);
}

struct BuiltinKinds {
  BuiltinKinds() {
    kind_infos[kKindValueArray] = {"ValueArray", TraceValueArray, nullptr};
    kind_infos[kKindBlob] = {"Blob", nullptr, nullptr};
    kind_infos[kKindLookupCell] = {"LookupCell", TraceLookupCell, nullptr};
  }
} builtin_kinds;

// Attributes of an instance: the overflow word and the inline slots, at the offset its shape tells.
void TraceAttributes(Object* object, Marker& marker) {
  const uint32_t shape_id = object->shape_id.LoadRelaxed();
  if (shape_id <= static_cast<uint32_t>(TypeId::kCount)) return;  // built-in kinds trace their own
  const Shape* shape = ShapeAt(shape_id);
  marker.Mark(reinterpret_cast<Object*>(shape->type));
  if (shape->attributes_offset == 0) return;
  const Slot* slots =
      reinterpret_cast<const Slot*>(reinterpret_cast<uint8_t*>(object) + shape->attributes_offset);
  for (int i = 0; i <= shape->inline_capacity; ++i) marker.Visit(slots[i]);
}

}  // namespace

void SetKindInfo(uint8_t kind, const KindInfo& info) { kind_infos[kind] = info; }

uint8_t RegisterKind(const KindInfo& info) {
  const int kind = next_kind.FetchAdd(1);
  GILA_CHECK(kind < 256);
  kind_infos[kind] = info;
  return static_cast<uint8_t>(kind);
}

const KindInfo& KindInfoOf(const Object* object) { return kind_infos[object->kind]; }

GILA_NOINLINE void Marker::Push(Object* object) {
  BlockInfo& info = block_infos[BlockIndex(reinterpret_cast<uintptr_t>(object))];
  object->gc.StoreRelaxed(object->gc.LoadRelaxed() | kGcOld);
  marked_bytes_ += info.state == BlockState::kSmall ? info.cell_granules * heap::kGranule
                                                    : size_t{info.run} * heap::kBlockSize;
  if (GILA_UNLIKELY(size_ == capacity_)) {
    capacity_ = capacity_ == 0 ? 16 * 1024 : capacity_ * 2;
    stack_ =
        static_cast<Object**>(realloc(static_cast<void*>(stack_), capacity_ * sizeof(Object*)));
    GILA_CHECK(stack_ != nullptr);
  }
  stack_[size_++] = object;
}

void Marker::Mark(Object* object) {
  const uintptr_t address = reinterpret_cast<uintptr_t>(object);
  if (!InHeap(address)) return;  // null, or a static object of the binary
  BlockInfo& info = block_infos[BlockIndex(address)];
  const size_t granule = GranuleIndex(address);
  if (TestBit(info.mark, granule)) return;
  SetBit(info.mark, granule);
  Push(object);  // not inlined: most objects that are met have their mark
}

void Collector::Trace(Object* object) {
  const KindInfo& info = kind_infos[object->kind];
  if (info.trace != nullptr) info.trace(object, marker_);
  TraceAttributes(object, marker_);
}

void Collector::Drain() {
  while (marker_.size_ != 0) Trace(marker_.stack_[--marker_.size_]);
}

Collector::~Collector() { free(static_cast<void*>(marker_.stack_)); }

__attribute__((no_sanitize("address", "thread"))) void Collector::MarkConservatively(
    const void* from, const void* to, Views views) {
  for (auto word = reinterpret_cast<const uintptr_t*>(from);
       word < static_cast<const uintptr_t*>(to); ++word) {
    Object* object = heap::FindObject(*word);
    if (object == nullptr) continue;
    if (GILA_UNLIKELY(views != Views::kMark) && object->kind == kKindMemoryView) {
      if (views == Views::kSkip) continue;
      if (!IsMarked(object)) ReleaseUnlessExported(static_cast<MemoryView*>(object));
    }
    marker_.Mark(object);
  }
}

void Collector::MarkNativeStack(const Thread* thread, Views views) {
  MarkConservatively(thread->saved_registers, thread->saved_registers + kSavedRegisters, views);
  if (thread->detached_at == 0) return;
  MarkConservatively(reinterpret_cast<void*>(thread->detached_at & ~uintptr_t{7}),
                     reinterpret_cast<void*>(thread->native_base), views);
}

void Collector::MarkThread(Thread* thread) {
  for (Value v : {thread->exception, thread->handled, thread->async_exception, thread->context,
                  thread->current_object, thread->trace_function, thread->profile_function,
                  thread->async_gen_hooks[0], thread->async_gen_hooks[1]}) {
    marker_.Visit(v);
  }
  if (thread->stack_base != nullptr) MarkConservatively(thread->stack_base, thread->stack_top);
  MarkNativeStack(thread, thread == forgetful_thread_ ? Views::kSkip : Views::kMark);
}

void Collector::MarkRoots() {
  {
    std::lock_guard<std::mutex> guard(roots_mutex);
    for (const Value* root : ValueRoots()) marker_.Visit(*root);
    for (Object** root : ObjectRoots()) marker_.Mark(*root);
  }
  for (Type* type : builtin_types) marker_.Mark(type);
  for (Value name : interned_names) marker_.Visit(name);
  // Shapes are immortal, so are their keys. A key that an earlier collection saw is old: a minor
  // one skips it.
  const uint32_t shapes = ShapeCount();
  static uint32_t seen_shapes = 0;
  for (uint32_t id = full_ ? 1 : seen_shapes; id < shapes; ++id) marker_.Visit(ShapeAt(id)->key);
  seen_shapes = shapes;
  MarkPendingFinalizers(marker_);
  ForEachThread(
      [](Thread* thread, void* self) { static_cast<Collector*>(self)->MarkThread(thread); }, this);
}

// Old objects that got a reference are read again whole; of large ones only the dirty cards.
void Collector::MarkRemembered(std::vector<Object*>& remembered,
                               std::vector<uint32_t>& dirty_blocks) {
  for (Object* object : remembered) {
    object->gc.StoreRelaxed(object->gc.LoadRelaxed() & ~kGcRemembered);
    if (!full_) Trace(object);
  }
  remembered.clear();
  for (uint32_t block : dirty_blocks) {
    BlockInfo& info = block_infos[block];
    if (!info.dirty_cards) continue;
    info.dirty_cards = false;
    for (size_t word = 0; word < kBitWords; ++word) {
      for (uint64_t bits = full_ ? 0 : info.young[word]; bits != 0; bits &= bits - 1) {
        const size_t granule = word * 64 + static_cast<size_t>(__builtin_ctzll(bits));
        const uint8_t* card = BlockStart(block) + granule * heap::kGranule;
        MarkConservatively(card, card + heap::kGranule);
      }
      info.young[word] = 0;
    }
  }
  dirty_blocks.clear();
}

// Called from the write barrier; the thread is attached.
void RememberObject(Object* owner, const void* slot) {
  const uintptr_t address = reinterpret_cast<uintptr_t>(owner);
  if (!InHeap(address)) return;
  ThreadHeap& heap = *Thread::Current()->heap;
  BlockInfo& head = block_infos[BlockIndex(address)];
  if (head.state == BlockState::kSmall) {
    owner->gc.FetchOr(kGcRemembered);
    heap.remembered.push_back(owner);
    return;
  }
  const uintptr_t place = reinterpret_cast<uintptr_t>(slot);
  BlockInfo& info = block_infos[BlockIndex(place)];
  const size_t granule = GranuleIndex(place);
  FetchOrIn(info.young[granule / 64], uint64_t{1} << (granule % 64));
  std::atomic_ref<bool> dirty(info.dirty_cards);
  if (!dirty.load(std::memory_order_relaxed)) {
    dirty.store(true, std::memory_order_relaxed);
    heap.dirty_blocks.push_back(static_cast<uint32_t>(BlockIndex(place)));
  }
}

// Only where something young may have been among what moved: an old list is shifted for nothing.
void RememberMoved(Object* owner, const Slot* from, const Slot* to, int64_t count) {
  if (!InHeap(reinterpret_cast<uintptr_t>(owner))) return;
  if (block_infos[BlockIndex(reinterpret_cast<uintptr_t>(owner))].state == BlockState::kSmall) {
    RememberObject(owner, to);
    return;
  }
  bool dirty = false;
  const size_t last = BlockIndex(reinterpret_cast<uintptr_t>(from + count - 1));
  for (size_t block = BlockIndex(reinterpret_cast<uintptr_t>(from)); block <= last; ++block)
    dirty = dirty || block_infos[block].dirty_cards;
  if (!dirty) return;
  constexpr int64_t kSlotsOfCard = heap::kGranule / sizeof(Slot);
  for (int64_t i = 0; i < count; i += kSlotsOfCard) RememberObject(owner, to + i);
  RememberObject(owner, to + count - 1);
}

namespace heap {

void AddRoot(const Value* location) {
  std::lock_guard<std::mutex> guard(roots_mutex);
  ValueRoots().push_back(location);
}

void AddRoot(Object** location) {
  std::lock_guard<std::mutex> guard(roots_mutex);
  ObjectRoots().push_back(location);
}

Object* FindObject(uintptr_t address) {
  if (!InHeap(address)) return nullptr;
  const size_t block = BlockIndex(address);
  const BlockInfo& info = block_infos[block];
  Object* object = nullptr;
  switch (info.state) {
    case BlockState::kFree:
      return nullptr;
    case BlockState::kLargeHead:
      object = reinterpret_cast<Object*>(BlockStart(block));
      break;
    case BlockState::kLargeTail:
      object = reinterpret_cast<Object*>(BlockStart(block - info.run));
      break;
    case BlockState::kSmall: {
      const size_t granule = GranuleIndex(address) / info.cell_granules * info.cell_granules;
      if (!TestBit(info.mark, granule) && !TestBit(info.young, granule)) return nullptr;
      object = reinterpret_cast<Object*>(BlockStart(block) + granule * kGranule);
      break;
    }
  }
  return object->kind == kFreeKind ? nullptr : object;
}

void ForEachObject(void (*visit)(Object* object, void* context), void* context) {
  for (size_t block = 1; block < central.used_blocks; ++block) {
    const BlockInfo& info = block_infos[block];
    if (info.state == BlockState::kLargeHead)
      visit(reinterpret_cast<Object*>(BlockStart(block)), context);
    if (info.state != BlockState::kSmall) continue;
    for (size_t granule = 0; granule + info.cell_granules <= kGranulesPerBlock;
         granule += info.cell_granules) {
      Object* object =
          FindObject(reinterpret_cast<uintptr_t>(BlockStart(block)) + granule * kGranule);
      if (object != nullptr) visit(object, context);
    }
  }
}

}  // namespace heap
}  // namespace gila

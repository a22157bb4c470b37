// collector.h: one collection, as an object on the stack of the thread that does it. Only
// runtime/heap includes this.
#ifndef GILA_RUNTIME_HEAP_COLLECTOR_H_
#define GILA_RUNTIME_HEAP_COLLECTOR_H_

#include "runtime/heap/blocks.h"

namespace gila {

uint32_t ShapeCount();  // shape.cc: one more than the highest shape id
const KindInfo& KindInfoOf(const Object* object);

class Collector {
 public:
  explicit Collector(bool full) : full_(full) {}
  ~Collector();
  // Native code leaves words of views behind that it has done with. A memory view that is known
  // from the native stack of `thread` alone is released: what it pinned is free, and it stays an
  // object.
  void ReleaseForgottenViews(const Thread* thread) { forgetful_thread_ = thread; }
  // Counts what cycles of garbage hold, of the objects that the function says yes to.
  void CountContainers(bool (*is_container)(const Object*)) { is_container_ = is_container; }
  uint64_t counted() const { return counted_; }
  // The world is stopped and the running thread's registers are saved.
  void Run();

 private:
  void RetireHoles();
  void ClearMarks();
  void MarkRoots();
  void MarkThread(Thread* thread);
  void MarkRemembered(std::vector<Object*>& remembered, std::vector<uint32_t>& dirty_blocks);
  enum class Views : uint8_t { kMark, kSkip, kRelease };
  void MarkConservatively(const void* from, const void* to, Views views = Views::kMark);
  void MarkNativeStack(const Thread* thread, Views views);
  void Trace(Object* object);
  void Drain();
  uint64_t CountCycles();
  std::vector<Object*> DeadReferents(Object* object);
  void SweepYoung();
  void SweepAll();

  const bool full_;
  const Thread* forgetful_thread_ = nullptr;
  bool (*is_container_)(const Object*) = nullptr;
  uint64_t counted_ = 0;
  Marker marker_;
};

}  // namespace gila

#endif  // GILA_RUNTIME_HEAP_COLLECTOR_H_

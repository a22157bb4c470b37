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
  // The native code of an instruction leaves words of views behind that it has done with: those of
  // `thread` below `end` are no references to memory views.
  void IgnoreViews(const Thread* thread, uintptr_t end) {
    viewless_thread_ = thread;
    viewless_end_ = end;
  }
  // The world is stopped and the running thread's registers are saved.
  void Run();

 private:
  void RetireHoles();
  void ClearMarks();
  void MarkRoots();
  void MarkThread(Thread* thread);
  void MarkRemembered(std::vector<Object*>& remembered, std::vector<uint32_t>& dirty_blocks);
  void MarkConservatively(const void* from, const void* to, bool views = true);
  void Trace(Object* object);
  void Drain();
  void SweepYoung();
  void SweepAll();

  const bool full_;
  const Thread* viewless_thread_ = nullptr;
  uintptr_t viewless_end_ = 0;
  Marker marker_;
};

}  // namespace gila

#endif  // GILA_RUNTIME_HEAP_COLLECTOR_H_

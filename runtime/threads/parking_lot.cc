// parking_lot.cc: where threads wait for the byte lock of an object. Every address hashes to a
// bucket with the queue of those parked there, so a lock needs one byte and no wait queue of its
// own. A parked thread is detached: a stop-the-world does not wait for it.
#include <condition_variable>
#include <mutex>

#include "runtime/threads/attach.h"
#include "runtime/threads/fork.h"

namespace gila {

DetachedRegion detached_region;

namespace {

struct Parked {
  const void* address;
  bool woken = false;
  std::condition_variable wake;
  Parked* next = nullptr;
};

struct alignas(64) Bucket {
  std::mutex mutex;
  Parked* first = nullptr;
};

constexpr size_t kBuckets = 256;
Bucket buckets[kBuckets];
// Those who were parked are no more, nor are those who held what they waited for: every byte lock
// is free then (registry.cc).
const ForkRepair repair([](Thread&, bool) {
  for (Bucket& bucket : buckets) {
    RenewMutex(bucket.mutex);
    bucket.first = nullptr;
  }
});

Bucket& BucketOf(const void* address) {
  return buckets[(reinterpret_cast<uintptr_t>(address) * 0x9E3779B97F4A7C15ull) >> 56];
}

constexpr uint8_t kHeld = 1, kHeldWithParked = 2;

void Park(const void* address, std::atomic<uint8_t>& state) {
  Bucket& bucket = BucketOf(address);
  Parked self;
  self.address = address;
  std::unique_lock<std::mutex> lock(bucket.mutex);
  if (state.load(std::memory_order_relaxed) != kHeldWithParked) return;  // it was let go meanwhile
  Parked** place = &bucket.first;
  while (*place != nullptr) place = &(*place)->next;
  *place = &self;
  while (!self.woken) self.wake.wait(lock);
}

void UnparkOne(const void* address) {
  Bucket& bucket = BucketOf(address);
  std::lock_guard<std::mutex> guard(bucket.mutex);
  for (Parked** place = &bucket.first; *place != nullptr; place = &(*place)->next) {
    if ((*place)->address != address) continue;
    Parked* parked = *place;
    *place = parked->next;
    parked->woken = true;
    parked->wake.notify_one();
    return;
  }
}

}  // namespace

// A look at the lock takes its cache line from the holder, who also needs what the lock guards. So
// the thread looks away for longer than it looks: whoever is at work on the object does some dozen
// operations meanwhile, and both are done sooner. Attached, so it is a matter of microseconds.
void ByteLock::LockSlow() {
  constexpr int kLooks = 5, kPauses = 64;  // of some 30 ns
  for (int look = 0; look < kLooks; ++look) {
    for (int i = 0; i < kPauses; ++i) __builtin_ia32_pause();
    if (state_.load(std::memory_order_relaxed) != 0) continue;
    CountAtomic();
    uint8_t expected = 0;
    if (state_.compare_exchange_strong(expected, kHeld, std::memory_order_acquire)) return;
  }
  Thread& thread = *Thread::Current();
  AllowThreads detached(thread, Blocked::kLock);
  // Whoever gets it here leaves the mark "somebody may be parked": at worst one wake-up too many.
  while (state_.exchange(kHeldWithParked, std::memory_order_acquire) != 0) Park(this, state_);
}

void ByteLock::UnlockSlow() {
  state_.store(0, std::memory_order_release);
  UnparkOne(this);
}

}  // namespace gila

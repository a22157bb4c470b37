// iterator_owner.h: whose turn it is at an iterator that threads may share, in the build without a
// GIL. (With one, all of this is nothing.)
//
// Nearly every iterator is used by one thread only, and a step of it must not pay for a lock. So an
// iterator belongs to a thread: its `flags` hold the thread's tag, and the owner steps with plain
// loads and stores. A thread that comes upon the iterator of another one stops the world, once,
// and marks it as shared; from then on everybody takes the lock of the iterator. The owner cannot
// be in the middle of a step then, since a step passes no safepoint between its first load and its
// last store.
#ifndef GILA_RUNTIME_TYPES_ITERATOR_OWNER_H_
#define GILA_RUNTIME_TYPES_ITERATOR_OWNER_H_

#include "runtime/object.h"
#include "runtime/threads/only_thread.h"
#include "runtime/threads/sync.h"

namespace gila {

inline constexpr uint8_t kUnclaimedIterator = 0;  // nobody has stepped it yet
inline constexpr uint8_t kNoIteratorTag = 254;    // of a thread that has none (yet)
inline constexpr uint8_t kSharedIterator = 255;

// This thread's tag.
extern constinit thread_local uint8_t iterator_tag;

GILA_ALWAYS_INLINE bool OwnsIterator(const Object* iterator) {
  if (!LocksMatter()) return true;  // there is nobody else
  return __atomic_load_n(&iterator->flags, __ATOMIC_RELAXED) == iterator_tag;
}
// Of an iterator made just now.
GILA_ALWAYS_INLINE void OwnFreshIterator(Object* iterator) {
  if constexpr (kGilDisabled)
    iterator->flags = iterator_tag == kNoIteratorTag ? kUnclaimedIterator : iterator_tag;
}
// For an iterator that is not owned: claims it when nobody has yet (true), else sees to it that it
// is shared (false). Stops the world for that.
bool ClaimIterator(Object* iterator) GILA_ATTACHED;

// While it lives the iterator is this thread's, by ownership or by its lock. No Gila code may run
// under it; `may_lock` is asked only when it comes to the lock, and where it says no, threads that
// share the iterator may get an item twice or miss one.
class IteratorTurn {
 public:
  explicit IteratorTurn(Object* iterator) : IteratorTurn(iterator, [] { return true; }) {}
  template <class MayLock>
  GILA_ALWAYS_INLINE IteratorTurn(Object* iterator, MayLock may_lock) {
    if constexpr (kGilDisabled) {
      if (GILA_LIKELY(OwnsIterator(iterator)) || ClaimIterator(iterator) || !may_lock()) return;
      locked_ = iterator;
      iterator->lock.Lock();
    }
  }
  GILA_ALWAYS_INLINE ~IteratorTurn() {
    if constexpr (kGilDisabled) {
      if (GILA_UNLIKELY(locked_ != nullptr)) locked_->lock.Unlock();
    }
  }
  // Of an iterator made of others. A step may stop the world, and so let other threads in, when it
  // comes to one of those that this thread does not own: then the lock it is, from now on.
  template <class MayLock, class OwnsParts>
  GILA_ALWAYS_INLINE IteratorTurn(Object* iterator, MayLock may_lock, OwnsParts owns_parts) {
    if (LocksMatter()) {
      const bool own = OwnsIterator(iterator) || ClaimIterator(iterator);
      if (GILA_LIKELY(own && owns_parts())) return;
      if (own) __atomic_store_n(&iterator->flags, kSharedIterator, __ATOMIC_RELEASE);
      if (!may_lock()) return;
      locked_ = iterator;
      iterator->lock.Lock();
    }
  }
  IteratorTurn(const IteratorTurn&) = delete;
  bool locked() const { return locked_ != nullptr; }

 private:
  Object* locked_ = nullptr;
};

// Does a step of this iterator run no Gila code, whatever it is made of?
bool IsPlainIterator(Value iterator, int depth = 0);
struct Tuple;
bool ArePlainIterators(const Tuple* iterators, int depth = 0);  // all of them
// Does it belong to this thread, and what it is made of? True also for what is not plain, since
// nothing keeps threads apart there.
bool OwnsThroughout(Value iterator, int depth = 0);
bool OwnsAllThroughout(const Tuple* iterators, int depth = 0);

}  // namespace gila

#endif  // GILA_RUNTIME_TYPES_ITERATOR_OWNER_H_

// iterator_owner.cc: the tags of threads, and what happens when an iterator changes hands.
#include "runtime/types/iterator_owner.h"

#include <bitset>
#include <mutex>

#include "runtime/threads/attach.h"
#include "runtime/types/iterators.h"

namespace gila {

constinit thread_local uint8_t iterator_tag = kNoIteratorTag;

namespace {

std::mutex tags_mutex;
std::bitset<256> tags_in_use;

// Gives the tag back when the thread ends. Iterators that still bear it then belong to the next
// thread that gets it: theirs is what the old thread left, in order, because of the mutex.
struct TagOfThisThread {
  TagOfThisThread() {
    const std::lock_guard<std::mutex> guard(tags_mutex);
    for (uint8_t tag = 1; tag < kNoIteratorTag; ++tag) {
      if (tags_in_use[tag]) continue;
      tags_in_use[tag] = true;
      iterator_tag = tag;
      return;
    }
  }
  ~TagOfThisThread() {
    if (iterator_tag == kNoIteratorTag) return;
    const std::lock_guard<std::mutex> guard(tags_mutex);
    tags_in_use[iterator_tag] = false;
    iterator_tag = kNoIteratorTag;
  }
};

void FindTag() {
  if (iterator_tag != kNoIteratorTag) return;
  static thread_local TagOfThisThread tag;
}

}  // namespace

bool ClaimIterator(Object* iterator) {
  FindTag();
  uint8_t seen = kUnclaimedIterator;
  if (iterator_tag != kNoIteratorTag && CompareExchangeIn(iterator->flags, seen, iterator_tag))
    return true;
  if (__atomic_load_n(&iterator->flags, __ATOMIC_ACQUIRE) == kSharedIterator) return false;
  const StopTheWorld stopped(*Thread::Current());
  __atomic_store_n(&iterator->flags, kSharedIterator, __ATOMIC_RELEASE);
  return false;
}

bool IsPlainIterator(Value iterator, int depth) {
  constexpr int kDeep = 8;
  if (!iterator.IsPointer() || depth > kDeep) return false;
  Object* const object = iterator.AsObject();
  switch (object->kind) {
    case kKindListIterator:
    case kKindListReverseIterator:
    case kKindTupleIterator:
    case kKindStrIterator:
    case kKindBytesIterator:
    case kKindRangeIterator:
    case kKindLongRangeIterator:
    case kKindDictKeyIterator:
    case kKindDictValueIterator:
    case kKindDictItemIterator:
    case kKindSetIterator:
      return true;
    case kKindEnumerate:
      return IsExactly(iterator, TypeId::kEnumerate) &&
             IsPlainIterator(static_cast<Enumerate*>(object)->iterator.Load(), depth + 1);
    case kKindZip:
      return IsExactly(iterator, TypeId::kZip) &&
             ArePlainIterators(static_cast<Zip*>(object)->iterators.Load(), depth + 1);
    default:
      return false;
  }
}

bool OwnsThroughout(Value iterator, int depth) {
  if (!IsPlainIterator(iterator, depth)) return true;
  Object* const object = iterator.AsObject();
  if (!OwnsIterator(object)) return false;
  if (object->Is(kKindEnumerate))
    return OwnsThroughout(static_cast<Enumerate*>(object)->iterator.Load(), depth + 1);
  if (object->Is(kKindZip))
    return OwnsAllThroughout(static_cast<Zip*>(object)->iterators.Load(), depth + 1);
  return true;
}

bool OwnsAllThroughout(const Tuple* iterators, int depth) {
  for (int64_t i = 0; i < iterators->length; ++i) {
    if (!OwnsThroughout(iterators->At(i), depth)) return false;
  }
  return true;
}

bool ArePlainIterators(const Tuple* iterators, int depth) {
  for (int64_t i = 0; i < iterators->length; ++i) {
    if (!IsPlainIterator(iterators->At(i), depth)) return false;
  }
  return true;
}

}  // namespace gila

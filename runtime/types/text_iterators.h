// text_iterators.h: iterators over str, bytes, bytearray and memoryview. They have the layout of
// ListIterator (sequence.h): the sequence, unbound at the end, and the next index.
#ifndef GILA_RUNTIME_TYPES_TEXT_ITERATORS_H_
#define GILA_RUNTIME_TYPES_TEXT_ITERATORS_H_

#include "runtime/object.h"
#include "runtime/result.h"
#include "runtime/thread.h"

namespace gila {

// `type` is one of kStrIterator, kBytesIterator, kByteArrayIterator, kMemoryIterator.
Result<Value> NewTextIterator(Thread& thread, TypeId type, Value sequence) GILA_ATTACHED;
// The next item of such an iterator; unbound at the end.
Result<Value> TextIteratorNext(Thread& thread, Value iterator) GILA_ATTACHED;

}  // namespace gila

#endif  // GILA_RUNTIME_TYPES_TEXT_ITERATORS_H_

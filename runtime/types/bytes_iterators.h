// bytes_iterators.h: iterators over bytes, bytearray and memoryview. They have the layout of
// ListIterator (sequence.h): the sequence, unbound at the end, and the next index.
#ifndef GILA_RUNTIME_TYPES_BYTES_ITERATORS_H_
#define GILA_RUNTIME_TYPES_BYTES_ITERATORS_H_

#include "runtime/object.h"
#include "runtime/result.h"
#include "runtime/thread.h"

namespace gila {

struct ListIterator;

// iter() of a value of kind bytes, bytearray or memoryview.
Result<Value> NewBytesIterator(Thread& thread, Value sequence) GILA_ATTACHED;
// The next item of such an iterator; unbound at the end.
Result<Value> BytesIteratorStep(Thread& thread, ListIterator* iterator) GILA_ATTACHED;

}  // namespace gila

#endif  // GILA_RUNTIME_TYPES_BYTES_ITERATORS_H_

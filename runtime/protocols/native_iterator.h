// native_iterator.h: iterators written in C++ outside the core (itertools, the csv and json of the
// day). Such a type registers one *step* for its kind: the next item, or unbound at the end. Its
// `__next__` is NativeIteratorNext for all of them, which raises StopIteration for programs that
// call it; Next() recognises it and calls the step straight, so loops pay for no exception.
#ifndef GILA_RUNTIME_PROTOCOLS_NATIVE_ITERATOR_H_
#define GILA_RUNTIME_PROTOCOLS_NATIVE_ITERATOR_H_

#include "runtime/native.h"
#include "runtime/object.h"

namespace gila {

using IteratorStep = Result<Value> (*)(Thread& thread, Object* iterator);
// By kind; null for kinds that are no native iterators. Filled while modules initialise.
extern IteratorStep native_iterator_steps[256];

Result<Value> NativeIteratorNext(Thread& thread, Args args) GILA_ATTACHED;
Result<Value> NativeIteratorSelf(Thread& thread, Args args) GILA_ATTACHED;

#define GILA_NATIVE_ITERATOR_METHODS                                      \
  {"__iter__", NativeIteratorSelf, "(self, /)", "Implement iter(self)."}, \
      {"__next__", NativeIteratorNext, "(self, /)", "Implement next(self)."}

}  // namespace gila

#endif  // GILA_RUNTIME_PROTOCOLS_NATIVE_ITERATOR_H_

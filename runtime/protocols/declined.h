// declined.h: how an operator goes on when the method of one operand, which the interpreter asked
// in a frame of its own, has answered NotImplemented.
#ifndef GILA_RUNTIME_PROTOCOLS_DECLINED_H_
#define GILA_RUNTIME_PROTOCOLS_DECLINED_H_

#include "runtime/protocols.h"

namespace gila {

// `a op b`, or `a op= b`, after what `a` says about `op` itself.
Result<Value> BinaryAfterLeft(Thread& thread, BinaryOp op, bool in_place, Value a,
                              Value b) GILA_ATTACHED;
// `a op= b` after the in-place method.
Result<Value> BinaryAfterInPlace(Thread& thread, BinaryOp op, Value a, Value b) GILA_ATTACHED;
// Nobody is left to be asked: the TypeError.
Result<Value> BinaryAfterAll(Thread& thread, BinaryOp op, bool in_place, Value a,
                             Value b) GILA_ATTACHED;
// `a op b` after what `a` says; the type of `b` is no subclass of that of `a`.
Result<Value> CompareAfterLeft(Thread& thread, CompareOp op, Value a, Value b) GILA_ATTACHED;

}  // namespace gila

#endif  // GILA_RUNTIME_PROTOCOLS_DECLINED_H_

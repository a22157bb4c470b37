// slow_iteration.cc: iterators, generators and awaitables: the loops and delegations that no
// specialised handler does.
#include "bytecode/code_data.h"
#include "runtime/protocols.h"
#include "runtime/type.h"
#include "runtime/types/exception.h"
#include "runtime/types/function.h"
#include "runtime/types/generator.h"
#include "runtime/types/generator_internal.h"
#include "runtime/types/iterators.h"
#include "runtime/types/sequence.h"
#include "vm/calls.h"
#include "vm/generators.h"
#include "vm/inline_cache.h"
#include "vm/slow.h"
#include "vm/special_methods.h"
#include "vm/tracing.h"

namespace gila::vm {
namespace {

Failed RaiseAbout(Thread& thread, const char* format, Value v) {
  const std::string type(TypeNameOf(v));
  return thread.RaiseFormat(TypeId::kTypeError, format, type.c_str());
}

uint16_t ForNextForm(Value iterator) {
  if (!iterator.IsPointer()) return kOpNop;
  switch (iterator.AsObject()->kind) {
    case kKindRangeIterator:
      return kOpForNextRange;
    case kKindListIterator:
      return kOpForNextList;
    case kKindTupleIterator:
      return kOpForNextTuple;
    case kKindGenerator:
      return kOpForNextGenerator;
    case kKindDictKeyIterator:
    case kKindDictValueIterator:
      return kOpForNextDict;
    default:
      return kOpNop;
  }
}

// An iterator of pairs whose step can give the two apart.
bool GivesPairs(Value iterator) {
  if (IsExactly(iterator, TypeId::kZip))
    return iterator.As<Zip>()->iterators->length == 2 && iterator.As<Zip>()->strict.Load() == 0;
  return IsExactly(iterator, TypeId::kEnumerate) || IsExactly(iterator, TypeId::kDictItemIterator);
}

// Any other iterator whose type is native: no method of the program is behind it.
bool IsNativeIterator(Value iterator) {
  return iterator.IsPointer() && !TypeOf(iterator)->Has(kHeapType);
}

// `for a, b in pairs`: the body begins by taking apart what the loop put into a temporary, which
// nobody reads again. Answers with that instruction, else null.
const uint64_t* PairTarget(const Slow& slow) {
  const uint64_t* body = slow.pc + slow.in.jump_c();
  const Instruction first(LoadWord(body));
  const bool unpacks = first.opcode() == kOpUnpackSequence && first.b() == slow.in.b() &&
                       first.c() == 2 && slow.in.b() >= slow.code->local_count;
  return unpacks ? body : nullptr;
}

}  // namespace

Step GetIterSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  if (IsKind(slow.B(), kKindGenerator)) return slow.Store(slow.B());
  if (Step step; EnterSpecial(slow, Special::kIter, {slow.B()}, &step)) return step;
  return slow.Store(GetIter(thread, slow.B()));
}

Step ForNextPairSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  const Value iterator = slow.A();
  const uint64_t* target = PairTarget(slow);
  if (GILA_UNLIKELY(target == nullptr || thread.breaker.LoadRelaxed() != 0 ||
                    !GivesPairs(iterator)))
    return ForNextSlow(thread, pc, registers);
  Value pair[2];
  const Result<bool> more = iterator.AsObject()->kind == kKindZip
                                ? ZipPair(thread, iterator.As<Zip>(), pair)
                            : iterator.AsObject()->kind == kKindEnumerate
                                ? EnumeratePair(thread, iterator.As<Enumerate>(), pair)
                                : DictIteratorPair(thread, iterator.As<DictIterator>(), pair);
  if (GILA_UNLIKELY(!more.ok())) return slow.Fail();
  if (!more.value()) return slow.Next();
  Value* out = registers + Instruction(LoadWord(target)).a();
  out[0] = pair[0];
  out[1] = pair[1];
  return {target + WordsOf(kOpUnpackSequence), registers};
}

Step ForNextStepSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  const Value iterator = slow.A();
  if (GILA_UNLIKELY(thread.breaker.LoadRelaxed() != 0 || !IsNativeIterator(iterator)))
    return ForNextSlow(thread, pc, registers);
  const Result<Value> item = Next(thread, iterator);
  if (GILA_UNLIKELY(!item.ok())) return slow.Fail();
  if (GILA_UNLIKELY(item.value().IsUnbound())) return slow.Next();
  slow.B() = item.value();
  return slow.JumpBy(slow.in.jump_c());
}

Step ForNextSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  if (GILA_UNLIKELY(thread.breaker.LoadRelaxed() != 0) && !thread.HandleBreaker().ok())
    return slow.Fail();
  const Value iterator = slow.A();
  uint16_t form = ForNextForm(iterator);
  if (form == kOpNop && GivesPairs(iterator) && PairTarget(slow) != nullptr) form = kOpForNextPair;
  if (form == kOpNop && IsNativeIterator(iterator)) form = kOpForNextStep;
  if (form != kOpNop && form != slow.in.opcode() && MayRespecialise(pc)) SpecialiseOpcode(pc, form);
  if (form == kOpForNextGenerator) {
    bool finished;
    const Step step =
        ResumeGenerator(thread, iterator.As<Generator>(), kNone, pc, registers, 0, &finished);
    if (step.pc != nullptr) return StepIfAsked(thread, step, true);
    return finished ? slow.Next() : slow.Fail();
  }
  if (Step step; EnterSpecial(slow, Special::kNext, {iterator}, &step)) return step;
  const Result<Value> item = Next(thread, iterator);
  if (!item.ok()) return slow.Fail();
  if (item.value().IsUnbound()) return slow.Next();
  slow.B() = item.value();
  return slow.JumpBy(slow.in.jump_c());
}

Step SendSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  const Value iterator = slow.B();
  if (IsKind(iterator, kKindGenerator) || IsKind(iterator, kKindCoroutine)) {
    bool finished;
    const Step step =
        ResumeGenerator(thread, iterator.As<Generator>(), slow.A(), pc, registers, 0, &finished);
    if (step.pc != nullptr) return step;
    if (finished && IsKind(iterator, kKindCoroutine))
      thread.Raise(TypeId::kRuntimeError, "cannot reuse already awaited coroutine");
    return thread.HasException() ? slow.Fail() : GeneratorReturned(thread, pc, registers, kNone);
  }
  Value result;
  switch (SendToIterator(thread, iterator, slow.A(), &result)) {
    case SendResult::kYielded:
      return slow.Store(result);
    case SendResult::kReturned:
      return GeneratorReturned(thread, pc, registers, result);
    case SendResult::kFailed:
      break;
  }
  return slow.Fail();
}

Step SendAgainSlow(Thread&, const uint64_t* pc, Value* registers) {
  return {pc + Instruction(LoadWord(pc)).jump_a(), registers};
}

Step GetYieldFromIterSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  const Value v = slow.B();
  if (IsKind(v, kKindCoroutine)) {
    if ((slow.code->code_flags & (kCodeCoroutine | kCodeIterableCoroutine)) != 0)
      return slow.Store(v);
    thread.RaiseTypeError("cannot 'yield from' a coroutine object in a non-coroutine generator");
    return slow.Fail();
  }
  if (IsKind(v, kKindGenerator)) return slow.Store(v);
  return slow.Store(GetIter(thread, v));
}

Step GetAwaitableSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  const Value v = slow.B();
  if (slow.in.c() != 0 && !IsAnyGenerator(v) &&
      LookupSpecial(thread, TypeOf(v), Special::kAwait).IsUnbound()) {
    RaiseAbout(thread,
               slow.in.c() == 1 ? "'async with' received an object from __aenter__ that does not "
                                  "implement __await__: %.100s"
                                : "'async with' received an object from __aexit__ that does not "
                                  "implement __await__: %.100s",
               v);
    return slow.Fail();
  }
  const Result<Value> iterator = AwaitIterator(thread, v);
  if (iterator.ok() && IsKind(iterator.value(), kKindCoroutine) &&
      !GeneratorDelegate(iterator.value().As<Generator>()).IsUnbound()) {
    thread.Raise(TypeId::kRuntimeError, "coroutine is being awaited already");
    return slow.Fail();
  }
  return slow.Store(iterator);
}

Step GetAiterSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  const Value v = slow.B();
  if (LookupSpecial(thread, TypeOf(v), Special::kAIter).IsUnbound()) {
    RaiseAbout(thread, "'async for' requires an object with __aiter__ method, got %.100s", v);
    return slow.Fail();
  }
  const Result<Value> iterator = CallSpecial(thread, v, Special::kAIter);
  if (iterator.ok() &&
      LookupSpecial(thread, TypeOf(iterator.value()), Special::kANext).IsUnbound()) {
    RaiseAbout(thread,
               "'async for' received an object from __aiter__ that does not implement __anext__: "
               "%.100s",
               iterator.value());
    return slow.Fail();
  }
  return slow.Store(iterator);
}

Step GetAnextSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  const Value v = slow.B();
  if (LookupSpecial(thread, TypeOf(v), Special::kANext).IsUnbound()) {
    RaiseAbout(thread, "'async for' requires an iterator with __anext__ method, got %.100s", v);
    return slow.Fail();
  }
  const Result<Value> awaitable = CallSpecial(thread, v, Special::kANext);
  if (!awaitable.ok() || IsKind(v, kKindAsyncGenerator)) return slow.Store(awaitable);
  const Result<Value> iterator = AwaitIterator(thread, awaitable.value());
  if (iterator.ok()) return slow.Store(iterator);
  const Value cause = thread.TakeException();
  RaiseAbout(thread, "'async for' received an invalid object from __anext__: %.100s",
             awaitable.value());
  if (IsException(thread.exception)) {
    Exception* error = thread.exception.As<Exception>();
    error->cause.Store(error, cause);
    error->context.Store(error, cause);
    error->suppress_context.Store(1);
  }
  return slow.Fail();
}

Step EndAsyncForSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  thread.exception = slow.A();
  if (!thread.ExceptionMatches(TypeId::kStopAsyncIteration))
    return Unwind(thread, pc, registers, /*again=*/true);
  thread.ClearException();
  return slow.Next();
}

Step AsyncGenWrapSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  const Result<AsyncGenWrapped*> wrapped =
      Allocate<AsyncGenWrapped>(thread, TypeId::kAsyncGenWrapped);
  if (!wrapped.ok()) return slow.Fail();
  wrapped.value()->value.Init(slow.B());
  return slow.Store(Value(wrapped.value()));
}

}  // namespace gila::vm

namespace gila {

Result<Value> AwaitIterator(Thread& thread, Value v) {
  if (IsKind(v, kKindCoroutine)) return v;
  if (IsKind(v, kKindGenerator) &&
      (v.As<Generator>()->code->code_flags & kCodeIterableCoroutine) != 0)
    return v;
  if (LookupSpecial(thread, TypeOf(v), Special::kAwait).IsUnbound())
    return vm::RaiseAbout(thread, "object %.100s can't be used in 'await' expression", v);
  GILA_TRY(const Value iterator, CallSpecial(thread, v, Special::kAwait));
  if (IsKind(iterator, kKindCoroutine))
    return thread.RaiseTypeError("__await__() returned a coroutine");
  if (LookupSpecial(thread, TypeOf(iterator), Special::kNext).IsUnbound())
    return vm::RaiseAbout(thread, "__await__() returned non-iterator of type '%.100s'", iterator);
  return iterator;
}

uint8_t native_awaiter_kind = 0;
SendResult (*native_awaiter_step)(Thread& thread, Object* awaiter, Value* result) = nullptr;

SendResult SendToIterator(Thread& thread, Value iterator, Value value, Value* result) {
  if (iterator.IsPointer() && iterator.AsObject()->kind == native_awaiter_kind)
    return native_awaiter_step(thread, iterator.AsObject(), result);
  if (IsKind(iterator, kKindGenerator) || IsKind(iterator, kKindCoroutine))
    return GeneratorSend(thread, iterator.As<Generator>(), value, result);
  if (IsKind(iterator, kKindAsyncGenSend) || IsKind(iterator, kKindAsyncGenThrow))
    return AsyncStep(thread, iterator, value, result);
  const Result<Value> yielded = value.IsNone()
                                    ? CallSpecial(thread, iterator, Special::kNext)
                                    : CallMethod(thread, iterator, NameOf(Name::kSend), {value});
  if (yielded.ok() && !yielded.value().IsUnbound()) {
    *result = yielded.value();
    return SendResult::kYielded;
  }
  if (yielded.ok()) {
    vm::RaiseAbout(thread, "'%.200s' object is not an iterator", iterator);
    return SendResult::kFailed;
  }
  return TakeStopIterationValue(thread, result) ? SendResult::kReturned : SendResult::kFailed;
}

}  // namespace gila

// handlers_calls.h: calls, returns, loops, generators and exceptions.
// A call of a plain function with as many arguments as it has parameters is done here: the window
// becomes the callee's frame, nothing is copied. Included by interpreter.cc only.

#define GILA_GO_INTO(code, callee) \
  do {                             \
    pc = (code)->words;            \
    constants = (code)->constants; \
    registers = (callee);          \
    GILA_DISPATCH();               \
  } while (false)

GILA_HANDLER(Call) { GILA_SLOW(CallSlow); }
GILA_HANDLER(CallFunction) {
  Value* window = &R(a);
  const Code* code = SimpleCallee(window[0], OPERAND(b));
  if (GILA_LIKELY(code != nullptr) &&
      GILA_LIKELY(EnterFrame(*thread, code, pc, registers, window + kFrameHeader, 0)))
    GILA_GO_INTO(code, window + kFrameHeader);
  GILA_SLOW(CallSlow);
}
GILA_HANDLER(CallDefaults) {
  Value* window = &R(a);
  const Code* code = CalleeWithDefaults(window, OPERAND(b));
  if (GILA_LIKELY(code != nullptr) &&
      GILA_LIKELY(EnterFrame(*thread, code, pc, registers, window + kFrameHeader, 0)))
    GILA_GO_INTO(code, window + kFrameHeader);
  GILA_SLOW(CallSlow);
}
GILA_HANDLER(CallNativeFixed) {
  Value* window = &R(a);
  const uint32_t count = OPERAND(b);
  if (const NativeFunction* function = StraightNative(window[0], count);
      GILA_LIKELY(function != nullptr)) {
    const Result<Value> result =
        CallStraight(*thread, function, pc, registers, window + kFrameHeader, count);
    if (GILA_UNLIKELY(!result.ok())) GILA_SLOW(UnwindSlow);
    word = LoadWord(pc);
    R(c) = result.value();
    GILA_NEXT();
  }
  GILA_SLOW(CallSlow);
}
// `await f(x)`: see generators.h.
GILA_HANDLER(CallCoroutine) {
  Value* window = &R(a);
  const Code* code = AwaitedCallee(window[0], OPERAND(b));
  if (GILA_LIKELY(code != nullptr) && GILA_LIKELY(EnterFrame(*thread, code, pc + kCallToSendAgain,
                                                             registers, window + kFrameHeader, 0)))
    GILA_GO_INTO(code, window + kFrameHeader);
  GILA_SLOW(CallSlow);
}
GILA_HANDLER(CallClass) { GILA_SLOW(CallClassSlow); }

GILA_HANDLER(CallMethod) { GILA_SLOW(CallMethodSlow); }
GILA_HANDLER(CallMethodFunction) {
  Value* window = &R(a);
  uint32_t count = OPERAND(b) + 1u;
  if (window[0].IsUnbound()) {  // an attribute that is no method: the window is one further up
    ++window;
    --count;
  }
  const Code* code = SimpleCallee(window[0], count);
  if (GILA_LIKELY(code != nullptr) &&
      GILA_LIKELY(EnterFrame(*thread, code, pc, registers, window + kFrameHeader, 0)))
    GILA_GO_INTO(code, window + kFrameHeader);
  GILA_SLOW(CallMethodSlow);
}
GILA_HANDLER(CallMethodDefaults) {
  Value* window = &R(a);
  uint32_t count = OPERAND(b) + 1u;
  if (window[0].IsUnbound()) {
    ++window;
    --count;
  }
  const Code* code = CalleeWithDefaults(window, count);
  if (GILA_LIKELY(code != nullptr) &&
      GILA_LIKELY(EnterFrame(*thread, code, pc, registers, window + kFrameHeader, 0)))
    GILA_GO_INTO(code, window + kFrameHeader);
  GILA_SLOW(CallMethodSlow);
}
GILA_HANDLER(CallMethodCoroutine) {
  Value* window = &R(a);
  uint32_t count = OPERAND(b) + 1u;
  if (window[0].IsUnbound()) {
    ++window;
    --count;
  }
  const Code* code = AwaitedCallee(window[0], count);
  if (GILA_LIKELY(code != nullptr) && GILA_LIKELY(EnterFrame(*thread, code, pc + kCallToSendAgain,
                                                             registers, window + kFrameHeader, 0)))
    GILA_GO_INTO(code, window + kFrameHeader);
  GILA_SLOW(CallMethodSlow);
}
GILA_HANDLER(CallKwFunction) { GILA_SLOW(CallKwFunctionSlow); }
GILA_HANDLER(CallMethodKwFunction) { GILA_SLOW(CallMethodKwFunctionSlow); }
GILA_HANDLER(CallMethodDescriptor) {
  Value* window = &R(a);
  const uint32_t count = OPERAND(b) + 1u;
  if (const NativeFunction* function = StraightDescriptor(window[0], window[kFrameHeader], count);
      GILA_LIKELY(function != nullptr)) {
    const Result<Value> result =
        CallStraight(*thread, function, pc, registers, window + kFrameHeader, count);
    if (GILA_UNLIKELY(!result.ok())) GILA_SLOW(UnwindSlow);
    word = LoadWord(pc);
    R(c) = result.value();
    GILA_NEXT();
  }
  GILA_SLOW(CallMethodSlow);
}
GILA_HANDLER(CallMethodNative) {
  Value* window = &R(a);
  const uint32_t count = OPERAND(b);
  if (const NativeFunction* function = StraightNative(window[1], count);
      GILA_LIKELY(window[0].IsUnbound()) && GILA_LIKELY(function != nullptr)) {
    ++window;
    const Result<Value> result =
        CallStraight(*thread, function, pc, registers, window + kFrameHeader, count);
    if (GILA_UNLIKELY(!result.ok())) GILA_SLOW(UnwindSlow);
    word = LoadWord(pc);
    R(c) = result.value();
    GILA_NEXT();
  }
  GILA_SLOW(CallMethodSlow);
}

// The plain return: the caller's call instruction (or SendAgain) names the register of the result.
// Every call takes two words.
#define GILA_RETURN(value)                                                  \
  do {                                                                      \
    const Value result = (value);                                           \
    const uint64_t link = LinkOf(registers);                                \
    if (GILA_UNLIKELY((link & kFrameFlagMask) != 0)) GILA_SLOW(ReturnSlow); \
    pc = LinkPc(link);                                                      \
    registers = CallerOf(registers);                                        \
    --thread->depth;                                                        \
    registers[LoadWord(pc) >> 48] = result;                                 \
    constants = CodeOf(registers)->constants;                               \
    pc += kCallWords;                                                       \
    GILA_DISPATCH();                                                        \
  } while (false)
GILA_HANDLER(SendAgain) { GILA_JUMP(JUMP_A()); }
GILA_HANDLER(Return) { GILA_RETURN(R(a)); }
GILA_HANDLER(ReturnNone) { GILA_RETURN(kNone); }
#undef GILA_RETURN

// A for loop goes back here, so this is where the eval breaker is looked at. It is looked at before
// the iterator moves.
GILA_HANDLER(ForNext) { GILA_SLOW(ForNextSlow); }
GILA_HANDLER(ForNextRange) {
  RangeIterator* iterator = CastOrNull<RangeIterator>(R(a));
  if (GILA_UNLIKELY(iterator == nullptr || thread->breaker.LoadRelaxed() != 0) ||
      GILA_UNLIKELY(!OwnsIterator(iterator)))
    GILA_SLOW(ForNextSlow);
  const int64_t left = iterator->left.LoadRelaxed();
  if (GILA_UNLIKELY(left <= 0)) GILA_NEXT();
  const int64_t value = iterator->next.LoadRelaxed();
  iterator->left.StoreRelaxed(left - 1);
  iterator->next.StoreRelaxed(value + iterator->step);
  R(b) = Value::SmallInt(value);
  GILA_JUMP(JUMP_C());
}
GILA_HANDLER(ForNextList) {
  const Value iterator = R(a);
  if (GILA_UNLIKELY(!IsKind(iterator, kKindListIterator) || thread->breaker.LoadRelaxed() != 0) ||
      GILA_UNLIKELY(!OwnsIterator(iterator.AsObject())))
    GILA_SLOW(ForNextSlow);
  const Value list = iterator.As<ListIterator>()->sequence.Load();
  if (GILA_UNLIKELY(list.IsUnbound())) GILA_NEXT();
  const int64_t index = iterator.As<ListIterator>()->index.LoadRelaxed();
  const Value item = ListAt(list.As<List>(), index);
  if (GILA_UNLIKELY(item.IsUnbound())) GILA_SLOW(ForNextSlow);
  iterator.As<ListIterator>()->index.StoreRelaxed(index + 1);
  R(b) = item;
  GILA_JUMP(JUMP_C());
}
GILA_HANDLER(ForNextTuple) {
  const Value iterator = R(a);
  if (GILA_UNLIKELY(!IsKind(iterator, kKindTupleIterator) || thread->breaker.LoadRelaxed() != 0) ||
      GILA_UNLIKELY(!OwnsIterator(iterator.AsObject())))
    GILA_SLOW(ForNextSlow);
  const Value tuple = iterator.As<ListIterator>()->sequence.Load();
  if (GILA_UNLIKELY(tuple.IsUnbound())) GILA_NEXT();
  const int64_t index = iterator.As<ListIterator>()->index.LoadRelaxed();
  if (GILA_UNLIKELY(index >= tuple.As<Tuple>()->length)) GILA_SLOW(ForNextSlow);
  iterator.As<ListIterator>()->index.StoreRelaxed(index + 1);
  R(b) = tuple.As<Tuple>()->At(index);
  GILA_JUMP(JUMP_C());
}
GILA_HANDLER(ForNextGenerator) { GILA_SLOW(ForNextSlow); }
// Keys or values; deleted entries, the end and changed dicts are for the slow path.
GILA_HANDLER(ForNextDict) {
  Value item;
  if (GILA_UNLIKELY(thread->breaker.LoadRelaxed() != 0 || !DictIteratorMove(R(a), &item)))
    GILA_SLOW(ForNextSlow);
  R(b) = item;
  GILA_JUMP(JUMP_C());
}
GILA_HANDLER(ForNextPair) { GILA_SLOW(ForNextPairSlow); }
GILA_HANDLER(ForNextStep) { GILA_SLOW(ForNextStepSlow); }

#undef GILA_GO_INTO

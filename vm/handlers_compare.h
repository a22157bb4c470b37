// handlers_compare.h: comparisons, alone and fused with a conditional jump, and the other jumps.
// Two small ints compare as their words do. `JumpNotLt` is not `JumpGe`: a NaN makes both false.
// Included by interpreter.cc only.

#define GILA_COMPARE_HANDLER(Name, RIGHT, operation)                        \
  GILA_HANDLER(Name) {                                                      \
    const Value left = R(b), right = RIGHT(c);                              \
    if (GILA_LIKELY(BothSmallInts(left, right))) {                          \
      R(a) = Value::Bool(static_cast<int64_t>(left.word())                  \
                             operation static_cast<int64_t>(right.word())); \
      GILA_NEXT();                                                          \
    }                                                                       \
    GILA_SLOW(Name##Slow);                                                  \
  }                                                                         \
  GILA_HANDLER(Name##Float) {                                               \
    const Value left = R(b), right = RIGHT(c);                              \
    if (GILA_LIKELY(left.IsDouble()) && GILA_LIKELY(right.IsDouble())) {    \
      R(a) = Value::Bool(left.AsDouble() operation right.AsDouble());       \
      GILA_NEXT();                                                          \
    }                                                                       \
    GILA_SLOW(Name##Slow);                                                  \
  }
#define GILA_COMPARE_JUMP_HANDLER(Name, RIGHT, operation, unless)                                 \
  GILA_HANDLER(Name) {                                                                            \
    const Value left = R(b), right = RIGHT(c);                                                    \
    if (GILA_LIKELY(BothSmallInts(left, right))) {                                                \
      if (unless(static_cast<int64_t>(left.word()) operation static_cast<int64_t>(right.word()))) \
        GILA_JUMP(JUMP_A());                                                                      \
      GILA_NEXT();                                                                                \
    }                                                                                             \
    GILA_SLOW(Name##Slow);                                                                        \
  }                                                                                               \
  GILA_HANDLER(Name##Float) {                                                                     \
    const Value left = R(b), right = RIGHT(c);                                                    \
    if (GILA_LIKELY(left.IsDouble()) && GILA_LIKELY(right.IsDouble())) {                          \
      if (unless(left.AsDouble() operation right.AsDouble())) GILA_JUMP(JUMP_A());                \
      GILA_NEXT();                                                                                \
    }                                                                                             \
    GILA_SLOW(Name##Slow);                                                                        \
  }
#define GILA_COMPARISONS(Op, operation)                   \
  GILA_COMPARE_HANDLER(Op, R, operation)                  \
  GILA_COMPARE_HANDLER(Op##K, K, operation)               \
  GILA_COMPARE_JUMP_HANDLER(Jump##Op, R, operation, )     \
  GILA_COMPARE_JUMP_HANDLER(Jump##Op##K, K, operation, )  \
  GILA_COMPARE_JUMP_HANDLER(JumpNot##Op, R, operation, !) \
  GILA_COMPARE_JUMP_HANDLER(JumpNot##Op##K, K, operation, !)

GILA_COMPARISONS(Lt, <)
GILA_COMPARISONS(Le, <=)
GILA_COMPARISONS(Eq, ==)
GILA_COMPARISONS(Ne, !=)
GILA_COMPARISONS(Gt, >)
GILA_COMPARISONS(Ge, >=)

#undef GILA_COMPARE_HANDLER
#undef GILA_COMPARE_JUMP_HANDLER
#undef GILA_COMPARISONS

// Identity is equality of words.
GILA_HANDLER(Is) {
  R(a) = Value::Bool(R(b) == R(c));
  GILA_NEXT();
}
GILA_HANDLER(IsNot) {
  R(a) = Value::Bool(R(b) != R(c));
  GILA_NEXT();
}
GILA_HANDLER(In) { GILA_SLOW(InSlow); }
GILA_HANDLER(NotIn) { GILA_SLOW(NotInSlow); }

GILA_HANDLER(Jump) { GILA_JUMP(JUMP_BC()); }
GILA_HANDLER(JumpBack) {
  if (GILA_UNLIKELY(thread->breaker.LoadRelaxed() != 0)) GILA_SLOW(JumpBackSlow);
  GILA_JUMP(JUMP_BC());
}
GILA_HANDLER(JumpIfTrue) {
  const Value condition = R(a);
  if (condition == kTrue) GILA_JUMP(JUMP_BC());
  if (condition == kFalse) GILA_NEXT();
  if (condition.IsSmallInt()) {
    if (condition.word() != 0) GILA_JUMP(JUMP_BC());
    GILA_NEXT();
  }
  if (condition.IsNone()) GILA_NEXT();
  GILA_SLOW(JumpIfTrueSlow);
}
GILA_HANDLER(JumpIfFalse) {
  const Value condition = R(a);
  if (condition == kFalse) GILA_JUMP(JUMP_BC());
  if (condition == kTrue) GILA_NEXT();
  if (condition.IsSmallInt()) {
    if (condition.word() == 0) GILA_JUMP(JUMP_BC());
    GILA_NEXT();
  }
  if (condition.IsNone()) GILA_JUMP(JUMP_BC());
  GILA_SLOW(JumpIfFalseSlow);
}
GILA_HANDLER(JumpIfNone) {
  if (R(a) == kNone) GILA_JUMP(JUMP_BC());
  GILA_NEXT();
}
GILA_HANDLER(JumpIfNotNone) {
  if (R(a) != kNone) GILA_JUMP(JUMP_BC());
  GILA_NEXT();
}
GILA_HANDLER(JumpIfUnbound) {
  if (R(a) == kUnbound) GILA_JUMP(JUMP_BC());
  GILA_NEXT();
}

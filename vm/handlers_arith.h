// handlers_arith.h: arithmetic. Small ints here, doubles in the specialised forms, everything else
// in slow_arith.cc. A small int is its number times four, so a sum or difference of the words is
// the word of the sum. Included by interpreter.cc only.

#define GILA_TRY_STORE_DOUBLE(x)                     \
  do {                                               \
    Value result;                                    \
    if (GILA_LIKELY(Value::TryDouble(x, &result))) { \
      R(a) = result;                                 \
      GILA_NEXT();                                   \
    }                                                \
  } while (false)

// One operator in its four forms: register or constant on the right, plain or augmented assignment.
#define GILA_ARITHMETIC_FORMS(DEFINE, Op) \
  DEFINE(Op, R)                           \
  DEFINE(Op##K, K)                        \
  DEFINE(I##Op, R)                        \
  DEFINE(I##Op##K, K)

#define GILA_ADD_HANDLER(Name, RIGHT)                                                     \
  GILA_HANDLER(Name) {                                                                    \
    const Value left = R(b), right = RIGHT(c);                                            \
    int64_t sum;                                                                          \
    if (GILA_LIKELY(BothSmallInts(left, right)) &&                                        \
        GILA_LIKELY(!__builtin_add_overflow(static_cast<int64_t>(left.word()),            \
                                            static_cast<int64_t>(right.word()), &sum))) { \
      R(a) = Value(static_cast<uint64_t>(sum));                                           \
      GILA_NEXT();                                                                        \
    }                                                                                     \
    GILA_SLOW(Name##Slow);                                                                \
  }
#define GILA_SUB_HANDLER(Name, RIGHT)                                                            \
  GILA_HANDLER(Name) {                                                                           \
    const Value left = R(b), right = RIGHT(c);                                                   \
    int64_t difference;                                                                          \
    if (GILA_LIKELY(BothSmallInts(left, right)) &&                                               \
        GILA_LIKELY(!__builtin_sub_overflow(static_cast<int64_t>(left.word()),                   \
                                            static_cast<int64_t>(right.word()), &difference))) { \
      R(a) = Value(static_cast<uint64_t>(difference));                                           \
      GILA_NEXT();                                                                               \
    }                                                                                            \
    GILA_SLOW(Name##Slow);                                                                       \
  }
#define GILA_MUL_HANDLER(Name, RIGHT)                                                              \
  GILA_HANDLER(Name) {                                                                             \
    const Value left = R(b), right = RIGHT(c);                                                     \
    int64_t product;                                                                               \
    if (GILA_LIKELY(BothSmallInts(left, right)) &&                                                 \
        GILA_LIKELY(!__builtin_mul_overflow(left.AsSmallInt(), static_cast<int64_t>(right.word()), \
                                            &product))) {                                          \
      R(a) = Value(static_cast<uint64_t>(product));                                                \
      GILA_NEXT();                                                                                 \
    }                                                                                              \
    GILA_SLOW(Name##Slow);                                                                         \
  }
// Ints whose quotient is one correctly rounded division: both are exact as doubles.
#define GILA_TRUE_DIV_HANDLER(Name, RIGHT)                                  \
  GILA_HANDLER(Name) {                                                      \
    const Value left = R(b), right = RIGHT(c);                              \
    if (GILA_LIKELY(BothSmallInts(left, right)) && IsExactAsDouble(left) && \
        IsExactAsDouble(right) && GILA_LIKELY(right.word() != 0)) {         \
      GILA_TRY_STORE_DOUBLE(static_cast<double>(left.AsSmallInt()) /        \
                            static_cast<double>(right.AsSmallInt()));       \
    }                                                                       \
    GILA_SLOW(Name##Slow);                                                  \
  }
#define GILA_FLOOR_DIV_HANDLER(Name, RIGHT)                                            \
  GILA_HANDLER(Name) {                                                                 \
    const Value left = R(b), right = RIGHT(c);                                         \
    if (GILA_LIKELY(BothSmallInts(left, right)) &&                                     \
        GILA_LIKELY(static_cast<int64_t>(right.word()) > 0)) {                         \
      R(a) = Value::SmallInt(FloorDivPositive(left.AsSmallInt(), right.AsSmallInt())); \
      GILA_NEXT();                                                                     \
    }                                                                                  \
    GILA_SLOW(Name##Slow);                                                             \
  }
#define GILA_MOD_HANDLER(Name, RIGHT)                                                           \
  GILA_HANDLER(Name) {                                                                          \
    const Value left = R(b), right = RIGHT(c);                                                  \
    if (GILA_LIKELY(BothSmallInts(left, right)) &&                                              \
        GILA_LIKELY(static_cast<int64_t>(right.word()) > 0)) {                                  \
      R(a) = Value(static_cast<uint64_t>(                                                       \
          ModPositive(static_cast<int64_t>(left.word()), static_cast<int64_t>(right.word())))); \
      GILA_NEXT();                                                                              \
    }                                                                                           \
    GILA_SLOW(Name##Slow);                                                                      \
  }
#define GILA_SLOW_ONLY_HANDLER(Name, RIGHT) \
  GILA_HANDLER(Name) { GILA_SLOW(Name##Slow); }
#define GILA_LSHIFT_HANDLER(Name, RIGHT)                                                 \
  GILA_HANDLER(Name) {                                                                   \
    const Value left = R(b), right = RIGHT(c);                                           \
    if (GILA_LIKELY(BothSmallInts(left, right)) && right.word() < (uint64_t{62} << 2)) { \
      const int64_t word_left = static_cast<int64_t>(left.word());                       \
      const int64_t shifted = static_cast<int64_t>(left.word() << right.AsSmallInt());   \
      if (GILA_LIKELY((shifted >> right.AsSmallInt()) == word_left)) {                   \
        R(a) = Value(static_cast<uint64_t>(shifted));                                    \
        GILA_NEXT();                                                                     \
      }                                                                                  \
    }                                                                                    \
    GILA_SLOW(Name##Slow);                                                               \
  }
#define GILA_RSHIFT_HANDLER(Name, RIGHT)                                                 \
  GILA_HANDLER(Name) {                                                                   \
    const Value left = R(b), right = RIGHT(c);                                           \
    if (GILA_LIKELY(BothSmallInts(left, right)) && right.word() < (uint64_t{62} << 2)) { \
      R(a) = Value::SmallInt(left.AsSmallInt() >> right.AsSmallInt());                   \
      GILA_NEXT();                                                                       \
    }                                                                                    \
    GILA_SLOW(Name##Slow);                                                               \
  }
#define GILA_BIT_HANDLER(Name, RIGHT, operation)        \
  GILA_HANDLER(Name) {                                  \
    const Value left = R(b), right = RIGHT(c);          \
    if (GILA_LIKELY(BothSmallInts(left, right))) {      \
      R(a) = Value(left.word() operation right.word()); \
      GILA_NEXT();                                      \
    }                                                   \
    GILA_SLOW(Name##Slow);                              \
  }
#define GILA_AND_HANDLER(Name, RIGHT) GILA_BIT_HANDLER(Name, RIGHT, &)
#define GILA_OR_HANDLER(Name, RIGHT) GILA_BIT_HANDLER(Name, RIGHT, |)
#define GILA_XOR_HANDLER(Name, RIGHT) GILA_BIT_HANDLER(Name, RIGHT, ^)

GILA_ARITHMETIC_FORMS(GILA_ADD_HANDLER, Add)
GILA_ARITHMETIC_FORMS(GILA_SUB_HANDLER, Sub)
GILA_ARITHMETIC_FORMS(GILA_MUL_HANDLER, Mul)
GILA_ARITHMETIC_FORMS(GILA_TRUE_DIV_HANDLER, TrueDiv)
GILA_ARITHMETIC_FORMS(GILA_FLOOR_DIV_HANDLER, FloorDiv)
GILA_ARITHMETIC_FORMS(GILA_MOD_HANDLER, Mod)
GILA_ARITHMETIC_FORMS(GILA_SLOW_ONLY_HANDLER, Pow)
GILA_ARITHMETIC_FORMS(GILA_SLOW_ONLY_HANDLER, MatMul)
GILA_ARITHMETIC_FORMS(GILA_LSHIFT_HANDLER, LShift)
GILA_ARITHMETIC_FORMS(GILA_RSHIFT_HANDLER, RShift)
GILA_ARITHMETIC_FORMS(GILA_AND_HANDLER, And)
GILA_ARITHMETIC_FORMS(GILA_OR_HANDLER, Or)
GILA_ARITHMETIC_FORMS(GILA_XOR_HANDLER, Xor)

// Two doubles, or one and a small int. The slow path makes these out of the int forms, and turns
// them back when ints come.
#define GILA_FLOAT_HANDLER(Name, RIGHT, operation)                       \
  GILA_HANDLER(Name##Float) {                                            \
    const Value left = R(b), right = RIGHT(c);                           \
    double x, y;                                                         \
    if (GILA_LIKELY(left.IsDouble()) && GILA_LIKELY(right.IsDouble())) { \
      GILA_TRY_STORE_DOUBLE(left.AsDouble() operation right.AsDouble()); \
    } else if (AsMixedDoubles(left, right, &x, &y)) {                    \
      GILA_TRY_STORE_DOUBLE(x operation y);                              \
    }                                                                    \
    GILA_SLOW(Name##Slow);                                               \
  }
#define GILA_ADD_FLOAT_HANDLER(Name, RIGHT) GILA_FLOAT_HANDLER(Name, RIGHT, +)
#define GILA_SUB_FLOAT_HANDLER(Name, RIGHT) GILA_FLOAT_HANDLER(Name, RIGHT, -)
#define GILA_MUL_FLOAT_HANDLER(Name, RIGHT) GILA_FLOAT_HANDLER(Name, RIGHT, *)
#define GILA_TRUE_DIV_FLOAT_HANDLER(Name, RIGHT)                         \
  GILA_HANDLER(Name##Float) {                                            \
    const Value left = R(b), right = RIGHT(c);                           \
    double x, y;                                                         \
    if (GILA_LIKELY(left.IsDouble()) && GILA_LIKELY(right.IsDouble()) && \
        GILA_LIKELY(right.AsDouble() != 0)) {                            \
      GILA_TRY_STORE_DOUBLE(left.AsDouble() / right.AsDouble());         \
    } else if (AsMixedDoubles(left, right, &x, &y) && y != 0) {          \
      GILA_TRY_STORE_DOUBLE(x / y);                                      \
    }                                                                    \
    GILA_SLOW(Name##Slow);                                               \
  }
GILA_ARITHMETIC_FORMS(GILA_ADD_FLOAT_HANDLER, Add)
GILA_ARITHMETIC_FORMS(GILA_SUB_FLOAT_HANDLER, Sub)
GILA_ARITHMETIC_FORMS(GILA_MUL_FLOAT_HANDLER, Mul)
GILA_ARITHMETIC_FORMS(GILA_TRUE_DIV_FLOAT_HANDLER, TrueDiv)

GILA_HANDLER(Neg) {
  const Value operand = R(b);
  int64_t negated;
  if (GILA_LIKELY(operand.IsSmallInt()) &&
      GILA_LIKELY(
          !__builtin_sub_overflow(int64_t{0}, static_cast<int64_t>(operand.word()), &negated))) {
    R(a) = Value(static_cast<uint64_t>(negated));
    GILA_NEXT();
  }
  if (GILA_LIKELY(operand.IsDouble())) GILA_TRY_STORE_DOUBLE(-operand.AsDouble());
  GILA_SLOW(NegSlow);
}
GILA_HANDLER(Pos) {
  const Value operand = R(b);
  if (GILA_LIKELY(operand.IsSmallInt() || operand.IsDouble())) {
    R(a) = operand;
    GILA_NEXT();
  }
  GILA_SLOW(PosSlow);
}
GILA_HANDLER(Invert) {
  const Value operand = R(b);
  if (GILA_LIKELY(operand.IsSmallInt())) {
    R(a) = Value::SmallInt(~operand.AsSmallInt());
    GILA_NEXT();
  }
  GILA_SLOW(InvertSlow);
}
GILA_HANDLER(Not) {
  const Value operand = R(b);
  if (GILA_LIKELY(operand.IsBool())) {
    R(a) = Value(kTrue.word() + kFalse.word() - operand.word());
    GILA_NEXT();
  }
  GILA_SLOW(NotSlow);
}

#undef GILA_ADD_HANDLER
#undef GILA_SUB_HANDLER
#undef GILA_MUL_HANDLER
#undef GILA_TRUE_DIV_HANDLER
#undef GILA_FLOOR_DIV_HANDLER
#undef GILA_MOD_HANDLER
#undef GILA_SLOW_ONLY_HANDLER
#undef GILA_LSHIFT_HANDLER
#undef GILA_RSHIFT_HANDLER
#undef GILA_BIT_HANDLER
#undef GILA_AND_HANDLER
#undef GILA_OR_HANDLER
#undef GILA_XOR_HANDLER
#undef GILA_FLOAT_HANDLER
#undef GILA_ADD_FLOAT_HANDLER
#undef GILA_SUB_FLOAT_HANDLER
#undef GILA_MUL_FLOAT_HANDLER
#undef GILA_TRUE_DIV_FLOAT_HANDLER
#undef GILA_ARITHMETIC_FORMS
#undef GILA_TRY_STORE_DOUBLE

// The diagnosis of expressions: see diagnosis_parser.h. The order of alternatives is the point of
// this file.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "compiler/diagnosis_parser.h"

namespace gila::compiler {

using Kind = ast::ExprKind;

// --- lists of expressions ---

DiagnosisParser::Result DiagnosisParser::StarExpressions() {
  const uint32_t start = pos_;
  std::vector<const Node*> items;
  if (!Gather(&DiagnosisParser::StarExpression, &items, true)) return Fail(start);
  const bool tuple = items.size() > 1 || At(pos_ - 1).kind == TK_COMMA;
  return tuple ? Make(Kind::kTuple, start, items) : items[0];
}

DiagnosisParser::Result DiagnosisParser::StarExpression() {
  return Remember(kStarExpression, &DiagnosisParser::StarExpressionRaw);
}

DiagnosisParser::Result DiagnosisParser::StarExpressionRaw() {
  const uint32_t start = pos_;
  if (Accept(TK_STAR)) {
    if (Result value = BitOr()) return Make(Kind::kStarred, start, {value});
    pos_ = start;
  }
  return Expression();
}

DiagnosisParser::Result DiagnosisParser::StarredExpression() {
  const uint32_t start = pos_;
  if (Accept(TK_STAR)) {
    if (Result value = Expression()) return Make(Kind::kStarred, start, {value});
  }
  return Fail(start);
}

DiagnosisParser::Result DiagnosisParser::StarNamedExpression() {
  const uint32_t start = pos_;
  if (Accept(TK_STAR)) {
    if (Result value = BitOr()) return Make(Kind::kStarred, start, {value});
    pos_ = start;
  }
  return NamedExpression();
}

DiagnosisParser::Result DiagnosisParser::StarNamedExpressions() {
  const uint32_t start = pos_;
  std::vector<const Node*> items;
  if (!Gather(&DiagnosisParser::StarNamedExpression, &items, true)) return Fail(start);
  return Make(Kind::kTuple, start, items);
}

DiagnosisParser::Result DiagnosisParser::Expressions() {
  const uint32_t start = pos_;
  std::vector<const Node*> items;
  if (!Gather(&DiagnosisParser::Expression, &items, true)) return Fail(start);
  const bool tuple = items.size() > 1 || At(pos_ - 1).kind == TK_COMMA;
  return tuple ? Make(Kind::kTuple, start, items) : items[0];
}

// --- named expressions ---

DiagnosisParser::Result DiagnosisParser::AssignmentExpression() {
  const uint32_t start = pos_;
  if (Accept(TK_NAME) && Accept(TK_COLON_EQUAL) && Expression())
    return Make(Kind::kNamedExpr, start);
  return Fail(start);
}

DiagnosisParser::Result DiagnosisParser::PlainOrAssignment() {
  const uint32_t start = pos_;
  if (Result named = AssignmentExpression()) return named;
  Result value = Expression();
  if (value != nullptr && !Is(TK_COLON_EQUAL)) return value;
  return Fail(start);
}

DiagnosisParser::Result DiagnosisParser::NamedExpression() {
  return Remember(kNamedExpression, &DiagnosisParser::NamedExpressionRaw);
}

DiagnosisParser::Result DiagnosisParser::NamedExpressionRaw() {
  const uint32_t start = pos_;
  if (Result named = AssignmentExpression()) return named;
  if (invalid_rules_) {
    InvalidNamedExpression();
    pos_ = start;
  }
  Result value = Expression();
  if (value != nullptr && !Is(TK_COLON_EQUAL)) return value;
  return Fail(start);
}

DiagnosisParser::Result DiagnosisParser::InvalidNamedExpression() {
  return Remember(kInvalidNamedExpression, &DiagnosisParser::InvalidNamedExpressionRaw);
}

DiagnosisParser::Result DiagnosisParser::InvalidNamedExpressionRaw() {
  const uint32_t start = pos_;
  if (Result value = Expression()) {
    if (Accept(TK_COLON_EQUAL) && Expression()) {
      return RaiseAt(value, absl::StrCat("cannot use assignment expressions with ", NameOf(value)));
    }
  }
  pos_ = start;
  if (Accept(TK_NAME) && Accept(TK_EQUAL)) {
    Result value = BitOr();
    if (value != nullptr && !IsOneOf({TK_EQUAL, TK_COLON_EQUAL})) {
      return RaiseRange(start, value->last,
                        "invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
    }
  }
  pos_ = start;
  if (IsOneOf({TK_TRUE, TK_NONE, TK_FALSE}) || LooksAhead(&DiagnosisParser::ListAtom) ||
      LooksAhead(&DiagnosisParser::TupleAtom) ||
      LooksAhead(&DiagnosisParser::GeneratorExpression)) {
    return nullptr;
  }
  Result target = BitOr();
  if (target != nullptr && Accept(TK_EQUAL) && BitOr() && !IsOneOf({TK_EQUAL, TK_COLON_EQUAL})) {
    return RaiseAt(target,
                   absl::StrFormat("cannot assign to %s here. Maybe you meant '==' instead of '='?",
                                   NameOf(target)));
  }
  return Fail(start);
}

// --- expression ---

DiagnosisParser::Result DiagnosisParser::Expression() {
  return Remember(kExpression, &DiagnosisParser::ExpressionRaw);
}

DiagnosisParser::Result DiagnosisParser::ExpressionRaw() {
  const uint32_t start = pos_;
  if (invalid_rules_) {
    InvalidExpression();
    pos_ = start;
    InvalidLegacyExpression();
    pos_ = start;
    if (found_) return nullptr;
  }
  return Conditional();
}

DiagnosisParser::Result DiagnosisParser::Conditional() {
  const uint32_t start = pos_;
  if (Result value = Disjunction()) {
    const uint32_t end = pos_;
    if (Accept(TK_IF) && Disjunction() && Accept(TK_ELSE) && Expression())
      return Make(Kind::kIfExp, start);
    if (found_) return nullptr;
    pos_ = end;
    return value;
  }
  pos_ = start;
  return Lambda();
}

DiagnosisParser::Result DiagnosisParser::ExpressionWithoutInvalid() {
  const bool before = invalid_rules_;
  invalid_rules_ = false;
  Result result = Conditional();
  invalid_rules_ = before;
  return result;
}

namespace {

bool IsLegacyWord(std::string_view word) { return word == "print" || word == "exec"; }

}  // namespace

DiagnosisParser::Result DiagnosisParser::InvalidExpression() {
  const uint32_t start = pos_;
  const bool prefixed = Peek() == TK_NAME && Peek(1) == TK_STRING;
  if (!prefixed && !IsSoftKeyword()) {
    if (Result first = Disjunction()) {
      if (Result second = ExpressionWithoutInvalid()) {
        const bool legacy = first->kind == Kind::kName && IsLegacyWord(TextAt(first->first));
        if (!legacy && At(pos_ - 1).level > 0) {
          return RaiseRange(first->first, second->last,
                            "invalid syntax. Perhaps you forgot a comma?");
        }
      }
    }
  }
  pos_ = start;
  if (Result first = Disjunction()) {
    if (Accept(TK_IF)) {
      Result test = Disjunction();
      if (test != nullptr && !IsOneOf({TK_ELSE, TK_COLON})) {
        return RaiseRange(first->first, test->last, "expected 'else' after 'if' expression");
      }
    }
  }
  return Fail(start);
}

DiagnosisParser::Result DiagnosisParser::InvalidLegacyExpression() {
  const uint32_t start = pos_;
  if (Accept(TK_NAME) && !Is(TK_LPAREN)) {
    if (Result rest = StarExpressions()) {
      const std::string_view word = TextAt(start);
      if (IsLegacyWord(word)) {
        return RaiseRange(
            start, rest->last,
            absl::StrFormat("Missing parentheses in call to '%s'. Did you mean %s(...)?", word,
                            word));
      }
    }
  }
  return Fail(start);
}

DiagnosisParser::Result DiagnosisParser::YieldExpression() {
  const uint32_t start = pos_;
  if (!Accept(TK_YIELD)) return nullptr;
  const uint32_t after = pos_;
  if (Accept(TK_FROM)) {
    if (Expression()) return Make(Kind::kYieldFrom, start);
    pos_ = after;
  }
  if (!StarExpressions()) pos_ = after;
  return found_ ? nullptr : Make(Kind::kYield, start);
}

// --- operators ---

DiagnosisParser::Result DiagnosisParser::Disjunction() {
  return Remember(kDisjunction, &DiagnosisParser::DisjunctionRaw);
}

DiagnosisParser::Result DiagnosisParser::DisjunctionRaw() {
  const uint32_t start = pos_;
  Result first = Conjunction();
  if (first == nullptr) return nullptr;
  bool more = false;
  uint32_t end = pos_;
  while (Accept(TK_OR) && Conjunction()) {
    more = true;
    end = pos_;
  }
  pos_ = end;
  return more ? Make(Kind::kBoolOp, start) : first;
}

DiagnosisParser::Result DiagnosisParser::Conjunction() {
  return Remember(kConjunction, &DiagnosisParser::ConjunctionRaw);
}

DiagnosisParser::Result DiagnosisParser::ConjunctionRaw() {
  const uint32_t start = pos_;
  Result first = Inversion();
  if (first == nullptr) return nullptr;
  bool more = false;
  uint32_t end = pos_;
  while (Accept(TK_AND) && Inversion()) {
    more = true;
    end = pos_;
  }
  pos_ = end;
  return more ? Make(Kind::kBoolOp, start) : first;
}

DiagnosisParser::Result DiagnosisParser::Inversion() {
  return Remember(kInversion, &DiagnosisParser::InversionRaw);
}

DiagnosisParser::Result DiagnosisParser::InversionRaw() {
  const uint32_t start = pos_;
  if (Accept(TK_NOT)) {
    if (Inversion()) return Make(Kind::kUnaryOp, start);
    pos_ = start;
  }
  return Comparison();
}

bool DiagnosisParser::CompareOperator(bool* is_in) {
  *is_in = false;
  if (AcceptOneOf({TK_EQ, TK_NE, TK_LT, TK_LE, TK_GT, TK_GE})) return true;
  if (Accept(TK_IN)) {
    *is_in = true;
    return true;
  }
  if (Is(TK_NOT)) {
    if (Peek(1) != TK_IN) return false;
    pos_ += 2;
    return true;
  }
  if (!Accept(TK_IS)) return false;
  Accept(TK_NOT);
  return true;
}

DiagnosisParser::Result DiagnosisParser::Comparison() {
  const uint32_t start = pos_;
  Result first = BitOr();
  if (first == nullptr) return nullptr;
  bool more = false;
  bool first_is_in = false;
  uint32_t end = pos_;
  bool is_in = false;
  while (CompareOperator(&is_in) && BitOr()) {
    if (!more) first_is_in = is_in;
    more = true;
    end = pos_;
  }
  pos_ = end;
  if (!more) return first;
  Result compare = Make(Kind::kCompare, start);
  if (compare != nullptr && first_is_in) const_cast<Node*>(compare)->left = first;
  return compare;
}

DiagnosisParser::Result DiagnosisParser::BitOr() {
  return Remember(kBitOr, &DiagnosisParser::BitOrRaw);
}

DiagnosisParser::Result DiagnosisParser::BitOrRaw() { return Binary(0); }

// The left-associative levels from `|` to `*`.
DiagnosisParser::Result DiagnosisParser::Binary(int level) {
  static constexpr int kLevels = 6;
  static constexpr int kNone = -1;
  static constexpr int kOperators[kLevels][5] = {
      {TK_PIPE, kNone, kNone, kNone, kNone},
      {TK_CARET, kNone, kNone, kNone, kNone},
      {TK_AMPERSAND, kNone, kNone, kNone, kNone},
      {TK_LEFT_SHIFT, TK_RIGHT_SHIFT, kNone, kNone, kNone},
      {TK_PLUS, TK_MINUS, kNone, kNone, kNone},
      {TK_STAR, TK_SLASH, TK_DOUBLE_SLASH, TK_PERCENT, TK_AT},
  };
  if (level == kLevels) return Factor();
  const uint32_t start = pos_;
  Result value = Binary(level + 1);
  if (value == nullptr) return nullptr;
  while (!found_) {
    const uint32_t end = pos_;
    const int next = Peek();
    const int* const operators = kOperators[level];
    if (std::find(operators, operators + 5, next) == operators + 5) break;
    ++pos_;
    if (Binary(level + 1) == nullptr) {
      pos_ = end;
      break;
    }
    value = Make(Kind::kBinOp, start);
  }
  return found_ ? nullptr : value;
}

DiagnosisParser::Result DiagnosisParser::Factor() {
  return Remember(kFactor, &DiagnosisParser::FactorRaw);
}

DiagnosisParser::Result DiagnosisParser::FactorRaw() {
  const uint32_t start = pos_;
  if (AcceptOneOf({TK_PLUS, TK_MINUS, TK_TILDE})) {
    return Factor() ? Make(Kind::kUnaryOp, start) : Fail(start);
  }
  return Power();
}

DiagnosisParser::Result DiagnosisParser::Power() {
  const uint32_t start = pos_;
  Result base = nullptr;
  if (Accept(TK_AWAIT)) {
    base = Primary() ? Make(Kind::kAwait, start) : Fail(start);
  } else {
    base = Primary();
  }
  if (base == nullptr) return nullptr;
  const uint32_t end = pos_;
  if (Accept(TK_DOUBLE_STAR)) {
    if (Factor()) return Make(Kind::kBinOp, start);
    pos_ = end;
  }
  return found_ ? nullptr : base;
}

DiagnosisParser::Result DiagnosisParser::Primary() {
  return Remember(kPrimary, &DiagnosisParser::PrimaryRaw);
}

DiagnosisParser::Result DiagnosisParser::PrimaryRaw() {
  const uint32_t start = pos_;
  Result value = Atom();
  while (value != nullptr && !found_) {
    const uint32_t end = pos_;
    if (Accept(TK_DOT)) {
      if (!Accept(TK_NAME)) {
        pos_ = end;
        break;
      }
      value = Make(Kind::kAttribute, start);
    } else if (Is(TK_LPAREN)) {
      if (GeneratorExpression()) {
        value = Make(Kind::kCall, start);
        continue;
      }
      if (found_) break;
      pos_ = end + 1;
      if (!Is(TK_RPAREN)) Arguments();
      if (!Accept(TK_RPAREN)) {
        pos_ = end;
        break;
      }
      value = Make(Kind::kCall, start);
    } else if (Accept(TK_LBRACKET)) {
      if (!Slices() || !Accept(TK_RBRACKET)) {
        pos_ = end;
        break;
      }
      value = Make(Kind::kSubscript, start);
    } else {
      break;
    }
  }
  return found_ ? nullptr : value;
}

}  // namespace gila::compiler

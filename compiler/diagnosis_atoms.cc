// The diagnosis of atoms, displays, comprehensions, arguments and targets: see diagnosis_parser.h.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "compiler/diagnosis_parser.h"

namespace gila::compiler {

using Kind = ast::ExprKind;

// --- atoms ---

DiagnosisParser::Result DiagnosisParser::Atom() {
  return Remember(kAtom, &DiagnosisParser::AtomRaw);
}

DiagnosisParser::Result DiagnosisParser::AtomRaw() {
  const uint32_t start = pos_;
  switch (Peek()) {
    case TK_NAME:
      ++pos_;
      return Make(Kind::kName, start);
    case TK_TRUE:
    case TK_FALSE:
    case TK_NONE:
    case TK_NUMBER:
    case TK_ELLIPSIS:
      ++pos_;
      return Make(Kind::kConstant, start);
    case TK_STRING:
      return Strings();
    case TK_LPAREN:
      if (Result tuple = TupleAtom()) return tuple;
      if (Result group = Group()) return group;
      return found_ ? nullptr : GeneratorExpression();
    case TK_LBRACKET:
      if (Result list = ListAtom()) return list;
      return found_ ? nullptr : ListComprehension();
    case TK_LBRACE:
      if (Result dict = DictAtom()) return dict;
      if (Result set = SetAtom()) return set;
      if (Result comprehension = DictComprehension()) return comprehension;
      return found_ ? nullptr : SetComprehension();
    default:
      return nullptr;
  }
}

DiagnosisParser::Result DiagnosisParser::Strings() {
  const uint32_t start = pos_;
  bool formatted = false;
  while (Is(TK_STRING)) {
    const std::string_view text = TextAt(pos_);
    const std::string_view prefix = text.substr(0, text.find_first_of("'\""));
    formatted = formatted || prefix.find_first_of("fF") != std::string_view::npos;
    ++pos_;
  }
  return Make(formatted ? Kind::kJoinedStr : Kind::kConstant, start);
}

DiagnosisParser::Result DiagnosisParser::TupleAtom() {
  const uint32_t start = pos_;
  if (!Accept(TK_LPAREN)) return nullptr;
  if (Accept(TK_RPAREN)) return Make(Kind::kTuple, start);
  std::vector<const Node*> items;
  Result first = StarNamedExpression();
  if (first == nullptr || !Accept(TK_COMMA)) return Fail(start);
  const uint32_t after = pos_;
  if (Result rest = StarNamedExpressions()) {
    items = *rest->items;
  } else {
    pos_ = after;
  }
  items.insert(items.begin(), first);
  return Accept(TK_RPAREN) ? Make(Kind::kTuple, start, items) : Fail(start);
}

DiagnosisParser::Result DiagnosisParser::Group() {
  const uint32_t start = pos_;
  if (!Accept(TK_LPAREN)) return nullptr;
  Result value = YieldExpression();
  if (value == nullptr) value = NamedExpression();
  if (value != nullptr && Accept(TK_RPAREN)) return value;
  pos_ = start + 1;
  if (!invalid_rules_ || found_) return Fail(start);
  if (Result starred = StarredExpression()) {
    if (Accept(TK_RPAREN)) return RaiseAt(starred, "cannot use starred expression here");
  }
  pos_ = start + 1;
  if (Accept(TK_DOUBLE_STAR) && Expression() && Accept(TK_RPAREN)) {
    return RaiseAtToken(start + 1, "cannot use double starred expression here");
  }
  return Fail(start);
}

DiagnosisParser::Result DiagnosisParser::GeneratorExpression() {
  const uint32_t start = pos_;
  if (!Accept(TK_LPAREN)) return nullptr;
  if (PlainOrAssignment() && ForIfClauses() && Accept(TK_RPAREN))
    return Make(Kind::kGeneratorExp, start);
  pos_ = start;
  InvalidComprehension();
  return Fail(start);
}

DiagnosisParser::Result DiagnosisParser::ListAtom() {
  const uint32_t start = pos_;
  if (!Accept(TK_LBRACKET)) return nullptr;
  if (Accept(TK_RBRACKET)) return Make(Kind::kList, start);
  Result items = StarNamedExpressions();
  if (items == nullptr || !Accept(TK_RBRACKET)) return Fail(start);
  return Make(Kind::kList, start, *items->items);
}

DiagnosisParser::Result DiagnosisParser::ListComprehension() {
  const uint32_t start = pos_;
  if (!Accept(TK_LBRACKET)) return nullptr;
  if (NamedExpression() && ForIfClauses() && Accept(TK_RBRACKET))
    return Make(Kind::kListComp, start);
  pos_ = start;
  InvalidComprehension();
  return Fail(start);
}

DiagnosisParser::Result DiagnosisParser::SetAtom() {
  const uint32_t start = pos_;
  if (!Accept(TK_LBRACE)) return nullptr;
  if (StarNamedExpressions() && Accept(TK_RBRACE)) return Make(Kind::kSet, start);
  return Fail(start);
}

DiagnosisParser::Result DiagnosisParser::SetComprehension() {
  const uint32_t start = pos_;
  if (!Accept(TK_LBRACE)) return nullptr;
  if (NamedExpression() && ForIfClauses() && Accept(TK_RBRACE)) return Make(Kind::kSetComp, start);
  pos_ = start;
  InvalidComprehension();
  return Fail(start);
}

DiagnosisParser::Result DiagnosisParser::KeyValue() {
  const uint32_t start = pos_;
  if (Expression() && Accept(TK_COLON) && Expression()) return Make(Kind::kDict, start);
  return Fail(start);
}

DiagnosisParser::Result DiagnosisParser::DoubleStarredKeyValue() {
  const uint32_t start = pos_;
  if (Accept(TK_DOUBLE_STAR)) {
    if (BitOr()) return Make(Kind::kDict, start);
    pos_ = start;
  }
  return KeyValue();
}

DiagnosisParser::Result DiagnosisParser::DictAtom() {
  const uint32_t start = pos_;
  if (!Accept(TK_LBRACE)) return nullptr;
  if (Accept(TK_RBRACE)) return Make(Kind::kDict, start);
  std::vector<const Node*> items;
  if (Gather(&DiagnosisParser::DoubleStarredKeyValue, &items, true) && Accept(TK_RBRACE))
    return Make(Kind::kDict, start);
  pos_ = start + 1;
  if (!found_) InvalidDictItems();  // CPython has no guard here
  return Fail(start);
}

DiagnosisParser::Result DiagnosisParser::InvalidDictItems() {
  const uint32_t start = pos_;
  std::vector<const Node*> items;
  if (Gather(&DiagnosisParser::DoubleStarredKeyValue, &items, false) && Accept(TK_COMMA)) {
    if (InvalidKeyValue() || found_) return nullptr;
  }
  pos_ = start;
  if (!Expression() || !Is(TK_COLON)) return Fail(start);
  const uint32_t colon = pos_++;
  if (Is(TK_STAR)) {
    const uint32_t star = pos_++;
    if (BitOr()) return ReportFrom(star, "cannot use a starred expression in a dictionary value");
    pos_ = colon + 1;
  }
  if (IsOneOf({TK_RBRACE, TK_COMMA})) {
    return Report(colon, colon, "expression expected after dictionary key and ':'");
  }
  return Fail(start);
}

DiagnosisParser::Result DiagnosisParser::InvalidKeyValue() {
  const uint32_t start = pos_;
  Result key = Expression();
  if (key == nullptr) return Fail(start);
  if (!Is(TK_COLON)) {
    if (found_) return nullptr;
    Report(key->first, key->last, "':' expected after dictionary key");
    // CPython marks the last character of the key alone.
    error_.offset = std::max(error_.end_offset - 1, 1);
    if (error_.end_line == error_.line) error_.end_offset = 0;
    return nullptr;
  }
  const uint32_t colon = pos_++;
  if (Is(TK_STAR)) {
    const uint32_t star = pos_++;
    if (BitOr()) return ReportFrom(star, "cannot use a starred expression in a dictionary value");
    pos_ = colon + 1;
  }
  if (IsOneOf({TK_RBRACE, TK_COMMA})) {
    return Report(colon, colon, "expression expected after dictionary key and ':'");
  }
  return Fail(start);
}

DiagnosisParser::Result DiagnosisParser::DictComprehension() {
  const uint32_t start = pos_;
  if (!Accept(TK_LBRACE)) return nullptr;
  if (KeyValue() && ForIfClauses() && Accept(TK_RBRACE)) return Make(Kind::kDictComp, start);
  pos_ = start + 1;
  if (invalid_rules_ && Accept(TK_DOUBLE_STAR) && BitOr() && ForIfClauses() && Accept(TK_RBRACE)) {
    return RaiseAtToken(start + 1, "dict unpacking cannot be used in dict comprehension");
  }
  return Fail(start);
}

DiagnosisParser::Result DiagnosisParser::InvalidComprehension() {
  if (!invalid_rules_ || found_) return nullptr;
  const uint32_t start = pos_;
  const bool group = Is(TK_LPAREN);
  if (!AcceptOneOf({TK_LBRACKET, TK_LPAREN, TK_LBRACE})) return nullptr;
  if (Result starred = StarredExpression()) {
    if (ForIfClauses())
      return RaiseAt(starred, "iterable unpacking cannot be used in comprehension");
  }
  if (group) return Fail(start);
  constexpr const char* kForgot = "did you forget parentheses around the comprehension target?";
  pos_ = start + 1;
  Result first = StarNamedExpression();
  if (first == nullptr || !Accept(TK_COMMA)) return Fail(start);
  const uint32_t comma = pos_ - 1;
  if (Result rest = StarNamedExpressions()) {
    if (ForIfClauses()) return RaiseRange(first->first, rest->items->back()->last, kForgot);
  }
  pos_ = comma + 1;
  if (ForIfClauses()) return RaiseRange(first->first, comma, kForgot);
  return Fail(start);
}

DiagnosisParser::Result DiagnosisParser::ForIfClauses() {
  return Remember(kForIfClauses, &DiagnosisParser::ForIfClausesRaw);
}

// The items of the result are the last clause's target and its last iterable or condition.
DiagnosisParser::Result DiagnosisParser::ForIfClausesRaw() {
  const uint32_t start = pos_;
  Result last = nullptr;
  while (Result clause = ForIfClause()) last = clause;
  if (last == nullptr || found_) return Fail(start);
  return Make(Kind::kGeneratorExp, start, *last->items);
}

DiagnosisParser::Result DiagnosisParser::ForIfClause() {
  const uint32_t start = pos_;
  Accept(TK_ASYNC);
  if (!Accept(TK_FOR)) return Fail(start);
  const uint32_t after_for = pos_;
  Result target = StarTargets();
  if (target != nullptr && Accept(TK_IN)) {
    Result last = Disjunction();
    if (last == nullptr) return Fail(start);
    uint32_t end = pos_;
    while (Accept(TK_IF)) {
      Result condition = Disjunction();
      if (condition == nullptr) break;
      last = condition;
      end = pos_;
    }
    pos_ = end;
    return Make(Kind::kGeneratorExp, start, {target, last});
  }
  pos_ = after_for;
  if (invalid_rules_ && !found_) {
    if (Result targets = StarExpressions()) RaiseTarget(targets, Targets::kFor);
  }
  return Fail(start);
}

// --- arguments ---

DiagnosisParser::Result DiagnosisParser::Arguments() {
  return Remember(kArguments, &DiagnosisParser::ArgumentsRaw);
}

DiagnosisParser::Result DiagnosisParser::ArgumentsRaw() {
  const uint32_t start = pos_;
  if (Result args = ArgumentList()) {
    Accept(TK_COMMA);
    if (Is(TK_RPAREN)) return args;
  }
  pos_ = start;
  if (invalid_rules_ && !found_) InvalidArguments();
  return Fail(start);
}

DiagnosisParser::Result DiagnosisParser::PositionalArgument() {
  const uint32_t start = pos_;
  if (Result starred = StarredExpression()) return starred;
  Result value = PlainOrAssignment();
  if (value != nullptr && !Is(TK_EQUAL)) return value;
  return Fail(start);
}

DiagnosisParser::Result DiagnosisParser::ArgumentList() {
  const uint32_t start = pos_;
  std::vector<const Node*> positional;
  bool unpacks = false;
  if (Gather(&DiagnosisParser::PositionalArgument, &positional, false)) {
    const uint32_t end = pos_;
    if (!Accept(TK_COMMA) || !KeywordArguments(&positional, &unpacks)) pos_ = end;
  } else {
    pos_ = start;
    if (!KeywordArguments(&positional, &unpacks)) return Fail(start);
  }
  Result call = Make(Kind::kCall, start, positional);
  if (call != nullptr) const_cast<Node*>(call)->unpacks = unpacks;
  return call;
}

bool DiagnosisParser::KeywordArguments(std::vector<const Node*>* positional, bool* unpacks) {
  const uint32_t start = pos_;
  std::vector<const Node*> first;
  std::vector<const Node*> second;
  if (Gather(&DiagnosisParser::KeywordOrStarred, &first, false)) {
    const uint32_t end = pos_;
    if (!Accept(TK_COMMA) || !Gather(&DiagnosisParser::KeywordOrDoubleStarred, &second, false))
      pos_ = end;
  } else {
    pos_ = start;
    if (found_ || !Gather(&DiagnosisParser::KeywordOrDoubleStarred, &second, false)) {
      pos_ = start;
      return false;
    }
  }
  for (const Node* node : first) {
    if (node->kind == Kind::kStarred) positional->push_back(node);
  }
  for (const Node* node : second) *unpacks = *unpacks || node->unpacks;
  return !found_;
}

DiagnosisParser::Result DiagnosisParser::InvalidKeyword() {
  if (!invalid_rules_ || found_) return nullptr;
  const uint32_t start = pos_;
  if (AcceptOneOf({TK_TRUE, TK_FALSE, TK_NONE}) && Is(TK_EQUAL)) {
    return RaiseRange(start, pos_, absl::StrCat("cannot assign to ", std::string(TextAt(start))));
  }
  pos_ = start;
  if (Accept(TK_NAME) && Accept(TK_EQUAL)) {
    if (Expression() && ForIfClauses()) {
      return RaiseRange(start, start + 1,
                        "invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
    }
    return Fail(start);
  }
  pos_ = start;
  if (Result value = Expression()) {
    if (Is(TK_EQUAL)) {
      return RaiseRange(value->first, pos_,
                        "expression cannot contain assignment, perhaps you meant \"==\"?");
    }
  }
  return Fail(start);
}

DiagnosisParser::Result DiagnosisParser::KeywordOrStarred() {
  const uint32_t start = pos_;
  InvalidKeyword();
  pos_ = start;
  if (Accept(TK_NAME) && Accept(TK_EQUAL) && Expression()) return Make(Kind::kName, start);
  pos_ = start;
  return StarredExpression();
}

DiagnosisParser::Result DiagnosisParser::KeywordOrDoubleStarred() {
  const uint32_t start = pos_;
  InvalidKeyword();
  pos_ = start;
  if (Accept(TK_NAME) && Accept(TK_EQUAL) && Expression()) return Make(Kind::kName, start);
  pos_ = start;
  if (!Accept(TK_DOUBLE_STAR) || !Expression()) return Fail(start);
  Result value = Make(Kind::kStarred, start);
  if (value != nullptr) const_cast<Node*>(value)->unpacks = true;
  return value;
}

DiagnosisParser::Result DiagnosisParser::InvalidArguments() {
  const uint32_t start = pos_;
  constexpr const char* kParenthesize = "Generator expression must be parenthesized";
  Result args = ArgumentList();
  const uint32_t after_args = pos_;
  if (args != nullptr && Accept(TK_COMMA) && Is(TK_STAR)) {
    return RaiseAt(args, "iterable argument unpacking follows keyword argument unpacking");
  }
  pos_ = start;
  if (Result value = Expression()) {
    if (Result clauses = ForIfClauses()) {
      if (Accept(TK_COMMA)) {
        const uint32_t after = pos_;
        if (!ArgumentList()) pos_ = after;
        return RaiseRange(value->first, clauses->items->back()->last, kParenthesize);
      }
    }
  }
  pos_ = start;
  if (Accept(TK_NAME) && Accept(TK_EQUAL) && Expression() && ForIfClauses()) {
    return RaiseRange(start, start + 1,
                      "invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
  }
  if (args == nullptr || found_) return Fail(start);
  pos_ = after_args;
  if (Result clauses = ForIfClauses()) {
    const auto& positional = *args->items;
    if (positional.size() > 1) {
      return RaiseRange(positional.back()->first, clauses->items->back()->last, kParenthesize);
    }
  }
  pos_ = after_args;
  if (Accept(TK_COMMA)) {
    if (Result value = Expression()) {
      if (Result clauses = ForIfClauses())
        return RaiseRange(value->first, clauses->items->front()->last, kParenthesize);
    }
    pos_ = after_args + 1;
    if (ArgumentList()) {
      return RaiseLast(args->unpacks ? "positional argument follows keyword argument unpacking"
                                     : "positional argument follows keyword argument");
    }
  }
  return Fail(start);
}

// --- subscripts ---

DiagnosisParser::Result DiagnosisParser::SliceOrStarred() {
  if (Result slice = Slice()) return slice;
  return found_ ? nullptr : StarredExpression();
}

DiagnosisParser::Result DiagnosisParser::Slices() {
  const uint32_t start = pos_;
  std::vector<const Node*> items;
  if (!Gather(&DiagnosisParser::SliceOrStarred, &items, true)) return Fail(start);
  return items[0];
}

DiagnosisParser::Result DiagnosisParser::Slice() {
  const uint32_t start = pos_;
  if (!Is(TK_COLON) && !Expression()) pos_ = start;
  if (!found_ && Accept(TK_COLON)) {
    uint32_t end = pos_;
    if (!Expression()) pos_ = end;
    if (Accept(TK_COLON)) {
      end = pos_;
      if (!Expression()) pos_ = end;
    }
    return Make(Kind::kSlice, start);
  }
  pos_ = start;
  return NamedExpression();
}

// --- lambda ---

DiagnosisParser::Result DiagnosisParser::Lambda() {
  static constexpr ParameterStyle kStyle = {TK_COLON, false,
                                            "Lambda expression parameters cannot be parenthesized"};
  const uint32_t start = pos_;
  if (!Accept(TK_LAMBDA)) return nullptr;
  if (!Is(TK_COLON)) Parameters(kStyle);
  if (Accept(TK_COLON) && Expression()) return Make(Kind::kLambda, start);
  return Fail(start);
}

// --- targets ---

DiagnosisParser::Result DiagnosisParser::StarTargets() {
  const uint32_t start = pos_;
  std::vector<const Node*> items;
  if (!Gather(&DiagnosisParser::StarTarget, &items, true)) return Fail(start);
  const bool tuple = items.size() > 1 || At(pos_ - 1).kind == TK_COMMA;
  return tuple ? Make(Kind::kTuple, start, items) : items[0];
}

DiagnosisParser::Result DiagnosisParser::StarTarget() {
  return Remember(kStarTarget, &DiagnosisParser::StarTargetRaw);
}

DiagnosisParser::Result DiagnosisParser::StarTargetRaw() {
  const uint32_t start = pos_;
  if (Accept(TK_STAR)) {
    Result value = Is(TK_STAR) ? nullptr : StarTarget();
    return value != nullptr ? Make(Kind::kStarred, start, {value}) : Fail(start);
  }
  return TargetWithStarAtom();
}

DiagnosisParser::Result DiagnosisParser::TargetWithStarAtom() {
  const uint32_t start = pos_;
  Result value = Primary();
  if (value != nullptr && value->first == start &&
      (value->kind == Kind::kAttribute || value->kind == Kind::kSubscript)) {
    return value;
  }
  pos_ = start;
  return found_ ? nullptr : StarAtom();
}

DiagnosisParser::Result DiagnosisParser::StarAtom() {
  const uint32_t start = pos_;
  if (Accept(TK_NAME)) return Make(Kind::kName, start);
  const bool list = Is(TK_LBRACKET);
  if (!AcceptOneOf({TK_LPAREN, TK_LBRACKET})) return nullptr;
  const int closing = list ? TK_RBRACKET : TK_RPAREN;
  if (Accept(closing)) return Make(list ? Kind::kList : Kind::kTuple, start);
  Result inner = StarTargets();
  if (inner == nullptr || !Accept(closing)) return Fail(start);
  if (list)
    return Make(Kind::kList, start,
                inner->kind == Kind::kTuple ? *inner->items : std::vector{inner});
  if (inner->kind == Kind::kStarred) return Fail(start);
  return inner->kind == Kind::kTuple && inner->first == start + 1
             ? Make(Kind::kTuple, start, *inner->items)
             : inner;
}

DiagnosisParser::Result DiagnosisParser::SingleTarget() {
  const uint32_t start = pos_;
  Result value = Primary();
  if (value != nullptr && value->first == start &&
      (value->kind == Kind::kAttribute || value->kind == Kind::kSubscript)) {
    return value;
  }
  pos_ = start;
  if (Accept(TK_NAME)) return Make(Kind::kName, start);
  if (Accept(TK_LPAREN)) {
    Result inner = SingleTarget();
    if (inner != nullptr && Accept(TK_RPAREN)) return inner;
  }
  return Fail(start);
}

DiagnosisParser::Result DiagnosisParser::DeleteTargets() {
  const uint32_t start = pos_;
  std::vector<const Node*> items;
  return Gather(&DiagnosisParser::DeleteTarget, &items, true) ? Make(Kind::kTuple, start, items)
                                                              : Fail(start);
}

DiagnosisParser::Result DiagnosisParser::DeleteTarget() {
  const uint32_t start = pos_;
  Result value = Primary();
  if (value != nullptr && value->first == start &&
      (value->kind == Kind::kAttribute || value->kind == Kind::kSubscript ||
       value->kind == Kind::kName)) {
    return value;
  }
  pos_ = start;
  const int closing = Is(TK_LBRACKET) ? TK_RBRACKET : TK_RPAREN;
  if (!AcceptOneOf({TK_LPAREN, TK_LBRACKET})) return nullptr;
  if (!Is(closing) && !DeleteTargets()) return Fail(start);
  return Accept(closing) ? Make(Kind::kTuple, start) : Fail(start);
}

}  // namespace gila::compiler

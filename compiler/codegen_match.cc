// match statements. A pattern is a chain of tests that jump to the case's `fail` label; what it
// captures stays in temporaries and is stored in variables only when the whole pattern has matched.
#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "compiler/codegen.h"
#include "compiler/unparse.h"

namespace gila::compiler {

using ast::PatternKind;

namespace {

bool IsWildcard(const ast::PatternNode* node) {
  const auto* as = node->DynAs<ast::MatchAs>();
  return as != nullptr && as->name.data() == nullptr && as->pattern == nullptr;
}

bool IsStarWildcard(const ast::PatternNode* node) {
  const auto* star = node->DynAs<ast::MatchStar>();
  return star != nullptr && star->name.data() == nullptr;
}

void CollectNames(const ast::PatternNode* node, std::vector<std::string_view>* names);

void CollectNames(Seq<ast::PatternNode*> patterns, std::vector<std::string_view>* names) {
  for (const ast::PatternNode* pattern : patterns) CollectNames(pattern, names);
}

// The names that a pattern binds, in order. Of alternatives the first: the others must bind the
// same.
void CollectNames(const ast::PatternNode* node, std::vector<std::string_view>* names) {
  switch (node->kind) {
    case PatternKind::kMatchSequence:
      return CollectNames(node->As<ast::MatchSequence>()->patterns, names);
    case PatternKind::kMatchMapping:
      CollectNames(node->As<ast::MatchMapping>()->patterns, names);
      if (node->As<ast::MatchMapping>()->rest.data() != nullptr) {
        names->push_back(node->As<ast::MatchMapping>()->rest);
      }
      return;
    case PatternKind::kMatchClass:
      CollectNames(node->As<ast::MatchClass>()->patterns, names);
      return CollectNames(node->As<ast::MatchClass>()->kwd_patterns, names);
    case PatternKind::kMatchStar:
      if (!IsStarWildcard(node)) names->push_back(node->As<ast::MatchStar>()->name);
      return;
    case PatternKind::kMatchAs: {
      const auto* as = node->As<ast::MatchAs>();
      if (as->pattern != nullptr) CollectNames(as->pattern, names);
      if (as->name.data() != nullptr) names->push_back(as->name);
      return;
    }
    case PatternKind::kMatchOr:
      return CollectNames(node->As<ast::MatchOr>()->patterns[0], names);
    case PatternKind::kMatchValue:
    case PatternKind::kMatchSingleton:
      return;
  }
}

}  // namespace

void CodeGenerator::Match(const ast::Match* node) {
  const int32_t subject = NewExprTemp(node->subject);
  const Label end = NewLabel();
  for (size_t i = 0; i < node->cases.size() && !failed(); ++i) {
    const ast::MatchCase* match_case = node->cases[i];
    TempScope temps(this);
    PatternState state;
    state.fail = NewLabel();
    state.allow_irrefutable = match_case->guard != nullptr || i + 1 == node->cases.size();
    if (IsWildcard(match_case->pattern)) {
      RangeScope range(this, match_case->pattern->span);
      Emit(Opcode::kNop);
    }
    Pattern(match_case->pattern, subject, &state);
    {
      RangeScope range(this, match_case->pattern->span);
      for (const Capture& capture : state.captures) {
        StoreVariable(capture.name, capture.reg, match_case->pattern->span);
      }
    }
    if (match_case->guard != nullptr) {
      RangeScope range(this, match_case->guard->span);
      JumpIf(match_case->guard, state.fail, false);
    }
    Body(match_case->body);
    Jump(end);
    Place(state.fail);
  }
  Place(end);
}

void CodeGenerator::Pattern(const PatternNode* node, int32_t subject, PatternState* state) {
  if (failed()) return;
  last_pattern_ = node->span;
  RangeScope range(this, node->span);
  switch (node->kind) {
    case PatternKind::kMatchValue:
      if (node->As<ast::MatchValue>()->value->kind == ast::ExprKind::kJoinedStr)
        return Fail(node->span, "patterns may only match literals and attribute lookups");
      return ValuePattern(node->As<ast::MatchValue>(), subject, state);
    case PatternKind::kMatchSingleton:
      return JumpUnlessSingleton(node->As<ast::MatchSingleton>()->value, subject, state->fail);
    case PatternKind::kMatchSequence:
      return SequencePattern(node->As<ast::MatchSequence>(), subject, state);
    case PatternKind::kMatchMapping:
      return MappingPattern(node->As<ast::MatchMapping>(), subject, state);
    case PatternKind::kMatchClass:
      return ClassPattern(node->As<ast::MatchClass>(), subject, state);
    case PatternKind::kMatchStar:
      if (IsStarWildcard(node)) return;
      return CapturePattern(node->As<ast::MatchStar>()->name, subject, node->span, state);
    case PatternKind::kMatchAs:
      return AsPattern(node->As<ast::MatchAs>(), subject, state);
    case PatternKind::kMatchOr:
      return OrPattern(node->As<ast::MatchOr>(), subject, state);
  }
}

// Inside another pattern a name or a wildcard makes nothing unreachable.
void CodeGenerator::SubPattern(const PatternNode* node, int32_t subject, PatternState* state) {
  const bool outer = std::exchange(state->allow_irrefutable, true);
  Pattern(node, subject, state);
  state->allow_irrefutable = outer;
}

void CodeGenerator::CapturePattern(std::string_view name, int32_t reg, const Span& span,
                                   PatternState* state) {
  CheckNotDebug(name, span);
  for (const Capture& capture : state->captures) {
    if (capture.name == name) {
      return Fail(
          span, absl::StrCat("multiple assignments to name '", std::string(name), "' in pattern"));
    }
  }
  state->captures.push_back({name, reg});
}

void CodeGenerator::ValuePattern(const ast::MatchValue* node, int32_t subject,
                                 PatternState* state) {
  TempScope temps(this);
  JumpOnComparison(ast::CompareOperator::kEq, subject, node->value, -1, state->fail, false);
}

void CodeGenerator::JumpUnlessSingleton(const ast::ConstantValue& value, int32_t subject,
                                        Label fail) {
  if (value.kind == ast::ConstantKind::kNone) {
    return EmitJump(Opcode::kJumpIfNotNone, fail, subject);
  }
  TempScope temps(this);
  const int32_t singleton = NewTemp(), same = NewTemp();
  LoadConstant(singleton, BoolConstant(value.kind == ast::ConstantKind::kTrue));
  Emit(Opcode::kIs, same, subject, singleton);
  EmitJump(Opcode::kJumpIfFalse, fail, same);
}

void CodeGenerator::AsPattern(const ast::MatchAs* node, int32_t subject, PatternState* state) {
  if (node->pattern != nullptr) {
    Pattern(node->pattern, subject, state);
    return CapturePattern(node->name, subject, node->span, state);
  }
  if (!state->allow_irrefutable) {
    if (node->name.data() == nullptr) {
      return Fail(node->span, "wildcard makes remaining patterns unreachable");
    }
    return Fail(node->span, absl::StrCat("name capture '", std::string(node->name),
                                         "' makes remaining patterns unreachable"));
  }
  if (node->name.data() != nullptr) CapturePattern(node->name, subject, node->span, state);
}

// --- sequences ---

void CodeGenerator::SequencePattern(const ast::MatchSequence* node, int32_t subject,
                                    PatternState* state) {
  const auto count = static_cast<int32_t>(node->patterns.size());
  int32_t star = -1;
  bool only_wildcards = true;
  for (int32_t i = 0; i < count; ++i) {
    const PatternNode* item = node->patterns[static_cast<size_t>(i)];
    only_wildcards = only_wildcards && (IsWildcard(item) || IsStarWildcard(item));
    if (item->kind != PatternKind::kMatchStar) continue;
    if (star >= 0) return Fail(node->span, "multiple starred names in sequence pattern");
    star = i;
  }
  const int32_t scratch = NewTemp();
  Emit(Opcode::kMatchSequence, scratch, subject);
  EmitJump(Opcode::kJumpIfFalse, state->fail, scratch);
  if (star < 0 || count > 1) {
    Emit(Opcode::kGetLength, scratch, subject);
    TempScope temps(this);
    const int32_t wanted = NewTemp();
    LoadConstant(wanted, IntConstant(star < 0 ? count : count - 1));
    EmitJump(star < 0 ? Opcode::kJumpNotEq : Opcode::kJumpNotGe, state->fail, 0, scratch, wanted);
  }
  if (only_wildcards) return;
  SequenceItems(node, star, subject, scratch, state);
}

// With `*_` the other items are fetched one by one, so that the rest is never made; else all at
// once.
void CodeGenerator::SequenceItems(const ast::MatchSequence* node, int32_t star, int32_t subject,
                                  int32_t length, PatternState* state) {
  const Seq<PatternNode*> patterns = node->patterns;
  const auto count = static_cast<int32_t>(patterns.size());
  const bool by_index = star >= 0 && IsStarWildcard(patterns[static_cast<size_t>(star)]);
  int32_t first = 0;
  if (!by_index) {
    if (star > 255 || (star >= 0 && count - star - 1 > 255) || count > 60000) {
      return Fail(node->span, "too many expressions in star-unpacking sequence pattern");
    }
    first = NewTemps(count);
    if (star < 0) {
      Emit(Opcode::kUnpackSequence, first, subject, count);
    } else {
      Emit(Opcode::kUnpackEx, first, subject, star | (count - star - 1) << 8);
    }
  }
  for (int32_t i = 0; i < count; ++i) {
    const PatternNode* item = patterns[static_cast<size_t>(i)];
    if (IsWildcard(item) || IsStarWildcard(item)) continue;
    int32_t value = first + i;
    if (by_index) {
      value = NewTemp();
      LoadConstant(value, IntConstant(i < star ? i : count - i));
      if (i > star) Emit(Opcode::kSub, value, length, value);
      Emit(Opcode::kGetItem, value, subject, value);
    }
    SubPattern(item, value, state);
  }
}

// --- mappings ---

namespace {

// Equal keys have one identity: 0, False, 0.0 and 0j are the same key.
std::string KeyIdentity(const ast::ExprNode* key, const std::string& text) {
  const auto* constant = key->DynAs<ast::Constant>();
  if (constant == nullptr) return text;
  const ast::ConstantValue& value = constant->value;
  switch (value.kind) {
    case ast::ConstantKind::kTrue:
      return "1";
    case ast::ConstantKind::kFalse:
      return "0";
    case ast::ConstantKind::kImaginary:
      return value.float_value == 0 ? "0" : text;
    case ast::ConstantKind::kFloat:
      if (value.float_value < 1e15 &&
          value.float_value == static_cast<double>(static_cast<int64_t>(value.float_value)))
        return std::to_string(static_cast<int64_t>(value.float_value));
      return text;
    default:
      return text;
  }
}

}  // namespace

// The tuple of a mapping pattern's keys.
void CodeGenerator::MappingKeys(const ast::MatchMapping* node, int32_t dst) {
  absl::flat_hash_set<std::string> seen;
  for (const ExprNode* key : node->keys) {
    if (key->kind == ast::ExprKind::kJoinedStr) {
      return Fail(node->span, "mapping pattern keys may only match literals and attribute lookups");
    }
    if (!IsConstant(key)) continue;
    const std::string text = Unparse(key);
    if (!seen.insert(KeyIdentity(key, text)).second) {
      return Fail(node->span, absl::StrCat("mapping pattern checks duplicate key (", text, ")"));
    }
  }
  if (AllConstant(node->keys)) return LoadConstant(dst, TupleConstant(ConstantsOf(node->keys)));
  TempScope temps(this);
  const int32_t first = unit_->next_temp;
  for (const ExprNode* key : node->keys) NewExprTemp(key);
  NewTupleFrom(dst, first, static_cast<int32_t>(node->keys.size()));
}

void CodeGenerator::MappingPattern(const ast::MatchMapping* node, int32_t subject,
                                   PatternState* state) {
  const auto count = static_cast<int32_t>(node->keys.size());
  const int32_t keys = NewTemp(), values = NewTemp();
  Emit(Opcode::kMatchMapping, values, subject);
  EmitJump(Opcode::kJumpIfFalse, state->fail, values);
  if (count == 0 && node->rest.data() == nullptr) return;
  if (count > 0) {
    Emit(Opcode::kGetLength, values, subject);
    LoadConstant(keys, IntConstant(count));
    EmitJump(Opcode::kJumpNotGe, state->fail, 0, values, keys);
  }
  MappingKeys(node, keys);
  if (count > 0) {
    Emit(Opcode::kMatchKeys, values, subject, keys);
    EmitJump(Opcode::kJumpIfNone, state->fail, values);
    const int32_t first = NewTemps(count);
    Emit(Opcode::kUnpackSequence, first, values, count);
    for (int32_t i = 0; i < count; ++i) {
      const PatternNode* item = node->patterns[static_cast<size_t>(i)];
      if (!IsWildcard(item)) SubPattern(item, first + i, state);
    }
  }
  if (node->rest.data() == nullptr) return;
  const int32_t rest = NewTemp();
  Emit(Opcode::kCopyMappingRest, rest, subject, keys);
  CapturePattern(node->rest, rest, node->span, state);
}

// --- classes ---

void CodeGenerator::ClassPattern(const ast::MatchClass* node, int32_t subject,
                                 PatternState* state) {
  absl::flat_hash_set<std::string_view> seen;
  std::vector<ConstData> names;
  for (size_t i = 0; i < node->kwd_attrs.size(); ++i) {
    const std::string_view attr = node->kwd_attrs[i];
    CheckNotDebug(attr, node->span);
    if (!seen.insert(attr).second) {
      return Fail(node->kwd_patterns[i]->span,
                  absl::StrCat("attribute name repeated in class pattern: ", std::string(attr)));
    }
    names.push_back(StrConstant(attr));
  }
  const int32_t window = NewTemps(3);
  Emit(Opcode::kMove, window, subject);
  Expr(node->cls, window + 1);
  LoadConstant(window + 2, TupleConstant(std::move(names)));
  const auto positional = static_cast<int32_t>(node->patterns.size());
  const auto count = positional + static_cast<int32_t>(node->kwd_patterns.size());
  Emit(Opcode::kMatchClass, window, window, positional);
  EmitJump(Opcode::kJumpIfNone, state->fail, window);
  const int32_t first = NewTemps(count);
  Emit(Opcode::kUnpackSequence, first, window, count);
  for (int32_t i = 0; i < count; ++i) {
    const PatternNode* item = i < positional
                                  ? node->patterns[static_cast<size_t>(i)]
                                  : node->kwd_patterns[static_cast<size_t>(i - positional)];
    if (!IsWildcard(item)) SubPattern(item, first + i, state);
  }
}

// --- alternatives ---

// Each alternative leaves its captures in the same registers, those of `names`.
void CodeGenerator::OrPattern(const ast::MatchOr* node, int32_t subject, PatternState* state) {
  std::vector<std::string_view> names;
  CollectNames(node->patterns[0], &names);
  const int32_t first = NewTemps(static_cast<int32_t>(names.size()));
  const Label matched = NewLabel();
  for (size_t i = 0; i < node->patterns.size() && !failed(); ++i) {
    const bool last = i + 1 == node->patterns.size();
    TempScope temps(this);
    PatternState own;
    own.fail = last ? state->fail : NewLabel();
    own.allow_irrefutable = last && state->allow_irrefutable;
    Pattern(node->patterns[i], subject, &own);
    bool same = own.captures.size() == names.size();
    for (const Capture& capture : own.captures) {
      const auto place = std::find(names.begin(), names.end(), capture.name);
      if (place == names.end()) {
        same = false;
        break;
      }
      MoveTo(first + static_cast<int32_t>(place - names.begin()), capture.reg);
    }
    if (!same) return Fail(last_pattern_, "alternative patterns bind different names");
    if (last) break;
    Jump(matched);
    Place(own.fail);
  }
  Place(matched);
  for (size_t i = 0; i < names.size(); ++i) {
    CapturePattern(names[i], first + static_cast<int32_t>(i), node->span, state);
  }
}

}  // namespace gila::compiler

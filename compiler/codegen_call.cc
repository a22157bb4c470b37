// Calls: windows, methods, keywords, and calls with * and **.
#include <algorithm>
#include <cstddef>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "compiler/codegen.h"

namespace gila::compiler {

using ast::ExprKind;

namespace {

// A call with more arguments passes them as a list and a dict: windows must stay within the frame's
// 16-bit registers.
constexpr size_t kMostWindowArguments = 512;

}  // namespace

int32_t CodeGenerator::OpenWindow(int32_t dst, bool is_awaited) {
  if (!is_awaited && IsTemp(dst) && dst == unit_->next_temp - 1) {
    NewTemps(kWindowHeader - 1);
    return dst;
  }
  return NewTemps(kWindowHeader);
}

bool CodeGenerator::NeedsExpansion(Seq<ExprNode*> args, Seq<ast::Keyword*> keywords) {
  if (args.size() + keywords.size() > kMostWindowArguments) return true;
  for (const ExprNode* arg : args) {
    if (arg->kind == ExprKind::kStarred) return true;
  }
  return std::any_of(keywords.begin(), keywords.end(),
                     [](const ast::Keyword* keyword) { return keyword->arg.data() == nullptr; });
}

void CodeGenerator::CheckKeywords(Seq<ast::Keyword*> keywords, const Span& call) {
  absl::flat_hash_set<const char*> seen;
  for (const ast::Keyword* keyword : keywords) {
    if (keyword->arg.data() == nullptr) continue;
    CheckNotDebug(keyword->arg, call);
    if (!seen.insert(keyword->arg.data()).second) {
      Fail(keyword->span, absl::StrCat("keyword argument repeated: ", std::string(keyword->arg)));
    }
  }
}

void CodeGenerator::CallExpr(const ast::Call* node, int32_t dst) {
  CheckKeywords(node->keywords, node->span);
  TempScope temps(this);
  if (MethodCall(node, dst)) return;
  WarnCall(node);
  const int32_t window = OpenWindow(dst, node == awaited_);
  if (node == discarded_) dst = window + 1;
  Expr(node->func, window);
  if (NeedsExpansion(node->args, node->keywords)) {
    return FinishExpandedCall(window, nullptr, node->args, node->keywords, dst);
  }
  FinishCall(window, 0, false, node->args, node->keywords, dst);
}

// obj.name(...) without stars: no bound method is made.
bool CodeGenerator::MethodCall(const ast::Call* node, int32_t dst) {
  const auto* attribute = node->func->DynAs<ast::Attribute>();
  if (attribute == nullptr || NeedsExpansion(node->args, node->keywords)) return false;
  const int32_t window = OpenWindow(dst, node == awaited_);
  if (node == discarded_) dst = window + 1;
  const SourceRange call_range = unit_->range;
  {
    RangeScope range(this, attribute->span);
    // The object is evaluated into the window's first register, so that a chain of calls uses one
    // window. It stands in for the top while it is computed.
    const int32_t top = std::exchange(unit_->next_temp, window + 1);
    const int32_t object = Operand(attribute->value, false, window);
    unit_->next_temp = top;
    unit_->range = RangeAtAttribute(attribute);
    Emit(Opcode::kLoadMethod, window, object, NarrowName(Mangled(attribute->attr)));
  }
  NewTemp();  // self
  unit_->range = RangeAtAttribute(attribute);
  FinishCall(window, 0, true, node->args, node->keywords, dst);
  unit_->range = call_range;
  return true;
}

void CodeGenerator::FinishCall(int32_t window, int32_t placed, bool method, Seq<ExprNode*> args,
                               Seq<ast::Keyword*> keywords, int32_t dst) {
  for (const ExprNode* arg : args) NewExprTemp(arg);
  for (const ast::Keyword* keyword : keywords) NewExprTemp(keyword->value);
  const auto count = static_cast<int32_t>(args.size() + keywords.size()) + placed;
  if (keywords.empty()) {
    return Emit(method ? Opcode::kCallMethod : Opcode::kCall, window, count, dst);
  }
  std::vector<ConstData> names;
  names.reserve(keywords.size());
  for (const ast::Keyword* keyword : keywords) names.push_back(StrConstant(keyword->arg));
  LoadConstant(NewTemp(), TupleConstant(std::move(names)));
  Emit(method ? Opcode::kCallMethodKw : Opcode::kCallKw, window, count, dst);
}

// f(*args, **kwargs) and calls with very many arguments. `place_first` puts arguments of its own
// into the empty list.
void CodeGenerator::FinishExpandedCall(int32_t window,
                                       const std::function<void(int32_t list)>& place_first,
                                       Seq<ExprNode*> args, Seq<ast::Keyword*> keywords,
                                       int32_t dst) {
  const int32_t positional = NewTemp();
  if (place_first == nullptr && args.size() == 1 && args[0]->kind == ExprKind::kStarred) {
    Expr(args[0]->As<ast::Starred>()->value, positional);
  } else if (place_first == nullptr) {
    Elements(args, false, positional);
  } else {
    // Behind a list that has items already the elements go one by one.
    Emit(Opcode::kNewList, positional, positional, 0);
    place_first(positional);
    for (const ExprNode* arg : args) {
      TempScope temps(this);
      const auto* starred = arg->DynAs<ast::Starred>();
      const int32_t item = Operand(starred != nullptr ? starred->value : arg);
      if (starred != nullptr) {
        Emit(Opcode::kListExtend, positional, item);
      } else {
        Emit(Opcode::kListAppend, positional, item, 1);
      }
    }
  }
  const int32_t named = NewTemp();
  if (keywords.empty()) {
    Emit(Opcode::kLoadUnbound, named);
  } else {
    ExpandedKeywords(window, keywords, named);
  }
  Emit(Opcode::kCallEx, window, 0, dst);
}

// Runs of `name=value` become dicts; every dict but the first, and each **mapping, is merged with a
// check for repeats.
void CodeGenerator::ExpandedKeywords(int32_t callable, Seq<ast::Keyword*> keywords, int32_t dst) {
  constexpr size_t kRun = 64;
  bool made = false;
  size_t next = 0;
  while (next < keywords.size() && !failed()) {
    TempScope temps(this);
    if (keywords[next]->arg.data() == nullptr) {
      if (!made) Emit(Opcode::kNewDict, dst, dst, 0);
      const int32_t mapping = Operand(keywords[next]->value);
      Emit(Opcode::kDictMerge, dst, mapping, callable);
      ++next;
    } else {
      const int32_t first = unit_->next_temp;
      int32_t count = 0;
      for (; next < keywords.size() && keywords[next]->arg.data() != nullptr &&
             count < static_cast<int32_t>(kRun);
           ++next, ++count) {
        LoadStr(NewTemp(), keywords[next]->arg);
        NewExprTemp(keywords[next]->value);
      }
      if (!made) {
        Emit(Opcode::kNewDict, dst, first, count);
      } else {
        const int32_t part = NewTemp();
        Emit(Opcode::kNewDict, part, first, count);
        Emit(Opcode::kDictMerge, dst, part, callable);
      }
    }
    made = true;
  }
}

// --- warnings about things that cannot be called or indexed ---

namespace {

// The type's name of a display or literal, or null for anything else.
const char* LiteralType(const ast::ExprNode* node) {
  switch (node->kind) {
    case ExprKind::kTuple:
      return "tuple";
    case ExprKind::kList:
    case ExprKind::kListComp:
      return "list";
    case ExprKind::kDict:
    case ExprKind::kDictComp:
      return "dict";
    case ExprKind::kSet:
    case ExprKind::kSetComp:
      return "set";
    case ExprKind::kGeneratorExp:
      return "generator";
    case ExprKind::kLambda:
      return "function";
    case ExprKind::kJoinedStr:
    case ExprKind::kFormattedValue:
      return "str";
    case ExprKind::kConstant:
      break;
    default:
      return nullptr;
  }
  switch (node->As<ast::Constant>()->value.kind) {
    case ast::ConstantKind::kNone:
      return "NoneType";
    case ast::ConstantKind::kTrue:
    case ast::ConstantKind::kFalse:
      return "bool";
    case ast::ConstantKind::kEllipsis:
      return "ellipsis";
    case ast::ConstantKind::kInt:
    case ast::ConstantKind::kBigInt:
      return "int";
    case ast::ConstantKind::kFloat:
      return "float";
    case ast::ConstantKind::kImaginary:
      return "complex";
    case ast::ConstantKind::kStr:
      return "str";
    case ast::ConstantKind::kBytes:
      return "bytes";
  }
  return nullptr;
}

bool IsOneOf(const char* type, std::initializer_list<std::string_view> types) {
  return std::find(types.begin(), types.end(), type) != types.end();
}

}  // namespace

void CodeGenerator::WarnCall(const ast::Call* node) {
  const char* type = LiteralType(node->func);
  if (type == nullptr || IsOneOf(type, {"function"})) return;
  Warn(node->span,
       absl::StrCat("'", type, "' object is not callable; perhaps you missed a comma?"));
}

void CodeGenerator::WarnSubscript(const ast::Subscript* node) {
  const char* type = LiteralType(node->value);
  if (type == nullptr) return;
  if (IsOneOf(type, {"NoneType", "bool", "ellipsis", "int", "float", "complex", "set", "generator",
                     "function"})) {
    Warn(node->span,
         absl::StrCat("'", type, "' object is not subscriptable; perhaps you missed a comma?"));
    return;
  }
  const char* index = LiteralType(node->slice);
  if (index == nullptr || node->slice->kind == ExprKind::kSlice) return;
  if (!IsOneOf(type, {"str", "bytes", "tuple", "list"})) return;
  if (IsOneOf(index, {"int", "bool"})) return;
  Warn(node->span, absl::StrCat(type, " indices must be integers or slices, not ", index,
                                "; perhaps you missed a comma?"));
}

}  // namespace gila::compiler

// Functions, lambdas and classes: the blocks they open and the objects that are made of them.
#include <cstddef>
#include <string>
#include <utility>

#include "compiler/codegen.h"

namespace gila::compiler {

namespace {

int32_t CountParameters(const ast::Arguments* args) {
  const size_t named = args->posonlyargs.size() + args->args.size() + args->kwonlyargs.size();
  return static_cast<int32_t>(named) + (args->vararg != nullptr ? 1 : 0) +
         (args->kwarg != nullptr ? 1 : 0);
}

bool HasAnnotations(const ast::Arguments* args) {
  for (const Seq<ast::Arg*>& list : {args->posonlyargs, args->args, args->kwonlyargs}) {
    for (const ast::Arg* arg : list) {
      if (arg->annotation != nullptr) return true;
    }
  }
  return (args->vararg != nullptr && args->vararg->annotation != nullptr) ||
         (args->kwarg != nullptr && args->kwarg->annotation != nullptr);
}

bool HasKeywordDefaults(const ast::Arguments* args) {
  for (const ast::ExprNode* value : args->kw_defaults) {
    if (value != nullptr) return true;
  }
  return false;
}

}  // namespace

// --- blocks ---

std::string_view CodeGenerator::DocstringOf(Seq<StmtNode*> body) const {
  if (body.empty() || options_.optimize > 1) return {};
  const auto* statement = body[0]->DynAs<ast::Expr>();
  const auto* constant = statement == nullptr ? nullptr : statement->value->DynAs<ast::Constant>();
  if (constant == nullptr || constant->value.kind != ast::ConstantKind::kStr) return {};
  return constant->value.text;
}

void CodeGenerator::EnterFunction(const Scope* scope, std::string_view name, int32_t first_line,
                                  const ast::Arguments* args) {
  EnterUnit(scope, name, first_line, CountParameters(args));
  CodeData& code = *unit_->code;
  code.positional_only_count = static_cast<int32_t>(args->posonlyargs.size());
  code.positional_count = code.positional_only_count + static_cast<int32_t>(args->args.size());
  code.keyword_only_count = static_cast<int32_t>(args->kwonlyargs.size());
  if (args->vararg != nullptr) code.flags |= kCodeVarArgs;
  if (args->kwarg != nullptr) code.flags |= kCodeVarKeywords;
  if (!args->posonlyargs.empty()) {
    unit_->first_parameter = args->posonlyargs[0]->arg;
  } else if (!args->args.empty()) {
    unit_->first_parameter = args->args[0]->arg;
  }
}

void CodeGenerator::FunctionBody(Seq<StmtNode*> body) {
  const std::string_view docstring = DocstringOf(body);
  if (docstring.data() != nullptr) {
    // Entry 0, which LayOutVariables has filled with None.
    unit_->constants = ConstantPool();
    unit_->constants.Add(StrConstant(docstring));
  }
  Body(body);
  StandAtEndOf(body);
  Emit(Opcode::kReturnNone);
}

void CodeGenerator::ClassBody(const ast::ClassDef* node, int32_t first_line) {
  EnterUnit(scopes_.Of(node), node->name, first_line, 0);
  {
    TempScope temps(this);
    const int32_t value = NewTemp();
    LoadVariable(arena_.Intern("__name__"), value);
    StoreVariable(arena_.Intern("__module__"), value, node->span);
    LoadStr(value, unit_->code->qualname);
    StoreVariable(arena_.Intern("__qualname__"), value, node->span);
    if (unit_->scope->has_annotations) Emit(Opcode::kSetupAnnotations);
    const std::string_view docstring = DocstringOf(node->body);
    if (docstring.data() != nullptr) {
      RangeScope range(this, node->body[0]->span);
      LoadStr(value, docstring);
      StoreVariable(arena_.Intern("__doc__"), value, node->span);
    }
  }
  Body(node->body);
  StandAtEndOf(node->body);
  if (unit_->class_cell < 0) return Emit(Opcode::kReturnNone);
  StoreVariable(arena_.Intern("__classcell__"), unit_->class_cell, node->span);
  Emit(Opcode::kReturn, unit_->class_cell);
}

// --- function objects ---

void CodeGenerator::NewTupleFrom(int32_t dst, int32_t first, int32_t count) {
  constexpr int32_t kRun = 128;
  if (count <= kRun) return Emit(Opcode::kNewTuple, dst, first, count);
  TempScope temps(this);
  const int32_t list = NewTemp();
  Emit(Opcode::kNewList, list, first, kRun);
  for (int32_t done = kRun; done < count; done += kRun) {
    const int32_t left = count - done;
    Emit(Opcode::kListAppend, list, first + done, left < kRun ? left : kRun);
  }
  Emit(Opcode::kListToTuple, dst, list);
}

void CodeGenerator::Defaults(const ast::Arguments* args, int32_t dst) {
  if (args->defaults.empty()) return Emit(Opcode::kLoadUnbound, dst);
  if (AllConstant(args->defaults)) {
    return LoadConstant(dst, TupleConstant(ConstantsOf(args->defaults)));
  }
  TempScope temps(this);
  const int32_t first = unit_->next_temp;
  for (const ExprNode* value : args->defaults) NewExprTemp(value);
  NewTupleFrom(dst, first, static_cast<int32_t>(args->defaults.size()));
}

void CodeGenerator::KeywordDefaults(const ast::Arguments* args, int32_t dst) {
  if (!HasKeywordDefaults(args)) return Emit(Opcode::kLoadUnbound, dst);
  TempScope temps(this);
  Emit(Opcode::kNewDict, dst, dst, 0);
  for (size_t i = 0; i < args->kwonlyargs.size(); ++i) {
    if (args->kw_defaults[i] == nullptr) continue;
    TempScope pair(this);
    const int32_t value = NewExprTemp(args->kw_defaults[i]);
    const int32_t key = NewTemp();
    LoadStr(key, Mangled(args->kwonlyargs[i]->arg));
    Emit(Opcode::kDictSet, dst, key, value);
  }
}

void CodeGenerator::Annotations(const FunctionParts& parts, int32_t dst) {
  const ast::Arguments* args = parts.args;
  if (parts.returns == nullptr && !HasAnnotations(args)) return Emit(Opcode::kLoadUnbound, dst);
  TempScope temps(this);
  const int32_t first = unit_->next_temp;
  auto add = [this](std::string_view name, const ExprNode* annotation) {
    LoadStr(NewTemp(), name);
    Annotation(annotation, NewTemp());
  };
  auto add_arg = [&](const ast::Arg* arg) {
    if (arg != nullptr && arg->annotation != nullptr) add(Mangled(arg->arg), arg->annotation);
  };
  for (const ast::Arg* arg : args->posonlyargs) add_arg(arg);
  for (const ast::Arg* arg : args->args) add_arg(arg);
  add_arg(args->vararg);
  for (const ast::Arg* arg : args->kwonlyargs) add_arg(arg);
  add_arg(args->kwarg);
  if (parts.returns != nullptr) add("return", parts.returns);
  NewTupleFrom(dst, first, unit_->next_temp - first);
}

int32_t CodeGenerator::FunctionWindow(const FunctionParts& parts) {
  const ast::Arguments* args = parts.args;
  const bool annotated = parts.returns != nullptr || HasAnnotations(args);
  if (args->defaults.empty() && !HasKeywordDefaults(args) && !annotated) return -1;
  const int32_t window = NewTemps(4);
  Defaults(args, window);
  KeywordDefaults(args, window + 1);
  Annotations(parts, window + 2);
  return window;
}

// The cells that the code of an inner block takes from this one.
void CodeGenerator::ClosureTuple(const CodeData& code, int32_t dst) {
  TempScope temps(this);
  const int32_t first = unit_->next_temp;
  for (const std::string& name : code.free_names) {
    const std::string_view interned = arena_.Intern(name);
    const int32_t cell = NewTemp();
    const Symbol* symbol = unit_->scope->Find(interned);
    if (unit_->class_cell >= 0 && name == "__class__") {
      Emit(Opcode::kMove, cell, unit_->class_cell);
    } else if (symbol != nullptr && symbol->storage == Storage::kCell) {
      Emit(Opcode::kMove, cell, RegisterOf(symbol));
    } else {
      Emit(Opcode::kLoadClosure, cell, unit_->closure.at(interned.data()));
    }
  }
  NewTupleFrom(dst, first, static_cast<int32_t>(code.free_names.size()));
}

void CodeGenerator::MakeFunction(std::shared_ptr<CodeData> code, int32_t window, int32_t dst) {
  ConstData constant;
  constant.kind = ConstData::Kind::kCode;
  constant.code = code;
  if (window < 0 && code->free_names.empty()) return LoadFunctionConstant(dst, std::move(constant));
  TempScope temps(this);
  if (window < 0) {
    window = NewTemps(4);
    for (int32_t i = 0; i < 3; ++i) Emit(Opcode::kLoadUnbound, window + i);
  }
  if (code->free_names.empty()) {
    Emit(Opcode::kLoadUnbound, window + 3);
  } else {
    ClosureTuple(*code, window + 3);
  }
  const int32_t index = unit_->constants.Add(std::move(constant));
  if (!unit_->constants.MarkNarrow(index, NarrowFirst::kNarrowLimit)) {
    Fail(unit_->scope->span, "too many functions in one code block");
  }
  Emit(Opcode::kMakeClosure, dst, window, index);
}

void CodeGenerator::LoadFunctionConstant(int32_t dst, ConstData code) {
  Emit(Opcode::kMakeFunction, dst, unit_->constants.Add(std::move(code)));
}

void CodeGenerator::CheckParameterNames(const ast::Arguments* args, const Span& span) {
  for (const Seq<ast::Arg*>& list : {args->posonlyargs, args->args, args->kwonlyargs}) {
    for (const ast::Arg* arg : list) CheckNotDebug(arg->arg, span);
  }
  if (args->vararg != nullptr) CheckNotDebug(args->vararg->arg, span);
  if (args->kwarg != nullptr) CheckNotDebug(args->kwarg->arg, span);
}

// --- definitions ---

// Each decorator's window starts at the argument of the one before, so that results need no moves.
void CodeGenerator::Decorated(Seq<ExprNode*> decorators, int32_t dst,
                              const std::function<void(int32_t)>& make) {
  TempScope temps(this);
  std::vector<int32_t> windows;
  int32_t argument = dst;
  for (const ExprNode* decorator : decorators) {
    windows.push_back(OpenWindow(argument));
    Expr(decorator, windows.back());
    argument = NewTemp();
  }
  make(argument);
  for (size_t i = decorators.size(); i-- > 0;) {
    RangeScope range(this, decorators[i]->span);
    Emit(Opcode::kCall, windows[i], 1, i == 0 ? dst : windows[i - 1] + kWindowHeader);
  }
}

// Where a definition is made. What decorators made is put into its variable by an instruction of
// its own, on the line of the name.
template <typename Node>
int32_t CodeGenerator::DefinitionRegister(const Node* node) {
  const int32_t local = node->decorator_list.empty() ? LocalRegister(node->name) : -1;
  return local >= 0 ? local : NewTemp();
}

template <typename Node>
void CodeGenerator::FunctionStatement(const Node* node) {
  CheckParameterNames(node->args, node->span);
  const int32_t first_line =
      node->decorator_list.empty() ? node->span.line : node->decorator_list[0]->span.line;
  const int32_t result = DefinitionRegister(node);
  Decorated(node->decorator_list, result, [&](int32_t dst) {
    TempScope temps(this);
    const int32_t window = FunctionWindow({node->args, node->returns});
    EnterFunction(scopes_.Of(node), node->name, first_line, node->args);
    FunctionBody(node->body);
    MakeFunction(LeaveUnit(), window, dst);
  });
  StoreVariable(node->name, result, node->span);
}

template void CodeGenerator::FunctionStatement(const ast::FunctionDef* node);
template void CodeGenerator::FunctionStatement(const ast::AsyncFunctionDef* node);

void CodeGenerator::Lambda(const ast::Lambda* node, int32_t dst) {
  CheckParameterNames(node->args, node->span);
  TempScope temps(this);
  const int32_t window = FunctionWindow({node->args, nullptr});
  EnterFunction(scopes_.Of(node), "<lambda>", node->span.line, node->args);
  {
    RangeScope range(this, node->body->span);
    Emit(Opcode::kReturn, Operand(node->body));
  }
  MakeFunction(LeaveUnit(), window, dst);
}

void CodeGenerator::ClassStatement(const ast::ClassDef* node) {
  CheckKeywords(node->keywords, node->span);
  const int32_t first_line =
      node->decorator_list.empty() ? node->span.line : node->decorator_list[0]->span.line;
  const int32_t result = DefinitionRegister(node);
  Decorated(node->decorator_list, result, [&](int32_t dst) {
    TempScope temps(this);
    const int32_t window = OpenWindow(dst);
    Emit(Opcode::kLoadBuildClass, window);
    auto body_and_name = [&](int32_t first) {
      ClassBody(node, first_line);
      MakeFunction(LeaveUnit(), -1, first);
      LoadStr(first + 1, node->name);
    };
    if (NeedsExpansion(node->bases, node->keywords)) {
      FinishExpandedCall(
          window,
          [&](int32_t list) {
            TempScope pair(this);
            const int32_t first = NewTemps(2);
            body_and_name(first);
            Emit(Opcode::kListAppend, list, first, 2);
          },
          node->bases, node->keywords, dst);
    } else {
      body_and_name(NewTemps(2));
      FinishCall(window, 2, false, node->bases, node->keywords, dst);
    }
  });
  StoreVariable(node->name, result, node->span);
}

}  // namespace gila::compiler

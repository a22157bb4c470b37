// The code generator: one CodeGenerator walks one tree and makes the CodeData of its module and of
// all blocks inside.
//
// Registers. The variables of a block come first, then temporaries in strict stack order: a
// TempScope gives back what was taken inside it, and a call's window is always the top of the
// stack, so that all at and above its arguments is dead while the callee runs. Expressions are
// compiled towards a destination register. Only the last instruction of an expression may write a
// destination that is a local variable (an exception in the middle must leave the variable alone);
// a temporary may be written at any time.
//
// Operands. Operand() gives the register of a local variable itself when that is safe, else a fresh
// temporary. A local that some := of the block rebinds is copied when operands are still to come
// (`x + (x := 5)`).
//
// Errors. Fail() keeps the first one; code goes on being generated for a tree that will be thrown
// away, which keeps the generator free of checks. The methods stand in codegen_*.cc, grouped as
// below.
#ifndef GILA_COMPILER_CODEGEN_H_
#define GILA_COMPILER_CODEGEN_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "bytecode/code_data.h"
#include "compiler/arena.h"
#include "compiler/ast.h"
#include "compiler/flow_graph.h"
#include "compiler/fold.h"
#include "compiler/pools.h"
#include "compiler/scope.h"

namespace gila::compiler {

struct CodegenOptions {
  std::string filename;
  int optimize = 0;  // 1: no assert; 2: no docstrings either
  bool future_annotations = false;
  bool allow_top_level_await = false;
};

struct CodegenWarning {
  std::string message;
  ast::Span span;
};

// What `return`, `break` and `continue` have to undo on their way out: one entry for each statement
// around them.
struct FrameBlock {
  enum class Kind : uint8_t {
    kLoop,
    kFinally,      // in a try body: run the finally body
    kFinallyEnd,   // in the finally body of the exceptional path: leave the handler
    kHandler,      // in an except clause: leave the handler, unbind the name
    kStarHandler,  // in an except* clause: no way out
    kWith,
    kAsyncWith,
  };
  Kind kind = Kind::kLoop;
  int32_t reg = 0;             // the handler's pair, or the exit window of a with statement
  int32_t region = kNoRegion;  // the region outside
  Label continue_label = kNoLabel, exit_label = kNoLabel;
  Seq<ast::StmtNode*> body = {};  // of a finally
  std::string_view name = {};     // of `except ... as name`
  ast::Span span = {};
};

// One code block in the making.
struct Unit {
  Unit* parent = nullptr;
  const Scope* scope = nullptr;
  std::shared_ptr<CodeData> code;
  FlowGraph graph;
  ConstantPool constants;
  NamePool names;
  SourceRange range;  // of the instructions to come
  int32_t region = kNoRegion;
  int32_t parameter_count = 0;
  int32_t next_local = 0;  // registers are given to plain locals when the code first meets them
  int32_t first_temp = 0, next_temp = 0, temp_limit = 0;
  absl::flat_hash_map<const Symbol*, int32_t> registers;
  absl::flat_hash_map<const char*, int32_t> closure;  // index in the closure, by name
  int32_t class_cell = -1;                            // register of a class body's __class__
  std::vector<FrameBlock> frame_blocks;
  std::string_view first_parameter;
  absl::flat_hash_set<const char*>
      instance_attributes;  // of a class body: the x of self.x = ... in its methods
};

class CodeGenerator {
 public:
  CodeGenerator(const CodegenOptions& options, const ScopeTable& scopes,
                const ConstantTuples& constant_tuples, Arena& arena)
      : options_(options), scopes_(scopes), constant_tuples_(constant_tuples), arena_(arena) {}

  // The code of the module, or null with error() filled.
  std::shared_ptr<CodeData> Generate(ast::Module* module);
  const ScopeError& error() const { return error_; }
  const std::vector<CodegenWarning>& warnings() const { return warnings_; }

 private:
  using ExprNode = ast::ExprNode;
  using StmtNode = ast::StmtNode;
  using PatternNode = ast::PatternNode;
  using Span = ast::Span;

  // Takes back the temporaries of its scope.
  class TempScope {
   public:
    explicit TempScope(CodeGenerator* generator)
        : unit_(generator->unit_), saved_(unit_->next_temp) {}
    ~TempScope() { unit_->next_temp = saved_; }
    TempScope(const TempScope&) = delete;
    TempScope& operator=(const TempScope&) = delete;

   private:
    Unit* unit_;
    int32_t saved_;
  };
  // Instructions of its scope carry the given source range.
  class RangeScope {
   public:
    RangeScope(CodeGenerator* generator, const Span& span)
        : unit_(generator->unit_), saved_(unit_->range) {
      unit_->range = {span.line, span.end_line, span.column, span.end_column};
    }
    ~RangeScope() { unit_->range = saved_; }
    RangeScope(const RangeScope&) = delete;
    RangeScope& operator=(const RangeScope&) = delete;

   private:
    Unit* unit_;
    SourceRange saved_;
  };

  // --- codegen.cc: blocks, instructions, registers, constants ---
  bool failed() const { return !error_.message.empty(); }
  void Fail(const Span& span, std::string message);
  void Warn(const Span& span, std::string message);
  void EnterUnit(const Scope* scope, std::string_view name, int32_t first_line, int32_t parameters);
  void LayOutVariables();
  std::shared_ptr<CodeData> LeaveUnit();
  std::string QualifiedName(std::string_view name) const;
  static uint32_t ScopeFlags(const Scope& scope);
  void Emit(Opcode opcode, int32_t a = 0, int32_t b = 0, int32_t c = 0);
  // What no line of the source asks for: tracers do not stop there.
  void EmitNowhere(Opcode opcode, int32_t a);
  void StandAtEndOf(Seq<StmtNode*> body);
  void EmitJump(Opcode opcode, Label target, int32_t a = 0, int32_t b = 0, int32_t c = 0);
  void Jump(Label target) { EmitJump(Opcode::kJump, target); }
  // A jump that tracers see as a line of its own: it keeps its place, whatever it leads to.
  void JumpOfLine(Label target) { EmitJump(Opcode::kJump, target, 1); }
  Label NewLabel() { return unit_->graph.NewLabel(); }
  void Place(Label label) { unit_->graph.Place(label); }
  bool open() const { return unit_->graph.open(); }
  int32_t NewTemp() { return NewTemps(1); }
  int32_t NewTemps(int32_t count);
  bool IsTemp(int32_t reg) const { return reg >= unit_->first_temp; }
  // A destination that may be written early: `dst` if it is a temporary, else a new one.
  int32_t TempFor(int32_t dst) { return IsTemp(dst) ? dst : NewTemp(); }
  void MoveTo(int32_t dst, int32_t src);
  void LoadConstant(int32_t dst, ConstData constant);
  void LoadNone(int32_t dst) { LoadConstant(dst, {}); }
  void LoadStr(int32_t dst, std::string_view text) { LoadConstant(dst, StrConstant(text)); }
  // The pool index of a constant operand of 16 bits, or -1.
  int32_t NarrowConstant(ConstData constant);
  int32_t NarrowName(std::string_view name);
  bool IsConstant(const ExprNode* node) const;
  ConstData ConstantOf(const ExprNode* node) const;
  bool AllConstant(Seq<ExprNode*> nodes) const;
  std::vector<ConstData> ConstantsOf(Seq<ExprNode*> nodes) const;
  void GenerateBody(ast::Module* module);

  // --- codegen_names.cc: variables ---
  enum class Access : uint8_t { kRegister, kCell, kFree, kClassFree, kGlobal, kName };
  struct Variable {
    Access access;
    int32_t index;  // a register, an index of the closure, or a name
    const Symbol* symbol;
  };
  std::string_view Mangled(std::string_view name) {
    return Mangle(unit_->scope->private_class, name, arena_);
  }
  Variable Find(std::string_view name);
  int32_t RegisterOf(const Symbol* symbol);
  void LoadVariable(std::string_view name, int32_t dst);
  void StoreVariable(std::string_view name, int32_t src, const Span& span);
  void DeleteVariable(std::string_view name, const Span& span);
  // The register of a variable that lives in one, or -1.
  int32_t LocalRegister(std::string_view name);
  void CheckBound(int32_t reg);
  bool CheckNotDebug(std::string_view name, const Span& span, bool is_delete = false);

  // --- codegen_expr.cc: expressions ---
  void Expr(const ExprNode* node, int32_t dst);
  // A register with the value. `more_follows`: expressions that could rebind a variable are
  // evaluated before it is read.
  int32_t Operand(const ExprNode* node, bool more_follows = false, int32_t hint = -1);
  static bool IsSimple(const ExprNode* node);
  int32_t NewExprTemp(const ExprNode* node);
  void BinaryExpr(const ast::BinOp* node, int32_t dst);
  void UnaryExpr(const ast::UnaryOp* node, int32_t dst);
  void EmitBinary(ast::Operator op, bool in_place, int32_t dst, int32_t lhs, const ExprNode* rhs);
  void NamedExpr(const ast::NamedExpr* node, int32_t dst);
  void AttributeExpr(const ast::Attribute* node, int32_t dst);
  SourceRange RangeAtAttribute(const ast::Attribute* node) const;
  void SubscriptExpr(const ast::Subscript* node, int32_t dst);
  // `once`: nothing but the next instruction wants the slice (opcodes.def).
  void SliceExpr(const ast::Slice* node, int32_t dst, bool once = false);
  // The index of a subscript that is evaluated for one instruction alone.
  int32_t SubscriptOperand(const ExprNode* index);
  void WarnSubscript(const ast::Subscript* node);
  void TupleExpr(const ast::Tuple* node, int32_t dst);
  void ListExpr(const ast::List* node, int32_t dst);
  void SetExpr(const ast::Set* node, int32_t dst);
  void DictExpr(const ast::Dict* node, int32_t dst);
  void Elements(Seq<ExprNode*> items, bool is_set, int32_t dst);
  void JoinedStr(const ast::JoinedStr* node, int32_t dst);
  void FormattedValue(const ast::FormattedValue* node, int32_t dst);
  void YieldExpr(const ast::Yield* node, int32_t dst);
  void YieldFromExpr(const ast::YieldFrom* node, int32_t dst);
  void AwaitExpr(const ast::Await* node, int32_t dst);
  // Runs the iterator in `iterator` to its end; its result is in `value`, a temporary.
  void EmitYield(int32_t dst, int32_t value);
  void SendLoop(int32_t iterator, int32_t value);
  void AwaitInPlace(int32_t reg, int32_t where);
  bool CheckAsyncAllowed(const Span& span, const char* what);

  // --- codegen_condition.cc: truth and comparison ---
  void JumpIf(const ExprNode* node, Label target, bool when);
  void BoolExpr(const ast::BoolOp* node, int32_t dst);
  void IfExpr(const ast::IfExp* node, int32_t dst);
  void CompareExpr(const ast::Compare* node, int32_t dst);
  void CompareJump(const ast::Compare* node, Label target, bool when);
  void JumpOnComparison(ast::CompareOperator op, int32_t lhs, const ExprNode* rhs, int32_t rhs_reg,
                        Label target, bool when);
  int32_t ComparisonOperand(ast::CompareOperator op, const ExprNode* node);
  void EmitComparison(ast::CompareOperator op, int32_t dst, int32_t lhs, const ExprNode* rhs);
  void WarnComparison(const ast::Compare* node);

  // --- codegen_call.cc: calls ---
  // A window at the top of the temporaries, its header reserved; at `dst` itself when that is the
  // top. The window of a call that is awaited lies above its `dst`, which is where the vm notes
  // whom the frame in the window runs for (kFrameOwner).
  int32_t OpenWindow(int32_t dst, bool is_awaited = false);
  void CallExpr(const ast::Call* node, int32_t dst);
  bool MethodCall(const ast::Call* node, int32_t dst);
  static bool NeedsExpansion(Seq<ExprNode*> args, Seq<ast::Keyword*> keywords);
  void CheckKeywords(Seq<ast::Keyword*> keywords, const Span& call);
  // Arguments and the call itself; `placed` arguments stand in the window already.
  void FinishCall(int32_t window, int32_t placed, bool method, Seq<ExprNode*> args,
                  Seq<ast::Keyword*> keywords, int32_t dst);
  void FinishExpandedCall(int32_t window, const std::function<void(int32_t list)>& place_first,
                          Seq<ExprNode*> args, Seq<ast::Keyword*> keywords, int32_t dst);
  void ExpandedKeywords(int32_t callable, Seq<ast::Keyword*> keywords, int32_t dst);
  void WarnCall(const ast::Call* node);

  // --- codegen_assign.cc: assignment and deletion ---
  void Assign(const ast::Assign* node);
  void AssignTo(const ExprNode* target, const ExprNode* value);
  bool AssignParallel(const ExprNode* target, const ExprNode* value);
  void Store(const ExprNode* target, int32_t src);
  void Unpack(const ExprNode* target, Seq<ExprNode*> items, int32_t src);
  int32_t ConsecutiveLocals(Seq<ExprNode*> items);
  void NoteInstanceAttribute(const ast::Attribute* node);
  void AugAssign(const ast::AugAssign* node);
  void AnnAssign(const ast::AnnAssign* node);
  void CheckAnnotationTarget(const ast::AnnAssign* node);
  void Annotation(const ExprNode* node, int32_t dst);
  void Delete(const ExprNode* target);

  // --- codegen_statement.cc: simple statements and jumps out ---
  void Body(Seq<StmtNode*> body);
  void Statement(const StmtNode* node);
  void ExprStatement(const ast::Expr* node);
  void IfStatement(const ast::If* node);
  bool IfJumpsOut(const ast::If* node);
  void Raise(const ast::Raise* node);
  void Assert(const ast::Assert* node);
  void Import(const ast::Import* node);
  void ImportFrom(const ast::ImportFrom* node);
  int32_t EmitImportName(std::string_view module, int64_t level, ConstData names);
  void Return(const ast::Return* node);
  void BreakOrContinue(const StmtNode* node);
  bool NeedsUnwinding() const;
  // Code for leaving the innermost blocks down to `depth` of them. `keeps_value`: a temporary below
  // next_temp lives on. The region is then the one outside them: an exception in the jump that
  // follows must not enter a block that was left.
  void UnwindTo(size_t depth, bool keeps_value);
  void UnwindBlock(const FrameBlock& block, bool keeps_value);
  void Push(FrameBlock block);
  void Pop() { unit_->frame_blocks.pop_back(); }

  // --- codegen_loop.cc ---
  void While(const ast::While* node);
  void For(const ast::For* node);
  void AsyncFor(const ast::AsyncFor* node);
  const ExprNode* IterableAsTuple(const ExprNode* node);
  void IterateOver(const ExprNode* iterable, int32_t dst);
  // The register that a loop's target is received in: its own, or a new temporary.
  int32_t TargetRegister(const ExprNode* target);
  void StoreTarget(const ExprNode* target, int32_t reg);
  // Takes the next item of an asynchronous iterator into `value`; `finished` is reached when there
  // is none.
  void AsyncNext(int32_t iterator, int32_t value, Label finished, int32_t exception);

  // --- codegen_try.cc ---
  void Try(const ast::Try* node);
  void TryExcept(const ast::Try* node);
  void ExceptClause(const ast::ExceptHandler* handler, int32_t pair, int32_t outer, Label end);
  void TryStar(const ast::TryStar* node);
  void TryExceptStar(const ast::TryStar* node);
  void ExceptStarClause(const ast::ExceptHandler* handler, int32_t list, int32_t rest);
  void WithFinally(Seq<StmtNode*> finalbody, const std::function<void()>& body);
  void Unbind(std::string_view name);
  void LeaveAndReraise(int32_t pair, int32_t exception);
  template <typename Node>
  void With(const Node* node, size_t position);
  void WithExceptional(int32_t exit, bool is_async, Label end);
  void CallExit(int32_t exit, bool is_async, bool keeps_value);

  // --- codegen_function.cc: functions, classes ---
  template <typename Node>
  int32_t DefinitionRegister(const Node* node);
  template <typename Node>
  void FunctionStatement(const Node* node);
  void ClassStatement(const ast::ClassDef* node);
  void Lambda(const ast::Lambda* node, int32_t dst);
  // Calls `make(dst)` wrapped in the decorators, innermost last.
  void Decorated(Seq<ExprNode*> decorators, int32_t dst, const std::function<void(int32_t)>& make);
  void EnterFunction(const Scope* scope, std::string_view name, int32_t first_line,
                     const ast::Arguments* args);
  void FunctionBody(Seq<StmtNode*> body);
  void ClassBody(const ast::ClassDef* node, int32_t first_line);
  // The function object of `code`. `window` is the one of FunctionWindow, or -1.
  struct FunctionParts {
    const ast::Arguments* args = nullptr;
    const ExprNode* returns = nullptr;
  };
  void MakeFunction(std::shared_ptr<CodeData> code, int32_t window, int32_t dst);
  void LoadFunctionConstant(int32_t dst, ConstData code);
  // Evaluates defaults and annotations; the window of MakeClosure, or -1 when there are none.
  int32_t FunctionWindow(const FunctionParts& parts);
  void Defaults(const ast::Arguments* args, int32_t dst);
  void KeywordDefaults(const ast::Arguments* args, int32_t dst);
  void Annotations(const FunctionParts& parts, int32_t dst);
  void NewTupleFrom(int32_t dst, int32_t first, int32_t count);
  void ClosureTuple(const CodeData& code, int32_t dst);
  std::string_view DocstringOf(Seq<StmtNode*> body) const;
  void CheckParameterNames(const ast::Arguments* args, const Span& span);

  // --- codegen_comprehension.cc ---
  struct ComprehensionParts {
    const ExprNode* node;
    Seq<ast::Comprehension*> generators;
    const ExprNode* element;
    const ExprNode* value;  // of a dict
  };
  void Comprehension(const ComprehensionParts& parts, int32_t dst);
  void ComprehensionBody(const ComprehensionParts& parts, int32_t result);
  void ComprehensionLoop(const ComprehensionParts& parts, size_t index, int32_t result);
  void ComprehensionAsyncLoop(const ComprehensionParts& parts, size_t index, int32_t result);
  void ComprehensionInner(const ComprehensionParts& parts, size_t index, int32_t result,
                          Label next);
  void ComprehensionElement(const ComprehensionParts& parts, int32_t result);

  // --- codegen_match.cc ---
  struct Capture {
    std::string_view name;
    int32_t reg;
  };
  struct PatternState {
    std::vector<Capture> captures;
    Label fail;
    bool allow_irrefutable = false;
  };
  void Match(const ast::Match* node);
  void Pattern(const PatternNode* node, int32_t subject, PatternState* state);
  void ValuePattern(const ast::MatchValue* node, int32_t subject, PatternState* state);
  void SingletonPattern(const ast::MatchSingleton* node, int32_t subject, PatternState* state);
  void SequencePattern(const ast::MatchSequence* node, int32_t subject, PatternState* state);
  void SequenceItems(const ast::MatchSequence* node, int32_t star, int32_t subject, int32_t length,
                     PatternState* state);
  void MappingPattern(const ast::MatchMapping* node, int32_t subject, PatternState* state);
  void MappingKeys(const ast::MatchMapping* node, int32_t dst);
  void ClassPattern(const ast::MatchClass* node, int32_t subject, PatternState* state);
  void AsPattern(const ast::MatchAs* node, int32_t subject, PatternState* state);
  void OrPattern(const ast::MatchOr* node, int32_t subject, PatternState* state);
  void SubPattern(const PatternNode* node, int32_t subject, PatternState* state);
  void CapturePattern(std::string_view name, int32_t reg, const Span& span, PatternState* state);
  void JumpUnlessSingleton(const ast::ConstantValue& value, int32_t subject, Label fail);

  const CodegenOptions& options_;
  const ScopeTable& scopes_;
  const ConstantTuples& constant_tuples_;
  Arena& arena_;
  Unit* unit_ = nullptr;
  const ExprNode* awaited_ = nullptr;    // the operand of the innermost await
  const ExprNode* discarded_ = nullptr;  // the call whose result no one wants
  bool interactive_ = false;
  int32_t last_future_line_ = 0;
  ast::Span last_pattern_;  // where CPython reports alternatives that do not agree
  ScopeError error_;
  std::vector<CodegenWarning> warnings_;
};

}  // namespace gila::compiler

#endif  // GILA_COMPILER_CODEGEN_H_

// Scopes: which variable every name means.
//
// BuildScopes walks the tree twice: once to collect, for each code block, the names it binds, uses
// and declares; once to decide where each of them lives. The result is what CPython's symtable
// module shows: comprehensions, lambdas and generator expressions are code blocks of their own, and
// names like __x in a class are mangled here (Mangle), so the code generator must look symbols up
// by their mangled names. Every string in a scope is interned in the arena, so that symbols are
// found by the address of their name.
#ifndef GILA_COMPILER_SCOPE_H_
#define GILA_COMPILER_SCOPE_H_

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "compiler/arena.h"
#include "compiler/ast.h"

namespace gila::compiler {

enum class ScopeKind : uint8_t { kModule, kClass, kFunction, kLambda, kComprehension };

enum class Storage : uint8_t {
  kUnresolved,
  kLocal,           // a register; in modules and class bodies the namespace
  kCell,            // a register that holds a cell, shared with inner functions
  kFree,            // a cell of the closure
  kGlobalExplicit,  // declared with `global`
  kGlobalImplicit,  // bound nowhere in sight
};

struct Symbol {
  std::string_view name;
  Storage storage = Storage::kUnresolved;
  bool is_parameter = false;
  bool is_bound = false;          // assigned, imported, deleted, a parameter ...
  bool is_assigned_here = false;  // bound by something else than an import or being a parameter
  bool is_used = false;
  bool is_global = false;         // `global name`
  bool is_nonlocal = false;       // `nonlocal name`
  bool is_global_inside = false;  // of the module: some function in it says `global name`
  bool is_annotated = false;
  bool is_iteration_variable = false;  // target of a comprehension's `for`
  bool is_rebound = false;  // target of a := somewhere in the block: an operand may change while
                            // others are computed
  bool is_passed =
      false;  // in the closure for inner functions' sake, whatever `storage` says (class bodies)
  ast::Span declared;  // of the global or nonlocal statement
};

struct Scope {
  ScopeKind kind = ScopeKind::kModule;
  const void* node = nullptr;
  Scope* parent = nullptr;
  std::string_view name;
  std::string_view
      private_class;  // the innermost class's name, for mangling; empty outside classes
  ast::Span span;
  bool is_nested = false;  // inside some function
  bool is_generator = false;
  bool is_coroutine = false;
  bool is_async_function = false;  // of `async def`
  bool is_async_comprehension = false;
  bool has_return_value = false;
  bool needs_class_cell = false;  // a class some method of which uses __class__ or super()
  bool has_annotations = false;   // a module or class body with variable annotations
  ast::Span return_span;          // of the first `return value`
  std::vector<Symbol*>
      symbols;  // in order of appearance; parameters come first, in the order of registers
  std::vector<Scope*> children;
  absl::flat_hash_map<const char*, Symbol*> index;

  bool IsFunctionLike() const { return kind != ScopeKind::kModule && kind != ScopeKind::kClass; }
  // The symbol of a mangled, interned name, or null.
  Symbol* Find(std::string_view mangled) const {
    auto found = index.find(mangled.data());
    return found == index.end() ? nullptr : found->second;
  }
};

// An error with its place; `message` empty: none.
struct ScopeError {
  std::string message;
  ast::Span span;
};

class ScopeTable {
 public:
  Scope* module() const { return module_; }
  // The scope that a function, lambda, class, comprehension or module node opens.
  Scope* Of(const void* node) const { return by_node_.at(node); }

 private:
  friend class ScopeBuilder;
  Scope* module_ = nullptr;
  std::deque<Scope> scopes_;
  std::deque<Symbol> symbols_;
  absl::flat_hash_map<const void*, Scope*> by_node_;
};

struct ScopeOptions {
  bool future_annotations = false;
  bool allow_top_level_await = false;
};

// Fills `table` for the whole tree. Returns false and fills `error` for the first mistake.
bool BuildScopes(ast::Module* module, const ScopeOptions& options, Arena& arena, ScopeTable* table,
                 ScopeError* error);

// `name` as it is spelt inside the class `private_class`: __x becomes _Class__x.
std::string_view Mangle(std::string_view private_class, std::string_view name, Arena& arena);

}  // namespace gila::compiler

#endif  // GILA_COMPILER_SCOPE_H_

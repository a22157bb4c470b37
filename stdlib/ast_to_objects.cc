// ast_to_objects.cc: from the compiler's tree to objects of the module `ast`.
#include <string>

#include "runtime/call.h"
#include "runtime/heap/heap.h"
#include "runtime/modules.h"
#include "runtime/protocols.h"
#include "runtime/type.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "stdlib/ast_bridge.h"
#include "stdlib/import.h"

namespace gila {
namespace {

namespace ast = compiler::ast;
using ast::VisitFields;

const char* NameOfOperator(ast::Operator op) {
  constexpr const char* kNames[] = {"Add",    "Sub",    "Mult",    "MatMult", "Div",
                                    "Mod",    "Pow",    "LShift",  "RShift",  "BitOr",
                                    "BitXor", "BitAnd", "FloorDiv"};
  return kNames[static_cast<int>(op)];
}
const char* NameOfOperator(ast::BoolOperator op) {
  return op == ast::BoolOperator::kAnd ? "And" : "Or";
}
const char* NameOfOperator(ast::UnaryOperator op) {
  constexpr const char* kNames[] = {"Invert", "Not", "UAdd", "USub"};
  return kNames[static_cast<int>(op)];
}
const char* NameOfOperator(ast::CompareOperator op) {
  constexpr const char* kNames[] = {"Eq",  "NotEq", "Lt",    "LtE", "Gt",
                                    "GtE", "Is",    "IsNot", "In",  "NotIn"};
  return kNames[static_cast<int>(op)];
}
const char* NameOfOperator(ast::ExprContext context) {
  constexpr const char* kNames[] = {"Load", "Store", "Del"};
  return kNames[static_cast<int>(context)];
}

// Recursion is bounded by kMaxTreeDepth, and looked at all the same: the native stack of a thread
// may be small.
class Maker {
 public:
  Maker(Thread& thread, Dict* classes, Dict* singletons)
      : thread_(thread), classes_(classes), singletons_(singletons) {}

  Result<Value> Root(ast::Module* module) {
    if (module->kind == ast::ModuleKind::kExpression) {
      GILA_TRY(Object* const root, NewObject("Expression"));
      GILA_TRY(const Value body, Node(module->expression));
      GILA_TRY_VOID(Set(root, "body", body));
      return root;
    }
    const bool whole = module->kind == ast::ModuleKind::kModule;
    GILA_TRY(Object* const root, NewObject(whole ? "Module" : "Interactive"));
    GILA_TRY(const Value body, Convert(module->body));
    GILA_TRY_VOID(Set(root, "body", body));
    if (whole) {
      GILA_TRY(List* const ignores, NewList(thread_));
      GILA_TRY_VOID(Set(root, "type_ignores", ignores));
    }
    return root;
  }

 private:
  Result<Object*> NewObject(const char* name) {
    const Value type = DictGetInterned(classes_, Intern(thread_, name));
    if (!IsType(type)) return thread_.Raise(TypeId::kSystemError, "a class is missing in _ast");
    return AllocateInstance(thread_, type.As<Type>());
  }
  Status Set(Object* object, const char* name, Value value) {
    return SetOwnAttribute(thread_, object, Intern(thread_, name), value);
  }
  Result<Value> Singleton(const char* name) {
    const Value value = DictGetInterned(singletons_, Intern(thread_, name));
    if (value.IsUnbound()) return thread_.Raise(TypeId::kSystemError, "a class is missing in _ast");
    return value;
  }

  Result<Value> Node(ast::StmtNode* node) {
    switch (node->kind) {
#define GILA_STMT(name, fields) \
  case ast::StmtKind::k##name:  \
    return Fill(#name, node->As<ast::name>());
#include "compiler/ast_nodes.def"
    }
    return kNone;
  }
  Result<Value> Node(ast::ExprNode* node) {
    switch (node->kind) {
#define GILA_EXPR(name, fields) \
  case ast::ExprKind::k##name:  \
    return Fill(#name, node->As<ast::name>());
#include "compiler/ast_nodes.def"
    }
    return kNone;
  }
  Result<Value> Node(ast::PatternNode* node) {
    switch (node->kind) {
#define GILA_PATTERN(name, fields) \
  case ast::PatternKind::k##name:  \
    return Fill(#name, node->As<ast::name>());
#include "compiler/ast_nodes.def"
    }
    return kNone;
  }
  Result<Value> Node(ast::Comprehension* node) { return Fill("comprehension", node); }
  Result<Value> Node(ast::ExceptHandler* node) { return Fill("ExceptHandler", node); }
  Result<Value> Node(ast::Arguments* node) { return Fill("arguments", node); }
  Result<Value> Node(ast::Arg* node) { return Fill("arg", node); }
  Result<Value> Node(ast::Keyword* node) { return Fill("keyword", node); }
  Result<Value> Node(ast::Alias* node) { return Fill("alias", node); }
  Result<Value> Node(ast::WithItem* node) { return Fill("withitem", node); }
  Result<Value> Node(ast::MatchCase* node) { return Fill("match_case", node); }

  // Not inlined: Node() would hold the locals of every class.
  template <typename T>
  [[gnu::noinline]] Result<Value> Fill(const char* name, T* node) {
    RecursionScope scope(thread_, " during ast construction");
    GILA_TRY_VOID(scope.status());
    GILA_TRY(Object* const object, NewObject(name));
    Status status = kOk;
    VisitFields(node, [&](const char* field, auto& value) {
      if (status.ok()) status = SetField(object, field, value);
    });
    GILA_TRY_VOID(status);
    if constexpr (requires { node->span; }) {
      GILA_TRY_VOID(Set(object, "lineno", Value::SmallInt(node->span.line)));
      GILA_TRY_VOID(Set(object, "col_offset", Value::SmallInt(node->span.column)));
      GILA_TRY_VOID(Set(object, "end_lineno", Value::SmallInt(node->span.end_line)));
      GILA_TRY_VOID(Set(object, "end_col_offset", Value::SmallInt(node->span.end_column)));
    }
    return object;
  }

  template <typename T>
  Status SetField(Object* object, const char* field, T& value) {
    GILA_TRY(const Value converted, Convert(value));
    return Set(object, field, converted);
  }

  Result<Value> Convert(int number) { return Value::SmallInt(number); }
  Result<Value> Convert(const ast::Identifier& name) {
    if (name.data() == nullptr) return kNone;
    return Intern(thread_, name);
  }
  Result<Value> Convert(const ast::ConstantValue& value) {
    switch (value.kind) {
      case ast::ConstantKind::kNone:
        return kNone;
      case ast::ConstantKind::kTrue:
        return kTrue;
      case ast::ConstantKind::kFalse:
        return kFalse;
      case ast::ConstantKind::kEllipsis:
        return kEllipsis;
      case ast::ConstantKind::kInt:
        return NewInt(thread_, value.int_value);
      case ast::ConstantKind::kBigInt:
        return IntFromDigits(thread_, value.text, 16);
      case ast::ConstantKind::kFloat:
        return NewFloat(thread_, value.float_value);
      case ast::ConstantKind::kImaginary:
        return NewComplex(thread_, 0, value.float_value);
      case ast::ConstantKind::kStr:
        return NewStr(thread_, value.text);
      case ast::ConstantKind::kBytes:
        return NewBytes(thread_, value.text);
    }
    return kNone;
  }
  Result<Value> Convert(ast::Operator op) { return Singleton(NameOfOperator(op)); }
  Result<Value> Convert(ast::BoolOperator op) { return Singleton(NameOfOperator(op)); }
  Result<Value> Convert(ast::UnaryOperator op) { return Singleton(NameOfOperator(op)); }
  Result<Value> Convert(ast::CompareOperator op) { return Singleton(NameOfOperator(op)); }
  Result<Value> Convert(ast::ExprContext context) { return Singleton(NameOfOperator(context)); }
  template <typename T>
  Result<Value> Convert(T* const& node) {
    if (node == nullptr) return kNone;
    return Node(node);
  }
  template <typename T>
  Result<Value> Convert(const compiler::Seq<T>& items) {
    GILA_TRY(List* const list, NewList(thread_));
    for (const T& item : items) {
      GILA_TRY(const Value converted, Convert(item));
      GILA_TRY_VOID(ListAppend(thread_, list, converted));
    }
    return list;
  }

  Thread& thread_;
  Dict* const classes_;
  Dict* const singletons_;
};

}  // namespace

Result<Value> AstToObjects(Thread& thread, ast::Module* module) {
  GILA_TRY(const Value classes, ImportAbsolute(thread, "_ast"));
  GILA_TRY(const Value singletons, GetAttr(thread, classes, Intern(thread, "_singletons")));
  Maker maker(thread, classes.As<Module>()->dict.Load(), singletons.As<Dict>());
  return maker.Root(module);
}

}  // namespace gila

// Artefact 3 of the pipe: the syntax of one source file, as written.
//
// Nodes are plain and immutable. They live in the arena of their `ast::File`, and names and texts point into the source
// buffer, so both must outlive them. Every node has the range it covers. Nothing here is judged: names are unbound,
// units are spelled. Where a part could not be parsed, an `ErrorExpr` or an `incomplete` block says so; a later phase
// stays silent about whatever depends on it.
//
// Casting is LLVM's: `llvm::dyn_cast<ast::CallExpr>(expr)`, or a switch over `kind`.

#ifndef SNN_FRONTEND_AST_H
#define SNN_FRONTEND_AST_H

#include "frontend/ASTExpr.h"
#include "frontend/ASTStmt.h"
#include "frontend/ASTTraining.h"

#include "llvm/Support/Allocator.h"

#include <map>
#include <memory>
#include <string>

namespace llvm {
class raw_ostream;
class SourceMgr;
} // namespace llvm

namespace snn::ast {

/// A source file: its declarations and the memory that holds their nodes.
class File {
public:
  unsigned bufferId = 0;              ///< of the `SourceMgr`
  llvm::ArrayRef<const Stmt *> items; ///< definitions, functions, networks and experiments, in the order of the text
  bool incomplete = false;            ///< something at top level could not be parsed
  bool lacksNames = false;            ///< and it may have declared a name
  /// Where imported files are, by buffer: the folder that paths in them are relative to, as seen from this file's folder.
  std::map<unsigned, std::string> folders;

  llvm::BumpPtrAllocator &arena() { return allocator; }

private:
  llvm::BumpPtrAllocator allocator;
};

} // namespace snn::ast

namespace snn {

/// One node per line, indented by depth, without positions: stable under changes of layout.
void printAST(const ast::File &file, llvm::raw_ostream &output);

} // namespace snn

#endif // SNN_FRONTEND_AST_H

// The definitions of a file and of the library, by name, each checked when it is first needed.

#ifndef SNN_FRONTEND_CHECKDEFINITIONS_H
#define SNN_FRONTEND_CHECKDEFINITIONS_H

#include "frontend/CheckDefinition.h"

namespace snn {

class DefinitionTable {
public:
  explicit DefinitionTable(CheckContext &context);

  /// Checks every definition of the file.
  void checkAll();

  /// The definition called `name`, which must be of `kind`. A file's definition hides the library's. If it is unknown
  /// or of another kind, that is reported and the result is an empty definition that has failed.
  const CheckedDefinition &find(const ast::Name &name, model::DefinitionKind kind);

  /// False if `definition` is in error or the empty one; who uses it then stays silent about what it lacks.
  bool isSound(const model::Definition &definition) const;

  /// The definition that the one called `name` starts from in the end, with the defaults changed on the way added to
  /// `overrides`, where those that are there already count.
  const ast::DefinitionStmt *rootOf(const ast::Name &name, Overrides &overrides);

  /// True if a definition of this name and kind exists.
  bool contains(llvm::StringRef name, model::DefinitionKind kind);

  /// Appends the library's definitions that were used to the model, behind those of the file.
  void finish();

private:
  struct Entry {
    const ast::Stmt *syntax = nullptr;
    std::unique_ptr<model::Definition> owned; ///< of the library: until `finish`
    CheckedDefinition checked;
    enum { Unvisited, Visiting, Done } state = Unvisited;
    unsigned generation = 0; ///< models it is derived from, one from the other
  };

  Entry *lookUp(llvm::StringRef name);
  const CheckedDefinition &checked(Entry &entry);
  void checkEntry(Entry &entry);
  void chooseMethod(const ast::Stmt &syntax, model::Definition &definition);
  void checkOverrides(const ast::DerivedDefinitionStmt &derived, const CheckedDefinition &base, Overrides &overrides);
  void reportUnknown(const ast::Name &name, model::DefinitionKind kind);

  CheckContext &context;
  model::Definition nothing{};
  CheckedDefinition unknown;
  llvm::StringMap<Entry> entries;
  std::vector<Entry *> libraryEntries; ///< in the order of first use
};

/// The name and the keyword of a definition, derived or not.
const ast::Name &nameOf(const ast::Stmt &definition);
model::DefinitionKind kindOf(const ast::Stmt &definition);
/// "neuron", "synapse", "output", "current" or "plasticity"
llvm::StringRef spelling(model::DefinitionKind kind);

} // namespace snn

#endif // SNN_FRONTEND_CHECKDEFINITIONS_H

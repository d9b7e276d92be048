// What all bodies have in common: slots for the parameters and states of definitions, and how they start.

#ifndef SNN_COMPILER_TRANSFORMS_INSTANTIATE_BODYBUILDER_H
#define SNN_COMPILER_TRANSFORMS_INSTANTIATE_BODYBUILDER_H

#include "compiler/Transforms/Instantiate/Scope.h"

#include "llvm/ADT/StringSet.h"

#include <memory>

namespace snn {

class BodyBuilder {
public:
  virtual ~BodyBuilder() = default;

  /// The settings of this instance, in the order of the body's arguments.
  llvm::ArrayRef<mlir::Attribute> arguments() const { return args.all(); }

protected:
  /// A definition used here, under a prefix of its own, with the parameters it was given.
  struct Member {
    mlir::Operation *definition;
    std::string prefix; ///< of slot names: "" for the first member, "Expon0." for a synapse of a population
    std::string owner;  ///< of setting names: "N", "E -> N.Expon"
    llvm::StringMap<ir::SetOp> sets;
    std::unique_ptr<Scope> scope;
    Spelling weight; ///< of the projection, for what has the dimension of its weight
    std::optional<llvm::StringSet<>> states; ///< those kept here; without a value, all
    bool onlyUniformParameters = false; ///< the others are kept elsewhere
    bool keeps(llvm::StringRef state) const { return !states || states->contains(state); }
  };

  /// `simulate` has a method for equations that do not choose.
  BodyBuilder(mlir::OpBuilder &builder, mlir::SymbolTable &symbols, Settings &settings, ir::SimulateOp simulate)
      : builder(builder), symbols(symbols), settings(settings), simulate(simulate) {}

  /// How an equation is advanced: as it says itself, as its population, its model or the experiment says.
  struct Integration {
    ir::Method method;
    uint32_t steps;
    llvm::APFloat tolerance;
    bool alone;
  };
  Integration integrationOf(ir::EquationOp equation);

  /// Creates the body with its three blocks, empty, at the insertion point.
  void createBody(mlir::Location loc, llvm::StringRef name, llvm::StringRef model, int32_t spikesPerStep);
  Member &addMember(mlir::Operation *definition, llvm::StringRef prefix, llvm::StringRef owner, mlir::Block &sets);
  /// Slots and initial values for the parameters and states of all members.
  void declareMembers();
  /// The equations of one group; without a group, all.
  void addOdes(mlir::OpBuilder &at, Member &member, std::optional<unsigned> group, bool synapse);
  /// Advances the states of synapses or rules, group after group (`then`).
  void integrateGroups(mlir::OpBuilder &at, llvm::ArrayRef<Member *> of);
  /// One more than the highest group of the equations of a definition.
  static unsigned countGroups(mlir::Operation *definition);

  /// What a variable of a member other than a `let` means inside the body.
  virtual mlir::Value resolve(mlir::OpBuilder &at, Member &member, ir::VariableOp variable) = 0;

  bool isPerElement(Member &member, llvm::StringRef name);
  /// The same of what an expression yields, which is called `name`.
  bool isPerElement(Member &member, llvm::StringRef name, mlir::Region &expression);
  /// Does the synapse start with something other than zero, so that arriving, which begins with an advance, changes it?
  static bool startsWithSomething(const Member &synapse);

  ir::FieldOp declareField(llvm::StringRef name, ir::FieldKind kind, const Spelling &spelling, mlir::Type type = {});
  /// How values of a member's variable are shown.
  static Spelling spellingIn(const Member &member, ir::VariableOp variable);
  mlir::Value readSlot(mlir::OpBuilder &at, llvm::StringRef slot);
  void writeSlot(mlir::OpBuilder &at, llvm::StringRef slot, mlir::Value value);
  template <typename OpT> static OpT only(mlir::Operation *definition) {
    auto ops = definition->getRegion(0).getOps<OpT>();
    return ops.empty() ? OpT() : *ops.begin();
  }
  static mlir::Block &blockOf(mlir::Operation *op) { return op->getRegion(0).front(); }

  mlir::OpBuilder &builder;
  mlir::SymbolTable &symbols;
  Settings &settings;
  ir::SimulateOp simulate;
  bool solvesManySteps = false; ///< in one go, so the method of the experiment, which takes one at a time, does not count
  ir::PopulationOp ofPopulation; ///< null in bodies of synapses
  ir::BodyOp body;
  ir::PrepareOp prepare;
  ir::InitialiseOp initialise;
  ir::StepOp step;
  Arguments args;
  std::vector<std::unique_ptr<Member>> members;

private:
  void declareParameters(Member &member);
  void declareParameter(Member &member, llvm::StringRef name);
  void declareStates(Member &member);
  void initialiseState(Member &member, llvm::StringRef name);
  mlir::Value meaning(mlir::OpBuilder &at, Member &member, ir::VariableOp variable);
  mlir::Value givenValue(mlir::OpBuilder &at, Member &member, ir::VariableOp variable);

  llvm::StringSet<> declared, initialised; ///< parameters and states done so far
  llvm::StringMap<bool> perElement;        ///< by slot, what `isPerElement` has found
};

/// The synapse of a projection and the clause that names it; null if there is none, or none with an output: the library's
/// `Delta` is no synapse, its events act on the target.
std::pair<ir::SynapseOp, ir::UseOp> synapseOf(ir::ProjectionOp projection, mlir::SymbolTable &symbols);
/// The output of a projection and the clause that names it; null if there is none.
std::pair<ir::OutputOp, ir::UseOp> outputOf(ir::ProjectionOp projection, mlir::SymbolTable &symbols);

/// How a projection's weights are shown.
Spelling weightSpelling(ir::ProjectionOp projection);

/// What a state is kept for, in words: "target", "source" or "connection".
llvm::StringRef placeOf(ir::Alignment alignment);

/// Is the output clause evaluated for every synapse, rather than for the sum over a target's synapses?
bool hasOutputPerSynapse(ir::ProjectionOp projection, mlir::SymbolTable &symbols);

} // namespace snn

#endif // SNN_COMPILER_TRANSFORMS_INSTANTIATE_BODYBUILDER_H

#include "compiler/Transforms/Instantiate/Rules.h"

#include "mlir/IR/IRMapping.h"

using namespace mlir;

namespace snn {

SmallVector<Rule> rulesOf(ir::ProjectionOp projection, SymbolTable &symbols) {
  SmallVector<Rule> rules;
  for (auto use : projection.getClauses().front().getOps<ir::UseOp>())
    if (auto definition = symbols.lookup<ir::PlasticityOp>(use.getDefinition()))
      rules.push_back({projection, use, definition, static_cast<unsigned>(rules.size())});
  return rules;
}

/// The handler of a definition, if it has one.
template <typename OpT> static Region *handlerOf(ir::PlasticityOp definition) {
  auto handlers = definition.getBody().getOps<OpT>();
  return handlers.empty() ? nullptr : &(*handlers.begin()).getBody();
}

static bool writes(Region *handler, StringRef variable) {
  if (!handler)
    return false;
  return llvm::any_of(handler->getOps<ir::WriteOp>(), [&](ir::WriteOp write) { return write.getSlot() == variable; });
}

bool changesWeights(ir::ProjectionOp projection, SymbolTable &symbols) {
  for (const Rule &rule : rulesOf(projection, symbols))
    for (auto variable : rule.definition.getBody().getOps<ir::VariableOp>())
      if (variable.getKind() == ir::VariableKind::Weight &&
          (writes(handlerOf<ir::OnPreOp>(rule.definition), variable.getSymName()) ||
           writes(handlerOf<ir::OnPostOp>(rule.definition), variable.getSymName())))
        return true;
  return false;
}

bool storesWeights(ir::ProjectionOp projection, SymbolTable &symbols) {
  return variesByElement(projection.getWeight()) || projection.getReweighed() || changesWeights(projection, symbols);
}

StringRef Rule::placeOf(StringRef state) const {
  auto owners = use.getOwners();
  auto owner = owners ? owners->getAs<StringAttr>(state) : StringAttr();
  return owner ? owner.getValue() : StringRef();
}

std::string Rule::prefix(ir::End end) const {
  bool isSource = end == ir::End::Source;
  auto populationOf = [&](ir::ProjectionOp op) { return isSource ? op.getSource() : op.getTarget(); };
  unsigned before = position;
  for (auto other : projection->getParentOfType<ir::NetworkOp>().getBody().getOps<ir::ProjectionOp>()) {
    if (other == projection)
      break;
    if (populationOf(other) != populationOf(projection))
      continue;
    for (auto clause : other.getClauses().front().getOps<ir::UseOp>())
      before += clause.getOwners().has_value();
  }
  return ((isSource ? "pre" : "post") + Twine(before) + "." + definition.getSymName() + ".").str();
}

/// States of the source that `value` is made of, through every `let`.
static void collectSourceStates(const Rule &rule, Value value, llvm::StringSet<> &states) {
  Operation *op = value.getDefiningOp();
  if (auto read = dyn_cast<ir::ReadOp>(op)) {
    if (rule.placeOf(read.getSlot()) == "pre")
      states.insert(read.getSlot());
    for (auto variable : rule.definition.getBody().getOps<ir::VariableOp>())
      if (variable.getSymName() == read.getSlot() && variable.getKind() == ir::VariableKind::Let)
        collectSourceStates(
            rule, cast<ir::YieldOp>(variable.getExpression().front().getTerminator()).getValues().front(), states);
  }
  for (Value operand : op->getOperands())
    collectSourceStates(rule, operand, states);
}

/// An event computes for itself what the statements before have made of a state, so it needs all that any of them reads.
llvm::StringSet<> Rule::statesSentWithEvents() const {
  llvm::StringSet<> ofSource, ofSynapse;
  if (Region *handler = handlerOf<ir::OnPreOp>(definition))
    for (Operation &op : handler->front()) {
      if (auto write = dyn_cast<ir::WriteOp>(op))
        collectSourceStates(*this, write.getValue(), placeOf(write.getSlot()) == "pre" ? ofSource : ofSynapse);
      else if (auto release = dyn_cast<ir::ReleaseOp>(op))
        collectSourceStates(*this, release.getValue(), ofSynapse);
    }
  if (!ofSynapse.empty())
    for (const auto &state : ofSource)
      ofSynapse.insert(state.first());
  return ofSynapse;
}

llvm::StringSet<> Rule::statesLookedBackAt() const {
  llvm::StringSet<> states;
  if (Region *handler = handlerOf<ir::OnPostOp>(definition))
    for (auto write : handler->getOps<ir::WriteOp>())
      collectSourceStates(*this, write.getValue(), states);
  return states;
}

std::string sentName(StringRef slot) { return (slot + ".sent").str(); }
std::string lookedBackName(StringRef slot) { return (slot + ".past").str(); }

//===-- Copying statements ------------------------------------------------------------------------------------------------===//

static Value copyTree(OpBuilder &builder, const Scope &scope, Value value, IRMapping &mapping, Scope::Reads &reads) {
  if (Value known = mapping.lookupOrNull(value))
    return known;
  Operation *op = value.getDefiningOp();
  if (auto read = dyn_cast<ir::ReadOp>(op)) {
    Value result = scope.read(builder, read.getSlot(), reads);
    mapping.map(value, result);
    return result;
  }
  for (Value operand : op->getOperands())
    copyTree(builder, scope, operand, mapping, reads);
  builder.clone(*op, mapping);
  return mapping.lookup(value);
}

void copyWanted(OpBuilder &builder, const Scope &scope, Region &handler, llvm::function_ref<bool(StringRef)> wants,
                llvm::function_ref<void(StringRef, Value)> write) {
  for (Operation &op : handler.front()) {
    auto statement = dyn_cast<ir::WriteOp>(op);
    auto release = dyn_cast<ir::ReleaseOp>(op);
    StringRef written = statement ? statement.getSlot() : StringRef();
    if ((!statement && !release) || !wants(written))
      continue;
    IRMapping mapping; // a statement sees what those before it have written, so nothing is carried over
    Scope::Reads reads;
    write(written, copyTree(builder, scope, statement ? statement.getValue() : release.getValue(), mapping, reads));
  }
}

} // namespace snn

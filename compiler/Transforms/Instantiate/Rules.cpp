#include "compiler/Transforms/Instantiate/Rules.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
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

/// Those of spikes of the target and of modulators.
static SmallVector<Region *> handlersOfLaterSpikes(ir::PlasticityOp definition) {
  SmallVector<Region *> handlers;
  if (Region *onPost = handlerOf<ir::OnPostOp>(definition))
    handlers.push_back(onPost);
  for (auto op : definition.getBody().getOps<ir::OnModulatorOp>())
    handlers.push_back(&op.getBody());
  return handlers;
}

/// The handlers other than `on pre`.
static SmallVector<Region *> laterHandlers(ir::PlasticityOp definition) {
  SmallVector<Region *> handlers = handlersOfLaterSpikes(definition);
  for (auto op : definition.getBody().getOps<ir::OnConditionOp>())
    handlers.push_back(&op.getBody());
  return handlers;
}

bool changesWeights(ir::ProjectionOp projection, SymbolTable &symbols) {
  for (const Rule &rule : rulesOf(projection, symbols)) {
    if (rule.equationOfWeight())
      return true;
    SmallVector<Region *> handlers = laterHandlers(rule.definition);
    if (Region *onPre = handlerOf<ir::OnPreOp>(rule.definition))
      handlers.push_back(onPre);
    for (auto variable : rule.definition.getBody().getOps<ir::VariableOp>())
      if (variable.getKind() == ir::VariableKind::Weight &&
          llvm::any_of(handlers, [&](Region *handler) { return writes(handler, variable.getSymName()); }))
        return true;
  }
  return false;
}

bool storesWeights(ir::ProjectionOp projection, SymbolTable &symbols) {
  return variesByElement(projection.getWeight()) || !projection.getTotal().empty() || projection.getReweighed() || changesWeights(projection, symbols);
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

//===-- What a rule reads ---------------------------------------------------------------------------------------------------===//

ir::VariableOp Rule::variable(StringRef name) const {
  for (auto op : definition.getBody().getOps<ir::VariableOp>())
    if (op.getSymName() == name)
      return op;
  return {};
}

static Value yielded(Region &region) { return cast<ir::YieldOp>(region.front().getTerminator()).getValues().front(); }

/// Through every `let` and `old`.
void Rule::visitReads(Value value, bool old, llvm::StringSet<> &lets, Visit visit) const {
  Operation *op = value.getDefiningOp();
  if (auto read = dyn_cast<ir::ReadOp>(op)) {
    ir::VariableOp declaration = variable(read.getSlot());
    bool looksBack = declaration.getKind() == ir::VariableKind::Old;
    if (looksBack || declaration.getKind() == ir::VariableKind::Let) {
      if (lets.insert(((old ? "old " : "") + read.getSlot()).str()).second)
        visitReads(yielded(declaration.getExpression()), old || looksBack, lets, visit);
    } else {
      visit(declaration, old);
    }
  }
  for (Value operand : op->getOperands())
    visitReads(operand, old, lets, visit);
}

void Rule::visitReads(Value value, Visit visit) const {
  llvm::StringSet<> lets;
  visitReads(value, false, lets, visit);
}

static void forEachStatement(Region *handler, llvm::function_ref<void(StringRef written, Value value)> content) {
  if (!handler)
    return;
  for (Operation &op : handler->front())
    if (auto write = dyn_cast<ir::WriteOp>(op))
      content(write.getSlot(), write.getValue());
    else if (auto release = dyn_cast<ir::ReleaseOp>(op))
      content("", release.getValue());
}

void Rule::visitReadsOfSynapses(Visit visit) const {
  auto isOfSynapse = [&](StringRef written) {
    StringRef place = written.empty() ? "" : placeOf(written);
    return place != "pre" && place != "post";
  };
  auto visitIn = [&](StringRef written, Value value) {
    if (isOfSynapse(written))
      visitReads(value, visit);
  };
  forEachStatement(handlerOf<ir::OnPreOp>(definition), visitIn);
  for (Region *handler : laterHandlers(definition))
    forEachStatement(handler, visitIn);
  for (auto op : definition.getBody().getOps<ir::OnConditionOp>())
    visitReads(yielded(op.getCondition()), visit);
  for (auto equation : definition.getBody().getOps<ir::EquationOp>())
    if (isOfSynapse(equation.getState()))
      visitReads(yielded(equation.getExpression()), visit);
}

void Rule::visitAllReads(Visit visit) const {
  auto visitIn = [&](StringRef, Value value) { visitReads(value, visit); };
  forEachStatement(handlerOf<ir::OnPreOp>(definition), visitIn);
  for (Region *handler : laterHandlers(definition))
    forEachStatement(handler, visitIn);
}

/// An event computes for itself what the statements before have made of a state, so it needs all that any of them reads.
llvm::StringSet<> Rule::statesSentWithEvents() const {
  llvm::StringSet<> ofSource, ofSynapse;
  forEachStatement(handlerOf<ir::OnPreOp>(definition), [&](StringRef written, Value value) {
    visitReads(value, [&](ir::VariableOp variable, bool) {
      if (placeOf(variable.getSymName()) == "pre")
        (!written.empty() && placeOf(written) == "pre" ? ofSource : ofSynapse).insert(variable.getSymName());
    });
  });
  if (!ofSynapse.empty())
    for (const auto &state : ofSource)
      ofSynapse.insert(state.first());
  return ofSynapse;
}

llvm::StringSet<> Rule::statesLookedBackAt() const {
  llvm::StringSet<> states;
  auto visit = [&](ir::VariableOp variable, bool old) {
    if (!old && placeOf(variable.getSymName()) == "pre")
      states.insert(variable.getSymName());
  };
  auto visitIn = [&](StringRef, Value value) { visitReads(value, visit); };
  for (Region *handler : handlersOfLaterSpikes(definition))
    forEachStatement(handler, visitIn);
  for (auto equation : definition.getBody().getOps<ir::EquationOp>())
    if (StringRef place = placeOf(equation.getState()); place != "pre" && place != "post")
      visitReads(yielded(equation.getExpression()), visit);
  return states;
}

llvm::StringSet<> Rule::statesOnConditions(StringRef place) const {
  llvm::StringSet<> states;
  auto visit = [&](ir::VariableOp variable, bool) {
    if (variable.getKind() == ir::VariableKind::State && placeOf(variable.getSymName()) == place)
      states.insert(variable.getSymName());
  };
  for (auto op : definition.getBody().getOps<ir::OnConditionOp>()) {
    visitReads(yielded(op.getCondition()), visit);
    forEachStatement(&op.getBody(), [&](StringRef, Value value) { visitReads(value, visit); });
  }
  return states;
}

llvm::StringSet<> Rule::statesReadOld(StringRef place) const {
  llvm::StringSet<> states;
  visitAllReads([&](ir::VariableOp variable, bool old) {
    bool isState = variable.getKind() == ir::VariableKind::State; // what is looked back at does not change in a step
    if (old && isState && placeOf(variable.getSymName()) == place)
      states.insert(variable.getSymName());
  });
  return states;
}

bool Rule::readsOldWeight() const {
  bool reads = false;
  visitAllReads([&](ir::VariableOp variable, bool old) { reads |= old && variable.getKind() == ir::VariableKind::Weight; });
  return reads;
}

llvm::StringSet<> Rule::read(ir::VariableKind kind) const {
  llvm::StringSet<> names;
  visitReadsOfSynapses([&](ir::VariableOp variable, bool) {
    if (variable.getKind() == kind)
      names.insert(variable.getSymName());
  });
  return names;
}

llvm::StringSet<> Rule::targetReadOld() const {
  llvm::StringSet<> names;
  visitAllReads([&](ir::VariableOp variable, bool old) {
    if (old && variable.getKind() == ir::VariableKind::Post)
      names.insert(variable.getSymName());
  });
  return names;
}

//===-- What has to be done in every step -----------------------------------------------------------------------------------===//

ir::EquationOp Rule::equationOfWeight() const {
  for (auto equation : definition.getBody().getOps<ir::EquationOp>())
    if (variable(equation.getState()).getKind() == ir::VariableKind::Weight)
      return equation;
  return {};
}

namespace {
/// How a value depends on the one state that may occur in it.
enum class Dependence { Free, Affine, Other };
} // namespace

static Dependence dependenceOf(ir::PlasticityOp definition, Value value, StringRef state) {
  Operation *op = value.getDefiningOp();
  if (auto read = dyn_cast<ir::ReadOp>(op)) {
    for (auto variable : definition.getBody().getOps<ir::VariableOp>()) {
      if (variable.getSymName() != read.getSlot())
        continue;
      if (variable.getKind() == ir::VariableKind::Param)
        return Dependence::Free;
      if (variable.getKind() == ir::VariableKind::Let)
        return dependenceOf(definition, yielded(variable.getExpression()), state);
    }
    return read.getSlot() == state ? Dependence::Affine : Dependence::Other;
  }
  if (isa<ir::StepNumberOp, ir::RandomOp>(op))
    return Dependence::Other;
  SmallVector<Dependence> operands;
  for (Value operand : op->getOperands())
    operands.push_back(dependenceOf(definition, operand, state));
  auto is = [&](unsigned i, Dependence d) { return operands[i] == d; };
  if (llvm::is_contained(operands, Dependence::Other))
    return Dependence::Other;
  if (llvm::all_of(operands, [](Dependence d) { return d == Dependence::Free; }))
    return Dependence::Free;
  bool keeps = isa<arith::AddFOp, arith::SubFOp, arith::NegFOp>(op) ||
               (isa<arith::MulFOp>(op) && (is(0, Dependence::Free) || is(1, Dependence::Free))) ||
               (isa<arith::DivFOp>(op) && is(1, Dependence::Free));
  return keeps ? Dependence::Affine : Dependence::Other;
}

bool Rule::isSolvableAlone(ir::EquationOp equation) const {
  bool chooses = equation.getMethod() != ir::Method::Default && equation.getMethod() != ir::Method::Exact;
  return !chooses && dependenceOf(definition, yielded(equation.getExpression()), equation.getState()) != Dependence::Other;
}

std::optional<std::string> Rule::whyEveryStep() const {
  if (equationOfWeight())
    return "the weight has an equation";
  for (auto equation : definition.getBody().getOps<ir::EquationOp>())
    if (placeOf(equation.getState()) == "connection" && !isSolvableAlone(equation))
      return ("`" + equation.getState() + "'` is not linear in its state alone").str();
  if (!definition.getBody().getOps<ir::OnConditionOp>().empty())
    return "a condition is watched";
  return std::nullopt;
}

std::string sentName(StringRef slot) { return (slot + ".sent").str(); }
std::string lookedBackName(StringRef slot) { return (slot + ".past").str(); }
std::string beforeName(StringRef slot) { return (slot + ".before").str(); }
std::string beginningName(StringRef slot) { return (slot + ".beginning").str(); }
std::string aheadName(StringRef slot) { return (slot + ".ahead").str(); }
std::string startName(StringRef variable) { return (variable + ".start").str(); }

Value clip(OpBuilder &builder, Value value, Value low, Value high) {
  Location loc = value.getLoc();
  auto limit = [&](arith::CmpFPredicate isBeyond, Value bound) {
    Value beyond = arith::CmpFOp::create(builder, loc, isBeyond, value, bound);
    value = arith::SelectOp::create(builder, loc, beyond, bound, value);
  };
  limit(arith::CmpFPredicate::OGT, high);
  limit(arith::CmpFPredicate::OLT, low);
  return value;
}

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
    if (isa<ir::SendOp>(op) && wants(written))
      write(written, Value());
    if ((!statement && !release) || !wants(written))
      continue;
    IRMapping mapping; // a statement sees what those before it have written, so nothing is carried over
    Scope::Reads reads;
    write(written, copyTree(builder, scope, statement ? statement.getValue() : release.getValue(), mapping, reads));
  }
}

} // namespace snn

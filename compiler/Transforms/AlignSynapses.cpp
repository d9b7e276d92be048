#include "compiler/Transforms/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

namespace snn {
#define GEN_PASS_DEF_ALIGNSYNAPSES
#include "compiler/Transforms/Passes.h.inc"
} // namespace snn

using namespace mlir;
using namespace snn;

namespace {

/// How a value depends on the states of a synapse, or on the input of an output.
enum class Dependence { Free, Linear, Other };

/// What the expressions of a synapse or an output are made of, in terms of variables of one kind.
class SynapseAnalysis {
public:
  explicit SynapseAnalysis(Operation *definition, ir::VariableKind unknown = ir::VariableKind::State)
      : definition(definition), unknown(unknown) {}

  Dependence of(Value value);
  /// Does the value use a variable of this kind (through any `let`)?
  bool uses(Value value, ir::VariableKind kind);
  ir::VariableOp variable(StringRef name);

private:
  Operation *definition;
  ir::VariableKind unknown;
};

} // namespace

/// Draws, data, positions, and whatever is read of the neurons that are joined.
static bool variesByConnection(Region &expression) {
  return expression.walk([](Operation *op) {
    auto read = dyn_cast<ir::ReadOp>(op);
    bool ofAnEnd = read && (read.getSlot().starts_with("pre.") || read.getSlot().starts_with("post."));
    bool varies = ofAnEnd || isa<ir::DrawOp, ir::DataOp, ir::IndexOp>(op);
    return varies ? WalkResult::interrupt() : WalkResult::advance();
  }).wasInterrupted();
}

static Value yielded(Region &region) { return cast<ir::YieldOp>(region.front().getTerminator()).getValues().front(); }

ir::VariableOp SynapseAnalysis::variable(StringRef name) {
  for (auto op : definition->getRegion(0).getOps<ir::VariableOp>())
    if (op.getSymName() == name)
      return op;
  return {};
}

bool SynapseAnalysis::uses(Value value, ir::VariableKind kind) {
  Operation *op = value.getDefiningOp();
  if (auto read = dyn_cast<ir::ReadOp>(op)) {
    ir::VariableOp declaration = variable(read.getSlot());
    if (declaration.getKind() == ir::VariableKind::Let)
      return uses(yielded(declaration.getExpression()), kind);
    return declaration.getKind() == kind;
  }
  return llvm::any_of(op->getOperands(), [&](Value operand) { return uses(operand, kind); });
}

Dependence SynapseAnalysis::of(Value value) {
  Operation *op = value.getDefiningOp();
  if (auto read = dyn_cast<ir::ReadOp>(op)) {
    ir::VariableOp declaration = variable(read.getSlot());
    if (declaration.getKind() == ir::VariableKind::Let)
      return of(yielded(declaration.getExpression()));
    return declaration.getKind() == unknown ? Dependence::Linear : Dependence::Free;
  }
  SmallVector<Dependence> operands;
  for (Value operand : op->getOperands())
    operands.push_back(of(operand));
  if (llvm::all_of(operands, [](Dependence d) { return d == Dependence::Free; }))
    return Dependence::Free;
  auto linear = [&](unsigned i) { return operands[i] == Dependence::Linear; };
  auto free = [&](unsigned i) { return operands[i] == Dependence::Free; };
  if (isa<arith::AddFOp, arith::SubFOp>(op) && linear(0) && linear(1))
    return Dependence::Linear;
  if (isa<arith::NegFOp>(op) && linear(0))
    return Dependence::Linear;
  if (isa<arith::MulFOp>(op) && ((linear(0) && free(1)) || (free(0) && linear(1))))
    return Dependence::Linear;
  if (isa<arith::DivFOp>(op) && linear(0) && free(1))
    return Dependence::Linear;
  if (isa<arith::SelectOp>(op) && free(0) && linear(1) && linear(2))
    return Dependence::Linear;
  return Dependence::Other;
}

/// `x += amount` with an amount free of states: the written value is the state plus something.
static bool isAddition(ir::WriteOp write, SynapseAnalysis &analysis) {
  auto add = write.getValue().getDefiningOp<arith::AddFOp>();
  auto readsTarget = [&](Value value) {
    auto read = value.getDefiningOp<ir::ReadOp>();
    return read && read.getSlot() == write.getSlot();
  };
  if (add && readsTarget(add.getLhs()))
    return analysis.of(add.getRhs()) == Dependence::Free;
  if (add && readsTarget(add.getRhs()))
    return analysis.of(add.getLhs()) == Dependence::Free;
  auto subtract = write.getValue().getDefiningOp<arith::SubFOp>();
  return subtract && readsTarget(subtract.getLhs()) && analysis.of(subtract.getRhs()) == Dependence::Free;
}

namespace {

struct Decision {
  ir::Alignment alignment;
  std::string reason;
  bool outputPerSynapse = false; ///< the output clause does not commute with the sum over synapses
};

} // namespace

/// Reason why one state per target does not do; empty if it does.
static std::string whyNotPost(ir::SynapseOp synapse) {
  SynapseAnalysis analysis(synapse);
  for (auto equation : synapse.getBody().getOps<ir::EquationOp>()) {
    Value derivative = yielded(equation.getExpression());
    std::string name = ("`" + equation.getState() + "'`").str();
    if (analysis.of(derivative) != Dependence::Linear)
      return name + " is not linear in the synapse's states";
    if (analysis.uses(derivative, ir::VariableKind::Weight) || analysis.uses(derivative, ir::VariableKind::Pre))
      return name + " depends on the connection";
  }
  for (auto handler : synapse.getBody().getOps<ir::OnPreOp>())
    for (auto write : handler.getBody().getOps<ir::WriteOp>())
      if (!isAddition(write, analysis))
        return ("an event does not simply add to `" + write.getSlot() + "`").str();
      else if (analysis.uses(write.getValue(), ir::VariableKind::Pre) || analysis.uses(write.getValue(), ir::VariableKind::Post))
        return ("what an event adds to `" + write.getSlot() + "` depends on the state of a neuron").str();
  for (auto result : synapse.getBody().getOps<ir::ResultOp>()) {
    Value output = yielded(result.getExpression());
    if (analysis.of(output) != Dependence::Linear)
      return "its output is not linear in its states";
    if (analysis.uses(output, ir::VariableKind::Weight) || analysis.uses(output, ir::VariableKind::Pre))
      return "its output depends on the connection";
  }
  return "";
}

/// Reason why one state per source does not do; empty if it does.
static std::string whyNotPre(ir::SynapseOp synapse) {
  SynapseAnalysis analysis(synapse);
  auto dependsOnTarget = [&](Value value) {
    return analysis.uses(value, ir::VariableKind::Weight) || analysis.uses(value, ir::VariableKind::Post);
  };
  for (auto variable : synapse.getBody().getOps<ir::VariableOp>())
    if (variable.getKind() == ir::VariableKind::State && dependsOnTarget(yielded(variable.getExpression())))
      return ("`" + variable.getSymName() + "` starts with a value that depends on the weight or the target").str();
  for (auto equation : synapse.getBody().getOps<ir::EquationOp>())
    if (dependsOnTarget(yielded(equation.getExpression())))
      return ("`" + equation.getState() + "'` depends on the weight or the target").str();
  for (auto handler : synapse.getBody().getOps<ir::OnPreOp>())
    for (auto write : handler.getBody().getOps<ir::WriteOp>())
      if (dependsOnTarget(write.getValue()))
        return ("the event adds the weight to `" + write.getSlot() + "`").str();
  return "";
}

/// Reason why the states of a source's synapses are not all alike; empty if they are.
static std::string whyNotPre(ir::ProjectionOp projection, ir::UseOp use, ir::SynapseOp synapse) {
  if (std::string reason = whyNotPre(synapse); !reason.empty())
    return reason;
  for (auto set : use.getBody().getOps<ir::SetOp>())
    if (variesByConnection(set.getExpression()))
      return ("`" + set.getVariable() + "` differs between connections").str();
  return variesByConnection(projection.getDelay()) ? "events reach the synapses of a source after different delays" : "";
}

/// Is the current of the output clause linear in what the synapse puts out? Only then does the sum over synapses suffice.
static bool isLinearInInput(ir::OutputOp output) {
  SynapseAnalysis analysis(output, ir::VariableKind::Input);
  return llvm::all_of(output.getBody().getOps<ir::ResultOp>(), [&](ir::ResultOp result) {
    return analysis.of(yielded(result.getExpression())) == Dependence::Linear;
  });
}

/// The first parameter of the clause that differs from connection to connection.
static StringRef perConnectionParameter(ir::UseOp use, Operation *definition) {
  for (auto set : use.getBody().getOps<ir::SetOp>()) {
    bool isParameter = llvm::any_of(definition->getRegion(0).getOps<ir::VariableOp>(), [&](ir::VariableOp variable) {
      return variable.getSymName() == set.getVariable() && variable.getKind() == ir::VariableKind::Param;
    });
    if (isParameter && variesByConnection(set.getExpression()))
      return set.getVariable();
  }
  return "";
}

/// The synapse of a projection and the clause that names it; null if it has none.
static std::pair<ir::SynapseOp, ir::UseOp> synapseOf(ir::ProjectionOp projection, SymbolTable &symbols) {
  for (auto use : projection.getClauses().front().getOps<ir::UseOp>())
    if (auto synapse = symbols.lookup<ir::SynapseOp>(use.getDefinition()))
      return {synapse, use};
  return {};
}

/// Why the output clause has to be evaluated for every connection; empty if for the sum over a target's will do.
static std::string whyPerConnection(ir::UseOp clause, ir::OutputOp output) {
  if (StringRef parameter = perConnectionParameter(clause, output); !parameter.empty())
    return ("`" + parameter + "` differs between connections").str();
  return isLinearInInput(output) ? "" : ("`" + clause.getDefinition() + "` is not linear in its input").str();
}

static Decision decide(ir::ProjectionOp projection, SymbolTable &symbols) {
  auto [synapse, use] = synapseOf(projection, symbols);
  if (!synapse)
    return {ir::Alignment::Post, "an event acts on the target at once"};
  for (auto clause : projection.getClauses().front().getOps<ir::UseOp>())
    if (auto output = symbols.lookup<ir::OutputOp>(clause.getDefinition()))
      if (std::string reason = whyPerConnection(clause, output); !reason.empty())
        return {ir::Alignment::Connection, reason, /*outputPerSynapse=*/true};
  if (StringRef parameter = perConnectionParameter(use, synapse); !parameter.empty())
    return {ir::Alignment::Connection, ("`" + parameter + "` differs between connections").str()};
  std::string notPost = whyNotPost(synapse);
  if (notPost.empty())
    return {ir::Alignment::Post, "linear, events add, parameters are the same for all connections"};
  std::string notPre = whyNotPre(projection, use, synapse);
  if (notPre.empty())
    return {ir::Alignment::Pre, notPost + ", and its states do not depend on the target"};
  return {ir::Alignment::Connection, notPost + "; " + notPre};
}

/// What must agree for two projections to share their synapse states: target, port, models and settings.
static std::string mergeKey(ir::ProjectionOp projection) {
  std::string key;
  llvm::raw_string_ostream text(key);
  text << projection.getTarget() << '.' << projection.getPort() << '\n';
  for (auto use : projection.getClauses().front().getOps<ir::UseOp>())
    use.print(text);
  return key;
}

namespace {

struct AlignSynapsesPass : snn::impl::AlignSynapsesBase<AlignSynapsesPass> {
  void runOnOperation() override {
    SymbolTable symbols(getOperation());
    llvm::StringMap<ir::ProjectionOp> first;
    getOperation().walk([&](ir::ProjectionOp projection) {
      Decision decision = decide(projection, symbols);
      projection.setAlignment(decision.alignment);
      projection.setReason(decision.reason);
      projection.setOutputPerSynapse(decision.outputPerSynapse);
      bool hasSynapse = !projection.getClauses().front().getOps<ir::UseOp>().empty();
      if (decision.alignment != ir::Alignment::Post || !hasSynapse)
        return;
      auto [it, isNew] = first.try_emplace(mergeKey(projection), projection);
      if (!isNew)
        projection.setMergedInto(it->second.getSymName());
    });
  }
};

} // namespace

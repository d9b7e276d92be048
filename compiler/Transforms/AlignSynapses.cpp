#include "compiler/Transforms/Passes.h"

#include "compiler/Explain/Findings.h"

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
  Dependence compute(Value value);

  Operation *definition;
  ir::VariableKind unknown;
  llvm::DenseMap<Value, Dependence> known; ///< `let`s may use each other twice, and double at every step if looked at anew
};

} // namespace

/// Draws, data, positions, and whatever is read of the neurons that are joined.
static bool variesByConnection(Region &expression) {
  return expression.walk([](Operation *op) {
    auto read = dyn_cast<ir::ReadOp>(op);
    bool ofAnEnd = read && (read.getSlot().starts_with("pre.") || read.getSlot().starts_with("post."));
    auto data = dyn_cast<ir::DataOp>(op);
    bool varies = ofAnEnd || (data && !data.getShape()) || isa<ir::DrawOp, ir::IndexOp>(op);
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

static bool uses(SynapseAnalysis &analysis, Value value, ir::VariableKind kind, llvm::DenseSet<Value> &seen) {
  if (!seen.insert(value).second)
    return false;
  Operation *op = value.getDefiningOp();
  if (auto read = dyn_cast<ir::ReadOp>(op)) {
    ir::VariableOp declaration = analysis.variable(read.getSlot());
    if (declaration.getKind() == ir::VariableKind::Let)
      return uses(analysis, yielded(declaration.getExpression()), kind, seen);
    return declaration.getKind() == kind;
  }
  return llvm::any_of(op->getOperands(), [&](Value operand) { return uses(analysis, operand, kind, seen); });
}

bool SynapseAnalysis::uses(Value value, ir::VariableKind kind) {
  llvm::DenseSet<Value> seen;
  return ::uses(*this, value, kind, seen);
}

Dependence SynapseAnalysis::of(Value value) {
  auto found = known.find(value);
  if (found == known.end())
    found = known.try_emplace(value, compute(value)).first;
  return found->second;
}

Dependence SynapseAnalysis::compute(Value value) {
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

/// Why something does not do, and where the model says so. Empty if it does.
struct Reason {
  std::string text;
  std::optional<Location> where;

  explicit operator bool() const { return !text.empty(); }
};

struct Decision {
  ir::Alignment alignment;
  std::string reason;
  Location where; ///< of what has decided
  bool outputPerSynapse = false; ///< the output clause does not commute with the sum over synapses
  bool hasState = true;
};

} // namespace

/// Why one state per target does not do.
static Reason whyNotPost(ir::SynapseOp synapse) {
  SynapseAnalysis analysis(synapse);
  for (auto equation : synapse.getBody().getOps<ir::EquationOp>()) {
    Value derivative = yielded(equation.getExpression());
    std::string name = ("`" + equation.getState() + "'`").str();
    if (analysis.of(derivative) != Dependence::Linear)
      return {name + " is not linear in the synapse's states", equation.getLoc()};
    if (analysis.uses(derivative, ir::VariableKind::Weight) || analysis.uses(derivative, ir::VariableKind::Pre))
      return {name + " depends on the connection", equation.getLoc()};
  }
  for (auto handler : synapse.getBody().getOps<ir::OnPreOp>())
    for (auto write : handler.getBody().getOps<ir::WriteOp>())
      if (!isAddition(write, analysis))
        return {("an event does not simply add to `" + write.getSlot() + "`").str(), write.getLoc()};
      else if (analysis.uses(write.getValue(), ir::VariableKind::Pre) || analysis.uses(write.getValue(), ir::VariableKind::Post))
        return {("what an event adds to `" + write.getSlot() + "` depends on the state of a neuron").str(), write.getLoc()};
  for (auto handler : synapse.getBody().getOps<ir::OnConditionOp>())
    return {"what it does when a condition comes to hold does not simply add", handler.getLoc()};
  for (auto result : synapse.getBody().getOps<ir::ResultOp>()) {
    Value output = yielded(result.getExpression());
    if (analysis.of(output) != Dependence::Linear)
      return {"its output is not linear in its states", result.getLoc()};
    if (analysis.uses(output, ir::VariableKind::Weight) || analysis.uses(output, ir::VariableKind::Pre))
      return {"its output depends on the connection", result.getLoc()};
  }
  return {};
}

/// Why one state per source does not do.
static Reason whyNotPre(ir::SynapseOp synapse) {
  SynapseAnalysis analysis(synapse);
  auto dependsOnTarget = [&](Value value) {
    return analysis.uses(value, ir::VariableKind::Weight) || analysis.uses(value, ir::VariableKind::Post);
  };
  for (auto variable : synapse.getBody().getOps<ir::VariableOp>())
    if (variable.getKind() == ir::VariableKind::State && dependsOnTarget(yielded(variable.getExpression())))
      return {("`" + variable.getSymName() + "` starts with a value that depends on the weight or the target").str(),
              variable.getLoc()};
  for (auto equation : synapse.getBody().getOps<ir::EquationOp>())
    if (dependsOnTarget(yielded(equation.getExpression())))
      return {("`" + equation.getState() + "'` depends on the weight or the target").str(), equation.getLoc()};
  for (auto handler : synapse.getBody().getOps<ir::OnPreOp>())
    for (auto write : handler.getBody().getOps<ir::WriteOp>())
      if (dependsOnTarget(write.getValue()))
        return {("the event adds the weight to `" + write.getSlot() + "`").str(), write.getLoc()};
  for (auto handler : synapse.getBody().getOps<ir::OnConditionOp>()) {
    if (dependsOnTarget(yielded(handler.getCondition())))
      return {"a condition depends on the target", handler.getLoc()};
    for (auto write : handler.getBody().getOps<ir::WriteOp>())
      if (dependsOnTarget(write.getValue()))
        return {("what `" + write.getSlot() + "` becomes where a condition holds depends on the target").str(), write.getLoc()};
  }
  return {};
}

/// Why the states of a source's synapses are not all alike.
static Reason whyNotPre(ir::ProjectionOp projection, ir::UseOp use, ir::SynapseOp synapse) {
  if (Reason reason = whyNotPre(synapse))
    return reason;
  for (auto set : use.getBody().getOps<ir::SetOp>())
    if (variesByConnection(set.getExpression()))
      return {("`" + set.getVariable() + "` differs between connections").str(), set.getLoc()};
  if (!variesByConnection(projection.getDelay()))
    return {};
  Location delay = yielded(projection.getDelay()).getLoc();
  return {"events reach the synapses of a source after different delays", delay};
}

/// Is the current of the output clause linear in what the synapse puts out? Only then does the sum over synapses suffice.
static bool isLinearInInput(ir::OutputOp output) {
  SynapseAnalysis analysis(output, ir::VariableKind::Input);
  return llvm::all_of(output.getBody().getOps<ir::ResultOp>(), [&](ir::ResultOp result) {
    return analysis.of(yielded(result.getExpression())) == Dependence::Linear;
  });
}

/// The first parameter of the clause that differs from connection to connection.
static Reason perConnectionParameter(ir::UseOp use, Operation *definition) {
  for (auto set : use.getBody().getOps<ir::SetOp>()) {
    bool isParameter = llvm::any_of(definition->getRegion(0).getOps<ir::VariableOp>(), [&](ir::VariableOp variable) {
      return variable.getSymName() == set.getVariable() && variable.getKind() == ir::VariableKind::Param;
    });
    if (isParameter && variesByConnection(set.getExpression()))
      return {("`" + set.getVariable() + "` differs between connections").str(), set.getLoc()};
  }
  return {};
}

/// The synapse of a projection and the clause that names it; null if it has none.
static std::pair<ir::SynapseOp, ir::UseOp> synapseOf(ir::ProjectionOp projection, SymbolTable &symbols) {
  for (auto use : projection.getClauses().front().getOps<ir::UseOp>())
    if (auto synapse = symbols.lookup<ir::SynapseOp>(use.getDefinition()))
      return {synapse, use};
  return {};
}

/// Why the output clause has to be evaluated for every connection, and not for the sum over a target's.
static Reason whyPerConnection(ir::UseOp clause, ir::OutputOp output) {
  if (Reason parameter = perConnectionParameter(clause, output))
    return parameter;
  SynapseAnalysis analysis(output);
  for (auto result : output.getBody().getOps<ir::ResultOp>())
    if (analysis.uses(yielded(result.getExpression()), ir::VariableKind::Pre))
      return {("`" + clause.getDefinition() + "` reads the source").str(), result.getLoc()};
  if (isLinearInInput(output))
    return {};
  return {("`" + clause.getDefinition() + "` is not linear in its input").str(), output.getLoc()};
}

/// Without a state and without events, there is only what the output reads of the neurons.
static bool isStateless(ir::SynapseOp synapse) {
  return synapse.getBody().getOps<ir::OnPreOp>().empty() && llvm::none_of(synapse.getBody().getOps<ir::VariableOp>(), [](ir::VariableOp variable) {
           return variable.getKind() == ir::VariableKind::State;
         });
}

static Decision decide(ir::ProjectionOp projection, SymbolTable &symbols) {
  auto [synapse, use] = synapseOf(projection, symbols);
  Location loc = projection.getLoc();
  if (!synapse)
    return {ir::Alignment::Post, "an event acts on the target at once", loc};
  for (auto clause : projection.getClauses().front().getOps<ir::UseOp>())
    if (auto output = symbols.lookup<ir::OutputOp>(clause.getDefinition()))
      if (Reason reason = whyPerConnection(clause, output))
        return {ir::Alignment::Connection, reason.text, *reason.where, /*outputPerSynapse=*/true};
  if (Reason reason = perConnectionParameter(use, synapse))
    return {ir::Alignment::Connection, reason.text, *reason.where};
  if (isStateless(synapse))
    return {ir::Alignment::Pre, "what it puts out follows in every step from the neurons it joins", loc, false, /*hasState=*/false};
  Reason notPost = whyNotPost(synapse);
  if (!notPost)
    return {ir::Alignment::Post, "linear, events add, parameters are the same for all connections", loc};
  for (auto clause : projection.getClauses().front().getOps<ir::UseOp>())
    if (clause.getOwners())
      return {ir::Alignment::Connection, notPost.text + "; `" + clause.getDefinition().str() + "` acts on every connection",
              *notPost.where};
  Reason notPre = whyNotPre(projection, use, synapse);
  if (!notPre)
    return {ir::Alignment::Pre, notPost.text + ", and its states do not depend on the target", *notPost.where};
  return {ir::Alignment::Connection, notPost.text + "; " + notPre.text, *notPost.where};
}

/// What must agree for two projections to share their synapse states: target, port, models and settings.
static std::string mergeKey(ir::ProjectionOp projection) {
  std::string key;
  llvm::raw_string_ostream text(key);
  text << projection.getTarget() << '.' << projection.getPort() << '\n';
  for (auto use : projection.getClauses().front().getOps<ir::UseOp>())
    if (!use.getOwners()) // what rules do to the weight is over when it arrives at the synapse
      use->print(text, OpPrintingFlags().useLocalScope().assumeVerified());
  if (projection.getDistinct())
    text << projection.getSymName();
  return key;
}

static StringRef placeOf(ir::Alignment alignment) {
  switch (alignment) {
  case ir::Alignment::Post: return "target";
  case ir::Alignment::Pre: return "source";
  case ir::Alignment::Connection: return "connection";
  }
  llvm_unreachable("covered switch");
}

static void report(ir::ProjectionOp projection, const Decision &decision, bool hasSynapse) {
  reportFinding(decision.where, "alignment",
                {{"projection", projection.getSymName().str()},
                 {"alignment", hasSynapse && decision.hasState ? placeOf(decision.alignment).str() : "none"},
                 {"why", decision.reason},
                 {"merged into", projection.getMergedInto().value_or("").str()}});
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
      bool hasSynapse = llvm::any_of(projection.getClauses().front().getOps<ir::UseOp>(),
                                     [](ir::UseOp use) { return !use.getOwners(); });
      if (decision.alignment == ir::Alignment::Post && hasSynapse) {
        auto [it, isNew] = first.try_emplace(mergeKey(projection), projection);
        if (!isNew)
          projection.setMergedInto(it->second.getSymName());
      }
      report(projection, decision, hasSynapse);
    });
  }
};

} // namespace

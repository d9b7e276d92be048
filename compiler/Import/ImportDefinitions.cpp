// Neurons, synapses, outputs and plasticity rules.

#include "compiler/Import/Importer.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;

namespace snn {

void Importer::importDefinition(const model::Definition &definition) {
  Location loc = locate(definition.range);
  Operation *op = nullptr;
  switch (definition.kind) {
  case model::DefinitionKind::Neuron: op = ir::NeuronOp::create(builder, loc, definition.name); break;
  case model::DefinitionKind::Synapse: op = ir::SynapseOp::create(builder, loc, definition.name); break;
  case model::DefinitionKind::Output: op = ir::OutputOp::create(builder, loc, definition.name); break;
  case model::DefinitionKind::Current: llvm_unreachable("membrane mechanisms have become part of neurons");
  case model::DefinitionKind::Plasticity: op = ir::PlasticityOp::create(builder, loc, definition.name); break;
  }
  fill(op->getRegion(0), [&] {
    expressions.enterDefinition();
    for (const auto &variable : definition.variables)
      if (variable->kind == model::VariableKind::Past)
        expressions.namePast(*variable->value, variable->name);
    for (const auto &variable : definition.variables) {
      if (variable->kind == model::VariableKind::Modulator || variable->kind == model::VariableKind::Past)
        continue; // a name, of which there is no value; what is declared behind all that looks back
      expressions.enterDeclaration(definition.name + "." + variable->name);
      importVariable(*variable);
    }
    expressions.enterDeclaration(definition.name);
    for (const model::Equation &equation : definition.equations)
      importEquation(equation, definition.integration);
    importHandlers(definition);
    if (!definition.onPre.empty()) {
      auto handler = ir::OnPreOp::create(builder, locate(definition.onPre.front().range));
      fill(handler.getBody(), [&] { importAssignments(definition.onPre, definition.keeps); });
    }
    if (!definition.onPost.empty()) {
      auto handler = ir::OnPostOp::create(builder, locate(definition.onPost.front().range));
      fill(handler.getBody(), [&] { importAssignments(definition.onPost, definition.keeps); });
    }
    importRuleHandlers(definition);
    if (definition.result) {
      auto result = ir::ResultOp::create(builder, locate(definition.result->range));
      fillExpression(result.getExpression(), definition.result);
    }
    if (definition.spike)
      importSpike(*definition.spike);
    if (definition.refractory)
      importRefractory(*definition.refractory);
    expressions.declarePast();
  });
}

/// `state g: w`: of the dimension that each projection's weight has.
static bool isWeightAlike(const model::Variable &variable) {
  return variable.weightPower == Rational(1) && variable.dimension.isNumber();
}

void Importer::importVariable(const model::Variable &variable) {
  ir::VariableKind kind = ir::VariableKind::Param;
  switch (variable.kind) {
  case model::VariableKind::Parameter: kind = ir::VariableKind::Param; break;
  case model::VariableKind::Constant: kind = ir::VariableKind::Let; break;
  case model::VariableKind::State: kind = ir::VariableKind::State; break;
  case model::VariableKind::Input: kind = ir::VariableKind::Input; break;
  case model::VariableKind::Let: kind = ir::VariableKind::Let; break;
  case model::VariableKind::Weight: kind = ir::VariableKind::Weight; break;
  case model::VariableKind::Pre: kind = ir::VariableKind::Pre; break;
  case model::VariableKind::Post: kind = ir::VariableKind::Post; break;
  case model::VariableKind::Syn: kind = ir::VariableKind::Syn; break;
  case model::VariableKind::Modulator: llvm_unreachable("a modulator has no value");
  case model::VariableKind::ModulatorState: kind = ir::VariableKind::Modulator; break;
  case model::VariableKind::Past: llvm_unreachable("it is declared behind all that looks back");
  }
  double scale = variable.unit.scale > 0 ? variable.unit.scale : 1;
  StringRef unit = variable.isImplied ? "" : StringRef(variable.unit.text); // a number of steps
  auto op = ir::VariableOp::create(builder, locate(variable.range), kind, variable.name, unit, llvm::APFloat(scale),
                                     variable.documentation, isWeightAlike(variable), variable.isEvent, variable.isShared,
                                     variable.readsAt ? reference(variable.readsAt->name) : FlatSymbolRefAttr());
  fillExpression(op.getExpression(), variable.value);
}

/// What an equation chooses, it chooses for itself alone.
void Importer::importEquation(const model::Equation &equation, const model::Integration &otherwise) {
  const bool chooses = !equation.integration.isDefault();
  const model::Integration &integration = chooses ? equation.integration : otherwise;
  auto op = ir::EquationOp::create(builder, locate(equation.range), equation.state->name, methodOf(integration.method),
                                   equation.group, integration.steps, llvm::APFloat(integration.tolerance), chooses);
  fill(op.getExpression(), [&] {
    Value value = expressions.import(*equation.value);
    if (equation.state->isImplied) // which is counted in steps
      value = arith::DivFOp::create(builder, op.getLoc(), value, ir::StepSizeOp::create(builder, op.getLoc(), builder.getF64Type()));
    ir::YieldOp::create(builder, op.getLoc(), value);
  });
}

void Importer::importHandlers(const model::Definition &definition) {
  for (const model::PeriodicUpdate &update : definition.periodic) {
    auto op = ir::EveryOp::create(builder, locate(update.range));
    fillExpression(op.getPeriod(), update.period);
    fill(op.getBody(), [&] { importAssignments(update.body); });
  }
  if (!definition.onStep.empty()) {
    auto op = ir::OnStepOp::create(builder, locate(definition.onStep.front().range));
    fill(op.getBody(), [&] { importAssignments(definition.onStep); });
  }
  for (const model::EventHandler &handler : definition.onEvent) {
    auto op = ir::OnInputOp::create(builder, locate(handler.range), handler.input->name, handler.bySign);
    fill(op.getBody(), [&] { importAssignments(handler.body); });
  }
}

/// What only rules have: `on D`, `on c > 1`, and bounds of what equations change.
void Importer::importRuleHandlers(const model::Definition &definition) {
  for (const model::ModulatorHandler &handler : definition.onModulator) {
    auto op = ir::OnModulatorOp::create(builder, locate(handler.range), string(handler.modulator->name));
    fill(op.getBody(), [&] { importAssignments(handler.body, definition.keeps); });
  }
  for (const model::ConditionHandler &handler : definition.onCondition) {
    auto op = ir::OnConditionOp::create(builder, locate(handler.range));
    fillExpression(op.getCondition(), handler.condition);
    fill(op.getBody(), [&] { importAssignments(handler.body, definition.keeps); });
  }
  for (const model::Keep &keep : definition.keeps) {
    auto op = ir::KeepOp::create(builder, locate(keep.range), reference(keep.variable->name));
    fill(op.getExpression(), [&] {
      Value low = expressions.import(*keep.low), high = expressions.import(*keep.high);
      ir::YieldOp::create(builder, op.getLoc(), ValueRange{low, high});
    });
  }
}

/// `keep x in low .. high` holds after every assignment.
Value Importer::keepWithin(const model::Keep &keep, Value value) {
  Location loc = locate(keep.range);
  auto limit = [&](arith::CmpFPredicate isBeyond, const model::Expr &expr) {
    Value bound = expressions.import(expr);
    Value beyond = arith::CmpFOp::create(builder, loc, isBeyond, value, bound);
    value = arith::SelectOp::create(builder, loc, beyond, bound, value); // what is no number stays so and is noticed
  };
  limit(arith::CmpFPredicate::OGT, *keep.high);
  limit(arith::CmpFPredicate::OLT, *keep.low);
  return value;
}

void Importer::importAssignments(ArrayRef<model::Assignment> assignments, ArrayRef<model::Keep> keeps) {
  for (const model::Assignment &assignment : assignments) {
    if (assignment.delivers) {
      ir::SendOp::create(builder, locate(assignment.range));
      continue;
    }
    Value value = expressions.import(*assignment.value);
    if (!assignment.variable) {
      ir::ReleaseOp::create(builder, locate(assignment.range), value);
      continue;
    }
    for (const model::Keep &keep : keeps)
      if (keep.variable == assignment.variable)
        value = keepWithin(keep, value);
    ir::WriteOp::create(builder, locate(assignment.range), reference(assignment.variable->name), value);
  }
}

void Importer::importSpike(const model::SpikeRule &spike) {
  auto op = ir::SpikeRuleOp::create(builder, locate(spike.range), static_cast<ir::SpikeKind>(spike.kind), spike.multiple);
  fill(op.getCondition(), [&] {
    SmallVector<Value> sides = {expressions.import(*spike.condition)};
    if (spike.threshold)
      sides.push_back(expressions.import(*spike.threshold));
    ir::YieldOp::create(builder, op.getLoc(), sides);
  });
  if (spike.reset.empty())
    return;
  fill(op.getReset(), [&] {
    importAssignments(spike.reset);
    ir::YieldOp::create(builder, op.getLoc(), ValueRange());
  });
}

void Importer::importRefractory(const model::Refractory &refractory) {
  SmallVector<Attribute> held;
  for (const model::Variable *variable : refractory.held)
    held.push_back(reference(variable->name));
  auto op = ir::RefractoryOp::create(builder, locate(refractory.range), flag(refractory.full), builder.getArrayAttr(held));
  fillExpression(op.getDuration(), refractory.duration);
  if (refractory.atEnd.empty())
    return;
  fill(op.getAtEnd(), [&] {
    importAssignments(refractory.atEnd);
    ir::YieldOp::create(builder, op.getLoc(), ValueRange());
  });
}

} // namespace snn

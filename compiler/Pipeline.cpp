#include "compiler/Pipeline.h"

#include "compiler/Transforms/Passes.h"

namespace snn {

void addStepPasses(mlir::OpPassManager &passes) {
  passes.addPass(createAlignSynapses());    // needs definitions; gains the place of every synapse state
  passes.addPass(createInstantiateModels()); // gains bodies; definitions are gone
  auto &program = passes.nest<ir::ProgramOp>();
  auto &body = program.nest<ir::BodyOp>();
  body.addPass(createSolveOdes());        // gains updates; equations are gone
  body.addPass(createHoistInvariants());  // gains a step that computes only what changes
  body.addPass(createLayoutState());      // gains table positions of all slots
  program.addPass(createScheduleStep());  // gains the time loop
}

} // namespace snn

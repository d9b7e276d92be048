// The middle of the pipe, in the order in which the passes run (compiler/Pipeline.cpp).

#ifndef SNN_COMPILER_TRANSFORMS_PASSES_TD
#define SNN_COMPILER_TRANSFORMS_PASSES_TD

include "mlir/Pass/PassBase.td"

def AlignSynapses : Pass<"snn-align-synapses", "mlir::ModuleOp"> {
  let summary = "Decide where the state of every projection's synapse lives";
  let description = [{
    *post* where the equations are linear and homogeneous in the state, events add to it, and the parameters are the same
    for the whole projection: the sum over a neuron's synapses then obeys the same equation, so one state per target is
    enough. *pre* where the state does not depend on the weight or the target; *connection* otherwise. Projections aligned
    post whose kinetics, output and target agree are merged. Reads definitions and projections, sets their attributes.

    ```mlir
    // before                                    // after
    snn.projection @"E -> N" ... stream 7 ...    snn.projection @"E -> N" ... stream 7 aligned post because "..." ...
    ```
  }];
}

def InstantiateModels : Pass<"snn-instantiate-models", "mlir::ModuleOp"> {
  let summary = "Make one body for every distinct combination of a model and the synapses that reach it";
  let description = [{
    Replaces definitions, network and experiment by a `snn.program`. Literal numbers of the network become run-time
    settings. Populations whose bodies are equal share one; so do projections and their connectors. Synapses aligned *pre* or
    *connection* have bodies of their own, and their target reads the sum of what they put out.
    Needs: `snn-align-synapses`. Gains: no reference to a definition is left; a step is straight-line code with
    `snn.integrate` for equations.
  }];
  let dependentDialects = ["mlir::arith::ArithDialect", "mlir::math::MathDialect"];
}

def SolveOdes : Pass<"snn-solve-odes", "ir::BodyOp"> {
  let summary = "Turn equations into updates";
  let description = [{
    Linear equations with coefficients that do not change in time are solved exactly and together; others by exponential
    Euler with the derivative of the whole right-hand side; or as `method` says.
    Needs: common subexpressions eliminated. Gains: no `snn.integrate` is left.

    ```mlir
    // before                                    // after (a = exp(-dt/tau) - 1, computed once)
    snn.integrate holding [] {                   %g = snn.read @g
      %g = snn.read @g ; %f = -%g / %tau          %n = math.fma %g, %a, %g
      snn.ode @g = %f exact                      snn.write @g, %n
    }
    ```
  }];
  let dependentDialects = ["mlir::arith::ArithDialect", "mlir::math::MathDialect"];
}

def HoistInvariants : Pass<"snn-hoist-invariants", "ir::BodyOp"> {
  let summary = "Compute once what depends neither on time nor on state";
  let description = [{
    Values of `step` that depend on settings only move to `prepare` and become uniforms; costly ones that depend on
    per-neuron parameters move to `initialise` and become constant fields. Both stay in double precision until they are used.
    Needs: `snn-solve-odes`.
  }];
}

def LayoutState : Pass<"snn-layout-state", "ir::BodyOp"> {
  let summary = "Number the fields and uniforms of a body, dropping those nothing reads";
  let description = [{
    A parameter that only `initialise` reads is one of these: it is used where it has just been computed.
    Gains: every `snn.field` and `snn.uniform` has its index in the tables of abi.h.
  }];
}

def ScheduleStep : Pass<"snn-schedule-step", "ir::ProgramOp"> {
  let summary = "Order the phases of a step in one time loop";
  let description = [{
    Arrive: one `snn.deliver` for each way in which amounts and delays are stored, one `snn.transmit` per body of synapses. Integrate, threshold, reset, refractory
    period and spike compaction: one `snn.lanes` per body. Then `snn.meet`. Needs: `snn-layout-state`.
  }];
}

#endif

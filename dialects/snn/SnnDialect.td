// The dialect itself and the enumerations its operations use.

#ifndef SNN_DIALECT_TD
#define SNN_DIALECT_TD

include "mlir/IR/OpBase.td"
include "mlir/IR/EnumAttr.td"

def Snn_Dialect : Dialect {
  let name = "snn";
  let cppNamespace = "::snn::ir";
  let summary = "spiking neural networks: models, networks, and the step they compile to";
  let description = [{
    The dialect holds a program in three forms, one after the other.

    1. *Declarations*, as imported: `snn.neuron`, `snn.synapse`, `snn.output` with their variables and equations, one
       `snn.network` of populations and projections, one `snn.simulate`.
    2. *Bodies*, after `snn-instantiate-models`: one `snn.body` for every distinct combination of a neuron model with the
       synapses that reach it; its regions `prepare`, `initialise` and `step` are straight-line code over named slots.
    3. *The schedule*, after `snn-schedule-step`: one `snn.time_loop` with its phases.

    Numbers are `f64` in base units (ms, mV, pA; hence nS, pF, GOhm) up to the target; the precision of the experiment is
    applied when the loop is mapped to vectors, so that derived constants are computed in double precision and rounded once.
    Slots are read and written by name with memory-like order: a `snn.read` after a `snn.write` in the same block sees it.
  }];
}

class Snn_Enum<string name, string summary, list<I32EnumAttrCase> cases> : I32EnumAttr<name, summary, cases> {
  let cppNamespace = "::snn::ir";
}

def Snn_VariableKind : Snn_Enum<"VariableKind", "what a variable of a definition is", [
  I32EnumAttrCase<"Param", 0, "param">, I32EnumAttrCase<"State", 1, "state">, I32EnumAttrCase<"Input", 2, "input">,
  I32EnumAttrCase<"Let", 3, "let">, I32EnumAttrCase<"Weight", 4, "weight">, I32EnumAttrCase<"Pre", 5, "pre">,
  I32EnumAttrCase<"Post", 6, "post">, I32EnumAttrCase<"Old", 7, "old">, I32EnumAttrCase<"SinceSpike", 8, "since_spike">,
  I32EnumAttrCase<"Syn", 9, "syn">, I32EnumAttrCase<"Modulator", 10, "modulator">, I32EnumAttrCase<"Delayed", 11, "delayed">]>;

def Snn_Method : Snn_Enum<"Method", "how an equation is advanced", [
  I32EnumAttrCase<"Default", 0, "default">, I32EnumAttrCase<"Exact", 1, "exact">,
  I32EnumAttrCase<"ExpEuler", 2, "exp_euler">, I32EnumAttrCase<"Euler", 3, "euler">, I32EnumAttrCase<"Rk2", 4, "rk2">,
  I32EnumAttrCase<"Rk4", 5, "rk4">, I32EnumAttrCase<"Heun", 6, "heun">, I32EnumAttrCase<"Milstein", 7, "milstein">,
  I32EnumAttrCase<"Adaptive", 8, "adaptive">]>;

def Snn_SpikeKind : Snn_Enum<"SpikeKind", "what makes a neuron spike", [
  I32EnumAttrCase<"Level", 0, "level">, I32EnumAttrCase<"Crossing", 1, "crossing">, I32EnumAttrCase<"Rate", 2, "rate">]>;

def Snn_Distribution : Snn_Enum<"Distribution", "family of random numbers (values of abi.h)", [
  I32EnumAttrCase<"Normal", 0, "normal">, I32EnumAttrCase<"Uniform", 1, "uniform">,
  I32EnumAttrCase<"Lognormal", 2, "lognormal">, I32EnumAttrCase<"Exponential", 3, "exponential">,
  I32EnumAttrCase<"TruncatedNormal", 4, "truncated_normal">, I32EnumAttrCase<"Gamma", 5, "gamma">,
  I32EnumAttrCase<"Weibull", 6, "weibull">, I32EnumAttrCase<"Beta", 7, "beta">]>;

def Snn_Rule : Snn_Enum<"Rule", "how a projection connects (values of abi.h)", [
  I32EnumAttrCase<"OneToOne", 0, "one_to_one">, I32EnumAttrCase<"AllToAll", 1, "all_to_all">,
  I32EnumAttrCase<"Bernoulli", 2, "bernoulli">, I32EnumAttrCase<"FixedIndegree", 3, "fixed_indegree">,
  I32EnumAttrCase<"FixedOutdegree", 4, "fixed_outdegree">, I32EnumAttrCase<"FixedTotal", 5, "fixed_total">,
  I32EnumAttrCase<"Pairs", 6, "pairs">, I32EnumAttrCase<"PairBernoulli", 7, "pair_bernoulli">]>;

def Snn_Alignment : Snn_Enum<"Alignment", "where the state of a projection's synapse lives", [
  I32EnumAttrCase<"Post", 0, "post">, I32EnumAttrCase<"Pre", 1, "pre">, I32EnumAttrCase<"Connection", 2, "connection">]>;

def Snn_FieldKind : Snn_Enum<"FieldKind", "what an array over neurons holds (values of abi.h)", [
  I32EnumAttrCase<"State", 0, "state">, I32EnumAttrCase<"Parameter", 1, "parameter">,
  I32EnumAttrCase<"Constant", 2, "constant">, I32EnumAttrCase<"Hold", 3, "hold">,
  I32EnumAttrCase<"Arrivals", 4, "arrivals">, I32EnumAttrCase<"Tap", 5, "tap">,
  I32EnumAttrCase<"External", 6, "external">, I32EnumAttrCase<"History", 7, "history">,
  I32EnumAttrCase<"Supplied", 8, "supplied">]>;

def Snn_Between : Snn_Enum<"Between", "the value between two samples (values of abi.h)", [
  I32EnumAttrCase<"Previous", 0, "previous">, I32EnumAttrCase<"Linear", 1, "linear">]>;

def Snn_Beyond : Snn_Enum<"Beyond", "the value behind the last sample (values of abi.h)", [
  I32EnumAttrCase<"Hold", 0, "hold">, I32EnumAttrCase<"Zero", 1, "zero">, I32EnumAttrCase<"Repeat", 2, "repeat">]>;

def Snn_End : Snn_Enum<"End", "which of the neurons that a synapse joins, or that modulate it", [
  I32EnumAttrCase<"Source", 0, "source">, I32EnumAttrCase<"Target", 1, "target">,
  I32EnumAttrCase<"Modulator", 2, "modulator">]>;

def Snn_Precision : Snn_Enum<"Precision", "type of states", [
  I32EnumAttrCase<"F32", 0, "f32">, I32EnumAttrCase<"F64", 1, "f64">]>;

def Snn_Random : Snn_Enum<"RandomKind", "a random number inside the time loop", [
  I32EnumAttrCase<"Uniform", 0, "uniform">, I32EnumAttrCase<"Normal", 1, "normal">,
  I32EnumAttrCase<"White", 2, "white">]>;

#endif

// Artefact 3 -> 4 of the pipe: what the checker makes of a source file.
//
// A `Model` is complete and needs no further judgement: every name is bound, every dimension has been checked, every
// number is in base units (ms, mV, pA, um, and what follows from them: nS, pF, GOhm), every default is filled in.
// It knows nothing of MLIR. The compiler reads it in `compiler/Import`; `--emit=model` prints it.

#ifndef SNN_FRONTEND_MODEL_H
#define SNN_FRONTEND_MODEL_H

#include "frontend/Units.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/SMLoc.h"

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace llvm {
class raw_ostream;
}

namespace snn::model {

/// Operations and functions of the expression language. Truth values come from the comparisons and `And Or Not`.
enum class Op {
  Neg, Add, Sub, Mul, Div, Mod, Pow,
  Less, LessEqual, Greater, GreaterEqual, Equal, NotEqual, And, Or, Not,
  Select, ///< operands: condition, value if true, value if false
  Abs, Sign, Min, Max, Clip, Floor, Ceil, Round, Sqrt, Exp, Log, Log10, Exprel, Expm1, Log1p,
  Sin, Cos, Tan, Sinh, Cosh, Tanh, Erf, Heaviside,
};

/// Families of random numbers. Parameters are operands of the `Draw` expression, in the order of the language.
enum class Distribution { Normal, Uniform, Lognormal, Exponential, TruncatedNormal, Gamma, Weibull, Beta };

/// What happens to a drawn number outside its bounds.
enum class OutOfBounds { Redraw, Clip };

struct Variable;
struct NetworkParameter;
struct Population;
struct Expr;

struct DrawModifiers {
  const Expr *atLeast = nullptr; ///< null: unbounded
  const Expr *atMost = nullptr;
  bool keepingSign = false; ///< redrawn until it has the sign of the mean
  OutOfBounds outOfBounds = OutOfBounds::Redraw;
};

/// What an array is over time, of which a drive takes the value of each step: `load("i.npy", every = 0.5 ms)`.
struct TimeCourse {
  enum class Between { Previous, Linear };   ///< between two samples: the one before, or the straight line
  enum class Beyond { Hold, Zero, Repeat };  ///< behind the last sample: that sample, nothing, or from the start again
  const Expr *every = nullptr; ///< ms from one sample to the next; null: there is one for the whole run
  Between between = Between::Previous;
  Beyond beyond = Beyond::Hold;
  std::string drive;           ///< whose it is, for messages: "N.I"
  const Population *population = nullptr;
  uint64_t begin = 0, end = 0; ///< neurons that columns of the array belong to
};

/// `load("rates.npz", "layer4")`: an array in a file, which is opened when the network is built.
struct DataSource {
  std::string path;    ///< absolute, or relative to the folder of the model
  std::string dataSet; ///< of a .npz or HDF5 file; empty: the file is the array, or has a single one
  UnitSpelling unit;   ///< of the numbers where the data set does not name one; empty: they are plain numbers
  Dimension dimension; ///< that of the unit
  std::vector<uint64_t> shape = {}; ///< of a table's array; otherwise what the neurons or synapses are decides
  std::optional<TimeCourse> course = std::nullopt; ///< of a drive
};

/// One checked expression, in base units. Nodes are owned by the `Model`, immutable, and may be shared.
struct Expr {
  enum class Kind {
    Number,   ///< `number`
    Truth,    ///< `number` is 0 or 1
    Parameter, ///< `parameter` of the network
    Variable, ///< `variable` of the definition (or of the population's model) the expression stands in
    Pre,      ///< `variable` of the source population's model (weights and delays)
    Post,     ///< `variable` of the target population's model (weights and delays)
    Index,    ///< `i`: position of the neuron in its population or group (PreIndex, PostIndex: of the joined ones)
    PreIndex,
    PostIndex,
    Count, ///< `n`: size of the population
    PreCount,
    PostCount,
    OldWeight, ///< `w`: the weight of a connection before it is changed
    PrePosition,  ///< coordinate number `axis` of the source neuron, um
    PostPosition, ///< the same of the target neuron
    Time, ///< `t`, start of the step
    Step, ///< `dt`
    Apply,   ///< `op` of `operands`
    Draw,    ///< one random number per element from `distribution` with parameters `operands`
    RandomUniform, ///< `rand()`: one number per textual occurrence, element and step; `stream` tells occurrences apart
    RandomNormal,  ///< `randn()`
    RandomPoisson, ///< `poisson(x)`
    WhiteNoise,    ///< `xi`, of dimension time^-1/2: one source per textual occurrence and element
    Old,        ///< the operand as it was at the start of the step
    Delayed,    ///< the first operand as it was before the second (a time)
    SinceSpike, ///< time since the neuron's last spike; infinite before the first
    Data, ///< the element of the array `data` that belongs to the neuron or synapse; with a shape, number `entry` of it
  };
  Kind kind;
  bool isTruth = false; ///< a condition rather than a quantity
  Dimension dimension;  ///< of the value; meaningless where it depends on a weight that only a projection fixes
  llvm::SMRange range;
  double number = 0;
  const Variable *variable = nullptr;
  NetworkParameter *parameter = nullptr;
  Op op = Op::Add;
  std::vector<const Expr *> operands;
  Distribution distribution = Distribution::Normal;
  DrawModifiers modifiers;
  unsigned stream = 0;
  const DataSource *data = nullptr;
  uint64_t entry = 0;
  unsigned axis = 0;
};

enum class VariableKind {
  Parameter, ///< a run-time value, one per population or one per element
  Constant,  ///< `const`: folded by the compiler
  State,
  Input,  ///< port: the sum of everything that targets it
  Let,    ///< derived quantity, `value` is its definition
  Weight, ///< of a synapse: given by the projection
  Pre,    ///< `pre V: voltage`: variable of that name in the source neuron
  Post,   ///< `post V: voltage`: variable of that name in the target neuron
  Syn,    ///< `syn g`: state of that name of the projection's synapse
  Modulator,      ///< `modulator D`: a group that a projection gives; it has no value
  ModulatorState, ///< `D.x`: variable of that name in the modulator's neuron, named with the dot
  Past,           ///< of a plasticity: the `delayed(x, d)` that is its `value`, kept by whoever keeps all that is in it
};

/// What a `Pre` or `Post` is called in the neuron.
llvm::StringRef joinedName(const Variable &variable);

/// `where > V_reset` and the like; `relation` is one of the comparisons.
struct Bound {
  Op relation;
  const Expr *value;
};

/// Whose a state of a plasticity rule is by its declaration.
enum class StateOwner {
  Derived, ///< `state x`: what its equations allow
  Pre,     ///< `pre state x`: one per source neuron
  Post,    ///< `post state x`: one per target neuron
  Connection, ///< where a rule is used: one per synapse
};

struct Variable {
  std::string name;             ///< of a `Pre` or `Post` that reads the same at both ends, "pre.V" and "post.V"
  VariableKind kind;
  Dimension dimension;          ///< times the weight's to the power `weightPower`
  Rational weightPower = 0;     ///< of a generic synapse or output variable (`state g: w`), else 0
  UnitSpelling unit;            ///< the unit the author wrote, for every later display
  const Expr *value = nullptr;  ///< default, initial value or definition; null for inputs, weights, pre and post
  std::vector<Bound> bounds;
  std::string documentation;    ///< the `##` comment
  unsigned index = 0;           ///< position in `Definition::variables`
  bool isEvent = false;         ///< of an input: receives events itself, see `Definition::onEvent`
  bool isShared = false;        ///< of a state: one value for all neurons of a population
  const Variable *readsAt = nullptr; ///< of an input: the state that what targets it reads as the voltage `V`
  StateOwner owner = StateOwner::Derived; ///< of a plasticity's state
  bool isImplied = false;       ///< declared by nobody: the state `since pre` or `since post`, or a `Past`
  llvm::SMRange range;          ///< of the name in its declaration
};

enum class Method { Default, Exact, ExpEuler, Euler, Rk2, Rk4, Heun, Milstein, Adaptive };

/// How equations are advanced by a step: `method euler steps 2`, `method adaptive(tolerance = 1e-6)`.
struct Integration {
  Method method = Method::Default;
  unsigned steps = 1;      ///< equal sub-steps
  double tolerance = 1e-6; ///< of `Adaptive`: the error of a sub-step, relative and absolute in base units

  bool isDefault() const { return method == Method::Default && steps == 1; }
};

/// `state' = value`. Equations of a lower `group` come first and later groups see their new values (`then`).
struct Equation {
  const Variable *state;
  const Expr *value;
  Integration integration; ///< of the equation itself, with all else held; else that of the definition holds
  unsigned group = 0;
  llvm::SMRange range;
};

/// `variable = value` inside a handler; `+=` and its like are already written out. Executed in order.
struct Assignment {
  const Variable *variable; ///< null: `release value` or `deliver`
  const Expr *value;
  llvm::SMRange range;
  bool delivers = false;    ///< `deliver`, whose `value` is 1: the event goes on to the synapse now
};

struct SpikeRule {
  enum class Kind {
    Level,    ///< `spike when C`: `condition` is a truth value
    Crossing, ///< `spike when a crosses b`: a >= b now and not before; `condition` is a, `threshold` is b
    Rate,     ///< `spike at rate r`: `condition` is r, in 1/ms
  };
  Kind kind;
  const Expr *condition;
  const Expr *threshold = nullptr;
  bool multiple = false; ///< Poisson count instead of at most one spike per step
  std::vector<Assignment> reset;
  llvm::SMRange range;
};

struct NamedNumber {
  std::string name;
  double value;
};

/// `surrogate relu(alpha = 0.3)`: what training takes for the derivative of the spike. It changes nothing in a simulation.
struct Surrogate {
  std::string function;                ///< one of `surrogateFunctions`, frontend/Surrogates.h
  std::vector<NamedNumber> parameters; ///< all of them, in the order of the function
  const Expr *argument;                ///< a number, not negative where the neuron spikes
  llvm::SMRange range;
};

struct Refractory {
  const Expr *duration; ///< ms
  bool full = false;    ///< hold ceil(T/dt) whole steps instead of round(T/dt) - 1
  std::vector<const Variable *> held;
  std::vector<Assignment> atEnd;
  llvm::SMRange range;
};

/// `on ex { ... }`: what an event on an event input of a neuron does.
struct EventHandler {
  const Variable *input;
  std::vector<Assignment> body;
  llvm::SMRange range;
  bool bySign = false; ///< what it adds is proportional to positive weights and to negative ones, but differently
};

/// `every 50 ms { ... }`, for the first time at the start of the run.
struct PeriodicUpdate {
  const Expr *period; ///< ms
  std::vector<Assignment> body;
  llvm::SMRange range;
};

/// `on D { ... }` of a plasticity: runs at the spikes of a modulator.
struct ModulatorHandler {
  const Variable *modulator;
  std::vector<Assignment> body;
  llvm::SMRange range;
};

/// `on c > 1 { ... }` of a synapse or a plasticity: runs when the condition comes to hold.
struct ConditionHandler {
  const Expr *condition; ///< a truth value
  std::vector<Assignment> body;
  llvm::SMRange range;
};

/// `keep w in low .. high`: holds after every assignment to the variable.
struct Keep {
  const Variable *variable; ///< the weight or a state
  const Expr *low, *high;
  llvm::SMRange range;
};

enum class DefinitionKind { Neuron, Synapse, Output, Current, Plasticity };

/// A `neuron`, `synapse`, `output`, `current` or `plasticity` as declared, or as derived by changed defaults. What a neuron is made of
/// by `extends`, `use` and guards has been put together.
struct Definition {
  DefinitionKind kind;
  std::string name;
  std::string documentation;
  std::vector<std::unique_ptr<Variable>> variables;
  std::vector<Equation> equations;
  Integration integration;
  std::optional<SpikeRule> spike;
  std::optional<Surrogate> surrogate;
  std::optional<Refractory> refractory;
  std::vector<Assignment> onPre; ///< synapse, plasticity: runs when an event arrives
  std::vector<Assignment> onPost; ///< plasticity: runs when the target spikes
  std::vector<Keep> keeps;        ///< plasticity
  std::vector<ModulatorHandler> onModulator; ///< plasticity
  std::vector<ConditionHandler> onCondition; ///< synapse, plasticity
  std::vector<EventHandler> onEvent; ///< neuron: run when events arrive at its event inputs, after the integration
  std::vector<Assignment> onStep;    ///< neuron: runs in every step, after the integration
  std::vector<PeriodicUpdate> periodic; ///< neuron: run before everything else of their steps
  const Expr *result = nullptr;  ///< synapse: its `output`; output and membrane mechanism: the `current`
  bool fromLibrary = false;
  llvm::SMRange range;

  const Variable *find(llvm::StringRef name) const;
};

/// A parameter or initial value given where a model is used. It is uniform unless it draws, reads data or uses `i`
/// or another variable that is not uniform.
struct Setting {
  const Variable *variable;
  const Expr *value;
  llvm::SMRange range;
};

/// `Expon(tau = 5 ms)`: a definition with settings.
struct Use {
  const Definition *definition = nullptr; ///< null: the clause is absent
  std::vector<Setting> settings;
  llvm::SMRange range;
  Integration integration; ///< of a population: replaces that of the definition
  std::vector<StateOwner> owners; ///< of a rule's states, by `Variable::index`; `Derived` for other variables
};

/// Where the neurons of a population are.
struct Layout {
  std::vector<const Expr *> coordinates; ///< one to three, um, as functions of `i` and `n`; none: they have no place
  std::vector<const Expr *> periods;     ///< of the coordinates where distances go round, um; none: they do not
  llvm::SMRange range;
};

struct Population {
  std::string name;
  Use model;
  Layout layout;
  uint64_t size = 0;
  bool anonymous = false; ///< made for `project Poisson(...) -> P`; not counted or recorded unless asked for
  unsigned index = 0;
  llvm::SMRange range;
};

/// Neurons [begin, end) of a population. A population itself is its full range.
struct Group {
  std::string name; ///< as written; empty for an unnamed slice such as `N[:5]`
  const Population *population = nullptr;
  uint64_t begin = 0, end = 0;
  llvm::SMRange range;
};

enum class ConnectRule {
  OneToOne, AllToAll, Bernoulli, FixedIndegree, FixedOutdegree, FixedTotal, Pairs,
  PairBernoulli, ///< `bernoulli(f(distance))` and `where`: every pair has a probability of its own
};

struct Projection;

struct Connectivity {
  ConnectRule rule = ConnectRule::AllToAll;
  const Expr *number = nullptr; ///< probability, degree or total; null where the rule has none
  const DataSource *data = nullptr; ///< of `pairs(load("..."))`
  bool autapses = true;
  bool multapses = true;
  bool procedural = false; ///< drawn again for every spike and never stored
  const Projection *like = nullptr; ///< whose contacts these are
  const Expr *reach = nullptr; ///< PairBernoulli: um; pairs that are as far apart or farther are not joined. Null: not known
  llvm::SMRange range;
};

/// `modulator D = DA` of a projection.
struct ModulatorBinding {
  std::string name; ///< what the rules call it
  Group group;
  llvm::SMRange range;
};

/// Where the delay of a projection lies, seen from a synapse that plasticity rules act on.
enum class DelayShare {
  Axonal,    ///< in front of it: spikes of the source reach it late, those of the target at once
  Dendritic, ///< behind it: spikes of the source reach it at once, those of the target late
};

struct Projection {
  std::string name; ///< `as NAME`, else "source -> target"
  Group source, target;
  const Variable *port = nullptr; ///< input or state of the target's model
  Connectivity connect;
  const Expr *weight = nullptr;
  Dimension weightDimension;    ///< what the projection makes of the synapse's weight
  UnitSpelling weightUnit;      ///< to show weights and generic synapse states in
  llvm::SMRange trainable;      ///< valid: training changes the weights
  const Expr *total = nullptr; ///< sum that the weights onto each target are scaled to; null: they are as drawn
  const Expr *delay = nullptr; ///< ms; null: one step
  UnitSpelling delayUnit = {"ms", 1};
  DelayShare delayShare = DelayShare::Axonal;
  Use synapse;                 ///< absent: `Delta`, the weight goes straight to the port or state
  Use output;                  ///< absent: the synapse's output enters the port unchanged
  std::vector<Use> plasticity; ///< rules that change the weight or scale the events, in the order in which they run
  std::vector<ModulatorBinding> modulators; ///< each is what some rule reads or waits for
  const Variable *sourceAt = nullptr; ///< of a gap junction: what `pre V` reads of the source; null: its `V`
  /// Of a gap junction: what that projection joins is joined here the other way round; the projection itself: each of its pairs both
  /// ways. Weights and numbers are those of that projection.
  const Projection *mirrors = nullptr;
  unsigned index = 0;
  llvm::SMRange range;
};

/// `param g = 4` in a network: a run-time value.
struct NetworkParameter {
  std::string name;
  const Expr *value; ///< a number
  UnitSpelling unit;
  std::string documentation;
  bool decidesStructure = false; ///< a size, a slice or a time is made of it, so it cannot change without compiling again
};

struct Network {
  std::string name;
  std::vector<std::unique_ptr<NetworkParameter>> parameters;
  std::vector<std::unique_ptr<Population>> populations;
  std::vector<Group> groups; ///< the named ones
  std::vector<std::unique_ptr<Projection>> projections;
};

/// `N.I = expr` or `N.I += expr` in an experiment: `variable` is an input, or a parameter that follows an expression.
struct Drive {
  Group group;
  const Variable *variable;
  const Expr *value; ///< null: `external`, an input that the host of the program writes
  bool adds = false;
  UnitSpelling unit; ///< to show the value in
  llvm::SMRange range;
  const Expr *every = nullptr; ///< ms; set anew so often, and held in between; null: in every step
};

/// `inp.spikes = load("spikes.npz")`, `inp[0].spikes = [5, 20] ms`: in the step of a spike the input counts it, and is zero else.
struct SpikeTimes {
  Group group;
  const Variable *input;
  const DataSource *data;    ///< neurons, counted from the start of the group, and times; null: `times`
  std::vector<double> times; ///< ms, of every neuron of the group
  llvm::SMRange range;
};

/// The input of a neuron that `spikes` of its population stands for; null: its spikes are not given.
const Variable *inputOfSpikes(const Definition &definition);

struct Record {
  enum class What {
    Spikes,
    Variable,
    SynapseState,
    SynapseCurrent, ///< what the projection's output puts into its port
    Weight,         ///< of synapses that a rule changes
    Rate,           ///< spikes per neuron and time, counted from one sample to the next
  };
  What what;
  Group group;                        ///< SynapseState, SynapseCurrent: the projection's target range
  const Variable *variable = nullptr; ///< state, input or parameter of the group's model, or a state of the synapse
  const Projection *projection = nullptr; ///< SynapseState, SynapseCurrent and Weight only
  bool isMean = false; ///< one number, of all neurons of the group
  uint64_t stride = 1; ///< every so many neurons of the group, from its first on
  const Expr *every = nullptr; ///< ms; null: every step
  const Expr *from = nullptr;  ///< ms; null: the start
  const Expr *until = nullptr; ///< ms; null: the end
  llvm::SMRange range;
  uint64_t firstSynapse = 0;   ///< Weight: of the synapses in order of target, then source; SynapseState: of whatever it is kept for
  std::optional<uint64_t> endSynapse = std::nullopt; ///< nothing: to the last
};

/// One value that `set` gives: of a population, of a projection, or of the network.
struct SetTarget {
  enum class What { Variable, SynapseVariable, Weight, Delay, Parameter };
  What what = What::Variable;
  const Population *population = nullptr;  ///< Variable
  const Projection *projection = nullptr;  ///< SynapseVariable, Weight, Delay
  const Variable *variable = nullptr;      ///< of the population's model, or of the projection's synapse or output
  const NetworkParameter *parameter = nullptr;
  std::string setting; ///< what the program calls it
  UnitSpelling unit;   ///< to show values in
};

/// `set N.tau = sweep(10 ms, 20 ms, 30 ms)`: one copy of the network per row of values.
struct Sweep {
  std::vector<SetTarget> targets;
  std::vector<std::vector<const Expr *>> rows; ///< numbers; each as long as `targets`
  llvm::SMRange range;
};

/// `at 1 s { W.w *= 2 where pre.i < 100 }`: at a time, every connection gets another weight.
struct WeightChange {
  const Projection *projection;
  const Expr *time;      ///< ms
  const Expr *value;     ///< the new weight; `Expr::Kind::OldWeight` is the one before
  const Expr *condition; ///< of the connections that change; null: all
  llvm::SMRange range;
};

/// `load weights of EN "weights.h5"` before the first step, `save weights of EN "weights.h5"` after the last.
struct WeightFile {
  const Projection *projection;
  std::string path;  ///< absolute, or relative: of what is loaded, to the folder of the model
  llvm::SMRange range; ///< of the statement
};

/// `stop when rate of E over 50 ms > 15 Hz`
struct StopRule {
  Group group;
  const Expr *window; ///< ms
  Op relation;        ///< `Greater`, `GreaterEqual`, `Less` or `LessEqual`
  const Expr *limit;  ///< 1/ms
  llvm::SMRange range;
};

enum class Precision { F32, F64 };

struct Experiment {
  const Network *network = nullptr;
  double dt = 0.1;       ///< ms
  double duration = 0;   ///< ms
  uint64_t seed = 1;
  Precision precision = Precision::F32;
  Integration integration; ///< for every equation that does not choose its own
  std::vector<Drive> drives;
  std::vector<Record> records;
  std::vector<Sweep> sweeps; ///< several form a grid; the last varies fastest
  uint64_t batch = 1;        ///< copies with draws of their own, of each point of the grid
  bool redraws = false;      ///< each copy of the batch has connections of its own too
  std::vector<WeightChange> changes; ///< in the order of their times, then of the text
  std::vector<StopRule> stops;
  std::vector<SpikeTimes> spikes;
  std::vector<WeightFile> loads; ///< at most one of a projection
  std::vector<WeightFile> saves; ///< what whoever runs the program writes
  llvm::SMRange range;
};

/// What a host runs where a file has no experiment: steps of 0.1 ms for as long as it likes, nothing recorded, and every input
/// of a named population external.
std::unique_ptr<Experiment> hostExperiment(const Network &network);

struct Training;
struct Measure;

struct Model {
  Model();
  ~Model();

  std::vector<std::unique_ptr<Definition>> definitions; ///< of the file, then the library's that it uses
  std::vector<std::unique_ptr<Network>> networks;
  std::vector<std::unique_ptr<Experiment>> experiments;
  std::vector<std::unique_ptr<Training>> trainings; ///< see frontend/ModelTraining.h
  std::deque<Expr> expressions; ///< owns every node
  std::deque<DataSource> dataSources; ///< owns what nodes load
  std::vector<std::unique_ptr<Measure>> measures; ///< owns what losses and metrics are made of

  const Definition *findDefinition(llvm::StringRef name) const;
};

/// Writes `model` as text: every number in base units, expressions infix. For `--emit=model` and tests.
void printModel(const Model &model, llvm::raw_ostream &output);

} // namespace snn::model

#endif // SNN_FRONTEND_MODEL_H

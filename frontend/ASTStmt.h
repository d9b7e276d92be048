// Declarations and statements of the surface language. Every line of a block is a `Stmt`.

#ifndef SNN_FRONTEND_ASTSTMT_H
#define SNN_FRONTEND_ASTSTMT_H

#include "frontend/ASTExpr.h"

namespace snn::ast {

enum class StmtKind {
  // Top level
  Definition,
  DerivedDefinition,
  Function,
  Network,
  Import,
  Experiment,
  // Bodies of neurons, synapses and outputs
  Variable,
  Equation,
  Spike,
  Refractory,
  Method,
  Handler,
  Result,
  Assignment,
  Periodic,
  Use,
  Guard,
  Keep,
  Release,
  Deliver,
  Surrogate,
  // Networks
  Index,
  Table,
  For,
  If,
  Part,
  Population,
  Group,
  Projection,
  Clause,
  Position,
  // Experiments
  Option,
  Record,
  Set,
  Stop,
  Timed,
  // Training
  Data,
  Objective,
  Optimizer,
  WeightFile,
  // Anywhere
  Misplaced,
};

struct Stmt {
  const StmtKind kind;
  llvm::SMRange range;
  llvm::StringRef documentation; ///< text of the `##` comment, one line per line, in the arena
  bool faulty = false; ///< kept for the name it declares; the error in it has been reported, and nothing else counts

protected:
  Stmt(StmtKind kind, llvm::SMRange range) : kind(kind), range(range) {}
};

/// Binds a node to its kind, for `llvm::isa` and its kin.
template <StmtKind K> struct StmtOf : Stmt {
  explicit StmtOf(llvm::SMRange range) : Stmt(K, range) {}
  static bool classof(const Stmt *stmt) { return stmt->kind == K; }
};

/// `{ ... }`
struct Block {
  llvm::SMRange range; ///< with the braces
  llvm::ArrayRef<const Stmt *> statements;
  bool incomplete = false; ///< a statement is missing, faulty or not supported yet
  bool lacksNames = false; ///< the statement that is missing may have declared a name
};

enum class DefinitionKeyword { Neuron, Synapse, Output, Current, Plasticity };

/// `neuron LIF { ... }`, `neuron B extends A { ... }`, `current NaF { ... }`
struct DefinitionStmt : StmtOf<StmtKind::Definition> {
  using StmtOf::StmtOf;
  DefinitionKeyword keyword = DefinitionKeyword::Neuron;
  Name name;
  Name base; ///< behind `extends`; empty: absent
  Block body; ///< Variable, Equation, Spike, Refractory, Method, Handler, Result, Periodic, Use, Guard, Keep, Surrogate, Misplaced
};

/// `neuron RS = AdExIFRef { a = 4 nS }`
struct DerivedDefinitionStmt : StmtOf<StmtKind::DerivedDefinition> {
  using StmtOf::StmtOf;
  DefinitionKeyword keyword = DefinitionKeyword::Neuron;
  Name name;
  Name base;
  Block settings; ///< Assignment; an invalid range where there is none
};

/// `function f(x, y) = ...`
struct FunctionStmt : StmtOf<StmtKind::Function> {
  using StmtOf::StmtOf;
  Name name;
  llvm::ArrayRef<Name> parameters;
  const Expr *value = nullptr;
};

/// `network Coba { ... }`
struct NetworkStmt : StmtOf<StmtKind::Network> {
  using StmtOf::StmtOf;
  Name name;
  Block body; ///< Index, Table, For, If, Part, Population, Group, Projection, Variable, Misplaced
};

/// `import "columns.snn"`
struct ImportStmt : StmtOf<StmtKind::Import> {
  using StmtOf::StmtOf;
  llvm::StringRef path; ///< as written, without the quotes
  llvm::SMRange pathRange;
};

/// `simulate Coba { ... }`, `train Classifier { ... }`
struct ExperimentStmt : StmtOf<StmtKind::Experiment> {
  using StmtOf::StmtOf;
  Name network;
  Block body; ///< Option, Method, Assignment (a drive), Variable (`let`), Misplaced; Record, Set, Stop, Timed, WeightFile or, of a training,
              ///< Data, Objective, Optimizer, WeightFile
  bool trains = false; ///< `train`
};

enum class VariableKeyword { Param, Const, State, Input, Let, Weight, Pre, Post, PreState, PostState, Syn, Modulator };

/// `where > V_reset`; `relation` is a comparison.
struct BoundClause {
  BinaryOp relation;
  const Expr *value;
  llvm::SMRange range;
};

/// `param tau = 5 ms where > 0 ms`, `state g: w = 0`, `input I: current`, `let a = b`, `weight w`, `post V: voltage`,
/// `pre state x = 0`, `syn g: w`, `modulator D`, `modulator D.V: voltage`. After a `;` the keyword is inherited from the
/// declaration before.
struct VariableStmt : StmtOf<StmtKind::Variable> {
  using StmtOf::StmtOf;
  VariableKeyword keyword = VariableKeyword::Param;
  Name name;
  const Expr *size = nullptr;          ///< of a vector, `tau[n]`; null: a single value
  const UnitExpr *dimension = nullptr; ///< behind the `:`; null: not written
  const Expr *value = nullptr;         ///< a `DrawExpr` after `~`; null: not given
  llvm::ArrayRef<BoundClause> bounds;
  bool isEvent = false;  ///< `input ex: event conductance`
  bool isShared = false; ///< `shared state mu = 0`
  Name readsAt;          ///< `Vd` in `input Id: current at Vd`; empty: absent
};

/// `rk4`, `euler steps 2`, `adaptive(tolerance = 1e-6)`
struct MethodClause {
  Name name;                       ///< empty: absent, or `steps` alone
  const Expr *steps = nullptr;     ///< null: not given
  llvm::ArrayRef<Argument> arguments; ///< of `adaptive`
  llvm::SMRange range;
};

/// `V' = ...`, `then w' = ...`
struct EquationStmt : StmtOf<StmtKind::Equation> {
  using StmtOf::StmtOf;
  Name state;
  const Expr *value = nullptr;
  MethodClause method;
  bool startsGroup = false; ///< written with `then`
};

enum class SpikeKeyword { When, Crossing, Rate };

/// `spike when V >= V_th { ... }`, `spike when V crosses V_th`, `spike at rate r, multiple`
struct SpikeStmt : StmtOf<StmtKind::Spike> {
  using StmtOf::StmtOf;
  SpikeKeyword form = SpikeKeyword::When;
  const Expr *condition = nullptr; ///< what crosses, or the rate
  const Expr *threshold = nullptr; ///< of a crossing
  bool multiple = false;
  Block reset; ///< Assignment; an invalid range where there is none
};

/// `refractory tau_ref full holding V, w { ... }`
struct RefractoryStmt : StmtOf<StmtKind::Refractory> {
  using StmtOf::StmtOf;
  const Expr *duration = nullptr;
  bool full = false;
  llvm::ArrayRef<Name> held;
  Block atEnd; ///< Assignment; an invalid range where there is none
};

/// `method rk4` for a whole model or experiment.
struct MethodStmt : StmtOf<StmtKind::Method> {
  using StmtOf::StmtOf;
  MethodClause method;
};

/// `on pre { g += w }`, `on post { w += x }`, `on step { ... }`, `on ex { ... }`, `on c > 1 { ... }`
struct HandlerStmt : StmtOf<StmtKind::Handler> {
  using StmtOf::StmtOf;
  Name event;                      ///< empty: a condition
  const Expr *condition = nullptr; ///< null: an event
  Block body; ///< Assignment, Release, Deliver
};

/// `keep w in 0 .. w_max`
struct KeepStmt : StmtOf<StmtKind::Keep> {
  using StmtOf::StmtOf;
  Name variable;
  const Expr *low = nullptr, *high = nullptr;
};

/// `release u * x`: what the events of one spike count for.
struct ReleaseStmt : StmtOf<StmtKind::Release> {
  using StmtOf::StmtOf;
  const Expr *value = nullptr;
};

/// `deliver`: the event goes on to the synapse now.
struct DeliverStmt : StmtOf<StmtKind::Deliver> {
  using StmtOf::StmtOf;
};

/// `every 50 ms { mu = randn() }`
struct PeriodicStmt : StmtOf<StmtKind::Periodic> {
  using StmtOf::StmtOf;
  const Expr *period = nullptr;
  Block body; ///< Assignment
};

/// `if has_h { state h = 0 }` in a model: declarations for where a constant says so.
struct GuardStmt : StmtOf<StmtKind::Guard> {
  using StmtOf::StmtOf;
  const Expr *condition = nullptr;
  Block body; ///< as the body of the model
};

/// `output g` of a synapse, `current = g * (E - V)` of an output or a membrane mechanism.
struct ResultStmt : StmtOf<StmtKind::Result> {
  using StmtOf::StmtOf;
  const Expr *value = nullptr;
};

enum class AssignOp { Set, Add, Sub, Mul, Div, Draw };

/// The operator as written, such as "+=".
llvm::StringRef spelling(AssignOp op);

/// `V -= V_th - V_reset` in a handler, `tau = 20 ms` or `V ~ normal(...)` in a population, `N.I = 20 mA` in an experiment.
struct AssignmentStmt : StmtOf<StmtKind::Assignment> {
  using StmtOf::StmtOf;
  const Expr *target = nullptr; ///< a name; a group's member in an experiment
  AssignOp op = AssignOp::Set;
  llvm::SMRange opRange;
  const Expr *value = nullptr; ///< a `DrawExpr` for `Draw`
  const Expr *condition = nullptr; ///< `where`, of the weights of a projection; null: none
};

/// `Expon(tau = 5 ms)` or `Expon`: a model where it is used.
struct ModelUse {
  Name model; ///< empty: absent
  llvm::ArrayRef<Argument> arguments;
  llvm::SMRange range;
};

/// `use NaF(g = 100 mS/cm^2) as na at Vd`: a membrane mechanism in a neuron.
struct UseStmt : StmtOf<StmtKind::Use> {
  using StmtOf::StmtOf;
  ModelUse mechanism;
  Name alias;   ///< behind `as`
  Name readsAt; ///< behind `at`; empty: absent
};

/// `index layer = L23E, L23I`
struct IndexStmt : StmtOf<StmtKind::Index> {
  using StmtOf::StmtOf;
  Name name;
  llvm::ArrayRef<Name> members;
};

/// One axis of a table: `layer`, or `a in layer`, which gives its member a name in the table's expression.
struct TableAxis {
  Name bound; ///< empty: none
  Name set;
};

/// `table size[layer] = [20683 5834]`, `table w[a in layer, b in layer] = if a == b then 1 else 2`
struct TableStmt : StmtOf<StmtKind::Table> {
  using StmtOf::StmtOf;
  Name name;
  llvm::ArrayRef<TableAxis> axes; ///< at least one
  const Expr *value = nullptr;    ///< a `ListExpr`, or an expression of the bound names
};

/// `for a in layer, b in layer if p[a, b] > 0 { ... }`
struct ForStmt : StmtOf<StmtKind::For> {
  using StmtOf::StmtOf;
  llvm::ArrayRef<Binder> binders;
  const Expr *condition = nullptr; ///< null: not given
  Block body;                      ///< For, If, Part, Population, Group, Projection, Misplaced
};

/// `if with_inhibition { ... } else { ... }`
struct IfStmt : StmtOf<StmtKind::If> {
  using StmtOf::StmtOf;
  const Expr *condition = nullptr;
  Block then;      ///< as of a `for`
  Block otherwise; ///< an invalid range where there is none; for `else if`, it holds the one statement
};

/// What several copies of a declaration are told apart by: `a, b` in `P[a, b]`. Bound names or members of index sets.
using Indices = llvm::ArrayRef<Name>;

/// `part V1 = Column(scale = 0.1)`: a network in a network.
struct PartStmt : StmtOf<StmtKind::Part> {
  using StmtOf::StmtOf;
  Name name;
  Indices indices; ///< empty: a single one
  ModelUse network;
};

/// `population N = LIFRef[4000] { ... }`, `source inp[700]`
struct PopulationStmt : StmtOf<StmtKind::Population> {
  using StmtOf::StmtOf;
  Name name;
  Indices indices; ///< empty: a single one
  ModelUse model;
  const Expr *size = nullptr;
  Block settings; ///< Assignment, Position, Variable (`let`), Method; an invalid range where there is none
  bool isSource = false; ///< `source`: its model is the library's, and is named as the keyword
};

/// `position in grid(64, 64, 50 um) periodic`, `position ~ uniform_disc(1 mm)`, `position = [load("x.npy"), 0 um]`
struct PositionStmt : StmtOf<StmtKind::Position> {
  using StmtOf::StmtOf;
  const Expr *value = nullptr; ///< behind `in` a call, behind `~` a `DrawExpr`, behind `=` a `ListExpr`
  llvm::SMRange periodic;      ///< valid where given
};

/// `group E = N[:3200]`
struct GroupStmt : StmtOf<StmtKind::Group> {
  using StmtOf::StmtOf;
  Name name;
  Indices indices; ///< empty: a single one
  const Expr *members = nullptr;
};

/// `project E -> N.ex as W { ... }`
/// How a `ProjectionStmt` joins its ends: `project A -> B`, `gap_junction A -> B` or `gap_junction A <-> B`.
enum class Coupling { Events, GapJunction, MutualGapJunction };

struct ProjectionStmt : StmtOf<StmtKind::Projection> {
  using StmtOf::StmtOf;
  Coupling coupling = Coupling::Events;
  const Expr *source = nullptr; ///< of a gap junction like the target, else a group, or a `CallExpr` for a private source such as `Poisson(rate = 8 Hz)`
  const Expr *target = nullptr; ///< a group, perhaps followed by a port or state: `N`, `N[:5]`, `N.ex`
  Name alias;                   ///< behind `as`; empty: absent
  Indices indices;              ///< of the alias; empty: a single one
  Block body;                   ///< Clause, Variable (`let`), Misplaced; an invalid range where there is none
};

enum class ClauseKeyword { Connect, Weight, Delay, Synapse, Output, Plasticity, Modulator };

llvm::StringRef spelling(ClauseKeyword keyword);

/// One clause of a projection. Each keyword but `plasticity` and `modulator` occurs at most once in a body.
struct ClauseStmt : StmtOf<StmtKind::Clause> {
  using StmtOf::StmtOf;
  ClauseKeyword keyword = ClauseKeyword::Connect;
  /// Connect: a name or call; `where c` and `like NAME` are calls with one argument. Weight, Delay: a `DrawExpr` after `~`. Modulator: a
  /// group. Else null
  const Expr *value = nullptr;
  Name name;                   ///< Modulator: what the rules call it
  Name share;                  ///< Delay: `dendritic` or `axonal`; empty: not said
  llvm::SMRange trainable;     ///< Weight: valid where given
  const Expr *total = nullptr; ///< Weight: what stands behind `normalised per target to`, else null
  ModelUse model;              ///< Synapse, Output and Plasticity
};

enum class OptionKeyword { Dt, Duration, Seed, Precision, Batch, Epochs };

llvm::StringRef spelling(OptionKeyword keyword);

/// `dt 0.1 ms`, `seed 42`, `precision f64`, `batch 8 redraw connectivity`
struct OptionStmt : StmtOf<StmtKind::Option> {
  using StmtOf::StmtOf;
  OptionKeyword keyword = OptionKeyword::Dt;
  const Expr *value = nullptr; ///< a `NameExpr` for `precision`
  bool redraws = false;        ///< `batch` only: each copy has connections of its own
};

/// `record V, I of N[:5] every 0.5 ms from 200 ms until 1 s`, `record mean V of E every 1 ms`
struct RecordStmt : StmtOf<StmtKind::Record> {
  using StmtOf::StmtOf;
  llvm::ArrayRef<Name> what;   ///< "spikes", "rate" or names of variables; at least one
  bool isMean = false;         ///< of all neurons of the group
  const Expr *group = nullptr; ///< a group or the name of a projection
  const Expr *every = nullptr; ///< null: not given
  const Expr *from = nullptr;  ///< null: not given
  const Expr *until = nullptr; ///< null: not given
};

/// `set N.tau = sweep(10 ms, 20 ms)`, `set (a, b) = sweep((3, 2), (6, 4))`, `set N.tau = 10 ms`
struct SetStmt : StmtOf<StmtKind::Set> {
  using StmtOf::StmtOf;
  llvm::ArrayRef<const Expr *> targets;                  ///< names or members; at least one
  llvm::ArrayRef<llvm::ArrayRef<const Expr *>> values; ///< by copy, then as the targets
};

/// `stop when rate of E over 50 ms > 15 Hz`
struct StopStmt : StmtOf<StmtKind::Stop> {
  using StmtOf::StmtOf;
  const Expr *group = nullptr;
  const Expr *window = nullptr;
  BinaryOp relation = BinaryOp::Greater;
  const Expr *limit = nullptr;
};

enum class TimedKeyword { At, Then, Every };

/// "at", "then for", "every"
llvm::StringRef spelling(TimedKeyword keyword);

/// `at 1 s { ... }`, `then for 200 ms { ... }`, `every 50 ms { ... }`
struct TimedStmt : StmtOf<StmtKind::Timed> {
  using StmtOf::StmtOf;
  TimedKeyword keyword = TimedKeyword::At;
  const Expr *time = nullptr; ///< when, for how long, or how often
  Block body;                 ///< Assignment
};

/// `save weights of EN, IN "weights.h5"`, `load weights of EN "weights.h5"`
struct WeightFileStmt : StmtOf<StmtKind::WeightFile> {
  using StmtOf::StmtOf;
  bool loads = false;                       ///< `load`
  llvm::ArrayRef<const Expr *> projections; ///< empty: all, which only `save` may leave out
  const Expr *file = nullptr;               ///< a `TextExpr`
};

/// A statement whose place is elsewhere; the error has been reported.
struct MisplacedStmt : StmtOf<StmtKind::Misplaced> {
  using StmtOf::StmtOf;
  llvm::StringRef construct; ///< its keyword
};

} // namespace snn::ast

#endif // SNN_FRONTEND_ASTSTMT_H

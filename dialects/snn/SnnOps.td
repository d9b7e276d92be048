// Operations of the snn dialect, in the order of the pipe: expressions (all stages), declarations, bodies, schedule.

#ifndef SNN_OPS_TD
#define SNN_OPS_TD

include "dialects/snn/SnnDialect.td"
include "mlir/IR/SymbolInterfaces.td"
include "mlir/Interfaces/SideEffectInterfaces.td"
include "mlir/Interfaces/InferTypeOpInterface.td"

class Snn_Op<string mnemonic, list<Trait> traits = []> : Op<Snn_Dialect, mnemonic, traits>;

// Named numbers such as "N.tau" contain dots and blanks; the printer quotes them.
class Snn_Leaf<string mnemonic, list<Trait> traits = []> : Snn_Op<mnemonic, !listconcat([Pure], traits)>;

//===-- Expressions ---------------------------------------------------------------------------------------------------===//

def Snn_ReadOp : Snn_Op<"read", [MemoryEffects<[MemRead]>]> {
  let summary = "Value of a slot at this point of the block";
  let description = [{In a definition the slot is a variable of it, in a body a field, a uniform or an input.}];
  let arguments = (ins FlatSymbolRefAttr:$slot);
  let results = (outs AnyTypeOf<[F64, I16, I32]>:$value);
  let assemblyFormat = "$slot attr-dict `:` type($value)";
}

def Snn_WriteOp : Snn_Op<"write", [MemoryEffects<[MemWrite]>]> {
  let summary = "New value of a slot";
  let arguments = (ins FlatSymbolRefAttr:$slot, AnyTypeOf<[F64, I16, I32]>:$value);
  let assemblyFormat = "$slot `,` $value attr-dict `:` type($value)";
}

def Snn_ArgumentOp : Snn_Leaf<"argument"> {
  let summary = "A run-time number given by the instance: entry `index` of its `arguments`";
  let arguments = (ins I32Attr:$index);
  let results = (outs F64:$value);
  let assemblyFormat = "$index attr-dict";
}

def Snn_ParameterOp : Snn_Leaf<"parameter"> {
  let summary = "A `param` of the network: a run-time number with its default in base units";
  let arguments = (ins StrAttr:$name, F64Attr:$value, DefaultValuedStrAttr<StrAttr, "">:$unit,
    DefaultValuedAttr<F64Attr, "1.0">:$scale, DefaultValuedStrAttr<StrAttr, "">:$documentation);
  let results = (outs F64:$result);
  let assemblyFormat = "$name `=` $value attr-dict";
}

def Snn_StepSizeOp : Snn_Leaf<"step_size"> {
  let summary = "`dt`, ms";
  let results = (outs F64:$value);
  let assemblyFormat = "attr-dict";
}

def Snn_StepNumberOp : Snn_Leaf<"step_number"> {
  let summary = "Number of the step as a floating-point integer; `t` is this times `dt`";
  let results = (outs F64:$value);
  let assemblyFormat = "attr-dict";
}

def Snn_IndexOp : Snn_Leaf<"index"> {
  let summary = "`i`: position of the element in its population (of the source neuron: `pre`, of the target: `post`)";
  let arguments = (ins OptionalAttr<StrAttr>:$end);
  let results = (outs F64:$value);
  let assemblyFormat = "($end^)? attr-dict";
}

def Snn_CountOp : Snn_Leaf<"count"> {
  let summary = "`n`: size of the population";
  let arguments = (ins OptionalAttr<StrAttr>:$end);
  let results = (outs F64:$value);
  let assemblyFormat = "($end^)? attr-dict";
}

def Snn_WeightOp : Snn_Leaf<"weight"> {
  let summary = "The weight of the synapse, in a body whose elements are synapses";
  let description = [{
    `stored`: every synapse has a weight of its own. `of_row`: the elements are sources, so a weight is one of a source's row.
  }];
  let arguments = (ins UnitAttr:$stored, UnitAttr:$of_row);
  let results = (outs F64:$value);
  let assemblyFormat = "(`stored` $stored^)? (`of_row` $of_row^)? attr-dict";
}

def Snn_JoinedOp : Snn_Op<"joined", [MemoryEffects<[MemRead]>]> {
  let summary = "A field of one of the neurons that a synapse joins";
  let description = [{
    Of the source, a field of kind `history`: as it was when the event that arrives was emitted, or, when the target spikes, as it
    was before the delay of the synapse, or, in every step, as it was a delay ago. Of the target, any field, as it is now.
    Of a modulator, whose name and a dot stand in front of that of the field, a field of kind `history`: as it was before the delay of
    the synapse. `index`, where the elements are synapses that advance in every step: the position of the source in its population.
    `late`, of the target behind a dendritic delay: a field of kind `history`, as it was twice the delay ago, for what the target was a
    delay before the synapse heard of it, and the target hears of the synapse another delay later.
  }];
  let arguments = (ins Snn_End:$end, StrAttr:$field, Optional<I32>:$index, UnitAttr:$late);
  let results = (outs F64:$value);
  let assemblyFormat = "$end $field (`of` $index^)? (`late` $late^)? attr-dict";
}

def Snn_LookBackOp : Snn_Op<"look_back", [MemoryEffects<[MemRead]>]> {
  let summary = "A field of kind `history` as it was so many steps before this one began";
  let arguments = (ins FlatSymbolRefAttr:$field, F64:$steps);
  let results = (outs F64:$value);
  let assemblyFormat = "$field `by` $steps attr-dict";
}

def Snn_EventStepOp : Snn_Leaf<"event_step"> {
  let summary = "How often states have been advanced when this event acts: the number of its step, from 1";
  let description = [{
    `emission`: of the step in which the arriving event was emitted, for states that only events of the source change.
  }];
  let arguments = (ins UnitAttr:$emission);
  let results = (outs I32:$value);
  let assemblyFormat = "(`emission` $emission^)? attr-dict";
}

def Snn_ExprelOp : Snn_Leaf<"exprel", [SameOperandsAndResultType]> {
  let summary = "(e^x - 1) / x, 1 at 0";
  let description = [{
    `spread`: neighbours have arguments of different magnitude, some near 0 and some far, so that branching on them does not pay.
    It is a hint: the last digit may differ, the bound of the error does not.
  }];
  let arguments = (ins AnyType:$x, UnitAttr:$spread);
  let results = (outs AnyType:$value);
  let assemblyFormat = "(`spread` $spread^)? $x attr-dict `:` type($x)";
}

def Snn_RexprelOp : Snn_Leaf<"rexprel", [SameOperandsAndResultType]> {
  let summary = "x / (e^x - 1), 1 at 0: a reciprocal of `snn.exprel` that costs one division";
  let arguments = (ins AnyType:$x);
  let results = (outs AnyType:$value);
  let assemblyFormat = "$x attr-dict `:` type($x)";
}

def Snn_LogisticOp : Snn_Leaf<"logistic", [SameOperandsAndResultType]> {
  let summary = "1 / (1 + k e^-x), or 1 / (1 + k e^x) if `decreasing`: a Boltzmann function";
  let description = [{
    The number `k` lets it take the argument of a `snn.rexprel` that differs by a constant, and share its exponential.
  }];
  let arguments = (ins AnyType:$x, DefaultValuedAttr<F64Attr, "1.0">:$k, UnitAttr:$decreasing);
  let results = (outs AnyType:$value);
  let assemblyFormat = "(`decreasing` $decreasing^)? $x (`k` $k^)? attr-dict `:` type($x)";
}

def Snn_DrawOp : Snn_Op<"draw", [MemoryEffects<[]>, AttrSizedOperandSegments]> {
  let summary = "One random number per element, drawn once, when the element is made";
  let description = [{`end`: in a connector, the neuron at that end is the element, and not the synapse.}];
  let arguments = (ins Snn_Distribution:$distribution, Variadic<F64>:$parameters, Optional<F64>:$at_least,
    Optional<F64>:$at_most, UnitAttr:$keeping_sign, UnitAttr:$clip, I32Attr:$stream, UnitAttr:$shared,
    OptionalAttr<Snn_End>:$end);
  let results = (outs F64:$value);
  let assemblyFormat = [{
    $distribution `(` $parameters `)` (`at_least` $at_least^)? (`at_most` $at_most^)?
    (`keeping_sign` $keeping_sign^)? (`clip` $clip^)? `stream` $stream attr-dict
  }];
  let hasVerifier = 1;
}

def Snn_DataOp : Snn_Leaf<"data"> {
  let summary = "The number in a file that belongs to the element";
  let description = [{
    Of a neuron the element of its index; of a synapse that of the joined pair, or with `end` that of the neuron at that end. With a
    `shape`, which a table's array has, it is number `entry` whatever the element. Numbers are in `unit`, unless the file says in which.
  }];
  let arguments = (ins StrAttr:$path, DefaultValuedStrAttr<StrAttr, "">:$data_set, DefaultValuedStrAttr<StrAttr, "">:$unit,
    OptionalAttr<DenseI64ArrayAttr>:$shape, DefaultValuedAttr<I64Attr, "0">:$entry, OptionalAttr<Snn_End>:$end);
  let results = (outs F64:$value);
  let assemblyFormat = "$path attr-dict";
}

def Snn_CourseOp : Snn_Leaf<"course"> {
  let summary = "In a drive: the number of this step, and of the neuron, in an array over time";
  let description = [{
    `every`: ms between samples; without it there is one for the whole run. Columns belong to the neurons from `begin` to `end`. A body has
    a field in its place (`snn.supply`).
  }];
  let arguments = (ins StrAttr:$path, StrAttr:$data_set, StrAttr:$unit, OptionalAttr<F64Attr>:$every, Snn_Between:$between,
    Snn_Beyond:$beyond, StrAttr:$drive, I64Attr:$begin, I64Attr:$end);
  let results = (outs F64:$value);
  let assemblyFormat = "$drive `[` $begin `:` $end `]` `from` $path $data_set `in` $unit (`every` $every^)? $between $beyond attr-dict";
}

def Snn_RandomOp : Snn_Op<"random", [MemoryEffects<[]>]> {
  let summary = "One random number per element and step: uniform in [0, 1) or standard normal";
  let description = [{
    `white` is the formal white noise xi of a stochastic differential equation, in ms^-1/2: a derivative contains it linearly, and
    solving the equation replaces it by normal numbers.

    `shared`: one number for all elements. `per_substep`: a new one in every round of the enclosing `snn.repeat`.
  }];
  let arguments = (ins Snn_Random:$kind, I32Attr:$stream, UnitAttr:$shared, UnitAttr:$per_substep);
  let results = (outs F64:$value);
  let assemblyFormat = "$kind `stream` $stream attr-dict";
}

def Snn_PoissonCountOp : Snn_Op<"poisson_count", [MemoryEffects<[]>]> {
  let summary = "A Poisson number with the given mean from one uniform number in [0, 1), at most `limit`";
  let arguments = (ins F64:$mean, F64:$uniform, I32Attr:$limit);
  let results = (outs F64:$value);
  let assemblyFormat = "$mean `,` $uniform `limit` $limit attr-dict";
}

def Snn_CountDownOp : Snn_Op<"count_down", [MemoryEffects<[MemRead, MemWrite]>]> {
  let summary = "Counts down, in every step, how much must still pass until something happens to a neuron";
  let description = [{
    The slot holds an unsigned number w, of which `passed` is taken. `is_over` where w was less than that; `beyond` is what has passed
    since then. The slot wraps around unless something writes it anew.

    `quiet` names a slot that groups of neurons use together: how much must pass until the wait of the first of them is over. Before that the
    step leaves the group alone, so nothing else may change in it, and `passed` is the same for all neurons.
  }];
  let arguments = (ins FlatSymbolRefAttr:$slot, I32:$passed, OptionalAttr<FlatSymbolRefAttr>:$quiet);
  let results = (outs I1:$is_over, I32:$beyond);
  let assemblyFormat = "$slot `by` $passed (`quiet` $quiet^)? attr-dict";
}

def Snn_PropagatorOp : Snn_Leaf<"propagator"> {
  let summary = "exp(A) - 1 and phi_1(A) = (exp(A) - 1)/A of an n x n matrix";
  let description = [{
    The operands are the n^2 entries of A, row by row; the results are the n^2 entries of exp(A) - 1, then those of
    phi_1(A), so that x' = A x / dt + c advances by `x += (exp(A) - 1) x + phi_1(A) c dt`. Correct where A is singular.
  }];
  let arguments = (ins Variadic<F64>:$matrix);
  let results = (outs Variadic<F64>:$values);
  let assemblyFormat = "$matrix attr-dict `:` type($values)";
  let hasVerifier = 1;
}

def Snn_YieldOp : Snn_Op<"yield", [Terminator, Pure]> {
  let summary = "Value of an expression region";
  let arguments = (ins Variadic<AnyType>:$values);
  let assemblyFormat = "($values^ `:` type($values))? attr-dict";
}

//===-- Declarations --------------------------------------------------------------------------------------------------===//

class Snn_Container<string mnemonic, list<Trait> traits = []>
    : Snn_Op<mnemonic, !listconcat([NoTerminator, SingleBlock], traits)> {
  let regions = (region SizedRegion<1>:$body);
}

class Snn_Definition<string mnemonic> : Snn_Container<mnemonic, [Symbol, SymbolTable]> {
  let arguments = (ins SymbolNameAttr:$sym_name);
  let assemblyFormat = "$sym_name attr-dict-with-keyword $body";
}

// What a definition reads, writes and gives an equation to is a variable of it.
class Snn_Model<string mnemonic> : Snn_Definition<mnemonic> {
  let hasRegionVerifier = 1;
}

def Snn_NeuronOp : Snn_Model<"neuron"> { let summary = "A neuron model: variables, equations, spike rule"; }
def Snn_SynapseOp : Snn_Model<"synapse"> { let summary = "Kinetics from events to a conductance or current"; }
def Snn_OutputOp : Snn_Model<"output"> { let summary = "From conductance to current"; }
def Snn_PlasticityOp : Snn_Model<"plasticity"> { let summary = "How events change the weight of a synapse, or what they count for"; }

class Snn_Expression<string mnemonic, list<Trait> traits = []>
    : Snn_Op<mnemonic, !listconcat([SingleBlock], traits)> {
  let regions = (region SizedRegion<1>:$expression);
}

def Snn_VariableOp : Snn_Op<"variable", [NoTerminator]> {
  let summary = "A variable of a definition; the region yields its default, initial value or meaning";
  let arguments = (ins Snn_VariableKind:$kind, SymbolNameAttr:$sym_name, DefaultValuedStrAttr<StrAttr, "">:$unit,
    DefaultValuedAttr<F64Attr, "1.0">:$scale, DefaultValuedStrAttr<StrAttr, "">:$documentation, UnitAttr:$as_weight,
    UnitAttr:$event, UnitAttr:$shared, OptionalAttr<FlatSymbolRefAttr>:$reads_at);
  let description = [{
    An `event` input receives events itself (`snn.on_input`); a `shared` state has one value for all neurons of a population;
    what targets an input that `reads_at` a state takes that for the voltage `V`. `old` is what the region yields when the step
    begins, and `since_spike` the time since the neuron's last spike.
  }];
  let regions = (region AnyRegion:$expression);
  let assemblyFormat = "$kind $sym_name attr-dict-with-keyword $expression";
}

def Snn_EquationOp : Snn_Expression<"equation"> {
  let summary = "The time derivative of a state, per ms";
  let description = [{`alone`: it takes its sub-steps with all other states held; else all that are not `alone` go together.}];
  let arguments = (ins FlatSymbolRefAttr:$state, Snn_Method:$method, I32Attr:$group, DefaultValuedAttr<I32Attr, "1">:$steps,
    DefaultValuedAttr<F64Attr, "1e-6">:$tolerance, UnitAttr:$alone);
  let assemblyFormat = "$state $method `group` $group attr-dict-with-keyword $expression";
}

def Snn_SpikeRuleOp : Snn_Op<"spike_rule"> {
  let summary = "When a neuron spikes, and what a spike does to it";
  let description = [{
    `level`: the condition yields i1. `crossing`: it yields the two sides of `a crosses b`. `rate`: it yields a rate in 1/ms.
  }];
  let arguments = (ins Snn_SpikeKind:$kind, UnitAttr:$multiple);
  let regions = (region SizedRegion<1>:$condition, AnyRegion:$reset);
  let assemblyFormat = "$kind (`multiple` $multiple^)? $condition `reset` $reset attr-dict";
  let hasRegionVerifier = 1;
}

def Snn_RefractoryOp : Snn_Op<"refractory"> {
  let summary = "After a spike the held states keep their value; the first region yields the duration in ms";
  let arguments = (ins UnitAttr:$full, ArrayAttr:$held);
  let regions = (region SizedRegion<1>:$duration, AnyRegion:$at_end);
  let assemblyFormat = "(`full` $full^)? `holding` $held $duration `at_end` $at_end attr-dict";
}

def Snn_OnPreOp : Snn_Container<"on_pre"> {
  let summary = "What an arriving event does to a synapse";
  let assemblyFormat = "attr-dict-with-keyword $body";
}

def Snn_OnInputOp : Snn_Container<"on_input"> {
  let summary = "What the events that reach an input in a step do to the neuron; the input reads as the sum of their weights";
  let description = [{`by_sign`: it is executed twice, for the sum of the positive weights and for that of the negative ones.}];
  let arguments = (ins FlatSymbolRefAttr:$input, UnitAttr:$by_sign);
  let assemblyFormat = "$input (`by_sign` $by_sign^)? attr-dict-with-keyword $body";
}

def Snn_OnStepOp : Snn_Container<"on_step"> {
  let summary = "What happens to a neuron in every step, after its equations have been advanced";
  let assemblyFormat = "attr-dict-with-keyword $body";
}

def Snn_EveryOp : Snn_Op<"every", [NoTerminator, SingleBlock]> {
  let summary = "What happens to a neuron at time zero and whenever the period, in ms, has passed, before all else of the step";
  let regions = (region SizedRegion<1>:$period, SizedRegion<1>:$body);
  let assemblyFormat = "$period $body attr-dict";
}

def Snn_OnPostOp : Snn_Container<"on_post"> {
  let summary = "What a spike of the target does to a synapse";
  let assemblyFormat = "attr-dict-with-keyword $body";
}

def Snn_OnModulatorOp : Snn_Container<"on_modulator"> {
  let summary = "What a spike of a modulator does to a synapse";
  let arguments = (ins StrAttr:$modulator);
  let assemblyFormat = "$modulator attr-dict-with-keyword $body";
}

def Snn_OnConditionOp : Snn_Op<"on_condition", [NoTerminator]> {
  let summary = "What happens to a synapse when a condition, which the first region yields, comes to hold";
  let regions = (region SizedRegion<1>:$condition, SizedRegion<1>:$body);
  let assemblyFormat = "$condition $body attr-dict";
}

def Snn_KeepOp : Snn_Expression<"keep"> {
  let summary = "The weight or a state of a rule stays between two bounds, which the region yields";
  let arguments = (ins FlatSymbolRefAttr:$variable);
  let assemblyFormat = "$variable attr-dict-with-keyword $expression";
}

def Snn_SendOp : Snn_Op<"send"> {
  let summary = "The arriving event goes on to the synapse here, and not after all rules";
  let assemblyFormat = "attr-dict";
}

def Snn_ReleaseOp : Snn_Op<"release"> {
  let summary = "The events of this spike count for so much";
  let arguments = (ins F64:$value);
  let assemblyFormat = "$value attr-dict";
}

def Snn_ResultOp : Snn_Expression<"result"> {
  let summary = "What a synapse puts out, or the current of an output";
  let assemblyFormat = "attr-dict-with-keyword $expression";
}

def Snn_NetworkOp : Snn_Definition<"network"> { let summary = "Populations, groups and projections"; }

def Snn_SetOp : Snn_Expression<"set"> {
  let summary = "A parameter or initial value given where a model is used";
  let arguments = (ins FlatSymbolRefAttr:$variable);
  let assemblyFormat = "$variable attr-dict-with-keyword $expression";
}

def Snn_PopulationOp : Snn_Container<"population", [Symbol]> {
  let summary = "Neurons of one model with their settings";
  let arguments = (ins SymbolNameAttr:$sym_name, FlatSymbolRefAttr:$model, I64Attr:$size, UnitAttr:$anonymous,
    DefaultValuedAttr<Snn_Method, "::snn::ir::Method::Default">:$method, DefaultValuedAttr<I32Attr, "1">:$steps,
    DefaultValuedAttr<F64Attr, "1e-6">:$tolerance);
  let assemblyFormat = "$sym_name `=` $model `[` $size `]` (`anonymous` $anonymous^)? attr-dict-with-keyword $body";
}

def Snn_GroupOp : Snn_Op<"group", [Symbol]> {
  let summary = "Neurons begin .. end-1 of a population under a name";
  let arguments = (ins SymbolNameAttr:$sym_name, FlatSymbolRefAttr:$population, I64Attr:$begin, I64Attr:$end);
  let assemblyFormat = "$sym_name `=` $population `[` $begin `:` $end `]` attr-dict";
}

def Snn_UseOp : Snn_Container<"use"> {
  let summary = "The synapse, the output or a plasticity rule of a projection, with settings";
  let description = [{`owners` says for every state of a rule whether it is one per `pre`, `post` or `connection`.}];
  let arguments = (ins FlatSymbolRefAttr:$definition, OptionalAttr<DictionaryAttr>:$owners);
  let assemblyFormat = "$definition (`owners` $owners^)? attr-dict-with-keyword $body";
}

def Snn_ProjectionOp : Snn_Op<"projection", [Symbol]> {
  let summary = "Connections from a group to a port or state of another";
  let description = [{
    `number` yields probability, degree or total; `weight` and `delay` yield the value of one connection. `clauses` holds the
    `snn.use` of a synapse and of an output, either of which may be missing, and of plasticity rules in the order in which they run.
    `source_at`: the variable of the source that `pre V` reads. `mirrors`: what that projection joins is joined here the other way
    round; if it is the projection itself, both ways.
    A `distinct` one never shares its synapse states with another, because the experiment records them or sets their values, or a rule
    reads them. The experiment changes the weights of one that is `reweighed`.
    `modulators` says for every name of a modulator its population and the borders of the group. `dendritic`: the delay lies behind
    the synapse.

    `total`, if it is there, yields the sum that the weights onto each target are scaled to.

    Of `pair_bernoulli`, the number is the probability of one pair of neurons; behind it the region may yield how far pairs reach, then the
    coordinates of the source, those of the target, and their periods (0 where they do not go round). `like` names the projection whose contacts these are.
    `data_set` is the one of the file at `path`. `procedural` contacts are drawn again for every spike. `weights_file`: its weights
    replace the drawn ones.
  }];
  let arguments = (ins SymbolNameAttr:$sym_name,
    FlatSymbolRefAttr:$source, I64Attr:$source_begin, I64Attr:$source_end,
    FlatSymbolRefAttr:$target, I64Attr:$target_begin, I64Attr:$target_end, FlatSymbolRefAttr:$port,
    Snn_Rule:$rule, BoolAttr:$autapses, BoolAttr:$multapses, OptionalAttr<StrAttr>:$path, I32Attr:$stream,
    DefaultValuedStrAttr<StrAttr, "">:$data_set, OptionalAttr<StrAttr>:$like, UnitAttr:$procedural,
    OptionalAttr<Snn_Alignment>:$alignment, OptionalAttr<StrAttr>:$reason, OptionalAttr<FlatSymbolRefAttr>:$merged_into,
    UnitAttr:$output_per_synapse, UnitAttr:$distinct, UnitAttr:$reweighed, OptionalAttr<FlatSymbolRefAttr>:$source_at,
    OptionalAttr<FlatSymbolRefAttr>:$mirrors, OptionalAttr<DictionaryAttr>:$modulators, UnitAttr:$dendritic,
    OptionalAttr<StrAttr>:$weights_file, DefaultValuedStrAttr<StrAttr, "">:$weight_unit, DefaultValuedAttr<F64Attr, "1.0">:$weight_scale,
    DefaultValuedStrAttr<StrAttr, "ms">:$delay_unit, DefaultValuedAttr<F64Attr, "1.0">:$delay_scale);
  let regions = (region AnyRegion:$number, SizedRegion<1>:$weight, AnyRegion:$delay, AnyRegion:$total, AnyRegion:$clauses);
  let assemblyFormat = [{
    $sym_name `from` $source `[` $source_begin `:` $source_end `]` `to` $target `[` $target_begin `:` $target_end `]` `port` $port
    $rule `autapses` $autapses `multapses` $multapses (`path` $path^)? `stream` $stream
    (`aligned` $alignment^)? (`because` $reason^)? (`merged_into` $merged_into^)?
    (`output_per_synapse` $output_per_synapse^)? (`distinct` $distinct^)? (`reweighed` $reweighed^)?
    (`modulators` $modulators^)? (`dendritic` $dendritic^)?
    `number` $number `weight` $weight `delay` $delay (`total` $total^)? `clauses` $clauses attr-dict
  }];
}

def Snn_SimulateOp : Snn_Container<"simulate"> {
  let summary = "An experiment on the network";
  let arguments = (ins FlatSymbolRefAttr:$network, F64Attr:$dt, F64Attr:$duration, I64Attr:$seed, Snn_Precision:$precision,
    Snn_Method:$method, DefaultValuedAttr<I32Attr, "1">:$steps, DefaultValuedAttr<F64Attr, "1e-6">:$tolerance);
  let assemblyFormat = [{
    $network `dt` $dt `duration` $duration `seed` $seed $precision `method` $method attr-dict-with-keyword $body
  }];
}

def Snn_DriveOp : Snn_Op<"drive"> {
  let summary = "An input or parameter of a group follows an expression; without one, the host writes the input";
  let regions = (region AnyRegion:$expression);
  let description = [{With `every`, the value is set anew so often, in ms, and held in between.}];
  let arguments = (ins FlatSymbolRefAttr:$population, I64Attr:$begin, I64Attr:$end, FlatSymbolRefAttr:$variable, UnitAttr:$adds,
    DefaultValuedStrAttr<StrAttr, "">:$unit, DefaultValuedAttr<F64Attr, "1.0">:$scale, OptionalAttr<F64Attr>:$every);
  let assemblyFormat = [{
    $population `[` $begin `:` $end `]` $variable (`adds` $adds^)? (`every` $every^)? attr-dict-with-keyword $expression
  }];
}

def Snn_ReweighOp : Snn_Op<"reweigh"> {
  let summary = "At a time, in ms, the connections of a projection for which `condition` holds get another weight";
  let description = [{In both regions `snn.weight` is the weight as it was. Without a condition all connections change.}];
  let regions = (region SizedRegion<1>:$value, AnyRegion:$condition);
  let arguments = (ins FlatSymbolRefAttr:$projection, F64Attr:$time);
  let assemblyFormat = "$projection `at` $time `to` $value `where` $condition attr-dict";
}

def Snn_RecordOp : Snn_Op<"record"> {
  let summary = "Spikes or a variable of a group are recorded; of a projection, a state of its synapse or its weights";
  let description = [{
    With `current` it is what the projection puts into its port, with `rate` the spikes per neuron and time, with `mean` the mean
    of the variable over the group; of a `stride` above 1, every so many neurons. With `weights` the range is one of synapses, in
    order of target, then source; of a state of synapses, of whatever that is kept for: targets, sources or synapses. Up to -1: all of them.
  }];
  let arguments = (ins StrAttr:$name, FlatSymbolRefAttr:$population, I64Attr:$begin, I64Attr:$end,
    DefaultValuedAttr<I64Attr, "1">:$stride, OptionalAttr<FlatSymbolRefAttr>:$variable,
    OptionalAttr<FlatSymbolRefAttr>:$projection, UnitAttr:$current, UnitAttr:$rate, UnitAttr:$mean,
    OptionalAttr<F64Attr>:$every, OptionalAttr<F64Attr>:$from, OptionalAttr<F64Attr>:$until,
    OptionalAttr<FlatSymbolRefAttr>:$field, UnitAttr:$weights);
  let assemblyFormat = [{
    $name `of` $population `[` $begin `:` $end `]` (`variable` $variable^)? (`synapse_of` $projection^)?
    (`current` $current^)? (`rate` $rate^)? (`mean` $mean^)? (`every` $every^)? (`from` $from^)? (`until` $until^)?
    (`field` $field^)? (`weights` $weights^)? attr-dict
  }];
}

def Snn_StopOp : Snn_Op<"stop"> {
  let summary = "The experiment ends when the rate of a group, counted over a window, goes beyond a limit";
  let arguments = (ins StrAttr:$name, FlatSymbolRefAttr:$population, I64Attr:$begin, I64Attr:$end, F64Attr:$window,
    BoolAttr:$below, BoolAttr:$inclusive, F64Attr:$limit);
  let assemblyFormat = [{
    $name `of` $population `[` $begin `:` $end `]` `over` $window `below` $below `inclusive` $inclusive $limit attr-dict
  }];
}

def Snn_GivenSpikesOp : Snn_Op<"given_spikes"> {
  let summary = "Neurons of a group are given spikes that a file lists, or at times that are the same for all";
  let description = [{
    In the step of a spike, `input` counts it. A file has the neurons, counted from the start of the group, and the times.
  }];
  let arguments = (ins FlatSymbolRefAttr:$population, I64Attr:$begin, I64Attr:$end, FlatSymbolRefAttr:$input,
    OptionalAttr<StrAttr>:$path, DefaultValuedStrAttr<StrAttr, "">:$data_set, OptionalAttr<DenseF64ArrayAttr>:$times);
  let assemblyFormat = [{
    $population `[` $begin `:` $end `]` `to` $input (`path` $path^)? (`times` $times^)? attr-dict
  }];
}

//===-- Bodies --------------------------------------------------------------------------------------------------------===//

def Snn_SettingOp : Snn_Op<"setting", [Symbol]> {
  let summary = "A number that may change at run time, with its default in base units";
  let arguments = (ins SymbolNameAttr:$sym_name, F64Attr:$value, StrAttr:$unit, F64Attr:$scale,
    DefaultValuedStrAttr<StrAttr, "">:$documentation);
  let assemblyFormat = "$sym_name `=` $value $unit `scale` $scale attr-dict";
}

def Snn_BodyOp : Snn_Container<"body", [Symbol, SymbolTable, IsolatedFromAbove]> {
  let summary = "What one kind of population computes, shared by all populations of that kind";
  let description = [{
    Holds the slots (`snn.field`, `snn.uniform`) and three blocks of straight-line code over them: `prepare` once per
    population and change of a setting, `initialise` once per neuron, `step` once per neuron and step.

    The elements may also be the synapses of a projection, or its sources (`snn.synapses`). Such a step consists of
    `snn.on_event`, `snn.contribution` and the updates that advance the states: behind these to the next step, or, where equations
    read the neurons that are joined, in front of them to this one.
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, StrAttr:$model, I32Attr:$spikes_per_step);
  let assemblyFormat = "$sym_name $model `spikes` $spikes_per_step attr-dict-with-keyword $body";
  let hasRegionVerifier = 1;
}

def Snn_FieldOp : Snn_Op<"field", [Symbol]> {
  let summary = "A slot with one value per neuron";
  let arguments = (ins SymbolNameAttr:$sym_name, Snn_FieldKind:$kind, StrAttr:$unit, F64Attr:$scale, TypeAttr:$type,
    OptionalAttr<I32Attr>:$index, DefaultValuedStrAttr<StrAttr, "">:$documentation);
  let assemblyFormat = "$sym_name $kind `:` $type $unit `scale` $scale (`index` $index^)? attr-dict";
}

def Snn_UniformOp : Snn_Op<"uniform", [Symbol]> {
  let summary = "A slot with one value per population, in double precision";
  let description = [{`counter`: it fits a counter of 16 bits. `look_back`: a number of steps that `snn.look_back` reaches back by.}];
  let arguments = (ins SymbolNameAttr:$sym_name, OptionalAttr<I32Attr>:$index, UnitAttr:$counter, UnitAttr:$look_back);
  let assemblyFormat = "$sym_name (`index` $index^)? (`counter` $counter^)? (`look_back` $look_back^)? attr-dict";
}

def Snn_PrepareOp : Snn_Container<"prepare"> {
  let summary = "Uniforms from settings";
  let assemblyFormat = "attr-dict-with-keyword $body";
}
def Snn_InitialiseOp : Snn_Container<"initialise"> {
  let summary = "Per-neuron parameters, constants and initial states";
  let assemblyFormat = "attr-dict-with-keyword $body";
}
def Snn_StepOp : Snn_Container<"step"> {
  let summary = "One step of one neuron";
  let assemblyFormat = "attr-dict-with-keyword $body";
}

def Snn_IntegrateOp : Snn_Op<"integrate", [NoTerminator, SingleBlock, AttrSizedOperandSegments]> {
  let summary = "Equations that are advanced together, each from the values at the start of the step";
  let description = [{
    `held`, if given, is true while the states named in `holding` keep their value.

    The second region, if there is one, is executed after every sub-step of adaptive equations: its `snn.when` is the spike block,
    its `snn.yield` says whether the neuron is above its threshold. It spikes then, or where `above` is given, which says
    that it was before the step, when it comes to be. The result counts these spikes; a spike holds the states for the
    rest of the step where `spikes_hold` is true.

    `lazy`: the states of a synapse advance when something happens to it, over the steps since the last time, which takes an exact
    solution.
  }];
  let arguments = (ins Optional<I1>:$held, Optional<I1>:$spikes_hold, Optional<I1>:$above, ArrayAttr:$holding, UnitAttr:$lazy);
  let regions = (region SizedRegion<1>:$body, AnyRegion:$after_substep);
  let results = (outs Optional<F64>:$spikes);
  let assemblyFormat = [{
    (`held` $held^)? (`spikes_hold` $spikes_hold^)? (`above` $above^)? (`lazy` $lazy^)? `holding` $holding attr-dict-with-keyword $body
    (`after_substep` $after_substep^)? (`:` type($spikes)^)?
  }];
}

class Snn_Loop<string mnemonic> : Snn_Op<mnemonic, [SingleBlock, RecursiveMemoryEffects]> {
  let regions = (region SizedRegion<1>:$body);
  let results = (outs Variadic<AnyType>:$results);
}

def Snn_RepeatOp : Snn_Loop<"repeat"> {
  let summary = "Computes values from those of the round before, a fixed number of times";
  let description = [{The block takes the values and yields the next ones. It neither reads nor writes slots.}];
  let arguments = (ins I32Attr:$rounds, Variadic<AnyType>:$starts);
  let assemblyFormat = "$rounds `from` $starts `:` type($starts) `to` type($results) $body attr-dict";
}

def Snn_IterateOp : Snn_Loop<"iterate"> {
  let summary = "Computes values from those of the round before, until no neuron needs another round";
  let description = [{
    The block takes the values and yields whether another round is needed, then the next values. Neurons go on together: one
    that is done keeps its values by yielding them again.
  }];
  let arguments = (ins Variadic<AnyType>:$starts);
  let assemblyFormat = "`from` $starts `:` type($starts) `to` type($results) $body attr-dict";
}

def Snn_OdeOp : Snn_Op<"ode"> {
  let summary = "The state's derivative is this value";
  let arguments = (ins FlatSymbolRefAttr:$state, F64:$derivative, Snn_Method:$method, UnitAttr:$synapse,
    DefaultValuedAttr<I32Attr, "1">:$steps, DefaultValuedAttr<F64Attr, "1e-6">:$tolerance, UnitAttr:$alone);
  let assemblyFormat = "$state `=` $derivative $method (`synapse` $synapse^)? attr-dict";
}

def Snn_WhenOp : Snn_Container<"when"> {
  let summary = "Writes of the region happen where the condition holds";
  let arguments = (ins I1:$condition);
  let assemblyFormat = "$condition attr-dict-with-keyword $body";
}

def Snn_SpikeOp : Snn_Container<"spike"> {
  let summary = "The neuron spikes where the condition holds; the region is its spike block";
  let description = [{`count`, if given, is the number of spikes emitted there.}];
  let arguments = (ins I1:$condition, Optional<F64>:$count);
  let assemblyFormat = "$condition (`count` $count^)? attr-dict-with-keyword $body";
}

def Snn_AdvanceOp : Snn_Container<"advance"> {
  let summary = "States of plasticity rules that a neuron keeps advance to this step, before anything arrives";
  let assemblyFormat = "attr-dict-with-keyword $body";
}

def Snn_OnSpikeOp : Snn_Container<"on_spike"> {
  let summary = "What a spike of the neuron does to what it keeps for plasticity rules, after synapses have seen it";
  let assemblyFormat = "attr-dict-with-keyword $body";
}

def Snn_RememberOp : Snn_Container<"remember"> {
  let summary = "What is kept of this step for synapses that look back by their delay";
  let assemblyFormat = "attr-dict-with-keyword $body";
}

def Snn_OnTargetSpikeOp : Snn_Container<"on_target_spike"> {
  let summary = "What a spike of its target does to a synapse; `late`: twice the delay after it was emitted";
  let arguments = (ins UnitAttr:$delay_stored, UnitAttr:$late);
  let assemblyFormat = "(`delay_stored` $delay_stored^)? (`late` $late^)? attr-dict-with-keyword $body";
}

def Snn_EverySynapseOp : Snn_Container<"every_synapse"> {
  let summary = "What happens to every synapse when a step begins, or at a spike of a modulator";
  let arguments = (ins OptionalAttr<StrAttr>:$modulator, UnitAttr:$delay_stored);
  let assemblyFormat = "(`modulator` $modulator^)? (`delay_stored` $delay_stored^)? attr-dict-with-keyword $body";
}

def Snn_SetWeightOp : Snn_Op<"set_weight"> {
  let summary = "The weight of the synapse from now on";
  let arguments = (ins F64:$value);
  let assemblyFormat = "$value attr-dict";
}

def Snn_AddToTargetOp : Snn_Op<"add_to_target"> {
  let summary = "The event adds so much to the field of the route, or to its `slope`";
  let arguments = (ins F64:$amount, UnitAttr:$slope);
  let assemblyFormat = "$amount (`slope` $slope^)? attr-dict";
}

def Snn_OnEventOp : Snn_Container<"on_event"> {
  let summary = "What an event that is due does to the element it reaches, before anything else of the step";
  let assemblyFormat = "attr-dict-with-keyword $body";
}

def Snn_ContributionOp : Snn_Expression<"contribution"> {
  let summary = "What a synapse adds to its target in this step";
  let description = [{
    Where that depends on a state of the target, two values are yielded, of which the second is what that state is multiplied by;
    they are added to the `field` and the `slope` of the route.
  }];
  let assemblyFormat = "attr-dict-with-keyword $expression";
}

def Snn_InstanceOp : Snn_Op<"instance", [Symbol]> {
  let summary = "A population: which body, which settings";
  let arguments = (ins SymbolNameAttr:$sym_name, FlatSymbolRefAttr:$of, FlatSymbolRefAttr:$size, ArrayAttr:$arguments,
    UnitAttr:$anonymous);
  let assemblyFormat = "$sym_name `of` $of `size` $size `arguments` $arguments (`anonymous` $anonymous^)? attr-dict";
}

def Snn_ConnectorOp : Snn_Op<"connector", [Symbol]> {
  let summary = "How one kind of projection computes the amount an event adds, and the delay";
  let description = [{
    A stored amount or delay is computed per synapse, a uniform one once. An empty delay region means one step. One that `changes`
    computes the stored amount anew, from what it was (`snn.weight`) or as a sum for a target. `probability`, of `pair_bernoulli`, is that of a pair; what else it
    yields is as in `snn.projection`. `per_weight` is the amount per weight where that is not one.
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, UnitAttr:$amount_stored, UnitAttr:$delay_stored, UnitAttr:$changes);
  let regions = (region SizedRegion<1>:$amount, AnyRegion:$delay, AnyRegion:$probability, AnyRegion:$per_weight);
  let assemblyFormat = [{
    $sym_name (`amount_stored` $amount_stored^)? (`delay_stored` $delay_stored^)? (`changes` $changes^)? `amount` $amount `delay` $delay
    (`probability` $probability^)? (`per_weight` $per_weight^)? attr-dict
  }];
}

def Snn_RouteOp : Snn_Op<"route", [Symbol]> {
  let summary = "A projection: from whom to which field, by which rule, through which connector";
  let arguments = (ins SymbolNameAttr:$sym_name, FlatSymbolRefAttr:$connector, ArrayAttr:$arguments,
    FlatSymbolRefAttr:$source, FlatSymbolRefAttr:$source_begin, FlatSymbolRefAttr:$source_end,
    FlatSymbolRefAttr:$target, FlatSymbolRefAttr:$target_begin, FlatSymbolRefAttr:$target_end, FlatSymbolRefAttr:$field,
    Snn_Rule:$rule, OptionalAttr<FlatSymbolRefAttr>:$number, BoolAttr:$autapses, BoolAttr:$multapses,
    OptionalAttr<StrAttr>:$path, I32Attr:$stream, OptionalAttr<FlatSymbolRefAttr>:$slope,
    OptionalAttr<FlatSymbolRefAttr>:$mirrors, DefaultValuedStrAttr<StrAttr, "">:$data_set, UnitAttr:$procedural,
    UnitAttr:$weight_hidden, DefaultValuedStrAttr<StrAttr, "">:$weight_unit, DefaultValuedAttr<F64Attr, "1.0">:$weight_scale,
    OptionalAttr<StrAttr>:$weights_file);
  let description = [{
    `slope`: a second field, in which what multiplies a state of the target is summed (`snn.contribution`), or negative weights. `mirrors`: the route whose contacts
    are joined here the other way round; if it is this one, both ways. `weight_hidden`: the amount is no multiple of the weight.
    `weights_file`: its weights replace the drawn ones.
  }];
  let assemblyFormat = [{
    $sym_name `through` $connector `arguments` $arguments
    `from` $source `[` $source_begin `:` $source_end `]` `to` $target `[` $target_begin `:` $target_end `]` `field` $field
    $rule (`number` $number^)? `autapses` $autapses `multapses` $multapses (`path` $path^)? `stream` $stream
    (`slope` $slope^)? (`mirrors` $mirrors^)? attr-dict
  }];
}

def Snn_SynapsesOp : Snn_Op<"synapses", [Symbol]> {
  let summary = "The synapses of a route have states of their own: which body, which settings";
  let description = [{
    Aligned `connection`, the body's elements are the synapses themselves; aligned `pre` they are the sources of the route.
    What the synapses contribute in a step is summed into the route's field. `plastic`: their weights change. `target_states`: the
    kinetics are kept per target, and the synapses have states of plasticity rules only. `modulators` says for every name of a
    modulator its instance and the borders of the group. `dendritic`: the delay lies behind the synapses.
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, FlatSymbolRefAttr:$route, FlatSymbolRefAttr:$of, ArrayAttr:$arguments,
    Snn_Alignment:$alignment, UnitAttr:$plastic, UnitAttr:$target_states, OptionalAttr<DictionaryAttr>:$modulators, UnitAttr:$dendritic);
  let assemblyFormat = [{
    $sym_name `on` $route `of` $of `arguments` $arguments `aligned` $alignment (`plastic` $plastic^)?
    (`target_states` $target_states^)? (`modulators` $modulators^)? (`dendritic` $dendritic^)? attr-dict
  }];
}

def Snn_RangeOp : Snn_Op<"range", [Symbol]> {
  let summary = "A named range of neurons whose borders are settings";
  let arguments = (ins SymbolNameAttr:$sym_name, FlatSymbolRefAttr:$population, FlatSymbolRefAttr:$begin, FlatSymbolRefAttr:$end);
  let assemblyFormat = "$sym_name `=` $population `[` $begin `:` $end `]` attr-dict";
}

def Snn_ProbeOp : Snn_Op<"probe"> {
  let summary = "What is recorded: spikes of a range, a field, or of a range of synapses the weights or, with `field`, a state";
  let arguments = (ins StrAttr:$name, StrAttr:$variable, FlatSymbolRefAttr:$population, FlatSymbolRefAttr:$begin,
    FlatSymbolRefAttr:$end, DefaultValuedAttr<I64Attr, "1">:$stride, OptionalAttr<FlatSymbolRefAttr>:$field, UnitAttr:$rate,
    UnitAttr:$mean, OptionalAttr<FlatSymbolRefAttr>:$every, OptionalAttr<FlatSymbolRefAttr>:$from,
    OptionalAttr<FlatSymbolRefAttr>:$until, OptionalAttr<FlatSymbolRefAttr>:$route,
    DefaultValuedStrAttr<StrAttr, "">:$unit, DefaultValuedAttr<F64Attr, "1.0">:$scale);
  let assemblyFormat = [{
    $name $variable `of` $population `[` $begin `:` $end `]` (`field` $field^)? (`rate` $rate^)? (`mean` $mean^)?
    (`every` $every^)? (`from` $from^)? (`until` $until^)?
    (`weights_of` $route^)? attr-dict
  }];
}

def Snn_ChangeOp : Snn_Op<"change", [Symbol]> {
  let summary = "At a time, the stored amounts of a route are computed anew by a connector";
  let arguments = (ins SymbolNameAttr:$sym_name, FlatSymbolRefAttr:$route, FlatSymbolRefAttr:$connector, ArrayAttr:$arguments,
    FlatSymbolRefAttr:$time);
  let assemblyFormat = "$sym_name `of` $route `through` $connector `arguments` $arguments `at` $time attr-dict";
}

def Snn_TotalOp : Snn_Op<"total", [Symbol]> {
  let summary = "The stored amounts of a route are scaled to a sum for each target, which a connector computes";
  let arguments = (ins SymbolNameAttr:$sym_name, FlatSymbolRefAttr:$route, FlatSymbolRefAttr:$connector, ArrayAttr:$arguments);
  let assemblyFormat = "$sym_name `of` $route `through` $connector `arguments` $arguments attr-dict";
}

def Snn_SupplyOp : Snn_Op<"supply"> {
  let summary = "The runtime puts values of an array over time into a field, in front of the steps in which they change";
  let arguments = (ins StrAttr:$drive, FlatSymbolRefAttr:$population, FlatSymbolRefAttr:$begin, FlatSymbolRefAttr:$end,
    FlatSymbolRefAttr:$field, StrAttr:$path, StrAttr:$data_set, StrAttr:$unit, OptionalAttr<FlatSymbolRefAttr>:$every,
    Snn_Between:$between, Snn_Beyond:$beyond);
  let assemblyFormat = [{
    $drive `of` $population `[` $begin `:` $end `]` `field` $field `from` $path $data_set `in` $unit (`every` $every^)?
    $between $beyond attr-dict
  }];
}

def Snn_LimitOp : Snn_Op<"limit"> {
  let summary = "What ends the run: a rate, counted over a window, that goes beyond a limit";
  let arguments = (ins StrAttr:$name, FlatSymbolRefAttr:$population, FlatSymbolRefAttr:$begin, FlatSymbolRefAttr:$end,
    FlatSymbolRefAttr:$window, BoolAttr:$below, BoolAttr:$inclusive, FlatSymbolRefAttr:$limit);
  let assemblyFormat = [{
    $name `of` $population `[` $begin `:` $end `]` `over` $window `below` $below `inclusive` $inclusive $limit attr-dict
  }];
}

def Snn_SpikeTimesOp : Snn_Op<"spike_times"> {
  let summary = "Spikes that a field of a range of neurons counts in their steps; those of a file, or at times in ms";
  let arguments = (ins FlatSymbolRefAttr:$population, FlatSymbolRefAttr:$begin, FlatSymbolRefAttr:$end, FlatSymbolRefAttr:$field,
    OptionalAttr<StrAttr>:$path, DefaultValuedStrAttr<StrAttr, "">:$data_set, OptionalAttr<DenseF64ArrayAttr>:$times);
  let assemblyFormat = [{
    $population `[` $begin `:` $end `]` `to` $field (`path` $path^)? (`times` $times^)? attr-dict
  }];
}

def Snn_ProgramOp : Snn_Container<"program", [Symbol, SymbolTable, IsolatedFromAbove]> {
  let summary = "A network and its experiment, made of bodies";
  let arguments = (ins SymbolNameAttr:$sym_name, Snn_Precision:$precision, I64Attr:$seed);
  let assemblyFormat = "$sym_name $precision `seed` $seed attr-dict-with-keyword $body";
}

//===-- Schedule ------------------------------------------------------------------------------------------------------===//

def Snn_TimeLoopOp : Snn_Container<"time_loop"> {
  let summary = "All steps of a chunk; the phases of one step in the order of the language";
  let assemblyFormat = "attr-dict-with-keyword $body";
}

def Snn_DeliverOp : Snn_Op<"deliver"> {
  let summary = "Arrive: the events of these projections that are due are added to their fields";
  let arguments = (ins ArrayAttr:$routes, UnitAttr:$amount_stored, UnitAttr:$delay_stored);
  let assemblyFormat = "$routes (`amount_stored` $amount_stored^)? (`delay_stored` $delay_stored^)? attr-dict";
}

def Snn_TransmitOp : Snn_Container<"transmit", [DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "Arrive, for synapses with states of their own";
  let description = [{
    The block is the step of a body. Its `snn.on_event` is executed for every event of these projections that is due; for all
    elements of this worker, its `snn.contribution` is added to the targets in the order of the rows, and the states advance: to
    the next step at the end, or, where the writes stand in front of the event, to this one at the beginning.
  }];
  let arguments = (ins FlatSymbolRefAttr:$of, ArrayAttr:$routes, Snn_Alignment:$alignment);
  let assemblyFormat = "$of $routes `aligned` $alignment attr-dict-with-keyword $body";
}

def Snn_RespondOp : Snn_Container<"respond", [DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "Spikes of this step act on the synapses that end on the neuron";
  let description = [{
    The block is what `snn.on_target_spike` says; it is executed for the synapses of these projections that end on a neuron of this
    worker's share, once for every spike it has emitted in this step, or `late`, twice the delay before.
  }];
  let arguments = (ins FlatSymbolRefAttr:$of, ArrayAttr:$routes, UnitAttr:$delay_stored, UnitAttr:$late);
  let assemblyFormat = "$of $routes (`delay_stored` $delay_stored^)? (`late` $late^)? attr-dict-with-keyword $body";
}

def Snn_VisitOp : Snn_Container<"visit", [DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "Every synapse of these projections: what its equations and conditions do in a step, or what a modulator does";
  let description = [{
    The block is what `snn.every_synapse` says. Without `modulator` it is executed once per step, before anything arrives; with it,
    once for every spike of the modulator that is due.
  }];
  let arguments = (ins FlatSymbolRefAttr:$of, ArrayAttr:$routes, OptionalAttr<StrAttr>:$modulator, UnitAttr:$delay_stored);
  let assemblyFormat = [{
    $of $routes (`modulator` $modulator^)? (`delay_stored` $delay_stored^)? attr-dict-with-keyword $body
  }];
}

def Snn_EmitOp : Snn_Container<"emit", [DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "Spikes of this step act on what the neuron itself keeps for plasticity rules";
  let description = [{The block is executed once for every spike that a neuron of this worker's share has emitted in this step.}];
  let arguments = (ins FlatSymbolRefAttr:$of, ArrayAttr:$populations);
  let assemblyFormat = "$of $populations attr-dict-with-keyword $body";
}

def Snn_LanesOp : Snn_Container<"lanes", [DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "One fused loop over the neurons of every population of a body";
  let description = [{
    The block is executed for all neurons of this worker's share, many at a time. Fields are loaded at the first read and stored
    once, after the last write; spikes are compacted into the worker's list by the `snn.spike` inside. `aside`, with a name: a loop
    beside the step, of what a neuron keeps for plasticity rules; nothing spikes there.
  }];
  let arguments = (ins FlatSymbolRefAttr:$of, ArrayAttr:$populations, OptionalAttr<StrAttr>:$aside);
  let assemblyFormat = "$of $populations (`aside` $aside^)? attr-dict-with-keyword $body";
}

def Snn_MeetOp : Snn_Op<"meet"> {
  let summary = "Workers meet here once per epoch, and what is due is recorded";
  let assemblyFormat = "attr-dict";
}

#endif

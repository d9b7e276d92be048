// The second form of the dialect: one body for every kind of population, and what uses it.
// RUN: snn-opt %s | snn-opt | FileCheck %s
// RUN: snn-opt %s --mlir-print-op-generic | snn-opt | FileCheck %s

// CHECK-LABEL: snn.program @Net f32 seed 42 {
snn.program @Net f32 seed 42 {
  // CHECK: snn.setting @N.tau = 2.000000e+01 "s" scale 1.000000e+03
  snn.setting @N.tau = 20.0 "s" scale 1000.0
  // CHECK: snn.setting @N.size = 4.000000e+03 "" scale 1.000000e+00
  snn.setting @N.size = 4000.0 "" scale 1.0
  snn.setting @N.begin = 0.0 "" scale 1.0
  snn.setting @every = 0.5 "ms" scale 1.0
  // CHECK-LABEL: snn.body @N.body "LIF" spikes 1 {
  snn.body @N.body "LIF" spikes 1 {
    // CHECK: snn.field @V state : f64 "mV" scale 1.000000e+00 index 0
    snn.field @V state : f64 "mV" scale 1.0 index 0
    // CHECK: snn.field @tau parameter : f64 "ms" scale 1.000000e+00{{$}}
    snn.field @tau parameter : f64 "ms" scale 1.0
    // CHECK: snn.field @c0 constant : f64
    snn.field @c0 constant : f64 "" scale 1.0
    // CHECK: snn.field @hold hold : i16
    snn.field @hold hold : i16 "" scale 1.0
    // CHECK: snn.field @V.jumps arrivals : f64
    snn.field @V.jumps arrivals : f64 "mV" scale 1.0
    // CHECK: snn.field @tap.I tap : f64
    snn.field @tap.I tap : f64 "pA" scale 1.0
    // CHECK: snn.uniform @u{{$}}
    snn.uniform @u
    // CHECK: snn.uniform @hold_steps index 3 counter
    snn.uniform @hold_steps index 3 counter
    // CHECK: snn.prepare {
    snn.prepare {
      %a = snn.argument 0
      snn.write @u, %a : f64
    }
    // CHECK: snn.initialise {
    snn.initialise {
      %a = snn.argument 0
      snn.write @tau, %a : f64
    }
    // CHECK: snn.step {
    snn.step {
      %v = snn.read @V : f64
      %t = snn.read @tau : f64
      // CHECK: %[[HELD:.*]] = arith.cmpf
      %held = arith.cmpf oge, %v, %t : f64
      // CHECK: snn.integrate held %[[HELD]] holding [@V] {
      snn.integrate held %held holding [@V] {
        %w = snn.read @V : f64
        // CHECK: snn.ode @V = %{{.*}} exp_euler
        snn.ode @V = %w exp_euler
      }
      // CHECK: snn.integrate holding [] {
      snn.integrate holding [] {
        %w = snn.read @V : f64
        // CHECK: snn.ode @V = %{{.*}} default synapse
        snn.ode @V = %w default synapse
      }
      // CHECK: snn.when %[[HELD]] {
      snn.when %held {
        snn.write @V, %t : f64
      }
      // CHECK: snn.spike %[[HELD]] {
      snn.spike %held {
        snn.write @V, %t : f64
      }
      // CHECK: snn.spike %[[HELD]] count %{{.*}} {
      snn.spike %held count %t {
      }
    }
  }
  // CHECK: snn.instance @N of @N.body size @N.size arguments [@N.tau]{{$}}
  snn.instance @N of @N.body size @N.size arguments [@N.tau]
  // CHECK: snn.instance @M of @N.body size @N.size arguments [] anonymous
  snn.instance @M of @N.body size @N.size arguments [] anonymous
  // CHECK: snn.connector @uniform amount {
  // CHECK: } delay {
  // CHECK-NEXT: }
  snn.connector @uniform amount {
    %a = snn.argument 0
    snn.yield %a : f64
  } delay {
  }
  // CHECK: snn.connector @stored amount_stored delay_stored amount {
  // CHECK: } delay {
  // CHECK: snn.draw
  snn.connector @stored amount_stored delay_stored amount {
    %i = snn.index "pre"
    snn.yield %i : f64
  } delay {
    %a = snn.argument 0
    %d = snn.draw uniform(%a, %a) stream 3
    snn.yield %d : f64
  }
  // CHECK: snn.route @"M -> N" through @uniform arguments [@N.tau] from @M[@N.begin : @N.size] to @N[@N.begin : @N.size]
  // CHECK-SAME: field @V.jumps bernoulli number @N.tau autapses false multapses true stream 9{{$}}
  snn.route @"M -> N" through @uniform arguments [@N.tau] from @M[@N.begin : @N.size] to @N[@N.begin : @N.size]
    field @V.jumps bernoulli number @N.tau autapses false multapses true stream 9
  // CHECK: snn.route {{.*}} pairs autapses true multapses true path "edges.npy" stream 10
  snn.route @pairs through @stored arguments [@N.tau] from @M[@N.begin : @N.size] to @N[@N.begin : @N.size]
    field @V.jumps pairs autapses true multapses true path "edges.npy" stream 10
  // The synapses of a projection as elements of a body of their own.
  // CHECK: snn.body @kinetics "Expon" spikes 0 {
  snn.body @kinetics "Expon" spikes 0 {
    snn.field @g state : f64 "nS" scale 1.0
    snn.prepare {
    }
    snn.initialise {
    }
    snn.step {
      // CHECK: snn.on_event {
      // CHECK-NEXT: snn.weight{{$}}
      snn.on_event {
        %w = snn.weight
        snn.write @g, %w : f64
      }
      // CHECK: snn.contribution {
      // CHECK-NEXT: snn.weight stored of_row
      snn.contribution {
        %w = snn.weight stored of_row
        snn.yield %w : f64
      }
    }
  }
  // CHECK: snn.synapses @"M -> N.synapses" on @"M -> N" of @kinetics arguments [@N.tau] aligned connection
  snn.synapses @"M -> N.synapses" on @"M -> N" of @kinetics arguments [@N.tau] aligned connection
  // CHECK: snn.synapses @pairs.synapses on @pairs of @kinetics arguments [@N.tau] aligned pre
  snn.synapses @pairs.synapses on @pairs of @kinetics arguments [@N.tau] aligned pre
  // CHECK: snn.range @E = @N[@N.begin : @N.size]
  snn.range @E = @N[@N.begin : @N.size]
  // CHECK: snn.supply "N.I" of @N[@N.begin : @N.size] field @data.0 from "i.npy" "" in "pA" every @every linear repeat
  snn.supply "N.I" of @N[@N.begin : @N.size] field @data.0 from "i.npy" "" in "pA" every @every linear repeat
  // CHECK: snn.supply "N.I" of @N[@N.begin : @N.size] field @data.0 from "i.h5" "s" in "pA" previous hold
  snn.supply "N.I" of @N[@N.begin : @N.size] field @data.0 from "i.h5" "s" in "pA" previous hold
  // CHECK: snn.total @"total of pairs" of @pairs through @pairs.connector arguments [@N.tau]
  snn.total @"total of pairs" of @pairs through @pairs.connector arguments [@N.tau]
  // CHECK: snn.probe "spikes of N" "" of @N[@N.begin : @N.size]{{$}}
  snn.probe "spikes of N" "" of @N[@N.begin : @N.size]
  // CHECK: snn.spike_times @N[@N.begin : @N.size] to @V path "spikes.npy"
  snn.spike_times @N[@N.begin : @N.size] to @V path "spikes.npy"
  // CHECK: snn.spike_times @N[@N.begin : @N.size] to @V times [5.000000e-01]
  snn.spike_times @N[@N.begin : @N.size] to @V times [0.5]
  // CHECK: snn.probe "V of N" "V" of @N[@N.begin : @N.size] field @V every @every from @every
  snn.probe "V of N" "V" of @N[@N.begin : @N.size] field @V every @every from @every
}

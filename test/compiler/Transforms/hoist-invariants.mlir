// What changes neither in time nor with a state is computed once, in double precision.
// RUN: snn-opt %s --pass-pipeline='builtin.module(snn.program(snn.body(snn-hoist-invariants)))' | FileCheck %s

snn.program @P f64 seed 1 {
  // Values of settings move to `prepare` and become uniforms.
  // CHECK-LABEL: snn.body @settings
  snn.body @settings "N" spikes 0 {
    snn.field @x state : f64 "" scale 1.0
    snn.uniform @tau
    // CHECK: snn.prepare {
    // CHECK: %[[TAU:.*]] = snn.read @tau : f64
    // CHECK: %[[RATIO:.*]] = arith.divf %{{.*}}, %[[TAU]] : f64
    // CHECK: %[[DECAY:.*]] = math.exp %[[RATIO]] : f64
    // CHECK: snn.write @c0, %[[DECAY]] : f64
    snn.prepare {
      %a = snn.argument 0
      snn.write @tau, %a : f64
    }
    snn.initialise {
    }
    // CHECK: snn.uniform @c0{{$}}
    // CHECK-NOT: snn.uniform
    // CHECK: snn.step {
    // CHECK-NOT: snn.step_size
    // CHECK-NOT: arith.divf
    // CHECK-NOT: math.exp
    // CHECK: %[[X:.*]] = snn.read @x : f64
    // CHECK: %[[C:.*]] = snn.read @c0 : f64
    // CHECK: %[[NEXT:.*]] = arith.mulf %[[X]], %[[C]] : f64
    // CHECK: snn.write @x, %[[NEXT]] : f64
    // CHECK-NEXT: }
    snn.step {
      %x = snn.read @x : f64
      %tau = snn.read @tau : f64
      %dt = snn.step_size
      %r = arith.divf %dt, %tau : f64
      %e = math.exp %r : f64
      %n = arith.mulf %x, %e : f64
      snn.write @x, %n : f64
    }
  }

  // Costly values of per-neuron parameters move to `initialise` and become constant fields; cheap ones stay, because
  // loading a number costs as much as computing it.
  // CHECK-LABEL: snn.body @perNeuron
  snn.body @perNeuron "N" spikes 0 {
    snn.field @x state : f64 "" scale 1.0
    snn.field @tau parameter : f64 "ms" scale 1.0
    snn.prepare {
    }
    // CHECK: snn.initialise {
    // CHECK: arith.divf
    // CHECK: %[[DECAY:.*]] = math.exp
    // CHECK: snn.write @[[FIELD:c[0-9]]], %[[DECAY]] : f64
    // CHECK: snn.field @[[FIELD]] constant : f64
    // CHECK-NOT: snn.field
    snn.initialise {
      %a = snn.argument 0
      snn.write @tau, %a : f64
    }
    // CHECK: snn.step {
    // CHECK-NOT: math.exp
    // CHECK-DAG: %[[C:.*]] = snn.read @[[FIELD]] : f64
    // CHECK-DAG: arith.mulf %{{.*}}, %[[C]] : f64
    // CHECK-DAG: %[[TAU:.*]] = snn.read @tau : f64
    // CHECK-DAG: arith.addf %[[TAU]], %[[TAU]] : f64
    // CHECK: snn.write @x
    snn.step {
      %x = snn.read @x : f64
      %tau = snn.read @tau : f64
      %dt = snn.step_size
      %r = arith.divf %dt, %tau : f64
      %e = math.exp %r : f64
      %n = arith.mulf %x, %e : f64
      %twice = arith.addf %tau, %tau : f64
      %m = arith.addf %n, %twice : f64
      snn.write @x, %m : f64
    }
  }

  // What depends on a state, on time or on chance stays.
  // CHECK-LABEL: snn.body @everyStep
  // CHECK-NOT: @c0
  // CHECK: snn.step {
  // CHECK: math.exp
  // CHECK: math.sin
  // CHECK: math.log
  // CHECK: snn.write @x
  snn.body @everyStep "N" spikes 0 {
    snn.field @x state : f64 "" scale 1.0
    snn.prepare {
    }
    snn.initialise {
    }
    snn.step {
      %x = snn.read @x : f64
      %e = math.exp %x : f64
      %k = snn.step_number
      %s = math.sin %k : f64
      %u = snn.random uniform stream 3
      %l = math.log %u : f64
      %a = arith.addf %e, %s : f64
      %b = arith.addf %a, %l : f64
      snn.write @x, %b : f64
    }
  }

  // What is written in the rare block of a spike is computed before the loop all the same.
  // CHECK-LABEL: snn.body @insideSpike
  // CHECK: snn.prepare {
  // CHECK: %[[GAP:.*]] = arith.subf
  // CHECK: snn.write @c0, %[[GAP]] : f64
  // CHECK: snn.step {
  // CHECK: snn.spike
  // CHECK-NOT: arith.subf
  // CHECK: %[[C:.*]] = snn.read @c0 : f64
  // CHECK: snn.write @x, %[[C]] : f64
  snn.body @insideSpike "N" spikes 1 {
    snn.field @x state : f64 "" scale 1.0
    snn.uniform @a
    snn.uniform @b
    snn.prepare {
    }
    snn.initialise {
    }
    snn.step {
      %x = snn.read @x : f64
      %a = snn.read @a : f64
      %above = arith.cmpf oge, %x, %a : f64
      snn.spike %above {
        %aa = snn.read @a : f64
        %b = snn.read @b : f64
        %gap = arith.subf %aa, %b : f64
        snn.write @x, %gap : f64
      }
    }
  }

  // The author's names stay the author's.
  // CHECK-LABEL: snn.body @namedAlike
  // CHECK: snn.uniform @c0{{$}}
  // CHECK: snn.prepare {
  // CHECK: %[[TWICE:.*]] = arith.addf
  // CHECK: snn.write @c1, %[[TWICE]] : f64
  // CHECK: snn.uniform @c1{{$}}
  // CHECK: snn.step {
  // CHECK-DAG: %[[OWN:.*]] = snn.read @c0 : f64
  // CHECK-DAG: %[[HOISTED:.*]] = snn.read @c1 : f64
  // CHECK: math.fma %{{.*}}, %[[HOISTED]], %[[OWN]] : f64
  snn.body @namedAlike "N" spikes 0 {
    snn.field @x state : f64 "" scale 1.0
    snn.uniform @c0
    snn.prepare {
    }
    snn.initialise {
    }
    snn.step {
      %x = snn.read @x : f64
      %a = snn.read @c0 : f64
      %twice = arith.addf %a, %a : f64
      %n = math.fma %x, %twice, %a : f64
      snn.write @x, %n : f64
    }
  }
}

// The first form of the dialect: what the author wrote, as imported.
// RUN: snn-opt %s | snn-opt | FileCheck %s
// RUN: snn-opt %s --mlir-print-op-generic | snn-opt | FileCheck %s

// CHECK-LABEL: snn.neuron @N {
snn.neuron @N {
  // CHECK: snn.variable param @tau attributes {scale = 1.000000e+03 : f64, unit = "s"} {
  snn.variable param @tau attributes {scale = 1.0e3, unit = "s"} {
    %c = arith.constant 20.0 : f64
    // CHECK: snn.yield %{{.*}} : f64
    snn.yield %c : f64
  }
  // CHECK: snn.variable state @V attributes {unit = "mV"} {
  snn.variable state @V attributes {unit = "mV"} {
    %c = arith.constant 0.0 : f64
    snn.yield %c : f64
  }
  // CHECK: snn.variable state @u {
  snn.variable state @u {
    %c = arith.constant 0.0 : f64
    snn.yield %c : f64
  }
  // CHECK: snn.variable input @I {
  // CHECK-NEXT: }
  snn.variable input @I {
  }
  // CHECK: snn.variable let @leak {
  snn.variable let @leak {
    %v = snn.read @V : f64
    snn.yield %v : f64
  }
  // CHECK: snn.equation @V exp_euler group 0 {
  snn.equation @V exp_euler group 0 {
    %v = snn.read @leak : f64
    snn.yield %v : f64
  }
  // CHECK: snn.equation @u rk4 group 1 {
  snn.equation @u rk4 group 1 {
    %v = snn.read @V : f64
    snn.yield %v : f64
  }
  // CHECK: snn.spike_rule level {
  // CHECK: snn.yield %{{.*}} : i1
  // CHECK: } reset {
  // CHECK: snn.write @V, %{{.*}} : f64
  // CHECK: snn.yield
  snn.spike_rule level {
    %v = snn.read @V : f64
    %t = snn.read @tau : f64
    %c = arith.cmpf oge, %v, %t : f64
    snn.yield %c : i1
  } reset {
    %t = snn.read @tau : f64
    snn.write @V, %t : f64
    snn.yield
  }
  // CHECK: snn.refractory full holding [@V, @u] {
  // CHECK: } at_end {
  // CHECK: snn.write @u
  snn.refractory full holding [@V, @u] {
    %t = snn.read @tau : f64
    snn.yield %t : f64
  } at_end {
    %t = snn.read @tau : f64
    snn.write @u, %t : f64
    snn.yield
  }
}

// CHECK-LABEL: snn.neuron @Crossing
snn.neuron @Crossing {
  snn.variable state @V {
    %c = arith.constant 0.0 : f64
    snn.yield %c : f64
  }
  // CHECK: snn.spike_rule crossing {
  // CHECK: snn.yield %[[V:.*]], %[[V]] : f64, f64
  // CHECK: } reset {
  // CHECK-NEXT: }
  snn.spike_rule crossing {
    %v = snn.read @V : f64
    snn.yield %v, %v : f64, f64
  } reset {
  }
}

// CHECK-LABEL: snn.neuron @Poisson
snn.neuron @Poisson {
  // CHECK: snn.spike_rule rate multiple {
  snn.spike_rule rate multiple {
    %c = arith.constant 0.01 : f64
    snn.yield %c : f64
  } reset {
  }
}

// CHECK-LABEL: snn.synapse @S {
snn.synapse @S {
  // CHECK: snn.variable weight @w {
  snn.variable weight @w {
  }
  // CHECK: snn.variable pre @rate {
  snn.variable pre @rate {
  }
  snn.variable state @g {
    %c = arith.constant 0.0 : f64
    snn.yield %c : f64
  }
  // CHECK: snn.on_pre {
  // CHECK: snn.write @g
  snn.on_pre {
    %w = snn.read @w : f64
    snn.write @g, %w : f64
  }
  // CHECK: snn.result {
  snn.result {
    %g = snn.read @g : f64
    snn.yield %g : f64
  }
}

// CHECK-LABEL: snn.output @O {
snn.output @O {
  // CHECK: snn.variable post @V
  snn.variable post @V {
  }
  snn.result {
    %v = snn.read @V : f64
    snn.yield %v : f64
  }
}

// CHECK-LABEL: snn.network @Net {
snn.network @Net {
  // CHECK: snn.population @A = @N[10] {
  snn.population @A = @N[10] {
    // CHECK: snn.set @tau {
    snn.set @tau {
      %c = arith.constant 5.0 : f64
      snn.yield %c : f64
    }
  }
  // CHECK: snn.population @"Poisson of A" = @Poisson[10] anonymous {
  snn.population @"Poisson of A" = @Poisson[10] anonymous {
  }
  // CHECK: snn.group @E = @A[0 : 8]
  snn.group @E = @A[0 : 8]
  // CHECK: snn.projection @"E -> A" from @A[0 : 8] to @A[0 : 10] port @I fixed_indegree autapses true multapses false
  // CHECK-SAME: stream 5 aligned pre because "it must" merged_into @other number {
  // CHECK: } weight {
  // CHECK: } delay {
  // CHECK: } total {
  // CHECK: } clauses {
  // CHECK: snn.use @S {
  // CHECK: snn.use @O {
  snn.projection @"E -> A" from @A[0 : 8] to @A[0 : 10] port @I fixed_indegree autapses true multapses false stream 5
      aligned pre because "it must" merged_into @other number {
    %c = arith.constant 4.0 : f64
    snn.yield %c : f64
  } weight {
    %c = arith.constant 1.0 : f64
    snn.yield %c : f64
  } delay {
    %c = arith.constant 1.5 : f64
    snn.yield %c : f64
  } total {
    %c = arith.constant 5.0 : f64
    snn.yield %c : f64
  } clauses {
    snn.use @S {
    }
    snn.use @O {
    }
    snn.yield
  }
  // CHECK: snn.projection @other from {{.*}} pairs autapses true multapses true path "edges.npy" stream 6 number {
  // CHECK-NEXT: } weight {
  // CHECK: } delay {
  // CHECK-NEXT: } clauses {
  // CHECK-NEXT: }
  snn.projection @other from @A[0 : 8] to @A[0 : 10] port @V pairs autapses true multapses true path "edges.npy" stream 6 number {
  } weight {
    %c = arith.constant 1.0 : f64
    snn.yield %c : f64
  } delay {
  } clauses {
  }
}

// CHECK-LABEL: snn.simulate @Net dt 1.000000e-01 duration 1.000000e+03 seed 42 f64 method rk2 {
snn.simulate @Net dt 0.1 duration 1000.0 seed 42 f64 method rk2 {
  // CHECK: snn.drive @A[0 : 10] @I adds {
  snn.drive @A[0 : 10] @I adds {
    %c = arith.constant 2.0 : f64
    snn.yield %c : f64
  }
  // CHECK: snn.drive @A[2 : 4] @tau {
  snn.drive @A[2 : 4] @tau {
    %c = arith.constant 2.0 : f64
    snn.yield %c : f64
  }
  // CHECK: snn.drive @A[0 : 10] @I {
  snn.drive @A[0 : 10] @I {
    // CHECK-NEXT: snn.course "A.I"[0 : 10] from "i.npy" "" in "pA" every 5.000000e-01 linear hold
    %c = snn.course "A.I"[0 : 10] from "i.npy" "" in "pA" every 0.5 linear hold
    snn.yield %c : f64
  }
  // CHECK: snn.record "spikes of E" of @A[0 : 8]{{$}}
  snn.record "spikes of E" of @A[0 : 8]
  // CHECK: snn.record "V of A" of @A[0 : 10] variable @V every 5.000000e-01 from 1.000000e+01 field @V
  snn.record "V of A" of @A[0 : 10] variable @V every 0.5 from 10.0 field @V
  // CHECK: snn.record "g" of @A[0 : 10] variable @g synapse_of @"E -> A"
  snn.record "g" of @A[0 : 10] variable @g synapse_of @"E -> A"
  // CHECK: snn.given_spikes @A[0 : 10] to @given path "spikes.h5" {data_set = "spikes/E"}
  snn.given_spikes @A[0 : 10] to @given path "spikes.h5" {data_set = "spikes/E"}
  // CHECK: snn.given_spikes @A[2 : 4] to @given times [5.000000e-01, 2.000000e+00]
  snn.given_spikes @A[2 : 4] to @given times [0.5, 2.0]
}

// Expressions print what they parse, in every stage of the compiler alike.
// RUN: snn-opt %s | snn-opt | FileCheck %s
// RUN: snn-opt %s --mlir-print-op-generic | snn-opt | FileCheck %s

snn.program @P f32 seed 1 {
  snn.body @N.body "N" spikes 1 {
    snn.field @x state : f64 "mV" scale 1.0
    snn.field @hold hold : i16 "" scale 1.0
    snn.field @wait state : i32 "" scale 1.0
    snn.field @shortest state : i32 "" scale 1.0
    snn.uniform @"E -> N.tau"
    // CHECK-LABEL: snn.prepare
    snn.prepare {
      // CHECK: %[[A:.*]] = snn.argument 3
      %a = snn.argument 3
      // CHECK: snn.write @"E -> N.tau", %[[A]] : f64
      snn.write @"E -> N.tau", %a : f64
      // CHECK: %[[P:.*]]:8 = snn.propagator %[[A]], %[[A]], %[[A]], %[[A]] : f64, f64, f64, f64, f64, f64, f64, f64
      %p:8 = snn.propagator %a, %a, %a, %a : f64, f64, f64, f64, f64, f64, f64, f64
      // CHECK: %[[P1:.*]]:2 = snn.propagator %[[P]]#7 : f64, f64
      %q:2 = snn.propagator %p#7 : f64, f64
    }
    // CHECK-LABEL: snn.initialise
    snn.initialise {
      // CHECK: %[[I:.*]] = snn.index{{$}}
      %i = snn.index
      // CHECK: snn.index "pre"
      %pre = snn.index "pre"
      // CHECK: %[[N:.*]] = snn.count{{$}}
      %n = snn.count
      // CHECK: snn.count "post"
      %m = snn.count "post"
      // CHECK: snn.data "rates.npy"
      %d = snn.data "rates.npy"
      // CHECK: snn.data "w.npz" {data_set = "w", entry = 5 : i64, shape = array<i64: 2, 3>, unit = "nS"}
      %table = snn.data "w.npz" {data_set = "w", entry = 5 : i64, shape = array<i64: 2, 3>, unit = "nS"}
      // CHECK: snn.draw normal(%[[I]], %[[N]]) stream 7
      %normal = snn.draw normal(%i, %n) stream 7
      // CHECK: snn.draw uniform(%[[I]], %[[N]]) stream -2
      %uniform = snn.draw uniform(%i, %n) stream -2
      // CHECK: snn.draw lognormal(%[[I]], %[[N]]) at_least %[[N]] at_most %[[I]] keeping_sign clip stream 8
      %lognormal = snn.draw lognormal(%i, %n) at_least %n at_most %i keeping_sign clip stream 8
      // CHECK: snn.draw exponential(%[[I]]) at_most %[[N]] stream 9
      %exponential = snn.draw exponential(%i) at_most %n stream 9
      // CHECK: snn.draw truncated_normal(%[[I]], %[[N]], %[[I]], %[[N]]) stream 10
      %truncated = snn.draw truncated_normal(%i, %n, %i, %n) stream 10
    }
    // CHECK-LABEL: snn.step
    snn.step {
      // CHECK: %[[X:.*]] = snn.read @x : f64
      %x = snn.read @x : f64
      // CHECK: snn.read @"E -> N.tau" : f64
      %tau = snn.read @"E -> N.tau" : f64
      // CHECK: %[[H:.*]] = snn.read @hold : i16
      %h = snn.read @hold : i16
      // CHECK: snn.write @hold, %[[H]] : i16
      snn.write @hold, %h : i16
      // CHECK: snn.step_size
      %dt = snn.step_size
      // CHECK: snn.step_number
      %k = snn.step_number
      // CHECK: snn.exprel %[[X]] : f64
      %e = snn.exprel %x : f64
      // CHECK: snn.exprel spread %[[X]] : f64
      %spread = snn.exprel spread %x : f64
      // CHECK: snn.logistic %[[X]] : f64
      %rising = snn.logistic %x : f64
      // CHECK: snn.logistic decreasing %[[X]] k 2.500000e-01 : f64
      %falling = snn.logistic decreasing %x k 0.25 : f64
      // CHECK: snn.rexprel %[[X]] : f64
      %r = snn.rexprel %x : f64
      // CHECK: %[[U:.*]] = snn.random uniform stream 11
      %u = snn.random uniform stream 11
      // CHECK: snn.random normal stream 12
      %z = snn.random normal stream 12
      // CHECK: snn.poisson_count %[[X]], %[[U]] limit 64
      %c = snn.poisson_count %x, %u limit 64
      // CHECK: %[[PASSED:.*]] = arith.constant 5 : i32
      %passed = arith.constant 5 : i32
      // CHECK: %{{.*}}, %{{.*}} = snn.count_down @wait by %[[PASSED]]{{$}}
      %over, %beyond = snn.count_down @wait by %passed
      // CHECK: %{{.*}}, %{{.*}} = snn.count_down @wait by %[[PASSED]] quiet @shortest
      %again, %behind = snn.count_down @wait by %passed quiet @shortest
    }
  }
}

// Slots get their positions in the tables of the program, fields and uniforms each from 0; what nothing reads goes.
// RUN: snn-opt %s --pass-pipeline='builtin.module(snn.program(snn.body(snn-layout-state)))' | FileCheck %s

snn.program @P f64 seed 1 {
  // CHECK-LABEL: snn.body @B
  snn.body @B "N" spikes 0 {
    // CHECK-NEXT: snn.field @x state : f64 "" scale 1.000000e+00 index 0
    snn.field @x state : f64 "" scale 1.0
    // CHECK-NEXT: snn.uniform @tau index 0
    snn.uniform @tau
    // Nothing reads it, so it is gone with what is written to it.
    snn.uniform @unused
    snn.field @scratch parameter : f64 "" scale 1.0
    snn.field @derived constant : f64 "" scale 1.0
    // Read where it has just been computed only, it needs no array.
    snn.field @drawn parameter : f64 "" scale 1.0
    // A state is there to be recorded, a tap too, though no code of the body reads them.
    // CHECK-NEXT: snn.field @silent state : f64 "" scale 1.000000e+00 index 1
    snn.field @silent state : f64 "" scale 1.0
    // CHECK-NEXT: snn.field @tap.I tap : f64 "pA" scale 1.000000e+00 index 2
    snn.field @tap.I tap : f64 "pA" scale 1.0
    // CHECK-NEXT: snn.field @p parameter : f64 "" scale 1.000000e+00 index 3
    snn.field @p parameter : f64 "" scale 1.0
    // CHECK-NEXT: snn.uniform @hold_steps index 1 counter
    snn.uniform @hold_steps counter
    // CHECK-NEXT: snn.prepare {
    // CHECK-NOT: @unused
    snn.prepare {
      %a = snn.argument 0
      snn.write @tau, %a : f64
      snn.write @unused, %a : f64
      snn.write @hold_steps, %a : f64
    }
    // CHECK: snn.initialise {
    // CHECK-NOT: @scratch
    // CHECK-NOT: @derived
    // CHECK-NOT: @drawn
    // CHECK: %[[A:.*]] = snn.argument 0
    // CHECK: snn.write @p, %[[A]]
    snn.initialise {
      %a = snn.argument 0
      snn.write @scratch, %a : f64
      snn.write @derived, %a : f64
      snn.write @drawn, %a : f64
      %d = snn.read @drawn : f64
      snn.write @p, %d : f64
    }
    // CHECK: snn.step {
    snn.step {
      %t = snn.read @tau : f64
      %p = snn.read @p : f64
      %h = snn.read @hold_steps : f64
      %n = arith.mulf %t, %p : f64
      %m = arith.mulf %n, %h : f64
      snn.write @x, %m : f64
    }
  }
}

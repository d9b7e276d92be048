// Linear equations with steady coefficients are solved exactly: x += (exp(A dt) - 1) x + phi_1(A dt) c dt.
// RUN: snn-opt %s --pass-pipeline='builtin.module(snn.program(snn.body(snn-solve-odes,cse)))' | FileCheck %s

snn.program @P f64 seed 1 {
  // A single equation needs no propagator, and the update rounds once.
  // CHECK-LABEL: snn.body @decay
  snn.body @decay "N" spikes 0 {
    snn.field @x state : f64 "" scale 1.0
    snn.uniform @tau
    snn.prepare {
    }
    snn.initialise {
    }
    snn.step {
      snn.integrate holding [] {
        %x = snn.read @x : f64
        %tau = snn.read @tau : f64
        %n = arith.negf %x : f64
        %f = arith.divf %n, %tau : f64
        snn.ode @x = %f exact
      }
    }
  }
  // CHECK-NOT: snn.integrate
  // CHECK-DAG: %[[X:.*]] = snn.read @x : f64
  // CHECK-DAG: %[[TAU:.*]] = snn.read @tau : f64
  // CHECK: %[[DT:.*]] = snn.step_size
  // CHECK: %[[RATIO:.*]] = arith.divf %[[DT]], %[[TAU]] : f64
  // CHECK: %[[A:.*]] = arith.mulf %[[RATIO]], %{{.*}} : f64
  // CHECK: %[[DECAY:.*]] = math.expm1 %[[A]] : f64
  // CHECK: %[[NEXT:.*]] = math.fma %[[X]], %[[DECAY]], %[[X]] : f64
  // CHECK-NEXT: snn.write @x, %[[NEXT]] : f64
  // CHECK-NOT: snn.ode

  // A steady drive goes through phi_1 = exprel.
  // CHECK-LABEL: snn.body @driven
  snn.body @driven "N" spikes 0 {
    snn.field @x state : f64 "" scale 1.0
    snn.uniform @tau
    snn.uniform @I
    snn.prepare {
    }
    snn.initialise {
    }
    snn.step {
      snn.integrate holding [] {
        %x = snn.read @x : f64
        %I = snn.read @I : f64
        %tau = snn.read @tau : f64
        %d = arith.subf %I, %x : f64
        %f = arith.divf %d, %tau : f64
        snn.ode @x = %f default
      }
    }
  }
  // CHECK-DAG: %[[X:.*]] = snn.read @x : f64
  // CHECK-DAG: %[[I:.*]] = snn.read @I : f64
  // CHECK: %[[DECAY:.*]] = math.expm1 %[[A:.*]] : f64
  // CHECK: %[[PHI:.*]] = snn.exprel %[[A]] : f64
  // CHECK: %[[IDT:.*]] = arith.mulf %[[I]], %{{.*}} : f64
  // CHECK: %[[RESPONSE:.*]] = arith.mulf %[[IDT]], %[[PHI]] : f64
  // CHECK: %[[DRIVE:.*]] = arith.divf %[[RESPONSE]], %{{.*}} : f64
  // CHECK: %[[CHANGE:.*]] = math.fma %[[X]], %[[DECAY]], %[[DRIVE]] : f64
  // CHECK: %[[NEXT:.*]] = arith.addf %[[X]], %[[CHANGE]] : f64
  // CHECK: snn.write @x, %[[NEXT]]

  // Without a coefficient there is nothing to exponentiate.
  // CHECK-LABEL: snn.body @ramp
  snn.body @ramp "N" spikes 0 {
    snn.field @x state : f64 "" scale 1.0
    snn.uniform @I
    snn.prepare {
    }
    snn.initialise {
    }
    snn.step {
      snn.integrate holding [] {
        %I = snn.read @I : f64
        snn.ode @x = %I default
      }
    }
  }
  // CHECK-NOT: math.exp
  // CHECK: %[[STEP:.*]] = arith.mulf
  // CHECK: %[[NEXT:.*]] = arith.addf %{{.*}}, %[[STEP]] : f64
  // CHECK: snn.write @x, %[[NEXT]]

  // x' = a x + y, y' = b y: one propagator of both, and y, which does not feel x, keeps its own entry only.
  // CHECK-LABEL: snn.body @coupled
  snn.body @coupled "N" spikes 0 {
    snn.field @x state : f64 "" scale 1.0
    snn.field @y state : f64 "" scale 1.0
    snn.uniform @a
    snn.uniform @b
    snn.prepare {
    }
    snn.initialise {
    }
    snn.step {
      snn.integrate holding [] {
        %x = snn.read @x : f64
        %y = snn.read @y : f64
        %a = snn.read @a : f64
        %b = snn.read @b : f64
        %ax = arith.mulf %a, %x : f64
        %fx = arith.addf %ax, %y : f64
        %fy = arith.mulf %b, %y : f64
        snn.ode @x = %fx exact
        snn.ode @y = %fy exact
      }
    }
  }
  // CHECK-DAG: %[[X:.*]] = snn.read @x : f64
  // CHECK-DAG: %[[Y:.*]] = snn.read @y : f64
  // CHECK-DAG: %[[A:.*]] = snn.read @a : f64
  // CHECK-DAG: %[[B:.*]] = snn.read @b : f64
  // CHECK: %[[DT:.*]] = snn.step_size
  // CHECK: %[[ADT:.*]] = arith.mulf %[[A]], %[[DT]] : f64
  // CHECK: %[[ZERO:.*]] = arith.constant 0.000000e+00 : f64
  // CHECK: %[[BDT:.*]] = arith.mulf %[[B]], %[[DT]] : f64
  // CHECK: %[[P:.*]]:8 = snn.propagator %[[ADT]], %[[DT]], %[[ZERO]], %[[BDT]] :
  // CHECK: %[[FROMY:.*]] = arith.mulf %[[Y]], %[[P]]#1 : f64
  // CHECK: %[[CHANGE:.*]] = math.fma %[[X]], %[[P]]#0, %[[FROMY]] : f64
  // CHECK: %[[XNEXT:.*]] = arith.addf %[[X]], %[[CHANGE]] : f64
  // CHECK: %[[YNEXT:.*]] = math.fma %[[Y]], %[[P]]#3, %[[Y]] : f64
  // CHECK-DAG: snn.write @x, %[[XNEXT]]
  // CHECK-DAG: snn.write @y, %[[YNEXT]]

  // Equations that do not feel each other are no system.
  // CHECK-LABEL: snn.body @uncoupled
  snn.body @uncoupled "N" spikes 0 {
    snn.field @x state : f64 "" scale 1.0
    snn.field @y state : f64 "" scale 1.0
    snn.uniform @a
    snn.uniform @b
    snn.prepare {
    }
    snn.initialise {
    }
    snn.step {
      snn.integrate holding [] {
        %x = snn.read @x : f64
        %y = snn.read @y : f64
        %a = snn.read @a : f64
        %b = snn.read @b : f64
        %fx = arith.mulf %a, %x : f64
        %fy = arith.mulf %b, %y : f64
        snn.ode @x = %fx default
        snn.ode @y = %fy default
      }
    }
  }
  // CHECK-NOT: snn.propagator
  // CHECK: math.expm1
  // CHECK: math.expm1
  // CHECK-NOT: snn.propagator
}

// Exponential Euler: x += dt exprel(dt J) f, with J the derivative of the whole right-hand side.
// RUN: snn-opt %s --pass-pipeline='builtin.module(snn.program(snn.body(snn-solve-odes,cse)))' | FileCheck %s

snn.program @P f64 seed 1 {
  // V' = g (E - V) - gl V is linear in V with a slope that changes with g: z = -dt (g + gl) is computed once and serves
  // both exprel(z) and z V.
  // CHECK-LABEL: snn.body @conductance
  snn.body @conductance "N" spikes 0 {
    snn.field @V state : f64 "" scale 1.0
    snn.field @g state : f64 "" scale 1.0
    snn.uniform @gl
    snn.uniform @E
    snn.prepare {
    }
    snn.initialise {
    }
    snn.step {
      snn.integrate holding [] {
        %V = snn.read @V : f64
        %g = snn.read @g : f64
        %gl = snn.read @gl : f64
        %E = snn.read @E : f64
        %leak = arith.mulf %gl, %V : f64
        %away = arith.subf %E, %V : f64
        %I = arith.mulf %g, %away : f64
        %f = arith.subf %I, %leak : f64
        snn.ode @V = %f exp_euler
      }
    }
  }
  // CHECK-DAG: %[[V:.*]] = snn.read @V : f64
  // CHECK-DAG: %[[G:.*]] = snn.read @g : f64
  // CHECK: %[[Z:.*]] = math.fma %[[G]], %{{.*}}, %{{.*}} : f64
  // CHECK: %[[IN:.*]] = arith.mulf %[[G]], %{{.*}} : f64
  // CHECK: %[[F:.*]] = math.fma %[[Z]], %[[V]], %[[IN]] : f64
  // CHECK: %[[PHI:.*]] = snn.exprel %[[Z]] : f64
  // CHECK: %[[NEXT:.*]] = math.fma %[[PHI]], %[[F]], %[[V]] : f64
  // CHECK: snn.write @V, %[[NEXT]]
  // CHECK-NOT: math.exp

  // Where the author chooses nothing, an equation whose coefficient is another state is not linear in time.
  // CHECK-LABEL: snn.body @sharedSlope
  snn.body @sharedSlope "N" spikes 0 {
    snn.field @V state : f64 "" scale 1.0
    snn.field @g state : f64 "" scale 1.0
    snn.uniform @tau
    snn.prepare {
    }
    snn.initialise {
    }
    snn.step {
      snn.integrate holding [] {
        %V = snn.read @V : f64
        %g = snn.read @g : f64
        %tau = snn.read @tau : f64
        %f = arith.mulf %g, %V : f64
        %n = arith.negf %g : f64
        %fg = arith.divf %n, %tau : f64
        snn.ode @V = %f default
        snn.ode @g = %fg default
      }
    }
  }
  // CHECK: %[[G:.*]] = snn.read @g : f64
  // CHECK: %[[DECAY:.*]] = math.expm1
  // CHECK: %[[GNEXT:.*]] = math.fma %[[G]], %[[DECAY]], %[[G]] : f64
  // CHECK: %[[Z:.*]] = arith.mulf %[[G]], %{{.*}} : f64
  // CHECK: snn.exprel %[[Z]]
  // CHECK: snn.write @V
  // CHECK: snn.write @g, %[[GNEXT]]

  // Asked for, the method also serves linear equations, with its coefficients outside the loop.
  // CHECK-LABEL: snn.body @steadySlope
  snn.body @steadySlope "N" spikes 0 {
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
        snn.ode @x = %f exp_euler
      }
    }
  }
  // CHECK: math.expm1
  // CHECK-NOT: snn.propagator
  // CHECK: snn.write @x

  // x' = exp(k x): the derivative is k exp(k x), with the exponential computed once.
  // CHECK-LABEL: snn.body @nonlinear
  snn.body @nonlinear "N" spikes 0 {
    snn.field @x state : f64 "" scale 1.0
    snn.uniform @k
    snn.prepare {
    }
    snn.initialise {
    }
    snn.step {
      snn.integrate holding [] {
        %x = snn.read @x : f64
        %k = snn.read @k : f64
        %kx = arith.mulf %k, %x : f64
        %f = math.exp %kx : f64
        snn.ode @x = %f default
      }
    }
  }
  // CHECK-DAG: %[[X:.*]] = snn.read @x : f64
  // CHECK-DAG: %[[K:.*]] = snn.read @k : f64
  // CHECK: %[[F:.*]] = math.exp %{{.*}} : f64
  // CHECK-NOT: math.exp
  // CHECK-DAG: %[[Z:.*]] = arith.mulf %[[F]], %[[KDT:.*]] : f64
  // CHECK-DAG: %[[PHI:.*]] = snn.exprel %[[Z]] : f64
  // CHECK-DAG: %[[FDT:.*]] = arith.mulf %[[F]], %{{.*}} : f64
  // CHECK: %[[NEXT:.*]] = math.fma %[[PHI]], %{{.*}}, %[[X]] : f64
  // CHECK: snn.write @x, %[[NEXT]]
}

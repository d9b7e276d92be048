// The explicit methods: Euler, the midpoint rule, and the classical fourth-order method.
// RUN: snn-opt %s --pass-pipeline='builtin.module(snn.program(snn.body(snn-solve-odes,cse)))' | FileCheck %s

snn.program @P f64 seed 1 {
  // x + dt f(x)
  // CHECK-LABEL: snn.body @euler
  snn.body @euler "N" spikes 0 {
    snn.field @x state : f64 "" scale 1.0
    snn.prepare {
    }
    snn.initialise {
    }
    snn.step {
      snn.integrate holding [] {
        %x = snn.read @x : f64
        %f = math.exp %x : f64
        snn.ode @x = %f euler
      }
    }
  }
  // CHECK: %[[X:.*]] = snn.read @x : f64
  // CHECK: %[[F:.*]] = math.exp %[[X]] : f64
  // CHECK: %[[DT:.*]] = snn.step_size
  // CHECK: %[[NEXT:.*]] = math.fma %[[F]], %[[DT]], %[[X]] : f64
  // CHECK: snn.write @x, %[[NEXT]]

  // x + dt f(x + dt/2 f(x)): the right-hand side is evaluated twice.
  // CHECK-LABEL: snn.body @rk2
  snn.body @rk2 "N" spikes 0 {
    snn.field @x state : f64 "" scale 1.0
    snn.prepare {
    }
    snn.initialise {
    }
    snn.step {
      snn.integrate holding [] {
        %x = snn.read @x : f64
        %f = math.exp %x : f64
        snn.ode @x = %f rk2
      }
    }
  }
  // CHECK: %[[X:.*]] = snn.read @x : f64
  // CHECK: %[[F:.*]] = math.exp %[[X]] : f64
  // CHECK: %[[DT:.*]] = snn.step_size
  // CHECK: %[[HALF:.*]] = arith.constant 5.000000e-01 : f64
  // CHECK: %[[HALFDT:.*]] = arith.mulf %[[DT]], %[[HALF]] : f64
  // CHECK: %[[MID:.*]] = math.fma %[[F]], %[[HALFDT]], %[[X]] : f64
  // CHECK: %[[FMID:.*]] = math.exp %[[MID]] : f64
  // CHECK: %[[STEP:.*]] = arith.mulf %[[FMID]], %[[DT]] : f64
  // CHECK: %[[NEXT:.*]] = arith.addf %[[X]], %[[STEP]] : f64
  // CHECK: snn.write @x, %[[NEXT]]

  // The right-hand side is evaluated four times; the slopes are weighted 1 2 2 1.
  // CHECK-LABEL: snn.body @rk4
  snn.body @rk4 "N" spikes 0 {
    snn.field @x state : f64 "" scale 1.0
    snn.prepare {
    }
    snn.initialise {
    }
    snn.step {
      snn.integrate holding [] {
        %x = snn.read @x : f64
        %f = math.exp %x : f64
        snn.ode @x = %f rk4
      }
    }
  }
  // CHECK: %[[X:.*]] = snn.read @x : f64
  // CHECK: %[[F1:.*]] = math.exp %[[X]] : f64
  // CHECK: %[[K1:.*]] = arith.mulf %[[F1]], %[[DT:.*]] : f64
  // CHECK: %[[F2:.*]] = math.exp %{{.*}} : f64
  // CHECK: %[[K2:.*]] = arith.mulf %[[F2]], %[[DT]] : f64
  // CHECK: %[[F3:.*]] = math.exp %{{.*}} : f64
  // CHECK: %[[K3:.*]] = arith.mulf %[[F3]], %[[DT]] : f64
  // CHECK: %[[END:.*]] = math.fma %[[F3]], %[[DT]], %[[X]] : f64
  // CHECK: %[[F4:.*]] = math.exp %[[END]] : f64
  // CHECK: %[[K4:.*]] = arith.mulf %[[F4]], %[[DT]] : f64
  // CHECK-DAG: %[[MIDDLE:.*]] = arith.addf %[[K2]], %[[K3]] : f64
  // CHECK-DAG: %[[TWICE:.*]] = arith.mulf %[[MIDDLE]], %{{.*}} : f64
  // CHECK-DAG: %[[OUTER:.*]] = arith.addf %[[K1]], %[[K4]] : f64
  // CHECK: %[[SUM:.*]] = arith.addf %[[OUTER]], %[[TWICE]] : f64
  // CHECK: %[[CHANGE:.*]] = arith.mulf %[[SUM]], %{{.*}} : f64
  // CHECK: %[[NEXT:.*]] = arith.addf %[[X]], %[[CHANGE]] : f64
  // CHECK-NOT: math.exp
  // CHECK: snn.write @x, %[[NEXT]]

  // Stages of a system use each other's stages: y' = x is advanced with the midpoint of x.
  // CHECK-LABEL: snn.body @together
  snn.body @together "N" spikes 0 {
    snn.field @x state : f64 "" scale 1.0
    snn.field @y state : f64 "" scale 1.0
    snn.prepare {
    }
    snn.initialise {
    }
    snn.step {
      snn.integrate holding [] {
        %x = snn.read @x : f64
        %y = snn.read @y : f64
        %fx = math.exp %y : f64
        snn.ode @x = %fx rk2
        snn.ode @y = %x rk2
      }
    }
  }
  // CHECK-DAG: %[[X:.*]] = snn.read @x : f64
  // CHECK-DAG: %[[Y:.*]] = snn.read @y : f64
  // CHECK: %[[FX:.*]] = math.exp %[[Y]] : f64
  // CHECK: %[[YMID:.*]] = math.fma %[[X]], %{{.*}}, %[[Y]] : f64
  // CHECK: math.exp %[[YMID]] : f64
  // CHECK: snn.write @x
  // CHECK: snn.write @y
}

// Held states keep their value while the neuron is refractory; the others go on, and see them stand still.
// RUN: snn-opt %s --pass-pipeline='builtin.module(snn.program(snn.body(snn-solve-odes,cse)))' | FileCheck %s

snn.program @P f64 seed 1 {
  // V is held, u is not and does not feel V.
  // CHECK-LABEL: snn.body @held
  snn.body @held "N" spikes 0 {
    snn.field @V state : f64 "" scale 1.0
    snn.field @u state : f64 "" scale 1.0
    snn.field @hold hold : i16 "" scale 1.0
    snn.uniform @a
    snn.prepare {
    }
    snn.initialise {
    }
    snn.step {
      %left = snn.read @hold : i16
      %zero = arith.constant 0 : i16
      %held = arith.cmpi ne, %left, %zero : i16
      snn.integrate held %held holding [@V] {
        %V = snn.read @V : f64
        %u = snn.read @u : f64
        %a = snn.read @a : f64
        %fV = arith.mulf %a, %V : f64
        %fu = arith.mulf %a, %u : f64
        snn.ode @V = %fV exact
        snn.ode @u = %fu exact
      }
    }
  }
  // CHECK: %[[HELD:.*]] = arith.cmpi ne
  // CHECK-DAG: %[[V:.*]] = snn.read @V : f64
  // CHECK-DAG: %[[U:.*]] = snn.read @u : f64
  // CHECK-DAG: %[[VFREE:.*]] = math.fma %[[V]], %[[DECAY:.*]], %[[V]] : f64
  // CHECK-DAG: %[[UNEXT:.*]] = math.fma %[[U]], %[[DECAY]], %[[U]] : f64
  // CHECK: %[[VNEXT:.*]] = arith.select %[[HELD]], %[[V]], %[[VFREE]] : f64
  // CHECK-DAG: snn.write @V, %[[VNEXT]]
  // CHECK-DAG: snn.write @u, %[[UNEXT]]

  // u follows V. While V is held it is a constant for u: the second propagator has zeros in the row of V.
  // CHECK-LABEL: snn.body @feelsHeld
  snn.body @feelsHeld "N" spikes 0 {
    snn.field @V state : f64 "" scale 1.0
    snn.field @u state : f64 "" scale 1.0
    snn.field @hold hold : i16 "" scale 1.0
    snn.uniform @a
    snn.prepare {
    }
    snn.initialise {
    }
    snn.step {
      %left = snn.read @hold : i16
      %zero = arith.constant 0 : i16
      %held = arith.cmpi ne, %left, %zero : i16
      snn.integrate held %held holding [@V] {
        %V = snn.read @V : f64
        %u = snn.read @u : f64
        %a = snn.read @a : f64
        %fV = arith.mulf %a, %V : f64
        %d = arith.subf %V, %u : f64
        %fu = arith.mulf %a, %d : f64
        snn.ode @V = %fV exact
        snn.ode @u = %fu exact
      }
    }
  }
  // CHECK: %[[HELD:.*]] = arith.cmpi ne
  // CHECK-DAG: %[[V:.*]] = snn.read @V : f64
  // CHECK-DAG: %[[U:.*]] = snn.read @u : f64
  // CHECK: %[[ZERO:.*]] = arith.constant 0.000000e+00 : f64
  // CHECK: snn.propagator %[[ADT:.*]], %[[ZERO]], %[[ADT]], %[[MINUS:[0-9a-z]+]] :
  // CHECK: %[[UFREE:.*]] = arith.addf %[[U]], %{{.*}} : f64
  // CHECK: snn.propagator %[[ZERO]], %[[ZERO]], %[[ADT]], %[[MINUS]] :
  // CHECK: %[[UWAIT:.*]] = arith.addf %[[U]], %{{.*}} : f64
  // CHECK: %[[UNEXT:.*]] = arith.select %[[HELD]], %[[UWAIT]], %[[UFREE]] : f64
  // CHECK: %[[VNEXT:.*]] = arith.select %[[HELD]], %[[V]], %{{.*}} : f64
  // CHECK: snn.write @V, %[[VNEXT]]
  // CHECK: snn.write @u, %[[UNEXT]]
}

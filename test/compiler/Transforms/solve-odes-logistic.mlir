// A Boltzmann function is one operation, and shares the exponential of a rate whose argument differs by a number.
// RUN: snn-opt %s --pass-pipeline='builtin.module(snn.program(snn.body(snn-solve-odes,cse)))' | FileCheck %s

snn.program @P f64 seed 1 {
  // h' = 4 / (1 + exp((40 - V) / 5)) and m' = 1 / exprel((15 - V) / 5): with r = (15 - V) / 5 the first is
  // 4 / (1 + e^5 e^r), e^5 = 148.41.
  // CHECK-LABEL: snn.body @shared
  snn.body @shared "N" spikes 0 {
    snn.field @V state : f64 "" scale 1.0
    snn.field @h state : f64 "" scale 1.0
    snn.field @m state : f64 "" scale 1.0
    snn.prepare {
    }
    snn.initialise {
    }
    snn.step {
      snn.integrate holding [] {
        %V = snn.read @V : f64
        %c1 = arith.constant 1.0 : f64
        %c4 = arith.constant 4.0 : f64
        %c5 = arith.constant 5.0 : f64
        %c15 = arith.constant 15.0 : f64
        %c40 = arith.constant 40.0 : f64
        %u = arith.subf %c40, %V : f64
        %v = arith.divf %u, %c5 : f64
        %e = math.exp %v : f64
        %d = arith.addf %e, %c1 : f64
        %f = arith.divf %c4, %d : f64
        snn.ode @h = %f euler
        %w = arith.subf %c15, %V : f64
        %x = arith.divf %w, %c5 : f64
        %p = snn.exprel %x : f64
        %g = arith.divf %c1, %p : f64
        snn.ode @m = %g euler
      }
    }
  }
  // CHECK: snn.logistic decreasing %[[R:[0-9]*]] k 148.41315910{{[0-9]*}} : f64
  // CHECK: snn.rexprel %[[R]] : f64

  // 1 / (1 + exp(V) / 3.57), the magnesium block: k need not be 1. With a minus there is a pole, and no such function.
  // CHECK-LABEL: snn.body @alone
  snn.body @alone "N" spikes 0 {
    snn.field @V state : f64 "" scale 1.0
    snn.field @s state : f64 "" scale 1.0
    snn.prepare {
    }
    snn.initialise {
    }
    snn.step {
      snn.integrate holding [] {
        %V = snn.read @V : f64
        %c1 = arith.constant 1.0 : f64
        %k = arith.constant 0.25 : f64
        %e = math.exp %V : f64
        %ke = arith.mulf %e, %k : f64
        %d = arith.addf %c1, %ke : f64
        %f = arith.divf %c1, %d : f64
        snn.ode @s = %f euler
        %minus = arith.subf %c1, %ke : f64
        %g = arith.divf %c1, %minus : f64
        snn.ode @V = %g euler
      }
    }
  }
  // CHECK: %[[V:.*]] = snn.read @V : f64
  // CHECK: %[[E:.*]] = math.exp %[[V]] : f64
  // CHECK: snn.logistic decreasing %[[V]] k 2.500000e-01 : f64
  // CHECK: math.fma %[[E]]
  // CHECK: arith.divf
}

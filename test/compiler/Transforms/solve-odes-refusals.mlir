// Equations that a method cannot advance, told where they stand.
// RUN: snn-opt %s --pass-pipeline='builtin.module(snn.program(snn.body(snn-solve-odes)))' --verify-diagnostics --split-input-file

// An exact solution needs coefficients that do not change in time; the state itself counts.
snn.program @P f64 seed 1 {
  snn.body @B "N" spikes 0 {
    snn.field @x state : f64 "" scale 1.0
    snn.prepare {
    }
    snn.initialise {
    }
    snn.step {
      snn.integrate holding [] {
        %x = snn.read @x : f64
        %f = arith.mulf %x, %x : f64
        // expected-error @+1 {{`method exact` needs linear equations whose coefficients do not change in time}}
        snn.ode @x = %f exact
      }
    }
  }
}

// -----

// So does another state, unless it is advanced by the same system.
snn.program @P f64 seed 1 {
  snn.body @B "N" spikes 0 {
    snn.field @x state : f64 "" scale 1.0
    snn.field @g state : f64 "" scale 1.0
    snn.prepare {
    }
    snn.initialise {
    }
    snn.step {
      snn.integrate holding [] {
        %x = snn.read @x : f64
        %g = snn.read @g : f64
        %f = arith.mulf %g, %x : f64
        // expected-error @+1 {{`method exact` needs linear equations whose coefficients do not change in time}}
        snn.ode @x = %f exact
      }
    }
  }
}

// -----

// Exponential Euler needs a derivative; the error stands at the expression that has none.
snn.program @P f64 seed 1 {
  snn.body @B "N" spikes 0 {
    snn.field @x state : f64 "" scale 1.0
    snn.prepare {
    }
    snn.initialise {
    }
    snn.step {
      snn.integrate holding [] {
        %x = snn.read @x : f64
        // expected-error @+1 {{the derivative of this expression is not known; choose `method euler`, `rk2` or `rk4`}}
        %f = math.atan %x : f64
        snn.ode @x = %f default
      }
    }
  }
}

// -----

// The explicit methods need none.
snn.program @P f64 seed 1 {
  snn.body @B "N" spikes 0 {
    snn.field @x state : f64 "" scale 1.0
    snn.prepare {
    }
    snn.initialise {
    }
    snn.step {
      snn.integrate holding [] {
        %x = snn.read @x : f64
        %f = math.atan %x : f64
        snn.ode @x = %f rk4
      }
    }
  }
}

// What the dialect does not accept, with the reason.
// RUN: snn-opt %s --verify-diagnostics --split-input-file

// The matrix of a propagator is square, and both its results are as large as it.
snn.program @P f32 seed 1 {
  snn.body @B "N" spikes 0 {
    snn.prepare {
      %a = snn.argument 0
      // expected-error @+1 {{'snn.propagator' op needs the entries of a square matrix, but has 3}}
      %p:6 = snn.propagator %a, %a, %a : f64, f64, f64, f64, f64, f64
    }
    snn.initialise {
    }
  }
}

// -----

snn.program @P f32 seed 1 {
  snn.body @B "N" spikes 0 {
    snn.prepare {
      // expected-error @+1 {{'snn.propagator' op needs the entries of a square matrix, but has 0}}
      "snn.propagator"() : () -> ()
    }
    snn.initialise {
    }
  }
}

// -----

snn.program @P f32 seed 1 {
  snn.body @B "N" spikes 0 {
    snn.prepare {
      %a = snn.argument 0
      // expected-error @+1 {{'snn.propagator' op yields two matrices of 4 entries, but has 4 results}}
      %p:4 = snn.propagator %a, %a, %a, %a : f64, f64, f64, f64
    }
    snn.initialise {
    }
  }
}

// -----

// A draw has as many parameters as its distribution.
snn.program @P f32 seed 1 {
  snn.body @B "N" spikes 0 {
    snn.prepare {
    }
    snn.initialise {
      %a = snn.argument 0
      // expected-error @+1 {{'snn.draw' op has 1 parameters, but `normal` takes 2}}
      %d = snn.draw normal(%a) stream 1
    }
  }
}

// -----

snn.program @P f32 seed 1 {
  snn.body @B "N" spikes 0 {
    snn.prepare {
    }
    snn.initialise {
      %a = snn.argument 0
      // expected-error @+1 {{'snn.draw' op has 2 parameters, but `exponential` takes 1}}
      %d = snn.draw exponential(%a, %a) stream 1
    }
  }
}

// -----

snn.program @P f32 seed 1 {
  snn.body @B "N" spikes 0 {
    snn.prepare {
    }
    snn.initialise {
      %a = snn.argument 0
      // expected-error @+1 {{'snn.draw' op has 2 parameters, but `truncated_normal` takes 4}}
      %d = snn.draw truncated_normal(%a, %a) stream 1
    }
  }
}

// -----

// A definition knows its variables only.
snn.neuron @N {
  snn.variable state @V {
    // expected-error @+1 {{'snn.read' op names `V_rest`, which its definition does not declare}}
    %v = snn.read @V_rest : f64
    snn.yield %v : f64
  }
}

// -----

snn.synapse @S {
  snn.variable weight @w {
  }
  snn.on_pre {
    %w = snn.read @w : f64
    // expected-error @+1 {{'snn.write' op names `g`, which its definition does not declare}}
    snn.write @g, %w : f64
  }
}

// -----

snn.output @O {
  snn.result {
    // expected-error @+1 {{'snn.read' op names `g`, which its definition does not declare}}
    %g = snn.read @g : f64
    snn.yield %g : f64
  }
}

// -----

// Only states have equations.
snn.neuron @N {
  snn.variable param @tau {
    %c = arith.constant 1.0 : f64
    snn.yield %c : f64
  }
  // expected-error @+1 {{'snn.equation' op needs a state, which `tau` is not}}
  snn.equation @tau default group 0 {
    %t = snn.read @tau : f64
    snn.yield %t : f64
  }
}

// -----

// The condition of a spike rule yields what its kind needs.
snn.neuron @N {
  // expected-error @+1 {{'snn.spike_rule' op of kind `level` needs a condition that yields one i1}}
  snn.spike_rule level {
    %c = arith.constant 1.0 : f64
    snn.yield %c : f64
  } reset {
  }
}

// -----

snn.neuron @N {
  // expected-error @+1 {{'snn.spike_rule' op of kind `crossing` needs a condition that yields its two sides as f64}}
  snn.spike_rule crossing {
    %c = arith.constant 1.0 : f64
    snn.yield %c : f64
  } reset {
  }
}

// -----

snn.neuron @N {
  // expected-error @+1 {{'snn.spike_rule' op of kind `rate` needs a condition that yields one f64}}
  snn.spike_rule rate {
    %c = arith.constant true
    snn.yield %c : i1
  } reset {
  }
}

// -----

snn.neuron @N {
  // expected-error @+1 {{'snn.spike_rule' op needs an `snn.yield` at the end of its condition}}
  snn.spike_rule rate {
    llvm.unreachable
  } reset {
  }
}

// -----

// A body knows its slots only, and each as what it is.
snn.program @P f32 seed 1 {
  snn.body @B "N" spikes 0 {
    snn.prepare {
    }
    snn.initialise {
    }
    snn.step {
      // expected-error @+1 {{'snn.read' op names `V`, which its body does not declare}}
      %v = snn.read @V : f64
    }
  }
}

// -----

snn.program @P f32 seed 1 {
  snn.body @B "N" spikes 0 {
    snn.field @hold hold : i16 "" scale 1.0
    snn.prepare {
    }
    snn.initialise {
    }
    snn.step {
      // expected-error @+1 {{'snn.read' op takes `hold` for 'f64', but it is 'i16'}}
      %v = snn.read @hold : f64
    }
  }
}

// -----

snn.program @P f32 seed 1 {
  snn.body @B "N" spikes 0 {
    snn.uniform @tau
    snn.prepare {
    }
    snn.initialise {
    }
    snn.step {
      %c = arith.constant 1 : i16
      // expected-error @+1 {{'snn.write' op takes `tau` for 'i16', but it is 'f64'}}
      snn.write @tau, %c : i16
    }
  }
}

// -----

snn.program @P f32 seed 1 {
  snn.body @B "N" spikes 0 {
    snn.field @tau parameter : f64 "ms" scale 1.0
    snn.prepare {
    }
    snn.initialise {
    }
    snn.step {
      snn.integrate holding [] {
        %t = snn.read @tau : f64
        // expected-error @+1 {{'snn.ode' op needs a state, which `tau` is not}}
        snn.ode @tau = %t euler
      }
    }
  }
}

// -----

snn.program @P f32 seed 1 {
  // expected-error @+1 {{'snn.body' op needs one `snn.prepare` and one `snn.initialise`}}
  snn.body @B "N" spikes 0 {
    snn.prepare {
    }
  }
}

// -----

snn.program @P f32 seed 1 {
  // expected-error @+1 {{'snn.body' op has several `snn.step`}}
  snn.body @B "N" spikes 0 {
    snn.prepare {
    }
    snn.initialise {
    }
    snn.step {
    }
    snn.step {
    }
  }
}

// -----

// Lanes are of a body, and use its slots.
snn.program @P f32 seed 1 {
  snn.time_loop {
    // expected-error @+1 {{'snn.lanes' op is of `B`, which is no body of the program}}
    snn.lanes @B [] {
    }
  }
}

// -----

snn.program @P f32 seed 1 {
  snn.body @B "N" spikes 0 {
    snn.prepare {
    }
    snn.initialise {
    }
  }
  snn.time_loop {
    snn.lanes @B [] {
      // expected-error @+1 {{'snn.read' op names `V`, which the body of its lanes does not declare}}
      %v = snn.read @V : f64
    }
  }
}

// -----

// So are the synapses that transmit.
snn.program @P f32 seed 1 {
  snn.time_loop {
    // expected-error @+1 {{'snn.transmit' op is of `B`, which is no body of the program}}
    snn.transmit @B [] aligned pre {
    }
  }
}

// -----

// Slots hold numbers in double precision, or counters.
snn.program @P f32 seed 1 {
  snn.body @B "N" spikes 0 {
    snn.prepare {
    }
    snn.initialise {
    }
    snn.step {
      // expected-error @+1 {{result #0 must be 64-bit float or 16-bit signless integer or 32-bit signless integer, but got 'f32'}}
      %v = snn.read @V : f32
    }
  }
}

// -----

// Two slots of a body have two names.
snn.program @P f32 seed 1 {
  snn.body @B "N" spikes 0 {
    // expected-note @+1 {{see existing symbol definition here}}
    snn.uniform @tau
    // expected-error @+1 {{redefinition of symbol named 'tau'}}
    snn.uniform @tau
    snn.prepare {
    }
    snn.initialise {
    }
  }
}

// -----

// A body sees nothing of the program around it.
snn.program @P f32 seed 1 {
  snn.body @B "N" spikes 0 {
    %outside = arith.constant 1.0 : f64
    // expected-note @+1 {{required by region isolation constraints}}
    snn.body @Inner "N" spikes 0 {
      snn.prepare {
      }
      snn.initialise {
      }
      snn.step {
        // expected-error @+1 {{'snn.exprel' op using value defined outside the region}}
        %e = snn.exprel %outside : f64
      }
    }
    snn.prepare {
    }
    snn.initialise {
    }
  }
}

// -----

// expected-error @+1 {{expected string or keyword containing one of the following enum values for attribute 'kind' [param, state, input, let, weight, pre, post, old, since_spike, syn, modulator, delayed]}}
snn.neuron @N { snn.variable constant @c { } }

// Operations of plasticity print and parse back.
// RUN: snn-opt %s | snn-opt | FileCheck %s

// CHECK: snn.plasticity @STDP {
snn.plasticity @STDP {
  snn.variable weight @w {
  }
  snn.variable state @x {
    %zero = arith.constant 0.0 : f64
    snn.yield %zero : f64
  }
  snn.on_pre {
    %x = snn.read @x : f64
    // CHECK: snn.release %{{.*}}
    snn.release %x
  }
  // CHECK: snn.on_post {
  snn.on_post {
    %w = snn.read @w : f64
    snn.write @w, %w : f64
  }
}
snn.network @Net {
  snn.population @A = @LIF[10] {
  }
  snn.projection @W from @A[0 : 10] to @A[0 : 10] port @V all_to_all autapses true multapses true stream 7
    number { } weight {
      %w = arith.constant 1.0 : f64
      snn.yield %w : f64
    } delay { } clauses {
      // CHECK: snn.use @STDP owners {x = "pre"} {
      snn.use @STDP owners {x = "pre"} {
      }
      snn.yield
    }
}
// CHECK: snn.record "w of W[:5]" of @A[0 : 5] synapse_of @W weights
snn.simulate @Net dt 0.1 duration 10.0 seed 1 f64 method default {
  snn.record "w of W[:5]" of @A[0 : 5] synapse_of @W weights
}

snn.program @Run f64 seed 1 {
  snn.body @A.body "LIF" spikes 1 {
    snn.field @x state : f64 "" scale 1.0
    // CHECK: snn.field @x.past history : f64
    snn.field @x.past history : f64 "" scale 1.0
    snn.prepare {
    }
    snn.initialise {
    }
    snn.step {
      // CHECK: snn.advance {
      snn.advance {
        // CHECK-NEXT: snn.integrate holding [] {
        snn.integrate holding [] {
        }
      }
      // CHECK: snn.on_spike {
      snn.on_spike {
      }
      // CHECK: snn.remember {
      snn.remember {
        %x = snn.read @x : f64
        snn.write @x.past, %x : f64
      }
    }
  }
  snn.body @W.body "Delta" spikes 0 {
    snn.field @rules.updated state : i32 "" scale 1.0
    snn.prepare {
    }
    snn.initialise {
    }
    snn.step {
      snn.on_event {
        // CHECK: snn.integrate lazy holding [] {
        snn.integrate lazy holding [] {
        }
        // CHECK: snn.event_step emission
        %now = snn.event_step emission
        snn.write @rules.updated, %now : i32
        // CHECK: %[[X:.*]] = snn.joined source "x.sent"
        %x = snn.joined source "x.sent"
        // CHECK: snn.set_weight %[[X]]
        snn.set_weight %x
        // CHECK: snn.add_to_target %[[X]]
        snn.add_to_target %x
      }
      // CHECK: snn.on_target_spike delay_stored late {
      snn.on_target_spike delay_stored late {
        // CHECK: snn.joined target "y"{{$}}
        // CHECK: snn.joined target "y.beginning" late
        %y = snn.joined target "y"
        %late = snn.joined target "y.beginning" late
        // CHECK: snn.event_step{{$}}
        %now = snn.event_step
      }
    }
  }
  // CHECK: snn.synapses @W.synapses on @W of @W.body arguments [] aligned connection plastic target_states dendritic
  snn.synapses @W.synapses on @W of @W.body arguments [] aligned connection plastic target_states dendritic
  // CHECK: snn.probe "w of W" "w" of @A[@begin : @end] weights_of @W
  snn.probe "w of W" "w" of @A[@begin : @end] weights_of @W
  snn.time_loop {
    // CHECK: snn.lanes @A.body [@A] aside "advance" {
    snn.lanes @A.body [@A] aside "advance" {
    }
    // CHECK: snn.respond @W.body [@W] delay_stored late {
    snn.respond @W.body [@W] delay_stored late {
    }
    // CHECK: snn.emit @A.body [@A] {
    snn.emit @A.body [@A] {
    }
  }
}

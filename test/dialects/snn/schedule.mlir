// The third form of the dialect: the phases of one step in one loop over time.
// RUN: snn-opt %s | snn-opt | FileCheck %s
// RUN: snn-opt %s --mlir-print-op-generic | snn-opt | FileCheck %s

snn.program @Net f64 seed 1 {
  snn.body @N.body "LIF" spikes 0 {
    snn.field @V state : f64 "mV" scale 1.0 index 0
    snn.prepare {
    }
    snn.initialise {
    }
  }
  // CHECK: snn.time_loop {
  snn.time_loop {
    // CHECK-NEXT: snn.deliver [@a, @b]{{$}}
    snn.deliver [@a, @b]
    // CHECK-NEXT: snn.deliver [@c] amount_stored delay_stored
    snn.deliver [@c] amount_stored delay_stored
    // CHECK-NEXT: snn.transmit @N.body [@d] aligned connection {
    snn.transmit @N.body [@d] aligned connection {
      // CHECK-NEXT: snn.read @V : f64
      %v = snn.read @V : f64
    // CHECK-NEXT: }
    }
    // CHECK-NEXT: snn.lanes @N.body [@N, @M] {
    snn.lanes @N.body [@N, @M] {
      // CHECK-NEXT: snn.read @V : f64
      %v = snn.read @V : f64
    // CHECK-NEXT: }
    }
    // CHECK-NEXT: snn.meet
    snn.meet
  }
}

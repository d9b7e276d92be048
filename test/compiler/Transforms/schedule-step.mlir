// One loop over time: deliveries by how their numbers are stored, one fused loop for each body, the meeting.
// RUN: snn-opt %s --pass-pipeline='builtin.module(snn.program(snn-schedule-step))' | FileCheck %s

snn.program @P f64 seed 1 {
  snn.setting @zero = 0.0 "" scale 1.0
  snn.setting @size = 8.0 "" scale 1.0
  // The step has left the body.
  // CHECK-LABEL: snn.body @Sink
  // CHECK-NOT: snn.step
  snn.body @Sink "Sink" spikes 0 {
    snn.field @x state : f64 "" scale 1.0 index 0
    snn.prepare {
    }
    snn.initialise {
    }
    snn.step {
      %x = snn.read @x : f64
      %y = arith.mulf %x, %x : f64
      snn.write @x, %y : f64
    }
  }
  snn.body @Source "Source" spikes 1 {
    snn.prepare {
    }
    snn.initialise {
    }
    snn.step {
      %true = arith.constant true
      snn.spike %true {
      }
    }
  }
  snn.instance @A of @Sink size @size arguments []
  snn.instance @B of @Source size @size arguments []
  snn.instance @C of @Sink size @size arguments []
  snn.connector @uniform amount {
    %a = snn.argument 0
    snn.yield %a : f64
  } delay {
  }
  snn.connector @drawn amount_stored delay_stored amount {
    %a = snn.index "pre"
    snn.yield %a : f64
  } delay {
    %a = snn.index "post"
    snn.yield %a : f64
  }
  snn.connector @weights amount_stored amount {
    %a = snn.index "pre"
    snn.yield %a : f64
  } delay {
  }
  snn.route @r0 through @uniform arguments [@size] from @B[@zero : @size] to @A[@zero : @size] field @x
    all_to_all autapses true multapses true stream 1
  snn.route @r1 through @drawn arguments [] from @B[@zero : @size] to @A[@zero : @size] field @x
    all_to_all autapses true multapses true stream 2
  snn.route @r2 through @uniform arguments [@size] from @B[@zero : @size] to @C[@zero : @size] field @x
    all_to_all autapses true multapses true stream 3
  snn.route @r3 through @weights arguments [] from @B[@zero : @size] to @C[@zero : @size] field @x
    all_to_all autapses true multapses true stream 4
}

// CHECK: snn.time_loop {
// CHECK-NEXT: snn.deliver [@r0, @r2]{{$}}
// CHECK-NEXT: snn.deliver [@r1] amount_stored delay_stored{{$}}
// CHECK-NEXT: snn.deliver [@r3] amount_stored{{$}}
// CHECK-NEXT: snn.lanes @Sink [@A, @C] {
// CHECK-NEXT: %[[X:.*]] = snn.read @x : f64
// CHECK-NEXT: %[[Y:.*]] = arith.mulf %[[X]], %[[X]] : f64
// CHECK-NEXT: snn.write @x, %[[Y]] : f64
// CHECK-NEXT: }
// CHECK-NEXT: snn.lanes @Source [@B] {
// CHECK-NEXT: %{{.*}} = arith.constant true
// CHECK-NEXT: snn.spike
// CHECK: snn.meet
// CHECK-NEXT: }

// Delivery of the events that are due in step k, for one projection: the phase "arrive".
//
// A template: `!real` is the precision of states, @DELIVER the name, SOURCE and FIELD are entries of the route, and what ADD
// stands for depends on how amounts are stored. Where synapses have states of their own, a call takes the place of what lies
// between ROW and END. Every worker walks the spike lists of all workers and adds to the fields of its own neurons only, so nothing here is
// atomic, and the order of additions into a target (delay, source, synapse) is the same for any number of workers.

!share = !llvm.struct<(i32, i32, i32)>
!spikes = !llvm.struct<(ptr, ptr)>
!block = !llvm.struct<(i32, ptr, ptr, ptr, ptr, ptr, ptr, ptr, ptr, ptr, i32)>
!rows = !llvm.struct<(i32, i32, i32, i32, i32, ptr)>
!worker = !llvm.struct<(i32, ptr, ptr, ptr, ptr, i64, i64, i64, i32, ptr)>
!state = !llvm.struct<(ptr, ptr, ptr, ptr, ptr, f64, i64, i64, i32, i32, i32, ptr, ptr, ptr, ptr, ptr, ptr, ptr, ptr, i32, ptr, ptr)>

// route: projection, source population, field of the worker's table
llvm.func internal @DELIVER(%state: !llvm.ptr {llvm.noalias}, %worker: !llvm.ptr {llvm.noalias}, %route: !llvm.ptr {llvm.noalias}, %k: i64) {
  %zero = arith.constant 0 : i64
  %one = arith.constant 1 : i64
  %four = arith.constant 4 : i64
  %mask4 = arith.constant -4 : i64
  %null = llvm.mlir.zero : !llvm.ptr
  %projection = llvm.load %route : !llvm.ptr -> i32
  %source_at = llvm.getelementptr %route[SOURCE] : (!llvm.ptr) -> !llvm.ptr, i32
  %source = llvm.load %source_at : !llvm.ptr -> i32
  %field_at = llvm.getelementptr %route[FIELD] : (!llvm.ptr) -> !llvm.ptr, i32
  %field = llvm.load %field_at : !llvm.ptr -> i32

  %rows_at = llvm.getelementptr %worker[0, 4] : (!llvm.ptr) -> !llvm.ptr, !worker
  %all_rows = llvm.load %rows_at : !llvm.ptr -> !llvm.ptr
  %rows = llvm.getelementptr %all_rows[%projection] : (!llvm.ptr, i32) -> !llvm.ptr, !rows
  %source_begin_at = llvm.getelementptr %rows[0, 0] : (!llvm.ptr) -> !llvm.ptr, !rows
  %source_begin = llvm.load %source_begin_at : !llvm.ptr -> i32
  %source_end_at = llvm.getelementptr %rows[0, 1] : (!llvm.ptr) -> !llvm.ptr, !rows
  %source_end = llvm.load %source_end_at : !llvm.ptr -> i32
  %sources = arith.subi %source_end, %source_begin : i32
  %min_at = llvm.getelementptr %rows[0, 2] : (!llvm.ptr) -> !llvm.ptr, !rows
  %min32 = llvm.load %min_at : !llvm.ptr -> i32
  %min = arith.extui %min32 : i32 to i64
  %max_at = llvm.getelementptr %rows[0, 3] : (!llvm.ptr) -> !llvm.ptr, !rows
  %max32 = llvm.load %max_at : !llvm.ptr -> i32
  %max = arith.extui %max32 : i32 to i64
  %n_blocks_at = llvm.getelementptr %rows[0, 4] : (!llvm.ptr) -> !llvm.ptr, !rows
  %n_blocks32 = llvm.load %n_blocks_at : !llvm.ptr -> i32
  %n_blocks = arith.extui %n_blocks32 : i32 to i64
  %blocks_at = llvm.getelementptr %rows[0, 5] : (!llvm.ptr) -> !llvm.ptr, !rows
  %blocks = llvm.load %blocks_at : !llvm.ptr -> !llvm.ptr
  %delays = arith.subi %max, %min : i64
  %span = arith.addi %delays, %one : i64
  %stride = arith.addi %span, %one : i64
  %has_synapses = arith.cmpi ne, %max, %zero : i64
  %rounds = arith.select %has_synapses, %span, %zero : i64

  %amounts_at = llvm.getelementptr %state[0, 3] : (!llvm.ptr) -> !llvm.ptr, !state
  %amounts = llvm.load %amounts_at : !llvm.ptr -> !llvm.ptr
  %amount_at = llvm.getelementptr %amounts[%projection] : (!llvm.ptr, i32) -> !llvm.ptr, f64
  %amount64 = llvm.load %amount_at : !llvm.ptr -> f64
  %uniform = TRUNCATE %amount64

  %chunk_first_at = llvm.getelementptr %state[0, 7] : (!llvm.ptr) -> !llvm.ptr, !state
  %chunk_first = llvm.load %chunk_first_at : !llvm.ptr -> i64
  %history_at = llvm.getelementptr %state[0, 8] : (!llvm.ptr) -> !llvm.ptr, !state
  %history32 = llvm.load %history_at : !llvm.ptr -> i32
  %history = arith.extui %history32 : i32 to i64
  %since_chunk = arith.subi %k, %chunk_first : i64
  %slot_now = arith.addi %since_chunk, %history : i64
  %n_workers_at = llvm.getelementptr %state[0, 10] : (!llvm.ptr) -> !llvm.ptr, !state
  %n_workers32 = llvm.load %n_workers_at : !llvm.ptr -> i32
  %n_workers = arith.extui %n_workers32 : i32 to i64
  %workers_at = llvm.getelementptr %state[0, 11] : (!llvm.ptr) -> !llvm.ptr, !state
  %workers = llvm.load %workers_at : !llvm.ptr -> !llvm.ptr

  %fields_at = llvm.getelementptr %worker[0, 2] : (!llvm.ptr) -> !llvm.ptr, !worker
  %fields = llvm.load %fields_at : !llvm.ptr -> !llvm.ptr
  %base_at = llvm.getelementptr %fields[%field] : (!llvm.ptr, i32) -> !llvm.ptr, !llvm.ptr
  %base = llvm.load %base_at : !llvm.ptr -> !llvm.ptr
  %events_at = llvm.getelementptr %worker[0, 6] : (!llvm.ptr) -> !llvm.ptr, !worker
  %events = llvm.load %events_at : !llvm.ptr -> i64

  // Oldest spikes first.
  %total = scf.for %round = %zero to %rounds step %one iter_args(%sum0 = %events) -> (i64) : i64 {
    %delay = arith.subi %max, %round : i64
    %segment_index = arith.subi %delays, %round : i64
    %slot = arith.subi %slot_now, %delay : i64
    %sum1 = scf.for %w = %zero to %n_workers step %one iter_args(%sum2 = %sum0) -> (i64) : i64 {
      %other_at = llvm.getelementptr %workers[%w] : (!llvm.ptr, i64) -> !llvm.ptr, !llvm.ptr
      %other = llvm.load %other_at : !llvm.ptr -> !llvm.ptr
      %all_spikes_at = llvm.getelementptr %other[0, 3] : (!llvm.ptr) -> !llvm.ptr, !worker
      %all_spikes = llvm.load %all_spikes_at : !llvm.ptr -> !llvm.ptr
      %index_at = llvm.getelementptr %all_spikes[%source, 0] : (!llvm.ptr, i32) -> !llvm.ptr, !spikes
      %index = llvm.load %index_at : !llvm.ptr -> !llvm.ptr
      %first_at = llvm.getelementptr %all_spikes[%source, 1] : (!llvm.ptr, i32) -> !llvm.ptr, !spikes
      %first = llvm.load %first_at : !llvm.ptr -> !llvm.ptr
      %begin_at = llvm.getelementptr %first[%slot] : (!llvm.ptr, i64) -> !llvm.ptr, i64
      %begin = llvm.load %begin_at : !llvm.ptr -> i64
      %end_at = llvm.getelementptr %begin_at[1] : (!llvm.ptr) -> !llvm.ptr, i64
      %end = llvm.load %end_at : !llvm.ptr -> i64
      %any = arith.cmpi ult, %begin, %end : i64
      %sum3 = scf.if %any -> (i64) {
        %last = arith.subi %end, %one : i64
        %sum4 = scf.for %b = %zero to %n_blocks step %one iter_args(%sum5 = %sum2) -> (i64) : i64 {
          %first_target_at = llvm.getelementptr %blocks[%b, 0] : (!llvm.ptr, i64) -> !llvm.ptr, !block
          %first_target = llvm.load %first_target_at : !llvm.ptr -> i32
          %start_at = llvm.getelementptr %blocks[%b, 1] : (!llvm.ptr, i64) -> !llvm.ptr, !block
          %start = llvm.load %start_at : !llvm.ptr -> !llvm.ptr
          %target_at = llvm.getelementptr %blocks[%b, 2] : (!llvm.ptr, i64) -> !llvm.ptr, !block
          %target = llvm.load %target_at : !llvm.ptr -> !llvm.ptr
          %stored_at = llvm.getelementptr %blocks[%b, 3] : (!llvm.ptr, i64) -> !llvm.ptr, !block
          %stored = llvm.load %stored_at : !llvm.ptr -> !llvm.ptr
          %segment_at = llvm.getelementptr %blocks[%b, 4] : (!llvm.ptr, i64) -> !llvm.ptr, !block
          %segment = llvm.load %segment_at : !llvm.ptr -> !llvm.ptr
          %first_target64 = arith.extui %first_target : i32 to i64
          %sums = llvm.getelementptr %base[%first_target64] : (!llvm.ptr, i64) -> !llvm.ptr, !real
          %one_delay = llvm.icmp "eq" %segment, %null : !llvm.ptr
          %sum6 = scf.for %s = %begin to %end step %one iter_args(%sum7 = %sum5) -> (i64) : i64 {
            %neuron_at = llvm.getelementptr %index[%s] : (!llvm.ptr, i64) -> !llvm.ptr, i32
            %neuron = llvm.load %neuron_at : !llvm.ptr -> i32
            %row = arith.subi %neuron, %source_begin : i32
            %is_source = arith.cmpi ult, %row, %sources : i32
            %sum8 = scf.if %is_source -> (i64) {
              %row64 = arith.extui %row : i32 to i64
              %row_start_at = llvm.getelementptr %start[%row64] : (!llvm.ptr, i64) -> !llvm.ptr, i64
              %row_start = llvm.load %row_start_at : !llvm.ptr -> i64
              // RANGE
              %from, %to = scf.if %one_delay -> (i64, i64) {
                %row_end_at = llvm.getelementptr %row_start_at[1] : (!llvm.ptr) -> !llvm.ptr, i64
                %row_end = llvm.load %row_end_at : !llvm.ptr -> i64
                scf.yield %row_start, %row_end : i64, i64
              } else {
                %table_row = arith.muli %row64, %stride : i64
                %entry = arith.addi %table_row, %segment_index : i64
                %offset_at = llvm.getelementptr %segment[%entry] : (!llvm.ptr, i64) -> !llvm.ptr, i32
                %offset = llvm.load %offset_at : !llvm.ptr -> i32
                %offset64 = arith.extui %offset : i32 to i64
                %next_at = llvm.getelementptr %offset_at[1] : (!llvm.ptr) -> !llvm.ptr, i32
                %next = llvm.load %next_at : !llvm.ptr -> i32
                %next64 = arith.extui %next : i32 to i64
                %segment_from = arith.addi %row_start, %offset64 : i64
                %segment_to = arith.addi %row_start, %next64 : i64
                scf.yield %segment_from, %segment_to : i64, i64
              }
              // ROW
              // The row of the next spike is on its way while this one is added.
              %after = arith.addi %s, %one : i64
              %following = arith.minui %after, %last : i64
              %next_neuron_at = llvm.getelementptr %index[%following] : (!llvm.ptr, i64) -> !llvm.ptr, i32
              %next_neuron = llvm.load %next_neuron_at : !llvm.ptr -> i32
              %next_row = arith.subi %next_neuron, %source_begin : i32
              %is_next_source = arith.cmpi ult, %next_row, %sources : i32
              %safe_row = arith.select %is_next_source, %next_row, %row : i32
              %safe_row64 = arith.extui %safe_row : i32 to i64
              %next_start_at = llvm.getelementptr %start[%safe_row64] : (!llvm.ptr, i64) -> !llvm.ptr, i64
              %next_start = llvm.load %next_start_at : !llvm.ptr -> i64
              %next_targets = llvm.getelementptr %target[%next_start] : (!llvm.ptr, i64) -> !llvm.ptr, i16
              "llvm.intr.prefetch"(%next_targets) <{rw = 0 : i32, hint = 3 : i32, cache = 1 : i32}> : (!llvm.ptr) -> ()

              %count = arith.subi %to, %from : i64
              %fours = arith.andi %count, %mask4 : i64
              %rest = arith.addi %from, %fours : i64
              scf.for %j = %from to %rest step %four : i64 {
                %t_at = llvm.getelementptr %target[%j] : (!llvm.ptr, i64) -> !llvm.ptr, i16
                %quad = llvm.load %t_at {alignment = 2 : i64} : !llvm.ptr -> i64
                %c16 = arith.constant 16 : i64
                %c32 = arith.constant 32 : i64
                %c48 = arith.constant 48 : i64
                %low = arith.constant 65535 : i64
                %t0 = arith.andi %quad, %low : i64
                %q1 = arith.shrui %quad, %c16 : i64
                %t1 = arith.andi %q1, %low : i64
                %q2 = arith.shrui %quad, %c32 : i64
                %t2 = arith.andi %q2, %low : i64
                %t3 = arith.shrui %quad, %c48 : i64
                %stored0 = llvm.getelementptr %stored[%j] : (!llvm.ptr, i64) -> !llvm.ptr, !real
                %a0_at = llvm.getelementptr %sums[%t0] : (!llvm.ptr, i64) -> !llvm.ptr, !real
                %a1_at = llvm.getelementptr %sums[%t1] : (!llvm.ptr, i64) -> !llvm.ptr, !real
                %a2_at = llvm.getelementptr %sums[%t2] : (!llvm.ptr, i64) -> !llvm.ptr, !real
                %a3_at = llvm.getelementptr %sums[%t3] : (!llvm.ptr, i64) -> !llvm.ptr, !real
                ADD 0
                ADD 1
                ADD 2
                ADD 3
              }
              scf.for %j = %rest to %to step %one : i64 {
                %t_at = llvm.getelementptr %target[%j] : (!llvm.ptr, i64) -> !llvm.ptr, i16
                %t16 = llvm.load %t_at : !llvm.ptr -> i16
                %t0 = arith.extui %t16 : i16 to i64
                %stored0 = llvm.getelementptr %stored[%j] : (!llvm.ptr, i64) -> !llvm.ptr, !real
                %a0_at = llvm.getelementptr %sums[%t0] : (!llvm.ptr, i64) -> !llvm.ptr, !real
                ADD 0
              }
              // END
              %more = arith.addi %sum7, %count : i64
              scf.yield %more : i64
            } else {
              scf.yield %sum7 : i64
            }
            scf.yield %sum8 : i64
          }
          scf.yield %sum6 : i64
        }
        scf.yield %sum4 : i64
      } else {
        scf.yield %sum2 : i64
      }
      scf.yield %sum3 : i64
    }
    scf.yield %sum1 : i64
  }
  llvm.store %total, %events_at : i64, !llvm.ptr
  llvm.return
}

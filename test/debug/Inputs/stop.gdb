# Stops in an equation of the author's, in what an event does, and in an equation of the library.
set confirm off
set pagination off
set breakpoint pending on
set debuginfod enabled off
set displaced-stepping off

break adaptive.snn:9 if $_caller_is("Net.run")
run
backtrace 2
list 9,9
delete

tbreak adaptive.snn:22 if $_caller_is("Net.run")
continue
backtrace 2

tbreak lif-ref.snn:14 if $_caller_is("Net.run")
continue
backtrace 2
list 14,14

tbreak B.step
continue
continue

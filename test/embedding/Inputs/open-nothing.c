/* The least a host can do: be told that there is no such program. */
#include <snn/snn.h>

#include <stdio.h>

int main(void) {
  snn_program *program = 0;
  snn_status status = snn_program_open("/no/such/program.so", &program);
  puts(status == SNN_OK ? "opened" : snn_message(0));
  return status == SNN_OK;
}

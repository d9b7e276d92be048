#!/bin/bash
# Runs the balanced network of the README and says where its results are.
#     scripts/demo.sh BUILD_FOLDER
set -euo pipefail
build=$1

command=("$build/bin/snnc" examples/coba.snn run -o "$build/coba.h5" --plot "$build/coba.png")
echo "+ ${command[*]}"
"${command[@]}"
echo
echo "raster and traces: $build/coba.png"
echo "spikes and traces: $build/coba.h5 (HDF5, SONATA layout)"

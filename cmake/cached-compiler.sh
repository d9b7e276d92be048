#!/bin/sh
# cached-compiler.sh CCACHE COMPILER ARGUMENT...: compiles through ccache.
#
# A precompiled header is compiled with `-include cmake_pch.hxx`, for which GCC takes the `cmake_pch.hxx.gch` that is there, if
# one is. ccache, which asks GCC for the preprocessed text, would then see the old header in the place of what has changed, and
# hand out the old one for it. So the old one goes first.
for word in "$@"; do
  case $word in
  *cmake_pch.hxx.cxx) rm -f "${word%.cxx}.gch" ;;
  esac
done
exec "$@"

# snn_add_model(TARGET MODEL.snn [STATIC] [EXPERIMENT NAME] [CPU NAME])
#
# Compiles the network of MODEL.snn at build time into the library TARGET, shared unless STATIC is given, with the header
# TARGET.h on its include path. What links TARGET links snn::runtime, too. Without CPU the code is for the machine that builds.
function(snn_add_model target model)
  cmake_parse_arguments(PARSE_ARGV 2 arg "STATIC" "EXPERIMENT;CPU" "")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "snn_add_model: `${arg_UNPARSED_ARGUMENTS}` is not an option")
  endif()
  get_filename_component(source "${model}" ABSOLUTE)
  set(folder "${CMAKE_CURRENT_BINARY_DIR}/${target}.snn-model")
  file(MAKE_DIRECTORY "${folder}")
  set(options)
  if(arg_EXPERIMENT)
    list(APPEND options --experiment "${arg_EXPERIMENT}")
  endif()
  if(arg_CPU)
    list(APPEND options --target-cpu "${arg_CPU}")
  endif()
  add_custom_command(
    OUTPUT "${folder}/${target}.o" "${folder}/${target}.h"
    COMMAND snn::snnc "${source}" compile -o "${folder}/${target}.o" ${options}
    DEPENDS "${source}"
    COMMENT "Compiling ${model}"
    VERBATIM)
  if(arg_STATIC)
    set(kind STATIC)
  else()
    set(kind SHARED)
  endif()
  add_library(${target} ${kind} "${folder}/${target}.o" "${folder}/${target}.h")
  # There is nothing to compile, so any language that the project has will do for the linker.
  get_property(languages GLOBAL PROPERTY ENABLED_LANGUAGES)
  list(FILTER languages INCLUDE REGEX "^(C|CXX)$")
  list(GET languages 0 language)
  set_target_properties(${target} PROPERTIES LINKER_LANGUAGE ${language})
  set_source_files_properties("${folder}/${target}.o" PROPERTIES EXTERNAL_OBJECT TRUE GENERATED TRUE)
  target_include_directories(${target} INTERFACE "${folder}")
  target_link_libraries(${target} INTERFACE snn::runtime)
endfunction()

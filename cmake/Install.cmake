# `cmake --install`: the driver, the libraries for hosts, their headers, and what finds them. Nothing in it knows where it is.

include(CMakePackageConfigHelpers)

# The headers of C++; Boost.Units comes with the component of the package.
add_library(snn-cpp INTERFACE)
target_link_libraries(snn-cpp INTERFACE snn)
target_compile_features(snn-cpp INTERFACE cxx_std_17)

set_target_properties(snn PROPERTIES EXPORT_NAME runtime)
set_target_properties(snn-cpp PROPERTIES EXPORT_NAME cpp)
set_target_properties(snn-compile PROPERTIES EXPORT_NAME compile)

install(TARGETS snnc snn-language-server snn snn-cpp snn-compile EXPORT snnTargets RUNTIME DESTINATION bin LIBRARY DESTINATION lib)
install(TARGETS snncCommands snnCompiler snnRecorder snnArrays LIBRARY DESTINATION lib)
install(DIRECTORY ${CMAKE_SOURCE_DIR}/runtime/include/snn ${CMAKE_SOURCE_DIR}/compiler/include/snn DESTINATION include)

set(package_folder lib/cmake/snn)
install(EXPORT snnTargets NAMESPACE snn:: DESTINATION ${package_folder})
configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/snnConfig.cmake.in ${CMAKE_BINARY_DIR}/snnConfig.cmake
  INSTALL_DESTINATION ${package_folder})
write_basic_package_version_file(${CMAKE_BINARY_DIR}/snnConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_BINARY_DIR}/snnConfig.cmake ${CMAKE_BINARY_DIR}/snnConfigVersion.cmake
  ${CMAKE_CURRENT_LIST_DIR}/SnnAddModel.cmake DESTINATION ${package_folder})
configure_file(${CMAKE_CURRENT_LIST_DIR}/snn.pc.in ${CMAKE_BINARY_DIR}/snn.pc @ONLY)
install(FILES ${CMAKE_BINARY_DIR}/snn.pc DESTINATION lib/pkgconfig)

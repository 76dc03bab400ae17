# shakefield_add_room(NAME SOURCES a.cpp b.cpp ROOMS core geo LIBRARIES fmt::fmt PUBLIC_LIBRARIES ...)
#
# One room = one static library `shakefield_<name>` (alias `shakefield::<name>`), public headers in
# include/shakefield/<name>, bodies and private headers in src/<name>. ROOMS are the lower rooms it uses.
function(shakefield_add_room NAME)
  cmake_parse_arguments(ROOM "" "" "SOURCES;ROOMS;LIBRARIES;PUBLIC_LIBRARIES" ${ARGN})
  add_library(shakefield_${NAME} STATIC ${ROOM_SOURCES})
  add_library(shakefield::${NAME} ALIAS shakefield_${NAME})
  target_include_directories(shakefield_${NAME} PRIVATE "${CMAKE_CURRENT_SOURCE_DIR}")
  target_link_libraries(shakefield_${NAME} PUBLIC shakefield_options ${ROOM_PUBLIC_LIBRARIES})
  foreach(lower IN LISTS ROOM_ROOMS)
    target_link_libraries(shakefield_${NAME} PUBLIC shakefield_${lower})
  endforeach()
  target_link_libraries(shakefield_${NAME} PRIVATE ${ROOM_LIBRARIES})
endfunction()

# shakefield_add_test(NAME room/file SOURCES x_test.cpp ROOMS gmm LIBRARIES … [RANKS 1 2 3] [LABEL long]
#                     [TIMEOUT 120] [ENVIRONMENT A=b])
#
# Builds one GoogleTest executable and registers it with ctest as <room>/<file>, or as <room>/<file>/np<N>
# for each rank count. MPI tests link shakefield_test_mpi_main (starts and ends MPI, names the failing rank).
function(shakefield_add_test)
  cmake_parse_arguments(TEST "" "NAME;TIMEOUT" "SOURCES;ROOMS;LIBRARIES;RANKS;LABEL;ENVIRONMENT" ${ARGN})
  if(NOT TEST_TIMEOUT)
    set(TEST_TIMEOUT 300)
  endif()
  string(REPLACE "/" "_" target "test_${TEST_NAME}")
  add_executable(${target} ${TEST_SOURCES})
  set_target_properties(${target} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/tests")
  foreach(room IN LISTS TEST_ROOMS)
    target_link_libraries(${target} PRIVATE shakefield_${room})
  endforeach()
  target_link_libraries(${target} PRIVATE ${TEST_LIBRARIES} shakefield_options shakefield_test_support GTest::gtest GTest::gmock)
  target_include_directories(${target} PRIVATE "${PROJECT_SOURCE_DIR}/tests/support" "${CMAKE_CURRENT_SOURCE_DIR}")
  if(TEST_RANKS)
    target_link_libraries(${target} PRIVATE shakefield_test_mpi_main)
    foreach(ranks IN LISTS TEST_RANKS)
      add_test(NAME ${TEST_NAME}/np${ranks} COMMAND ${SHAKEFIELD_MPIRUN} -n ${ranks} $<TARGET_FILE:${target}>)
      set_tests_properties(${TEST_NAME}/np${ranks} PROPERTIES PROCESSORS ${ranks})
      shakefield_set_test(${TEST_NAME}/np${ranks})
    endforeach()
  else()
    target_link_libraries(${target} PRIVATE GTest::gtest_main)
    add_test(NAME ${TEST_NAME} COMMAND ${target})
    shakefield_set_test(${TEST_NAME})
  endif()
endfunction()

# Timeout, labels and environment of one ctest entry (reads TEST_* of the calling function).
macro(shakefield_set_test ENTRY)
  set_tests_properties(${ENTRY} PROPERTIES TIMEOUT ${TEST_TIMEOUT} LABELS "${TEST_LABEL}"
    ENVIRONMENT "SHAKEFIELD_SOURCE_DIR=${PROJECT_SOURCE_DIR};SHAKEFIELD_BINARY=${PROJECT_BINARY_DIR}/bin/shakefield;${TEST_ENVIRONMENT}")
endmacro()

# mpirun as tests and scripts use it: more ranks than cores, no binding, ranks that wait give way.
set(SHAKEFIELD_MPIRUN "${MPIEXEC_EXECUTABLE}" --allow-run-as-root --oversubscribe --bind-to none
  --mca mpi_yield_when_idle 1)

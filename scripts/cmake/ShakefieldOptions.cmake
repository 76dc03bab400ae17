# Compiler settings that every target shares, in one interface target.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/bin")
set(CMAKE_ARCHIVE_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/lib")

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CCACHE}")
endif()

add_library(shakefield_options INTERFACE)
target_include_directories(shakefield_options INTERFACE "${PROJECT_SOURCE_DIR}/include")
# Debian's mpi.h and hdf5.h pull in the removed C++ bindings of MPI unless told not to.
target_compile_definitions(shakefield_options INTERFACE OMPI_SKIP_MPICXX MPICH_SKIP_MPICXX
  $<$<BOOL:${SHAKEFIELD_CONTRACTS}>:SHAKEFIELD_CONTRACTS>)
# Fused multiply-add only where a kernel asks for it: the same numbers at every call site.
target_compile_options(shakefield_options INTERFACE -ffp-contract=off -fno-math-errno
  -Wall -Wextra -Wshadow -Wnon-virtual-dtor -Wconversion -Wno-sign-conversion
  $<$<BOOL:${SHAKEFIELD_WARNINGS_AS_ERRORS}>:-Werror>)
# g++ 12 warns of its own headers for AVX-512, once for each place of use (GCC's bug 105593).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(shakefield_options INTERFACE -Wno-maybe-uninitialized)
endif()

# As GROMACS does: for the processor that builds. Kernels compute every lane alike, so that results do not depend on it.
if(SHAKEFIELD_ARCH STREQUAL "auto")
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
    set(SHAKEFIELD_ARCH_RESOLVED "x86-64-v3")
    if(NOT CMAKE_CROSSCOMPILING)
      include(CheckCXXSourceRuns)
      check_cxx_source_runs("
        int main() {
          return __builtin_cpu_supports(\"avx512f\") && __builtin_cpu_supports(\"avx512bw\") &&
                 __builtin_cpu_supports(\"avx512cd\") && __builtin_cpu_supports(\"avx512dq\") &&
                 __builtin_cpu_supports(\"avx512vl\") ? 0 : 1;
        }" SHAKEFIELD_HAS_AVX512)
      if(SHAKEFIELD_HAS_AVX512)
        set(SHAKEFIELD_ARCH_RESOLVED "x86-64-v4")
      endif()
    endif()
  else()
    set(SHAKEFIELD_ARCH_RESOLVED "default")
  endif()
else()
  set(SHAKEFIELD_ARCH_RESOLVED "${SHAKEFIELD_ARCH}")
endif()
if(NOT SHAKEFIELD_ARCH_RESOLVED STREQUAL "default")
  target_compile_options(shakefield_options INTERFACE "-march=${SHAKEFIELD_ARCH_RESOLVED}")
endif()
# Highway 1.0: the first lets g++ 12 take -march=native on the newest AVX-512 processors; without the second,
# x86-64-v3 (which has no AES) would fall back from AVX2 to SSSE3.
target_compile_definitions(shakefield_options INTERFACE HWY_WANT_AVX3_DL=1 HWY_DISABLE_PCLMUL_AES=1)

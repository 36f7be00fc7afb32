# What every target of the project is built with, and the layers' boundaries.
#
# A layer's headers are included as "LAYER/name.h". Each layer has an include root of its own that holds nothing but that
# layer, and a target sees only the roots of the layers it links: a wrong include does not compile.

add_library(pv_options INTERFACE)
target_compile_options(pv_options INTERFACE
    -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wcast-qual -Wwrite-strings -Wvla
    -Wformat=2 -fno-common
    $<$<BOOL:${PV_WERROR}>:-Werror>)
if(PV_SANITIZE)
    target_compile_options(pv_options INTERFACE -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_link_options(pv_options INTERFACE -fsanitize=address,undefined)
endif()
if(PV_FUZZ)
    target_compile_options(pv_options INTERFACE -fsanitize=fuzzer-no-link)
endif()
target_compile_definitions(pv_options INTERFACE $<$<BOOL:${PV_DEBUG_ARENA}>:PV_DEBUG_ARENA>)

# pv_layer(NAME SOURCES file… [LAYERS layer…] [LIBRARIES target…])
#   LAYERS: the layers below, whose headers this one's may use. LIBRARIES: third parties, seen by this layer alone.
function(pv_layer name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LAYERS;LIBRARIES")
    set(root ${PROJECT_BINARY_DIR}/layers/${name})
    file(MAKE_DIRECTORY ${root})
    file(CREATE_LINK ${CMAKE_CURRENT_SOURCE_DIR} ${root}/${name} SYMBOLIC)
    add_library(pv_${name} STATIC ${arg_SOURCES})
    target_include_directories(pv_${name} PUBLIC ${root})
    list(TRANSFORM arg_LAYERS PREPEND pv_)
    target_link_libraries(pv_${name} PUBLIC ${arg_LAYERS} PRIVATE ${arg_LIBRARIES} pv_options)
    pv_check_headers(${name} "${arg_LAYERS}" "${arg_LIBRARIES}")
endfunction()

# Compiles each header of the layer in the current folder alone, seeing only what the layer may see.
function(pv_check_headers name layers libraries)
    file(GLOB headers RELATIVE ${CMAKE_CURRENT_SOURCE_DIR} CONFIGURE_DEPENDS *.h)
    set(sources)
    foreach(header IN LISTS headers)
        set(source ${PROJECT_BINARY_DIR}/headers/${name}/${header}.c)
        file(CONFIGURE OUTPUT ${source} CONTENT "#include \"${name}/${header}\"\n")
        list(APPEND sources ${source})
    endforeach()
    add_library(pv_${name}_headers OBJECT ${sources})
    target_include_directories(pv_${name}_headers PRIVATE ${PROJECT_BINARY_DIR}/layers/${name})
    target_link_libraries(pv_${name}_headers PRIVATE ${layers} ${libraries} pv_options)
endfunction()

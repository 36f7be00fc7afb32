# What every target of the project is built with, and the layers' boundaries.
#
# A layer's headers are included as "LAYER/name.h". Each layer has an include root of its own that holds nothing but
# that layer, and a target sees only the roots of the layers it links: a wrong include does not compile.

add_library(pv_options INTERFACE)
target_compile_options(pv_options INTERFACE
    -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wcast-qual -Wwrite-strings -Wvla
    -Wformat=2 -fno-common -fvisibility=hidden
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
#   NAME: a layer ("text") or a room of one ("report/write"), whose headers are included as "NAME/header.h". The target
#   is pv_NAME, with _ for /. LAYERS: those whose headers this one's may use, and through them theirs. LIBRARIES: third
#   parties, seen by this one alone.
# Headers that end in _p.h are private: other layers and rooms cannot include them.
function(pv_layer name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LAYERS;LIBRARIES")
    string(REPLACE / _ target ${name})
    set(private ${PROJECT_BINARY_DIR}/layers/${target}/private)
    cmake_path(GET name PARENT_PATH above)
    file(MAKE_DIRECTORY ${private}/${above})
    file(CREATE_LINK ${CMAKE_CURRENT_SOURCE_DIR} ${private}/${name} SYMBOLIC)
    pv_public_headers(${name} ${PROJECT_BINARY_DIR}/layers/${target}/public)
    add_library(pv_${target} STATIC ${arg_SOURCES})
    target_include_directories(pv_${target} PUBLIC ${PROJECT_BINARY_DIR}/layers/${target}/public PRIVATE ${private})
    list(TRANSFORM arg_LAYERS REPLACE / _)
    list(TRANSFORM arg_LAYERS PREPEND pv_)
    target_link_libraries(pv_${target} PUBLIC ${arg_LAYERS} PRIVATE ${arg_LIBRARIES} pv_options)
    pv_check_headers(${name} "${arg_LAYERS}" "${arg_LIBRARIES}")
endfunction()

# Makes the folder root/NAME of links to the headers in the current folder that are not private, and to nothing else.
function(pv_public_headers name root)
    file(REMOVE_RECURSE ${root})
    file(MAKE_DIRECTORY ${root}/${name})
    file(GLOB headers RELATIVE ${CMAKE_CURRENT_SOURCE_DIR} CONFIGURE_DEPENDS *.h)
    list(FILTER headers EXCLUDE REGEX "_p\\.h$")
    foreach(header IN LISTS headers)
        file(CREATE_LINK ${CMAKE_CURRENT_SOURCE_DIR}/${header} ${root}/${name}/${header} SYMBOLIC)
    endforeach()
endfunction()

# Lets a test see the private headers of a layer or room.
function(pv_see_private target name)
    string(REPLACE / _ layer ${name})
    target_include_directories(${target} PRIVATE ${PROJECT_BINARY_DIR}/layers/${layer}/private)
endfunction()

# Compiles each header of the layer in the current folder alone, seeing only what the layer may see.
function(pv_check_headers name layers libraries)
    string(REPLACE / _ target ${name})
    file(GLOB headers RELATIVE ${CMAKE_CURRENT_SOURCE_DIR} CONFIGURE_DEPENDS *.h)
    set(sources)
    foreach(header IN LISTS headers)
        set(source ${PROJECT_BINARY_DIR}/headers/${target}/${header}.c)
        file(CONFIGURE OUTPUT ${source} CONTENT "#include \"${name}/${header}\"\n")
        list(APPEND sources ${source})
    endforeach()
    if(NOT sources)
        return()
    endif()
    add_library(pv_${target}_headers OBJECT ${sources})
    target_include_directories(pv_${target}_headers PRIVATE ${PROJECT_BINARY_DIR}/layers/${target}/private)
    target_link_libraries(pv_${target}_headers PRIVATE ${layers} ${libraries} pv_options)
endfunction()

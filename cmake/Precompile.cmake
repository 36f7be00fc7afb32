# A program that runs when the project is built: what Lua's compiler makes of files that the build knows.
add_executable(pv_precompile ${PROJECT_SOURCE_DIR}/cmake/precompile.c)
target_link_libraries(pv_precompile PRIVATE PkgConfig::LUA pv_options)

# pv_precompile_files(OUTPUT HEADER header FILES path…) makes OUTPUT at build time: a C file that defines
# pv_precompiled_files, of these Lua files. The header declares it.
function(pv_precompile_files output)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "HEADER" "FILES")
    add_custom_command(
        OUTPUT ${output}
        COMMAND pv_precompile ${output} ${arg_HEADER} ${arg_FILES}
        DEPENDS pv_precompile ${arg_FILES}
        VERBATIM)
endfunction()

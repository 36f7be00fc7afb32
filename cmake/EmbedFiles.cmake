# pv_embed_files(OUTPUT FOLDER folder FILES file… PREFIX prefix TYPE type ARRAY array HEADER header) makes OUTPUT at
# build time: a C file that holds the files (relative to the folder) as the array, in that order. Its elements are
# records {name, text, size} of this type, which the header declares, ended by a NULL name; a name is the file's with
# the prefix.
function(pv_embed_files output)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "FOLDER;PREFIX;TYPE;ARRAY;HEADER" "FILES")
    set(paths ${arg_FILES})
    list(TRANSFORM paths PREPEND ${arg_FOLDER}/)
    list(JOIN arg_FILES " " names)
    set(script ${PROJECT_SOURCE_DIR}/cmake/EmbedFiles.cmake)
    add_custom_command(
        OUTPUT ${output}
        COMMAND ${CMAKE_COMMAND} -DOUTPUT=${output} -DFOLDER=${arg_FOLDER} "-DFILES=${names}" -DPREFIX=${arg_PREFIX}
                -DTYPE=${arg_TYPE} -DARRAY=${arg_ARRAY} -DHEADER=${arg_HEADER} -P ${script}
        DEPENDS ${paths} ${script}
        VERBATIM)
endfunction()

# The rest is what runs then.
if(NOT CMAKE_SCRIPT_MODE_FILE)
    return()
endif()
separate_arguments(files UNIX_COMMAND "${FILES}")
set(contents "")
set(entries "")
foreach(file IN LISTS files)
    file(READ ${FOLDER}/${file} bytes HEX)
    string(REGEX REPLACE "(..)" "'\\\\x\\1'," bytes "${bytes}")
    string(MAKE_C_IDENTIFIER "file_${file}" name)
    string(APPEND contents "static const char ${name}[] = {${bytes}};\n")
    string(APPEND entries "    {\"${PREFIX}${file}\", ${name}, sizeof ${name}},\n")
endforeach()
file(WRITE ${OUTPUT} "#include \"${HEADER}\"\n\n${contents}\nconst ${TYPE} ${ARRAY}[] = {\n${entries}    {NULL, NULL, 0},\n};\n")

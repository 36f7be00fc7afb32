# Writes OUTPUT, a C file that holds the Lua files named in FILES (relative to FOLDER) as pv_prelude_files, in that order.
# Run at build time: cmake -DFOLDER=… -DFILES="a.lua b.lua" -DOUTPUT=… -P EmbedVocabulary.cmake
separate_arguments(files UNIX_COMMAND "${FILES}")
set(arrays "")
set(entries "")
foreach(file IN LISTS files)
    file(READ ${FOLDER}/${file} bytes HEX)
    string(REGEX REPLACE "(..)" "'\\\\x\\1'," bytes "${bytes}")
    string(MAKE_C_IDENTIFIER ${file} name)
    string(APPEND arrays "static const char ${name}[] = {${bytes}};\n")
    string(APPEND entries "    {\"=vocabulary/${file}\", ${name}, sizeof ${name}},\n")
endforeach()
file(WRITE ${OUTPUT} "#include \"lua/prelude.h\"\n\n${arrays}\nconst pv_prelude_file pv_prelude_files[] = {\n${entries}    {NULL, NULL, 0},\n};\n")

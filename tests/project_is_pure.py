"""engine/project reaches the outside only through its host: nothing in it calls the system.

usage: project_is_pure.py NM ARCHIVE
"""
import subprocess
import sys

# Everything that the C library offers and the room may call: memory, strings, sorting, formatting into memory.
ALLOWED = {
    "memcpy", "memmove", "memset", "memcmp", "memchr", "strcmp", "strncmp", "strlen", "strchr", "strrchr", "strstr",
    "qsort", "snprintf", "abort", "__assert_fail", "__stack_chk_fail", "__snprintf_chk", "__memcpy_chk",
    "_GLOBAL_OFFSET_TABLE_",
}

nm, archive = sys.argv[1:]
undefined = set()
for line in subprocess.run([nm, "-u", archive], check=True, capture_output=True, text=True).stdout.splitlines():
    words = line.split()
    if words and words[0] == "U":
        undefined.add(words[1].split("@")[0])
called = {name for name in undefined if not name.startswith(("pv_", "__asan", "__ubsan", "__sanitizer"))} - ALLOWED
if not undefined:
    sys.exit(f"{archive} names no function that it calls")
if called:
    sys.exit(f"engine/project calls {', '.join(sorted(called))}; what is outside is reached through pv_host")

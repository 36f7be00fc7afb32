#!/bin/sh
# run.sh PROVISO CASE: runs one case in a copy of its folder and compares what it says, byte for byte.
#
# A case is a folder with
#   command   a shell line that calls $PROVISO; it finds the packs of packs/, and has ../packs, ../packs-by-day,
#             ../packs-with-csv, ../tools and ../schema
#   stdout    what standard output must be (absent: nothing)
#   stderr    what standard error must be (absent: nothing)
#   status    the exit status (absent: 0)
# and any files the command reads. run.sh --accept PROVISO CASE writes the three instead: look at them before keeping them.
set -u

accept=no
if [ "$1" = --accept ]; then
    accept=yes
    shift
fi
proviso=$1
case=$(cd "$2" && pwd)
here=$(cd "$(dirname "$0")" && pwd)

work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
cp -R "$case" "$work/case" || exit 1
ln -s "$here/packs" "$here/packs-by-day" "$here/packs-with-csv" "$here/tools" "$here/../../docs/schema" "$work" || exit 1
cd "$work/case" || exit 1

env -i PATH="$PATH" PROVISO="$proviso" PROVISO_RULES=../packs ASAN_OPTIONS="${ASAN_OPTIONS:-}" \
    sh -u ./command >"$work/stdout" 2>"$work/stderr" </dev/null
echo $? >"$work/status"

failed=0
for part in stdout stderr status; do
    expected=$case/$part
    if [ "$accept" = yes ]; then
        rm -f "$expected"
        if [ -s "$work/$part" ] && ! { [ $part = status ] && [ "$(cat "$work/status")" = 0 ]; }; then
            cp "$work/$part" "$expected"
        fi
        continue
    fi
    if [ ! -f "$expected" ]; then
        expected=$work/nothing
        if [ $part = status ]; then echo 0 >"$expected"; else : >"$expected"; fi
    fi
    if ! cmp -s "$expected" "$work/$part"; then
        echo "$part is not what it should be (-) but (+):"
        diff -u "$expected" "$work/$part" | tail -n +3
        failed=1
    fi
done
exit $failed

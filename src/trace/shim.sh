#!/bin/sh
# Stands before Julia on PATH while a command is traced: each Julia that the command starts writes a trace of its own.
# PREIMAGE_TRACE_FOLDER, PREIMAGE_REAL_JULIA and PREIMAGE_RECORDER are set; PREIMAGE_SYSIMAGE is set where the user
# named the sysimage to trace on, and then replaces the one that the command names.
if [ -n "$PREIMAGE_SYSIMAGE" ]; then
    remaining=$#
    while [ "$remaining" -gt 0 ]; do
        argument=$1
        shift
        remaining=$((remaining - 1))
        case $argument in
            -J | --sysimage)
                shift
                remaining=$((remaining - 1))
                ;;
            -J* | --sysimage=*) ;;
            -e | -E | -p | -L | --eval | --print | --load | --project-file)
                set -- "$@" "$argument" "$1"
                shift
                remaining=$((remaining - 1))
                ;;
            -*) set -- "$@" "$argument" ;;
            *)
                # What follows the program file is the program's own.
                set -- "$@" "$argument"
                while [ "$remaining" -gt 0 ]; do
                    set -- "$@" "$1"
                    shift
                    remaining=$((remaining - 1))
                done
                ;;
        esac
    done
    set -- --sysimage="$PREIMAGE_SYSIMAGE" "$@"
fi
trace=$PREIMAGE_TRACE_FOLDER/$$.jl
: >"$trace"
exec "$PREIMAGE_REAL_JULIA" --trace-compile="$trace" -L "$PREIMAGE_RECORDER" "$@"

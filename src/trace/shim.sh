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
                [ "$remaining" -eq 0 ] && break
                shift
                remaining=$((remaining - 1))
                ;;
            -J* | --sysimage=*) ;;
            # Those whose value is the next argument.
            -[eELpCHtOgb] | --eval | --print | --load | --procs | --cpu-target | --home | --threads | --gcthreads | \
                --machine-file | --bind-to | --color | --history-file | --startup-file | --banner | --compile | \
                --compiled-modules | --pkgimages | --sysimage-native-code | --depwarn | --warn-overwrite | --inline | \
                --check-bounds | --math-mode | --min-optlevel | --handle-signals | --heap-size-hint)
                set -- "$@" "$argument"
                [ "$remaining" -eq 0 ] && break
                set -- "$@" "$1"
                shift
                remaining=$((remaining - 1))
                ;;
            -[!-]* | --?*) set -- "$@" "$argument" ;;
            *)
                # What follows the program file, or `--`, is the program's own.
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

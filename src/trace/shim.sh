#!/bin/sh
# Stands before Julia while a workload is traced: on PATH, and where a Julia looks for itself when it starts workers and
# other Julias. Each writes a trace of its own. PREIMAGE_TRACE_FOLDER, PREIMAGE_REAL_JULIA and PREIMAGE_RECORDER are set;
# PREIMAGE_SYSIMAGE is set where the user named the sysimage to trace on, and then replaces the one that is named here.
worker=
plain=
remaining=$#
while [ "$remaining" -gt 0 ]; do
    argument=$1
    shift
    remaining=$((remaining - 1))
    case $argument in
        # These write a package's cache or print a line; what they compile, no workload needs.
        --output-* | --version | -v | --help | -h | --help-hidden | --compile=min | --compile=no) plain=yes ;;
        # A worker takes its orders before it looks at -L.
        --worker | --worker=*) worker=yes ;;
    esac
    case $argument in
        -J | --sysimage)
            [ -z "$PREIMAGE_SYSIMAGE" ] && set -- "$@" "$argument"
            [ "$remaining" -eq 0 ] && break
            [ -z "$PREIMAGE_SYSIMAGE" ] && set -- "$@" "$1"
            shift
            remaining=$((remaining - 1))
            ;;
        -J* | --sysimage=*) [ -z "$PREIMAGE_SYSIMAGE" ] && set -- "$@" "$argument" ;;
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
[ -n "$PREIMAGE_SYSIMAGE" ] && set -- --sysimage="$PREIMAGE_SYSIMAGE" "$@"
[ -n "$plain" ] && exec "$PREIMAGE_REAL_JULIA" "$@"
trace=$PREIMAGE_TRACE_FOLDER/$$${worker:+.worker}.jl
: >"$trace"
[ -n "$worker" ] && exec "$PREIMAGE_REAL_JULIA" --trace-compile="$trace" "$@"
exec "$PREIMAGE_REAL_JULIA" --trace-compile="$trace" -L "$PREIMAGE_RECORDER" "$@"

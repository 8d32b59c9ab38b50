# Stands for juliacall, which is not there to be tested with: finds libjulia by asking a Julia, hands it its options as
# juliacall does, and loads it for the whole process. Nothing of what juliacall has PythonCall for.
import atexit
import ctypes
import os
import subprocess


def start():
    options = ["--handle-signals=no"]
    trace = os.environ.get("PYTHON_JULIACALL_TRACE_COMPILE")
    if trace is not None:
        options.append("--trace-compile=" + os.path.abspath(trace))
    code = 'import Libdl; print(abspath(Libdl.dlpath("libjulia")), "\\0", Sys.BINDIR)'
    found = subprocess.run(
        ["julia", "--startup-file=no", "-O0", "--compile=min", "-e", code], check=True, stdout=subprocess.PIPE
    )
    library, bindir = found.stdout.decode().split("\0")
    lib = ctypes.PyDLL(library, mode=ctypes.RTLD_GLOBAL)
    argv = ["julia"] + options
    words = (ctypes.c_char_p * len(argv))(*[word.encode() for word in argv])
    argc = ctypes.c_int(len(argv))
    argv = ctypes.cast(words, ctypes.POINTER(ctypes.c_char_p))
    lib.jl_parse_opts(ctypes.pointer(argc), ctypes.pointer(argv))
    init = getattr(lib, "jl_init_with_image__threading", None) or lib.jl_init_with_image
    init.argtypes = [ctypes.c_char_p, ctypes.c_char_p]
    init.restype = None
    init(bindir.encode(), None)
    lib.jl_eval_string.argtypes = [ctypes.c_char_p]
    lib.jl_eval_string.restype = ctypes.c_void_p
    lib.jl_atexit_hook.argtypes = [ctypes.c_int]
    atexit.register(lib.jl_atexit_hook, 0)
    return lib


lib = start()


def seval(code):
    lib.jl_eval_string(code.encode())

# Loaded, as `sitecustomize`, by every Python that a traced command starts. Names a trace of its own for the Julia that
# juliacall may embed in this process, and has the recorder loaded there once juliacall is. It never lets an import fail.
import importlib.machinery
import importlib.util
import os
import sys

here = os.path.dirname(os.path.abspath(__file__))


def name_trace():
    # juliacall hands it on as --trace-compile. A process that this one starts by fork has a number of its own.
    name = "%d.python.jl" % os.getpid()
    os.environ["PYTHON_JULIACALL_TRACE_COMPILE"] = os.path.join(os.environ["PREIMAGE_TRACE_FOLDER"], name)


def load_recorder():
    import ctypes

    # juliacall loads libjulia for the whole process.
    evaluate = ctypes.PyDLL(None).jl_eval_string
    evaluate.argtypes = [ctypes.c_char_p]
    evaluate.restype = ctypes.c_void_p
    evaluate(b'Base.include(Main, raw"%s")' % os.environ["PREIMAGE_RECORDER"].encode())


class AfterJuliacall:
    def find_spec(self, name, path=None, target=None):
        if name != "juliacall":
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.loader is not None:
            execute = spec.loader.exec_module

            def exec_module(module):
                execute(module)
                try:
                    load_recorder()
                except Exception as error:
                    print("preimage: the Julia of this process is not recorded whole: %s" % error, file=sys.stderr)

            spec.loader.exec_module = exec_module
        return spec


if "PREIMAGE_TRACE_FOLDER" in os.environ:
    name_trace()
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=name_trace)
    sys.meta_path.insert(0, AfterJuliacall())

# The one that this Python would have loaded otherwise.
sys.path[:] = [path for path in sys.path if os.path.abspath(path) != here]
other = importlib.machinery.PathFinder.find_spec("sitecustomize", sys.path)
if other is not None and other.loader is not None:
    other.loader.exec_module(importlib.util.module_from_spec(other))

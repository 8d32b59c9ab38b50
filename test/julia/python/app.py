# A Julia of its own in this process, in one that it forks, and in one that it starts anew.
import multiprocessing


def work(code):
    import juliacall

    juliacall.seval(code)


if __name__ == "__main__":
    for method, code in [("fork", "sum(Int16[1, 2])"), ("spawn", "sum(Int8[1, 2])")]:
        process = multiprocessing.get_context(method).Process(target=work, args=(code,))
        process.start()
        process.join()
    work("println(sum(Float16[1.5]))")

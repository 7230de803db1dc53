"""How often a process that lives long looks for what nobody uses any more."""

import gc


def settle() -> None:
    """Let what is loaded by now stay: it is not looked through again after every few acts.

    Nor is it written to, so processes that part share it. What an act leaves behind goes by itself,
    all but a few circles, for which less often is enough.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)

from __future__ import annotations

import ctypes
import multiprocessing

from core.llm.stopflag import StopFlag, native_callback


def asked(flag: StopFlag) -> bool:
    """What llama.cpp would hear from its abort callback."""
    callback = ctypes.CFUNCTYPE(ctypes.c_bool, ctypes.c_void_p)(native_callback())
    return bool(callback(flag.address))


def test_up_and_down_as_native_code_sees_it() -> None:
    for flag in (StopFlag(), StopFlag.across_processes()):
        assert (flag.is_up, asked(flag)) == (False, False)
        flag.raise_()
        assert (flag.is_up, asked(flag)) == (True, True)
        flag.raise_()
        flag.lower()
        assert (flag.is_up, asked(flag)) == (False, False)


def test_a_flag_is_one_byte_for_two_processes() -> None:
    flag = StopFlag.across_processes()
    child = multiprocessing.get_context("spawn").Process(target=flag.raise_)
    child.start()
    child.join()
    assert child.exitcode == 0
    assert flag.is_up
    child.close()

"""Published examples of how Windows reads commands: what went in, what came out, and where it is written."""

MICROSOFT = "learn.microsoft.com/cpp/c-language/parsing-c-command-line-arguments"
DELEY = "daviddeley.com/autohotkey/parameters/parameters.htm#WINCRULESEX"
RUST = "github.com/rust-lang/rust library/std/src/sys/args/windows/tests.rs"
PYTHON = "github.com/python/cpython Lib/test/test_subprocess.py, test_list2cmdline"
STACK = "stackoverflow.com/questions/4094699"
POWERSHELL = "github.com/PowerShell/PowerShell NativeCommandArguments.Tests.ps1"
SET = "learn.microsoft.com/windows-server/administration/windows-commands/set_1"

C_RUNTIME = [
    (MICROSOFT, r'"abc" d e', ["abc", "d", "e"]),
    (MICROSOFT, r'a\\b d"e f"g h', [r"a\\b", "de fg", "h"]),
    (MICROSOFT, r"a\\\"b c d", [r"a\"b", "c", "d"]),
    (MICROSOFT, r'a\\\\"b c" d e', [r"a\\b c", "d", "e"]),
    (MICROSOFT, r'a"b"" c d', ['ab" c d']),
    (DELEY, "CallMeIshmael", ["CallMeIshmael"]),
    (DELEY, '"Call Me Ishmael"', ["Call Me Ishmael"]),
    (DELEY, 'Cal"l Me I"shmael', ["Call Me Ishmael"]),
    (DELEY, r"CallMe\"Ishmael", ['CallMe"Ishmael']),
    (DELEY, r'"CallMe\"Ishmael"', ['CallMe"Ishmael']),
    (DELEY, r'"Call Me Ishmael\\"', ["Call Me Ishmael\\"]),
    (DELEY, r'"CallMe\\\"Ishmael"', [r"CallMe\"Ishmael"]),
    (DELEY, r"a\\\b", [r"a\\\b"]),
    (DELEY, r'"a\\\b"', [r"a\\\b"]),
    (DELEY, r'"\"Call Me Ishmael\""', ['"Call Me Ishmael"']),
    (DELEY, r'"C:\TEST A\\"', ["C:\\TEST A\\"]),
    (DELEY, r'"\"C:\TEST A\\\""', [r'"C:\TEST A\"']),
    (DELEY, '"a b c"  d  e', ["a b c", "d", "e"]),
    (DELEY, r'"ab\"c"  "\\"  d', ['ab"c', "\\", "d"]),
    (DELEY, r'a\\\b d"e f"g h', [r"a\\\b", "de fg", "h"]),
    (DELEY, '"a b c""', ['a b c"']),
    (DELEY, '"""CallMeIshmael"""  b  c', ['"CallMeIshmael"', "b", "c"]),
    (DELEY, '"""Call Me Ishmael"""', ['"Call Me Ishmael"']),
    (DELEY, '""""Call Me Ishmael"" b c', ['"Call', "Me", "Ishmael", "b", "c"]),
    (RUST, '"" ""', ["", ""]),
    (RUST, '"" """', ["", '"']),
    (RUST, '"this is """all""" in the same argument"', ['this is "all" in the same argument']),
    (RUST, '"a""', ['a"']),
    (RUST, '"a"" a', ['a" a']),
    (PYTHON, r"ab\"c \ d", ['ab"c', "\\", "d"]),
    (PYTHON, r'ab\"c " \\" d', ['ab"c', " \\", "d"]),
    (PYTHON, r'a\\\b "de fg" h', [r"a\\\b", "de fg", "h"]),
    (PYTHON, r'"a\\b c" d e', [r"a\\b c", "d", "e"]),
    (PYTHON, r'"a\\b\ c" d e', [r"a\\b\ c", "d", "e"]),
    (PYTHON, 'ab ""', ["ab", ""]),
]
"""The end of a command line, and the arguments that a C program gets of it."""

PERCENT = [
    (STACK, "echo %a %b% c%", {"b": "a "}, False, "echo %a a  c%"),
    (STACK, "echo %a %b% c%", {"a ": "b"}, False, "echo bb% c%"),
    (STACK, "for %%I in (x)", {}, True, "for %I in (x)"),
    (SET, "echo %PATH%", {"Path": "C:\\x"}, False, "echo C:\\x"),
    (SET, "echo %NOTHING%", {}, True, "echo "),
    (SET, "echo 100%% sure", {}, True, "echo 100% sure"),
    (
        STACK,
        'echo.exe %""PROCESSOR_ARCHITECTURE%',
        {"PROCESSOR_ARCHITECTURE": "x86"},
        False,
        'echo.exe %""PROCESSOR_ARCHITECTURE%',
    ),
]
"""A line, variables, whether it stands in a batch file, and the line after the percent phase."""

NATIVE = [
    (POWERSHELL, "7.3", ['a"b c"d'], ['a"b c"d']),
    (POWERSHELL, "7.2", ['a"b c"d'], ["ab cd"]),
    (POWERSHELL, "7.2", ['a\\"b c\\"d'], ['a"b c"d']),
    (POWERSHELL, "7.3", ['a\\"b c\\"d'], ['a\\"b c\\"d']),
    (POWERSHELL, "7.2", [".\\test 1\\", ".\\test 2\\"], [".\\test 1\\", ".\\test 2\\"]),
    (POWERSHELL, "7.3", [".\\test 1\\\\", ".\\test 2\\\\"], [".\\test 1\\\\", ".\\test 2\\\\"]),
    (POWERSHELL, "7.2", [".\\test 1\\\\", ".\\test 2\\\\"], [".\\test 1\\\\", ".\\test 2\\\\"]),
    (POWERSHELL + ": broken in 5.0 and 5.1", "5.1", ['a\\"b c\\"d'], ['a"b', 'c"d']),
]
"""A version of PowerShell, the arguments as it has them, and those that a C program gets."""

"""The command line: one verb a file in gongkai/commands; words to stderr, results to stdout."""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import sys
import traceback
from importlib.metadata import PackageNotFoundError, version
from types import ModuleType

from db.errors import GongkaiError
from db.home import find_home
from gongkai import commands

EPILOG = """exit codes: 0 done; 1 an expected error (one line, with the fix); 2 usage; 3 a bug; 4 done, but some sites
could not be read; 5 the night is held back; 130 interrupted.

a first look:
  gongkai sites check                            are the rows in config/sites.toml in order?
  gongkai crawl huangpu                          ask one site what the editions want to know
  gongkai audit --edition regulation-2019        judge what was read
  gongkai report --format html --out report      write the scorecards"""


def engine_version() -> str:
    """The program's version."""
    try:
        return version("gongkai")
    except PackageNotFoundError:
        return "0.1.0"


def verbs() -> dict[str, ModuleType]:
    """Every module of gongkai.commands, by verb."""
    names = sorted(m.name for m in pkgutil.iter_modules(commands.__path__))
    return {n.replace("_", "-"): importlib.import_module(f"gongkai.commands.{n}") for n in names}


def _common(parser: argparse.ArgumentParser, late: bool) -> None:
    default = argparse.SUPPRESS if late else None
    parser.add_argument("--home", metavar="DIR", default=default, help="folder with config/ and var/ (also GONGKAI_HOME)")
    parser.add_argument("--db", metavar="URL", default=default, help="database (also GONGKAI_DB); default SQLite in var/")
    parser.add_argument("--sites", dest="sites_file", metavar="FILE", default=default, help="another sites.toml")
    parser.add_argument("--json", action="store_true", default=argparse.SUPPRESS if late else False,
                        help="print one JSON document")


def build_parser(names: list[str] | None = None) -> argparse.ArgumentParser:
    """The whole parser; ``names`` limits it to some verbs, which saves their imports."""
    parser = argparse.ArgumentParser(prog="gongkai", epilog=EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter,
                                     description="公开：用证据说明政府网站是否公开了应当公开的内容。")
    parser.add_argument("--version", action="version", version=f"gongkai {engine_version()}")
    _common(parser, late=False)
    sub = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    for name, module in verbs().items():
        doc = (module.__doc__ or "").strip()
        child = sub.add_parser(name, help=doc.splitlines()[0].replace("%", "%%"), description=doc,
                               formatter_class=argparse.RawDescriptionHelpFormatter)
        _common(child, late=True)
        module.add_arguments(child)
        child.set_defaults(module=module)
    return parser


def main(argv: list[str] | None = None) -> int:
    """Run one verb and give its exit code."""
    args = build_parser().parse_args(argv)
    module = args.module
    try:
        home = find_home(args.home, args.db, args.sites_file) if getattr(module, "NEEDS_HOME", True) else None
        code: int = module.run(args, home)
        sys.stdout.flush()
        return code
    except GongkaiError as exc:
        print(f"gongkai: {exc}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("gongkai: interrupted; the same command goes on where this stopped", file=sys.stderr)
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as exc:
        if exc.filename or exc.errno == 28:
            print(f"gongkai: {exc.filename or ''}: {exc.strerror}; mend it and run the same command again", file=sys.stderr)
            return 1
        traceback.print_exc()
        return 3
    except Exception:
        traceback.print_exc()
        print("gongkai: this is a bug; please report it with the lines above", file=sys.stderr)
        return 3


if __name__ == "__main__":
    sys.exit(main())

"""One verb a file: ``add_arguments(parser)`` and ``run(args, home) -> exit code``."""

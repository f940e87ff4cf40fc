"""``python -m gongkai``."""

import sys

from gongkai.main import main

sys.exit(main())

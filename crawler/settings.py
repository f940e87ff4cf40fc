"""Every Scrapy setting that is not its default, with its reason beside it."""

from __future__ import annotations

from typing import Any

from crawler.sites import Sites

VERSION = "0.1.0"
MAX_BYTES = 50 << 20  # a body above it is no page and no budget table


def user_agent(contact: str) -> str:
    """Honest: name, version, purpose, where to complain."""
    return f"gongkai/{VERSION} (audit of government disclosure; contact: {contact or 'see config/sites.toml'})"


def settings(sites: Sites) -> dict[str, Any]:
    """Settings for one process."""
    return {
        "USER_AGENT": user_agent(sites.contact),
        # robots.txt is asked, obeyed and archived by the spider itself, which must also wait where it cannot be read
        "ROBOTSTXT_OBEY": False,
        # redirects and retries are pages and failures of their own: the spider sees and archives each
        "REDIRECT_ENABLED": False,
        "RETRY_ENABLED": False,
        "METAREFRESH_ENABLED": False,
        "COOKIES_ENABLED": False,  # a session would make pages differ between visitors
        "CONCURRENT_REQUESTS": 64,  # over all hosts; each host has one connection
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "DOWNLOAD_DELAY": 0,  # crawler.politeness waits, for all spiders together
        "RANDOMIZE_DOWNLOAD_DELAY": False,
        "DOWNLOAD_TIMEOUT": sites.timeout,
        "DOWNLOAD_MAXSIZE": MAX_BYTES,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_FAIL_ON_DATALOSS": False,  # a torn body is archived and said to be torn
        "DOWNLOAD_HANDLERS": {"http": "crawler.resolve.GuardedHandler", "https": "crawler.resolve.GuardedHandler",
                              "file": None, "ftp": None, "s3": None, "data": None},
        "TWISTED_DNS_RESOLVER": "crawler.guard.GuardedResolver",
        "DOWNLOADER_MIDDLEWARES": {"crawler.archiver.Archiver": 580},  # after decompression, before any spider
        "HTTPPROXY_ENABLED": False,  # a proxy of the environment would look names up by itself, past the guard and the pace
        "GONGKAI_RESOLVE": sites.resolve,
        "DUPEFILTER_CLASS": "scrapy.dupefilters.BaseDupeFilter",  # the frontier knows what was asked
        "HTTPERROR_ALLOW_ALL": True,
        "REMOTE_CONTROL_ENABLED": False,  # it executes Python for whoever has its token
        "TELNETCONSOLE_ENABLED": False,
        "LOG_LEVEL": "ERROR",
        "LOG_INSTALL_ROOT_HANDLER": False,
        "DEPTH_PRIORITY": 0,
        "REFERER_ENABLED": False,
    }

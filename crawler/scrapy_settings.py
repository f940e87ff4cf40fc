"""The settings module that Scrapy's own command line loads: crawler.settings for the home of the current folder."""

from crawler.settings import settings as _settings
from crawler.sites import load_sites
from db.home import find_home

globals().update(_settings(load_sites(find_home(None, None, None).sites_file)))
SPIDER_LOADER_CLASS = "spiders.loader.SiteLoader"
SPIDER_LOADER_WARN_ONLY = True

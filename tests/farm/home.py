"""The farm's home folder: a config/sites.toml whose names lead to loopback and whose clock stands at a night."""

from __future__ import annotations

import json
from pathlib import Path

from tests.farm.model import FarmSite
from tests.farm.serve import CONTROL, Farm


def write_home(home: Path, farm: Farm, editions: tuple[str, ...] = ("shanghai-2019", "regulation-2019"), timeout: float = 3.0) -> None:
    """(Re)write sites.toml for the farm as it runs now. timeout: seconds that an answer may take; more where many sites share two cores."""
    (home / "config").mkdir(parents=True, exist_ok=True)
    hosts = list(dict.fromkeys(h for s in farm.served for h in (s.host, s.second_host) if h))
    hosts += sorted({path.split("/")[0] for s in farm.served for path in s.elsewhere} - set(hosts))
    resolvers = ", ".join(f'"127.0.0.1:{p}"' for p in farm.dns_ports)
    lines = [
        "# 虚构的云泽市：所有单位和网址均为测试而造", f"editions = {json.dumps(editions)}", 'contact = "farm@yunze.example"', "",
        "[run]", f"clock = {farm.night.isoformat()}T02:00:00+08:00", f"timeout = {timeout}", "",
        "[dns]", f"resolvers = [{resolvers}]", f'control = "{CONTROL}"', "",
        "[resolve]", *(f'"{h}" = "127.0.0.1:{farm.port}"' for h in hosts), "",
    ]
    for site in farm.sites:
        lines += _row(site)
    (home / "config" / "sites.toml").write_text("\n".join(lines), "utf-8")


def _row(site: FarmSite) -> list[str]:
    said = lambda v: json.dumps(v, ensure_ascii=False)  # noqa: E731
    out = ["[[site]]", f'id = "{site.id}"', f'name = "{site.name}"', f'level = "{site.level}"', f"units = {said(list(site.units))}",
           f"formerly = {said(list(site.formerly))}", f"short_names = {said(list(site.short))}", "delay = 0.0",
           'delay_agreed_by = "虚构网站"', 'source = "虚构"', "read_on = 2020-01-01"]
    out += [f'facts.{k} = {{ value = {said(v)}, source = "虚构", read_on = 2020-01-01 }}' for k, v in site.facts.items()]
    if site.folder:
        out.insert(1, f'entry = ["http://{site.host}{site.folder}/"]')
    out += ["[[site.host]]", f'url = "http://{site.host}"']
    if site.folder:
        out += ['role = "platform"', f'scope = {{ path = "{site.folder}/" }}']
    for other in site.others:
        out += ["[[site.host]]", f'url = "http://{other.host}"']
    if site.second_host:
        out += ["[[site.host]]", f'url = "http://{site.second_host}"', 'role = "platform"']
    return [*out, ""]

"""Ten thousand invented sites probed on loopback: DNS by two resolvers, TCP, TLS with the chain verified, one GET; no host out of turn.

  python bench/probes.py [--sites 10000]

DNS and web servers run in processes of their own. Prints the time and what each site was asked.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import os
import ssl
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parent))


def serve_web(ready: multiprocessing.connection.Connection, pem: str) -> None:
    """HTTPS for every name below one wildcard."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    asked: Counter[str] = Counter()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            asked[head.split(b"Host: ")[1].split(b"\r\n")[0].decode()] += 1
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nStrict-Transport-Security: max-age=1\r\n\r\n")
            await writer.drain()
        except (OSError, asyncio.IncompleteReadError, ssl.SSLError):
            pass
        finally:
            writer.close()

    async def run() -> None:
        server = await asyncio.start_server(answer, "127.0.0.1", 0, ssl=context, backlog=512)
        ready.send(server.sockets[0].getsockname()[1])
        loop = asyncio.get_running_loop()
        while not await loop.run_in_executor(None, ready.poll, 0.5):
            pass
        ready.send(asked)

    asyncio.run(run())


def main() -> None:
    """Make certificates, start the servers, probe, print."""
    import trustme
    from resolvers import serve

    from crawler.probe.asker import Asker, Resolver
    from crawler.probe.net import Net
    from crawler.probe.run import Prober, Subject, Told

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sites", type=int, default=10_000)
    count = parser.parse_args().sites
    with tempfile.TemporaryDirectory() as folder:
        root = trustme.CA()
        root.cert_pem.write_to_path(f"{folder}/root.pem")
        os.environ["SSL_CERT_FILE"] = f"{folder}/root.pem"
        root.issue_cert("*.gov.example").private_key_and_cert_chain_pem.write_to_path(f"{folder}/leaf.pem")
        web, web_end = multiprocessing.Pipe()
        dns, dns_end = multiprocessing.Pipe()
        processes = [multiprocessing.Process(target=serve_web, args=(web_end, f"{folder}/leaf.pem"), daemon=True),
                     multiprocessing.Process(target=serve, args=(dns_end,), daemon=True)]
        for p in processes:
            p.start()
        port, resolver = web.recv(), Resolver("127.0.0.1", dns.recv())
        names = [f"w{n}.gov.example" for n in range(count)]
        told: Counter[tuple[str, str]] = Counter()

        def tell(fact: Told) -> None:
            told[fact.kind, fact.value["answer"]] += 1

        net = Net({f"{n}:443": f"127.0.0.1:{port}" for n in names})
        prober = Prober(net, [resolver, resolver], names[0], [], "gongkai-bench", only=frozenset({"http"}), dns=Asker())
        subjects = [Subject(n.split(".")[0], f"https://{n}/") for n in names]
        began = time.perf_counter()
        asyncio.run(prober.run(subjects, tell))
        spent = time.perf_counter() - began
        web.send("stop")
        asked: Counter[str] = web.recv()
        for p in processes:
            p.terminate()
    print(f"{count} sites in {spent:.1f} s ({count / spent:.0f} a second); most requests to one host: {max(asked.values())}")
    print(", ".join(f"{kind} {answer}: {n}" for (kind, answer), n in sorted(told.items())))


if __name__ == "__main__":
    main()

"""Spellings of addresses that no public site has, and names that lead there: what tests/netns/private.py plants."""

from __future__ import annotations

SITE = "www.lure.example"
PUBLIC = ["101.226.8.1"]
PRIVATE = ("127.0.0.1", "10.0.0.1", "169.254.169.254", "192.168.1.1", "172.16.0.1", "100.64.0.1", "198.18.0.1", "0.0.0.0")
SIX = ("::ffff:127.0.0.1", "64:ff9b::127.0.0.1", "64:ff9b::10.0.0.1", "::1", "fd00::1", "fec0::1", "2002:7f00:1::1", "::127.0.0.1")

# name -> the answers to the first, second, ... question; the last one stays
NAMES: dict[str, list[list[str]]] = {SITE: [PUBLIC], "control.lure.example": [[*PUBLIC, "2400:3200::1"]], "sends.lure.example": [PUBLIC]}
NAMES |= {f"turns{n}.lure.example": [PUBLIC, [a]] for n, a in enumerate(PRIVATE)}  # public the first night, ours from then on
NAMES |= {f"is{n}.lure.example": [[a]] for n, a in enumerate(PRIVATE)}
NAMES |= {f"six{n}.lure.example": [[a]] for n, a in enumerate(SIX)}
NAMES |= {f"mixed{n}.lure.example": [[a, *PUBLIC]] for n, a in enumerate(PRIVATE[:3])}
NAMES |= {"flips.lure.example": [PUBLIC, ["127.0.0.1"]] * 40, "flips6.lure.example": [[*PUBLIC, "2400:3200::1"], ["10.0.0.1", "::ffff:127.0.0.1"]] * 40}

ROWS = {
    "lure": [f"http://{SITE}", "http://turns0.lure.example"], "turns": ["http://turns1.lure.example"], "flips": ["http://flips.lure.example"],
    "flips6": ["http://flips6.lure.example"], "is": ["http://is0.lure.example"], "six": ["http://six0.lure.example"], "sends": ["http://sends.lure.example"],
    "literal": ["http://127.0.0.1"], "literal6": ["http://[::1]"], "octal": ["http://0177.1"]}

WHERE = ["", ":80", ":443", ":8080"]
LOCATIONS = [
    *(f"http://{a}/" for a in PRIVATE), *(f"http://127.0.0.1{p}/" for p in WHERE), *(f"https://{a}/" for a in PRIVATE[:3]),
    "http://localhost/", "http://localhost:8080/", "http://LOCALHOST./", "http://localhost.localdomain/", "http://ip6-localhost/",
    "http://2130706433/", "http://017700000001/", "http://0x7f000001/", "http://0X7F000001:8080/", "http://0x7f.1/", "http://127.1/",
    "http://0177.0.0.1/", "http://0/", "http://167772161/", "http://0xa9fea9fe/latest/meta-data/", "http://127.0.0.1./", "http://127.000.000.001/",
    "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://[0:0:0:0:0:ffff:127.0.0.1]:8080/", "http://[::1%25lo]/",
    "http://[64:ff9b::127.0.0.1]/", "http://[64:ff9b::a00:1]/", "http://[::127.0.0.1]/", "http://[fd00::1]/", "http://[fec0::1]/",
    "http://[2002:7f00:1::1]/", "http://[::]/", "http://[fe80::1]/",
    f"http://{SITE}@127.0.0.1/", f"http://{SITE}:80@127.0.0.1:80/", f"http://a:b@{SITE}@127.0.0.1/", f"http://{SITE}%40127.0.0.1/",
    f"http://127.0.0.1\\@{SITE}/x", f"http://{SITE}\\@127.0.0.1/", f"http://{SITE}#@127.0.0.1/", f"http://127.0.0.1%2f@{SITE}/y",
    f"http://{SITE}%00.127.0.0.1/", "http:\\\\127.0.0.1\\", "//127.0.0.1/", "////127.0.0.1/", "http:127.0.0.1/", "http:///127.0.0.1/",
    "http://%31%32%37.0.0.1/", "http://127。0。0。1/", f"http://{SITE}:22/", f"http://{SITE}:8080/", f"https://{SITE}:22/",
    "ftp://127.0.0.1/", "file:///etc/passwd", "gopher://127.0.0.1:80/_x", "data:text/html,x", "javascript:alert(1)", "s3://a/b",
    *(f"http://{n}/" for n in NAMES if n.startswith(("turns", "is", "six", "mixed")))]
HREFS = [  # what a Location cannot spell; a page of UTF-8 can
    "http://１２７.0.0.1/", "http://①②⑦.⓪.⓪.①/", "http://127。0。0。1/", "http://127．0．0．1/", "http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/", "http://0x7f。1/",
    "http://127.0.0.1:8080/", "http://[::ffff:10.0.0.1]/", "http://10.0.0.1/", "http://is1.lure.example/", "http://turns2.lure.example/"]
FRAMES = HREFS[6:10]

# what a page's script may try of a browser: none of it goes through the page's own requests alone
BROWSER = """
<link rel="preconnect" href="http://127.0.0.1:8080/"><link rel="dns-prefetch" href="http://is0.lure.example/">
<link rel="prefetch" href="http://127.0.0.1/p"><link rel="icon" href="http://127.0.0.1/i"><link rel="manifest" href="http://127.0.0.1/m">
<link rel="stylesheet" href="http://10.0.0.1/c.css"><script src="http://10.0.0.1/s.js"></script><script src="http://turns3.lure.example/s.js"></script>
<script type="speculationrules">{"prerender":[{"source":"list","urls":["http://127.0.0.1/r"]}],"prefetch":[{"source":"list","urls":["http://10.0.0.1/r"]}]}</script>
<script>
addEventListener("load", function () {
  var go = function (f) { try { f() } catch (e) { document.title += "!" } };
  var add = function (tag, at, url) { var x = document.createElement(tag); x[at] = url; document.body.appendChild(x); return x };
  go(function () { new WebSocket("ws://127.0.0.1/"); new WebSocket("ws://is1.lure.example:8080/") });
  go(function () { window.open("http://127.0.0.1:8080/") });
  go(function () {
    var p = new RTCPeerConnection({iceServers: [{urls: "stun:127.0.0.1:3478"}, {urls: "turn:127.0.0.1:8080?transport=tcp", username: "a", credential: "b"}]});
    p.createDataChannel("x"); p.createOffer().then(function (o) { p.setLocalDescription(o) }) });
  go(function () { fetch("http://127.0.0.1/f", {mode: "no-cors"}); fetch("http://169.254.169.254/k", {mode: "no-cors", keepalive: true}) });
  go(function () { fetch("/elsewhere/"); fetch("http://localhost:8080/f", {method: "POST", body: "x", mode: "no-cors"}) });
  go(function () { new EventSource("http://127.0.0.1/e"); navigator.sendBeacon("http://127.0.0.1/b", "x") });
  go(function () { add("iframe", "src", "http://127.0.0.1/if"); add("img", "src", "http://10.0.0.1/im"); add("object", "data", "http://10.0.0.1/ob") });
  go(function () { add("video", "src", "http://127.0.0.1/v"); add("embed", "src", "http://127.0.0.1/em") });
  go(function () { var f = add("form", "action", "http://127.0.0.1/fo"); f.method = "post"; f.target = "_blank"; f.submit() });
  go(function () { var a = add("a", "href", "#x"); a.ping = "http://127.0.0.1/pi"; a.click() });
  go(function () { new Worker(URL.createObjectURL(new Blob(['fetch("http://127.0.0.1/w", {mode: "no-cors"})']))) });
  go(function () { new SharedWorker(URL.createObjectURL(new Blob(['fetch("http://127.0.0.1/sw", {mode: "no-cors"})']))) });
  go(function () { new WebTransport("https://127.0.0.1:8080/") });
  fetch("/drawn/").then(function () { document.getElementById("list").innerHTML = "<p>机构职能：贯彻执行财政工作的方针政策。</p>" });
});
</script>"""

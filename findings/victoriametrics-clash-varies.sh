#!/usr/bin/env bash
# VictoriaMetrics refuses a match of many series with many, and names two of them: any two. The same query for the same
# moment over the same samples gets another text nearly every time, since the groups are gone through in no order. So the
# text of a refusal says nothing about whether the refusal is still the same: whoever compares texts to find out, keeps
# the last one, or counts different ones, sees a change with every evaluation. What is stable is the text before the first
# series. Needs apt-get, dpkg-deb and curl; the server listens on loopback alone.
set -euo pipefail

version=1.79.5+ds1-2+b5
folder=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; wait; rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq "victoria-metrics=$version" 2>/dev/null
dpkg-deb -x victoria-metrics_*.deb .
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
./usr/bin/victoria-metrics -storageDataPath=data -httpListenAddr="127.0.0.1:$port" >log 2>&1 &
server=$!
url=http://127.0.0.1:$port
for _ in $(seq 100); do curl -sf "$url/health" >/dev/null 2>&1 && break; sleep 0.1; done

at=$(date +%s)
for index in $(seq 40); do echo "port_up{node=\"n$((index % 4))\",port=\"$index\"} 1 ${at}000"; done |
  curl -sf --data-binary @- "$url/api/v1/import/prometheus"
ask() { curl -s "$url/api/v1/query?nocache=1&time=$at" --data-urlencode "query=$1"; }
for _ in $(seq 100); do ask 'count(port_up)' | grep -q '"40"' && break; sleep 0.1; done

echo "VictoriaMetrics $version"
for _ in $(seq 20); do ask 'port_up * on(node) port_up'; echo; done | sed 's/.*duplicate time series/duplicate time series/; s/\\"/"/g; s/"}$//' >answers
head -n 3 answers
whole=$(sort -u answers | wc -l)
stable=$(sed 's/: {.*//' answers | sort -u | wc -l)
[ "$whole" -gt 1 ] && [ "$stable" -eq 1 ] || { echo "The behaviour has changed: $whole texts, $stable begins."; exit 1; }
echo 'As found: 20 times the same question, more than one text, one begin of all of them.'

#!/usr/bin/env bash
# TLSSocket.getPeerX509Certificate() of Node gives the peer's certificate once: asked again on the same client socket,
# it gives nothing, and so does getPeerCertificate() after it. The older getPeerCertificate() may be asked any number of
# times. A check that reads the certificate for its dates and later for its names finds a server without one. Needs npm
# and openssl; runs the node that npm delivers against a TLS server on the loopback.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix "$folder" node@24.21.0 >/dev/null 2>&1
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -subj /CN=device.example \
  -keyout key.pem -out certificate.pem >/dev/null 2>&1

cat >ask.mjs <<'JS'
import { readFileSync } from 'node:fs';
import tls from 'node:tls';

const server = tls.createServer({ key: readFileSync('key.pem'), cert: readFileSync('certificate.pem') });
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const nameOf = (certificate) => (certificate?.subject === undefined ? 'nothing' : 'the certificate');

function ask(...methods) {
  return new Promise((resolve, reject) => {
    const { port } = server.address();
    const socket = tls.connect({ host: '127.0.0.1', port, rejectUnauthorized: false }, () => {
      resolve(methods.map((method) => `${method}: ${nameOf(socket[method]())}`).join(', '));
      socket.destroy();
    });
    socket.on('error', reject);
  });
}

console.log(await ask('getPeerCertificate', 'getPeerCertificate', 'getPeerX509Certificate'));
console.log(await ask('getPeerX509Certificate', 'getPeerX509Certificate', 'getPeerCertificate'));
server.close();
JS

node=$folder/node_modules/node/bin/node
seen=$("$node" ask.mjs)
printf 'Node %s\n%s\n' "$("$node" --version)" "$seen"
expected='getPeerCertificate: the certificate, getPeerCertificate: the certificate, getPeerX509Certificate: the certificate
getPeerX509Certificate: the certificate, getPeerX509Certificate: nothing, getPeerCertificate: nothing'
[ "$seen" = "$expected" ] || { echo 'The behaviour has changed.'; exit 1; }
echo 'As found: the certificate is given once.'

// Stands in for the backend and the components, so that the launcher is tested apart from them.
import { createServer } from 'node:http';

const { STRATORA_INTERNAL_PORT: port, STRATORA_PROXY_SECRET: secret } = process.env;
const kind = process.argv[2];
process.stdout.write(`${kind} begins\n`);

if (kind === 'server') {
  createServer((request, response) => {
    const trusted = request.headers['x-stratora-proxy'] === secret;
    const answer = { path: request.url, from: trusted ? request.headers['x-forwarded-for'] : null };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(answer));
  }).listen(Number(port), '127.0.0.1');
}

const end = () => {
  process.stdout.write(`${kind} ends\n`);
  process.exit(0);
};
process.on('SIGTERM', end);
process.stdin.on('end', end).on('close', end).resume();
setInterval(() => {}, 60_000);

import { createSocket } from 'node:dgram';

/** Starts a server that answers every question with NXDOMAIN (RFC 1035, 4.1.1), so that unknown names fail at once. */
export async function startDnsServer(): Promise<() => void> {
  const socket = createSocket('udp4');
  socket.on('message', (query, from) => {
    if (query.length < 12) return;
    const answer = Buffer.from(query);
    answer.writeUInt16BE(0x8183, 2);
    // The question is repeated; additional records such as EDNS are not.
    const end = questionEnd(answer);
    answer.writeUInt16BE(0, 6);
    answer.writeUInt16BE(0, 8);
    answer.writeUInt16BE(0, 10);
    socket.send(answer.subarray(0, end), from.port, from.address);
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(53, '127.0.0.53', resolve);
  });
  return () => {
    socket.close();
  };
}

function questionEnd(message: Buffer): number {
  let at = 12;
  while (at < message.length && (message[at] ?? 0) !== 0) at += (message[at] ?? 0) + 1;
  return Math.min(message.length, at + 5);
}

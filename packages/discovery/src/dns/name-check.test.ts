import { createSocket, type Socket } from 'node:dgram';
import { afterEach, describe, expect, it } from 'vitest';
import { NameCheck } from './name-check.ts';

const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.close();
});

const PTR = 12;
const ADDRESS = 1;

/** A DNS server: names and addresses by question, NXDOMAIN for others; `silent` answers nothing. */
async function serve(records: Readonly<Record<string, string>>, isSilent = false) {
  const socket = createSocket('udp4');
  sockets.push(socket);
  let asked = 0;
  socket.on('message', (query, from) => {
    asked += 1;
    if (!isSilent) socket.send(answerTo(query, records), from.port, from.address);
  });
  await new Promise<void>((resolve) => {
    socket.bind(0, '127.0.0.1', resolve);
  });
  return { server: `127.0.0.1:${socket.address().port}`, asked: () => asked };
}

function answerTo(query: Buffer, records: Readonly<Record<string, string>>): Buffer {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += length + 1;
  }
  const type = query.readUInt16BE(at + 1);
  const found = records[`${labels.join('.')} ${type}`];
  const question = query.subarray(12, at + 5);
  const header = Buffer.from(query.subarray(0, 12));
  header.writeUInt16BE(found === undefined ? 0x8183 : 0x8180, 2);
  header.writeUInt16BE(found === undefined ? 0 : 1, 6);
  header.writeUInt32BE(0, 8);
  if (found === undefined) return Buffer.concat([header, question]);
  const data = type === ADDRESS ? Buffer.from(found.split('.').map(Number)) : encodeName(found);
  const record = Buffer.alloc(12);
  record.writeUInt16BE(0xc00c, 0);
  record.writeUInt16BE(type, 2);
  record.writeUInt16BE(1, 4);
  record.writeUInt32BE(60, 6);
  record.writeUInt16BE(data.length, 10);
  return Buffer.concat([header, question, record, data]);
}

function encodeName(name: string): Buffer {
  const labels = name
    .split('.')
    .flatMap((label) => [Buffer.from([label.length]), Buffer.from(label, 'latin1')]);
  return Buffer.concat([...labels, Buffer.from([0])]);
}

function checkOf(...servers: string[]) {
  const queries: string[] = [];
  const check = new NameCheck({
    servers,
    onQuery: async (address) => {
      queries.push(address);
    },
  });
  return { check, queries };
}

describe('the name of an address', () => {
  it('is asked for, and whether it leads back; each question is one packet', async () => {
    const dns = await serve({
      [`1.0.0.10.in-addr.arpa ${PTR}`]: 'core.example.test',
      [`core.example.test ${ADDRESS}`]: '10.0.0.1',
      [`2.0.0.10.in-addr.arpa ${PTR}`]: 'old.example.test',
      [`old.example.test ${ADDRESS}`]: '10.0.0.99',
    });
    const { check, queries } = checkOf(dns.server);
    expect(await check.check('10.0.0.1')).toEqual({ name: 'core.example.test', leadsBack: true });
    expect(await check.check('10.0.0.2')).toEqual({ name: 'old.example.test', leadsBack: false });
    expect(await check.check('10.0.0.3')).toBeUndefined();
    expect(queries).toHaveLength(5);
    expect(dns.asked()).toBe(5);
  });

  it('is asked of the next server where one is silent, once', async () => {
    const silent = await serve({}, true);
    const dns = await serve({ [`1.0.0.10.in-addr.arpa ${PTR}`]: 'core.example.test' });
    const { check, queries } = checkOf(silent.server, dns.server);
    expect(await check.check('10.0.0.1')).toMatchObject({ name: 'core.example.test' });
    expect(silent.asked() + dns.asked()).toBe(queries.length);
  });

  it('that is no host name is none', async () => {
    const dns = await serve({ [`1.0.0.10.in-addr.arpa ${PTR}`]: '<script>x.test' });
    expect(await checkOf(dns.server).check.check('10.0.0.1')).toBeUndefined();
  });
});

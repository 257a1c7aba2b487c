import type { DeviceIdentity, DiscoveryPart, FoundDevice } from '@stratora/contract';
import { evidenceFromWire, identifyFound } from '@stratora/discovery';
import type { Evidence } from '@stratora/identify';
import { sanitizeText } from '@stratora/runtime';
import type { Tx } from '../../platform/db/index.ts';
import { DeviceBook, readFindings } from './device-book.ts';
import { countSeen, listKnownBy, makeIds } from './device-queries.ts';
import { setIgnored, writeDevices } from './device-writing-queries.ts';
import { usableKeys } from './identity-keys.ts';
import { listIgnored } from './ignored-queries.ts';
import type { RunRow } from './job-row.ts';
import { addToLedger } from './ledger-queries.ts';
import { type MatchScope, matchNodesByAddress, matchNodesByKey } from './node-match-queries.ts';
import { listSealed } from './run-queries.ts';

/** Remarks that are kept of a run. */
const REMARKS_MAX = 100;

/** A part as it came: its devices are read one by one. */
export type GivenPart = Omit<DiscoveryPart, 'devices'> & { devices: readonly unknown[] };

/** Tells what a device is. */
export interface DeviceIdentifier {
  identifyDevice(evidence: Evidence): Promise<DeviceIdentity>;
}

/** What a part adds to its run. */
export interface TakenPart {
  readonly found: number;
  readonly packets: number;
  readonly remarks: readonly string[];
}

/** Keeps what a part holds: devices, and packets. The caller has locked the job and the run. */
export async function keepPart(
  tx: Tx,
  {
    run,
    scope,
    part,
    identifier,
  }: { run: RunRow; scope: MatchScope; part: GivenPart; identifier: DeviceIdentifier },
): Promise<TakenPart> {
  const { found, leftOut } = readFindings(part.devices);
  const known: FoundDevice[] = [];
  for (const one of found) known.push(await identified(one, identifier));
  if (known.length > 0) await keepFindings(tx, { run, scope, found: known });
  const packets = await addToLedger(tx, run.id, part.ledger);
  const remarks = [
    ...run.remarks,
    ...part.remarks.map((remark) => sanitizeText(remark)),
    ...(leftOut > 0 ? [`${leftOut} devices were reported in a form that cannot be read, and left out.`] : []),
  ];
  return {
    found: await countSeen(tx, run.job_id, run.id),
    packets,
    remarks: [...new Set(remarks)].slice(0, REMARKS_MAX),
  };
}

/** Tells what a device is whose scan could only read its evidence. */
async function identified(found: FoundDevice, identifier: DeviceIdentifier): Promise<FoundDevice> {
  if (found.evidence === null || found.identity !== null) return found;
  const identity = await identifier.identifyDevice(evidenceFromWire(found.evidence, found));
  return identifyFound(found, () => identity);
}

async function keepFindings(
  tx: Tx,
  { run, scope, found }: { run: RunRow; scope: MatchScope; found: readonly FoundDevice[] },
): Promise<void> {
  const { id: runId, job_id: jobId, plan } = run;
  const known = await listKnownBy(tx, jobId, {
    addresses: found.flatMap((one) => [one.address, ...one.also_at]),
    keys: found.flatMap(usableKeys),
  });
  const ids = await makeIds(tx, found.length);
  const newId = () => {
    const id = ids.pop();
    if (id === undefined) throw new Error('more devices than findings');
    return id;
  };
  // What is deleted since, or was no part of the order, can be no device's credential.
  const credentials = new Set((await listSealed(tx, plan.credential_ids)).map(({ id }) => id));
  const book = new DeviceBook(known, { runId, snmpPort: plan.options.snmp_port, newId });
  for (const one of found) {
    const isGood = one.credential_id === null || credentials.has(one.credential_id);
    book.add(isGood ? one : { ...one, credential_id: null });
  }
  await writeDevices(tx, jobId, book);
  const changed = book.changed.map(({ id }) => id);
  await matchNodesByAddress(tx, scope, changed);
  await matchNodesByKey(tx, scope, changed);
  const ignored = await listIgnored(tx, scope, changed);
  if (ignored.length > 0) await setIgnored(tx, ignored, true);
}

import {
  type Evidence,
  type EvidenceSource,
  type RuleBook,
  readEvidence,
  snmpSource,
} from '@stratora/identify';
import {
  isSnmpError,
  RequestBudget,
  type SnmpManager,
  type SnmpSession,
  type SnmpTarget,
  type SnmpVarbind,
} from '@stratora/snmp';
import type { SnmpLogin } from '../snmp/scan-credential.ts';
import { type FoundKey, keysOf } from './identity-keys.ts';
import { addressesKey, readOwnAddresses } from './own-addresses.ts';

export interface DeviceReaderOptions {
  readonly manager: SnmpManager;
  readonly port: number;
  /** Requests per second to one device. */
  readonly requestsPerSecond: number;
  readonly signal: AbortSignal;
  readonly book: RuleBook;
}

/** What one device said of itself. */
export interface DeviceReading {
  readonly evidence: Evidence;
  readonly keys: readonly FoundKey[];
  readonly ownAddresses: readonly string[];
  readonly remarks: readonly string[];
}

/** Reads more of a device over the session that is open to it. */
export type FurtherReading = (session: SnmpSession, budget: RequestBudget) => Promise<void>;

/** snmpEngineID.0, dot1dBaseBridgeAddress.0, lldpLocChassisIdSubtype.0 and lldpLocChassisId.0. */
const ENGINE_ID = '1.3.6.1.6.3.10.2.1.1.0';
const BRIDGE_ADDRESS = '1.3.6.1.2.1.17.1.1.0';
const CHASSIS_SUBTYPE = '1.0.8802.1.1.2.1.3.1.0';
const CHASSIS_ID = '1.0.8802.1.1.2.1.3.2.0';

const TIMEOUT_MS = 1_000;
const RETRIES = 2;
/** What one device may cost. */
const BUDGET = { durationMs: 120_000, maxVarbinds: 20_000, maxBytes: 4 * 1024 * 1024 };
/** Paces that a session of SNMP can keep. */
const PACE = { least: 0.1, most: 1000 };

/** Reads what a device is, and what tells it from others. All of it are reads, one after the other. */
export class DeviceReader {
  readonly #options: DeviceReaderOptions;

  constructor(options: DeviceReaderOptions) {
    this.#options = options;
  }

  /**
   * Reads a device that has answered a login.
   *
   * @param known what was found of it by other ways
   * @throws the signal's reason
   */
  async read(
    { address, login }: { readonly address: string; readonly login: SnmpLogin },
    known: Evidence,
    further?: FurtherReading,
  ): Promise<DeviceReading> {
    const { manager, signal, book } = this.#options;
    const session = manager.session(this.#targetOf(address, login));
    const budget = new RequestBudget(BUDGET);
    try {
      const { evidence, remark } = await readOrKeep(snmpSource({ session, signal, budget }), book, known);
      if (remark !== undefined) return { evidence, keys: [], ownAddresses: [], remarks: [remark] };
      const names = await this.#readNames(session, budget);
      const own = await readOwnAddresses(session, { budget, signal });
      const ownKey = addressesKey(own, address);
      await further?.(session, budget);
      return {
        evidence,
        keys: [...keysOf(names), ...(ownKey === undefined ? [] : [ownKey])],
        ownAddresses: own.addresses,
        remarks: own.isWhole ? [] : ['Its addresses could not be read to the end.'],
      };
    } finally {
      session.close();
    }
  }

  #targetOf(host: string, login: SnmpLogin): SnmpTarget {
    const { port, requestsPerSecond } = this.#options;
    const pace = { requestsPerSecond: Math.min(PACE.most, Math.max(PACE.least, requestsPerSecond)) };
    const address = { host, port, timeoutMs: TIMEOUT_MS, retries: RETRIES, pace };
    return login.version === 3
      ? { ...address, version: 3, user: login.user }
      : { ...address, version: login.version, community: login.community };
  }

  async #readNames(session: SnmpSession, budget: RequestBudget): Promise<Parameters<typeof keysOf>[0]> {
    const { signal } = this.#options;
    let values: readonly SnmpVarbind[] = [];
    try {
      const wanted = [ENGINE_ID, BRIDGE_ADDRESS, CHASSIS_SUBTYPE, CHASSIS_ID];
      values = await session.getValues(wanted, { budget, signal });
    } catch (error) {
      if (!isSnmpError(error)) throw error;
    }
    const valueOf = (oid: string) => values.find((value) => value.oid === oid)?.value;
    const octetsOf = (oid: string) => {
      const value = valueOf(oid);
      return Buffer.isBuffer(value) ? value : undefined;
    };
    const subtype = valueOf(CHASSIS_SUBTYPE);
    return {
      engineId: octetsOf(ENGINE_ID),
      bridgeAddress: octetsOf(BRIDGE_ADDRESS),
      chassisSubtype: typeof subtype === 'number' ? subtype : undefined,
      chassisId: octetsOf(CHASSIS_ID),
    };
  }
}

/** Reads the evidence; a device that answered the sweep and then does not is known by what was found otherwise. */
async function readOrKeep(
  source: EvidenceSource,
  book: RuleBook,
  known: Evidence,
): Promise<{ evidence: Evidence; remark: string | undefined }> {
  try {
    return { evidence: await readEvidence(source, book, known), remark: undefined };
  } catch (error) {
    if (!isSnmpError(error)) throw error;
    return { evidence: known, remark: `It answered SNMP once, and then could not be read: ${error.message}` };
  }
}

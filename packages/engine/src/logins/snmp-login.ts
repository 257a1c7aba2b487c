import type { CommunitySecret, SnmpV3Secret } from '@stratora/contract';
import { sanitizeText } from '@stratora/runtime';
import {
  createSnmpManager,
  isExceptionTag,
  isSnmpError,
  type SnmpErrorKind,
  type SnmpManager,
  type SnmpTarget,
  type SnmpVarbind,
} from '@stratora/snmp';
import { noAnswer } from '../target-words.ts';
import { type LoginAnswer, type LoginCall, loggedIn, notLoggedIn } from './login.ts';

/** The objects of SNMPv2-MIB (RFC 3418) by which a device says what it is. */
const DESCRIPTION = '1.3.6.1.2.1.1.1.0';
const OBJECT_ID = '1.3.6.1.2.1.1.2.0';
const NAME = '1.3.6.1.2.1.1.5.0';

const TIMES = { timeoutMs: 3000, retries: 1 } as const;
/** Of the question whether an agent is there at all. */
const PROBE_TIMES = { timeoutMs: 2000, retries: 0 } as const;
/** A user that no device knows: what is wanted is its refusal. */
const NOBODY = { secName: 'stratora-probe', secLevel: 'noAuthNoPriv' } as const;

const OUTCOMES: Readonly<Record<SnmpErrorKind, Exclude<LoginAnswer['outcome'], 'ok'>>> = {
  timeout: 'timeout',
  auth: 'auth',
  refused: 'refused',
  bad_answer: 'bad_answer',
  limit: 'failed',
};

/** Asks a device once by SNMP what it is. */
export async function tryToReadSnmp(call: LoginCall): Promise<LoginAnswer> {
  const manager = createSnmpManager({ sockets: 1 });
  try {
    const target = targetOf(call);
    const session = manager.session(target);
    try {
      const values = await session.getValues([DESCRIPTION, OBJECT_ID, NAME], { signal: call.signal });
      return answered(target, values);
    } finally {
      session.close();
    }
  } catch (error) {
    if (call.signal.aborted) throw error;
    if (error instanceof RangeError) return notLoggedIn('failed', `Nothing can be asked: ${error.message}.`);
    if (!isSnmpError(error)) throw error;
    const isSilent = error.kind === 'timeout' && call.order.type !== 'snmp_v3';
    // Awaited here: the manager is closed after it.
    return isSilent ? await silent(call, manager) : notLoggedIn(OUTCOMES[error.kind], error.message);
  } finally {
    await manager.close();
  }
}

function targetOf({ order }: LoginCall): SnmpTarget {
  const address = { host: order.host, port: order.snmp_port, ...TIMES };
  if (order.type !== 'snmp_v3') {
    const { community } = order.secret as CommunitySecret;
    return { ...address, version: order.type === 'snmp_v1' ? 1 : 2, community };
  }
  const secret = order.secret as SnmpV3Secret;
  return {
    ...address,
    version: 3,
    user: {
      secName: secret.username,
      secLevel: secret.security_level,
      authProtocol: secret.auth_protocol,
      authPassword: secret.auth_password,
      privProtocol: secret.priv_protocol,
      privPassword: secret.priv_password,
      contextName: secret.context_name,
    },
  };
}

function answered({ version }: SnmpTarget, values: readonly SnmpVarbind[]): LoginAnswer {
  const textOf = (oid: string): string | null => {
    const found = values.find((value) => value.oid === oid);
    if (!found || found.value === null || isExceptionTag(found.type)) return null;
    const { value } = found;
    return sanitizeText(typeof value === 'object' ? value.toString('utf8') : String(value), 1024);
  };
  const device = { name: textOf(NAME), description: textOf(DESCRIPTION), object_id: textOf(OBJECT_ID) };
  const isMute = device.description === null && device.object_id === null;
  const protocol = `SNMP v${version === 2 ? '2c' : version}`;
  return loggedIn(
    isMute
      ? `The device answers ${protocol}, but hides from this login what it is: its view leaves the system group out.`
      : `The device answers ${protocol}.`,
    device,
  );
}

/**
 * Tells a wrong community from a device that is not there. Nobody answers a wrong community (RFC 3584, section 5.2.1), but
 * an agent with SNMPv3 tells anybody its engine's id (RFC 3414, section 4).
 */
async function silent({ order, signal }: LoginCall, manager: SnmpManager): Promise<LoginAnswer> {
  const { host, snmp_port: port } = order;
  const session = manager.session({ host, port, version: 3, user: NOBODY, ...PROBE_TIMES });
  try {
    await session.getValues([OBJECT_ID], { signal });
    return wrongCommunity(order.type);
  } catch (error) {
    if (signal.aborted) throw error;
    if (isSnmpError(error) && !error.isUnheard && error.kind !== 'timeout') return wrongCommunity(order.type);
    const words = `${noAnswer(host, port, TIMES.retries + 1)} Nothing is there, the way is blocked, SNMP is off, or the community is wrong: devices do not answer a wrong one.`;
    return notLoggedIn('timeout', words);
  } finally {
    session.close();
  }
}

function wrongCommunity(type: string): LoginAnswer {
  const version = type === 'snmp_v1' ? 'v1' : 'v2c';
  return notLoggedIn(
    'auth',
    `SNMP is there, but this community gets no answer: it is wrong, is not allowed from the collector's address, or SNMP ${version} is off.`,
  );
}

import { addressFamily } from './host-address.ts';
import {
  AUTH_PROTOCOLS,
  PRIV_PROTOCOLS,
  SECURITY_LEVELS,
  type SnmpTarget,
  type UsmUser,
} from './snmp-target.ts';

const MAX_COMMUNITY_BYTES = 255;
const MAX_USER_NAME_BYTES = 32;
const MAX_CONTEXT_BYTES = 255;
const MAX_TIMEOUT_MS = 600_000;
const MAX_RETRIES = 100;
const LEAST_REQUESTS_PER_SECOND = 0.1;
const MOST_REQUESTS_PER_SECOND = 1000;

/** Throws RangeError, in plain words, for a target that can never work. */
export function checkTarget(target: SnmpTarget): void {
  checkHost(target.host);
  checkNumber('port', target.port ?? 161, 1, 65_535);
  checkNumber('timeout in milliseconds', target.timeoutMs ?? 1, 1, MAX_TIMEOUT_MS);
  checkNumber('number of retries', target.retries ?? 0, 0, MAX_RETRIES);
  checkPace(target.pace?.requestsPerSecond ?? 1);
  if (target.version === 3) {
    checkUser(target.user);
  } else if (target.version === 1 || target.version === 2) {
    checkText('community', target.community, MAX_COMMUNITY_BYTES);
  } else {
    throw new RangeError('SNMP has the versions 1, 2 (2c) and 3');
  }
}

function checkPace(requestsPerSecond: number): void {
  if (!(requestsPerSecond >= LEAST_REQUESTS_PER_SECOND && requestsPerSecond <= MOST_REQUESTS_PER_SECOND)) {
    throw new RangeError(
      `the requests per second are not from ${LEAST_REQUESTS_PER_SECOND} to ${MOST_REQUESTS_PER_SECOND}`,
    );
  }
}

function checkHost(host: string): void {
  const isName =
    host.length <= 253 && /^[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?(\.[A-Za-z0-9_-]+)*\.?$/.test(host);
  if (addressFamily(host) === 0 && !isName)
    throw new RangeError('the host is neither an address nor a DNS name');
}

/** Throws RangeError for an SNMPv3 user that lacks what its security level needs. */
export function checkUser(user: UsmUser): void {
  if (user.secName === '') throw new RangeError('SNMPv3 needs a user name');
  checkText('user name', user.secName, MAX_USER_NAME_BYTES);
  checkText('context name', user.contextName ?? '', MAX_CONTEXT_BYTES);
  if (!SECURITY_LEVELS.includes(user.secLevel)) throw new RangeError('the security level is not known');
  if (user.secLevel === 'noAuthNoPriv') return;
  if (user.authProtocol === undefined || !AUTH_PROTOCOLS.includes(user.authProtocol)) {
    throw new RangeError('the security level needs an authentication protocol');
  }
  if ((user.authPassword ?? '') === '')
    throw new RangeError('the security level needs an authentication password');
  if (user.secLevel === 'authNoPriv') return;
  if (user.privProtocol === undefined || !PRIV_PROTOCOLS.includes(user.privProtocol)) {
    throw new RangeError('the security level needs a privacy protocol');
  }
  if ((user.privPassword ?? '') === '') throw new RangeError('the security level needs a privacy password');
}

function checkText(name: string, text: string, maxBytes: number): void {
  if (Buffer.byteLength(text) > maxBytes)
    throw new RangeError(`the ${name} is longer than ${maxBytes} octets`);
}

function checkNumber(name: string, value: number, least: number, most: number): void {
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new RangeError(`the ${name} is not a whole number from ${least} to ${most}`);
  }
}

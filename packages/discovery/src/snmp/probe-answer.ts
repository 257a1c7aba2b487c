import {
  Cell,
  isSnmpError,
  type MessageView,
  PduType,
  readOidText,
  readScopedPdu,
  type UsmCodec,
  UsmEngine,
  VarbindReader,
} from '@stratora/snmp';
import type { ScanCredential } from './scan-credential.ts';

/** authorizationError of RFC 3416: the community is known, and shows nothing. */
const AUTHORIZATION_ERROR = 16;
/** SNMP-USER-BASED-SM-MIB::usmStatsUnknownUserNames. */
const UNKNOWN_USER_NAMES = '1.3.6.1.6.3.15.1.1.3';
/** Octets of an engine id (RFC 3411, SnmpEngineID). */
const ENGINE_ID_OCTETS = { least: 5, most: 32 };

/** Reads an answer to a community. Undefined: it is none; any response with the right community is one, errors too. */
export function readCommunityAnswer(
  view: MessageView,
  { version, community }: Extract<ScanCredential, { readonly version: 1 | 2 }>,
): { readonly remark: string | undefined } | undefined {
  if (view.version !== version - 1 || view.pdu.type !== PduType.response) return undefined;
  const { start, end } = view.community;
  if (!view.buffer.subarray(start, end).equals(Buffer.from(community))) return undefined;
  const isHidden = view.pdu.errorStatus === AUTHORIZATION_ERROR;
  return { remark: isHidden ? 'It knows the community, but shows nothing to it.' : undefined };
}

/** Reads the report that answers a discovery; undefined where it is none. */
export function readEngineAnswer(view: MessageView): UsmEngine | undefined {
  const length = view.engineId.end - view.engineId.start;
  if (view.version !== 3 || length < ENGINE_ID_OCTETS.least || length > ENGINE_ID_OCTETS.most)
    return undefined;
  try {
    readScopedPdu(view.buffer, view.scoped, view.pdu);
  } catch (error) {
    if (isSnmpError(error)) return undefined;
    throw error;
  }
  if (view.pdu.type !== PduType.report) return undefined;
  const engine = new UsmEngine();
  engine.discover(
    view.buffer.subarray(view.engineId.start, view.engineId.end),
    view.engineBoots,
    view.engineTime,
  );
  return engine;
}

/** What a device says to a login: `again` with its clock; `failed`: nothing that has to do with the password. */
export interface LoginAnswer {
  readonly verdict: 'none' | 'accepted' | 'again' | 'refused' | 'failed';
  /** Why it did not work, in a sentence; empty where it did. */
  readonly remark: string;
}

/** Reads an answer to a login. */
export function readLoginAnswer(view: MessageView, codec: UsmCodec): LoginAnswer {
  try {
    const verdict = codec.open(view);
    if (verdict === 'answer') return { verdict: 'accepted', remark: '' };
    return { verdict: verdict === 'again' ? 'again' : 'none', remark: '' };
  } catch (error) {
    if (!isSnmpError(error)) throw error;
    const isRefused = error.kind === 'auth' && !isUnknownUser(view);
    // An unsigned report proves nothing, but to go on asking would be worse than to believe it.
    return { verdict: isRefused ? 'refused' : 'failed', remark: error.message };
  }
}

/** Tells whether a report says that the device has no such user. */
function isUnknownUser({ pdu }: MessageView): boolean {
  if (pdu.type !== PduType.report) return false;
  const varbinds = new VarbindReader();
  const cell = new Cell();
  varbinds.reset(pdu.buffer, pdu.listStart, pdu.listEnd);
  return (
    varbinds.next(cell) &&
    readOidText(cell.buffer, cell.indexStart, cell.indexEnd).startsWith(UNKNOWN_USER_NAMES)
  );
}

import { Cell } from './cell.ts';
import { readOidText } from './oid-codec.ts';
import { SnmpError } from './snmp-error.ts';
import type { PduView } from './snmp-message.ts';
import type { UsmUser } from './snmp-target.ts';
import {
  cannotDecrypt,
  clockDoesNotSettle,
  engineIdChanges,
  levelNotAllowed,
  refusedForUnknownReason,
  unknownContext,
  unknownUser,
  wrongLogin,
} from './snmp-words.ts';
import { VarbindReader } from './varbind-reader.ts';

/** The counters by which an engine reports why it refused a message (RFC 3414, usmStats; RFC 3412, snmpMPDStats). */
const REPORTS: Readonly<Record<string, ReportKind>> = {
  '1.3.6.1.6.3.15.1.1.1': 'unsupportedSecLevels',
  '1.3.6.1.6.3.15.1.1.2': 'notInTimeWindows',
  '1.3.6.1.6.3.15.1.1.3': 'unknownUserNames',
  '1.3.6.1.6.3.15.1.1.4': 'unknownEngineIds',
  '1.3.6.1.6.3.15.1.1.5': 'wrongDigests',
  '1.3.6.1.6.3.15.1.1.6': 'decryptionErrors',
  '1.3.6.1.6.3.12.1.5': 'unknownContexts',
};

export type ReportKind =
  | 'unsupportedSecLevels'
  | 'notInTimeWindows'
  | 'unknownUserNames'
  | 'unknownEngineIds'
  | 'wrongDigests'
  | 'decryptionErrors'
  | 'unknownContexts'
  | 'other';

/** Reads a Report PDU. Throws `bad_answer` when its varbind is damaged. */
export function readReport(pdu: PduView): ReportKind {
  const varbinds = new VarbindReader();
  const cell = new Cell();
  varbinds.reset(pdu.buffer, pdu.listStart, pdu.listEnd);
  if (!varbinds.next(cell)) return 'other';
  const oid = readOidText(cell.buffer, cell.indexStart, cell.indexEnd);
  return REPORTS[oid.replace(/\.0$/, '')] ?? 'other';
}

/** Makes the error of a report, for the person who set the credential. */
export function errorOfReport(kind: ReportKind, user: UsmUser): SnmpError {
  switch (kind) {
    case 'wrongDigests':
      return new SnmpError('auth', wrongLogin());
    case 'unknownUserNames':
      return new SnmpError('auth', unknownUser(user.secName));
    case 'unsupportedSecLevels':
      return new SnmpError('auth', levelNotAllowed(user.secLevel));
    case 'decryptionErrors':
      return new SnmpError('auth', cannotDecrypt());
    case 'unknownContexts':
      return new SnmpError('auth', unknownContext(user.contextName ?? ''));
    case 'notInTimeWindows':
      return new SnmpError('bad_answer', clockDoesNotSettle());
    case 'unknownEngineIds':
      return new SnmpError('bad_answer', engineIdChanges());
    default:
      return new SnmpError('bad_answer', refusedForUnknownReason());
  }
}

export type { BrokenColumn, FaultyValues } from './answer-report.ts';
export { AnswerReport } from './answer-report.ts';
export { BerReader, isOidWellFormed } from './ber-reader.ts';
export { BerWriter } from './ber-writer.ts';
export { Cell, isExceptionTag, ValueType } from './cell.ts';
export { ErrorStatus } from './error-status.ts';
export type { MessageCodec, Verdict } from './message-codec.ts';
export {
  compareIndex,
  compareOidText,
  encodeArcs,
  encodeIndexArcs,
  encodeOid,
  parseOid,
  readIndexArcs,
  readIndexText,
  readOidText,
} from './oid-codec.ts';
export type { OidPlan } from './oid-plan.ts';
export { compileOids } from './oid-plan.ts';
export type { RequestBudgetOptions } from './request-budget.ts';
export { BUDGET_SHARE_OF_INTERVAL, RequestBudget } from './request-budget.ts';
export type { RequestWork } from './request-work.ts';
export type {
  CellHandler,
  RequestOptions,
  SnmpManager,
  SnmpManagerOptions,
  SnmpSession,
  WalkOptions,
} from './snmp-api.ts';
export type { SnmpCounters } from './snmp-counters.ts';
export type { SnmpErrorKind } from './snmp-error.ts';
export { isSnmpError, SNMP_ERROR_KINDS, SnmpError } from './snmp-error.ts';
export { createSnmpManager } from './snmp-manager.ts';
export {
  MessageFlag,
  MessageView,
  PduType,
  type PduView,
  readMessage,
  readScopedPdu,
} from './snmp-message.ts';
export { SnmpTable } from './snmp-table.ts';
export type {
  AuthProtocol,
  CommunityTarget,
  PrivProtocol,
  SecurityLevel,
  SnmpAddress,
  SnmpPace,
  SnmpTarget,
  UserTarget,
  UsmUser,
} from './snmp-target.ts';
export { AUTH_PROTOCOLS, PRIV_PROTOCOLS, SECURITY_LEVELS } from './snmp-target.ts';
export type { CaptureObject, CaptureValue, SnmprecCapture } from './snmprec-file.ts';
export { readSnmprec } from './snmprec-file.ts';
export { SortedCapture } from './sorted-capture.ts';
export { checkTarget, checkUser } from './target-check.ts';
export { decryptScoped, encryptScoped, isDigestRight, messageDigest } from './usm-cipher.ts';
export { UsmCodec } from './usm-codec.ts';
export { UsmEngine } from './usm-engine.ts';
export { AUTH_ALGORITHMS, deriveKeys, PasswordKeyCache, type UsmKeys } from './usm-keys.ts';
export { ValueFault } from './value-fault.ts';
export type { SnmpValue, SnmpVarbind } from './value-reader.ts';
export {
  isIntegerType,
  readBigInteger,
  readInteger,
  readIpAddress,
  readNumber,
  readOpaqueFloat,
  readValue,
  writeDecimal,
  writeInteger,
} from './value-reader.ts';
export { VarbindReader } from './varbind-reader.ts';

import type { TargetStatus } from '@stratora/contract';
import {
  answerEndedEarly,
  answerTooLarge,
  busUnreachable,
  cannotDecrypt,
  clockDoesNotSettle,
  connectionClosed,
  connectionFailed,
  damagedAnswer,
  engineIdChanges,
  icmpNotAllowed,
  levelNotAllowed,
  loginNotAccepted,
  malformedAnswer,
  missing,
  nameServerSilent,
  nameWithoutAddress,
  networkUnreachable,
  noAnswer,
  noAnswerInTime,
  notAllowed,
  notDoneInTime,
  notHttp,
  nothingListens,
  noVsphere,
  pingSilent,
  pingUnsendable,
  refusedForUnknownReason,
  repeatsItself,
  tlsFails,
  tooManyRedirects,
  unknownContext,
  unknownUser,
  valueLeftOut,
  vsphereLoginRefused,
  vsphereNotAllowed,
  vsphereRefuses,
  wrongLogin,
} from '@stratora/engine/words';
import type { TargetFacts } from './target-facts.ts';

/** A reason why a target gave no (good) answer. */
export type TargetFault = Exclude<TargetStatus['status'], 'ok'>;

/** What one text of Telegraf means. Its words are those of its inputs, of gosnmp, and of Go's net, TLS and HTTP packages. */
export interface Rule {
  readonly status: TargetFault;
  readonly pattern: RegExp;
  /** Makes the sentence; `found` has the groups of the pattern, and the `table` that failed. */
  readonly say: (facts: TargetFacts, found: Readonly<Record<string, string | undefined>>) => string;
}

/** What Telegraf says of a gather that is not done yet, once an interval; whether it fails is not known then. */
export const OVERRUN = /took longer than expected|did not complete within/;

function rule(status: TargetFault, pattern: RegExp, say: Rule['say']): Rule {
  return { status, pattern, say };
}

/** The failing table stands before what failed in it, where a device answers for the rest. */
function inTable(say: Rule['say']): Rule['say'] {
  return (facts, found) => `${found['table'] === undefined ? '' : `${found['table']}: `}${say(facts, found)}`;
}

export const snmpRules: readonly Rule[] = [
  rule('auth', /unknown username|unknown user ?name/i, ({ user }) => unknownUser(user)),
  rule('auth', /wrong digest/i, wrongLogin),
  // What gosnmp makes of a report that is not authenticated, as those on unknown users cannot be.
  rule('auth', /not authentic/i, loginNotAccepted),
  rule('auth', /unknown security level|unsupported security level/i, ({ level }) => levelNotAllowed(level)),
  rule('auth', /decryption error/i, cannotDecrypt),
  rule('bad_answer', /not in time window/i, clockDoesNotSettle),
  rule('bad_answer', /unknown engine id/i, engineIdChanges),
  rule('auth', /unknown report pdu|unknown pdu handlers/i, ({ context }) =>
    context === '' ? refusedForUnknownReason() : unknownContext(context),
  ),
  rule('refused', /(?:read|write|dial) udp (?<peer>\S+): (?:read|write|connect): connection refused/, atPeer),
  rule('refused', /connection refused/, ({ host, port }) => nothingListens('UDP', port, host)),
  rule('timeout', /request timeout|max retries exceeded|i\/o timeout/, ({ host, port, tries }) =>
    noAnswer(host, port, tries),
  ),
  rule('bad_answer', /OID not increasing/i, inTable(repeatsItself)),
  rule(
    'bad_answer',
    /converting .* for field (?<field>[^\s:]+)|failed to convert/,
    inTable((_, { field }) => valueLeftOut(field ?? 'a field')),
  ),
  rule(
    'bad_answer',
    /unable to decode|error (?:parsing|verifying|decoding)|unmarshal|truncated packet|invalid packet|length (?:exceeds|mismatch)/i,
    inTable(() => damagedAnswer()),
  ),
];

export const pingRules: readonly Rule[] = [
  // Its ping waits for answers as long as an interval has; what came of it the sample tells.
  rule('timeout', OVERRUN, pingSilent),
  rule('refused', /permission changes required|CAP_NET_RAW|operation not permitted/i, icmpNotAllowed),
  rule('refused', /network is unreachable|no route to host|ping broadcast/i, pingUnsendable),
  rule('refused', /executable file not found/, icmpNotAllowed),
];

/** Rules of what came of a page. */
export const pageRules: readonly Rule[] = [
  rule('bad_answer', /body of the HTTP Response is too large/, answerTooLarge),
  rule('bad_answer', /failed to read body of HTTP Response/i, answerEndedEarly),
  rule('refused', /stopped after \d+ redirects/, tooManyRedirects),
  rule(
    'refused',
    /malformed (?:HTTP (?:status|version)|MIME)|bad Content-Length|contain multiple Content-Length/,
    malformedAnswer,
  ),
  rule('refused', /malformed HTTP|HTTP\/0\.9/, notHttp),
];

/** Rules of connections over TCP and TLS. */
export const tlsRules: readonly Rule[] = [
  rule('bad_answer', /certificate has expired or is not yet valid: .* is before/, () => tlsFails('early')),
  rule('bad_answer', /certificate has expired/, () => tlsFails('expired')),
  rule(
    'bad_answer',
    /certificate is (?:valid for|not valid for)|doesn't contain any IP SANs|relies on legacy Common Name/,
    () => tlsFails('name'),
  ),
  rule('bad_answer', /signed by unknown authority|certificate is not standards compliant|x509: /, () =>
    tlsFails('issuer'),
  ),
  rule(
    'bad_answer',
    /does not look like a TLS handshake|server gave HTTP response to HTTPS client|oversized record/,
    () => tlsFails('plain'),
  ),
  rule('bad_answer', /remote error: tls|protocol version not supported|handshake failure/, () =>
    tlsFails('refused'),
  ),
  rule('refused', /dial tcp (?<peer>\S+): connect: connection refused/, ({ host, port }) =>
    nothingListens('TCP', port, host),
  ),
  rule('timeout', /i\/o timeout|deadline exceeded|Client\.Timeout/, ({ timeoutSeconds }) =>
    noAnswerInTime(timeoutSeconds),
  ),
  rule('bad_answer', /\bEOF\b|connection reset|broken pipe/, connectionClosed),
  rule('bad_answer', /\btls: /, () => tlsFails('other')),
];

/** Rules of vCenters: what they say as a fault, what is none, and how the way there fails. */
export const vsphereRules: readonly Rule[] = [
  rule('auth', /Cannot complete login|Login failure/, vsphereLoginRefused),
  rule('auth', /Permission to perform this operation was denied|NoPermission/, vsphereNotAllowed),
  rule('bad_answer', /ServerFaultCode/, vsphereRefuses),
  ...tlsRules,
  rule('bad_answer', /expected element type|XML syntax error|\b[1345]\d\d [A-Z][A-Za-z ]+$/, noVsphere),
];

export const hostRules: readonly Rule[] = [
  rule('refused', /dial unix (?<path>\S+): connect:/, (_, { path }) => busUnreachable(path ?? '')),
  rule('bad_answer', /(?:open|read|stat|readdirent|statfs) (?<path>\S+): permission denied/, (_, { path }) =>
    notAllowed(path ?? ''),
  ),
  rule(
    'bad_answer',
    /(?:open|read|stat|statfs|lstat) (?<path>\S+): no such file or directory/,
    (_, { path }) => missing(path ?? ''),
  ),
];

/** Rules on names, which come before all others: a name server that refuses is no target that does. */
export const nameRules: readonly Rule[] = [
  rule('refused', /no such host|Name or service not known|No address associated|unknown host/, ({ host }) =>
    nameWithoutAddress(host),
  ),
  rule('refused', /\blookup \S+|server misbehaving|Temporary failure in name resolution/, ({ host }) =>
    nameServerSilent(host),
  ),
];

/** Rules of every input, after its own. */
export const connectionRules: readonly Rule[] = [
  rule('timeout', OVERRUN, ({ intervalSeconds }) => notDoneInTime(intervalSeconds)),
  rule(
    'refused',
    /no route to host|network is unreachable|host is unreachable|cannot assign requested address|permission denied/,
    ({ host }) => networkUnreachable(host),
  ),
  rule('refused', /connection refused/, ({ host, port }) => nothingListens('TCP', port, host)),
  rule('timeout', /time(?:d)? ?out|deadline exceeded/i, ({ timeoutSeconds }) =>
    noAnswerInTime(timeoutSeconds),
  ),
  rule('bad_answer', /connection reset|broken pipe|\bEOF\b/, connectionClosed),
  rule('bad_answer', /connection failed/i, connectionFailed),
];

/** Names the address behind a name, which the socket knows. */
function atPeer(
  { host, port }: TargetFacts,
  { peer = '' }: Readonly<Record<string, string | undefined>>,
): string {
  const found = /^\[?([^\]]*?)\]?:(\d+)$/.exec(peer);
  return nothingListens('UDP', found?.[2] ?? port, found?.[1] ?? host);
}

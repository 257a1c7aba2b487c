export type OutboundReason =
  | 'timeout'
  | 'refused'
  | 'dns'
  | 'tls'
  | 'proxy'
  | 'reset'
  | 'too_large'
  | 'aborted';

/** The error of a call that got no answer. `reason` is a closed set and also labels metrics. */
export class OutboundError extends Error {
  readonly reason: OutboundReason;

  constructor(reason: OutboundReason, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'OutboundError';
    this.reason = reason;
  }
}

const REFUSED = new Set(['ECONNREFUSED', 'ENOENT', 'EHOSTUNREACH', 'ENETUNREACH', 'EACCES']);
/** Pattern of the names that OpenSSL's verification and Node's TLS give to their faults. */
const TLS_FAULT =
  /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|EPROTO|ERR_OSSL|INVALID_|HOSTNAME_MISMATCH|PATH_LENGTH)/;

function classify(error: NodeJS.ErrnoException): OutboundReason {
  const code = error.code ?? '';
  if (code === 'ABORT_ERR') return 'aborted';
  if (REFUSED.has(code)) return 'refused';
  if (['ENOTFOUND', 'EAI_AGAIN'].includes(code)) return 'dns';
  if (code === 'ETIMEDOUT') return 'timeout';
  return TLS_FAULT.test(code) ? 'tls' : 'reset';
}

/** @param prefix says where it happened, when that is not the peer itself */
export function toOutboundError(error: unknown, prefix = ''): OutboundError {
  if (error instanceof OutboundError) return error;
  const problem = error as NodeJS.ErrnoException;
  const message = problem.message || problem.code || 'connection failed';
  return new OutboundError(classify(problem), `${prefix}${message}`, error);
}

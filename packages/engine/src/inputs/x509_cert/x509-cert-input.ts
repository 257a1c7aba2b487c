import { type OutboundGuard, OutboundRefused } from '@stratora/runtime';
import { detailOf } from '../../failure-words.ts';
import {
  type FieldValue,
  GatherError,
  type Input,
  type InputContext,
  type InputPlugin,
  integer,
  type Sink,
} from '../../input.ts';
import { guardOf } from '../engine-names.ts';
import { fetchChain, type ShownChain } from './certificate-fetch.ts';
import { type CertificateFacts, readCertificate } from './certificate-reader.ts';
import { type CertificateSource, parseX509Options, type X509Options } from './x509-options.ts';

/** Faults that are of one certificate's dates or of the name, and leave the issuers trusted. */
const LEAF_FAULTS = new Set(['ERR_TLS_CERT_ALTNAME_INVALID', 'CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID']);

/** The looks at the certificates of one `[[inputs.x509_cert]]` block. */
export class X509Input implements Input {
  readonly #options: X509Options;
  readonly #context: InputContext;
  readonly #guard: OutboundGuard;

  constructor(options: X509Options, context: InputContext) {
    this.#options = options;
    this.#context = context;
    this.#guard = guardOf(context.services);
  }

  async gather(sink: Sink, signal: AbortSignal): Promise<void> {
    const { sources } = this.#options;
    const failures = await Promise.all(sources.map((source) => this.#look(source, sink, signal)));
    const at = failures.findIndex((failure) => failure !== undefined);
    const failure = failures[at];
    const label = sources.length === 1 ? '' : `${sources[at]?.label}: `;
    if (failure === undefined) this.#context.reportStatus('ok', '');
    else this.#context.reportStatus(failure.status, `${label}${failure.message}`, detailOf(failure));
  }

  async #look(source: CertificateSource, sink: Sink, signal: AbortSignal): Promise<GatherError | undefined> {
    const { serverName, timeoutMs } = this.#options;
    try {
      const addresses = await this.#guard.resolve(source.host, { family: source.family });
      this.#write(source, await fetchChain({ source, addresses, serverName, timeoutMs, signal }), sink);
      return undefined;
    } catch (error) {
      if (error instanceof OutboundRefused) return new GatherError('refused', error.message);
      if (error instanceof GatherError) return error;
      throw error;
    }
  }

  #write(source: CertificateSource, shown: ShownChain, sink: Sink): void {
    const nowMs = this.#context.clock.now();
    const all = shown.certificates.map((der) => readCertificate(der, this.#options.padsSerial));
    const verdicts = all.map((facts, index) => judge(facts, index, shown, nowMs));
    all.slice(0, this.#options.excludeRoots ? 1 : undefined).forEach((facts, index) => {
      const verdict = verdicts[index];
      const tags = {
        ...facts.tags,
        source: source.label,
        type: typeOf(facts, verdicts.slice(0, index)),
        verification: verdict === undefined ? 'valid' : 'invalid',
        ocsp_stapled: index === 0 && shown.isStapled ? 'yes' : 'no',
      };
      const fields: Record<string, FieldValue> = {
        age: integer(nowMs / 1000 - facts.notBeforeSeconds),
        expiry: integer(facts.notAfterSeconds - nowMs / 1000),
        startdate: integer(facts.notBeforeSeconds),
        enddate: integer(facts.notAfterSeconds),
        public_key_length: integer(facts.keyBits),
        verification_code: verdict === undefined ? 0n : 1n,
        verification_error: verdict,
      };
      sink.metric('x509_cert', tags, fields);
    });
  }
}

/** Returns in words why the certificate is not valid; undefined when it is. */
function judge(facts: CertificateFacts, index: number, shown: ShownChain, nowMs: number): string | undefined {
  if (index === 0) return shown.fault?.message;
  if (nowMs / 1000 > facts.notAfterSeconds) return 'certificate has expired';
  if (nowMs / 1000 < facts.notBeforeSeconds) return 'certificate is not yet valid';
  return isTrusted(shown) ? undefined : shown.fault?.message;
}

function isTrusted(shown: ShownChain): boolean {
  return shown.fault === undefined || LEAF_FAULTS.has(shown.fault.code);
}

/**
 * Classifies a certificate as Telegraf does: what signed itself is a root; an issuer is one only of a certificate that
 * is valid.
 */
function typeOf(facts: CertificateFacts, verdictsBefore: readonly (string | undefined)[]): string {
  if (facts.isSelfSigned) return 'root';
  if (!verdictsBefore.includes(undefined)) return 'leaf';
  return facts.isAuthority ? 'intermediate' : 'unknown';
}

/** Age and trust of the certificates that servers show, with Telegraf's options and output. */
export const plugin: InputPlugin<X509Options> = {
  name: 'x509_cert',
  parse: parseX509Options,
  create: (options, context) => new X509Input(options, context),
};

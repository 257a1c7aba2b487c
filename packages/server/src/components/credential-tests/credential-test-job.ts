import {
  type ComponentJobReport,
  CREDENTIAL_TEST_JOB,
  type CredentialTestOrder,
  type DeviceTemplate,
  loginResultSchema,
} from '@stratora/contract';
import { errorMessage, type Logger, sanitizeText } from '@stratora/runtime';
import { appendAudit } from '../../platform/audit/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import { appError, fieldFaults, plainWords } from '../../platform/http/index.ts';
import type { JobBrief, JobKind, JobReporter, OpenJob } from '../component-jobs/index.ts';
import { findTestRow, findVersion } from './credential-test-queries.ts';
import { type TestVerdict, verdict } from './credential-test-words.ts';

/** What a test is about, as its job keeps it. */
export interface TestSubject {
  node_id: string;
  node_name: string;
  credential_id: string;
  credential_name: string;
  type: string;
}

/** Opens the secret of a credential's row. @throws when it cannot be opened here */
export type OpenSecret = (row: {
  id: string;
  type: string;
  secret: Buffer;
  keyVersion: number;
}) => Record<string, unknown>;

export interface CredentialTestJobOptions {
  openSecret: OpenSecret;
  findTemplate: (slug: string) => DeviceTemplate | undefined;
  logger: Logger;
}

/** Longer than four pulls of a config, in which a collector hears of a job. */
const WAIT_SECONDS = 45;
/** Longer than the slowest login takes: two tries of SNMP twice, or a vCenter that thinks. */
const RUN_SECONDS = 60;
const KEEP_HOURS = 24;

/** Makes the kind of jobs by which a collector logs in to a node once. */
export function credentialTestJob({ openSecret, findTemplate, logger }: CredentialTestJobOptions): JobKind {
  async function brief(tx: Tx, { componentId, subject }: OpenJob): Promise<JobBrief> {
    const { node_id, credential_id, node_name } = subject as unknown as TestSubject;
    const row = await findTestRow(tx, node_id, credential_id);
    if (!row) return { ended: { ...verdict('changed', `${node_name} or the credential is gone.`) } };
    if (row.collectorId !== componentId) {
      const words = `${node_name} was given to another collector meanwhile. Test again.`;
      return { ended: { ...verdict('changed', words) } };
    }
    if (!row.isEnabled)
      return { ended: { ...verdict('changed', 'The credential was switched off meanwhile.') } };
    try {
      const { type, secret, keyVersion, host, snmpPort: snmp_port, url, template } = row;
      const opened = openSecret({ id: credential_id, type, secret, keyVersion });
      const any_certificate = takesAnyCertificate(findTemplate(template));
      const order: CredentialTestOrder = {
        type,
        secret: opened,
        host,
        snmp_port,
        url,
        any_certificate,
      };
      return { order: { ...order } };
    } catch (error) {
      logger.error({ credential_id, reason: errorMessage(error) }, 'credential cannot be opened');
      const words = `The server cannot open the secret of the credential: ${errorMessage(error)}.`;
      return { ended: { ...verdict('failed', words) } };
    }
  }

  async function take(tx: Tx, job: OpenJob, report: ComponentJobReport, by: JobReporter) {
    if (report.state === 'running') return undefined;
    const { node_id, node_name, credential_id, credential_name } = job.subject as unknown as TestSubject;
    const found = await verdictOf(tx, job, report, by);
    const { componentName, requestId, address } = by;
    await appendAudit(
      tx,
      { userId: null, name: `collector ${componentName}`, requestId, address },
      {
        action: 'credential.test_result',
        objectType: 'credential',
        objectId: credential_id,
        nodeId: node_id,
        detail: { name: credential_name, node: node_name, outcome: found.outcome },
      },
    );
    return { ...found };
  }

  const times = { waitSeconds: WAIT_SECONDS, runSeconds: RUN_SECONDS, keepHours: KEEP_HOURS };
  return { name: CREDENTIAL_TEST_JOB, ...times, brief, take };
}

/** Whether a template says that a vCenter may show any certificate: then polling does without, and so does a test. */
function takesAnyCertificate(template: DeviceTemplate | undefined): boolean {
  const inputs = template?.inputs ?? [];
  return inputs.some(
    ({ plugin, options }) => plugin === 'vsphere' && options['insecure_skip_verify'] === true,
  );
}

async function verdictOf(
  tx: Tx,
  { componentId }: OpenJob,
  { state, result }: ComponentJobReport,
  { componentName }: JobReporter,
): Promise<TestVerdict> {
  if (state === 'unsupported') {
    const version = await findVersion(tx, componentId);
    const words = `The collector ${componentName} (version ${version}) cannot test credentials of this type. Update it.`;
    return verdict('collector_outdated', words);
  }
  const parsed = loginResultSchema.safeParse(result, { error: plainWords });
  if (!parsed.success) {
    throw appError('validation_failed', 'The result does not fit the job.', {
      details: { errors: fieldFaults(parsed.error, ['result']) },
    });
  }
  const { outcome, message, detail, device, took_ms } = parsed.data;
  return {
    outcome,
    message: sanitizeText(message, 1024),
    detail: detail === null ? null : sanitizeText(detail, 1024),
    device: device && {
      name: clean(device.name),
      description: clean(device.description),
      object_id: clean(device.object_id),
    },
    took_ms: Math.round(took_ms),
  };
}

function clean(text: string | null): string | null {
  return text === null ? null : sanitizeText(text, 1024);
}

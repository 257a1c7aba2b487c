import { join } from 'node:path';
import type { Fields, FieldValue, Input, InputContext, InputPlugin, Sink, Tags } from '../../input.ts';
import { GatherParts } from '../gather-parts.ts';
import { type HostFiles, hostFilesOf } from '../host-files.ts';
import { parseCount, wordsOf } from '../proc-file.ts';

interface KernelOptions {
  readonly ksm: boolean;
  readonly psi: boolean;
}

/** Field by the first word of a line of /proc/stat (proc_stat(5)). */
const FIELD_BY_LINE: Readonly<Record<string, readonly string[]>> = {
  btime: ['boot_time'],
  ctxt: ['context_switches'],
  intr: ['interrupts'],
  page: ['disk_pages_in', 'disk_pages_out'],
  processes: ['processes_forked'],
};

/** Files of /sys/kernel/mm/ksm (the kernel's admin guide, "Kernel Samepage Merging"). */
const KSM_FILES = [
  'full_scans',
  'general_profit',
  'max_page_sharing',
  'merge_across_nodes',
  'pages_shared',
  'pages_sharing',
  'pages_to_scan',
  'pages_unshared',
  'pages_volatile',
  'run',
  'sleep_millisecs',
  'stable_node_chains',
  'stable_node_chains_prune_millisecs',
  'stable_node_dups',
  'use_zero_pages',
];

export const plugin: InputPlugin<KernelOptions> = {
  name: 'kernel',
  parse: (options) => {
    const collect = options.strings('collect');
    for (const name of collect) {
      if (name !== 'ksm' && name !== 'psi') options.fault('collect', `"${name}" is neither "ksm" nor "psi"`);
    }
    return { ksm: collect.includes('ksm'), psi: collect.includes('psi') };
  },
  create: (options, context): Input => ({ gather: (sink) => gatherKernel(options, context, sink) }),
};

async function gatherKernel(options: KernelOptions, context: InputContext, sink: Sink): Promise<void> {
  const files = hostFilesOf(context);
  const parts = new GatherParts();
  const fields: Record<string, FieldValue> = {};
  await parts.take(addEntropy(files, fields));
  await parts.take(addCounters(files, fields));
  if (options.ksm) await addSamepageMerging(files, parts, fields);
  sink.metric('kernel', {}, fields);
  if (options.psi) {
    const now = context.clock.now();
    for (const resource of ['cpu', 'memory', 'io']) {
      await parts.take(
        gatherPressure(resource, files, (...metric) => sink.metric('pressure', ...metric, now)),
      );
    }
  }
  parts.finish();
}

async function addEntropy(files: HostFiles, fields: Record<string, FieldValue>): Promise<void> {
  const text = await files.require(join(files.paths.proc, 'sys/kernel/random/entropy_avail'));
  fields['entropy_avail'] = parseCount(text.trim());
}

async function addCounters(files: HostFiles, fields: Record<string, FieldValue>): Promise<void> {
  for (const line of (await files.require(join(files.paths.proc, 'stat'))).split('\n')) {
    const space = line.indexOf(' ');
    const names = FIELD_BY_LINE[line.slice(0, Math.max(0, space))];
    // The line of interrupts has thousands of numbers; only the first, their sum, is wanted.
    const values = names === undefined ? [] : line.slice(space + 1, space + 64).split(' ');
    for (const [position, name] of (names ?? []).entries()) fields[name] = parseCount(values[position]);
  }
}

async function addSamepageMerging(
  files: HostFiles,
  parts: GatherParts,
  fields: Record<string, FieldValue>,
): Promise<void> {
  for (const file of KSM_FILES) {
    const text = (await parts.take(files.text(join(files.paths.sys, 'kernel/mm/ksm', file))))?.trim();
    if (text !== undefined && /^-?\d+$/.test(text)) fields[`ksm_${file}`] = BigInt(text);
  }
}

/**
 * Gathers the pressure stall information of one resource (the kernel's accounting/psi). `full` of the cpu is always zero
 * and left out.
 */
async function gatherPressure(
  resource: string,
  files: HostFiles,
  write: (tags: Tags, fields: Fields) => void,
): Promise<void> {
  for (const line of (await files.require(join(files.paths.proc, 'pressure', resource))).split('\n')) {
    const [type = '', ...pairs] = wordsOf(line);
    if (type === '' || (resource === 'cpu' && type === 'full')) continue;
    const values = new Map(pairs.map((pair) => pair.split('=', 2) as [string, string]));
    const average = (key: string): number => Number(values.get(key) ?? Number.NaN);
    const tags = { resource, type };
    write(tags, { total: parseCount(values.get('total')) });
    write(tags, { avg10: average('avg10'), avg60: average('avg60'), avg300: average('avg300') });
  }
}

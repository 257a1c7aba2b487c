import { join } from 'node:path';
import { type FieldValue, GatherError, type Input, type InputPlugin } from '../../input.ts';
import { GatherParts } from '../gather-parts.ts';
import { hostFilesOf } from '../host-files.ts';

const MAX_INT64 = 2n ** 63n - 1n;

/**
 * Fields by file of /proc/sys/fs, in the order of the file's columns; an empty name skips one. (The kernel's
 * admin-guide/sysctl/fs; aio-nr and its kin have one column and the field's name is that of the file.)
 */
const FILES: readonly (readonly [file: string, fields: readonly string[]])[] = [
  ['aio-nr', ['aio-nr']],
  ['aio-max-nr', ['aio-max-nr']],
  ['dquot-nr', ['dquot-nr']],
  ['dquot-max', ['dquot-max']],
  ['super-nr', ['super-nr']],
  ['super-max', ['super-max']],
  ['inode-state', ['inode-nr', 'inode-free-nr', 'inode-preshrink-nr']],
  ['dentry-state', ['dentry-nr', 'dentry-unused-nr', 'dentry-age-limit', 'dentry-want-pages']],
  ['file-nr', ['file-nr', '', 'file-max']],
];

export const plugin: InputPlugin<undefined> = {
  name: 'linux_sysctl_fs',
  parse: () => undefined,
  create: (_, context): Input => ({
    gather: async (sink) => {
      const files = hostFilesOf(context);
      const parts = new GatherParts();
      const fields: Record<string, FieldValue> = {};
      for (const [file, names] of FILES) {
        const path = join(files.paths.proc, 'sys/fs', file);
        await parts.take(async () => addColumns(path, await files.text(path), names, fields));
      }
      sink.metric('linux_sysctl_fs', {}, fields);
      parts.finish();
    },
  }),
};

/** Adds the fields of a file; one that the kernel does not have adds nothing. */
function addColumns(
  path: string,
  text: string | undefined,
  names: readonly string[],
  fields: Record<string, FieldValue>,
): void {
  const columns = text?.replace(/\n+$/, '').split('\t') ?? [];
  for (const [position, column] of columns.slice(0, names.length).entries()) {
    const name = names[position] ?? '';
    if (name === '') continue;
    if (!/^\d{1,20}$/.test(column)) throw new GatherError('bad_answer', `${path} holds what is not a number`);
    const value = BigInt(column);
    fields[name] = value > MAX_INT64 ? MAX_INT64 : value;
  }
}

import { readFile } from 'node:fs/promises';
import type { ComponentType } from '@stratora/contract';
import { inputsFor, readConfig } from '@stratora/telegraf';

/** Reads the names of the nodes of a config, by id; none where it cannot be read. */
export async function readNodeNames(path: string, type: ComponentType): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  try {
    const allowedInputs = inputsFor({ type, platform: process.platform });
    const { config } = readConfig(await readFile(path, 'utf8'), { allowedInputs, outputs: true });
    for (const { tags } of config.inputs) {
      const id = tags?.['node_id'];
      if (id !== undefined) names.set(id, tags?.['node_name'] ?? id);
    }
  } catch {
    // A message without names of nodes still says that the server is away.
  }
  return names;
}

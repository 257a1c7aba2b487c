import { fileURLToPath } from 'node:url';
import { defaultToolCacheDir, type FoundTelegraf, provideTelegraf } from '@stratora/launcher';
import { ALLOWED_INPUTS } from '@stratora/telegraf';

/**
 * The Telegraf that tests and benchmarks run, built with the inputs that a component may run when there is none yet.
 * @throws ToolUnavailableError in words for a person
 */
export async function providePinnedTelegraf(): Promise<FoundTelegraf> {
  return provideTelegraf({
    binary: process.env['STRATORA_TELEGRAF_BIN'],
    searchPath: process.env['PATH'] ?? '',
    cacheDir: process.env['STRATORA_TOOL_CACHE'] ?? defaultToolCacheDir(process.env),
    moduleDir: fileURLToPath(new URL('../tools/telegraf', import.meta.url)),
    inputs: ALLOWED_INPUTS,
    environment: process.env,
    onStep: (text) => console.log(text),
  });
}

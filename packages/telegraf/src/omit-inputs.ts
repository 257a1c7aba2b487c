import { readConfig } from './config-reader.ts';
import { writeConfig } from './config-writer.ts';
import { ALLOWED_INPUTS, WINDOWS_INPUTS } from './plugin-policy.ts';

/**
 * Removes the blocks of some inputs from a config: for a component whose host lacks what they need to start, since
 * Telegraf then ends over one of them. A text that has none of these blocks is given back as it is.
 *
 * @throws ConfigError, UnrenderableValueError for a text that the reader or the writer does not take
 */
export function omitInputs(text: string, plugins: readonly string[]): string {
  if (!plugins.some((plugin) => text.includes(`inputs.${plugin}`))) return text;
  const { config } = readConfig(text, {
    allowedInputs: [...ALLOWED_INPUTS, ...WINDOWS_INPUTS],
    outputs: true,
    leavesOptions: true,
  });
  const inputs = config.inputs.filter(({ plugin }) => !plugins.includes(plugin));
  return inputs.length === config.inputs.length ? text : writeConfig({ ...config, inputs });
}

import { INPUT_NAMES } from '@stratora/engine';
import { allowedOptions, embeddedOptions, inputsFor } from '@stratora/telegraf';
import { CONFIG_TEXTS } from './cases/config-texts.ts';
import { CASES } from './cases/index.ts';
import { EXCEPTIONS } from './exceptions.ts';

/**
 * Renders docs/reference/inputs.md from the code: the options of each input, and the cases that compare it to Telegraf.
 */
export function inputsReference(): string {
  return [
    `# Inputs

Written by a test from the code. The ${INPUT_NAMES.length} inputs below run in both engines, from the same telegraf.conf, and give the same
series: measurement, tags, fields, types, and values where the device's stand still. Every case is run by real Telegraf
and by the embedded engine side by side (\`e2e/conformance/\`). Windows agents have \`win_perf_counters\` and \`win_services\`
besides, in Telegraf alone.

An option that is not listed is refused, on a collector as on an agent: a config says what to poll, and never reaches
programs or files of the host. What each option means here is in the README of the input. Every block may also have
\`alias\`, \`interval\`, \`collection_jitter\`, \`collection_offset\`, \`precision\`, \`name_override\`, \`name_prefix\`, \`name_suffix\`,
\`tags\`, \`namepass\`, \`namedrop\`, \`fieldinclude\`, \`fieldexclude\`, \`taginclude\`, \`tagexclude\`, \`tagpass\` and \`tagdrop\`.
`,
    ...INPUT_NAMES.map(section),
    differences(),
  ].join('\n');
}

function section(name: string): string {
  const own = embeddedOptions(name);
  const options = allowedOptions(name).map((option) =>
    own.includes(option) ? `\`${option}\` (the embedded engine alone)` : `\`${option}\``,
  );
  const kinds = (['collector', 'agent'] as const).filter((type) =>
    inputsFor({ type, platform: 'linux' }).includes(name),
  );
  const who = `Runs on ${kinds.map((kind) => `${kind}s`).join(' and ')}.`;
  // Recordings of devices are beside the repository, not in it.
  const cases = CASES.filter(({ input, run }) => input === name && run !== 'captures').map((one) =>
    one.name.startsWith(`${name} `) ? one.name.slice(name.length + 1) : one.name,
  );
  return `## ${name}

${who} [What it does](../../packages/engine/src/inputs/${name}/README.md)

Options: ${options.length === 0 ? 'none' : options.join(', ')}.

<details><summary>${cases.length} cases</summary>

${cases.map((one) => `- ${one}`).join('\n')}

</details>
`;
}

function differences(): string {
  const texts = CONFIG_TEXTS.filter(({ reason }) => reason !== undefined);
  return `## What the embedded engine does otherwise

On purpose, each with its reason; a test fails when one of these no longer occurs.

| what | why |
| --- | --- |
${EXCEPTIONS.map(({ name, reason }) => `| ${name} | ${reason} |`).join('\n')}

And the first gather comes within 3 s of being configured, off the grid of round times: nobody who adds a device waits for
the clock's next round number.

## What only one engine accepts

Both judge the same of the other ${CONFIG_TEXTS.length - texts.length} texts that are tried.

| config | accepted by | why |
| --- | --- | --- |
${texts.map(({ name, verdict, reason }) => `| ${name} | ${verdict === 'only Telegraf accepts' ? 'Telegraf' : 'embedded'} | ${reason} |`).join('\n')}
`;
}

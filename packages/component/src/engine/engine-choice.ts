import { ENGINE_CHOICES, type EngineChoice } from '@stratora/contract/wire';

const DIRECTIVE = /^\uFEFF?#[ \t]*stratora:[ \t]*engine[ \t]*=[ \t]*"([^"\r\n]*)"[ \t]*\r?(?:\n|$)/;

/**
 * The engine that a config asks for: `# stratora: engine = "telegraf"` in its first line; `auto` without such a line.
 * Undefined for an engine that nobody knows.
 */
export function readEngineChoice(text: string): EngineChoice | undefined {
  const word = DIRECTIVE.exec(text)?.[1];
  if (word === undefined) return 'auto';
  return ENGINE_CHOICES.find((choice) => choice === word);
}

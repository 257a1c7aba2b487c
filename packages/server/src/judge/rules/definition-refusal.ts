import type { DefinitionFault } from '@stratora/contract';
import { appError } from '../../platform/http/index.ts';

/** Refuses a definition that is not valid. Each field is named once: several faults of one field are one text. */
export function notValid(faults: readonly DefinitionFault[]) {
  const byField = new Map<string, string>();
  for (const { path, message } of faults) {
    const before = byField.get(path);
    byField.set(path, before === undefined ? message : `${before}; ${message}`);
  }
  const errors = [...byField].map(([path, message]) => ({ path, message }));
  const [first] = errors;
  const words = first === undefined ? 'The definition is not valid.' : `${first.path}: ${first.message}`;
  return appError('validation_failed', words, { details: { errors } });
}

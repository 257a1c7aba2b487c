import { passwordFault } from '@stratora/contract';
import { fieldError } from '../../platform/http/index.ts';

/**
 * Requires of a password that somebody chooses that it is not the first that everyone guesses.
 *
 * @param path the field that it came in
 * @param names names of its owner
 * @throws AppError validation_failed
 */
export function requireGoodPassword(
  path: string,
  password: string,
  names: readonly (string | null | undefined)[],
): void {
  const fault = passwordFault(
    password,
    names.filter((name) => typeof name === 'string'),
  );
  if (fault !== undefined) throw fieldError(path, fault);
}

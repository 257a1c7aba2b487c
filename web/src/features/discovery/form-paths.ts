import { ApiError } from '../../api/client.ts';

/** Paths of the body that the form has under other names. */
const RENAMED: readonly (readonly [RegExp, string])[] = [
  [/^options\.hours\./, 'hours.'],
  [/^schedule\./, ''],
];

/** A refusal with its paths as the form has them; anything else as it is. */
export function toFormPaths(error: unknown): unknown {
  if (!(error instanceof ApiError) || error.fields.length === 0) return error;
  const errors = error.fields.map(({ path, message }) => ({
    path: RENAMED.reduce((text, [from, to]) => text.replace(from, to), path),
    message,
  }));
  return new ApiError(error.status, { detail: error.message, code: error.code, errors }, error.requestId);
}

export interface FieldFault {
  /** Path in the body: `secret.community`. */
  readonly path: string;
  readonly message: string;
}

/** The text to show for any thrown value. */
export function describeError(error: unknown): string {
  return error instanceof Error ? error.message : 'Something went wrong.';
}

/** The stable code of a refusal, where the error carries one. */
export function errorCode(error: unknown): string | undefined {
  const code = (error as { readonly code?: unknown } | null | undefined)?.code;
  return typeof code === 'string' ? code : undefined;
}

/** Faults of single fields, where the error carries any. */
export function fieldFaults(error: unknown): readonly FieldFault[] {
  const fields = (error as { readonly fields?: unknown } | null | undefined)?.fields;
  return Array.isArray(fields) ? (fields as FieldFault[]) : [];
}

export interface FieldFault {
  /** Path in the body: `secret.community`. */
  readonly path: string;
  readonly message: string;
}

/** The text to show for any thrown value. */
export function describeError(error: unknown): string {
  return error instanceof Error ? error.message : 'Something went wrong.';
}

/** Faults of single fields, where the error carries any. */
export function fieldFaults(error: unknown): readonly FieldFault[] {
  const fields = (error as { readonly fields?: unknown } | null | undefined)?.fields;
  return Array.isArray(fields) ? (fields as FieldFault[]) : [];
}

/** The reason for which a component's config is rendered anew. */
export interface DirtyCause {
  /** The change in words; it is kept with the generation. */
  cause: string;
  /** Name of the person who made the change; null for the server itself. */
  actor: string | null;
}

/** Names the last of a burst of changes, and the number of the others. */
export function causeOf({ cause, changes }: { cause: string; changes: number }): string {
  return changes > 1 ? `${cause}, and ${changes - 1} more ${changes === 2 ? 'change' : 'changes'}` : cause;
}

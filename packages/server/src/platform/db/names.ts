import { type RawBuilder, sql } from 'kysely';
import type { SortField } from './paging.ts';

/** Sorts by names as people do: by ICU's order of letters, sw2 before sw10. */
export function nameField(name: RawBuilder<unknown>): SortField {
  return { expression: sql`${name} COLLATE stratora_order`, type: 'text' };
}

/** Compares a name with a given one as the unique indexes of names do: apart from case, width and form of accents. */
export function isNamed(name: RawBuilder<unknown>, given: string): RawBuilder<boolean> {
  return sql<boolean>`stratora_name_key(${name}) = stratora_name_key(${given}) COLLATE stratora_name`;
}

/** The form in which names of hosts are compared, in every locale; `hostnameForm` has been applied before. */
export function hostKey(name: RawBuilder<unknown>): RawBuilder<string> {
  return sql<string>`lower(${name} COLLATE stratora_order)`;
}

/** Whether one of these texts holds what is searched for, literally, whatever the case and the accents. */
export function contains(
  texts: readonly RawBuilder<unknown>[],
  search: string | undefined,
): RawBuilder<boolean> {
  if (search === undefined || search === '') return sql<boolean>`true`;
  const found = texts.map(
    (text) => sql`strpos(stratora_fold(coalesce(${text}, '')), stratora_fold(${search}::text)) > 0`,
  );
  return sql<boolean>`(${sql.join(found, sql` OR `)})`;
}

import { z } from 'zod';

export const LIST_LIMIT_DEFAULT = 50;
export const LIST_LIMIT_MAX = 500;

/** Query parameters that every list takes. `sort` is `field` or `-field`. */
export const listQuerySchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(LIST_LIMIT_MAX).default(LIST_LIMIT_DEFAULT),
  cursor: z.string().max(2048).optional(),
  sort: z
    .string()
    .regex(/^-?[a-z_]{1,64}$/)
    .optional(),
  search: z.string().max(200).optional(),
});
export type ListQuery = z.infer<typeof listQuerySchema>;

export function listOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), total: z.int(), next_cursor: z.string().nullable() });
}
export interface ListAnswer<T> {
  items: T[];
  total: number;
  next_cursor: string | null;
}

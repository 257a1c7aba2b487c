import { z } from 'zod';
import { idSchema, timeSchema } from './field.ts';

/** A MAC address as people type it: twelve hexadecimal digits with colons, dashes, dots or nothing between them. */
export const typedMacSchema = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[0-9a-f]{2}([:-]?)(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}$|^[0-9a-f]{4}([.:-])[0-9a-f]{4}\2[0-9a-f]{4}$/, {
    message: 'must be a MAC address',
  })
  .overwrite((text) => text.replaceAll(/[.:-]/g, '').replaceAll(/..(?=.)/g, '$&:'));

/** `GET /topology/where`: one of both. */
export const whereQuerySchema = z
  .strictObject({ mac: typedMacSchema.optional(), ip: z.union([z.ipv4(), z.ipv6()]).optional() })
  .refine(({ mac, ip }) => (mac === undefined) !== (ip === undefined), {
    message: 'takes mac or ip, one of both',
  });
export type WhereQuery = z.infer<typeof whereQuerySchema>;

const placeShape = {
  /** The switch. */
  node_id: idSchema,
  node_name: z.string(),
  site_id: idSchema,
  interface: z.string().nullable(),
  vlan: z.int().nullable(),
};

/** A port at which an address is, or was. */
export const whereItemSchema = z.object({
  ...placeShape,
  mac_address: z.string(),
  ip_addresses: z.array(z.string()),
  /** Whether the port leads to no other switch. False: it is somewhere behind it, and nothing nearer tells of it. */
  is_edge: z.boolean(),
  /** What it is behind on that port: a phone, an access point, an unmanaged switch; null where it is the port's own. */
  behind: z.string().nullable(),
  /** The node that it belongs to; null where it is of none. */
  owner_node_id: idSchema.nullable(),
  owner_name: z.string().nullable(),
  first_seen_at: timeSchema,
  last_seen_at: timeSchema,
});
export type WhereItem = z.infer<typeof whereItemSchema>;

/** A port at which an address was until it was seen elsewhere. */
export const whereMoveSchema = z.object({
  mac_address: z.string(),
  from: z.object(placeShape),
  /** Null: it has not been seen anywhere since. */
  to: z.object(placeShape).nullable(),
  first_seen_at: timeSchema,
  /** When it was last seen at the old place. */
  last_seen_at: timeSchema,
  moved_at: timeSchema,
});
export type WhereMove = z.infer<typeof whereMoveSchema>;

export const whereAnswerSchema = z.object({
  /** The ports at which it is now, nearest first: more than one only where it is seen at several that are no uplinks. */
  items: z.array(whereItemSchema),
  /** Newest first, at most 100. */
  moves: z.array(whereMoveSchema),
  /** What is odd about it, in words: two devices have the address, it wanders, it is known by ARP alone. */
  notices: z.array(z.string()),
});
export type WhereAnswer = z.infer<typeof whereAnswerSchema>;

/** Kinds of address that two devices seem to have, or that seems to be at two places. */
export const CONFLICT_KINDS = ['duplicate_ip', 'wandering_mac'] as const;

/** Addresses that are not where, or whose, they should be. */
export const addressConflictSchema = z.object({
  kind: z.enum(CONFLICT_KINDS),
  site_id: idSchema,
  ip_address: z.string().nullable(),
  mac_addresses: z.array(z.string()),
  /** The nodes that have the address, or resolved it; for a wandering one the switches at which it is. */
  node_ids: z.array(idSchema),
  places: z.array(z.object(placeShape)),
  since: timeSchema,
  detail: z.string(),
});
export type AddressConflict = z.infer<typeof addressConflictSchema>;
/** `GET /topology/conflicts`: at most 500 of them, newest first. */
export const addressConflictsSchema = z.object({ items: z.array(addressConflictSchema), total: z.int() });
export type AddressConflicts = z.infer<typeof addressConflictsSchema>;

import { z } from 'zod';
import { idSchema } from './field.ts';
import { templateSlugSchema } from './node.ts';

/** Kinds of device that discovery tells apart. SAN arrays are `nas`, what cools a room is `sensor`. */
export const DEVICE_TYPES = [
  'switch',
  'router',
  'firewall',
  'wireless',
  'server',
  'hypervisor',
  'nas',
  'ups',
  'pdu',
  'printer',
  'sensor',
  'camera',
  'phone',
  'plc',
  'computer',
  'other',
] as const;
export const deviceTypeSchema = z.enum(DEVICE_TYPES);
export type DeviceType = z.infer<typeof deviceTypeSchema>;

/** Most characters of a walk that is classified: that of a large chassis. */
export const MAX_WALK_CHARACTERS = 4_000_000;

/** A sysObjectID in numbers, with or without a leading dot. */
export const sysObjectIdSchema = z
  .string()
  .max(600)
  .regex(/^\.?\d{1,10}(\.\d{1,10}){0,127}$/, 'must be a numeric object identifier');

/** `POST /discovery/classify`: what is known of a device. The system group of a walk counts where the fields are absent. */
export const classifyDeviceSchema = z
  .strictObject({
    sysObjectID: sysObjectIdSchema.optional(),
    sysDescr: z.string().max(4_096).optional(),
    sysName: z.string().max(256).optional(),
    /** Text of a .snmprec capture: `OID|tag|value` a line. */
    walk: z.string().max(MAX_WALK_CHARACTERS).optional(),
    /** The node that it is: what somebody said that this one is counts first. */
    node_id: idSchema.optional(),
  })
  .refine(
    ({ node_id: _, ...given }) => Object.values(given).some((value) => value !== undefined && value !== ''),
    {
      message: 'says nothing of a device: give sysObjectID, sysDescr, sysName or a walk',
    },
  );
export type ClassifyDevice = z.infer<typeof classifyDeviceSchema>;

/** What a device was found to be; null where nothing tells. */
export const deviceIdentitySchema = z.object({
  vendor: z.string().nullable(),
  model: z.string().nullable(),
  serial: z.string().nullable(),
  firmware: z.string().nullable(),
  /** Name of its operating system or product line. */
  os: z.string().nullable(),
  /** Short name of the same, which templates and rules refer to. */
  family: z.string().nullable(),
  device_type: deviceTypeSchema,
  /** Slug of the template in force that fits best. */
  template: templateSlugSchema,
  /** Percent. */
  confidence: z.int().min(0).max(100),
  reasons: z.array(z.string()),
});
export type DeviceIdentity = z.infer<typeof deviceIdentitySchema>;

/** One row of ENTITY-MIB::entPhysicalTable; texts are empty where the device gives none. */
export interface EntityRow {
  /** entPhysicalClass: 3 is a chassis, 9 a module, 11 a stack. */
  readonly physicalClass: number;
  readonly description: string;
  readonly firmware: string;
  readonly software: string;
  readonly serial: string;
  readonly manufacturer: string;
  readonly model: string;
}

/** The first object that a device has below a subtree that it was asked for. */
export interface HeldObject {
  /** The whole OID, dotted. */
  readonly oid: string;
  /** Its value as text; empty where that is no text and no number. */
  readonly text: string;
}

/** What a web server on the device says of itself; all as it came. */
export interface WebEvidence {
  /** The header Server. */
  readonly server?: string | undefined;
  /** Title of the first page. */
  readonly title?: string | undefined;
  /** Subject of its certificate. */
  readonly certificateSubject?: string | undefined;
}

/**
 * Everything that is known of a device. All of it is optional: what is absent says nothing. Texts come from devices and
 * may hold anything.
 */
export interface Evidence {
  /** SNMPv2-MIB::sysObjectID.0, dotted. */
  readonly sysObjectId?: string | undefined;
  readonly sysDescr?: string | undefined;
  readonly sysName?: string | undefined;
  /** SNMPv2-MIB::sysServices.0: the sum of the layers that it serves, 2 for bridging, 4 for routing, 64 for applications. */
  readonly sysServices?: number | undefined;
  /** By the subtree that was asked for; a subtree without an entry was not asked for, or holds nothing. */
  readonly held?: ReadonlyMap<string, HeldObject> | undefined;
  /** Values of single objects by whole OID. */
  readonly values?: ReadonlyMap<string, string> | undefined;
  readonly entities?: readonly EntityRow[] | undefined;
  readonly web?: WebEvidence | undefined;
  /** Holder of the first octets of its MAC address. */
  readonly macVendor?: string | undefined;
  /** TCP ports that accept connections. */
  readonly openPorts?: readonly number[] | undefined;
}

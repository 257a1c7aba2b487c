import {
  type AlertDefinition,
  createAlertDefinitionSchema,
  DEFINITION_DEFAULTS,
  type ShippedDefinition,
  type WrittenDefinition,
} from '@stratora/contract';

/** Fields that people write, in the order of the contract. */
export const WRITTEN_FIELDS = Object.keys(createAlertDefinitionSchema.shape) as (keyof WrittenDefinition)[];

/** Takes what people write out of a definition. */
export function writtenOf(definition: AlertDefinition): WrittenDefinition {
  return Object.fromEntries(
    WRITTEN_FIELDS.map((name) => [name, definition[name]]),
  ) as unknown as WrittenDefinition;
}

/** Makes what people write of what the product ships: it judges everywhere, and replaces nothing. */
export function writtenOfShipped({ slug: _, ...fields }: ShippedDefinition): WrittenDefinition {
  return { ...fields, scope: DEFINITION_DEFAULTS.scope, overrides: DEFINITION_DEFAULTS.overrides };
}

/** Whether a definition was edited: in anything but being switched on or off, which is no opinion about the rule. */
export function isEdited(written: WrittenDefinition, shipped: ShippedDefinition): boolean {
  const original = writtenOfShipped(shipped);
  return WRITTEN_FIELDS.some(
    // What an older version shipped may lack a field that there is now.
    (name) =>
      name !== 'enabled' &&
      JSON.stringify(written[name]) !== JSON.stringify(original[name] ?? defaultOf(name)),
  );
}

function defaultOf(name: keyof WrittenDefinition): unknown {
  return name === 'name' ? undefined : DEFINITION_DEFAULTS[name];
}

import { type ComponentProps, useId, useMemo } from 'react';
import { TextInput } from './field.tsx';
import { zoneNames } from './format/zone-time.ts';

/** A time zone by its name, with those that the browser knows to choose from. */
export function ZoneInput(props: Omit<ComponentProps<'input'>, 'list'>) {
  const list = useId();
  const names = useMemo(() => zoneNames(), []);
  return (
    <>
      <TextInput {...props} list={list} autoComplete="off" spellCheck={false} placeholder="Europe/Berlin" />
      <datalist id={list}>
        {names.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </datalist>
    </>
  );
}

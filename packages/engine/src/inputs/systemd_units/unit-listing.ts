import type { SystemdManager, UnitState } from './systemd-manager.ts';
import type { SystemdOptions } from './systemd-options.ts';

const FILE_STATES: readonly string[] = ['enabled', 'disabled', 'static'];

/**
 * Lists the units that a block asks for, of every type: those that are loaded, and disabled ones where they are wanted.
 */
export async function listWanted(
  systemd: SystemdManager,
  options: SystemdOptions,
  signal: AbortSignal,
): Promise<UnitState[]> {
  const loaded = (await systemd.listUnits(signal)).filter(({ name }) => options.matches(name));
  if (!options.withDisabled) return loaded;
  const seen = new Set(loaded.map(({ name }) => templateOf(name)));
  const disabled: string[] = [];
  const unused: string[] = [];
  for (const { path, state } of await systemd.listUnitFiles(FILE_STATES, options.patterns, signal)) {
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (state === 'disabled') {
      if (seen.has(name)) continue;
      seen.add(name);
      (isTemplate(name) ? unused : disabled).push(name);
    } else if (state === 'static') {
      if (seen.has(templateOf(name)) || seen.has(name)) continue;
      seen.add(templateOf(name));
      unused.push(name);
    }
  }
  const resolved = await systemd.listUnitsByNames(disabled, signal);
  const stubs = unused.map((name) => ({ name, load: 'stub', active: 'inactive', sub: 'dead' }));
  return [...loaded, ...resolved, ...stubs];
}

/** Returns the file's name of a unit: `user@1000.service` is made from `user@.service`; every other unit is its own. */
function templateOf(name: string): string {
  const at = name.indexOf('@');
  return at < 0 ? name : `${name.slice(0, at)}@${suffixOf(name)}`;
}

function isTemplate(name: string): boolean {
  const at = name.indexOf('@');
  return at >= 0 && name[at + 1] === '.';
}

function suffixOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot < 0 ? '' : name.slice(dot);
}

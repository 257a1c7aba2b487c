import type { Database } from '../../platform/db/index.ts';
import { findShownKey, replaceKeys } from '../component-keys/key-queries.ts';
import type { KeyMint } from './registration-service.ts';

/** Builds keys without the cost of bcrypt: what they prove is told by their table alone. */
export function plainKeys(db: () => Database): KeyMint {
  let minted = 0;
  return {
    mint: async () => {
      minted += 1;
      const id = String(minted).padStart(11, '0');
      return { key: `key-${id}`, id, bcrypt: `key-${id}` };
    },
    recognize: async (key) => {
      const row = await findShownKey(db(), key.slice('key-'.length));
      if (!row) return undefined;
      const { component_id: componentId, machine_id: machineId, is_succeeded: isSucceeded } = row;
      return { componentId, machineId, isSucceeded, isProof: row.is_recent && !isSucceeded };
    },
    replace: replaceKeys,
    forget: () => {},
  };
}

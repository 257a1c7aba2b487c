import { join } from 'node:path';
import type { ComponentType } from '@stratora/contract';
import { CheckedFile } from '../checked-file.ts';

/** The identity of this component with the server. Holds the key: mode 0600. */
export interface Identity {
  version: 1;
  component_type: ComponentType;
  component_id: string;
  /** Id of an agent's node; null in collectors. */
  node_id: string | null;
  api_key: string;
  /** The key before this one, until this one has worked. */
  previous_api_key?: string;
  server_url: string;
  /** SHA-256 of the CA that the server was verified with; null with the system's own CAs. */
  ca_fingerprint: string | null;
  hostname: string;
  enrolled_at: string;
}

function isIdentity(value: unknown): value is Identity {
  const identity = value as Partial<Identity> | null;
  return (
    identity?.version === 1 &&
    (identity.component_type === 'collector' || identity.component_type === 'agent') &&
    typeof identity.component_id === 'string' &&
    typeof identity.api_key === 'string' &&
    (identity.previous_api_key === undefined || typeof identity.previous_api_key === 'string') &&
    typeof identity.server_url === 'string' &&
    (identity.node_id === null || typeof identity.node_id === 'string')
  );
}

/** The identity on disk, with its copy; see `CheckedFile`. */
export class IdentityStore {
  readonly #file: CheckedFile<Identity>;

  constructor(stateDirectory: string) {
    this.#file = new CheckedFile(join(stateDirectory, 'identity.json'), isIdentity);
  }

  read() {
    return this.#file.read();
  }

  write(identity: Identity): Promise<void> {
    return this.#file.write(identity);
  }
}

import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';

/** A cipher that binds a text to its place, so that it cannot be put elsewhere. */
export interface ConfigCipher {
  seal(text: string | Buffer, binding: string): { body: Buffer; keyVersion: number };
  /** @throws when it was changed, or was bound to something else */
  open(body: Buffer, keyVersion: number, binding: string): Buffer;
}

/** The text of a config as it is stored. */
export interface StoredText {
  body: Buffer;
  keyVersion: number;
  encoding: string;
}

const compress = promisify(gzip);
const expand = promisify(gunzip);
/** The quickest level of gzip: thousands of alike blocks shrink to a hundredth by it. */
const LEVEL = 1;
/** Longest text in bytes; one that claims more was made by other hands. */
const MAX_BYTES = 1024 * 1024 * 1024;

/** Returns what the text of a config is bound to. */
export function configBinding(componentId: string, generation: number): string {
  return `collector_configs:${componentId}:${generation}`;
}

/** Compresses a text, off the event loop. To be called before any lock is taken: it is most of the work. */
export function packText(text: Buffer): Promise<Buffer> {
  return compress(text, { level: LEVEL });
}

export function sealText(
  cipher: ConfigCipher,
  packed: Buffer,
  { componentId, generation }: { componentId: string; generation: number },
): StoredText {
  return { ...cipher.seal(packed, configBinding(componentId, generation)), encoding: 'gzip' };
}

/** @throws when the stored text was changed, belongs elsewhere, or its key is not here */
export async function openText(
  cipher: ConfigCipher,
  stored: StoredText,
  { componentId, generation }: { componentId: string; generation: number },
): Promise<Buffer> {
  const opened = cipher.open(stored.body, stored.keyVersion, configBinding(componentId, generation));
  return stored.encoding === 'gzip' ? expand(opened, { maxOutputLength: MAX_BYTES }) : opened;
}

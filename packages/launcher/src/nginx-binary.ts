import { runProcess } from '@stratora/runtime';
import { findProgram, isExecutable } from './program-search.ts';

export interface NginxBinary {
  path: string;
  version: string;
}

/**
 * Finds an nginx that speaks TLS and HTTP/2: the given one, or one on PATH.
 * @returns undefined when there is none
 * @throws when the given program is not one
 */
export async function findNginx(
  binary: string | undefined,
  searchPath: string,
): Promise<NginxBinary | undefined> {
  if (binary !== undefined && !(await isExecutable(binary))) {
    throw new Error(`STRATORA_NGINX_BIN names ${binary}, which is no program.`);
  }
  const path = binary ?? (await findProgram(['nginx'], searchPath));
  if (path === undefined) return undefined;
  const result = await runProcess({ command: path, args: ['-V'], timeoutMs: 5000 }).catch(() => undefined);
  const version = /nginx\/(\d+\.\d+\.\d+)/.exec(result?.stderr ?? '')?.[1];
  const able = ['--with-http_ssl_module', '--with-http_v2_module'].every((part) =>
    result?.stderr.includes(part),
  );
  if (version !== undefined && able) return { path, version };
  if (binary !== undefined) throw new Error(`${binary} is no nginx with TLS and HTTP/2.`);
  return undefined;
}

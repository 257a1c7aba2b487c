import { z } from 'zod';

/**
 * `GET /deployment`: what the commands that bring a collector or an agent to another machine are made of. The scripts
 * are served by the server itself below `/install`, and a command pins its script by hash, the script the program and
 * the authority, so nothing is trusted that did not come through the page.
 */
export const deploymentSchema = z.object({
  version: z.string(),
  /** URL by which components should call the server. */
  server_url: z.string(),
  /** SHA-256 of the DER of the authority that signed the server's certificate, in hex; null: a public authority. */
  ca_sha256: z.string().nullable(),
  /** Hash of each script; null where this server cannot serve the program for that system. */
  scripts: z.object({
    linux: z.object({ path: z.string(), sha256: z.string() }).nullable(),
    windows: z.object({ path: z.string(), sha256: z.string() }).nullable(),
    container: z.object({ path: z.string(), sha256: z.string() }).nullable(),
  }),
});
export type Deployment = z.infer<typeof deploymentSchema>;

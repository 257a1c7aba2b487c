import { randomUUID } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import type { ServerSecrets } from '../../platform/secrets/index.ts';

export const BEARER_SECONDS = 3600;
const ISSUER = 'stratora';
const AUDIENCE = 'stratora-api';

export interface BearerClaims {
  userId: string;
  /** Epoch of the user's logins. A token with an older one is from before a change of password, role or state. */
  epoch: number;
}

/** What a live token says. */
export interface ReadBearer extends BearerClaims {
  expiresAt: Date;
}

export interface BearerTokensOptions {
  secrets: Pick<ServerSecrets, 'tokenSigningKey'>;
}

/** The bearer tokens of programs: JWT (RFC 7519, HS256) that name a user; the rights of that user are looked up. */
export class BearerTokens {
  readonly #secrets: Pick<ServerSecrets, 'tokenSigningKey'>;

  constructor({ secrets }: BearerTokensOptions) {
    this.#secrets = secrets;
  }

  sign(claims: BearerClaims): Promise<string> {
    return (
      new SignJWT({ epoch: claims.epoch })
        .setProtectedHeader({ alg: 'HS256' })
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setSubject(claims.userId)
        .setIssuedAt()
        // Two logins in one second must not share a token: a logout ends one of them alone.
        .setJti(randomUUID())
        .setExpirationTime(`${BEARER_SECONDS}s`)
        .sign(this.#secrets.tokenSigningKey)
    );
  }

  /** Reads a token. @returns undefined for anything that is not a live token of ours */
  async read(token: string): Promise<ReadBearer | undefined> {
    try {
      const { payload } = await jwtVerify(token, this.#secrets.tokenSigningKey, {
        issuer: ISSUER,
        audience: AUDIENCE,
        algorithms: ['HS256'],
      });
      const epoch = payload['epoch'];
      if (payload.sub === undefined || typeof epoch !== 'number' || payload.exp === undefined)
        return undefined;
      return { userId: payload.sub, epoch, expiresAt: new Date(payload.exp * 1000) };
    } catch {
      return undefined;
    }
  }
}

import {
  changePasswordSchema,
  loginAnswerSchema,
  loginSchema,
  SESSION_COOKIE,
  SIGNED_IN_COOKIE,
  tokenAnswerSchema,
} from '@stratora/contract';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { actorOf } from '../../platform/audit/index.ts';
import { openAccess, type Routes, userAccess, userOf } from '../../platform/http/index.ts';
import { SESSION_ABSOLUTE_HOURS } from '../sessions/index.ts';
import type { AuthService, LoginInput } from './auth-service.ts';
import { BEARER_SECONDS } from './bearer-token.ts';

const COOKIE = { path: '/', httpOnly: true, secure: true, sameSite: 'lax' } as const;
const READABLE_COOKIE = { ...COOKIE, httpOnly: false } as const;
const tags = ['auth'];

function inputOf(request: FastifyRequest<{ Body: { username: string; password: string } }>): LoginInput {
  const { username, password } = request.body;
  return { username, password, address: request.clientAddress, requestId: request.id };
}

/** Routes of the login, for people and for programs. */
export function publicAuthRoutes(auth: AuthService): (routes: Routes) => void {
  return (routes) => {
    const access = openAccess({ refusals: ['invalid_credentials', 'too_many_attempts'] });
    routes.post(
      '/api/v1/auth/login',
      {
        ...access,
        schema: {
          operationId: 'login',
          summary: 'Log in with a cookie',
          tags,
          body: loginSchema,
          response: { 200: loginAnswerSchema },
        },
      },
      async (request, reply) => {
        const { token, user } = await auth.login(inputOf(request));
        const maxAge = SESSION_ABSOLUTE_HOURS * 3600;
        return reply
          .setCookie(SESSION_COOKIE, token, { ...COOKIE, maxAge })
          .setCookie(SIGNED_IN_COOKIE, '1', { ...READABLE_COOKIE, maxAge })
          .send({ user });
      },
    );
    routes.post(
      '/api/v1/auth/token',
      {
        ...access,
        schema: {
          operationId: 'createBearerToken',
          summary: 'Get a bearer token',
          tags,
          body: loginSchema,
          response: { 200: tokenAnswerSchema },
        },
      },
      async (request) => ({
        access_token: await auth.issueBearer(inputOf(request)),
        token_type: 'Bearer' as const,
        expires_in: BEARER_SECONDS,
      }),
    );
  };
}

/** Routes for each user about their own login. */
export function ownAuthRoutes(auth: AuthService): (routes: Routes) => void {
  return (routes) => {
    const access = userAccess('self');
    routes.post(
      '/api/v1/auth/logout',
      {
        ...access,
        schema: { operationId: 'logout', summary: 'End this session', tags, response: { 204: z.null() } },
      },
      async (request, reply) => {
        await auth.logout(actorOf(request), userOf(request));
        return reply
          .clearCookie(SESSION_COOKIE, COOKIE)
          .clearCookie(SIGNED_IN_COOKIE, READABLE_COOKIE)
          .status(204)
          .send(null);
      },
    );
    routes.get(
      '/api/v1/auth/me',
      {
        ...access,
        schema: {
          operationId: 'getOwnUser',
          summary: 'Who am I',
          tags,
          response: { 200: loginAnswerSchema },
        },
      },
      async (request) => ({ user: await auth.me(userOf(request)) }),
    );
    routes.post(
      '/api/v1/auth/change-password',
      {
        ...userAccess('self', { refusals: ['too_many_attempts'] }),
        schema: {
          operationId: 'changePassword',
          summary: 'Change my password',
          tags,
          body: changePasswordSchema,
          response: { 200: loginAnswerSchema },
        },
      },
      async (request) => {
        const { current_password: current, new_password: next } = request.body;
        return { user: await auth.changePassword(actorOf(request), userOf(request), { current, next }) };
      },
    );
  };
}

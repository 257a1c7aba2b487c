import type { ErrorCode } from '@stratora/contract';
import type { z } from 'zod';
import type { AnswerHeader, RequestHeader } from './document-headers.ts';

/**
 * What the API document says of a route beside its schemas: its refusals, and what it reads and answers by itself. Nothing
 * here is checked when a call comes in.
 */
export interface RouteDocument {
  /** Codes with which this route may refuse, beside those that every route of its kind may refuse with. */
  readonly refusals?: readonly ErrorCode[];
  /** Parameters in the address that the route reads by itself. */
  readonly querystring?: z.ZodObject;
  /** Bodies by media type that the route reads by itself. */
  readonly bodies?: Readonly<Record<string, z.ZodType>>;
  /** Answers by status and media type that no schema makes. */
  readonly answers?: Readonly<Record<number, Readonly<Record<string, z.ZodType>>>>;
  readonly requestHeaders?: readonly RequestHeader[];
  /** Headers of the answers below 400. */
  readonly answerHeaders?: readonly AnswerHeader[];
}

declare module 'fastify' {
  interface FastifyContextConfig {
    document?: RouteDocument;
  }
}

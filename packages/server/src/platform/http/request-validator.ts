import type { FastifySchemaCompiler } from 'fastify';
import { validatorCompiler } from 'fastify-type-provider-zod';
import { z } from 'zod';

const HALF = 'holds half of a surrogate pair, which is no character';
const NUL = 'holds a NUL character';

/** Any JSON whose texts the database can hold: no NUL, which PostgreSQL has no place for, and well-formed Unicode. */
const storable = z.unknown().superRefine((value, context) => {
  const note = (path: readonly PropertyKey[], message: string): void => {
    context.addIssue({ code: 'custom', path: [...path], message });
  };
  const look = (at: unknown, path: readonly PropertyKey[]): void => {
    if (typeof at === 'string') {
      const fault = textFault(at);
      if (fault !== undefined) note(path, fault);
    } else if (Array.isArray(at)) {
      for (const [index, item] of at.entries()) look(item, [...path, index]);
    } else if (typeof at === 'object' && at !== null) {
      for (const [key, item] of Object.entries(at)) {
        const fault = textFault(key);
        if (fault === undefined) look(item, [...path, key]);
        else note(path, `has a name that ${fault}`);
      }
    }
  };
  look(value, []);
});

function textFault(text: string): string | undefined {
  if (!text.isWellFormed()) return HALF;
  return text.includes('\u0000') ? NUL : undefined;
}

/** Validates every part of a request: first that its texts can be kept at all, then by the schema of its route. */
export const requestValidator: FastifySchemaCompiler<z.ZodType> = (route) => {
  const keeps = validatorCompiler({ ...route, schema: storable });
  const fits = validatorCompiler(route);
  return (data: unknown) => {
    const kept = keeps(data);
    return typeof kept === 'object' && 'error' in kept ? kept : fits(data);
  };
};

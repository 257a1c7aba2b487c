import { fieldFaults, plainWords } from '@stratora/contract';
import type { FastifySchemaCompiler } from 'fastify';
import { z } from 'zod';
import { appError } from './error-catalogue.ts';

const HALF = 'holds half of a surrogate pair, which is no character';
const NUL = 'holds a NUL character';

type Note = (path: readonly PropertyKey[], message: string) => void;

/** Any JSON whose texts the database can hold: no NUL, which PostgreSQL has no place for, and well-formed Unicode. */
const storable = z.unknown().superRefine((value, context) => {
  look(value, [], (path, message) => context.addIssue({ code: 'custom', path: [...path], message }));
});

function look(value: unknown, path: readonly PropertyKey[], note: Note): void {
  if (typeof value === 'string') {
    const fault = textFault(value);
    if (fault !== undefined) note(path, fault);
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) look(item, [...path, index], note);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      const fault = textFault(key);
      if (fault === undefined) look(item, [...path, key], note);
      else note(path, `has a name that ${fault}`);
    }
  }
}

function textFault(text: string): string | undefined {
  if (!text.isWellFormed()) return HALF;
  return text.includes('\u0000') ? NUL : undefined;
}

/** Whether every text can be kept: as nearly always, and found out without a path for each. */
function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return textFault(value) === undefined;
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(isStorable);
  return Object.entries(value).every(([key, item]) => textFault(key) === undefined && isStorable(item));
}

/** Makes the check of a schema, which refuses with the path and the fault of each field. */
function checkerOf(schema: z.ZodType) {
  return (data: unknown): { value: unknown } | { error: Error } => {
    const { error, data: value } = schema.safeParse(data, { error: plainWords });
    if (error === undefined) return { value };
    const details = { errors: fieldFaults(error) };
    return { error: appError('validation_failed', 'Some fields are not valid.', { details }) };
  };
}

const faultsOfTexts = checkerOf(storable);

/** Validates every part of a request: first that its texts can be kept at all, then by the schema of its route. */
export const requestValidator: FastifySchemaCompiler<z.ZodType> = ({ schema }) => {
  const fits = checkerOf(schema);
  return (data: unknown) => (isStorable(data) ? fits(data) : faultsOfTexts(data));
};

/**
 * Validates what components tell: of texts that cannot be kept the rest is, since one odd letter of a device must not
 * silence the component that met it.
 */
export const reportValidator: FastifySchemaCompiler<z.ZodType> = ({ schema }) => {
  const fits = checkerOf(schema);
  return (data: unknown) => fits(isStorable(data) ? data : cleaned(data));
};

function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed().replaceAll('\u0000', '');
  if (Array.isArray(value)) return value.map(cleaned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [cleaned(key) as string, cleaned(item)]),
  );
}

import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

/** A part of a JSON schema, as far as tests look into it. */
export type SchemaPart = Readonly<Record<string, unknown>>;

export interface DocumentedParameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header' | 'cookie';
  readonly required?: boolean;
  readonly schema?: SchemaPart;
}

type Media = Readonly<Record<string, { readonly schema?: SchemaPart }>>;
interface DocumentedAnswer {
  readonly $ref?: string;
  readonly content?: Media;
}

export interface DocumentedOperation {
  readonly operationId: string;
  readonly security?: readonly Readonly<Record<string, unknown>>[];
  readonly parameters?: readonly DocumentedParameter[];
  readonly requestBody?: { readonly content: Media };
  readonly responses: Readonly<Record<string, DocumentedAnswer>>;
}

/** An OpenAPI document, as far as tests look into it. */
export interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** An operation with its place in the document. */
export interface FoundOperation {
  readonly method: string;
  readonly path: string;
  readonly operation: DocumentedOperation;
}

export interface CheckedAnswer {
  status: number;
  /** The media type, with or without parameters. */
  type: string | null;
  text: string;
}

/** Holds answers against what an OpenAPI document says of them. */
export class DocumentChecker {
  readonly operations: readonly FoundOperation[];
  readonly #document: ApiDocument;
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false });
  readonly #known = new Map<string, ValidateFunction>();

  constructor(document: ApiDocument) {
    this.#document = document;
    formats.default(this.#ajv);
    this.#ajv.addSchema(document, 'api');
    this.operations = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
    );
  }

  /** Finds the operation of a call: of several, the one with the fewest parameters in its path. */
  find(method: string, path: string): FoundOperation | undefined {
    const parts = (path.split('?', 1)[0] ?? '').split('/');
    const parameters = (text: string) => text.split('{').length;
    return this.operations
      .filter((each) => each.method === method && fits(each.path.split('/'), parts))
      .toSorted((a, b) => parameters(a.path) - parameters(b.path))[0];
  }

  /** Lists what the document does not say of an answer: its status, its type, the form of its body. */
  faultsOf({ method, path, operation }: FoundOperation, { status, type, text }: CheckedAnswer): string[] {
    const pointer = ['paths', path, method.toLowerCase(), 'responses', String(status)];
    const [answer, place] = this.#resolve(operation.responses[status], pointer);
    if (answer === undefined) return [`the status ${status} is not documented`];
    const { content } = answer;
    if (content === undefined) return text === '' ? [] : [`a body is not documented for ${status}`];
    const media = (type ?? '').split(';', 1)[0] ?? '';
    if (content[media] === undefined) return [`the type ${media} is not documented for ${status}`];
    if (!media.endsWith('json')) return [];
    const validate = this.#validator([...place, 'content', media, 'schema']);
    if (validate(JSON.parse(text))) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${status} ${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  }

  #resolve(
    answer: DocumentedAnswer | undefined,
    pointer: string[],
  ): [answer: DocumentedAnswer | undefined, pointer: string[]] {
    if (answer?.$ref === undefined) return [answer, pointer];
    const [, , kind = '', name = ''] = answer.$ref.split('/');
    return [this.#document.components[kind]?.[name] as DocumentedAnswer, ['components', kind, name]];
  }

  #validator(pointer: readonly string[]): ValidateFunction {
    const escaped = pointer.map((part) =>
      encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')),
    );
    const $ref = `api#/${escaped.join('/')}`;
    const known = this.#known.get($ref) ?? this.#ajv.compile({ $ref });
    this.#known.set($ref, known);
    return known;
  }
}

function fits(pattern: readonly string[], parts: readonly string[]): boolean {
  return (
    pattern.length === parts.length &&
    pattern.every((part, index) => part.startsWith('{') || part === parts[index])
  );
}

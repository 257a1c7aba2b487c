import { SaxesParser } from 'saxes';

/** An element of an answer. Names are without their prefix: no two namespaces meet in what is read here. */
export interface XmlElement {
  readonly name: string;
  /** The `type` attribute, the kind of the object that a reference leads to; empty where there is none. */
  readonly type: string;
  /** The text of the element itself, without that of the elements below. */
  text: string;
  children: readonly XmlElement[];
}

export interface XmlLimits {
  /** Most elements within each other. */
  readonly depth: number;
  readonly elements: number;
}

/** The fault of a text that is no XML, or more of it than is read. */
export class XmlFault extends Error {
  override readonly name = 'XmlFault';
}

/** No answer of vSphere nests a tenth as deep, and one of thousands of counters has a hundred thousand elements. */
const LIMITS: XmlLimits = { depth: 100, elements: 1_000_000 };

/**
 * Parses a document. Entities are XML's own five and no others, and a document with a type declaration, which could
 * define more or name a file, is refused unread.
 *
 * @throws XmlFault
 */
export function parseXml(text: string, limits: XmlLimits = LIMITS): XmlElement {
  const parser = new SaxesParser();
  const top: XmlElement = { name: '', type: '', text: '', children: NONE };
  const open = [top];
  let elements = 0;
  parser.on('error', (error) => {
    throw new XmlFault(error.message);
  });
  parser.on('doctype', () => {
    throw new XmlFault('a document type declaration is not taken');
  });
  parser.on('opentag', ({ name, attributes }) => {
    elements += 1;
    if (elements > limits.elements) throw new XmlFault(`more than ${limits.elements} elements`);
    if (open.length > limits.depth)
      throw new XmlFault(`more than ${limits.depth} elements within each other`);
    const type = Object.hasOwn(attributes, 'type') ? (attributes['type'] ?? '') : '';
    const element: XmlElement = { name: name.slice(name.indexOf(':') + 1), type, text: '', children: NONE };
    const parent = open.at(-1);
    if (parent !== undefined) adopt(parent, element);
    open.push(element);
  });
  const addText = (part: string): void => {
    const element = open.at(-1);
    if (element !== undefined) element.text += part;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    open.pop();
  });
  parser.write(text).close();
  const [root] = top.children;
  if (root === undefined) throw new XmlFault('there is no element');
  return root;
}

/** Most elements have none below them, and share this list. */
const NONE: readonly XmlElement[] = [];

function adopt(parent: XmlElement, child: XmlElement): void {
  if (parent.children === NONE) parent.children = [child];
  else (parent.children as XmlElement[]).push(child);
}

/** Returns the first element below with that name. */
export function childOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((child) => child.name === name);
}

/** Lists the elements below with that name. */
export function childrenOf(element: XmlElement | undefined, name: string): readonly XmlElement[] {
  return element?.children.filter((child) => child.name === name) ?? [];
}

/** Returns the text at the end of a path; empty where there is nothing. */
export function textAt(element: XmlElement | undefined, ...path: readonly string[]): string {
  let at = element;
  for (const name of path) at = childOf(at, name);
  return at?.text ?? '';
}

/** Escapes a text for an element or an attribute; what XML cannot carry at all is left out. */
export function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(FORBIDDEN, '');
}

// oxlint-disable-next-line no-control-regex -- XML 1.0 forbids these signs in any spelling (2.2)
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

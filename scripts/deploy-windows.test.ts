import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const FOLDER = new URL('../deploy/windows/', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, FOLDER), 'utf8');

/** Lists the elements in their order; throws for text that is not well-formed. */
function elementsOf(xml: string): readonly string[] {
  const open: string[] = [];
  const names: string[] = [];
  const body = xml.replace(/<\?xml[^>]*\?>|<!--[\s\S]*?-->/g, '');
  for (const [tag, close, name = '', self] of body.matchAll(
    /<(\/?)([A-Za-z]+)(?:\s+[a-z]+="[^"<&]*")*\s*(\/?)>/g,
  )) {
    if (close === '/') {
      if (open.pop() !== name) throw new Error(`${tag} closes nothing`);
    } else {
      names.push([...open, name].join('/'));
      if (self !== '/') open.push(name);
    }
  }
  if (open.length > 0) throw new Error(`${open.join('/')} is not closed`);
  return names;
}

/** Finds the placeholders that a script fills in. */
const placesIn = (text: string) => new Set(text.match(/@[A-Z]+@/g));

describe.each(['agent', 'collector'])('the service of %s on Windows', (type) => {
  const xml = read(`stratora-${type}.xml`);

  test('is a definition that WinSW takes', () => {
    const elements = elementsOf(xml);
    for (const name of ['id', 'name', 'executable', 'arguments', 'logpath', 'onfailure', 'stoptimeout']) {
      expect(elements).toContain(`service/${name}`);
    }
    expect(elements).toContain('service/serviceaccount/username');
    expect(xml).toContain(`<id>Stratora${type.charAt(0).toUpperCase()}${type.slice(1)}</id>`);
  });

  test('runs the command of its kind, with its state, and has no place that the script does not fill', () => {
    expect(xml).toContain(`<arguments>"@PROGRAM@" ${type} run --state-dir "@STATE@"</arguments>`);
    expect(placesIn(xml.replace(/<!--[\s\S]*?-->/g, ''))).toEqual(
      new Set(['@NODE@', '@PROGRAM@', '@STATE@', '@TELEGRAF@']),
    );
    const script = read('install-service.ps1');
    for (const place of placesIn(xml)) expect(script).toContain(`'${place}'`);
  });

  test('gives a collector no rights of the system', () => {
    const account = /<username>(.*)<\/username>/.exec(xml)?.[1];
    expect(account).toBe(type === 'collector' ? String.raw`NT AUTHORITY\LocalService` : 'LocalSystem');
  });

  test('stops in more time than the component needs', () => {
    expect(Number(/<stoptimeout>(\d+) sec/.exec(xml)?.[1])).toBeGreaterThan(9);
  });
});

describe.each(['install-service.ps1', 'uninstall.ps1'])('%s', (name) => {
  const script = read(name);

  test('has brackets and quotes that close, and no letter that old PowerShells misread', () => {
    // A script without a byte order mark is read in the code page of the machine.
    expect(/^[\x20-\x7e\n]*$/.test(script)).toBe(true);
    const bare = script.replace(/#.*$/gm, '').replace(/'[^']*'|"[^"]*"/g, '');
    for (const [left, right] of ['()', '{}', '[]'] as const) {
      expect(bare.split(left ?? '').length).toBe(bare.split(right ?? '').length);
    }
  });

  test('keeps the state of the component to those who may read it', () => {
    if (name === 'uninstall.ps1') {
      expect(script).toMatch(/if \(\$RemoveState -and .*\) \{ Remove-Item/);
      return;
    }
    const grants = /& icacls\.exe \$state (.*)/.exec(script)?.[1] ?? '';
    expect(grants).toContain('/inheritance:r');
    expect(script).not.toMatch(/\$grants.*S-1-(?:1-0|5-11|5-32-545)/);
  });
});

import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { DeviceTemplate } from '@stratora/contract';
import { errorMessage } from '@stratora/runtime';
import { readSnmprec } from '@stratora/snmp';
import { CASE_TIME_MS, findCase, pointDifferences, previewTemplate } from '@stratora/template-preview';
import { findRuleConflict, readTemplate, resolveTemplates } from '@stratora/templates';
import { faultText, InstalledTemplates } from './installed-templates.ts';

/** Most differences of a case that are shown. */
const SHOWN = 20;

export interface CheckReport {
  readonly lines: readonly string[];
  readonly isWell: boolean;
}

/** Checks template files and runs cases. @param paths files and folders */
export async function checkTemplates(paths: readonly string[]): Promise<CheckReport> {
  const check = new TemplateCheck();
  for (const path of paths) {
    if ((await stat(path)).isDirectory()) await check.addFolder(path);
    else check.addFile(path);
  }
  return check.report();
}

class TemplateCheck {
  readonly #files: string[] = [];
  readonly #cases: string[] = [];
  readonly #lines: string[] = [];
  #faults = 0;

  addFile(file: string): void {
    if (!this.#files.includes(file)) this.#files.push(file);
  }

  /** Takes the template files of a folder, and the cases that it is or has. */
  async addFolder(folder: string): Promise<void> {
    const entries = await readdir(folder, { withFileTypes: true });
    const names = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.toml'));
    for (const { name } of names.toSorted((a, b) => (a.name < b.name ? -1 : 1)))
      this.addFile(join(folder, name));
    const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name));
    for (const one of [folder, ...folders.toSorted()]) {
      if ((await findCase(one)) === undefined) continue;
      this.#cases.push(one);
      // The template of a case may lie beside it alone.
      if (one !== folder) for (const file of await templateFiles(one)) this.addFile(file);
    }
  }

  async report(): Promise<CheckReport> {
    const { own } = await new InstalledTemplates().load();
    const given = await this.#readFiles();
    const all = new Map([...own, ...given]);
    const { templates, faults } = resolveTemplates(all);
    for (const fault of faults.filter(({ file }) => given.has(basename(file, '.toml')))) {
      this.#fault(faultText({ ...fault, file: this.#pathOf(fault.file) }));
    }
    const conflict = findRuleConflict([...all.values()]);
    if (conflict !== undefined) this.#fault(conflict);
    for (const folder of this.#cases) await this.#runCase(folder, templates);
    const files = `${this.#files.length} ${this.#files.length === 1 ? 'file' : 'files'}`;
    const cases = `${this.#cases.length} ${this.#cases.length === 1 ? 'case' : 'cases'}`;
    const outcome = faultCount(this.#faults);
    return { lines: [...this.#lines, `${files}, ${cases}: ${outcome}`], isWell: this.#faults === 0 };
  }

  async #readFiles(): Promise<Map<string, DeviceTemplate>> {
    const given = new Map<string, DeviceTemplate>();
    for (const file of this.#files) {
      const read = readTemplate(basename(file), await readFile(file, 'utf8'));
      if ('faults' in read) {
        for (const fault of read.faults)
          this.#fault(faultText({ ...fault, file: join(dirname(file), fault.file) }));
      } else {
        given.set(read.value.slug, read.value);
      }
    }
    return given;
  }

  async #runCase(folder: string, templates: ReadonlyMap<string, DeviceTemplate>): Promise<void> {
    try {
      const one = await findCase(folder);
      const template = templates.get(one?.template ?? '');
      if (one === undefined || template === undefined) {
        this.#fault(`${folder}: there is no usable template "${one?.template ?? ''}"`);
        return;
      }
      const { objects } = readSnmprec(one.walk);
      const { points } = await previewTemplate({ template, objects, timeMs: CASE_TIME_MS });
      const differences = pointDifferences(one.points, points);
      if (differences.length === 0) return;
      this.#fault(`${folder}: ${differences.length} points differ`);
      for (const line of differences.slice(0, SHOWN)) this.#lines.push(`  ${line}`);
      if (differences.length > SHOWN) this.#lines.push(`  and ${differences.length - SHOWN} more`);
    } catch (error) {
      this.#fault(`${folder}: ${errorMessage(error)}`);
    }
  }

  #pathOf(file: string): string {
    return this.#files.find((path) => basename(path) === file) ?? file;
  }

  #fault(line: string): void {
    this.#faults += 1;
    this.#lines.push(line);
  }
}

async function templateFiles(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.toml'));
  return names.toSorted().map((name) => join(folder, name));
}

function faultCount(count: number): string {
  if (count === 0) return 'no fault';
  return count === 1 ? '1 fault' : `${count} faults`;
}

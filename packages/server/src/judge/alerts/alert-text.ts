import { readSummary, renderSummary, type TextTemplate } from '../summary-text/index.ts';
import type { AlertRow } from './alert-row.ts';

/** The text of an alert; `failure` says why the built-in one stands in for that of the definition. */
export interface AlertText {
  readonly text: string;
  readonly failure: string | null;
}

/** Writes the texts of alerts by the templates of their definitions, each of which is read once. */
export class AlertTexts {
  readonly #templates = new Map<string, TextTemplate | null>();

  /** @param template the text of the definition; null: the built-in one */
  render(template: string | null, alert: AlertRow): AlertText {
    const read = template === null ? null : this.#read(template);
    const values = {
      name: alert.definition_name,
      node: alert.node_id === null ? null : alert.subject_name,
      instance: alert.instance,
      labels: alert.labels,
      value: alert.value,
      threshold: alert.threshold,
      comparison: alert.comparison,
      unit: alert.unit,
    };
    const summary = renderSummary(read, values);
    if (template !== null && read === null)
      return { ...summary, failure: 'The text of the definition cannot be read.' };
    // Nothing is wrong with a text that lacks nothing but the value of a series that is gone.
    const isForWantOfData =
      summary.failure !== null &&
      values.value === null &&
      renderSummary(read, { ...values, value: 0 }).failure === null;
    return isForWantOfData ? { ...summary, failure: null } : summary;
  }

  #read(text: string): TextTemplate | null {
    const known = this.#templates.get(text);
    if (known !== undefined) return known;
    const summary = readSummary(text, []);
    const template = summary.ok ? summary.template : null;
    this.#templates.set(text, template);
    return template;
  }
}

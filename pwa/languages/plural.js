/** How many: the form of a noun that a number asks for, by the rules of a language. */

/** @typedef {Partial<Record<Intl.LDMLPluralRule, string>> & {other: string}} Forms one of each that the language has */

/**
 * "1 message", "1,200 messages". @param {string} language of the forms and of the number
 * @returns {(n: number, forms: Forms) => string}
 */
export function counting(language) {
  const rules = new Intl.PluralRules(language);
  const number = new Intl.NumberFormat(language);
  return (n, forms) => `${number.format(n)} ${forms[rules.select(n)] ?? forms.other}`;
}

/** A sentence with gaps like `{name}`; where it depends on a number, one for each plural form. */
export type Sentence = string | ({ other: string } & Partial<Record<Intl.LDMLPluralRule, string>>);

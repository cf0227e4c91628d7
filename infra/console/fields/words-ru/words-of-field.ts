/** A field's name and sentence in another language. */
export interface WordsOfField {
  label: string;
  note: string;
}

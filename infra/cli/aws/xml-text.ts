const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The text of the first element of this name, which holds nothing but text; null: there is none. */
export function xmlText(xml: string, name: string): string | null {
  const begin = xml.indexOf(`<${name}>`);
  if (begin < 0) return null;
  const text = xml.slice(begin + name.length + 2, xml.indexOf(`</${name}>`, begin));
  return text.replace(/&(\w{1,8});/g, (entity, word: string) => ENTITIES[word] ?? entity);
}

/** The members of a list. */
export const xmlMembers = (xml: string): string[] =>
  xml
    .split('<member>')
    .slice(1)
    .map((rest) => rest.slice(0, rest.indexOf('</member>')));

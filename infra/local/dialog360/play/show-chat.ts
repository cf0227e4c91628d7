import { BSUID } from '../../../../shared/contract/identity-form.ts';
import { percentDecoded } from '../../../../shared/kernel/percent-decoded.ts';
import { readPhone } from '../../../../shared/rules/identity/phone-number.ts';
import type { HttpAnswer } from '../../http/serve.ts';
import type { DoubleAccount } from '../account.ts';
import type { Dialog360Double } from '../double.ts';
import { notRead, readable } from './play-answers.ts';

/** The phone of one visitor, named by phone number as people write it or by BSUID. */
export function showChat(
  double: Dialog360Double,
  written: string,
  token: string | null,
): HttpAnswer {
  const person = personIn(written);
  if (person === null) {
    const detail = 'must be a phone number with country code, or a business-scoped user id';
    return notRead([{ path: 'chat', detail }], double.url);
  }
  const chats = accountsOf(double, token).map(({ chats }) => chats);
  const lines = chats.flatMap((one) => one.lines(person));
  const typing = chats.flatMap((one) => one.typingAt(person, double.now()) ?? []);
  return readable({
    phone: person,
    name: chats.map((one) => one.nameOf(person)).find((name) => name !== null) ?? null,
    typing_at: typing[0] ?? null,
    messages: lines.toSorted((a, b) => a.at.localeCompare(b.at)),
  });
}

/** Every phone that has a chat, the newest first. */
export const showChats = (double: Dialog360Double, token: string | null) => ({
  chats: accountsOf(double, token)
    .flatMap(({ key, chats }) => chats.people().map((chat) => ({ token: key, ...chat })))
    .toSorted((a, b) => (b.last?.at ?? '').localeCompare(a.last?.at ?? '')),
});

const accountsOf = ({ accounts }: Dialog360Double, token: string | null): DoubleAccount[] =>
  [...accounts.values()].filter(({ key }) => token === null || key === token);

/** The visitor's digits or BSUID; null: the text is neither. */
function personIn(written: string): string | null {
  const plain = percentDecoded(written).replaceAll('+', ' ');
  return BSUID.test(plain) ? plain : readPhone(plain);
}

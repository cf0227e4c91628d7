import type { Identity } from '../../contract/identity.ts';
import { BSUID } from '../../contract/identity-form.ts';
import { isJson, type Json, objectAt, valueAt, wordAt } from '../foreign-json.ts';
import type { PayloadVersion } from './reading.ts';

/** The identifiers one object carries itself. */
export interface Claim {
  phone: string | null;
  bsuid: string | null;
  parent: string | null;
}

/** A claim and what the contact beside it adds. */
interface Person {
  identity: Identity;
  name: string;
}

const IDS = ['phone', 'bsuid', 'parent'] as const;

interface Contact extends Claim {
  username: string | null;
  name: string;
}

const NO_IDS: Claim = { phone: null, bsuid: null, parent: null };
const NO_CONTACT: Contact = { ...NO_IDS, username: null, name: '' };

/** The contacts beside some messages, as a directory of who is who. */
export interface People {
  /** Who is meant, by identifiers alone. */
  person(claim: Claim): Person;
  /** Who wrote one of the messages beside these contacts. */
  sender(claim: Claim): Person;
}

const PHONE_WITH_PLUS = /^\+?\d{5,20}$/;
/** Looser than `BSUID`, where the field itself says what it is: a new form must not lose messages. */
const USER_ID = /^[A-Za-z][\w.:-]{0,159}$/;

/** Digits with the country code, or null; empty strings are missing ones (docs/360dialog.md#users-without-a-phone-number). */
export function phoneOf(value: unknown): string | null {
  const digits = typeof value === 'number' ? String(value) : value;
  return typeof digits === 'string' && PHONE_WITH_PLUS.test(digits)
    ? digits.replace('+', '')
    : null;
}

/** A BSUID where the field says that it is one, or null. */
export const userIdOf = (value: unknown): string | null =>
  typeof value === 'string' && USER_ID.test(value) ? value : null;

/**
 * The identifiers under three keys (phone, BSUID, parent BSUID). A BSUID where the phone belongs is
 * undocumented but seen (docs/360dialog.md#users-without-a-phone-number).
 */
export function claimOf(owner: unknown, phone: string, bsuid: string, parent: string): Claim {
  const inPhone = valueAt(owner, phone);
  return {
    phone: phoneOf(inPhone),
    bsuid:
      userIdOf(valueAt(owner, bsuid)) ??
      (typeof inPhone === 'string' && BSUID.test(inPhone) ? inPhone : null),
    parent: userIdOf(valueAt(owner, parent)),
  };
}

/** The identifiers of who wrote a message or started a call. */
export const senderClaim = (raw: unknown): Claim =>
  claimOf(raw, 'from', 'from_user_id', 'from_parent_user_id');

/** The identifiers in a contact, or in an object with a contact's keys. */
export const contactClaim = (raw: unknown): Claim =>
  claimOf(raw, 'wa_id', 'user_id', 'parent_user_id');

/**
 * The contacts of a body or value, found by identifier and never by position. Where no identifier
 * fits, a lone contact is taken for the sender's only if all messages beside it have the same sender
 * and it contradicts none of their identifiers; and it adds identifiers only to a message that has
 * none: a wrong guess would put one person's words into another one's chat. On the old API a lone
 * contact that contradicts them still gives the only sender its name, which decides nothing.
 */
export function readPeople(
  contacts: unknown[],
  messages: unknown[] = [],
  payloadVersion: PayloadVersion = 'v2',
): People {
  const known = contacts.filter(isJson).map(readContact);
  const byId = new Map<string, Contact>();
  for (const contact of known) {
    for (const key of keysOf(contact)) byId.set(key, preferred(contact, byId.get(key)));
  }
  const paired = (claim: Claim) =>
    keysOf(claim)
      .map((key) => byId.get(key))
      .find((contact) => contact !== undefined);
  const lone = known.length === 1 && haveOneSender(messages) ? known[0] : undefined;

  return {
    person: (claim) => personOf(claim, paired(claim)),
    sender: (claim) =>
      personOf(claim, paired(claim) ?? (lone && guess(lone, claim, payloadVersion))),
  };
}

/** What a lone contact tells of the only sender, whose identifiers do not lead to it. */
function guess(lone: Contact, claim: Claim, payloadVersion: PayloadVersion): Contact | undefined {
  if (!agree(lone, claim)) {
    return payloadVersion === 'v1' ? { ...NO_CONTACT, name: lone.name } : undefined;
  }
  return IDS.every((id) => claim[id] === null) ? lone : { ...lone, ...NO_IDS };
}

function haveOneSender(messages: unknown[]): boolean {
  const first = senderClaim(messages[0]);
  return messages.every((message) => {
    const claim = senderClaim(message);
    return IDS.every((id) => claim[id] === first[id]);
  });
}

/** Who a visitor is: the identifiers of the claim first, then what the contact adds. */
function personOf(claim: Claim, contact?: Contact): Person {
  const parent = claim.parent ?? contact?.parent;
  return {
    identity: {
      phone: claim.phone ?? contact?.phone ?? null,
      bsuid: claim.bsuid ?? contact?.bsuid ?? parent ?? null,
      username: contact?.username ?? null,
      ...(parent && { parent_bsuid: parent }),
    },
    name: contact?.name ?? '',
  };
}

/** Whether there is an identifier that a chat can be found by. */
export const isKnown = ({ phone, bsuid }: Identity): boolean => phone !== null || bsuid !== null;

function readContact(raw: Json): Contact {
  const profile = objectAt(raw, 'profile');
  const username = wordAt(profile, 'username');
  return {
    ...contactClaim(raw),
    username: username && username.length <= 128 ? username : null,
    name: wordAt(profile, 'name') ?? username ?? '',
  };
}

/** Phone before BSUID before parent: the order in which a contact is looked for. */
const keysOf = ({ phone, bsuid, parent }: Claim): string[] =>
  [phone && `phone ${phone}`, bsuid && `user ${bsuid}`, parent && `parent ${parent}`].filter(
    (key): key is string => Boolean(key),
  );

/** Of two contacts with the same identifier always the same one, in whatever order they come. */
function preferred(contact: Contact, other: Contact | undefined): Contact {
  return other && JSON.stringify(other) > JSON.stringify(contact) ? other : contact;
}

const agree = (contact: Contact, claim: Claim): boolean =>
  IDS.every((id) => contact[id] === null || claim[id] === null || contact[id] === claim[id]);

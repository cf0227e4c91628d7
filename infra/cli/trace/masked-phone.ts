/** As much of a phone number as tells an operator which one is meant: its beginning and its end. */
export const maskedPhone = (phone: string): string =>
  phone.length <= 6
    ? '*'.repeat(phone.length)
    : `${phone.slice(0, 2)}${'*'.repeat(phone.length - 4)}${phone.slice(-2)}`;

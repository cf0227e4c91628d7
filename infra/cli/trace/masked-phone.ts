/** A phone number by which nobody is recognised: its country and its end. */
export const maskedPhone = (phone: string): string =>
  phone.length <= 6
    ? '*'.repeat(phone.length)
    : `${phone.slice(0, 2)}${'*'.repeat(phone.length - 4)}${phone.slice(-2)}`;

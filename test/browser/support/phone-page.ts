import type { Locator, Page } from 'playwright-core';

/** What a person does on the phone, and sees there. */
export const phonePage = (page: Page) => {
  const phone = page.getByRole('region', { name: 'Phone of the visitor' });
  const log = phone.getByRole('log');
  return {
    phone,
    /** The bubbles and what hangs below them, in order. */
    lines: log.locator('li.line'),
    inspector: page.getByRole('region', { name: 'Way of the message' }),
    write: async (text: string) => {
      await phone.getByLabel('Message', { exact: true }).fill(text);
      // The channels may not be there yet: until then nobody can be written to.
      await phone.locator('button.send:enabled').waitFor();
      await page.keyboard.press('Enter');
    },
    /** The newest line that holds this text. */
    line: (text: string | RegExp): Locator => log.locator('li.line', { hasText: text }).last(),
    newVisitor: async () => {
      await page.getByRole('button', { name: 'New visitor' }).click();
      await phone.getByText('Write as a visitor would.').waitFor();
    },
    act: async (line: Locator, name: string | RegExp) => {
      await line.hover();
      await line.getByRole('button', { name: /^React, quote/ }).click();
      await line.getByRole('menuitem', { name }).click();
    },
  };
};

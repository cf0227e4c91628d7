import { expect, test } from 'vitest';
import { traceSubject } from '../../../../shared/rules/trace/trace-subject.ts';

const hex = (length: number) => 'a'.repeat(length);

// biome-ignore format: a table reads by column
test.each([
  { written: `evt_${hex(32)}`,        subject: { kind: 'turn', id: `evt_${hex(32)}` } },
  { written: ` req_${hex(32)} `,      subject: { kind: 'turn', id: `req_${hex(32)}` } },
  { written: `rep_${hex(32)}`,        subject: { kind: 'reply', id: `rep_${hex(32)}` } },
  { written: hex(40),                 subject: { kind: 'chat', id: hex(40) } },
  { written: 'wamid.HBgMNDk=',        subject: { kind: 'message', id: 'wamid.HBgMNDk=' } },
  { written: '+49 171 3920042',       subject: { kind: 'phone', value: '491713920042' } },
  { written: 'DE.7340021985561204',   subject: { kind: 'bsuid', value: 'DE.7340021985561204' } },
  { written: '491713920042|dialog360', subject: { kind: 'channel_chat_id', value: '491713920042|dialog360' } },
  { written: `ch_${hex(20)}.1795341603000.evt_${hex(32)}`, subject: { kind: 'turn', id: `evt_${hex(32)}` } },
  { written: 'gBEGkYiEB1VXAglK1ZEqA1YKPrU', subject: { kind: 'message', id: 'gBEGkYiEB1VXAglK1ZEqA1YKPrU' } },
  { written: '49.171.3920042',        subject: { kind: 'phone', value: '491713920042' } },
  { written: '  ',                    subject: null },
  { written: `rep_${hex(31)}`,        subject: null },
  { written: `EVT_${hex(32)}`,        subject: null },
  { written: `ch_${hex(20)}`,         subject: null },
  { written: `ch_${hex(20)}.1795341603000.${hex(40)}`, subject: null },
  { written: '0171 3920042',          subject: null },
  { written: '(0171) 392-0042',       subject: null },
  { written: '+49',                   subject: null },
  { written: '9d15f89f…',             subject: null },
  { written: 'wamid.HBgM NDk=',       subject: null },
  { written: 'x'.repeat(512),         subject: { kind: 'message', id: 'x'.repeat(512) } },
  { written: 'x'.repeat(513),         subject: null },
])('$written is $subject.kind', ({ written, subject }) => {
  expect(traceSubject(written)).toEqual(subject);
});

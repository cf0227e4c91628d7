/**
 * The country codes whose numbers lose their first zero when they are dialled from abroad: the national prefix
 * is 0. Italy (39), San Marino (378), Côte d'Ivoire (225), Congo (242) and others keep it: without it another
 * is called. Source: https://github.com/google/libphonenumber, resources/PhoneNumberMetadata.xml,
 * `nationalPrefix="0"`, release 9.0.43, read on 2026-11-30.
 */
// biome-ignore format: a list reads by its first digit
export const DROP_TRUNK_ZERO: ReadonlySet<string> = new Set([
  '20', '27', '211', '212', '213', '218', '231', '232', '233', '234', '243', '249', '250', '251', '252', '254', '255', '256',
  '260', '261', '262', '263', '264', '265', '291',
  '31', '32', '33', '353', '355', '358', '359', '370', '373', '374', '377', '380', '381', '382', '383', '385', '386', '387', '389',
  '40', '41', '43', '44', '46', '49', '421', '423',
  '51', '53', '54', '55', '57', '58', '508', '590', '591', '593', '594', '595', '596', '598',
  '60', '61', '62', '63', '64', '66', '686',
  '81', '82', '84', '86', '850', '855', '856', '880', '886',
  '90', '91', '92', '93', '94', '95', '98', '961', '962', '963', '964', '966', '967', '970', '971', '972', '976', '977',
  '994', '995', '996',
]);

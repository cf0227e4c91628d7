import { crc32, deflateSync } from 'node:zlib';

const WIDTH = 640;
const HEIGHT = 400;

type Colour = readonly [number, number, number];

/** The picture the demo agent sends, hills in the evening. It is drawn here, so that the project needs no picture file with a licence of its own. */
export function demoPicture(): Buffer {
  const rows: Buffer[] = [];
  for (let y = 0; y < HEIGHT; y += 1) {
    const row = Buffer.alloc(1 + WIDTH * 3); // the first byte says that the row is not filtered
    for (let x = 0; x < WIDTH; x += 1) row.set(colourAt(x / WIDTH, y / HEIGHT), 1 + x * 3);
    rows.push(row);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH, 0);
  header.writeUInt32BE(HEIGHT, 4);
  header.set([8, 2, 0, 0, 0], 8); // 8 bits, red, green and blue
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const [size, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  size.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([size, named, sum]);
}

const SKY: [Colour, Colour] = [
  [38, 70, 120],
  [255, 196, 140],
];
const SUN: Colour = [255, 241, 200];
const HILLS: { height: number; wave: number; shift: number; colour: Colour }[] = [
  { height: 0.62, wave: 5, shift: 0.4, colour: [86, 104, 120] },
  { height: 0.74, wave: 7, shift: 2.1, colour: [38, 92, 84] },
  { height: 0.86, wave: 4, shift: 4.4, colour: [11, 62, 52] },
];

/** `x` and `y` from 0 to 1. */
function colourAt(x: number, y: number): Colour {
  const hill = HILLS.findLast(
    ({ height, wave, shift }) =>
      y > height + 0.05 * Math.sin(x * wave + shift) + 0.02 * Math.sin(x * wave * 2.7),
  );
  if (hill) return hill.colour;
  const toSun = Math.hypot((x - 0.7) * (WIDTH / HEIGHT), y - 0.5);
  if (toSun < 0.09) return SUN;
  const glow = Math.max(0, 1 - toSun * 2.2) * 0.5;
  return mixed(mixed(SKY[0], SKY[1], Math.min(1, y * 1.5)), SUN, glow);
}

const mixed = (from: Colour, to: Colour, share: number): Colour => [
  Math.round(from[0] + (to[0] - from[0]) * share),
  Math.round(from[1] + (to[1] - from[1]) * share),
  Math.round(from[2] + (to[2] - from[2]) * share),
];

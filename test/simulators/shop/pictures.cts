import { crc32, deflateSync } from 'node:zlib';
import { Random } from '../kernel/random.cts';

/** A picture that is drawn only when somebody looks at it; its size is known before. */
export interface ShopPicture {
	/** The same key gives the same bytes. */
	key: string;
	filename: string;
	title: string;
	/** Bytes of `content()`. */
	size: number;
	content(): Buffer;
}

const SIDES = [12, 16, 20, 24] as const;
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const CHUNK_OVERHEAD = 12;
const HEADER_LENGTH = 13;
/** zlib header 2, header of one stored block 5, checksum 4. */
const STORED_OVERHEAD = 11;

/** A small valid PNG: a pattern of two colours that depends on the key. */
export function picture(key: string, filename: string): ShopPicture {
	const side = new Random(`side ${key}`).pick(SIDES);
	const rows = side * (side * 3 + 1);
	return {
		key,
		filename,
		title: filename.replace(/\.[^.]+$/, ''),
		size: SIGNATURE.length + 3 * CHUNK_OVERHEAD + HEADER_LENGTH + rows + STORED_OVERHEAD,
		content: () => draw(key, side),
	};
}

function draw(key: string, side: number): Buffer {
	const random = new Random(`picture ${key}`);
	const colours = [colour(random), colour(random)] as const;
	const step = random.integer(2, 5);
	const rows = Buffer.alloc(side * (side * 3 + 1));
	let at = 0;
	for (let y = 0; y < side; y++) {
		rows[at++] = 0;
		for (let x = 0; x < side; x++) {
			const spot = random.chance(0.1) ? 1 : (Math.floor(x / step) + Math.floor(y / step)) % 2;
			for (const part of colours[spot === 0 ? 0 : 1]) rows[at++] = part;
		}
	}
	return png(side, rows);
}

const colour = (random: Random): number[] => [random.integer(0, 255), random.integer(0, 255), random.integer(0, 255)];

/** Level 0, so that the length does not depend on the pattern. */
function png(side: number, rows: Buffer): Buffer {
	const header = Buffer.alloc(HEADER_LENGTH);
	header.writeUInt32BE(side, 0);
	header.writeUInt32BE(side, 4);
	header.set([8, 2, 0, 0, 0], 8);
	return Buffer.concat([
		SIGNATURE,
		chunk('IHDR', header),
		chunk('IDAT', deflateSync(rows, { level: 0 })),
		chunk('IEND', Buffer.alloc(0)),
	]);
}

function chunk(type: string, data: Buffer): Buffer {
	const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
	const framed = Buffer.alloc(body.length + 8);
	framed.writeUInt32BE(data.length, 0);
	body.copy(framed, 4);
	framed.writeUInt32BE(crc32(body), body.length + 4);
	return framed;
}

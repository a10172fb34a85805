import { crc32, inflateRawSync } from 'node:zlib';

export interface ZipEntry {
	name: string;
	bytes: Buffer;
}

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const END_LENGTH = 22;

/** Files of an archive; folders are left out. Undefined when it is no archive or a damaged one. Names are read as cp866. */
export function readZip(bytes: Buffer): ZipEntry[] | undefined {
	try {
		const end = findEnd(bytes);
		return end === undefined ? undefined : entriesOf(bytes, bytes.readUInt16LE(end + 10), bytes.readUInt32LE(end + 16));
	} catch {
		return undefined;
	}
}

/** The end record lies behind the directory; a comment of up to 64 KB may follow. */
function findEnd(bytes: Buffer): number | undefined {
	for (let place = bytes.length - END_LENGTH; place >= Math.max(0, bytes.length - END_LENGTH - 65_535); place--) {
		if (bytes.readUInt32LE(place) === END) return place;
	}
	return undefined;
}

function entriesOf(bytes: Buffer, count: number, start: number): ZipEntry[] {
	const entries: ZipEntry[] = [];
	for (let index = 0, place = start; index < count; index++) {
		if (bytes.readUInt32LE(place) !== CENTRAL) throw new RangeError('The directory of the archive is damaged');
		const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => bytes.readUInt16LE(place + offset));
		const name = readName(bytes.subarray(place + 46, place + 46 + (nameLength ?? 0)));
		if (!name.endsWith('/')) entries.push({ name, bytes: contentOf(bytes, place) });
		place += 46 + (nameLength ?? 0) + (extraLength ?? 0) + (commentLength ?? 0);
	}
	return entries;
}

function contentOf(bytes: Buffer, central: number): Buffer {
	const method = bytes.readUInt16LE(central + 10);
	const [packed, size, local] = [20, 24, 42].map((offset) => bytes.readUInt32LE(central + offset)) as [
		number,
		number,
		number,
	];
	if (bytes.readUInt32LE(local) !== LOCAL) throw new RangeError('An entry of the archive is damaged');
	const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
	const content = bytes.subarray(start, start + packed);
	const whole = method === 8 ? inflateRawSync(content) : method === 0 ? Buffer.from(content) : undefined;
	if (whole?.length !== size || crc32(whole) !== bytes.readUInt32LE(central + 16))
		throw new RangeError('An entry of the archive cannot be unpacked');
	return whole;
}

const cp866 = new TextDecoder('ibm866');

const readName = (bytes: Uint8Array): string => cp866.decode(bytes).replaceAll('\\', '/');

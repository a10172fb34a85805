import { zipped, type ZipEntry } from '../../../core/index.ts';
import { readZip } from '../../simulators/bitrix/exchange/zip.cts';
import { bytesOf } from './files.ts';
import { utf8 } from './xml/events.ts';

const CHANGED = new Date(2026, 10, 21, 12, 0, 0);
const file = (name: string, ...chunks: Uint8Array[]): ZipEntry => ({ name, open: () => chunks });
const text = utf8('<Товар>'.repeat(5000));
const noise = Uint8Array.from({ length: 100_000 }, (_, index) => (index * 2654435761) >>> 13);
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const packed = async (files: ZipEntry[]): Promise<Buffer> => Buffer.from(await bytesOf(zipped(files, CHANGED)));

describe('an archive', () => {
	it('has all files as they are', async () => {
		const zip = await packed([file('import0_1.xml', text.subarray(0, 7), text.subarray(7)), file('import_files/0a/a.jpg', noise), file('empty.xml'), file('one.xml', new Uint8Array(0), Uint8Array.of(60))]);
		const entries = readZip(zip)?.map(({ name, bytes }) => [name, bytes.toString('hex')]);
		expect(entries).toEqual([['import0_1.xml', hex(text)], ['import_files/0a/a.jpg', hex(noise)], ['empty.xml', ''], ['one.xml', '3c']]);
		// Texts get smaller, pictures are only put in.
		expect(zip.length).toBeLessThan(noise.length + 2000);
		expect(zip.length).toBeGreaterThan(noise.length);
	});

	it('is the same again', async () => {
		const files = (): ZipEntry[] => [file('a.xml', text), file('b.xml', noise)];
		expect(hex(await packed(files()))).toBe(hex(await packed(files())));
	});

	it('comes in chunks while its files are read', async () => {
		let read = 0;
		const long: ZipEntry = { name: 'a.xml', *open() { for (; read < 100; read += 1) yield noise; } };
		let chunks = 0;
		for await (const chunk of zipped([long], CHANGED)) {
			chunks += 1;
			expect(chunk.length).toBeLessThan(500_000);
			if (chunks === 5) expect(read).toBeLessThan(30);
		}
		expect(chunks).toBeGreaterThan(20);
	});

	it.each([
		['two files of one name', ['a.xml', 'a.xml'], 'ZIP_NAME_REPEATED'],
		['a name that is not ASCII', ['товары.xml'], 'EXCHANGE_FILE_NAME'],
		['a name outside of the archive', ['../a.xml'], 'EXCHANGE_FILE_NAME'],
		['more files than an archive can have', Array.from({ length: 65_536 }, (_, index) => `${index}.jpg`), 'ZIP_TOO_LARGE'],
	])('refuses %s', async (_, names, code) => await expect(packed(names.map((name) => file(name)))).rejects.toMatchObject({ code }));

	it('passes the error of a file on', async () => {
		const broken: ZipEntry = { name: 'a.xml', async *open() { yield await Promise.resolve(text); throw new Error('broken'); } };
		await expect(packed([broken])).rejects.toThrow('broken');
	});
});

import { decodeWindows1251 } from '../windows1251.cts';

const DECLARATION = /^<\?xml[^>]*?\sencoding="([^"]*)"/i;

/** The text of a document: windows-1251 where its declaration (in double quotes) says so, else UTF-8; without a BOM. */
export function decodeDocument(bytes: Buffer): string {
	const hasMark = bytes.length >= 3 && bytes.readUIntBE(0, 3) === 0xefbbbf;
	const plain = hasMark ? bytes.subarray(3) : bytes;
	const declared = DECLARATION.exec(plain.subarray(0, 200).toString('latin1'))?.[1];
	return /^(windows-1251|cp1251)$/i.test(declared ?? '') ? decodeWindows1251(plain) : plain.toString('utf8');
}

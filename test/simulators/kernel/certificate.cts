import { createHash, generateKeyPairSync, sign } from 'node:crypto';

/** PEM texts. */
export interface Certificate {
	key: string;
	certificate: string;
}

const ECDSA_WITH_SHA256 = [1, 2, 840, 10045, 4, 3, 2];
const COMMON_NAME = [2, 5, 4, 3];
const BASIC_CONSTRAINTS = [2, 5, 29, 19];
const SUBJECT_ALTERNATIVE_NAME = [2, 5, 29, 17];
const DAY = 86_400_000;

/** A certificate for `localhost` and `127.0.0.1` that signs itself, so that clients which insist on HTTPS can be pointed at loopback. */
export function makeCertificate(now = Date.now()): Certificate {
	const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
	const spki = publicKey.export({ type: 'spki', format: 'der' });
	const algorithm = sequence(identifier(ECDSA_WITH_SHA256));
	const serial = createHash('sha256').update(spki).digest().subarray(0, 8);
	// A name of its own, so that a client which trusts several of these finds the right one.
	const commonName = Buffer.from(`localhost ${serial.toString('hex')}`);
	const name = sequence(element(0x31, sequence(identifier(COMMON_NAME), element(0x0c, commonName))));
	const toBeSigned = sequence(
		element(0xa0, integer(Buffer.from([2]))),
		integer(serial),
		algorithm,
		name,
		sequence(time(now - DAY), time(now + 365 * DAY)),
		name,
		spki,
		element(0xa3, sequence(certificateAuthority(), loopbackNames())),
	);
	const signature = Buffer.concat([Buffer.from([0]), sign('sha256', toBeSigned, privateKey)]);
	return {
		key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
		certificate: pem(sequence(toBeSigned, algorithm, element(0x03, signature))),
	};
}

function certificateAuthority(): Buffer {
	const yes = element(0x01, Buffer.from([0xff]));
	return sequence(identifier(BASIC_CONSTRAINTS), yes, element(0x04, sequence(yes)));
}

function loopbackNames(): Buffer {
	const names = sequence(element(0x82, Buffer.from('localhost')), element(0x87, Buffer.from([127, 0, 0, 1])));
	return sequence(identifier(SUBJECT_ALTERNATIVE_NAME), element(0x04, names));
}

/** One element of DER: tag, length, content. */
function element(tag: number, content: Buffer): Buffer {
	const { length } = content;
	if (length < 128) return Buffer.concat([Buffer.from([tag, length]), content]);
	const size = length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
	return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const sequence = (...parts: Buffer[]): Buffer => element(0x30, Buffer.concat(parts));

/** The leading zero keeps the number positive. */
const integer = (bytes: Buffer): Buffer =>
	element(0x02, (bytes[0] ?? 0) < 128 ? bytes : Buffer.concat([Buffer.from([0]), bytes]));

function identifier([first = 0, second = 0, ...others]: number[]): Buffer {
	return element(0x06, Buffer.from([first * 40 + second, ...others.flatMap(base128)]));
}

function base128(number: number): number[] {
	const bytes = [number & 0x7f];
	for (let rest = number >> 7; rest > 0; rest >>= 7) bytes.unshift((rest & 0x7f) | 0x80);
	return bytes;
}

function time(moment: number): Buffer {
	const digits = new Date(moment).toISOString().replace(/\D/g, '');
	return element(0x17, Buffer.from(`${digits.slice(2, 14)}Z`));
}

function pem(der: Buffer): string {
	const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
	return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

/** PEM texts. */
export interface Certificate {
	key: string;
	certificate: string;
}

const ECDSA_WITH_SHA256 = [1, 2, 840, 10045, 4, 3, 2];
const COMMON_NAME = [2, 5, 4, 3];
const BASIC_CONSTRAINTS = [2, 5, 29, 19];
const SUBJECT_ALTERNATIVE_NAME = [2, 5, 29, 17];
const HOUR = 3_600_000;
const YEAR = 365 * 24 * HOUR;

/** What can be wrong with the certificate of a server. */
export type CertificateFault = 'expired' | 'noIntermediate' | 'otherName' | 'selfSigned';

interface Signer {
	name: Buffer;
	privateKey: KeyObject;
}

interface Issued extends Certificate, Signer {}

interface Wanted {
	name: string;
	/** Who signs; the certificate itself when left out. */
	signer?: Signer;
	extensions: readonly Buffer[];
	/** Milliseconds since 1970. */
	until: number;
}

/** A certificate for `localhost` and `127.0.0.1` that signs itself, so that clients which insist on HTTPS can be pointed at loopback. */
export function makeCertificate(now = Date.now()): Certificate {
	const { key, certificate } = issue({ name: 'localhost', extensions: [certificateAuthority(), loopbackNames()], until: now + YEAR });
	return { key, certificate };
}

/** A server's certificate with the one between it and `authority`, which clients have to trust; with one fault, or sound. */
export function makeChain(fault?: CertificateFault, now = Date.now()): Certificate & { authority: string } {
	const root = issue({ name: 'authority', extensions: [certificateAuthority()], until: now + YEAR });
	const between = issue({ name: 'intermediate', signer: root, extensions: [certificateAuthority()], until: now + YEAR });
	const leaf = issue({
		name: 'server',
		signer: fault === 'selfSigned' ? undefined : between,
		extensions: [fault === 'otherName' ? subjectNames(Buffer.from('shop.example.com')) : loopbackNames()],
		until: fault === 'expired' ? now - HOUR : now + YEAR,
	});
	const sendsAll = fault !== 'noIntermediate' && fault !== 'selfSigned';
	return { key: leaf.key, certificate: leaf.certificate + (sendsAll ? between.certificate : ''), authority: root.certificate };
}

function issue({ name: words, signer, extensions, until }: Wanted): Issued {
	const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
	const spki = publicKey.export({ type: 'spki', format: 'der' });
	const algorithm = sequence(identifier(ECDSA_WITH_SHA256));
	const serial = createHash('sha256').update(spki).digest().subarray(0, 8);
	// A name of its own, so that a client which trusts several of these finds the right one.
	const commonName = Buffer.from(`${words} ${serial.toString('hex')}`);
	const name = sequence(element(0x31, sequence(identifier(COMMON_NAME), element(0x0c, commonName))));
	const toBeSigned = sequence(
		element(0xa0, integer(Buffer.from([2]))),
		integer(serial),
		algorithm,
		signer?.name ?? name,
		sequence(time(until - 2 * YEAR), time(until)),
		name,
		spki,
		element(0xa3, sequence(...extensions)),
	);
	const signature = Buffer.concat([Buffer.from([0]), sign('sha256', toBeSigned, signer?.privateKey ?? privateKey)]);
	return {
		name,
		privateKey,
		key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
		certificate: pem(sequence(toBeSigned, algorithm, element(0x03, signature))),
	};
}

function certificateAuthority(): Buffer {
	const yes = element(0x01, Buffer.from([0xff]));
	return sequence(identifier(BASIC_CONSTRAINTS), yes, element(0x04, sequence(yes)));
}

const loopbackNames = (): Buffer => subjectNames(Buffer.from('localhost'), Buffer.from([127, 0, 0, 1]));

function subjectNames(host: Buffer, ...addresses: Buffer[]): Buffer {
	const names = sequence(element(0x82, host), ...addresses.map((address) => element(0x87, address)));
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

/** DER wants the shortest form: no zero in front but the one that keeps the number positive. */
const integer = (bytes: Buffer): Buffer => {
	const first = Math.max(bytes.findIndex((byte) => byte !== 0), 0);
	const shortest = bytes.subarray(first);
	return element(0x02, (shortest[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), shortest]) : shortest);
};

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

import { randomInt } from 'node:crypto';
import { gs1CheckDigit } from '../../shop/barcodes.cts';
import { fieldRefusal } from '../errors.cts';
import type { Session } from '../session.cts';
import { TEXTUAL, wrongType } from './kinds.cts';
import { readReference } from './references.cts';
import { isObject, type FilterRule, type Json, type Kind, type Place } from './schema.cts';
import { showRef } from './showing.cts';

/** Kinds of values that only goods have. */

export type Barcode = Readonly<Record<string, string>>;

const BARCODE_KEYS = ['ean13', 'ean8', 'code128', 'gtin', 'upc'];
const GTIN_LENGTHS = [8, 12, 13, 14];

/** `[{"ean13": "…"}]`; the list is replaced as a whole and empty values are dropped. */
export const barcodes: Kind = {
	label: 'Array',
	parse(value, place) {
		if (!Array.isArray(value)) throw wrongType(place, 'Array');
		const before = new Set(((place.before as Barcode[] | undefined) ?? []).map((known) => JSON.stringify(known)));
		return (value as unknown[]).map((one) => readBarcode(one, place, before)).filter((one) => one !== undefined);
	},
	show: (stored) => ((stored as Barcode[]).length > 0 ? stored : undefined),
};

export const barcodeFilter: FilterRule = {
	operators: TEXTUAL,
	literal: (text) => text,
	values: (row) => ((row.barcodes as Barcode[] | undefined) ?? []).flatMap((one) => Object.values(one)),
};

/** A code of the range for internal use, with a right check digit. */
export function randomEan13(): Barcode {
	const body = `2${String(randomInt(10 ** 11)).padStart(11, '0')}`;
	return { ean13: `${body}${gs1CheckDigit(body)}` };
}

/** Only new codes are checked. */
function readBarcode(value: unknown, place: Place, before: ReadonlySet<string>): Barcode | undefined {
	if (!isObject(value)) throw wrongType(place, 'Object');
	const [key, code] = Object.entries(value).find(([name]) => BARCODE_KEYS.includes(name)) ?? [];
	if (key === undefined || (code !== null && typeof code !== 'string')) throw wrongType(place, 'Object');
	if (code === '' || code === null) return undefined;
	const barcode = { [key]: code as string };
	if (!before.has(JSON.stringify(barcode))) check(key, code as string);
	return barcode;
}

function check(key: string, code: string): void {
	if (code.length > 255) throw fieldRefusal(3011, 'barcodes');
	if (key !== 'gtin') return;
	if (!/^\d+$/.test(code)) throw fieldRefusal(3014, 'barcodes', 'digits only');
	if (!GTIN_LENGTHS.includes(code.length)) throw fieldRefusal(3014, 'barcodes', '8, 12, 13 or 14 digits');
	if (gs1CheckDigit(code.slice(0, -1)) !== Number(code.at(-1))) throw fieldRefusal(3014, 'barcodes', 'check digit');
}

interface Pack {
	quantity: number;
	uom: string;
	barcodes?: Barcode[];
}

/** `[{uom, quantity, barcodes}]`, replaced as a whole. */
export const packs: Kind = {
	label: 'Array',
	parse(value, place) {
		if (!Array.isArray(value)) throw wrongType(place, 'Array');
		return (value as unknown[]).map((one): Pack => {
			if (!isObject(one)) throw wrongType(place, 'Object');
			if (typeof one.quantity !== 'number' || one.quantity <= 0) throw fieldRefusal(3003, 'quantity', 'quantity');
			return {
				quantity: one.quantity,
				uom: readReference(one.uom, { ...place, field: 'uom' }, ['uom']).id,
				...(one.barcodes !== undefined && {
					barcodes: barcodes.parse(one.barcodes, { ...place, before: undefined }) as Barcode[],
				}),
			};
		});
	},
	show: (stored, { session }) =>
		(stored as Pack[]).length === 0
			? undefined
			: (stored as Pack[]).map(
					(pack): Json => ({ ...pack, uom: showRef({ type: 'uom', id: pack.uom }, session, undefined) }),
				),
};

export interface Characteristic {
	id: string;
	value: string;
}

/** `[{id|name, value}]`: found by id or by name (an unknown name is made); replaced as a whole. */
export const characteristics: Kind = {
	label: 'Array',
	parse(value, place) {
		if (!Array.isArray(value)) throw wrongType(place, 'Array');
		if (value.length === 0) throw fieldRefusal(15001, 'characteristics');
		return (value as unknown[]).map((one) => readCharacteristic(one, place));
	},
	show: (stored, { session }) =>
		(stored as Characteristic[]).map(({ id, value }) => ({ ...showCharacteristic(id, session), value })),
};

/** `{meta, id, name}` of a characteristic's definition. */
export function showCharacteristic(id: string, session: Session): Json {
	const { base, characteristics: known } = session.account;
	return {
		meta: {
			href: `${base}/entity/variant/metadata/characteristics/${id}`,
			type: 'attributemetadata',
			mediaType: 'application/json',
		},
		id,
		name: known.get(id),
	};
}

function readCharacteristic(value: unknown, { session }: Place): Characteristic {
	if (!isObject(value)) throw fieldRefusal(2016, 'characteristics', 'characteristics', 'Object');
	if (typeof value.value !== 'string' || value.value === '') throw fieldRefusal(3000, 'value', 'value');
	const { account } = session;
	if (typeof value.id === 'string') {
		if (!account.characteristics.has(value.id)) throw fieldRefusal(2013, 'characteristics', 'characteristics');
		return { id: value.id, value: value.value };
	}
	if (typeof value.name !== 'string' || value.name === '') throw fieldRefusal(3000, 'name', 'name');
	return { id: account.characteristicNamed(value.name) ?? account.addCharacteristic(value.name), value: value.value };
}

import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { catalogIds, goodsDocument, offersDocument, pricesDocument, restsDocument, writeDocument } from '../../../core/index.ts';
import { bytesOf, log } from './files.ts';
import { anyGoods, anyOffers, anyPrices, anyRests } from './models.ts';
import { utf8 } from './xml/events.ts';

/** Files that a node could send or get, and what can happen to their bytes. */

export const examples = ['import.xml', 'offers.xml', 'prices.xml', 'rests.xml', 'sale_import.xml', 'sale_query.xml', 'sale_query_31.xml'].map((name) => readFileSync(path.join(__dirname, 'examples', name)));
const ids = catalogIds();
const formed = '2026-11-21T12:00:00';

export const written = fc.oneof(
	anyGoods.map(({ classifier, goods }) => bytesOf(writeDocument(goodsDocument({ ids, formed, classifier }), goods, log()))),
	anyOffers.map(({ classifier, types, stores, offers }) => bytesOf(writeDocument(offersDocument({ ids, formed, classifier, priceTypes: { types, isComplete: true }, stores }), offers, log()))),
	anyPrices.map(({ types, offers }) => bytesOf(writeDocument(pricesDocument({ ids, formed, priceTypes: { types, isComplete: true } }), offers, log()))),
	anyRests.map(({ stores, offers }) => bytesOf(writeDocument(restsDocument({ ids, formed, stores }), offers, log()))),
	fc.constantFrom(...examples).map(async (bytes) => await Promise.resolve<Uint8Array>(bytes)),
);

const pieces = fc.oneof(fc.uint8Array({ maxLength: 6 }), fc.constantFrom('<', '>', '</', '/>', '&', '&#', ';', '"', "'", '<!--', '-->', '<![CDATA[', ']]>', '<!DOCTYPE x>', '<?xml?>', '<a>', '</a>', '\0', '</Товар>', 'xmlns="x"').map(utf8));
export const places = fc.double({ min: 0, max: 1, noNaN: true });

interface Mutation {
	place: number;
	length: number;
	piece: Uint8Array;
}

export const mutations = fc.array(fc.record({ place: places, length: fc.nat({ max: 5 }), piece: pieces }), { minLength: 1, maxLength: 3 });

/** Puts pieces in the place of others. */
export function mutated(bytes: Uint8Array, mutations: readonly Mutation[]): Uint8Array {
	return mutations.reduce((before, { place, length, piece }) => {
		const at = Math.floor(place * before.length);
		return Buffer.concat([before.subarray(0, at), piece, before.subarray(at + length)]);
	}, bytes);
}

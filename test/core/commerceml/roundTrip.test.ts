import fc from 'fast-check';
import { catalogIds, cmlGood, cmlOffer, goodsDocument, offersDocument, pricesDocument, restsDocument, writeDocument, type CmlDocument } from '../../../core';
import { bytesOf, log, ofKind, readAll, type ReadFile } from './files';
import { anyGoods, anyOffers, anyPrices, anyRests } from './models';
import { cut } from './xml/events';

const ids = catalogIds({ catalogId: 'cat', classifierId: 'cls', packageId: 'pack' });
const formed = '2026-11-21T12:00:00';
const borders = fc.array(fc.nat(), { maxLength: 20 });

/** Writes, cuts the bytes anywhere, and reads them. */
async function there<Item>(document: CmlDocument<Item>, items: readonly Item[], places: readonly number[]): Promise<ReadFile> {
	const report = log();
	const bytes = await bytesOf(writeDocument(document, items, report));
	expect(report).toMatchObject({ refused: [] });
	expect(report.findings.list).toEqual([]);
	return await readAll(cut(bytes, places));
}

const sorted = <One extends { id: string }>(list: readonly One[]): One[] => [...list].sort((one, other) => (one.id < other.id ? -1 : 1));

describe('what is written is read again as it was', () => {
	it('goods, groups, properties and units', async () =>
		await fc.assert(
			fc.asyncProperty(anyGoods, borders, async ({ classifier, goods }, places) => {
				const { records, findings } = await there(goodsDocument({ ids, formed, classifier }), goods, places);
				expect(findings).toEqual([]);
				expect(records[0]).toEqual({ kind: 'head', head: { schema: '2.08', formed } });
				expect(ofKind(records, 'classifier')).toEqual([{ kind: 'classifier', classifier: { id: 'cls', name: ids.classifierName, owner: null } }]);
				expect(ofKind(records, 'catalog')).toEqual([{ kind: 'catalog', list: { id: 'cat', name: ids.catalogName, classifierId: 'cls', catalogId: null, owner: null, changesOnly: true } }]);
				expect(sorted(ofKind(records, 'group').map(({ group }) => group))).toEqual(sorted(classifier.groups));
				expect(ofKind(records, 'property').map(({ property }) => property)).toEqual(classifier.properties);
				expect(ofKind(records, 'unit').map(({ unit }) => unit)).toEqual(classifier.units);
				expect(ofKind(records, 'good').map(({ good }) => good)).toEqual(goods);
			}),
			{ numRuns: 300 },
		));

	it('offers, price types and stores', async () =>
		await fc.assert(
			fc.asyncProperty(anyOffers, borders, async ({ classifier, types, stores, offers }, places) => {
				const { records, findings } = await there(offersDocument({ ids, formed, classifier, priceTypes: { types, isComplete: true }, stores }), offers, places);
				expect(findings).toEqual([]);
				expect(ofKind(records, 'package')).toEqual([{ kind: 'package', list: { id: 'pack', name: ids.packageName, classifierId: 'cls', catalogId: 'cat', owner: null, changesOnly: true } }]);
				expect(ofKind(records, 'priceType').map(({ priceType }) => priceType)).toEqual(types);
				expect(ofKind(records, 'store').map(({ store }) => store)).toEqual(stores);
				expect(ofKind(records, 'property').map(({ property }) => property)).toEqual(classifier.properties);
				expect(ofKind(records, 'offer').map(({ offer }) => offer)).toEqual(offers);
			}),
			{ numRuns: 300 },
		));

	it('prices', async () =>
		await fc.assert(
			fc.asyncProperty(anyPrices, borders, async ({ types, offers }, places) => {
				const { records, findings } = await there(pricesDocument({ ids, formed, priceTypes: { types, isComplete: true } }), offers, places);
				expect(findings).toEqual([]);
				expect(ofKind(records, 'offer').map(({ offer }) => offer)).toEqual(offers.map((one) => cmlOffer(one)));
			}),
		));

	it('stock', async () =>
		await fc.assert(
			fc.asyncProperty(anyRests, borders, async ({ stores, offers }, places) => {
				const { records, findings } = await there(restsDocument({ ids, formed, stores }), offers, places);
				expect(findings).toEqual([]);
				expect(ofKind(records, 'store').map(({ store }) => store)).toEqual(stores);
				expect(ofKind(records, 'offer').map(({ offer }) => offer)).toEqual(offers.map((one) => cmlOffer(one)));
			}),
		));

	it('removed objects by their ids alone, and the mark of a run', async () => {
		const goods = [cmlGood({ id: 'a', removed: true, name: 'A', weight: '1' }), cmlGood({ id: 'b', name: 'B' })];
		const { records } = await there(goodsDocument({ ids, formed, version: 'run-7' }), goods, []);
		expect(ofKind(records, 'good').map(({ good }) => good)).toEqual([cmlGood({ id: 'a', removed: true }), cmlGood({ id: 'b', name: 'B', version: 'run-7' })]);
	});
});

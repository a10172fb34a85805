import { catalogIds, cmlGood, cmlOffer, planCatalogThatDeletesOthers, planOffersThatDeleteOthers, sourceOf, type CmlGood, type FullExportProof } from '../../../core';
import { bytesOf, log, ofKind, readAll, textOf } from './files';

const ids = catalogIds({ catalogId: 'cat' });
const settings = { ids, formed: '2026-11-21T12:00:00' };
const goods = (count: number): CmlGood[] => Array.from({ length: count }, (_, index) => cmlGood({ id: `g${index}`, name: `Товар ${index}` }));
const proof = (count: number, change: Partial<FullExportProof> = {}): FullExportProof => ({ countedBefore: count, countedAfter: count, confirmed: 'cat', confirmedAgain: 'cat', ...change });
const plan = async (list: readonly CmlGood[], given: FullExportProof) => await planCatalogThatDeletesOthers(settings, sourceOf(list, (one) => one), given, log());

describe('an export that deletes everything else', () => {
	it('is one file with all goods, once it is proven that these are all', async () => {
		const file = await plan(goods(30_000), proof(30_000));
		expect(file).toMatchObject({ name: 'import.xml', items: 30_000 });
		const { records } = await readAll(file.open());
		expect(ofKind(records, 'catalog')).toMatchObject([{ list: { id: 'cat', changesOnly: false } }]);
		expect(ofKind(records, 'good')).toHaveLength(30_000);
	});

	it('is the same for offers, under the id of their own', async () => {
		const source = sourceOf([cmlOffer({ id: 'a#b', name: 'A' })], (one) => one);
		const file = await planOffersThatDeleteOthers(settings, source, proof(1, { confirmed: 'cat#', confirmedAgain: 'cat#' }), log());
		expect(await textOf(file.open())).toContain('<ПакетПредложений СодержитТолькоИзменения="false">');
		await expect(planOffersThatDeleteOthers(settings, source, proof(1), log())).rejects.toMatchObject({ code: 'COMMERCEML_FULL_UNPROVEN' });
	});

	it.each<[string, FullExportProof]>([
		['it was not confirmed', proof(3, { confirmed: '' })],
		['it was confirmed once', proof(3, { confirmedAgain: '' })],
		['another catalog was confirmed', proof(3, { confirmed: 'dog', confirmedAgain: 'dog' })],
		['MoySklad has more goods', proof(4)],
		['MoySklad has fewer goods', proof(2)],
		['goods were added while they were read', proof(3, { countedAfter: 4 })],
		['goods were deleted while they were read', proof(3, { countedBefore: 4 })],
		['nobody counted', proof(NaN)],
	])('is refused when %s', async (_, given) => await expect(plan(goods(3), given)).rejects.toMatchObject({ code: 'COMMERCEML_FULL_UNPROVEN' }));

	it('is refused when nothing was read', async () => await expect(plan([], proof(0))).rejects.toMatchObject({ code: 'COMMERCEML_FULL_UNPROVEN' }));

	it('is refused when one of the goods cannot be written', async () =>
		await expect(plan([...goods(2), cmlGood({ id: 'x', name: '' })], proof(3))).rejects.toMatchObject({ code: 'COMMERCEML_FULL_UNPROVEN' }));

	it('is refused when one of the goods came twice, as when a page was read twice', async () => {
		const list = goods(3);
		await expect(plan([...list.slice(0, 2), ...list.slice(0, 1)], proof(3))).rejects.toMatchObject({ code: 'COMMERCEML_FULL_UNPROVEN' });
	});

	it('says at its end when it is not the same that was proven', async () => {
		const list = goods(3);
		const file = await plan(list, proof(3));
		list.pop();
		await expect(bytesOf(file.open())).rejects.toMatchObject({ code: 'COMMERCEML_UNVERIFIED' });
	});
});

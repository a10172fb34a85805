import {
	catalogIds, cmlGood, cmlOffer, goodsDocument, offersDocument, planFiles, pricesDocument, restsDocument, sourceOf, zipped,
	type CmlClassifier, type CmlDocument, type CmlFile, type CmlGood, type CmlOffer, type CmlPrice, type CmlProperty, type CmlStore, type ZipEntry,
} from '../../../core/index.ts';
import { freshExchange } from '../../simulators/bitrix/exchangeBench.cts';
import { bytesOf, log } from './files.ts';

/** Files as they are written, in a simulated store that asks for an archive and has a block of its own for variants. */
const bench = freshExchange({ exchange: { zip: true, useOffers: true } });

const ids = catalogIds({ catalogId: 'cat', catalogName: 'Каталог' });
const formed = '2026-11-21T12:00:00';
const group = (id: string, parentId: string | null) => ({ id, name: `Группа ${id}`, parentId, description: null, sort: null, code: null, picture: null, removed: false });
const list = (id: string, name: string, ...values: string[]): CmlProperty => ({ id, name, kind: 'list', multiple: id === 'tags', isDirectory: false, choices: values.map((value) => ({ id: `${id}-${value}`, value })) });
const goodsClassifier: CmlClassifier = { groups: [group('top', null), group('inner', 'top')], properties: [list('tags', 'Метки', 'новинка', 'хит'), { ...list('care', 'Уход'), kind: 'string' }], units: [{ code: '778', name: 'упак', fullName: 'Упаковка', international: null }] };
const offersClassifier: CmlClassifier = { groups: [], properties: [list('size', 'Размер', 'M', 'L')], units: [] };
const priceTypes = { types: ['retail', 'wholesale'].map((id) => ({ id, name: `Цена ${id}`, currency: 'RUB', tax: { name: 'НДС', included: true } })), isComplete: true };
const stores: CmlStore[] = ['main', 'shop'].map((id) => ({ id, name: `Склад ${id}`, address: null, comment: null, contacts: [] }));
const price = (typeId: string, amount: string): CmlPrice => ({ typeId, amount, currency: 'RUB', unit: null, ratio: null, text: null, from: null, to: null });
const both = (retail: string, wholesale: string): CmlPrice[] => [price('retail', retail), price('wholesale', wholesale)];
const amounts = (main: string, shop: string) => [{ storeId: 'main', amount: main }, { storeId: 'shop', amount: shop }];

const shirt = cmlGood({
	id: 'shirt', name: 'Футболка "Классика" & <Ко>', article: 'TS', barcode: '46', description: '<b>Плотная</b>\nткань', groups: ['inner', 'top'], unit: { code: '778', name: 'упак', fullName: null, international: null },
	taxes: [{ name: 'НДС', rate: '20' }], weight: '0.18', properties: [{ id: 'tags', values: ['tags-новинка', 'tags-хит'] }, { id: 'care', values: ['30 °C'] }, { id: 'CML2_CODE', values: ['shirt'] }],
	pictures: [{ path: 'import_files/0a/one.jpg', description: null }],
});
const mug = cmlGood({ id: 'mug', name: 'Кружка', groups: ['top'] });
const medium = cmlOffer({ id: 'shirt#m', name: 'Футболка (M)', properties: [{ id: 'size', values: ['size-M'] }], prices: both('990.5', '700'), quantity: null, stores: amounts('3', '2') });

const goods = (...items: CmlGood[]) => files(goodsDocument({ ids, formed, classifier: goodsClassifier }), items);
const offers = (...items: CmlOffer[]) => files(offersDocument({ ids, formed, classifier: offersClassifier, priceTypes, stores }), items);
const files = async <Item,>(document: CmlDocument<Item>, items: readonly Item[]): Promise<CmlFile[]> => {
	const report = log();
	const planned = await planFiles(document, sourceOf(items, (item) => item), report);
	expect(report.refused).toEqual([]);
	return planned;
};

/** Sends all files in one archive and imports those that are documents, in their order. */
async function exchange(documents: ReadonlyArray<Promise<CmlFile[]>>, others: readonly ZipEntry[] = []): Promise<void> {
	const planned = (await Promise.all(documents)).flat();
	await bench.goods.login();
	await bench.goods.call('init');
	await bench.goods.upload('exchange.zip', Buffer.from(await bytesOf(zipped([...planned, ...others], new Date(2026, 10, 21)))));
	for (const { name } of planned) {
		const replies = await bench.goods.import(name);
		expect(replies.at(-1)?.word).toBe('success');
		expect(replies.filter(({ word }) => word === 'failure')).toEqual([]);
	}
}

const picture: ZipEntry = { name: 'import_files/0a/one.jpg', open: () => [Buffer.from('picture')] };

describe('a store after an exchange', () => {
	beforeEach(async () => await exchange([goods(shirt, mug), offers(medium)], [picture]));

	it('has the goods with all that was said', () => {
		const { measures, sections, enums } = bench.tables;
		const element = bench.element('shirt');
		expect(element).toMatchObject({ name: 'Футболка "Классика" & <Ко>', active: 'Y', code: 'shirt', detailText: '<b>Плотная</b>\nткань', detailTextType: 'html', weight: 180 });
		expect(sections.get(element?.iblockSectionId ?? 0)).toMatchObject({ xmlId: 'inner', iblockSectionId: bench.section('top')?.id });
		expect(element?.iblockSection).toHaveLength(2);
		expect(measures.get(element?.measure ?? 0)).toMatchObject({ code: 778, symbol: 'упак' });
		expect(bench.values('shirt', 'tags').map((value) => enums.get(Number(value))?.value)).toEqual(['новинка', 'хит']);
		expect(bench.values('shirt', 'care')).toEqual(['30 °C']);
		expect(element?.detailPicture).not.toBeNull();
		expect(bench.block()).toMatchObject({ name: 'Каталог', xmlId: 'cat' });
	});

	it('has the variants with their properties, prices and stock', () => {
		expect(bench.element('shirt#m')).toMatchObject({ parent: bench.element('shirt')?.id, active: 'Y', quantity: 5 });
		expect(bench.prices('shirt#m')).toEqual([['retail', 990.5, 'RUB'], ['wholesale', 700, 'RUB']]);
		expect(bench.amounts('shirt#m')).toEqual({ main: 3, shop: 2 });
	});

	it('keeps everything that a later exchange does not have', async () => {
		await exchange([goods(cmlGood({ id: 'lamp', name: 'Лампа', groups: ['top'] }))]);
		for (const id of ['shirt', 'mug', 'lamp', 'shirt#m']) expect(bench.element(id)?.active).toBe('Y');
		expect(bench.section('inner')?.active).toBe('Y');
		expect(bench.values('shirt', 'care')).toEqual(['30 °C']);
	});

	it('gets prices and stock lightly, of products and variants, and nothing else changes', async () => {
		const before = bench.element('shirt#m');
		const prices = files(pricesDocument({ ids, formed, priceTypes }), [{ id: 'shirt#m', prices: both('1050.5', '0') }, { id: 'mug', prices: both('10', '9') }]);
		const rests = files(restsDocument({ ids, formed, stores }), [{ id: 'shirt#m', quantity: null, stores: amounts('8', '0') }, { id: 'mug', quantity: null, stores: amounts('0', '1.5') }]);
		await exchange([prices, rests]);
		expect(bench.prices('shirt#m')).toEqual([['retail', 1050.5, 'RUB'], ['wholesale', 0, 'RUB']]);
		expect(bench.prices('mug')).toEqual([['retail', 10, 'RUB'], ['wholesale', 9, 'RUB']]);
		expect(bench.amounts('shirt#m')).toEqual({ main: 8, shop: 0 });
		expect(bench.element('mug')?.quantity).toBe(1.5);
		expect(bench.element('shirt#m')).toMatchObject({ name: before?.name, properties: before?.properties, quantity: 8 });
	});

	it('learns of a new store before its stock', async () => {
		const more = [...stores, { ...(stores[0] as CmlStore), id: 'new', name: 'Новый склад' }];
		await exchange([files(restsDocument({ ids, formed, stores: more }), [{ id: 'shirt#m', quantity: null, stores: [...amounts('1', '1'), { storeId: 'new', amount: '4' }] }])]);
		expect(bench.amounts('shirt#m')).toEqual({ main: 1, shop: 1, new: 4 });
		expect(bench.element('shirt#m')?.quantity).toBe(6);
	});

	it('hides what was removed, and shows it again when it is said again', async () => {
		await exchange([goods(cmlGood({ id: 'mug', removed: true })), offers(cmlOffer({ id: 'shirt#m', removed: true }))]);
		expect([bench.element('mug')?.active, bench.element('shirt#m')?.active, bench.element('shirt')?.active]).toEqual(['N', 'N', 'Y']);
		await exchange([goods(mug)]);
		expect(bench.element('mug')?.active).toBe('Y');
	});

	it('takes a good in again that did not change only when the run has a mark', async () => {
		const { elements } = bench.tables;
		elements.update(bench.element('mug')?.id ?? 0, { name: 'Имя от руки' });
		await exchange([goods(mug)]);
		expect(bench.element('mug')?.name).toBe('Имя от руки');
		await exchange([files(goodsDocument({ ids, formed, classifier: goodsClassifier, version: 'run-2' }), [mug])]);
		expect(bench.element('mug')?.name).toBe('Кружка');
	});

	it('keeps a picture that is said again without being sent, and takes a changed one', async () => {
		const before = bench.element('shirt')?.detailPicture;
		await exchange([goods({ ...shirt, article: 'TS-2' })]);
		expect(bench.element('shirt')?.detailPicture).toBe(before);
		await exchange([goods({ ...shirt, pictures: [{ path: 'import_files/0a/two.jpg', description: null }] })], [{ ...picture, name: 'import_files/0a/two.jpg' }]);
		expect(bench.element('shirt')?.detailPicture).not.toBe(before);
	});
});

describe('a store that keeps offers in the catalog itself', () => {
	it('keeps its name, and gets prices and stock of products', async () => {
		bench.set({ useOffers: false });
		const offer = cmlOffer({ id: 'mug', name: 'Кружка', prices: both('10', '9'), quantity: null, stores: amounts('1', '2') });
		await exchange([goods(mug), offers(offer)]);
		expect(bench.block()).toMatchObject({ name: 'Каталог', xmlId: 'cat' });
		expect(bench.prices('mug')).toEqual([['retail', 10, 'RUB'], ['wholesale', 9, 'RUB']]);
		expect(bench.element('mug')?.quantity).toBe(3);
	});
});

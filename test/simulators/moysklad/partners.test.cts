import { ask, control, encode, first, metaOf, UNLIMITED, useShop, type Json } from './caller.cts';
import type { RunningMoySklad } from './start.cts';

let shop: RunningMoySklad;
const { get, post, put } = useShop(
	{ size: { products: 10, variantShare: 0, archivedShare: 0 }, rate: UNLIMITED },
	(started) => (shop = started),
);

describe('addresses', () => {
	it('are text or structure; text alone goes into addInfo', async () => {
		const text = (await post('counterparty', { name: 'x', actualAddress: 'Москва, Арбат 1' })).body;
		expect(text.actualAddressFull).toEqual({ addInfo: 'Москва, Арбат 1' });
		const country = metaOf((await get('country?filter=name=Россия')).rows[0]);
		const both = (
			await post('counterparty', {
				name: 'x',
				actualAddress: 'ignored',
				actualAddressFull: { postalCode: '125009', country, city: 'Москва', house: '1' },
			})
		).body;
		expect(both.actualAddress).toBe('125009, Россия, Москва, 1');
		expect(both.actualAddressFull.country.meta.type).toBe('country');
	});

	it('are cleared by an empty text, not by null', async () => {
		const { body } = await post('counterparty', { name: 'x', actualAddress: 'Москва' });
		expect((await put(`counterparty/${body.id}`, { actualAddressFull: null })).body.actualAddress).toBe('Москва');
		const cleared = (await put(`counterparty/${body.id}`, { actualAddress: '' })).body;
		expect(cleared).not.toHaveProperty('actualAddress');
		expect(cleared).not.toHaveProperty('actualAddressFull');
	});
});

describe('nested collections', () => {
	it('are replaced by an update of the owner and reached by addresses of their own', async () => {
		const { id } = (
			await post('counterparty', {
				name: 'x',
				contactpersons: [{ name: 'А' }, { name: 'Б' }],
				accounts: [{ accountNumber: '1' }],
			})
		).body;
		const people = async (): Promise<string[]> =>
			(await get(`counterparty/${id}/contactpersons`)).rows.map((row: Json) => row.name as string);
		expect(await people()).toEqual(['А', 'Б']);
		await post(`counterparty/${id}/contactpersons`, { name: 'В' });
		expect(await people()).toEqual(['А', 'Б', 'В']);
		await put(`counterparty/${id}`, { contactpersons: [{ name: 'Г' }] });
		expect(await people()).toEqual(['Г']);
		const [person] = (await get(`counterparty/${id}/contactpersons`)).rows as [Json];
		expect((await ask(shop, 'PUT', person.meta.href as string, { body: { phone: '+7' } })).body).toMatchObject({
			name: 'Г',
			phone: '+7',
		});
		expect((await ask(shop, 'DELETE', person.meta.href as string)).status).toBe(200);
		expect(await people()).toEqual([]);
		expect((await post(`counterparty/${id}/contactpersons`, { phone: 'x' })).code).toBe(3000);
		expect((await get(`counterparty?${encode('accounts.accountnumber=1')}`)).rows.map((row: Json) => row.id)).toEqual([
			id,
		]);
		expect((await post(`counterparty/${id}/notes`, { description: 'Позвонить' })).status).toBe(200);
		expect((await get(`counterparty/${id}/notes`)).rows[0]).toMatchObject({
			description: 'Позвонить',
			author: { meta: { type: 'employee' } },
		});
	});
});

describe('counterparties', () => {
	it('drop fields that do not belong to their kind, and persons are titled by their names', async () => {
		const { body } = await post('counterparty', {
			name: 'x',
			companyType: 'individual',
			kpp: '1',
			legalLastName: 'Ким',
			legalFirstName: 'Ян',
			legalTitle: 'other',
		});
		expect(body).toMatchObject({ legalTitle: 'Ким Ян' });
		expect(body).not.toHaveProperty('kpp');
		expect(
			(await post('counterparty', { name: 'x', companyType: 'legal', kpp: '1', legalLastName: 'Ким' })).body,
		).toMatchObject({ kpp: '1' });
	});
});

describe('predefined rows', () => {
	it('stay as they are', async () => {
		const country = await first(shop, 'country');
		const rouble = (await get('currency?filter=isoCode=RUB')).rows[0] as Json;
		expect((await put(`country/${country.id}`, { name: 'x' })).code).toBe(1024);
		expect((await ask(shop, 'DELETE', `entity/country/${country.id}`)).code).toBe(1025);
		expect((await put(`currency/${rouble.id}`, { rate: 2 })).code).toBe(1024);
		expect((await post('region', { name: 'x' })).status).toBe(405);
	});
});

describe('uniqueness', () => {
	it('of store names always, of codes when the account wants it', async () => {
		const store = await first(shop, 'store');
		expect((await post('store', { name: store.name })).code).toBe(3006);
		const two = async (): Promise<number | undefined> => (await post('product', { name: 'x', code: 'same' })).code;
		await two();
		expect(await two()).toBeUndefined();
		await ask(shop, 'PUT', 'entity/assortment/settings', { body: { uniqueCodeRules: { checkUniqueCode: true } } });
		expect(await two()).toBe(3006);
		await control(shop, 'PUT', 'settings', { checkUniqueCode: false });
	});
});

import { freshCrm } from './crmClient';
import { type Json } from './restClient';

const bench = freshCrm();

describe('phones and the like', () => {
	const values = async (id: number): Promise<unknown> =>
		((await bench.crm.get('contact', id)).PHONE as unknown as Json[] | undefined)?.map(({ VALUE }) => VALUE);

	it('are added to those that are there, changed and deleted by their id', async () => {
		const { crm } = bench;
		const id = await crm.add('contact', { NAME: 'А', PHONE: [{ VALUE: '1' }, { VALUE: '2', VALUE_TYPE: 'HOME' }] });
		await crm.update('contact', id, { PHONE: [{ VALUE: '2' }] });
		expect(await values(id)).toEqual(['1', '2', '2']);
		const [first, second, third] = (await crm.get('contact', id)).PHONE as unknown as Json[];
		await crm.update('contact', id, {
			PHONE: [{ ID: first?.ID, VALUE: '11', VALUE_TYPE: 'MOBILE' }, { ID: second?.ID, DELETE: 'Y' }, { ID: third?.ID }],
		});
		expect((await crm.get('contact', id)).PHONE).toEqual([
			{ ID: first?.ID, VALUE: '11', VALUE_TYPE: 'MOBILE', TYPE_ID: 'PHONE' },
		]);
	});

	it('of somebody else stay, and an e-mail must be one', async () => {
		const { crm } = bench;
		const [one, other] = [
			await crm.add('contact', { NAME: 'А', PHONE: [{ VALUE: '1' }] }),
			await crm.add('contact', { NAME: 'Б' }),
		];
		const [phone] = (await crm.get('contact', one)).PHONE as unknown as Json[];
		await crm.update('contact', other, { PHONE: [{ ID: phone?.ID, DELETE: 'Y' }] });
		expect(await values(one)).toEqual(['1']);
		expect(await crm.ask('crm.contact.update', { id: one, fields: { EMAIL: [{ VALUE: 'нет' }] } })).toMatchObject({
			status: 400,
			error: 'ERROR_CORE',
		});
	});
});

describe('who belongs to whom', () => {
	it('a deal has several contacts, one of them the first', async () => {
		const { crm } = bench;
		const [a, b, c] = [await crm.add('contact'), await crm.add('contact'), await crm.add('contact')];
		const deal = await crm.add('deal', { CONTACT_IDS: [b, a, 999] });
		const items = async (): Promise<unknown> => await crm.call('crm.deal.contact.items.get', { id: deal });
		expect(await items()).toEqual([
			{ CONTACT_ID: b, SORT: 10, ROLE_ID: 0, IS_PRIMARY: 'Y' },
			{ CONTACT_ID: a, SORT: 20, ROLE_ID: 0, IS_PRIMARY: 'N' },
		]);
		expect(await crm.call('crm.deal.contact.add', { id: deal, fields: { CONTACT_ID: c, SORT: 5, IS_PRIMARY: 'Y' } })).toBe(
			true,
		);
		expect(await crm.call('crm.deal.contact.add', { id: deal, fields: { CONTACT_ID: c } })).toBe(false);
		expect(await crm.get('deal', deal)).toMatchObject({ CONTACT_ID: String(c) });
		await crm.call('crm.deal.contact.items.set', { id: deal, items: [{ CONTACT_ID: a, SORT: 100 }, { CONTACT_ID: b }] });
		expect(await items()).toEqual([
			{ CONTACT_ID: b, SORT: 20, ROLE_ID: 0, IS_PRIMARY: 'N' },
			{ CONTACT_ID: a, SORT: 100, ROLE_ID: 0, IS_PRIMARY: 'Y' },
		]);
		await crm.call('crm.deal.contact.delete', { id: deal, fields: { CONTACT_ID: a } });
		expect(await crm.get('deal', deal)).toMatchObject({ CONTACT_ID: String(b) });
		await crm.call('crm.contact.delete', { id: b });
		expect(await items()).toEqual([]);
	});

	it('a contact has companies, and a company contacts', async () => {
		const { crm } = bench;
		const [one, other] = [await crm.add('company', { TITLE: 'ООО «Один»' }), await crm.add('company', { TITLE: 'Два' })];
		const contact = await crm.add('contact', { NAME: 'А', COMPANY_ID: one });
		await crm.update('contact', contact, { COMPANY_ID: other });
		expect(await crm.get('contact', contact)).toMatchObject({ COMPANY_ID: String(other) });
		expect(await crm.call('crm.contact.company.items.get', { id: contact })).toMatchObject([
			{ COMPANY_ID: one, IS_PRIMARY: 'N' },
			{ COMPANY_ID: other, IS_PRIMARY: 'Y' },
		]);
		expect(await crm.list('contact', { filter: { COMPANY_ID: other }, select: ['ID'] })).toHaveLength(1);
		expect(await crm.call('crm.company.contact.items.get', { id: one })).toMatchObject([{ CONTACT_ID: contact }]);
		await crm.call('crm.company.delete', { id: other });
		expect(await crm.get('contact', contact)).toMatchObject({ COMPANY_ID: String(one) });
	});
});

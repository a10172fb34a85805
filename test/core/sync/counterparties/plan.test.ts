import * as fc from 'fast-check';
import {
	comparable, joinedTags, lackingAccounts, lackingPeople, planCounterparty, planNewCounterparty, readCard, readDecision, type CounterpartyPlan, type FilledField, type PlanFacts,
} from '../../../../core';

type Json = Record<string, unknown>;

const card = readCard({ name: 'Анна', phone: '89161234567' }, { siteKey: 'shop', payerTypes: [] });
const mark = (value: unknown): string => JSON.stringify(value ?? null);
const facts = (more: Partial<PlanFacts> = {}): PlanFacts => ({ card, link: undefined, conflicts: 'sourceWins', mark, ...more });
const link = (written: Record<string, string>): PlanFacts['link'] => ({ flow: 'f', type: 'counterparty', key: 'k', moySkladId: 'm', externalCode: null, bitrixId: null, parent: null, written, pictures: {}, snapshot: null });
const field = (target: string, value: unknown, policy: FilledField['policy'] = 'empty'): FilledField => ({ target, policy, value });
const row = { id: 'm', companyType: 'individual', name: 'Анна', phone: '8 916 123-45-67', tags: ['vip'], updated: '2026-11-21 13:00:00.000' };
const plan = (fields: FilledField[], more: Partial<PlanFacts> = {}, present: Json = row): CounterpartyPlan => planCounterparty(fields, present, facts(more));

describe('What is written of a counterparty', () => {
	it('the same number, address or INN in another form is no difference', () => {
		expect(plan([field('phone', '+79161234567', 'always'), field('name', ' Анна ', 'always')])).toMatchObject({ body: {}, changes: [] });
		expect(comparable('inn', '7701 234567')).toBe(comparable('inn', '7701234567'));
		expect(comparable('email', 'A@B.ru ')).toBe(comparable('email', 'a@b.ru'));
	});

	it('fields that its kind does not have are never sent', () => {
		const fields = [field('kpp', '770101001'), field('legalTitle', 'Анна'), field('ogrnip', '3'), field('legalFirstName', 'Анна')];
		expect(Object.keys(plan(fields).body)).toEqual(['ogrnip', 'legalFirstName']);
		expect(Object.keys(plan(fields, {}, { ...row, companyType: 'legal' }).body)).toEqual(['kpp', 'legalTitle']);
		expect(Object.keys(planNewCounterparty([field('companyType', 'legal', 'creating'), ...fields], facts()).body)).toEqual(['companyType', 'kpp', 'legalTitle']);
	});

	it('each policy does what it says', () => {
		const changed = (policy: FilledField['policy']): string[] => Object.keys(plan([field('fax', '1', policy), field('name', 'Борис', policy)]).body);
		expect(changed('always')).toEqual(['fax', 'name']);
		expect(changed('empty')).toEqual(['fax']);
		expect(changed('creating')).toEqual([]);
	});

	it('what both sides changed is up to the policy, and a review writes nothing of it', () => {
		const both = { link: link({ name: mark('Вера') }) };
		expect(plan([field('name', 'Борис', 'always')], { ...both, conflicts: 'targetWins' }).body).toEqual({});
		expect(plan([field('name', 'Борис', 'always')], { ...both, conflicts: 'review' })).toMatchObject({ body: {}, conflicts: [{ field: 'name', from: 'Анна', to: 'Борис' }], written: { name: mark('Вера') } });
		const decided = plan([field('name', 'Борис', 'always')], { ...both, conflicts: 'review', decided: 'target' });
		expect(decided).toMatchObject({ body: {}, conflicts: [], written: { name: mark('Борис') } });
		expect(plan([field('name', 'Борис', 'always')], { link: link(decided.written), conflicts: 'review' })).toMatchObject({ body: {}, conflicts: [] });
	});

	it('what was settled is remembered, and nothing that is left to MoySklad', () => {
		const written = { fax: mark('1'), name: mark('Анна') };
		expect(plan([field('fax', '1'), field('name', 'Анна', 'always'), field('phone', '5')]).written).toEqual(written);
		expect(planNewCounterparty([field('fax', '1'), field('name', 'Анна', 'always')], facts()).written).toEqual(written);
	});

	it('additional fields are compared by what they hold', () => {
		const attribute = (value: unknown): Json => ({ meta: { href: 'https://api.moysklad.ru/api/remap/1.2/entity/counterparty/metadata/attributes/7944ef04-f831-11e5-7a69-971500188b19', type: 'attributemetadata' }, value });
		const target = 'attribute:7944ef04-f831-11e5-7a69-971500188b19';
		const present = { ...row, attributes: [{ ...attribute('5'), id: '7944ef04-f831-11e5-7a69-971500188b19', name: 'ID' }] };
		expect(plan([field(target, attribute('5'), 'always')], {}, present).body).toEqual({});
		expect(plan([field(target, attribute('6'), 'always')], {}, present)).toMatchObject({ body: { attributes: [attribute('6')] }, changes: [{ field: 'attributes.ID', from: '5', to: '6' }] });
		expect(plan([field(target, attribute('6'), 'empty')], {}, row).body).toEqual({ attributes: [attribute('6')] });
	});

	it('groups are added and never taken away', () => {
		expect(plan([field('tags', ['Store', 'VIP'], 'always')]).body).toEqual({ tags: ['vip', 'Store'] });
		expect(plan([field('tags', ['vip'], 'always')]).body).toEqual({});
		expect(plan([field('tags', ['store'], 'empty')]).body).toEqual({});
		const tags = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'));
		fc.assert(fc.property(tags, tags, (present, wanted) => {
			const joined = joinedTags(present, wanted);
			expect(joined.slice(0, present.length)).toEqual(present);
			expect(new Set(joined)).toEqual(new Set([...present, ...wanted]));
			expect(joinedTags(joined, wanted)).toEqual(joined);
		}));
	});

	it('contact persons: known by phone, e-mail or name; what is filled stays, nobody is added twice', () => {
		const present = [{ id: '1', name: 'Волкова Анна', phone: '89161234567' }, { id: '2', name: 'Пётр' }];
		const people = (...wanted: Json[]) => lackingPeople(present.map((one) => ({ ...one })), wanted);
		expect(people({ name: 'Кто-то', phone: '+7 916 123 45 67', email: 'a@b.ru' })).toEqual([{ id: '1', body: { email: 'a@b.ru' } }]);
		expect(people({ name: 'ПЕТР', phone: null }, { name: 'Анна Волкова', phone: '84951112233' })).toEqual([]);
		expect(people({ name: 'Ольга' }, { name: 'ольга', position: null })).toEqual([{ body: { name: 'Ольга' } }]);
		expect(people({ name: 'Пётр', phone: '84951112233' }, { name: 'Приёмная', phone: '8 495 111-22-33', email: 'p@rom.ru' })).toEqual([{ id: '2', body: { phone: '84951112233' } }, { id: '2', body: { email: 'p@rom.ru' } }]);
		expect(people({ name: null, email: 'olga@rom.ru' }, { name: null })).toEqual([{ body: { name: 'olga@rom.ru', email: 'olga@rom.ru' } }]);
	});

	it('accounts are known by their number', () =>
		expect(lackingAccounts([{ accountNumber: '111 222' }], [{ accountNumber: '111222' }, { accountNumber: '333', bic: '' }, { accountNumber: '333' }])).toEqual([{ body: { accountNumber: '333' } }]));
});

describe('A decision of a person', () => {
	const take = '7944ef04-f831-11e5-7a69-971500188b19';

	it('comes as object, as text, or not at all', () => {
		expect(readDecision({ key: 'k', take }, 'k')).toEqual({ key: 'k', take });
		expect(readDecision('{"key":"k","take":"create","fields":"source"}', 'k')).toEqual({ key: 'k', take: 'create', fields: 'source' });
		for (const none of [undefined, null, '']) expect(readDecision(none, 'k')).toBeUndefined();
	});

	it.each([[{ key: 'other', take }], [{ key: 'k', take: 'maybe' }], [{ key: 'k' }], ['nonsense']])('%j is refused', (wrong) =>
		expect(() => readDecision(wrong, 'k')).toThrow(expect.objectContaining({ code: 'COUNTERPARTY_DECISION_INVALID' })));
});

import * as fc from 'fast-check';
import { choose, partyOfCounterparty, PartyDirectory, partyOfKeys, toParty, type CustomerKeys, type MatchRule, type Party, type PartyWords } from '../../../../core';

const candidate = (id: string, more: Partial<PartyWords> = {}): Party => toParty({ id, created: '2026-01-01 00:00:00.000', ...more });

const directory = (...candidates: Party[]): PartyDirectory => {
	const all = new PartyDirectory();
	candidates.forEach((one) => all.add(one));
	return all;
};

const found = (all: PartyDirectory, customer: Partial<CustomerKeys>, rules: MatchRule[] = ['innKpp', 'phone', 'email']): string[] =>
	(all.find(rules, partyOfKeys('', { phones: [], ...customer }))?.candidates ?? []).map(({ id }) => id);

describe('the customer among the counterparties', () => {
	const branches = directory(
		candidate('north', { inn: '7701234567', kpp: '770101001' }),
		candidate('south', { inn: '7701234567', kpp: '230101001' }),
		candidate('head', { inn: '7701234567' }),
	);

	it('a branch is found by its own KPP', () => expect(found(branches, { inn: '7701234567', kpp: '230101001' })).toEqual(['south']));

	it('a branch that is not known may be the one without a KPP', () =>
		expect(found(branches, { inn: '7701234567', kpp: '540101001' })).toEqual(['head']));

	it('without a KPP every branch fits', () => expect(found(branches, { inn: '7701234567' })).toEqual(['north', 'south', 'head']));

	it('the first rule that finds anything decides', () => {
		const all = directory(candidate('byPhone', { phones: ['9161234567'] }), candidate('byMail', { emails: ['a@b.ru'] }));
		const customer = { email: 'a@b.ru', phones: ['9161234567'] };
		expect(found(all, customer, ['phone', 'email'])).toEqual(['byPhone']);
		expect(found(all, customer, ['email', 'phone'])).toEqual(['byMail']);
		expect(found(all, customer, [])).toEqual([]);
	});

	it('a shared phone does not make one company another, nor a person a company', () => {
		const phones = ['9161234567'];
		const all = directory(
			candidate('company', { inn: '7701234567', kind: 'legal', phones }),
			candidate('person', { kind: 'individual', phones }),
			candidate('unknown', { kind: 'legal', phones }),
		);
		expect(found(all, { inn: '5001112223', phones })).toEqual(['unknown']);
		expect(found(all, { phones })).toEqual(['person', 'unknown']);
		expect(found(all, { inn: '7701234567', phones }, ['phone'])).toEqual(['company', 'unknown']);
	});

	it('an archived one only where no other fits', () => {
		const phones = ['9161234567'];
		const old = candidate('old', { phones, archived: true });
		expect(found(directory(old), { phones })).toEqual(['old']);
		expect(found(directory(old, candidate('now', { phones })), { phones })).toEqual(['now']);
	});

	it('is known by its contact persons too', () => {
		const row = {
			id: '1',
			email: 'Office@Firm.ru',
			phone: '8 495 111-22-33',
			contactpersons: { rows: [{ name: 'Anna', email: 'anna@firm.ru', phone: '+7 (916) 123-45-67' }] },
		};
		expect(partyOfCounterparty(row)).toMatchObject({ emails: ['anna@firm.ru', 'office@firm.ru'], phones: ['9161234567', '4951112233'] });
		expect(found(directory(partyOfCounterparty(row)), { phones: ['9161234567'] })).toEqual(['1']);
	});

	it('finds the same whatever the order in which they were added', () => {
		const some: fc.Arbitrary<PartyWords> = fc.record({
			id: fc.uuid(),
			inn: fc.constantFrom(undefined, '7701234567', '5001112223'),
			kpp: fc.constantFrom(undefined, '770101001', '230101001'),
			phones: fc.subarray(['9161234567', '9031112233']),
			emails: fc.subarray(['a@b.ru', 'c@d.ru']),
			archived: fc.boolean(),
		});
		fc.assert(
			fc.property(fc.array(some, { maxLength: 8 }), fc.constantFrom(undefined, '7701234567'), (all, inn) => {
				const customer = { inn, email: 'a@b.ru', phones: ['9161234567'] };
				const parties = all.map(toParty);
				const forward = found(directory(...parties), customer);
				expect(found(directory(...parties.reverse()), customer).sort()).toEqual([...forward].sort());
			}),
		);
	});
});

describe('O4: several counterparties fit', () => {
	const two = [candidate('1', { created: '2026-01-01 00:00:00.000' }), candidate('2', { created: '2026-05-01 00:00:00.000' })];

	it('each policy does what it says', () => {
		expect(choose(two, 'fallback')).toEqual({ fallback: true });
		expect(choose(two, 'newest')).toEqual({ take: '2' });
		expect(choose(two, 'create')).toEqual({ create: true });
		expect(choose(two, 'stop')).toEqual({ stop: true });
	});

	it('one is taken and none means a new one, whatever the policy', () => {
		for (const policy of ['fallback', 'newest', 'create', 'stop'] as const) {
			expect(choose(two.slice(0, 1), policy)).toEqual({ take: '1' });
			expect(choose([], policy)).toEqual({ create: true });
		}
	});
});

import { matchPartner, readPartner, type CrmCandidate, type MatchRule } from '../../../../core';
import { partner, uuid } from './documents';

const RULES: MatchRule[] = ['innKpp', 'phone', 'email'];
const ours = (more: object = {}) => readPartner(partner('Ромашка', { inn: '7701234567', kpp: '770101001', phone: '8 916 123-45-67', email: 'a@romashka.ru', ...more }));
const candidate = (id: string, more: Partial<CrmCandidate> = {}): CrmCandidate => ({ id, kind: 'legal', externalIds: [], names: [], emails: [], phones: [], archived: false, created: '', boundTo: null, ...more });

const match = (candidates: CrmCandidate[], rules = RULES, of = ours()) => matchPartner(of, candidates, rules, 'companies');

describe('which company a counterparty is', () => {
	it('none: a new one', () => expect(match([])).toEqual({ create: true, warnings: [] }));

	it('the only one with its INN and KPP', () => expect(match([candidate('5', { inn: '7701234567', kpp: '770101001' }), candidate('6', { inn: '7701234567', kpp: '780101001' })])).toEqual({ take: '5' }));

	it('the first rule by which any fits decides', () => {
		const byPhone = candidate('6', { phones: ['9161234567'] });
		expect(match([candidate('5', { inn: '7701234567' }), byPhone])).toEqual({ take: '5' });
		expect(match([candidate('5', { emails: ['a@romashka.ru'] }), byPhone])).toEqual({ take: '6' });
		expect(match([candidate('5', { emails: ['a@romashka.ru'] }), byPhone], ['email', 'phone'])).toEqual({ take: '5' });
		expect(match([byPhone], ['innKpp'])).toEqual({ create: true, warnings: [] });
	});

	it('several: a conflict that names them, and nothing is guessed', () => {
		const found = match([candidate('5', { phones: ['9161234567'] }), candidate('6', { phones: ['9161234567'] })]);
		expect(found).toMatchObject({ candidates: [{ id: '5', score: 70 }, { id: '6', score: 70 }], rule: 'phone', error: { code: 'CRM_PARTNER_AMBIGUOUS' } });
	});

	it('a shared phone does not make one company another', () => expect(match([candidate('5', { inn: '5001234567', phones: ['9161234567'] })])).toEqual({ create: true, warnings: [] }));

	describe('what belongs to another counterparty', () => {
		const other = uuid('Другая');

		it('with the same INN is a mistake that a person has to see', () => expect(match([candidate('5', { inn: '7701234567', boundTo: other })])).toMatchObject({ error: { code: 'CRM_PARTNER_TAKEN' } }));

		it('may share the phone: then a new one is made, and told', () => {
			const found = match([candidate('5', { phones: ['9161234567'], boundTo: other })]);
			expect('create' in found && found.warnings.map(({ code }) => code)).toEqual(['CRM_PARTNER_SHARED']);
		});

		it('does not hide one that is free', () => expect(match([candidate('5', { phones: ['9161234567'], boundTo: other }), candidate('6', { phones: ['9161234567'] })])).toEqual({ take: '6' }));
	});
});
